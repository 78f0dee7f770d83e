#include <stdlib.h>
#include <string.h>

#include "base/pubid.h"
#include "bridges/exchange.h"
#include "spaces/tariff.h"

rc counterpart_choices_on(struct ctx *c, community_id organiser, community_id place, day on,
			  struct counterpart_choices_row_list *out)
{
	return counterpart_choices(c, organiser, place, on, out);
}

rc counterpart_attach(struct ctx *c, workshop_id workshop, community_id organiser, community_id place, day on,
		      const char *convention, bool *room_free)
{
	struct counterpart_choices_row_list l;
	TRY(counterpart_choices(c, organiser, place, on, &l));
	for (size_t i = 0; i < l.n; i++)
		if (strcmp(l.items[i].pub.s, convention) == 0) {
			*room_free = l.items[i].room_free;
			return workshop_counterpart_insert(c, workshop, l.items[i].id, NULL);
		}
	return fail(c, E_INVALID, "exchange.no_convention");
}

/* The credits of the highest band that so many attendees reach. */
static int64_t band_of(const char *bands, int64_t attendees)
{
	int64_t best = 0, at = -1;
	for (const char *p = bands ? bands : ""; *p;) {
		char *end;
		int64_t from = strtoll(p, &end, 10);
		if (end == p || *end != ':')
			break;
		int64_t credits = strtoll(end + 1, &end, 10);
		if (from <= attendees && from > at) {
			at = from;
			best = credits;
		}
		p = end + strspn(end, " ");
	}
	return best;
}

quantity workshop_worth(const struct workshop_terms *t, quantity half_days, int64_t attendees)
{
	if (attendees <= 0 || attendees < t->minimum)
		return (quantity){ 0 };
	switch (t->value) {
	case WORKSHOP_VALUE_PER_ATTENDEE: return (quantity){ t->credit.v * attendees };
	case WORKSHOP_VALUE_BAND: return (quantity){ half_days.v * band_of(t->bands, attendees) };
	default: return quantity_times(half_days, t->credit);
	}
}

void pro_rata(quantity total, const int64_t *weights, size_t n, quantity *parts)
{
	int64_t sum = 0, left = total.v;
	for (size_t i = 0; i < n; i++)
		sum += weights[i];
	for (size_t i = 0; i < n; i++) {
		parts[i].v = total.v * weights[i] / sum;
		left -= parts[i].v;
	}
	/* Fewer than n are left, so no one gets two. */
	for (int64_t last = INT64_MAX; left > 0;) {
		int64_t next = 0;
		for (size_t i = 0; i < n; i++)
			if (weights[i] < last && weights[i] > next)
				next = weights[i];
		for (size_t i = 0; i < n && left > 0; i++)
			if (weights[i] == next) {
				parts[i].v++;
				left--;
			}
		last = next;
	}
}

static quantity half_days_of(const struct workshop_terms *t)
{
	return (quantity){ t->to_minute.v - t->from_minute.v > HALF_DAY_MINUTES ? 2000 : 1000 };
}

static rc post_one(struct ctx *c, workshop_id w, const struct workshop_terms *t, community_id debtor,
		   quantity amount, int64_t attendees, quantity credits)
{
	struct exchange_fact_row f = {
		.convention = t->convention,
		.version = t->version,
		.kind = FACT_KIND_WORKSHOP,
		.place = debtor,
		.sender = t->organiser,
		.on_day = t->on_day,
		.amount = amount,
		.workshop = w,
		.attendees = attendees,
		.cancelled_at = { NONE },
	};
	return exchange_post(c, &f, t->chain, credits, true);
}

/* Debit the places of those who came, each by how many. */
static rc post_shares(struct ctx *c, workshop_id w, const struct workshop_terms *t,
		      const struct workshop_presence_list *hosts, quantity credits)
{
	int64_t *weights = new_array(c, int64_t, hosts->n);
	quantity *parts = new_array(c, quantity, hosts->n), *amounts = new_array(c, quantity, hosts->n);
	for (size_t i = 0; i < hosts->n; i++)
		weights[i] = hosts->items[i].n;
	pro_rata(credits, weights, hosts->n, parts);
	pro_rata(half_days_of(t), weights, hosts->n, amounts);
	for (size_t i = 0; i < hosts->n; i++)
		TRY(post_one(c, w, t, hosts->items[i].community, amounts[i], weights[i], parts[i]));
	return OK;
}

rc counterpart_post(struct ctx *c, workshop_id workshop)
{
	struct workshop_terms t;
	struct exchange_fact_row_list earlier;
	struct workshop_presence_list all, hosts = { 0 };
	int64_t eligible = 0;
	bool found;
	TRY(workshop_terms_of(c, workshop, &t, &found));
	if (!found)
		return OK;
	TRY(exchange_facts_of_workshop(c, workshop, &earlier));
	if (earlier.n)
		return OK;
	TRY(workshop_presences(c, workshop, t.convention, t.organiser, &all));
	hosts.items = new_array(c, struct workshop_presence, all.n + 1);
	for (size_t i = 0; i < all.n; i++) {
		if (all.items[i].host)
			hosts.items[hosts.n++] = all.items[i];
		if (all.items[i].host || t.eligible == WORKSHOP_ELIGIBLE_EVERYONE)
			eligible += all.items[i].n;
	}
	quantity credits = workshop_worth(&t, half_days_of(&t), eligible);
	if (t.debit == WORKSHOP_DEBIT_ATTENDEES && hosts.n)
		return post_shares(c, workshop, &t, &hosts, credits);
	return post_one(c, workshop, &t, t.place, half_days_of(&t), eligible, credits);
}

rc counterpart_take_back(struct ctx *c, workshop_id workshop, day today)
{
	struct exchange_fact_row_list l;
	TRY(exchange_facts_of_workshop(c, workshop, &l));
	for (size_t i = 0; i < l.n; i++)
		TRY(exchange_reverse(c, &l.items[i], today));
	return OK;
}
