#include "base/hash.h"
#include "bridges/follow_up.h"
#include "bridges/statement.h"
#include "bridges/statement_html.h"
#include "bridges/statement_sql.h"
#include "platform/i18n.h"

#include <string.h>

#define ROWS_A_PAGE 100

route_fn statement_get, statement_csv_get, statement_pdf_get, exchanges_get, exchanges_csv_get,
	fingerprint_get;

static rc read_statement(struct ctx *c, struct req *q, struct statement_page **v)
{
	struct exchange_book b;
	*v = new_zero(c, struct statement_page);
	TRY(exchange_book_open(c, req_object(q, convention_seen, convention), &b));
	return statement_fill(c, &b, req_form(q, exchange_query), *v);
}

static void place_page(struct ctx *c, struct req *q, const char *title)
{
	const struct convention_seen *v = req_object(q, convention_seen, convention);
	page_title(q, "conventions", fmt(c, "%s, %s", title, v->name));
	page_crumb(q, T(c, "nav.conventions"), "/conventions");
	page_crumb(q, v->name, fmt(c, "/conventions/%s", v->pub.s));
	page_crumb(q, title, NULL);
}

rc statement_get(struct ctx *c, struct req *q)
{
	struct statement_page *v;
	TRY(read_statement(c, q, &v));
	place_page(c, q, v->title);
	return page(q, statement_page, v);
}

rc statement_csv_get(struct ctx *c, struct req *q)
{
	struct statement_page *v;
	struct buf b;
	TRY(read_statement(c, q, &v));
	buf_init(&b, c->mem, 4096);
	TRY(statement_csv_bytes(c, v, &b));
	return bytes(q, "text/csv; charset=utf-8", fmt(c, "releve-%s.csv", fmt_iso_day(c, v->to)), b.s,
		     b.len);
}

rc statement_pdf_get(struct ctx *c, struct req *q)
{
	struct statement_page *v;
	struct buf b;
	TRY(read_statement(c, q, &v));
	buf_init(&b, c->mem, 65536);
	TRY(statement_pdf_bytes(c, v, &b));
	return bytes(q, "application/pdf", fmt(c, "releve-%s.pdf", fmt_iso_day(c, v->to)), b.s, b.len);
}

/* All lines of a query, in its order; a host's one by one, others' by month. */
static rc read_exchanges(struct ctx *c, struct req *q, struct exchange_book *b, struct exchanges_page *v)
{
	const struct exchange_query *f = req_form(q, exchange_query);
	struct statement_wish w = { .named = false };
	struct statement s;
	TRY(exchange_book_open(c, req_object(q, convention_seen, convention), b));
	TRY(exchange_book_names(c, b));
	v->named = w.named = b->convention->side == PARTY_SIDE_HOST;
	TRY(statement_ask(c, b, f, &w));
	TRY(statement_read(c, b, &w));
	statement_make(c, b, &w, &s);
	if (!w.named)
		TRY(statement_shared(c, b, &w, &v->shared));
	v->rows.items = new_array(c, struct statement_row, s.rows.n + 1);
	for (size_t i = 0; i < s.rows.n; i++) {
		const struct statement_row *r =
			&s.rows.items[f->sort == EXCHANGE_SORT_OLDEST ? i : s.rows.n - 1 - i];
		if (f->kind < 0 || r->kind == f->kind)
			v->rows.items[v->rows.n++] = *r;
	}
	v->from = f->from;
	v->to = f->to;
	return OK;
}

static void cut_page(struct ctx *c, const struct exchange_query *f, struct exchanges_page *v)
{
	size_t after = f->after > 0 ? (size_t)f->after : 0;
	if (after > v->rows.n)
		after = v->rows.n;
	v->rows.items += after;
	v->rows.n -= after;
	if (v->rows.n > ROWS_A_PAGE) {
		v->rows.n = ROWS_A_PAGE;
		v->next = fmt(c, "%zu", after + ROWS_A_PAGE);
	}
}

rc exchanges_get(struct ctx *c, struct req *q)
{
	const struct exchange_query *f = req_form(q, exchange_query);
	struct exchanges_page *v = new_zero(c, struct exchanges_page);
	struct exchange_book b;
	TRY(read_exchanges(c, q, &b, v));
	cut_page(c, f, v);
	follow_head_fill(&b, "exchanges", &v->head);
	v->parties.items = new_array(c, struct community_card, b.parties.n + 1);
	for (size_t i = 0; i < b.parties.n; i++)
		if (b.parties.items[i].card.id.v != b.me.v)
			v->parties.items[v->parties.n++] = b.parties.items[i].card;
	v->with = f->with;
	v->kind = f->kind < 0 ? "" : enum_word(&fact_kind_words, f->kind);
	v->sort = f->sort < 0 ? "" : enum_word(&exchange_sort_words, f->sort);
	place_page(c, q, T(c, "follow.tab_exchanges"));
	return page(q, exchanges_page, v);
}

rc exchanges_csv_get(struct ctx *c, struct req *q)
{
	struct exchanges_page *v = new_zero(c, struct exchanges_page);
	struct exchange_book b;
	struct buf out;
	TRY(read_exchanges(c, q, &b, v));
	buf_init(&out, c->mem, 4096);
	exchanges_csv_bytes(c, v, &out);
	return bytes(q, "text/csv; charset=utf-8", "echanges.csv", out.s, out.len);
}

rc entry_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	struct printed_entry_row *e = new_zero(c, struct printed_entry_row);
	bool found;
	TRY(printed_entry(c, pub, e, &found));
	if (!found)
		return fail(c, E_NOT_FOUND, "statement.not_in_chain");
	out->object = e;
	out->is_public = true;
	return OK;
}

rc fingerprint_get(struct ctx *c, struct req *q)
{
	const struct printed_entry_row *e = req_object(q, printed_entry_row, entry);
	const char *f = req_form(q, fingerprint_query)->f;
	struct fingerprint_page *v = new_zero(c, struct fingerprint_page);
	char hex[65];
	hash_hex(e->hash, hex);
	v->entry = e->seq;
	v->length = e->length;
	v->fingerprint = fmt(c, "%.4s %.4s %.4s %.4s … %s", hex, hex + 4, hex + 8, hex + 12, hex + 60);
	v->asked = f && *f;
	v->matches = v->asked && strlen(f) >= 12 && strncmp(hex, f, strlen(f)) == 0;
	page_title(q, NULL, T(c, "statement.check"));
	return page(q, fingerprint_page, v);
}
