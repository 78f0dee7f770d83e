#include <string.h>

#include "base/pubid.h"
#include "people/community.h"
#include "platform/db.h"
#include "platform/i18n.h"
#include "spaces/booking.h"
#include "spaces/space_sql.h"
#include "workshops/enrolment_sql.h"
#include "workshops/notice.h"
#include "workshops/workshop.h"
#include "workshops/workshop_sql.h"

const struct workshop_port *workshop_port;

/* was NULL: it is new. */
static rc note(struct ctx *c, const struct workshop_row *was, const struct workshop_row *w,
	       const char *action)
{
	return community_note_whole(c, w->organiser, action, "workshop", w->pub, &workshop_row_shape, was, w);
}

/* Somebody's place in it; before -1: she had none. */
static rc note_place(struct ctx *c, const struct workshop_row *w, const char *action, pubid enrolment,
		     int before, int after)
{
	struct community_card organiser;
	TRY(community_card_get(c, w->organiser, &organiser));
	return community_note(
		c, organiser.pub, action, "enrolment", enrolment,
		before < 0 ? NULL : fmt(c, "{\"status\":\"%s\"}", enum_word(&enrolment_status_words, before)),
		fmt(c, "{\"status\":\"%s\"}", enum_word(&enrolment_status_words, after)));
}

/* Lock it and read it again. */
static rc open_row(struct ctx *c, workshop_id id, struct workshop_row *w)
{
	int status;
	TRY(workshop_lock(c, id, &status));
	return workshop_by_id(c, id, w);
}

/* The room, for as long as the workshop lasts; the organiser's team books it. */
static rc book_room(struct ctx *c, const struct workshop_new *f, const struct space_row *space,
		    struct booking_row *b)
{
	struct place_row place;
	struct membership_row_list mine;
	struct booking_wish wish = { .purpose = f->title, .approved = !space->needs_approval };
	TRY(place_get(c, space->community, &place));
	TRY(stay_make(c, space, &place, f->day, f->from, f->to, space->counted ? space->capacity : 1,
		      &wish.span));
	TRY(memberships_on(c, c->actor.person, f->day, &mine));
	wish.span.person = c->actor.person;
	wish.span.memberships = &mine;
	return booking_create(c, &wish, b);
}

static void fill(struct ctx *c, const struct workshop_new *f, const struct booking_row *b,
		 struct workshop_row *w)
{
	*w = (struct workshop_row){
		.organiser = c->actor.community,
		.place = b->community,
		.space = b->space,
		.booking = b->id,
		.title = f->title,
		.story = f->story,
		.trainer = f->trainer,
		.trainer_kind = f->trainer_kind < 0 ? TRAINER_KIND_STAFF : f->trainer_kind,
		.trainer_terms = f->trainer_terms,
		.on_day = f->day,
		.from_minute = f->from,
		.to_minute = f->to,
		.starts_at = b->starts_at,
		.ends_at = b->ends_at,
		.capacity = f->capacity,
		.price = is_none(f->price) ? (money){ 0 } : f->price,
		.is_public = f->is_public,
		.status = WORKSHOP_STATUS_ANNOUNCED,
		.created_at = c->now,
		.closed_at = { NONE },
	};
	pubid_new(&w->pub);
}

static rc attach(struct ctx *c, const struct workshop_new *f, const struct workshop_row *w)
{
	bool room_free = false;
	if (!f->convention || !*f->convention || !workshop_port)
		return OK;
	TRY(workshop_port->attach(c, w, f->convention, &room_free));
	return room_free ? workshop_room_free(c, w->booking, T(c, "workshop.room_given"), NULL) : OK;
}

rc workshop_announce(struct ctx *c, const struct workshop_new *f, struct workshop_row *out)
{
	struct space_row space;
	struct booking_row room;
	bool found;
	if (!(c->actor.roles & WORKSHOP_STAFF))
		return fail(c, E_DENIED, "workshop.staff_only");
	TRY(space_by_pub(c, f->space, &space, &found));
	if (!found)
		return fail_field(c, "space", "form.bad_choice");
	TRY(book_room(c, f, &space, &room));
	fill(c, f, &room, out);
	TRY(workshop_insert(c, out, &out->id));
	TRY(attach(c, f, out));
	return note(c, NULL, out, "workshop.announce");
}

