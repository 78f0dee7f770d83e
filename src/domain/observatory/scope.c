#include "observatory/scope.h"

#include <string.h>

#include "observatory/indicator_sql.h"
#include "observatory/known.h"
#include "platform/i18n.h"
#include "platform/ui.h"

static const char *country_name(struct ctx *c, const char *code)
{
	return strcmp(code, "METRO") == 0 ? T(c, "territories.metro") : T(c, "territories.france");
}

const char *territory_ref(struct ctx *c, int kind, const char *code)
{
	return fmt(c, "%s:%s", enum_word(&territory_kind_words, kind), code);
}

const char *scope_source(const struct scope *s)
{
	return s->source == FIGURE_SOURCE_STUDY ? "study-2018" : "";
}

static rc pick_source(struct ctx *c, int asked, int *out)
{
	int64_t n;
	*out = asked;
	if (asked >= 0)
		return OK;
	TRY(indicator_source_known(c, "study-2018", &n));
	*out = n ? FIGURE_SOURCE_STUDY : FIGURE_SOURCE_ALL;
	return OK;
}

static rc pick_territory(struct ctx *c, const char *ref, struct scope *out)
{
	bool found = false;
	const char *colon = strchr(ref, ':');
	if (colon) {
		out->kind = enum_find(&territory_kind_words, fmt(c, "%.*s", (int)(colon - ref), ref));
		out->code = colon + 1;
		TRY(territory_named(c, enum_word(&territory_kind_words, out->kind), out->code, &out->name,
				    &found));
	}
	if (!found) {
		rc code = fail(c, E_NOT_FOUND, "territories.not_found");
		c->failure.field = "territory";
		return code;
	}
	out->is_whole = out->kind == TERRITORY_KIND_COUNTRY;
	if (out->is_whole)
		out->name = country_name(c, out->code);
	return OK;
}

rc scope_read(struct ctx *c, int source, const char *territory, day on, struct scope *out)
{
	struct known_day d = known_day(c, on);
	struct buf b;
	*out = (struct scope){ 0 };
	TRY(pick_source(c, source, &out->source));
	TRY(pick_territory(c, territory && *territory ? territory : "country:METRO", out));
	out->ref = territory_ref(c, out->kind, out->code);
	buf_init(&b, c->mem, 60);
	buf_fmt(&b, "source=%s&territory=", enum_word(&figure_source_words, out->source));
	buf_url(&b, out->ref);
	out->on = d.on;
	out->is_past = d.is_past;
	if (d.is_past)
		buf_fmt(&b, "&on=%s", fmt_iso_day(c, d.on));
	out->query = b.s;
	out->report = fmt(c, "/observatory/report?%s", b.s);
	out->series = fmt(c, "/observatory/series?%s", b.s);
	return OK;
}

rc scope_choices(struct ctx *c, struct scope *s)
{
	static const char *const countries[] = { "METRO", "FR" };
	struct territory_option_list l;
	struct option_list *out = &s->territories;
	TRY(territory_regions(c, &l));
	*out = (struct option_list){ new_array(c, struct option, l.n + 3), 0 };
	for (int i = 0; i < 2; i++)
		out->items[out->n++] = (struct option){
			territory_ref(c, TERRITORY_KIND_COUNTRY, countries[i]), country_name(c, countries[i])
		};
	for (size_t i = 0; i < l.n; i++)
		out->items[out->n++] = (struct option){
			territory_ref(c, TERRITORY_KIND_REGION, l.items[i].code), l.items[i].name
		};
	if (!s->is_whole && s->kind != TERRITORY_KIND_REGION)
		out->items[out->n++] = (struct option){ s->ref, s->name };
	s->sources = ui_options(c, &figure_source_words);
	s->source_word = enum_word(&figure_source_words, s->source);
	return OK;
}
