/* workshop.h - a workshop organised by one community in a space of another,
 * which it books. draft -> announced -> held -> closed, or cancelled. Seats
 * never exceed the capacity; the waiting list moves by itself. Who was there
 * is closed by the host of the place, once. */
#ifndef MAILLAGE_WORKSHOP_H
#define MAILLAGE_WORKSHOP_H

#include "platform/ui.h"
#include "spaces/booking.h"
#include "workshops/workshop_shape.h"

#define WORKSHOP_CONTEST_DAYS 14

/* Who may announce for her community. */
#define WORKSHOP_STAFF (ROLE_MANAGER | ROLE_ADVISOR | ROLE_COORDINATOR | ROLE_HOST)

/* Port: conventions count workshops as counterpart. All in the caller's
 * transaction. Set by app/wiring.c. */
struct workshop_port {
	/* Conventions under which the organiser may give a workshop back at the place. */
	rc (*choices)(struct ctx *c, community_id organiser, community_id place, struct option_list *out);
	/* The workshop is given under the convention of that public id; *room_free: so is its room.
	 *   E_INVALID "workshop.no_convention" */
	rc (*attach)(struct ctx *c, const struct workshop_row *w, const char *convention, bool *room_free);
	/* A sentence on what it will give back, or NULL when it is no counterpart. */
	rc (*describe)(struct ctx *c, const struct workshop_row *w, const char **out);
	/* Attendance was closed: post what is owed. */
	rc (*closed)(struct ctx *c, const struct workshop_row *w);
	/* The closing was taken back. */
	rc (*reopened)(struct ctx *c, const struct workshop_row *w);
};
extern const struct workshop_port *workshop_port;

/* Announce: books the room for c->actor's community, or fails as
 * booking_create does. E_DENIED "workshop.staff_only". Inside db_write. */
rc workshop_announce(struct ctx *c, const struct workshop_new *f, struct workshop_row *out);

/* New words or capacity; a larger one lets people in from the waiting list.
 * E_CONFLICT "workshop.too_small": more are enrolled. */
rc workshop_change(struct ctx *c, workshop_id id, const struct workshop_edit *f);

/* Frees the room, tells everybody enrolled. */
rc workshop_cancel(struct ctx *c, workshop_id id);

/* Enrol the actor, under the membership she acts as; on the waiting list when
 * full. E_CONFLICT "workshop.enrolled_already", "workshop.not_open". */
rc workshop_enrol(struct ctx *c, workshop_id id, int *status);

/* She does not come; the first who waits gets the seat and is told. */
rc workshop_withdraw(struct ctx *c, workshop_id id);

/* The host says who came, then closes: who is still only enrolled was absent.
 * E_CONFLICT "workshop.closed_already", "workshop.not_begun". */
rc enrolment_mark_as(struct ctx *c, const struct enrolment_row *e, int status);
rc workshop_close(struct ctx *c, workshop_id id);
/* Taken back by the host within WORKSHOP_CONTEST_DAYS. */
rc workshop_reopen(struct ctx *c, workshop_id id);

/* The next public workshops of a place (id 0: anywhere). */
rc workshops_coming(struct ctx *c, community_id place, day from, bool with_seats, int limit, struct workshop_line_list *out);

/* Job: what has begun is held. */
rc workshops_hold(struct ctx *c);

#endif
