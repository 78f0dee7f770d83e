#include "bridges/welcomed.h"
#include "base/civil.h"
#include "base/words.h"
#include "bridges/exchange.h"
#include "bridges/grant.h"
#include "bridges/welcomed_sql.h"
#include "spaces/tariff.h"

rc welcomed_caes(struct ctx *c, struct caes_welcomed_list *out)
{
	return caes_by_place(c, day_at(c->now, NULL), out);
}

#define WHOLE_DAY 1440 /* minutes */

/* The longest stay of one person that what is left covers, in minutes; any, when the day is counted already. */
static int64_t longest(const struct standing_right *r, int64_t left)
{
	if (left >= WHOLE_DAY * INT64_C(1000) || (r->measure == GRANT_MEASURE_DAY && r->counted))
		return WHOLE_DAY;
	switch (r->measure) {
	case GRANT_MEASURE_DAY: return left >= 1000 ? WHOLE_DAY : 0;
	case GRANT_MEASURE_HALF_DAY: return left >= 1000 ? WHOLE_DAY : left >= 500 ? HALF_DAY_MINUTES : 0;
	default: return left > 0 ? left * GRANT_DAY_MINUTES / 1000 : 0;
	}
}

/* The least left of its caps. What an earlier version counted in other periods is read one by one: few were
 * amended so. */
static rc left_of(struct ctx *c, const struct standing_right *r, person_id person, day on, int64_t *left)
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
	*left = INT64_MAX;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
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
		int64_t rest = all[i].cap.v - held.v - used.v;
		*left = rest < *left ? rest : *left;
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
		int64_t left;
		if (limit_state_of(r->owed, r->credit_limit) == LIMIT_REACHED)
			continue;
		TRY(left_of(c, r, person, on, &left));
		const struct welcoming w = { r->place, kinds_of(r), longest(r, left) };
		if (w.kinds && w.longest > 0)
			out->items[out->n++] = w;
	}
	return OK;
}
