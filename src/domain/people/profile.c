#include "people/profile.h"

#include <jansson.h>
#include <string.h>

#include "base/civil.h"
#include "people/community.h"
#include "people/community_sql.h"
#include "people/history.h"
#include "people/photo.h"
#include "people/profile_sql.h"
#include "people/typology.h"
#include "people/typology_sql.h"
#include "platform/chart.h"
#include "platform/form_format.h"
#include "platform/i18n.h"

/* ---- what it is and has ---- */

static struct code_word_list code_words(struct ctx *c, const struct enumeration *e,
					const struct code_set *set)
{
	struct code_word_list l = { new_array(c, struct code_word, e->n), 0 };
	for (int i = 0; i < (int)e->n; i++)
		if (set->has[i])
			l.items[l.n++] = (struct code_word){ enum_word(e, i), i18n_word(c, e, i) };
	return l;
}

/* A group says nothing more beside one of its kinds. */
static void drop_groups(struct code_set *study)
{
	for (int i = 0; i < STUDY_TYPOLOGY_COUNT; i++)
		if (study->has[i] && study_group(i) != i)
			study->has[study_group(i)] = false;
}

static struct feature_set_list feature_sets(struct ctx *c, const struct code_set *features)
{
	struct feature_set_list l = { new_array(c, struct feature_set, FEATURE_GROUP_COUNT), 0 };
	for (int g = 0; g < FEATURE_GROUP_COUNT; g++) {
		struct feature_set s = { g,
					 { new_array(c, struct feature_row, COMMUNITY_FEATURE_COUNT), 0 } };
		for (int i = 0; i < COMMUNITY_FEATURE_COUNT; i++)
			if (features->has[i] && feature_group_of(i) == g)
				s.items.items[s.items.n++] = (struct feature_row){ i };
		if (s.items.n)
			l.items[l.n++] = s;
	}
	return l;
}

static rc fill_codes(struct ctx *c, const struct community_row *row, struct profile *p)
{
	struct code_set sets[TYPOLOGY_VOCABULARY_COUNT], features;
	struct dominant_get_row d;
	TRY(typology_read(c, row->id, sets));
	TRY(features_read(c, row->id, &features));
	TRY(dominant_get(c, row->id, &d));
	drop_groups(&sets[TYPOLOGY_VOCABULARY_STUDY]);
	p->study = code_words(c, &study_typology_words, &sets[TYPOLOGY_VOCABULARY_STUDY]);
	p->besson = code_words(c, &besson_typology_words, &sets[TYPOLOGY_VOCABULARY_BESSON]);
	p->national = code_words(c, &national_typology_words, &sets[TYPOLOGY_VOCABULARY_NATIONAL]);
	for (size_t i = 0; i < p->national.n; i++)
		p->national.items[i].code = national_code(
			c, enum_find(&national_typology_words, p->national.items[i].code));
	p->features = feature_sets(c, &features);
	p->dominant = d.dominant >= 0 ? i18n_word(c, &place_dominant_words, d.dominant) : NULL;
	return profile_urls(c, row->id, &p->urls);
}

/* ---- figures ---- */

/* A trend of the years that have a value, oldest first; nothing for fewer than two. */
static html draw(struct ctx *c, const struct figure_series *s)
{
	int64_t *y = new_array(c, int64_t, s->items.n), low = 0, high = 0;
	struct figure_year first = { .year = NONE }, last = first;
	size_t n = 0;
	struct buf b;
	for (size_t i = s->items.n; i-- > 0;) {
		const struct figure_year *f = &s->items.items[i];
		if (f->year == NONE || f->value == NONE)
			continue;
		first = n ? first : *f;
		last = *f;
		y[n++] = f->value;
		high = f->value > high ? f->value : high;
	}
	if (n < 2)
		return (html){ NULL };
	struct arg args[] = { { .name = "kind", .text = i18n_word(c, &figure_kind_words, s->kind) },
			      { .name = "from", .text = fmt(c, "%lld", (long long)first.year) },
			      { .name = "to", .text = fmt(c, "%lld", (long long)last.year) } };
	buf_init(&b, c->mem, 512);
	chart_spark(&b, &(struct chart_spark){ .title = i18n(c, K("profile.trend"), args, 3),
					       .values = y,
					       .n = n,
					       .low = low,
					       .high = high ? high : 1 });
	return (html){ b.s };
}