/* While there is a free seat, the first who waits gets it and is told. */
static rc let_in(struct ctx *c, const struct workshop_row *w)
{
	struct workshop_counts n;
	struct enrolment_row e;
	bool found = true;
	TRY(enrolment_counts(c, w->id, &n));
	for (int64_t taken = n.enrolled + n.present; taken < w->capacity; taken++) {
		TRY(enrolment_next_waiting(c, w->id, &e, &found));
		if (!found)
			break;
		TRY(enrolment_set(c, e.id, ENROLMENT_STATUS_ENROLLED, c->now, NULL));
		TRY(notice_promoted(c, w, e.person));
		TRY(note_place(c, w, "enrolment.let_in", e.pub, ENROLMENT_STATUS_WAITING,
			       ENROLMENT_STATUS_ENROLLED));
	}
	return OK;
}

rc workshop_change(struct ctx *c, workshop_id id, const struct workshop_edit *f)
{
	struct workshop_row w;
	struct workshop_counts n;
	TRY(open_row(c, id, &w));
	if (w.status != WORKSHOP_STATUS_ANNOUNCED)
		return fail(c, E_CONFLICT, "workshop.not_open");
	TRY(enrolment_counts(c, id, &n));
	if (f->capacity < n.enrolled)
		return fail_field(c, "capacity", "workshop.too_small");
	TRY(workshop_set_text(c, id, f->title, f->story, f->trainer, f->capacity, NULL));
	const struct workshop_row was = w;
	w.title = f->title;
	w.story = f->story;
	w.trainer = f->trainer;
	w.capacity = f->capacity;
	TRY(let_in(c, &w));
	return note(c, &was, &w, "workshop.change");
}

rc workshop_cancel(struct ctx *c, workshop_id id)
{
	struct workshop_row w;
	struct enrolment_persons_row_list people;
	TRY(open_row(c, id, &w));
	if (w.status != WORKSHOP_STATUS_ANNOUNCED)
		return fail(c, E_CONFLICT, "workshop.not_open");
	if (w.booking.v)
		TRY(booking_cancel(c, w.booking));
	TRY(workshop_set_status(c, id, WORKSHOP_STATUS_CANCELLED, (instant){ NONE }, NULL));
	const struct workshop_row was = w;
	w.status = WORKSHOP_STATUS_CANCELLED;
	TRY(enrolment_persons(c, id, &people));
	for (size_t i = 0; i < people.n; i++)
		TRY(notice_cancelled(c, &w, people.items[i].person));
	return note(c, &was, &w, "workshop.cancel");
}

rc workshop_enrol(struct ctx *c, workshop_id id, int *status)
{
	struct workshop_row w;
	struct workshop_counts n;
	struct enrolment_row e;
	int64_t rank;
	bool found;
	TRY(open_row(c, id, &w));
	if (w.status != WORKSHOP_STATUS_ANNOUNCED || w.starts_at.v <= c->now.v)
		return fail(c, E_CONFLICT, "workshop.not_open");
	TRY(enrolment_of(c, id, c->actor.person, &e, &found));
	if (found && e.status != ENROLMENT_STATUS_EXCUSED)
		return fail(c, E_CONFLICT, "workshop.enrolled_already");
	TRY(enrolment_counts(c, id, &n));
	TRY(enrolment_last_rank(c, id, &rank));
	*status = n.enrolled + n.present < w.capacity ? ENROLMENT_STATUS_ENROLLED : ENROLMENT_STATUS_WAITING;
	if (found) {
		TRY(enrolment_again(c, e.id, c->actor.membership, c->actor.community, *status, rank + 1,
				    c->now, NULL));
	} else {
		pubid_new(&e.pub);
		TRY(enrolment_insert(c, e.pub, id, c->actor.person, c->actor.membership, c->actor.community,
				     *status, rank + 1, c->now, NULL));
	}
	TRY(notice_enrolled(c, &w, c->actor.person, *status));
	return note_place(c, &w, "enrolment.enrol", e.pub, found ? e.status : -1, *status);
}

