/* quote.c - a wanted span: is it allowed, what is free, which rights give it. */
#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "platform/i18n.h"
#include "spaces/booking.h"
#include "spaces/booking_sql.h"
#include "spaces/marks.h"
#include "spaces/tariff.h"

const struct space_ports *space_ports;

struct right_offer *right_offer_add(struct ctx *c, struct right_offer_list *l)
{
	l->items = talloc_realloc(c->mem, l->items, struct right_offer, (unsigned)l->n + 1);
	struct right_offer *o = &l->items[l->n++];
	*o = (struct right_offer){ .via_kind = -1,
				   .left = { NONE },
				   .left_after = { NONE },
				   .total = { NONE },
				   .expires = { NONE } };
	return o;
}

/* "30 min", "2 h", "1 h 30": the same in all languages. */
static const char *length_words(struct ctx *c, int64_t minutes)
{
	long long h = minutes / 60, rest = minutes % 60;
	return !h ? fmt(c, "%lld min", rest) : rest ? fmt(c, "%lld h %02lld", h, rest) : fmt(c, "%lld h", h);
}

/* It blames a field. */
static rc of_field(struct ctx *c, const char *field, rc code)
{
	c->failure.field = field;
	return code;
}

static rc off_granule(struct ctx *c, const char *field, minute at, int64_t granule)
{
	minute before = { at.v / granule * granule }, after = { before.v + granule };
	return of_field(c, field,
			fail_with(c, E_INVALID, "booking.granule", "step", length_words(c, granule), "before",
				  fmt_minute(c, before), "after", fmt_minute(c, after), NULL));
}

static rc check_lengths(struct ctx *c, const struct space_row *p, minute from, minute to)
{
	int64_t length = to.v - from.v;
	if (length <= 0 || from.v < 0 || to.v > 1440)
		return fail_field(c, "to", "booking.empty_span");
	if (from.v % p->granule)
		return off_granule(c, "from", from, p->granule);
	if (to.v % p->granule)
		return off_granule(c, "to", to, p->granule);
	if (length < p->shortest)
		return of_field(c, "to",
				fail_with(c, E_INVALID, "booking.too_short", "least",
					  length_words(c, p->shortest), NULL));
	if (length > p->longest)
		return of_field(c, "to",
				fail_with(c, E_INVALID, "booking.too_long", "most",
					  length_words(c, p->longest), NULL));
	return OK;
}

static rc few_units(struct ctx *c, const struct space_row *p)
{
	return of_field(
		c, "units",
		fail_with(c, E_INVALID, "booking.units", "n", fmt(c, "%lld", (long long)p->capacity), NULL));
}

static rc check_when(struct ctx *c, const struct space_row *p, const struct stay *s)
{
	day today;
	minute now;
	utc_to_local(c->now, s->place->zone, &today, &now);
	if (s->ends_at.v <= c->now.v)
		return fail_field(c, "day", "booking.past");
	if (s->starts_at.v < c->now.v - 3600 && s->on_day.v <= today.v)
		return fail_field(c, "from", "booking.past");
	if (p->notice && s->starts_at.v - c->now.v < p->notice * 60)
		return of_field(c, "day",
				fail_with(c, E_INVALID, "booking.notice", "notice",
					  length_words(c, p->notice), "after",
					  fmt_when(c, (instant){ c->now.v + p->notice * 60 }, s->place->zone),
					  NULL));
	if (s->on_day.v > today.v + p->horizon)
		return of_field(c, "day",
				fail_with(c, E_INVALID, "booking.horizon", "last",
					  fmt_day(c, (day){ today.v + p->horizon }), NULL));
	return OK;
}

static rc not_open(struct ctx *c, const struct spans *hours, const char *reason)
{
	if (hours->n)
		return fail_with(c, E_INVALID, "booking.closed_hours", "hours", spans_words(c, hours), NULL);
	if (reason)
		return fail_with(c, E_INVALID, "booking.closed_for", "reason", reason, NULL);
	return fail(c, E_INVALID, "booking.closed");
}

static rc check_open(struct ctx *c, const struct stay *s)
{
	struct spans hours;
	const char *reason;
	TRY(space_hours(c, s->place, s->space, s->on_day, &hours, &reason));
	for (size_t i = 0; i < hours.n; i++)
		if (hours.at[i].from.v <= s->from.v && s->to.v <= hours.at[i].to.v)
			return OK;
	return of_field(c, hours.n ? "from" : "day", not_open(c, &hours, reason));
}

rc stay_make(struct ctx *c, const struct space_row *space, const struct place_row *place, day d, minute from,
	     minute to, int64_t units, struct stay *s)
{
	*s = (struct stay){ .space = space,
			    .place = place,
			    .community = space->community,
			    .on_day = d,
			    .from = from,
			    .to = to,
			    .units = units };
	TRY(check_lengths(c, space, from, to));
	if (units < 1 || units > space->capacity)
		return few_units(c, space);
	if (!space->counted)
		s->units = 1; /* taken whole: one price, one measure, however many come */
	s->starts_at = local_to_utc(d, from, place->zone);
	s->ends_at = local_to_utc(d, to, place->zone);
	if (s->ends_at.v <= s->starts_at.v) /* the hour that does not exist */
		return fail_field(c, "to", "booking.empty_span");
	TRY(check_when(c, space, s));
	return check_open(c, s);
}

