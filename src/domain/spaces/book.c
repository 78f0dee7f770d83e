#include <string.h>

#include "base/civil.h"
#include "people/people.h"
#include "platform/i18n.h"
#include "platform/render.h"
#include "spaces/book.h"
#include "spaces/book_sql.h"
#include "spaces/occupation.h"

/* The hours to propose when none were said: the whole day for a pool, else the
 * shortest span that begins now or at the opening. */
static void usual_hours(const struct wanted *w, const struct spans *hours, day today, minute now,
			minute *from, minute *to)
{
	const struct space_row *s = w->space;
	struct span at = { { 9 * 60 }, { 18 * 60 } };
	if (hours->n)
		at = hours->at[0];
	if (w->on.v == today.v && now.v > at.from.v && now.v < at.to.v)
		at.from.v = now.v / s->granule * s->granule;
	int64_t longest = s->counted ? s->longest : s->shortest;
	*from = at.from;
	to->v = at.to.v - at.from.v > longest ? at.from.v + longest : at.to.v;
}

static rc fill_hours(struct ctx *c, const struct book *ask, struct wanted *w)
{
	struct spans hours;
	const char *reason;
	day today;
	minute now, from, to;
	utc_to_local(c->now, w->place.zone, &today, &now);
	if (is_none(w->on))
		w->on = today;
	TRY(space_hours(c, &w->place, w->space, w->on, &hours, &reason));
	usual_hours(w, &hours, today, now, &from, &to);
	w->from = is_none(ask->from) ? from : ask->from;
	w->to = is_none(ask->to) ? to : ask->to;
	w->whole = hours.n == 1 && w->from.v <= hours.at[0].from.v && w->to.v >= hours.at[0].to.v;
	return OK;
}

rc wanted_make(struct ctx *c, const struct space_row *space, const struct book *ask, struct wanted *out)
{
	*out = (struct wanted){ .space = space,
				.on = ask->day,
				.units = ask->units == NONE ? 1 : ask->units };
	TRY(place_get(c, space->community, &out->place));
	TRY(fill_hours(c, ask, out));
	out->until = is_none(ask->until) || ask->until.v < out->on.v ? out->on : ask->until;
	if (out->until.v - out->on.v >= BOOK_DAYS)
		return fail_field(c, "until", "booking.too_many_days");
	return memberships_on(c, c->actor.person, out->on, &out->mine);
}

static rc stay_of(struct ctx *c, const struct wanted *w, day on, struct stay *s)
{
	TRY(stay_make(c, w->space, &w->place, on, w->from, w->to, w->units, s));
	s->person = c->actor.person;
	s->memberships = &w->mine;
	return OK;
}

/* The right chosen for one day, with what is free; not a failure when it is forbidden. */
static rc quote_day(struct ctx *c, const struct wanted *w, day on, const char *choice,
		    struct right_offer_list *offers, int64_t *free_units, const char **problem)
{
	struct stay s;
	bool qualified;
	*offers = (struct right_offer_list){ 0 };
	*free_units = NONE;
	*problem = NULL;
	rc code = stay_of(c, w, on, &s);
	if (code == OK)
		code = stay_free(c, &s, (booking_id){ 0 }, free_units);
	if (code == OK)
		code = stay_quote(c, &s, choice, offers);
	if (code == OK)
		code = is_qualified(c, s.person, w->space, on, &qualified);
	if (code == OK && *free_units < (w->space->counted ? w->units : w->space->capacity))
		code = fail(c, E_CONFLICT, "booking.full");
	if (code == OK && !qualified)
		code = fail(c, E_DENIED, "booking.not_qualified");
	if (code == E_DB || code == E_AWAY || code == E_CORRUPT || code == E_INTERNAL)
		return code;
	if (code != OK)
		*problem = failure_text(c, &c->failure);
	return OK;
}

static const struct right_offer *chosen_of(const struct right_offer_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->items[i].chosen)
			return &l->items[i];
	return NULL;
}

/* Open at these hours: what is not is left out of several days in a row. */
static bool is_open(struct ctx *c, const struct wanted *w, day on)
{
	struct spans hours;
	const char *reason;
	if (space_hours(c, &w->place, w->space, on, &hours, &reason) != OK)
		return false;
	for (size_t i = 0; i < hours.n; i++)
		if (hours.at[i].from.v <= w->from.v && w->to.v <= hours.at[i].to.v)
			return true;
	return false;
}

