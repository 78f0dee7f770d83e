#include "spaces/pack.h"

#include "base/pubid.h"
#include "people/community.h"
#include "platform/i18n.h"
#include "spaces/pack_sql.h"
#include "spaces/tariff.h"

static quantity measure_of(const struct stay *s)
{
	return (quantity){ (s->to.v - s->from.v > HALF_DAY_MINUTES ? 1000 : 500) * s->units };
}

static struct counter_key key_of(pack_id pack, quantity units)
{
	return (struct counter_key){ COUNTER_OWNER_PACK, pack.v, COUNTER_SCOPE_TOTAL, 0, "", units };
}

static rc add_offer(struct ctx *c, const struct pack_candidate *k, const struct stay *s,
		    struct right_offer_list *out)
{
	struct counter_key key = key_of(k->id, k->units);
	quantity held, used;
	TRY(counter_read(c, &key, &held, &used));
	struct right_offer *o = right_offer_add(c, out);
	o->kind = RIGHT_KIND_PACK;
	o->right_id = k->id.v;
	o->key = fmt(c, "pack-%s", k->pub.s);
	o->name = k->name;
	o->via = k->via;
	o->via_initials = k->via_initials;
	o->via_kind = k->via ? COMMUNITY_KIND_COLLECTIVE : -1;
	o->membership = k->membership;
	o->sender = k->sender;
	o->public_price = s->public_price;
	o->measure = measure_of(s);
	o->total = k->units;
	o->left.v = k->units.v - held.v - used.v;
	o->left_after.v = o->left.v - o->measure.v;
	o->expires = k->to_day;
	if (k->space_kind != s->space->kind)
		o->why_not = T(c, "pack.other_kind");
	else if (o->left_after.v < 0)
		o->why_not = T(c, "pack.spent");
	o->applies = !o->why_not;
	return OK;
}

static rc quote(struct ctx *c, const struct stay *s, struct right_offer_list *out)
{
	struct pack_candidate_list l;
	if (!s->person.v)
		return OK;
	TRY(pack_candidates(c, s->person, s->community, s->on_day, &l));
	for (size_t i = 0; i < l.n; i++)
		TRY(add_offer(c, &l.items[i], s, out));
	return OK;
}

static rc hold(struct ctx *c, const struct stay *s, const struct right_offer *o, booking_id booking)
{
	quantity units;
	pack_id pack = { o->right_id };
	(void)s;
	TRY(pack_units(c, pack, &units));
	struct counter_key key = key_of(pack, units);
	return booking_hold(c, booking, &key, 1, o->measure);
}

static rc check(struct ctx *c, const struct stay *s, const struct booking_row *b)
{
	quantity units;
	bool found;
	TRY(pack_good(c, (pack_id){ b->right_id }, s->person, s->on_day, &units, &found));
	return found ? OK : fail(c, E_DENIED, "right.not_yours");
}

const struct right_source pack_source = {
	.kind = RIGHT_KIND_PACK, .quote = quote, .hold = hold, .check = check
};

rc pack_sell(struct ctx *c, struct pack_row *p, pack_id *out)
{
	if (!p->owner_person.v == !p->owner_community.v)
		return fail_field(c, "email", "pack.no_owner");
	if (p->units.v <= 0 || p->units.v % 500)
		return fail_field(c, "units", "pack.units");
	if (p->to_day.v < p->from_day.v)
		return fail_field(c, "to", "pack.dates");
	if (p->price.v < 0)
		return fail_field(c, "price", "tariff.price");
	pubid_new(&p->pub);
	p->sold_at = c->now;
	TRY(pack_insert(c, p, out));
	return community_note_whole(c, p->community, "pack.sell", "pack", p->pub, &pack_row_shape, NULL, p);
}

rc pack_offers_of(struct ctx *c, community_id place, struct pack_offer_list *out)
{
	return pack_offers_on_sale(c, place, out);
}

rc pack_offers_ever(struct ctx *c, community_id place, struct pack_offer_list *out)
{
	return pack_offers_all(c, place, out);
}

rc pack_offer_find(struct ctx *c, community_id place, pubid offer, struct pack_offer *out)
{
	bool found;
	TRY(pack_offer_on_sale(c, place, offer, out, &found));
	return found ? OK : fail_field(c, "offer", "pack.not_on_sale");
}

rc pack_offer_add(struct ctx *c, community_id place, struct pack_offer *o)
{
	if (o->units.v <= 0 || o->units.v % 500)
		return fail_field(c, "units", "pack.units");
	pubid_new(&o->pub);
	TRY(pack_offer_insert(c, o->pub, place, o->name, o->space_kind, o->units, o->price, o->valid_months,
			      NULL));
	TRY(pack_offer_find(c, place, o->pub, o)); /* with what a day of it comes to */
	return community_note_whole(c, place, "pack_offer.add", "pack_offer", o->pub, &pack_offer_shape, NULL,
				    o);
}

rc pack_offer_withdraw(struct ctx *c, community_id place, pubid offer)
{
	struct pack_offer o;
	int64_t changed;
	bool found;
	TRY(pack_offer_on_sale(c, place, offer, &o, &found));
	if (!found)
		return fail(c, E_NOT_FOUND, "db.not_found");
	TRY(pack_offer_end(c, place, offer, c->now, &changed));
	if (!changed) /* another was quicker */
		return fail(c, E_NOT_FOUND, "db.not_found");
	return community_note_whole(c, place, "pack_offer.withdraw", "pack_offer", offer, &pack_offer_shape,
				    &o, NULL);
}

rc packs_of_place(struct ctx *c, community_id place, day on, struct pack_line_list *out)
{
	return packs_sold(c, place, on, out);
}

rc packs_of_person(struct ctx *c, person_id person, day on, struct pack_line_list *out)
{
	return packs_held(c, person, on, out);
}
