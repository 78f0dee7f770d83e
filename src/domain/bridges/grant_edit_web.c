/* grant_edit_web.c - the page of one right of a draft. */
#include "bridges/convention_web.h"
#include "bridges/grant_edit.h"
#include "bridges/terms_html.h"
#include "bridges/terms_sql.h"
#include "platform/i18n.h"
#include "platform/ui.h"

rc grant_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	struct grant_row *g = new_zero(c, struct grant_row);
	struct convention_row k;
	bool found;
	TRY(grant_by_pub(c, pub, g, &found));
	if (!found)
		return fail(c, E_NOT_FOUND, "db.not_found");
	TRY(convention_of_grant(c, g->id, &k));
	out->object = g;
	out->community = k.runner;
	return OK;
}

void grant_fields_fill(struct ctx *c, const struct grant_row *g, struct grant_fields *v)
{
	v->grant = *g;
	grant_tick(g, v);
	v->measures = ui_options(c, &grant_measure_words);
	v->prices = ui_options(c, &price_kind_words);
	v->periods = ui_options(c, &grant_period_words);
	v->measure = enum_word(&grant_measure_words, g->measure);
	v->price = enum_word(&price_kind_words, g->price_kind);
	v->period = enum_word(&grant_period_words, g->period);
}

static rc show(struct ctx *c, struct req *q, struct grant_page *v, const struct grant_row *g)
{
	const char *title = v->fresh ? T(c, "grant_edit.title_new") : T(c, "grant_edit.title");
	grant_fields_fill(c, g, &v->right);
	page_title(q, "conventions", title);
	page_crumb(q, T(c, "nav.conventions"), "/conventions");
	page_crumb(q, v->convention.name, fmt(c, "/conventions/%s/terms", v->convention.pub.s));
	page_crumb(q, title, NULL);
	return page(q, grant_page, v);
}

static rc back(struct ctx *c, struct req *q, const struct grant_row *g, const char *said)
{
	struct convention_row k;
	TRY(convention_of_grant(c, g->id, &k));
	return done(c, q, said, "/conventions/%s/terms", k.pub.s);
}

rc grant_new_get(struct ctx *c, struct req *q)
{
	const struct grant_row blank = { .statuses = "cape cesa",
					 .space_kinds = "",
					 .name = "",
					 .measure = GRANT_MEASURE_HALF_DAY,
					 .price_kind = PRICE_KIND_FREE,
					 .period = GRANT_PERIOD_YEAR,
					 .per_person = { NONE },
					 .per_sender = { NONE },
					 .per_place = { NONE },
					 .from_day = { NONE },
					 .to_day = { NONE } };
	struct grant_page *v = new_zero(c, struct grant_page);
	struct version_row last;
	v->convention = *req_object(q, convention_row, agreement);
	v->fresh = true;
	TRY(version_last(c, v->convention.id, &last));
	if (!is_none(last.proposed_at))
		return done(c, q, NULL, "/conventions/%s/text", v->convention.pub.s);
	return show(c, q, v, &blank);
}

rc grant_new_post(struct ctx *c, struct req *q)
{
	const struct convention_row *k = req_object(q, convention_row, agreement);
	pubid pub;
	TRY(grant_add(c, k->id, req_form(q, grant_edit), &pub));
	return created(c, q, pub, T(c, "grant_edit.said_added"), "/conventions/%s/terms", k->pub.s);
}

rc grant_get(struct ctx *c, struct req *q)
{
	struct grant_page *v = new_zero(c, struct grant_page);
	const struct grant_row *g = req_object(q, grant_row, grant);
	struct version_row last;
	TRY(convention_of_grant(c, g->id, &v->convention));
	TRY(version_last(c, v->convention.id, &last));
	if (!is_none(last.proposed_at) || last.id.v != g->version.v)
		return done(c, q, NULL, "/conventions/%s/text", v->convention.pub.s);
	return show(c, q, v, g);
}

rc grant_post(struct ctx *c, struct req *q)
{
	const struct grant_row *g = req_object(q, grant_row, grant);
	TRY(grant_set(c, g, req_form(q, grant_edit)));
	return back(c, q, g, T(c, "grant_edit.said_saved"));
}

rc grant_remove_post(struct ctx *c, struct req *q)
{
	const struct grant_row *g = req_object(q, grant_row, grant);
	struct convention_row k;
	TRY(convention_of_grant(c, g->id, &k));
	TRY(grant_remove(c, g));
	return done(c, q, T(c, "grant_edit.said_removed"), "/conventions/%s/terms", k.pub.s);
}

rc grant_up_post(struct ctx *c, struct req *q)
{
	const struct grant_row *g = req_object(q, grant_row, grant);
	TRY(grant_up(c, g));
	return back(c, q, g, T(c, "grant_edit.said_moved"));
}
