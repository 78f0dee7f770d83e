/* merge_web.c - merges that were made, and undoing one, for the operator. */
#include "base/buf.h"
#include "base/csv.h"
#include "observatory/import_page.h"
#include "observatory/merge.h"
#include "observatory/merge_html.h"
#include "observatory/merge_sql.h"
#include "platform/csv_head.h"
#include "platform/i18n.h"
#include "platform/route.h"
#include "platform/ui.h"

#define PAGE_MERGES 50
#define ALL_MERGES  20000

route_fn merges_get, merges_csv_get, merge_get, merge_undo_post;
rc merge_loader(struct ctx *c, pubid pub, struct loaded *out);

rc merge_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	struct merge_row *m = new_zero(c, struct merge_row);
	bool found = false;
	if (c->actor.is_operator)
		TRY(merge_by_pub(c, pub, m, &found));
	out->object = m;
	return found ? OK : fail(c, E_NOT_FOUND, "db.not_found");
}

static void crumbs(struct ctx *c, struct req *q, bool one)
{
	page_title(q, "operator", T(c, "merges.title"));
	page_crumb(q, T(c, "operator.title"), "/operator");
	page_crumb(q, T(c, "doubles.title"), "/operator/doubles");
	page_crumb(q, T(c, "merges.title"), one ? "/operator/merges" : NULL);
}

static const char *address(struct ctx *c, const char *path, const struct merges_query *f)
{
	struct buf b;
	buf_init(&b, c->mem, 100);
	buf_fmt(&b, "%s?q=", path);
	buf_url(&b, f->q ? f->q : "");
	query_word(&b, "state", &merge_state_words, f->state);
	query_word(&b, "sort", &merge_sort_words, f->sort);
	return b.s;
}

rc merges_get(struct ctx *c, struct req *q)
{
	const struct merges_query *f = req_form(q, merges_query);
	struct merges_page *v = new_zero(c, struct merges_page);
	int64_t from = f->after == NONE ? 0 : f->after;
	TRY(merges_find(c, f, from, PAGE_MERGES, &v->items, &v->n));
	v->q = f->q ? f->q : "";
	v->state = f->state;
	v->sort = f->sort < 0 ? MERGE_SORT_NEWEST : f->sort;
	v->states = ui_options(c, &merge_state_words);
	v->sorts = ui_options(c, &merge_sort_words);
	v->state_word = f->state < 0 ? "" : enum_word(&merge_state_words, f->state);
	v->sort_word = enum_word(&merge_sort_words, v->sort);
	v->csv = address(c, "/operator/merges.csv", f);
	v->next = from + (int64_t)v->items.n < v->n ? from + (int64_t)v->items.n : NONE;
	if (v->next != NONE)
		v->more = fmt(c, "%s&after=%lld", address(c, "/operator/merges", f), (long long)v->next);
	crumbs(c, q, false);
	return page(q, merges_page, v);
}

rc merges_csv_get(struct ctx *c, struct req *q)
{
	static const char *const head[] = { K("merges.gone"),	  K("doubles.town"), K("merges.kept"),
					    K("merges.when"),	  K("merges.who"),   K("merges.undone_on"),
					    K("merges.undone_by") };
	struct merge_row_list l;
	struct csv_writer w;
	struct buf b;
	int64_t n;
	TRY(merges_find(c, req_form(q, merges_query), 0, ALL_MERGES, &l, &n));
	buf_init(&b, c->mem, 4096);
	csv_begin(&w, &b, ';', true);
	csv_head(c, &w, head, sizeof head / sizeof *head);
	for (size_t i = 0; i < l.n; i++) {
		const struct merge_row *m = &l.items[i];
		csv_put_typed(&w, m->name);
		csv_put_typed(&w, m->city);
		csv_put_typed(&w, m->kept_name);
		csv_put(&w, fmt_when(c, m->merged_at, NULL));
		csv_put_typed(&w, m->by);
		csv_put(&w, is_none(m->undone_at) ? "" : fmt_when(c, m->undone_at, NULL));
		csv_put_typed(&w, m->undone_by);
		csv_end_row(&w);
	}
	return bytes(q, "text/csv; charset=utf-8", "fusions.csv", b.s, b.len);
}

rc merge_get(struct ctx *c, struct req *q)
{
	const struct merge_row *m = req_object(q, merge_row, merge);
	struct merge_page *v = new_zero(c, struct merge_page);
	TRY(merge_preview(c, m, v));
	for (size_t i = 0; i < v->fields.n; i++) {
		struct merge_line *l = &v->fields.items[i];
		l->was = field_words(c, l->field, l->was);
		l->added = field_words(c, l->field, l->added);
		l->now = field_words(c, l->field, l->now);
	}
	crumbs(c, q, true);
	page_crumb(q, m->name, NULL);
	return page(q, merge_page, v);
}

rc merge_undo_post(struct ctx *c, struct req *q)
{
	const struct merge_row *m = req_object(q, merge_row, merge);
	TRY(merge_undo(c, m));
	return done(c, q, T(c, "merges.done"), "/communities/%s", m->gone.s);
}
