#include "base/csv.h"
#include "bridges/board.h"
#include "bridges/board_html.h"
#include "platform/i18n.h"

route_fn board_get, board_csv_get;

static rc read_board(struct ctx *c, struct req *q, struct board_page **v)
{
	const struct board_query *f = req_form(q, board_query);
	struct board b;
	*v = new_zero(c, struct board_page);
	TRY(board_open(c, req_object(q, convention_seen, convention), &b));
	return board_fill(c, &b, f->show, *v);
}

rc board_get(struct ctx *c, struct req *q)
{
	const struct convention_seen *k = req_object(q, convention_seen, convention);
	struct board_page *v;
	TRY(read_board(c, q, &v));
	page_title(q, "conventions", fmt(c, "%s, %s", T(c, "board.title"), k->name));
	page_crumb(q, T(c, "nav.conventions"), "/conventions");
	page_crumb(q, k->name, fmt(c, "/conventions/%s", k->pub.s));
	page_crumb(q, T(c, "board.title"), NULL);
	q->reply.wide = true;
	return page(q, board_page, v);
}

static const char *number(struct ctx *c, quantity q)
{
	int64_t n = q.v < 0 ? -q.v : q.v;
	return fmt(c, "%s%lld,%03lld", q.v < 0 ? "-" : "", (long long)(n / 1000), (long long)(n % 1000));
}

void board_csv_bytes(struct ctx *c, const struct board_page *v, struct buf *out)
{
	static const char *const head[] = { "departement", "place", "cooperative", "state",
					    "days",	   "given", "balance" };
	struct csv_writer w;
	csv_begin(&w, out, ';', true);
	for (size_t i = 0; i < sizeof head / sizeof *head; i++)
		csv_put(&w, head[i]);
	csv_end_row(&w);
	for (size_t i = 0; i < v->pairs.n; i++) {
		const struct board_pair *p = &v->pairs.items[i];
		csv_put(&w, p->place.departement);
		csv_put_typed(&w, p->place.name);
		csv_put_typed(&w, p->cae.name);
		csv_put(&w, enum_word(&board_state_words, p->state));
		csv_put(&w, number(c, p->used));
		csv_put(&w, number(c, p->given));
		csv_put(&w, number(c, p->balance));
		csv_end_row(&w);
	}
}

rc board_csv_get(struct ctx *c, struct req *q)
{
	struct board_page *v;
	struct buf out;
	TRY(read_board(c, q, &v));
	buf_init(&out, c->mem, 4096);
	board_csv_bytes(c, v, &out);
	return bytes(q, "text/csv; charset=utf-8", fmt(c, "tableau-%s.csv", fmt_iso_day(c, v->today)), out.s,
		     out.len);
}

void board_icon(struct out *o, const char *name)
{
	out_icon(o, name);
}