/* Rows come by kind, newest year first. */
static rc fill_figures(struct ctx *c, community_id community, struct profile *p)
{
	struct figure_row_list l;
	TRY(figures_of(c, community, &l));
	p->figures.items = new_array(c, struct figure_series, l.n + 1);
	for (size_t i = 0; i < l.n; i++) {
		const struct figure_row *f = &l.items[i];
		struct figure_series *s = p->figures.n ? &p->figures.items[p->figures.n - 1] : NULL;
		if (!s || s->kind != f->kind) {
			s = &p->figures.items[p->figures.n++];
			*s = (struct figure_series){ .kind = f->kind,
						     .items = { new_array(c, struct figure_year, l.n), 0 } };
		}
		s->items.items[s->items.n++] = (struct figure_year){ f->year, f->value, f->note };
	}
	for (size_t i = 0; i < p->figures.n; i++) {
		p->figures.items[i].label = i18n_word(c, &figure_kind_words, p->figures.items[i].kind);
		p->figures.items[i].latest = p->figures.items[i].items.items[0];
		p->figures.items[i].chart = draw(c, &p->figures.items[i]);
	}
	return OK;
}

/* ---- who said what ---- */

/* "study-2018" as the enumeration writes it. */
static const char *source_words(struct ctx *c, const char *source)
{
	char *word = talloc_strdup(c->mem, source);
	for (char *s = word; *s; s++)
		if (*s == '-')
			*s = '_';
	int i = enum_find(&source_name_words, word);
	return i < 0 ? source : i18n_word(c, &source_name_words, i);
}

const char *said_words(struct ctx *c, const char *field, const char *said)
{
	const struct enumeration *e = strcmp(field, "kinds") == 0	? &community_kind_words
				      : strcmp(field, "cg_member") == 0 ? &yes_no_words
									: NULL;
	const char *out = NULL;
	for (size_t n; said && *said; said += n + (said[n] != 0)) {
		n = strcspn(said, "|");
		const char *item = mem_text(c->mem, said, n);
		int i = e ? enum_find(e, item) : -1;
		const char *text = i < 0 ? item : i18n_word(c, e, i);
		out = out ? fmt(c, "%s, %s", out, text) : text;
	}
	return out;
}

static rc fill_sources(struct ctx *c, community_id community, struct profile *p)
{
	struct field_source_row_list l;
	TRY(field_source_rows(c, community, &l));
	p->sources.items = new_array(c, struct source_line, l.n + 1);
	for (size_t i = 0; i < l.n; i++) {
		const struct field_source_row *r = &l.items[i];
		int field = enum_find(&source_field_words, r->field);
		const char *arrival = fmt(c, "arrival_field.%s", r->field);
		const char *other = i18n_has(arrival) ? i18n(c, arrival, NULL, 0) : r->field;
		p->sources.items[p->sources.n++] = (struct source_line){
			field < 0 ? other : i18n_word(c, &source_field_words, field),
			source_words(c, r->source), said_words(c, r->field, r->said), r->at
		};
	}
	return OK;
}

static rc fill_facts(struct ctx *c, community_id community, struct profile *p)
{
	struct said_fact_list l;
	TRY(profile_facts_said(c, community, &l));
	p->facts.items = new_array(c, struct fact_line, l.n + 1);
	for (size_t i = 0; i < l.n; i++) {
		const char *label = fmt(c, "arrival_field.%s", l.items[i].field);
		p->facts.items[p->facts.n++] = (struct fact_line){
			i18n_has(label) ? i18n(c, label, NULL, 0) : l.items[i].field,
			said_words(c, l.items[i].field, l.items[i].value),
		};
	}
	return OK;
}

rc profile_note_steward(struct ctx *c, community_id community, const char *changed_json)
{
	json_t *changed = json_loads(changed_json, 0, NULL);
	rc code = OK;
	const char *field;
	json_t *value;
	json_object_foreach(changed, field,
			    value) if (code == OK && enum_find(&source_field_words, field) >= 0)
		code = field_source_note(c, community, field, "steward", NULL);
	json_decref(changed);
	return code;
}

/* ---- all of it ---- */

static bool is_stale(const struct ctx *c, const struct community_row *row)
{
	instant said = is_none(row->confirmed_at) ? row->created_at : row->confirmed_at;
	return c->now.v - said.v > CONFIRMED_FOR_S;
}

rc profile_fill(struct ctx *c, const struct community_row *row, struct profile *out)
{
	*out = (struct profile){ .pub = row->pub,
				 .is_place = row->is_place,
				 .confirmed_at = row->confirmed_at,
				 .stale = is_stale(c, row),
				 .may_edit = c->actor.community.v == row->id.v &&
					     (c->actor.roles & ROLE_MANAGER) };
	minute m;
	out->confirmed_day = (day){ NONE };
	if (!is_none(row->confirmed_at))
		utc_to_local(row->confirmed_at, NULL, &out->confirmed_day, &m);
	TRY(page_is_kept(c, row->id, ROLE_MANAGER, day_at(c->now, NULL), &out->kept));
	out->may_invite = c->actor.is_operator && !out->kept;
	if (!out->kept)
		TRY(history_may_follow(c, row->id, &out->may_follow));
	TRY(point_is_own(c, row->id, &out->own_point));
	TRY(fill_codes(c, row, out));
	TRY(fill_figures(c, row->id, out));
	TRY(photos_of(c, row->id, &out->photos));
	TRY(fill_facts(c, row->id, out));
	return fill_sources(c, row->id, out);
}

