/* typologies_web.c - kinds of places, as a page with the checklist of what is none, and as CSV. */
#include "observatory/typologies.h"

#include "base/csv.h"
#include "observatory/choose.h"
#include "observatory/scope.h"
#include "observatory/typologies_html.h"
#include "platform/csv_head.h"
#include "platform/i18n.h"
#include "platform/route.h"

route_fn typologies_get, typologies_csv_get;

/* Any one of these, says the study, and it is no third place. */
static void answer_check(const struct typologies_query *ask, struct typologies_page *v)
{
	v->asked = ask->asked;
	v->offices = ask->offices;
	v->rented = ask->rented;
	v->occupied = ask->occupied;
	v->closed = ask->closed;
	v->is_none = v->offices || v->rented || v->occupied || v->closed;
}

static const char *address(struct ctx *c, const char *path, const struct scope *s)
{
	struct buf b;
	buf_init(&b, c->mem, 80);
	buf_fmt(&b, "%s?territory=", path);
	buf_url(&b, s->ref);
	if (s->is_past)
		buf_fmt(&b, "&on=%s", fmt_iso_day(c, s->on));
	return b.s;
}

rc typologies_get(struct ctx *c, struct req *q)
{
	const struct typologies_query *ask = req_form(q, typologies_query);
	struct typologies_page *v = new_zero(c, struct typologies_page);
	bool sent;
	TRY(scope_read(c, FIGURE_SOURCE_ALL,
		       ask->territory && *ask->territory ? ask->territory : "country:FR", ask->on,
		       &v->scope));
	TRY(choose_sent(c, q, ask->find, CHOOSE_PAGE_TYPOLOGIES, &v->scope, &sent));
	if (sent)
		return OK;
	TRY(typologies_fill(c, v));
	TRY(scope_choices(c, &v->scope));
	answer_check(ask, v);
	v->csv = address(c, "/observatory/typologies.csv", &v->scope);
	v->json = address(c, "/api/v1/observatory/typologies", &v->scope);
	page_title(q, "observatory", T(c, "typologies.title"));
	page_crumb(q, T(c, "observatory.title"), "/observatory");
	page_crumb(q, T(c, "typologies.title"), NULL);
	return page(q, typologies_page, v);
}

rc typologies_csv_get(struct ctx *c, struct req *q)
{
	static const char *const columns[] = { K("typologies.family"), K("territories.code"),
					       K("typologies.kind"),   K("observatory.places"),
					       K("figures.territory"), K("figures.on") };
	const struct typologies_query *ask = req_form(q, typologies_query);
	struct typologies_page *v = new_zero(c, struct typologies_page);
	struct csv_writer w;
	struct buf b;
	TRY(scope_read(c, FIGURE_SOURCE_ALL,
		       ask->territory && *ask->territory ? ask->territory : "country:FR", ask->on,
		       &v->scope));
	TRY(typologies_fill(c, v));
	buf_init(&b, c->mem, 4096);
	csv_begin(&w, &b, ';', true);
	csv_head(c, &w, columns, sizeof columns / sizeof *columns);
	for (size_t g = 0; g < v->groups.n; g++)
		for (size_t i = 0; i < v->groups.items[g].items.n; i++) {
			const struct typology_count *k = &v->groups.items[g].items.items[i];
			csv_put(&w, i18n_word(c, &typology_family_words, v->groups.items[g].family));
			csv_put(&w, k->code);
			csv_put(&w, k->label);
			csv_put_int(&w, k->n);
			csv_put(&w, v->scope.name);
			csv_put(&w, fmt_iso_day(c, v->scope.on));
			csv_end_row(&w);
		}
	return bytes(q, "text/csv; charset=utf-8", "typologies.csv", b.s, b.len);
}
