#include "bridges/contested.h"

#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "bridges/contested_sql.h"
#include "platform/i18n.h"

static const char *name_of(const struct exchange_book *b, community_id id)
{
	const struct exchange_party *p = exchange_party_of(b, id);
	return p ? p->card.name : "";
}

static bool is_wanted(const struct contested_query *f, const struct exchange_party *with,
		      const struct contested_fact *k)
{
	bool is_with = !with || k->place.v == with->card.id.v || k->sender.v == with->card.id.v;
	return is_with && (f->state < 0 || k->state == f->state);
}

static struct contested_row row_of(struct ctx *c, const struct exchange_book *b,
				   const struct contested_fact *k)
{
	day month = month_start(k->on_day);
	return (struct contested_row){ .on_day = k->who ? k->on_day : month,
				       .when = k->who ? fmt_day(c, k->on_day) : fmt_month(c, month),
				       .who = k->who,
				       .space = k->space,
				       .place = name_of(b, k->place),
				       .sender = name_of(b, k->sender),
				       .state = k->state,
				       .n = 1 };
}

/* The line of the same month, ends and state that it goes into, or NULL: those of a month are together. */
static struct contested_row *line_of(struct contested_row_list *l, const struct contested_row *r)
{
	for (size_t i = l->n; i-- > 0 && month_start(l->items[i].on_day).v == r->on_day.v;) {
		struct contested_row *x = &l->items[i];
		if (!x->who && x->state == r->state && strcmp(x->place, r->place) == 0 &&
		    strcmp(x->sender, r->sender) == 0)
			return x;
	}
	return NULL;
}

static void add(struct contested_row_list *l, const struct contested_row *r)
{
	struct contested_row *into = r->who ? NULL : line_of(l, r);
	if (into)
		into->n++;
	else
		l->items[l->n++] = *r;
}

static int by_newest(const void *a, const void *b)
{
	const struct contested_row *x = a, *y = b;
	return (x->on_day.v < y->on_day.v) - (x->on_day.v > y->on_day.v);
}

static int by_most(const void *a, const void *b)
{
	const struct contested_row *x = a, *y = b;
	return x->n == y->n ? by_newest(a, b) : (x->n < y->n) - (x->n > y->n);
}

static int by_oldest(const void *a, const void *b)
{
	return by_newest(b, a);
}

rc contested_find(struct ctx *c, const struct exchange_book *b, const struct contested_query *f,
		  struct contested_row_list *out)
{
	static int (*const orders[])(const void *, const void *) = { [CONTESTED_SORT_NEWEST] = by_newest,
								     [CONTESTED_SORT_OLDEST] = by_oldest,
								     [CONTESTED_SORT_MOST] = by_most };
	const struct exchange_party *with = exchange_party_named(b, f->with);
	struct contested_fact_list l;
	if (f->with && *f->with && !with)
		return fail(c, E_NOT_FOUND, "db.not_found");
	TRY(contested_facts(c, b->convention->id, b->me, &l));
	*out = (struct contested_row_list){ new_array(c, struct contested_row, l.n + 1), 0 };
	for (size_t i = 0; i < l.n; i++) {
		struct contested_row r = row_of(c, b, &l.items[i]);
		if (is_wanted(f, with, &l.items[i]))
			add(out, &r);
	}
	qsort(out->items, out->n, sizeof *out->items, orders[f->sort < 0 ? CONTESTED_SORT_NEWEST : f->sort]);
	return OK;
}
