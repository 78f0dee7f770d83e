/* contested_web.c - the contested presences of a convention, as a page and as a table. */
#include "bridges/contested.h"
#include "bridges/contested_html.h"
#include "bridges/follow_up.h"
#include "platform/csv_head.h"
#include "platform/i18n.h"
#include "platform/ui.h"

route_fn contested_get, contested_csv_get;

#define PAGE 50

static rc read_rows(struct ctx *c, struct req *q, struct exchange_book *b, struct contested_row_list *rows)
{
	TRY(exchange_book_open(c, req_object(q, convention_seen, convention), b));
	return contested_find(c, b, req_form(q, contested_query), rows);
}

static const char *address(struct ctx *c, const struct contested_page *v, const char *what, size_t after)
{
	struct buf b;
	buf_init(&b, c->mem, 120);
	buf_fmt(&b, "/conventions/%s/%s", v->head.pub.s, what);
	buf_param(&b, "state", v->state);
	buf_param(&b, "with", v->with);
	buf_param(&b, "sort", v->sort);
	buf_param(&b, "after", after ? fmt(c, "%zu", after) : "");
	return b.s;
}

static void say(struct ctx *c, const struct contested_query *f, const struct exchange_book *b,
		struct contested_page *v)
{
	v->hosts = b->me.v && b->convention->side != PARTY_SIDE_SENDER;
	v->parties.items = new_array(c, struct community_card, b->parties.n + 1);
	for (size_t i = 0; i < b->parties.n; i++)
		if (b->parties.items[i].card.id.v != b->me.v)
			v->parties.items[v->parties.n++] = b->parties.items[i].card;
	v->states = ui_options_or(c, &contest_shown_words, T(c, "contested.any"));
	v->sorts = ui_options(c, &contested_sort_words);
	v->with = f->with ? f->with : "";
	v->state = enum_word(&contest_state_words, f->state);
	v->sort = enum_word(&contested_sort_words, f->sort);
	v->csv = address(c, v, "contests.csv", 0);
}

static void cut(struct ctx *c, const struct contested_query *f, struct contested_page *v)
{
	size_t after = f->after > 0 && (size_t)f->after < v->rows.n ? (size_t)f->after : 0;
	for (size_t i = 0; i < v->rows.n; i++)
		v->total += v->rows.items[i].n;
	v->rows.items += after;
	v->rows.n -= after;
	if (v->rows.n > PAGE) {
		v->rows.n = PAGE;
		v->next = address(c, v, "contests", after + PAGE);
	}
}

rc contested_get(struct ctx *c, struct req *q)
{
	const struct convention_seen *k = req_object(q, convention_seen, convention);
	struct contested_page *v = new_zero(c, struct contested_page);
	struct exchange_book b;
	TRY(read_rows(c, q, &b, &v->rows));
	follow_head_fill(&b, "exchanges", &v->head);
	say(c, req_form(q, contested_query), &b, v);
	cut(c, req_form(q, contested_query), v);
	page_title(q, "conventions", fmt(c, "%s, %s", T(c, "contested.title"), k->name));
	page_crumb(q, T(c, "nav.conventions"), "/conventions");
	page_crumb(q, k->name, fmt(c, "/conventions/%s", k->pub.s));
	page_crumb(q, T(c, "contested.title"), NULL);
	return page(q, contested_page, v);
}

rc contested_csv_get(struct ctx *c, struct req *q)
{
	static const char *const head[] = { K("contested.when"),  K("contested.place"), K("contested.sender"),
					    K("contested.state"), K("contested.n"),	K("contested.who"),
					    K("contested.space") };
	struct contested_row_list l;
	struct exchange_book book;
	struct csv_writer w;
	struct buf b;
	TRY(read_rows(c, q, &book, &l));
	buf_init(&b, c->mem, 1024);
	csv_begin(&w, &b, ';', true);
	csv_head(c, &w, head, sizeof head / sizeof *head);
	for (size_t i = 0; i < l.n; i++) {
		const struct contested_row *r = &l.items[i];
		const char *iso = fmt_iso_day(c, r->on_day);
		csv_put(&w, r->who ? iso : fmt(c, "%.7s", iso)); /* a month has no day */
		csv_put_typed(&w, r->place);
		csv_put_typed(&w, r->sender);
		csv_put(&w, i18n_word(c, &contest_state_words, r->state));
		csv_put_int(&w, r->n);
		csv_put_typed(&w, r->who);
		csv_put_typed(&w, r->space);
		csv_end_row(&w);
	}
	return bytes(q, "text/csv; charset=utf-8", "contestations.csv", b.s, b.len);
}