/* ---- what a steward ticks ---- */

static const char *joined(struct ctx *c, const struct enumeration *e, const struct code_set *set)
{
	const char *s = "";
	for (int i = 0; i < (int)e->n; i++)
		if (set->has[i])
			s = fmt(c, "%s%s%s", s, *s ? " " : "", enum_word(e, i));
	return s;
}

rc profile_facts_read(struct ctx *c, community_id community, struct profile_facts *out)
{
	struct code_set sets[TYPOLOGY_VOCABULARY_COUNT], features;
	struct dominant_get_row d;
	struct url_row_list urls;
	TRY(typology_read(c, community, sets));
	TRY(features_read(c, community, &features));
	TRY(dominant_get(c, community, &d));
	TRY(profile_urls(c, community, &urls));
	*out = (struct profile_facts){
		.study = joined(c, &study_typology_words, &sets[TYPOLOGY_VOCABULARY_STUDY]),
		.besson = joined(c, &besson_typology_words, &sets[TYPOLOGY_VOCABULARY_BESSON]),
		.national = joined(c, &national_typology_words, &sets[TYPOLOGY_VOCABULARY_NATIONAL]),
		.features = joined(c, &community_feature_words, &features),
		.dominant = d.said >= 0 ? enum_word(&place_dominant_words, d.said) : NULL,
		.urls = "",
	};
	for (size_t i = 0; i < urls.n; i++)
		out->urls = fmt(c, "%s%s%s", out->urls, i ? "\n" : "", urls.items[i].url);
	return OK;
}

/* The boxes of the form from `first` on, in the order of the enumeration. */
static void ticked(const struct profile_edit *f, const char *first, size_t n, struct code_set *out)
{
	const struct field *field = shape_field(&profile_edit_shape, first);
	*out = (struct code_set){ 0 };
	for (size_t i = 0; i < n; i++)
		out->has[i] = *(const bool *)((const char *)f + field[i].offset);
}

static rc write_codes(struct ctx *c, community_id community, const struct profile_edit *f)
{
	const int national[] = { f->national_1, f->national_2, f->national_3 };
	struct code_set set;
	ticked(f, "s_services", STUDY_TYPOLOGY_COUNT, &set);
	TRY(typology_write(c, community, TYPOLOGY_VOCABULARY_STUDY, &set));
	ticked(f, "b_activity", BESSON_TYPOLOGY_COUNT, &set);
	TRY(typology_write(c, community, TYPOLOGY_VOCABULARY_BESSON, &set));
	set = (struct code_set){ 0 };
	for (size_t i = 0; i < 3; i++)
		if (national[i] >= 0)
			set.has[national[i]] = true;
	TRY(typology_write(c, community, TYPOLOGY_VOCABULARY_NATIONAL, &set));
	ticked(f, "f_wifi", COMMUNITY_FEATURE_COUNT, &set);
	TRY(features_write(c, community, &set));
	return dominant_write(c, community, f->dominant);
}

static rc write_urls(struct ctx *c, community_id community, const char *lines)
{
	char *rest, *all = talloc_strdup(c->mem, lines ? lines : "");
	int64_t n = 0;
	TRY(profile_urls_clear(c, community, NULL));
	for (char *url = strtok_r(all, "\n", &rest); url; url = strtok_r(NULL, "\n", &rest)) {
		url += strspn(url, " \t");
		url[strcspn(url, " \t")] = 0;
		if (!*url)
			continue;
		if (!url_ok(url) || strlen(url) > 300) {
			(void)fail_with(c, E_INVALID, "profile.bad_url", "url", url, NULL);
			c->failure.field = "urls";
			return E_INVALID;
		}
		if (n == PROFILE_URLS)
			return fail_field(c, "urls", "profile.too_many_urls");
		TRY(profile_url_insert(c, community, n++, url, NULL));
	}
	return OK;
}

rc profile_change(struct ctx *c, const struct community_row *row, const struct profile_edit *f)
{
	struct profile_facts was, is;
	const char *before, *after;
	TRY(profile_facts_read(c, row->id, &was));
	TRY(write_codes(c, row->id, f));
	TRY(write_urls(c, row->id, f->urls));
	TRY(profile_facts_read(c, row->id, &is));
	if (!changes_json(c, &profile_facts_shape, &was, &is, &before, &after))
		return OK;
	TRY(profile_note_steward(c, row->id, "{\"typologies\":1,\"features\":1}"));
	return community_note(c, row->pub, "community.profile", "community", row->pub, before, after);
}