rc workshop_withdraw(struct ctx *c, workshop_id id)
{
	struct workshop_row w;
	struct enrolment_row e;
	bool found;
	TRY(open_row(c, id, &w));
	TRY(enrolment_of(c, id, c->actor.person, &e, &found));
	if (!found || (e.status != ENROLMENT_STATUS_ENROLLED && e.status != ENROLMENT_STATUS_WAITING))
		return fail(c, E_CONFLICT, "workshop.not_enrolled");
	if (w.status != WORKSHOP_STATUS_ANNOUNCED || w.starts_at.v <= c->now.v)
		return fail(c, E_CONFLICT, "workshop.not_open");
	TRY(enrolment_set(c, e.id, ENROLMENT_STATUS_EXCUSED, c->now, NULL));
	TRY(let_in(c, &w));
	return note_place(c, &w, "enrolment.withdraw", e.pub, e.status, ENROLMENT_STATUS_EXCUSED);
}

static rc attendance_open(struct ctx *c, const struct workshop_row *w)
{
	if (w->status == WORKSHOP_STATUS_CLOSED || w->status == WORKSHOP_STATUS_CANCELLED)
		return fail(c, E_CONFLICT, "workshop.closed_already");
	return w->starts_at.v <= c->now.v ? OK : fail(c, E_CONFLICT, "workshop.not_begun");
}

rc enrolment_mark_as(struct ctx *c, const struct enrolment_row *e, int status)
{
	struct workshop_row w;
	TRY(open_row(c, e->workshop, &w));
	TRY(attendance_open(c, &w));
	if (status != ENROLMENT_STATUS_PRESENT && status != ENROLMENT_STATUS_ABSENT &&
	    status != ENROLMENT_STATUS_EXCUSED)
		return fail_field(c, "status", "form.bad_choice");
	TRY(enrolment_set(c, e->id, status, c->now, NULL));
	return note_place(c, &w, "enrolment.mark", e->pub, e->status, status);
}

rc workshop_close(struct ctx *c, workshop_id id)
{
	struct workshop_row w;
	TRY(open_row(c, id, &w));
	TRY(attendance_open(c, &w));
	TRY(enrolment_close_absent(c, id, c->now, NULL));
	TRY(workshop_set_status(c, id, WORKSHOP_STATUS_CLOSED, c->now, NULL));
	const struct workshop_row was = w;
	w.status = WORKSHOP_STATUS_CLOSED;
	w.closed_at = c->now;
	if (workshop_port)
		TRY(workshop_port->closed(c, &w));
	return note(c, &was, &w, "workshop.close");
}

rc workshop_reopen(struct ctx *c, workshop_id id)
{
	struct workshop_row w;
	TRY(open_row(c, id, &w));
	if (w.status != WORKSHOP_STATUS_CLOSED)
		return fail(c, E_CONFLICT, "workshop.not_closed");
	if (c->now.v - w.closed_at.v > WORKSHOP_CONTEST_DAYS * 86400)
		return fail(c, E_GONE, "workshop.too_late");
	TRY(workshop_set_status(c, id, WORKSHOP_STATUS_HELD, (instant){ NONE }, NULL));
	const struct workshop_row was = w;
	w.status = WORKSHOP_STATUS_HELD;
	if (workshop_port)
		TRY(workshop_port->reopened(c, &w));
	return note(c, &was, &w, "workshop.reopen");
}

rc workshops_coming(struct ctx *c, community_id place, day from, bool with_seats, int limit,
		    struct workshop_line_list *out)
{
	return workshop_lines_from(c, from, place, with_seats, limit, out);
}

static rc hold_begun(struct ctx *c, void *arg)
{
	struct workshops_to_hold_row_list l;
	(void)arg;
	TRY(workshops_to_hold(c, c->now, &l));
	for (size_t i = 0; i < l.n; i++) {
		struct workshop_row w;
		TRY(open_row(c, l.items[i].id, &w));
		if (w.status != WORKSHOP_STATUS_ANNOUNCED)
			continue; /* cancelled since it was found */
		const struct workshop_row was = w;
		w.status = WORKSHOP_STATUS_HELD;
		TRY(workshop_set_status(c, w.id, w.status, (instant){ NONE }, NULL));
		TRY(note(c, &was, &w, "workshop.hold"));
	}
	return OK;
}

rc workshops_hold(struct ctx *c)
{
	return db_write(c, hold_begun, NULL);
}
