/* statement_fold.c - a statement that is too long for paper, in sums: of each pair, of each month and kind.
 * Each line is in both, so both add up to the statement. */
#include "bridges/statement_fold.h"

#include <stdlib.h>

#include "base/civil.h"
#include "bridges/follow_up.h"
#include "platform/i18n.h"

static void add_to(quantity *sum, quantity q)
{
	if (!is_none(q))
		sum->v = (is_none(*sum) ? 0 : sum->v) + q.v;
}

static void add_row(struct statement_row *sum, const struct statement_row *r, int64_t gain)
{
	add_to(&sum->used, r->used);
	add_to(&sum->due, r->due);
	add_to(&sum->given, r->given);
	sum->balance.v += gain;
}

static const struct statement_row nothing = { .used = { NONE }, .due = { NONE }, .given = { NONE } };

/* A month is over: its uses, then its workshops, each as a line where there were any. */
static void end_month(struct ctx *c, const struct statement_page *v, day month, struct statement_row kinds[2],
		      struct statement_row_list *out)
{
	day end = { month_add(month, 1).v - 1 };
	for (int i = 0; i < 2; i++) {
		struct statement_row *r = &kinds[i];
		if (is_none(r->used) && is_none(r->given))
			continue;
		r->on_day = end.v < v->to.v ? end : v->to;
		r->kind = i ? FACT_KIND_WORKSHOP : FACT_KIND_USE;
		r->what = T_TEXT(c, i ? K("statement.month_workshops") : K("statement.month"), "month",
				 month_words(c, month));
		r->balance.v += out->n ? out->items[out->n - 1].balance.v : v->opening.v;
		out->items[out->n++] = *r;
		*r = nothing;
	}
}

static void fold_months(struct ctx *c, const struct statement_page *v, struct statement_row_list *out)
{
	struct statement_row kinds[2] = { nothing, nothing };
	day month = { 0 };
	int64_t before = v->opening.v;
	*out = (struct statement_row_list){ new_array(c, struct statement_row, 2 * v->rows.n + 2), 0 };
	for (size_t i = 0; i < v->rows.n; i++) {
		const struct statement_row *r = &v->rows.items[i];
		if (month_start(r->on_day).v != month.v)
			end_month(c, v, month, kinds, out);
		month = month_start(r->on_day);
		add_row(&kinds[is_none(r->used)], r, r->balance.v - before);
		before = r->balance.v;
	}
	end_month(c, v, month, kinds, out);
}

static int by_pair(const void *a, const void *b)
{
	const struct statement_row *x = a, *y = b;
	int place = (x->place.v > y->place.v) - (x->place.v < y->place.v);
	return place ? place : (x->sender.v > y->sender.v) - (x->sender.v < y->sender.v);
}

/* What is owed most by either end comes first. */
static int by_balance(const void *a, const void *b)
{
	const struct statement_row *x = a, *y = b;
	int64_t p = llabs(x->balance.v), q = llabs(y->balance.v);
	return p == q ? by_pair(a, b) : (p < q) - (p > q);
}

/* Rows as what each gained, sorted by pair; then one for each pair in its first's stead. */
static void fold_pairs(struct ctx *c, const struct statement_page *v, struct statement_row_list *out)
{
	struct statement_row *all = new_array(c, struct statement_row, v->rows.n + 1);
	int64_t before = v->opening.v;
	for (size_t i = 0; i < v->rows.n; i++) {
		all[i] = v->rows.items[i];
		all[i].balance.v -= before;
		before += all[i].balance.v;
	}
	qsort(all, v->rows.n, sizeof *all, by_pair);
	*out = (struct statement_row_list){ all, 0 };
	for (size_t i = 0; i < v->rows.n; i++) {
		struct statement_row r = all[i];
		if (out->n && by_pair(&all[out->n - 1], &r) == 0) {
			add_row(&all[out->n - 1], &r, r.balance.v);
			continue;
		}
		r.what = r.with;
		all[out->n++] = r;
	}
	qsort(all, out->n, sizeof *all, by_balance);
}

/* Too many pairs as well: the last line is all that are left. */
static void cut_pairs(struct ctx *c, size_t most, struct statement_row_list *l)
{
	if (l->n <= most)
		return;
	struct statement_row *rest = &l->items[most - 1];
	for (size_t i = most; i < l->n; i++)
		add_row(rest, &l->items[i], l->items[i].balance.v);
	rest->what = T_N(c, "statement.other_pairs", (int64_t)(l->n - most + 1));
	l->n = most;
}

void statement_fold(struct ctx *c, const struct statement_page *v, size_t most_pairs,
		    struct statement_folded *out)
{
	*out = (struct statement_folded){ 0 };
	fold_months(c, v, &out->months);
	if (v->pair)
		return;
	fold_pairs(c, v, &out->pairs);
	cut_pairs(c, most_pairs, &out->pairs);
}
