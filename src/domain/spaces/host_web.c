#include "base/pubid.h"
#include "platform/route.h"
#include "spaces/booking.h"
#include "spaces/host.h"
#include "spaces/host_day_html.h"
#include "spaces/host_day_sql.h"

route_fn host_day_get, walk_in_post, arrive_post, undo_arrive_post, leave_post, no_show_post, accept_post,
	refuse_post, undo_leave_post, undo_no_show_post, close_day_post, chore_done_post, chore_post;

rc host_day_get(struct ctx *c, struct req *q)
{
	struct host_query *none = new_zero(c, struct host_query);
	struct host_day *v = new_zero(c, struct host_day);
	struct host_place h;
	form_empty(&host_query_shape, none);
	bool again = q->route->method != HTTP_GET;
	TRY(host_place_open(c, &h));
	TRY(host_day_fill(c, &h, again ? none : req_form(q, host_query), v));
	page_title(q, "today", fmt(c, "%s, %s", fmt_day_long(c, v->on_day), h.card.name));
	page_crumb(q, T(c, "nav.today"), NULL);
	q->reply.zone = h.place.zone;
	return page(q, host_day, v);
}

rc walk_in_post(struct ctx *c, struct req *q)
{
	struct host_place h;
	struct booking_row b;
	TRY(host_place_open(c, &h));
	TRY(walk_in_make(c, &h, req_form(q, walk_in), &b));
	return created(c, q, b.pub, T(c, "host.arrived"), "/host/day");
}

/* Back to the day, saying what was done. */
static rc back(struct ctx *c, struct req *q, const char *toast)
{
	const struct booking_row *b = req_object(q, booking_row, booking);
	return done(c, q, toast, "/host/day?day=%s", fmt_iso_day(c, b->on_day));
}

rc arrive_post(struct ctx *c, struct req *q)
{
	const struct booking_row *b = req_object(q, booking_row, booking);
	TRY(booking_arrive(c, b->id));
	q->reply.undo = fmt(c, "/bookings/%s/undo-arrive", b->pub.s);
	return back(c, q, T(c, "host.arrived"));
}

rc undo_arrive_post(struct ctx *c, struct req *q)
{
	TRY(booking_undo_arrive(c, req_object(q, booking_row, booking)->id));
	return back(c, q, T(c, "host.undone"));
}

rc leave_post(struct ctx *c, struct req *q)
{
	const struct booking_row *b = req_object(q, booking_row, booking);
	TRY(booking_leave(c, b->id));
	q->reply.undo = fmt(c, "/bookings/%s/undo-leave", b->pub.s);
	return back(c, q, T(c, "host.left"));
}

rc no_show_post(struct ctx *c, struct req *q)
{
	const struct booking_row *b = req_object(q, booking_row, booking);
	TRY(booking_no_show(c, b->id));
	q->reply.undo = fmt(c, "/bookings/%s/undo-no-show", b->pub.s);
	return back(c, q, T(c, "host.no_show_noted"));
}

rc undo_leave_post(struct ctx *c, struct req *q)
{
	TRY(booking_undo_leave(c, req_object(q, booking_row, booking)->id));
	return back(c, q, T(c, "host.undone_other"));
}

rc undo_no_show_post(struct ctx *c, struct req *q)
{
	TRY(booking_undo_no_show(c, req_object(q, booking_row, booking)->id));
	return back(c, q, T(c, "host.undone_other"));
}

rc close_day_post(struct ctx *c, struct req *q)
{
	const struct close_day *f = req_form(q, close_day);
	struct host_place h;
	TRY(host_place_open(c, &h));
	day on = is_none(f->day) ? h.today : f->day;
	TRY(day_close(c, h.card.id, on, NULL, 0));
	return done(c, q, T(c, "host.day_closed"), "/host/day?day=%s", fmt_iso_day(c, on));
}

rc accept_post(struct ctx *c, struct req *q)
{
	TRY(booking_accept(c, req_object(q, booking_row, booking)->id));
	return back(c, q, T(c, "host.accepted"));
}

rc refuse_post(struct ctx *c, struct req *q)
{
	TRY(booking_refuse(c, req_object(q, booking_row, booking)->id));
	return back(c, q, T(c, "host.refused"));
}

rc chore_done_post(struct ctx *c, struct req *q)
{
	const struct chores_done *f = req_form(q, chores_done);
	struct host_place h;
	int64_t n;
	TRY(host_place_open(c, &h));
	instant at = { f->on ? c->now.v : NONE };
	TRY(chore_set_done(c, f->chore, h.card.id, at, f->on ? c->actor.person : (person_id){ 0 }, &n));
	if (!n)
		return fail(c, E_NOT_FOUND, "db.not_found");
	return done(c, q, NULL, "/host/day");
}

rc chore_post(struct ctx *c, struct req *q)
{
	const struct chore_new *f = req_form(q, chore_new);
	struct host_place h;
	pubid pub;
	TRY(host_place_open(c, &h));
	pubid_new(&pub);
	day on = is_none(f->day) ? h.today : f->day;
	TRY(chore_insert(c, pub, h.card.id, on, f->at, f->what, NULL));
	return created(c, q, pub, T(c, "host.chore_noted"), "/host/day?day=%s", fmt_iso_day(c, on));
}
