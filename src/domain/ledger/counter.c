#include <stdlib.h>
#include <string.h>

#include "ledger/counter.h"
#include "ledger/counter_sql.h"

static rc find(struct ctx *c, const struct counter_key *k, struct counter_row *row, bool *found)
{
	return counter_find(c, k->owner_kind, k->owner, k->scope, k->scope_id, k->period, row, found);
}

rc counter_read(struct ctx *c, const struct counter_key *k, quantity *held, quantity *used)
{
	struct counter_row row = { 0 };
	bool found;
	TRY(find(c, k, &row, &found));
	held->v = found ? row.held.v : 0;
	used->v = found ? row.used.v : 0;
	return OK;
}

static int compare(const void *a, const void *b)
{
	const struct counter_key *x = *(const struct counter_key *const *)a,
				 *y = *(const struct counter_key *const *)b;
	if (x->owner_kind != y->owner_kind)
		return x->owner_kind < y->owner_kind ? -1 : 1;
	if (x->owner != y->owner)
		return x->owner < y->owner ? -1 : 1;
	if (x->scope != y->scope)
		return x->scope < y->scope ? -1 : 1;
	if (x->scope_id != y->scope_id)
		return x->scope_id < y->scope_id ? -1 : 1;
	return strcmp(x->period, y->period);
}

static rc hold_one(struct ctx *c, const struct counter_key *k, quantity q, counter_id *out)
{
	struct counter_row row;
	bool found;
	int64_t changed;
	TRY(find(c, k, &row, &found));
	if (!found) {
		TRY(counter_make(c, k->owner_kind, k->owner, k->scope, k->scope_id, k->period, k->cap, NULL));
		TRY(find(c, k, &row, &found));
	}
	if (!found)
		return fail(c, E_CORRUPT, "http.internal");
	if (row.cap.v != k->cap.v)
		TRY(counter_set_cap(c, row.id, k->cap, NULL));
	TRY(counter_take(c, row.id, q, &changed));
	*out = row.id;
	return changed ? OK : fail(c, E_QUOTA, "right.quota_spent");
}

rc counter_hold(struct ctx *c, const struct counter_key *keys, size_t n, quantity q, counter_id *out)
{
	const struct counter_key **order = new_array(c, const struct counter_key *, n);
	for (size_t i = 0; i < n; i++)
		order[i] = &keys[i];
	qsort(order, n, sizeof *order, compare);
	for (size_t i = 0; i < n; i++)
		TRY(hold_one(c, order[i], q, &out[order[i] - keys]));
	return OK;
}

/* A change that its guard refused means that the books of this counter and of
 * its bookings differ: that is never the user's doing. */
static rc must_change(struct ctx *c, int64_t changed)
{
	return changed == 1 ? OK : fail(c, E_CORRUPT, "http.internal");
}

rc counter_use(struct ctx *c, counter_id id, quantity q)
{
	int64_t changed;
	TRY(counter_to_used(c, id, q, &changed));
	return must_change(c, changed);
}

rc counter_release(struct ctx *c, counter_id id, quantity q)
{
	int64_t changed;
	TRY(counter_give_held(c, id, q, &changed));
	return must_change(c, changed);
}

rc counter_unuse(struct ctx *c, counter_id id, quantity q)
{
	int64_t changed;
	TRY(counter_give_used(c, id, q, &changed));
	return must_change(c, changed);
}

rc counter_rehold(struct ctx *c, counter_id id, quantity q)
{
	int64_t changed;
	TRY(counter_to_held(c, id, q, &changed));
	return must_change(c, changed);
}

rc counter_retake(struct ctx *c, counter_id id, quantity q)
{
	int64_t changed;
	TRY(counter_take(c, id, q, &changed));
	return changed ? OK : fail(c, E_QUOTA, "right.quota_spent");
}
