#include "spaces/contest.h"

#include "base/civil.h"
#include "base/pubid.h"
#include "spaces/booking_letter.h"
#include "spaces/booking_sql.h"
#include "spaces/booking_step.h"
#include "spaces/contest_sql.h"

/* Names are not kept at hand for ever: a contest that was answered is listed for three months. */
#define KEPT_DAYS 90

#define RECORDED (IN(PRESENT) | IN(DONE) | IN(NO_SHOW))

static bool is_recorded(const struct booking_row *b)
{
	return (RECORDED & (1u << b->status)) || !is_none(b->late_at);
}

rc contest_make(struct ctx *c, booking_id booking, const char *reason)
{
	struct step s;
	row_id id;
	bool open;
	day today;
	minute now;
	pubid pub;
	TRY(step_open(c, booking, ~0u, "booking.contest", &s));
	if (!s.b.person.v || s.b.person.v != c->actor.person.v)
		return fail(c, E_NOT_FOUND, "db.not_found");
	if (!is_recorded(&s.b))
		return fail(c, E_CONFLICT, "contest.nothing_recorded");
	utc_to_local(c->now, s.b.zone, &today, &now);
	if (today.v - s.b.on_day.v > CONTEST_DAYS)
		return fail(c, E_CONFLICT, "contest.too_late");
	TRY(contest_open_of(c, booking, &id, &open));
	if (open)
		return fail(c, E_CONFLICT, "contest.open_already");
	pubid_new(&pub);
	TRY(contest_insert(c, pub, booking, c->actor.person, reason, c->now, &id));
	return booking_note(c, &s.b, s.action, s.before);
}

/* As if nobody had spoken of it; what was cancelled too late was then in time. */
static rc take_back(struct ctx *c, struct step *s)
{
	s->undone = s->before;
	if (s->before != BOOKING_STATUS_CANCELLED)
		s->b.status = BOOKING_STATUS_UNRECORDED;
	s->b.late_at.v = NONE;
	s->b.arrived_at.v = s->b.left_at.v = NONE;
	s->b.settled_at = c->now;
	s->count = COUNT_GIVEN_BACK;
	return steps_run(c, s, 1);
}

rc contest_answer(struct ctx *c, pubid contest, community_id place, bool accept, const char *answer)
{
	struct contest_row t;
	struct step s;
	bool found;
	int64_t changed;
	TRY(contest_by_pub(c, contest, place, &t, &found));
	if (!found)
		return fail(c, E_NOT_FOUND, "db.not_found");
	TRY(step_open(c, t.booking, ~0u, accept ? "contest.accept" : "contest.reject", &s));
	TRY(contest_close(c, t.id, accept ? CONTEST_STATE_ACCEPTED : CONTEST_STATE_REJECTED, answer, c->now,
			  &changed));
	if (!changed)
		return fail(c, E_CONFLICT, "contest.answered");
	TRY(contest_letter(c, &s.b, accept, answer));
	if (accept && is_recorded(&s.b)) /* the host may have taken it back already */
		return take_back(c, &s);
	return booking_note(c, &s.b, s.action, s.before);
}

rc contests_of(struct ctx *c, booking_id booking, struct contest_line_list *out)
{
	return contests_of_booking(c, booking, out);
}

rc contests_find(struct ctx *c, community_id place, int state, bool newest, int64_t most, int64_t after,
		 struct contest_line_list *out)
{
	instant since = { c->now.v - (int64_t)KEPT_DAYS * 86400 };
	return contests_listed(c, place, state, since, newest ? -1 : 1, most, after, out);
}

rc contests_open(struct ctx *c, community_id place, struct contest_line_list *out)
{
	return contests_of_place(c, place, out);
}
