#include "spaces/tariff.h"
#include "platform/i18n.h"
#include "spaces/tariff_sql.h"

/* Price of `minutes` by one unit's price. */
static int64_t by_unit(int unit, int64_t price, int64_t minutes)
{
	int64_t length = unit == TARIFF_UNIT_HOUR	? 60
			 : unit == TARIFF_UNIT_HALF_DAY ? HALF_DAY_MINUTES
							: 1440;
	return (minutes + length - 1) / length * price;
}

rc tariffs_read(struct ctx *c, struct stay *s)
{
	struct tariffs_on_row_list *l = new_zero(c, struct tariffs_on_row_list);
	TRY(tariffs_on(c, s->community, s->space->kind, s->on_day, l));
	s->tariffs = l;
	return OK;
}

rc tariff_price(struct ctx *c, const struct stay *s, int audience, money *price, tariff_id *id)
{
	struct tariffs_on_row_list l;
	int64_t minutes = s->to.v - s->from.v;
	bool seen[TARIFF_UNIT_COUNT] = { false };
	price->v = NONE;
	if (s->tariffs)
		l = *s->tariffs;
	else
		TRY(tariffs_on(c, s->community, s->space->kind, s->on_day, &l));
	for (size_t i = 0; i < l.n; i++) {
		const struct tariffs_on_row *t = &l.items[i];
		if (t->audience != audience || seen[t->unit])
			continue;
		seen[t->unit] = true; /* the latest of each unit holds */
		int64_t cost = by_unit(t->unit, t->price.v, minutes) * s->units;
		if (is_none(*price) || cost < price->v) {
			price->v = cost;
			*id = t->id;
		}
	}
	return OK;
}

const char *right_words(struct ctx *c, int kind, const char *label)
{
	if (kind == RIGHT_KIND_PUBLIC)
		return T(c, "right.public");
	return kind == RIGHT_KIND_MEMBER ? T(c, "right.member") : label;
}

static struct right_offer *offer(struct ctx *c, const struct stay *s, struct right_offer_list *out,
				 money price, tariff_id id)
{
	struct right_offer *o = right_offer_add(c, out);
	o->right_id = id.v;
	o->price = price;
	o->public_price = s->public_price;
	o->applies = true;
	return o;
}

static rc quote_public(struct ctx *c, const struct stay *s, struct right_offer_list *out)
{
	money price;
	tariff_id id = { 0 };
	TRY(tariff_price(c, s, AUDIENCE_PUBLIC, &price, &id));
	struct right_offer *o = offer(c, s, out, price, id);
	o->kind = RIGHT_KIND_PUBLIC;
	o->key = "public";
	o->name = T(c, "right.public");
	o->note = T(c, "right.public_note");
	if (is_none(price)) {
		o->price = (money){ 0 };
		o->applies = false;
		o->why_not = T(c, "right.no_public_tariff");
	}
	return OK;
}

static rc quote_member(struct ctx *c, const struct stay *s, struct right_offer_list *out)
{
	money price;
	tariff_id id = { 0 };
	membership_id m;
	bool member;
	TRY(tariff_price(c, s, AUDIENCE_MEMBER, &price, &id));
	if (is_none(price) || !s->person.v)
		return OK;
	TRY(is_place_member(c, s->person, s->community, s->on_day, &m, &member));
	if (!member)
		return OK;
	struct right_offer *o = offer(c, s, out, price, id);
	o->kind = RIGHT_KIND_MEMBER;
	o->key = "member";
	o->name = T(c, "right.member");
	o->membership = m;
	for (size_t i = 0; s->memberships && i < s->memberships->n; i++)
		if (s->memberships->items[i].id.v == m.v) {
			o->via = s->memberships->items[i].card.name;
			o->via_initials = s->memberships->items[i].card.initials;
			o->via_kind = s->memberships->items[i].card.kind;
			o->sender = s->memberships->items[i].community;
		}
	return OK;
}

static rc hold_nothing(struct ctx *c, const struct stay *s, const struct right_offer *o, booking_id booking)
{
	(void)c, (void)s, (void)o, (void)booking;
	return OK;
}

static rc always(struct ctx *c, const struct stay *s, const struct booking_row *b)
{
	(void)c, (void)s, (void)b;
	return OK;
}

const struct right_source tariff_source_public = {
	.kind = RIGHT_KIND_PUBLIC, .quote = quote_public, .hold = hold_nothing, .check = always
};
const struct right_source tariff_source_member = {
	.kind = RIGHT_KIND_MEMBER, .quote = quote_member, .hold = hold_nothing, .check = always
};
