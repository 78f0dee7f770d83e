/* contest_web.c - a person contests what was recorded of her; the host answers. */
#include "platform/route.h"
#include "spaces/booking_page.h"
#include "spaces/contest.h"
#include "spaces/contest_page_html.h"
#include "spaces/host.h"
#include "spaces/space_sql.h"

route_fn contest_get, contest_post, host_contests_get, host_contest_post;

rc contest_get(struct ctx *c, struct req *q)
{
	const struct booking_row *b = req_object(q, booking_row, booking);
	struct contest_page *v = new_zero(c, struct contest_page);
	struct community_card place;
	struct space_row space;
	if (b->person.v != c->actor.person.v)
		return fail(c, E_NOT_FOUND, "db.not_found");
	TRY(space_by_id(c, b->space, &space));
	TRY(community_card_get(c, b->community, &place));
	TRY(contests_of(c, b->id, &v->items));
	*v = (struct contest_page){
		b->pub,	    b->on_day, space.name,
		place.name, v->items,  !v->items.n || v->items.items[0].state != CONTEST_STATE_OPEN
	};
	page_title(q, "places", T(c, "contest.title"));
	page_crumb(q, T(c, "bookings.title"), "/bookings");
	page_crumb(q, fmt_day_long(c, b->on_day), fmt(c, "/bookings/%s", b->pub.s));
	page_crumb(q, T(c, "contest.title"), NULL);
	return page(q, contest_page, v);
}

rc contest_post(struct ctx *c, struct req *q)
{
	const struct booking_row *b = req_object(q, booking_row, booking);
	TRY(contest_make(c, b->id, req_form(q, contest_new)->reason));
	return done(c, q, T(c, "contest.sent"), "/bookings/%s/contest", b->pub.s);
}

rc host_contests_get(struct ctx *c, struct req *q)
{
	struct contests_page *v = new_zero(c, struct contests_page);
	struct host_place h;
	TRY(host_place_open(c, &h));
	v->place = h.card;
	TRY(contests_open(c, h.card.id, &v->items));
	page_title(q, "today", T(c, "contest.host_title"));
	page_crumb(q, T(c, "nav.today"), "/host/day");
	page_crumb(q, T(c, "contest.host_title"), NULL);
	return page(q, contests_page, v);
}

rc host_contest_post(struct ctx *c, struct req *q)
{
	const struct contest_answer_new *f = req_form(q, contest_answer_new);
	struct host_place h;
	TRY(host_place_open(c, &h));
	TRY(contest_answer(c, f->contest, h.card.id, f->accept, f->answer));
	return done(c, q, T(c, "contest.is_answered"), "/host/contests");
}
