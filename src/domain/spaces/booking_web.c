#include <string.h>

#include "people/people.h"
#include "platform/route.h"
#include "spaces/booking_page.h"
#include "spaces/booking_page_html.h"
#include "spaces/booking_sql.h"
#include "spaces/space_sql.h"

rc booking_loader(struct ctx *c, pubid pub, struct loaded *out);
route_fn booking_get, booking_ics_get, booking_cancel_get, booking_cancel_post, change_get, change_post;

rc booking_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	struct booking_row *row = new_zero(c, struct booking_row);
	bool found;
	TRY(booking_by_pub(c, pub, row, &found));
	if (!found || !booking_may_see(c, row))
		return fail(c, E_NOT_FOUND, "db.not_found");
	*out = (struct loaded){ .object = row, .community = row->community };
	return OK;
}

static rc open_page(struct ctx *c, struct req *q, struct booking_page **v)
{
	const struct booking_row *b = req_object(q, booking_row, booking);
	*v = new_zero(c, struct booking_page);
	TRY(booking_page_fill(c, b, *v));
	const char *title = fmt_day_long(c, b->on_day);
	page_title(q, (*v)->mine ? "places" : "today", title);
	if ((*v)->mine)
		page_crumb(q, T(c, "bookings.title"), "/bookings");
	else
		page_crumb(q, T(c, "nav.today"), fmt(c, "/host/day?day=%s", fmt_iso_day(c, b->on_day)));
	q->reply.zone = b->zone;
	return OK;
}

rc booking_get(struct ctx *c, struct req *q)
{
	struct booking_page *v;
	TRY(open_page(c, q, &v));
	v->fresh = v->mine && req_form(q, booking_query)->fresh;
	page_crumb(q, fmt_day_long(c, v->on_day), NULL);
	return page(q, booking_page, v);
}

rc booking_ics_get(struct ctx *c, struct req *q)
{
	struct booking_page *v;
	TRY(open_page(c, q, &v));
	const char *text = booking_ics(c, v);
	return bytes(q, "text/calendar; charset=utf-8", "reservation.ics", text, strlen(text));
}

rc booking_cancel_get(struct ctx *c, struct req *q)
{
	struct booking_page *v;
	TRY(open_page(c, q, &v));
	page_crumb(q, fmt_day_long(c, v->on_day), fmt(c, "/bookings/%s", v->pub.s));
	page_crumb(q, T(c, "booking.do_cancel"), NULL);
	return page_(q, tpl_booking_cancel_any, &booking_page_shape, v);
}

rc booking_cancel_post(struct ctx *c, struct req *q)
{
	const struct booking_row *b = req_object(q, booking_row, booking);
	TRY(booking_cancel(c, b->id));
	if (b->person.v == c->actor.person.v)
		return done(c, q, T(c, "booking.cancelled"), "/bookings");
	return done(c, q, T(c, "booking.cancelled"), "/host/day?day=%s", fmt_iso_day(c, b->on_day));
}

rc change_get(struct ctx *c, struct req *q)
{
	struct booking_page *v;
	TRY(open_page(c, q, &v));
	page_crumb(q, fmt_day_long(c, v->on_day), fmt(c, "/bookings/%s", v->pub.s));
	page_crumb(q, T(c, "booking.do_change"), NULL);
	return page_(q, tpl_booking_change_any, &booking_page_shape, v);
}

rc change_post(struct ctx *c, struct req *q)
{
	const struct booking_row *b = req_object(q, booking_row, booking);
	const struct booking_change *f = req_form(q, booking_change);
	struct membership_row_list mine = { 0 };
	struct booking_row after;
	struct space_row space;
	struct place_row place;
	struct stay s;
	TRY(space_by_id(c, b->space, &space));
	TRY(place_get(c, b->community, &place));
	TRY(stay_make(c, &space, &place, f->day, f->from, f->to, f->units == NONE ? b->units : f->units, &s));
	if (b->person.v)
		TRY(memberships_on(c, b->person, f->day, &mine));
	s.person = b->person;
	s.memberships = &mine;
	TRY(booking_change(c, b->id, &s, &after));
	return done(c, q, T(c, "booking.changed"), "/bookings/%s", after.pub.s);
}
