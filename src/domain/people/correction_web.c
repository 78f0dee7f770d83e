/* correction_web.c - the form that anybody may send, and the lists of who looks after the pages. */
#include <string.h>

#include "base/civil.h"
#include "base/csv.h"
#include "people/attempts.h"
#include "people/community.h"
#include "people/correction.h"
#include "people/correction_html.h"
#include "people/correction_sql.h"
#include "platform/csv_head.h"
#include "platform/route.h"
#include "platform/ui.h"

#define PAGE_LINES 30
#define CSV_LINES  10000

route_fn report_get, report_prepare, report_post, reports_get, reports_csv, report_show, report_answer;
route_fn operator_reports_get, operator_reports_csv, operator_report_show, operator_report_answer;

rc report_get(struct ctx *c, struct req *q)
{
	const struct community_row *row = req_object(q, community_row, community);
	struct correction_new_page *v = new_zero(c, struct correction_new_page);
	v->row = *row;
	v->fields = ui_options_or(c, &correction_field_words, T(c, "page_report.choose"));
	page_title(q, "communities", T(c, "page_report.title"));
	page_crumb(q, row->name, fmt(c, "/communities/%s", row->pub.s));
	page_crumb(q, T(c, "page_report.title"), NULL);
	return page(q, correction_new_page, v);
}

rc report_prepare(struct ctx *c, struct req *q)
{
	return attempt_take(c, ATTEMPT_LETTER, NULL, q->http->peer);
}

rc report_post(struct ctx *c, struct req *q)
{
	const struct community_row *row = req_object(q, community_row, community);
	TRY(correction_report(c, row, req_form(q, correction_new)));
	return done(c, q, T(c, "page_report.thanks"), "/communities/%s", row->pub.s);
}

/* ---- lists ---- */

/* community 0: of all pages without a steward. */
static rc find(struct ctx *c, community_id community, const struct correction_query *f, int64_t most,
	       struct correction_row_list *out)
{
	const char *state = f->state < 0 ? "" : enum_word(&correction_state_words, f->state);
	int64_t before = f->after == NONE || !f->after ? INT64_MAX : f->after;
	if (community.v)
		return corrections_of(c, community, state, before, most, out);
	return corrections_without_steward(c, ROLE_MANAGER, day_at(c->now, NULL), state, before, most, out);
}

static rc show_list(struct ctx *c, struct req *q, community_id community, const char *base)
{
	const struct correction_query *f = req_form(q, correction_query);
	struct corrections_page *v = new_zero(c, struct corrections_page);
	v->base = base;
	v->csv = fmt(c, "%s.csv?state=%s", base,
		     f->state < 0 ? "" : enum_word(&correction_state_words, f->state));
	v->of_all = !community.v;
	v->state = f->state;
	v->next = NONE;
	v->tabs.items = new_array(c, struct correction_tab, CORRECTION_STATE_COUNT);
	for (int i = 0; i < CORRECTION_STATE_COUNT; i++)
		v->tabs.items[v->tabs.n++] = (struct correction_tab){ i, i == f->state };
	TRY(find(c, community, f, PAGE_LINES + 1, &v->items));
	if (v->items.n > PAGE_LINES)
		v->next = v->items.items[--v->items.n - 1].id.v;
	page_crumb(q, T(c, "page_report.list"), NULL);
	return page(q, corrections_page, v);
}

rc reports_get(struct ctx *c, struct req *q)
{
	const struct community_row *row = req_object(q, community_row, community);
	page_title(q, "communities", T(c, "page_report.list"));
	page_crumb(q, row->name, fmt(c, "/communities/%s", row->pub.s));
	return show_list(c, q, row->id, fmt(c, "/communities/%s/reports", row->pub.s));
}

rc operator_reports_get(struct ctx *c, struct req *q)
{
	page_title(q, "operator", T(c, "page_report.list"));
	page_crumb(q, T(c, "operator.title"), "/operator");
	return show_list(c, q, (community_id){ 0 }, "/operator/reports");
}

static rc send_csv(struct ctx *c, struct req *q, community_id community)
{
	static const char *const columns[] = { K("page_report.page"),	    K("page_report.field"),
					       K("page_report.message"),    K("page_report.state"),
					       K("page_report.at"),	    K("page_report.answer"),
					       K("page_report.answered_at") };
	struct correction_row_list l;
	struct csv_writer w;
	struct buf b;
	TRY(find(c, community, req_form(q, correction_query), CSV_LINES, &l));
	buf_init(&b, c->mem, 4096);
	csv_begin(&w, &b, ';', true);
	csv_head(c, &w, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < l.n; i++) {
		const struct correction_row *r = &l.items[i];
		csv_put_typed(&w, r->place_name);
		csv_put(&w, i18n_word(c, &correction_field_words, r->field));
		csv_put_typed(&w, r->message);
		csv_put(&w, i18n_word(c, &correction_state_words, r->state));
		csv_put(&w, fmt_when(c, r->created_at, NULL));
		csv_put_typed(&w, r->answer ? r->answer : "");
		csv_put(&w, is_none(r->answered_at) ? "" : fmt_when(c, r->answered_at, NULL));
		csv_end_row(&w);
	}
	return bytes(q, "text/csv; charset=utf-8", "signalements.csv", b.s, b.len);
}

rc reports_csv(struct ctx *c, struct req *q)
{
	return send_csv(c, q, req_object(q, community_row, community)->id);
}

rc operator_reports_csv(struct ctx *c, struct req *q)
{
	return send_csv(c, q, (community_id){ 0 });
}

/* ---- one ---- */

static rc show(struct ctx *c, struct req *q, const struct correction_row *r, const char *prefix)
{
	struct correction_page *v = new_zero(c, struct correction_page);
	v->item = *r;
	v->action = fmt(c, "%s/%s/answer", prefix, r->pub.s);
	v->outcomes = ui_options(c, &correction_outcome_words);
	page_title(q, "communities", T(c, "page_report.one"));
	page_crumb(q, r->place_name, fmt(c, "/communities/%s", r->place_pub.s));
	page_crumb(q, T(c, "page_report.one"), NULL);
	return page(q, correction_page, v);
}

rc report_show(struct ctx *c, struct req *q)
{
	return show(c, q, req_object(q, correction_row, report), "/reports");
}

rc report_answer(struct ctx *c, struct req *q)
{
	const struct correction_row *r = req_object(q, correction_row, report);
	TRY(correction_close_with(c, r, req_form(q, correction_answer)));
	return done(c, q, T(c, "page_report.closed"), "/communities/%s/reports", r->place_pub.s);
}

rc operator_report_show(struct ctx *c, struct req *q)
{
	return show(c, q, req_object(q, correction_row, orphan), "/operator/reports");
}

rc operator_report_answer(struct ctx *c, struct req *q)
{
	const struct correction_row *r = req_object(q, correction_row, orphan);
	TRY(correction_close_with(c, r, req_form(q, correction_answer)));
	return done(c, q, T(c, "page_report.closed"), "/operator/reports");
}