/* One line a day, each on its cheapest right. */
static rc fill_days(struct ctx *c, const struct wanted *w, struct book_page *v)
{
	v->days.items = new_array(c, struct book_day, (size_t)(w->until.v - w->on.v + 1));
	v->possible = true;
	for (day d = w->on; d.v <= w->until.v; d.v++) {
		struct book_day *line = &v->days.items[v->days.n++];
		struct right_offer_list offers;
		int64_t free_units;
		*line = (struct book_day){ .on_day = d, .from = w->from, .to = w->to, .price = { NONE } };
		line->closed = !is_open(c, w, d);
		if (line->closed)
			continue;
		TRY(quote_day(c, w, d, NULL, &offers, &free_units, &line->problem));
		const struct right_offer *o = chosen_of(&offers);
		if (o && !line->problem) {
			line->right = o->name;
			line->price = o->price;
			v->total.v += o->price.v;
			v->n_days++;
		}
		v->possible = v->possible && o && !line->problem;
		v->has_right = v->possible;
	}
	v->possible = v->possible && v->n_days > 0;
	return OK;
}

static void split_offers(struct ctx *c, const struct right_offer_list *all, struct book_page *v)
{
	v->offers.items = new_array(c, struct right_offer, all->n);
	v->not_offers.items = new_array(c, struct right_offer, all->n);
	for (size_t i = 0; i < all->n; i++) {
		const struct right_offer *o = &all->items[i];
		if (o->applies)
			v->offers.items[v->offers.n++] = *o;
		else
			v->not_offers.items[v->not_offers.n++] = *o;
	}
}

static rc fill_one(struct ctx *c, const struct wanted *w, const char *choice, struct book_page *v)
{
	struct right_offer_list offers;
	int64_t free_units;
	TRY(quote_day(c, w, w->on, choice, &offers, &free_units, &v->problem));
	if (!offers.n && choice && *choice && v->problem) /* the choice is gone: show what there is */
		TRY(quote_day(c, w, w->on, NULL, &offers, &free_units, &v->problem));
	split_offers(c, &offers, v);
	v->free = free_units;
	const struct right_offer *o = chosen_of(&offers);
	v->has_right = o != NULL;
	if (o) {
		v->right = *o;
		v->total = o->price;
		v->charter_href = o->needs_charter ? o->charter_href : NULL;
	}
	v->possible = o && !v->problem && !o->needs_charter;
	return OK;
}

/* Until when the chosen right lets her cancel for nothing: in any case, at no
 * time any more, or until then. */
static rc fill_cancel(struct ctx *c, const struct wanted *w, struct book_page *v)
{
	struct booking_row b = { .on_day = w->on,
				 .zone = w->place.zone,
				 .starts_at = local_to_utc(w->on, w->from, w->place.zone),
				 .right_kind = v->has_right ? v->right.kind : RIGHT_KIND_PUBLIC,
				 .right_id = v->right.right_id };
	struct cancel_terms t;
	TRY(booking_cancel_terms(c, &w->place, &b, &t));
	v->cancel_free = !t.counts || (v->has_right && !v->right.measure.v && !v->right.price.v);
	v->cancel_priced = v->has_right && !v->right.measure.v;
	v->cancel_until.v = t.until.v > c->now.v ? t.until.v : NONE;
	return OK;
}

rc book_page_fill(struct ctx *c, const struct wanted *w, const char *choice, struct book_page *v)
{
	*v = (struct book_page){ .space = *w->space,
				 .on_day = w->on,
				 .until = w->until,
				 .from = w->from,
				 .to = w->to,
				 .units = w->units,
				 .whole = w->whole,
				 .free = NONE,
				 .welcome = w->place.welcome };
	v->iso_on = fmt_iso_day(c, w->on);
	v->iso_until = w->until.v > w->on.v ? fmt_iso_day(c, w->until) : NULL;
	v->clock_from = fmt_clock(c, w->from);
	v->clock_to = fmt_clock(c, w->to);
	v->units_text = fmt(c, "%lld", (long long)w->units);
	TRY(community_card_get(c, w->space->community, &v->place));
	TRY(booking_beside(c, c->actor.person, w->space->id, w->on, w->from, w->to, &v->already,
			   &v->has_already));
	if (w->until.v > w->on.v) {
		TRY(fill_days(c, w, v));
		return fill_cancel(c, w, v);
	}
	v->until.v = NONE;
	v->n_days = 1;
	TRY(fill_one(c, w, choice, v));
	return fill_cancel(c, w, v);
}

rc book_make(struct ctx *c, const struct wanted *w, const struct book *ask, struct booking_row *out)
{
	size_t most = (size_t)(w->until.v - w->on.v + 1), n = 0;
	struct booking_wish *wishes = new_array(c, struct booking_wish, most);
	struct booking_row *made = new_array(c, struct booking_row, most);
	for (day d = w->on; d.v <= w->until.v; d.v++) {
		struct booking_wish *k = &wishes[n];
		if (most > 1 && !is_open(c, w, d))
			continue;
		TRY(stay_of(c, w, d, &k->span));
		k->choice = most > 1 ? NULL : ask->right;
		k->purpose = ask->purpose;
		n++;
	}
	if (!n)
		return fail_field(c, "day", "booking.closed");
	TRY(n > 1 ? booking_create_all(c, wishes, n, made) : booking_create(c, wishes, made));
	*out = made[0];
	return OK;
}
