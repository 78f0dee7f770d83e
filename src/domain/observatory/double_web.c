/* double_web.c - communities that are here twice, for the operator. */
#include <string.h>

#include "observatory/double.h"
#include "observatory/double_html.h"
#include "observatory/import_page.h"
#include "observatory/import_record.h"
#include "people/people.h"
#include "platform/csv_head.h"
#include "platform/route.h"
#include "platform/ui.h"

#define PAGE_PAIRS 50
#define ALL_PAIRS  20000

route_fn doubles_get, doubles_csv_get, double_get, double_merge_post, double_distinct_post;
rc double_loader(struct ctx *c, pubid pub, struct loaded *out);

rc double_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	return community_loader(c, pub, out);
}

static void crumbs(struct ctx *c, struct req *q, bool pair)
{
	page_title(q, "operator", T(c, "doubles.title"));
	page_crumb(q, T(c, "operator.title"), "/operator");
	page_crumb(q, T(c, "doubles.title"), pair ? "/operator/doubles" : NULL);
}

static const char *address(struct ctx *c, const char *path, const struct doubles_query *f)
{
	struct buf b;
	buf_init(&b, c->mem, 100);
	buf_fmt(&b, "%s?sort=%s&q=", path, enum_word(&double_sort_words, f->sort < 0 ? 0 : f->sort));
	buf_url(&b, f->q ? f->q : "");
	return b.s;
}

rc doubles_get(struct ctx *c, struct req *q)
{
	const struct doubles_query *f = req_form(q, doubles_query);
	struct doubles_page *v = new_zero(c, struct doubles_page);
	size_t from = f->after == NONE ? 0 : (size_t)f->after;
	TRY(doubles_find(c, f, from, PAGE_PAIRS, &v->items, &v->n));
	v->q = f->q ? f->q : "";
	v->sort = f->sort < 0 ? DOUBLE_SORT_LIKELY : f->sort;
	v->sorts = ui_options(c, &double_sort_words);
	v->sort_word = enum_word(&double_sort_words, v->sort);
	v->csv = address(c, "/operator/doubles.csv", f);
	v->next = (int64_t)(from + v->items.n) < v->n ? (int64_t)(from + v->items.n) : NONE;
	if (v->next != NONE)
		v->more = fmt(c, "%s&after=%lld", address(c, "/operator/doubles", f), (long long)v->next);
	crumbs(c, q, false);
	return page(q, doubles_page, v);
}

rc doubles_csv_get(struct ctx *c, struct req *q)
{
	static const char *const head[] = { K("doubles.one"),  K("doubles.town"),    K("doubles.other"),
					    K("doubles.town"), K("doubles.percent"), K("doubles.why") };
	struct double_pair_list l;
	struct csv_writer w;
	struct buf b;
	int64_t n;
	TRY(doubles_find(c, req_form(q, doubles_query), 0, ALL_PAIRS, &l, &n));
	buf_init(&b, c->mem, 4096);
	csv_begin(&w, &b, ';', true);
	csv_head(c, &w, head, sizeof head / sizeof *head);
	for (size_t i = 0; i < l.n; i++) {
		csv_put_typed(&w, l.items[i].one.name);
		csv_put_typed(&w, l.items[i].one.city);
		csv_put_typed(&w, l.items[i].other.name);
		csv_put_typed(&w, l.items[i].other.city);
		csv_put_int(&w, l.items[i].percent);
		csv_put_typed(&w, l.items[i].why);
		csv_end_row(&w);
	}
	return bytes(q, "text/csv; charset=utf-8", "doubles.csv", b.s, b.len);
}

/* ---- a pair ---- */

static rc fill_side(struct ctx *c, community_id id, community_id kept, struct double_side *out)
{
	struct double_ties ties;
	struct import_known known;
	TRY(community_card_get(c, id, &out->card));
	TRY(double_refusal(c, id, kept, &ties, &out->refused));
	out->members = ties.members;
	out->photos = ties.photos;
	out->confirmed_at = ties.confirmed_at;
	out->source = ties.source;
	TRY(import_known_read(c, id, &known));
	out->address = known.now.is[ARRIVAL_FIELD_ADDRESS];
	return OK;
}

static rc fill_fields(struct ctx *c, community_id one, community_id other, struct double_line_list *out)
{
	struct import_known a, b;
	TRY(import_known_read(c, one, &a));
	TRY(import_known_read(c, other, &b));
	*out = (struct double_line_list){ new_array(c, struct double_line, ARRIVAL_FIELD_COUNT), 0 };
	for (int f = 0; f < ARRIVAL_FIELD_COUNT; f++) {
		const char *x = a.now.is[f], *y = b.now.is[f];
		if (x || y)
			out->items[out->n++] = (struct double_line){ f, field_words(c, f, x),
								     field_words(c, f, y),
								     x && y && strcmp(x, y) != 0 };
	}
	return OK;
}

rc double_get(struct ctx *c, struct req *q)
{
	const struct community_row *one = req_object(q, community_row, one),
				   *other = req_object(q, community_row, other);
	struct double_page *v = new_zero(c, struct double_page);
	if (one->id.v == other->id.v)
		return fail(c, E_NOT_FOUND, "db.not_found");
	TRY(fill_side(c, one->id, other->id, &v->one));
	TRY(fill_side(c, other->id, one->id, &v->other));
	TRY(fill_fields(c, one->id, other->id, &v->fields));
	TRY(double_alike(c, one->id, other->id, &v->percent, &v->why));
	crumbs(c, q, true);
	page_crumb(q, one->name, NULL);
	return page(q, double_page, v);
}

rc double_merge_post(struct ctx *c, struct req *q)
{
	const struct community_row *one = req_object(q, community_row, one),
				   *other = req_object(q, community_row, other);
	pubid keep = req_form(q, double_merge)->keep;
	bool first = strcmp(keep.s, one->pub.s) == 0;
	if (!first && strcmp(keep.s, other->pub.s) != 0)
		return fail_field(c, "keep", "doubles.which");
	const struct community_row *kept = first ? one : other;
	TRY(double_merge(c, first ? other : one, kept));
	return done(c, q, T(c, "doubles.merged"), "/communities/%s", kept->pub.s);
}

rc double_distinct_post(struct ctx *c, struct req *q)
{
	TRY(double_distinguish(c, req_object(q, community_row, one), req_object(q, community_row, other)));
	return done(c, q, T(c, "doubles.told_apart"), "/operator/doubles");
}