rc stay_now(struct ctx *c, const struct space_row *space, const struct place_row *place, minute until,
	    int64_t units, struct stay *s)
{
	struct spans hours;
	const char *reason;
	day today;
	minute now;
	utc_to_local(c->now, place->zone, &today, &now);
	TRY(space_hours(c, place, space, today, &hours, &reason));
	minute from = { now.v / space->granule * space->granule }, to = { from.v + space->longest };
	for (size_t i = 0; i < hours.n; i++)
		if (hours.at[i].from.v <= now.v && now.v < hours.at[i].to.v && hours.at[i].to.v < to.v)
			to = hours.at[i].to;
	if (!is_none(until))
		to = until;
	if (to.v > 1440)
		to.v = 1440;
	if (to.v <= now.v)
		return fail_field(c, "to", "booking.empty_span");
	if (units < 1 || units > space->capacity)
		return few_units(c, space);
	*s = (struct stay){ .space = space,
			    .place = place,
			    .community = space->community,
			    .on_day = today,
			    .from = from,
			    .to = to,
			    .units = space->counted ? units : 1 };
	s->starts_at = local_to_utc(today, from, place->zone);
	s->ends_at = local_to_utc(today, to, place->zone);
	return OK;
}

/* One step of the occupation of a space. */
struct edge {
	int64_t at, change;
};

static int edge_order(const void *a, const void *b)
{
	const struct edge *x = a, *y = b;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->change < y->change ? -1 : x->change > y->change; /* who leaves goes first */
}

rc stay_free(struct ctx *c, const struct stay *s, booking_id except, int64_t *units)
{
	struct bookings_live_row_list l;
	TRY(bookings_live(c, s->space->id, s->starts_at, s->ends_at, c->now, except, &l));
	struct edge *e = new_array(c, struct edge, 2 * l.n + 1);
	int64_t held = 0, most = 0;
	for (size_t i = 0; i < l.n; i++) {
		int64_t taken = s->space->counted ? l.items[i].units : s->space->capacity;
		int64_t from = l.items[i].starts_at.v > s->starts_at.v ? l.items[i].starts_at.v
								       : s->starts_at.v;
		e[2 * i] = (struct edge){ from, taken };
		e[2 * i + 1] = (struct edge){ l.items[i].ends_at.v, -taken };
	}
	qsort(e, 2 * l.n, sizeof *e, edge_order);
	for (size_t i = 0; i < 2 * l.n && e[i].at < s->ends_at.v; i++) {
		held += e[i].change;
		if (held > most)
			most = held;
	}
	*units = s->space->capacity - most;
	return OK;
}

/* What costs nobody anything, what is included, what is bought. */
static int rank(const struct right_offer *o)
{
	if (!o->price.v && (o->kind == RIGHT_KIND_PUBLIC || o->kind == RIGHT_KIND_MEMBER))
		return 0;
	return o->kind == RIGHT_KIND_GRANT ? 1 : 2;
}

/* Best first: what applies; the least to pay; what is included before what is
 * bought; what expires soonest; what has most left. */
static int offer_order(const void *a, const void *b)
{
	const struct right_offer *x = a, *y = b;
	if (x->applies != y->applies)
		return x->applies ? -1 : 1;
	if (x->price.v != y->price.v)
		return x->price.v < y->price.v ? -1 : 1;
	if (rank(x) != rank(y))
		return rank(x) - rank(y);
	int64_t xe = is_none(x->expires) ? INT64_MAX : x->expires.v,
		ye = is_none(y->expires) ? INT64_MAX : y->expires.v;
	if (xe != ye)
		return xe < ye ? -1 : 1;
	int64_t xl = is_none(x->left) ? INT64_MAX : x->left.v, yl = is_none(y->left) ? INT64_MAX : y->left.v;
	if (xl != yl)
		return xl > yl ? -1 : 1;
	return strcmp(x->key, y->key);
}

static rc choose(struct ctx *c, struct right_offer_list *l, const char *choice)
{
	for (size_t i = 0; i < l->n; i++) {
		struct right_offer *o = &l->items[i];
		if (choice && *choice ? strcmp(o->key, choice) == 0 : o->applies) {
			if (!o->applies)
				return fail_field(c, "right", "right.not_that_day");
			o->chosen = true;
			return OK;
		}
	}
	if (choice && *choice)
		return fail_field(c, "right", "right.not_yours");
	return OK;
}

rc stay_quote(struct ctx *c, struct stay *s, const char *choice, struct right_offer_list *out)
{
	tariff_id id;
	*out = (struct right_offer_list){ 0 };
	TRY(tariffs_read(c, s));
	TRY(tariff_price(c, s, AUDIENCE_PUBLIC, &s->public_price, &id));
	if (is_none(s->public_price))
		s->public_price.v = 0;
	for (size_t i = 0; i < space_ports->n_sources; i++)
		TRY(space_ports->sources[i]->quote(c, s, out));
	if (out->n)
		qsort(out->items, out->n, sizeof *out->items, offer_order);
	return choose(c, out, choice);
}
