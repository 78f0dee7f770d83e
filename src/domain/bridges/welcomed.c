#include "bridges/welcomed.h"
#include "base/civil.h"
#include "base/words.h"
#include "bridges/exchange.h"
#include "bridges/grant.h"
#include "bridges/welcomed_sql.h"

rc welcomed_caes(struct ctx *c, struct caes_welcomed_list *out)
{
	return caes_by_place(c, day_at(c->now, NULL), out);
}

/* The least that a stay of that day counts; nothing, when the day is counted already. */
static int64_t least(const struct standing_right *r)
{
	static const int64_t by_measure[] = {
		[GRANT_MEASURE_DAY] = 1000, [GRANT_MEASURE_HALF_DAY] = 500, [GRANT_MEASURE_DURATION] = 1
	};
	return r->measure == GRANT_MEASURE_DAY && r->counted ? 0 : by_measure[r->measure];
}

/* What an earlier version counted in other periods is read one by one: few were amended so. */
static rc is_left(struct ctx *c, const struct standing_right *r, person_id person, day on, bool *yes)
{
	const struct {
		quantity cap, taken;
		int scope;
		int64_t id;
	} all[] = {
		{ r->per_person, r->by_person, COUNTER_SCOPE_PERSON, person.v },
		{ r->per_sender, r->by_sender, COUNTER_SCOPE_SENDER, r->sender.v },
		{ r->per_place, r->by_place, COUNTER_SCOPE_PLACE, r->place.v },
	};
	*yes = limit_state_of(r->owed, r->credit_limit) != LIMIT_REACHED;
	for (size_t i = 0; *yes && i < sizeof all / sizeof *all; i++) {
		quantity held = all[i].taken, used = { 0 };
		if (is_none(all[i].cap))
			continue;
		const struct counter_key k = { COUNTER_OWNER_GRANT,
					       r->line.v,
					       all[i].scope,
					       all[i].id,
					       grant_period_of(c, r->period, on),
					       all[i].cap };
		if (r->several)
			TRY(grant_taken(c, &k, r->period, on, &held, &used));
		*yes = held.v + used.v + least(r) <= all[i].cap.v;
	}
	return OK;
}

static int64_t kinds_of(const struct standing_right *r)
{
	int64_t kinds = 0;
	for (int k = 0; k < SPACE_KIND_COUNT; k++)
		if (words_have(r->space_kinds, enum_word(&space_kind_words, k)) &&
		    (r->insured || !space_needs_insurance(k)))
			kinds |= INT64_C(1) << k;
	return kinds;
}

rc places_welcoming(struct ctx *c, person_id person, day on, struct welcoming_list *out)
{
	struct standing_right_list l;
	TRY(standing_rights(c, person, on, grant_period_of(c, GRANT_PERIOD_YEAR, on),
			    grant_period_of(c, GRANT_PERIOD_QUARTER, on),
			    grant_period_of(c, GRANT_PERIOD_MONTH, on), &l));
	*out = (struct welcoming_list){ new_array(c, struct welcoming, l.n + 1), 0 };
	for (size_t i = 0; i < l.n; i++) {
		const struct standing_right *r = &l.items[i];
		bool yes;
		TRY(is_left(c, r, person, on, &yes));
		if (!yes)
			continue;
		if (!out->n || out->items[out->n - 1].place.v != r->place.v)
			out->items[out->n++] = (struct welcoming){ r->place, 0 };
		out->items[out->n - 1].kinds |= kinds_of(r);
	}
	return OK;
}
