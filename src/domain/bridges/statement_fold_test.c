#include "base/test.h"

#include "base/civil.h"
#include "base/test_ctx.h"
#include "bridges/exchange.h"
#include "bridges/statement.h"
#include "bridges/statement_fold.h"
#include "platform/app.h"

enum { PAIRS = 40, MONTHS = 120 };

/* Each month each pair used something, some gave a workshop, which was taken back a month later. */
static void fill(struct ctx *c, struct statement_page *v)
{
	*v = (struct statement_page){ .title = "Relevé",
				      .csv = "/conventions/c/statement.csv?from=2010-01-01",
				      .from = day_of(2010, 1, 1),
				      .to = day_of(2019, 12, 31),
				      .opening = { -1500 } };
	v->rows.items = new_array(c, struct statement_row, PAIRS * MONTHS * 2);
	v->closing = v->opening;
	for (int i = 0; i < PAIRS * MONTHS * 2; i++) {
		int pair = i / 2 % PAIRS, month = i / 2 / PAIRS;
		day end = { month_add(v->from, month + 1).v - 1 };
		bool gift = i % 2;
		int64_t n = gift ? (month % 2 ? -4000 : 4000) : 500 * (1 + (pair * 7 + month) % 5);
		if (gift && pair % 3)
			continue;
		v->closing.v += gift ? n : -n;
		*(gift ? &v->given.v : &v->due.v) += n;
		v->used.v += gift ? 0 : n;
		v->rows.items[v->rows.n++] = (struct statement_row){
			.place = { pair % 8 + 1 },
			.sender = { pair / 8 + 1 },
			.on_day = end,
			.kind = gift ? FACT_KIND_WORKSHOP : FACT_KIND_USE,
			.what = "",
			.with = fmt(c, "Coopérative %d, Lieu %d", pair / 8, pair % 8),
			.used = { gift ? NONE : n },
			.due = { gift ? NONE : n },
			.given = { gift ? n : NONE },
			.balance = v->closing,
		};
	}
}

static int64_t or_nothing(quantity q)
{
	return is_none(q) ? 0 : q.v;
}

static void adds_up(const struct statement_page *v, const struct statement_row_list *l, bool gains)
{
	int64_t used = 0, due = 0, given = 0, gain = 0;
	for (size_t i = 0; i < l->n; i++) {
		used += or_nothing(l->items[i].used);
		due += or_nothing(l->items[i].due);
		given += or_nothing(l->items[i].given);
		gain += l->items[i].balance.v;
	}
	assert_int_equal(used, v->used.v);
	assert_int_equal(due, v->due.v);
	assert_int_equal(given, v->given.v);
	assert_int_equal(gains ? gain : l->items[l->n - 1].balance.v - v->opening.v,
			 v->closing.v - v->opening.v);
}

/* However long: a paper, never a refusal. */
static void test_paper(void **state)
{
	struct app app = { .site_name = "Maillage" };
	struct ctx *c = *state;
	struct statement_page v;
	struct buf out;
	c->app = &app;
	fill(c, &v);
	v.closing_says = "";
	buf_init(&out, c->mem, 65536);
	assert_int_equal(statement_pdf_bytes(c, &v, &out), OK);
	assert_memory_equal(out.s, "%PDF", 4);
}

static void test_folded(void **state)
{
	struct ctx *c = *state;
	struct statement_page v;
	struct statement_folded f;
	fill(c, &v);
	assert_true(v.rows.n > PAPER_ROWS);
	statement_fold(c, &v, PAPER_PAIRS, &f);
	assert_int_equal(f.months.n, 2 * MONTHS);
	assert_int_equal(f.pairs.n, PAIRS);
	adds_up(&v, &f.months, false);
	adds_up(&v, &f.pairs, true);
	statement_fold(c, &v, 7, &f);
	assert_int_equal(f.pairs.n, 7);
	adds_up(&v, &f.pairs, true);
	v.pair = true;
	statement_fold(c, &v, PAPER_PAIRS, &f);
	assert_int_equal(f.pairs.n, 0);
	adds_up(&v, &f.months, false);
}

/* Of too many pairs the last line says how many it stands for. */
static void test_rest_is_told(void **state)
{
	struct ctx *c = *state;
	struct statement_page v;
	struct statement_folded f;
	fill(c, &v);
	statement_fold(c, &v, 3, &f);
	assert_string_equal(f.pairs.items[2].what, "38 autres ponts");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_paper, ctx_setup, ctx_teardown),
		cmocka_unit_test_setup_teardown(test_folded, ctx_setup, ctx_teardown),
		cmocka_unit_test_setup_teardown(test_rest_is_told, ctx_setup, ctx_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
