/* personal_data.h - all that the server keeps of a person: hers to take away,
 * and to have erased. Slices above add what they keep through a port, which
 * app/wiring.c fills; it runs in the same snapshot or transaction. */
#ifndef MAILLAGE_PERSONAL_DATA_H
#define MAILLAGE_PERSONAL_DATA_H

#include "base/buf.h"
#include "base/ctx.h"

struct personal_data {
	const char *name; /* member of the exported object: "bookings" */
	/* Write its value, JSON. */
	rc (*export)(struct ctx *c, person_id person, struct buf *json);
	/* Erase what is said of her in words; what is legal stays, without them. May be NULL. */
	rc (*erase)(struct ctx *c, person_id person);
};

/* Once, before any request. `sources` stays. */
void personal_data_plug(const struct personal_data *sources, size_t n);

/* One JSON object in c->mem. */
rc personal_data_export(struct ctx *c, person_id person, const char **json);

/* Erase her: name, address, password, sessions, tokens, invitations, letters,
 * details of the audit about her; memberships end. Records that must stay
 * point to a person without a name; chains still verify. Inside db_write.
 * She is listed in app->erasures last, before the commit: the one thing that a
 * transaction writes outside. It may do so twice, and a line too many only
 * finishes at the next start what she had asked for.
 *   E_CONFLICT  "erase.only_manager" of {name}: somebody else must manage it first
 *   E_IO        "erase.not_kept" */
rc person_erase(struct ctx *c, person_id person);

/* After a backup was put back, or a crash: erase whom app->erasures lists and
 * the database does not know as erased, whatever she manages, and list whom
 * the database knows and the list does not. How many were erased again. Inside
 * db_write; before anything is served. */
rc persons_erase_again(struct ctx *c, int64_t *n);

#endif
