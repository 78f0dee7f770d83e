/* import_record.h - a community in the words of an arrival: what it says now,
 * what an arrival would change, and writing that. */
#ifndef MAILLAGE_IMPORT_RECORD_H
#define MAILLAGE_IMPORT_RECORD_H

#include <jansson.h>

#include "observatory/arrival_check.h"
#include "observatory/import_shape.h"

/* What it says now, and which fields a steward has said. */
struct import_known {
	struct import_extra extra;
	struct record now;
	bool held[ARRIVAL_FIELD_COUNT];
	bool hosted; /* it takes bookings: its hours are its host's */
};
rc import_known_read(struct ctx *c, community_id community, struct import_known *out);

/* What an arrival says otherwise. A field of which it says nothing stays; what
 * a set has is never taken away (kinds, typologies, features). `held`: it is a
 * steward's word, which is replaced only when somebody says so. */
struct import_change {
	int field;
	const char *from, *to; /* from NULL: nothing was said; to NULL: nothing is said any more */
	bool held;
};
struct import_changes { struct import_change items[ARRIVAL_FIELD_COUNT]; size_t n; };
void import_compare(struct ctx *c, const struct import_known *k, const struct record *r, struct import_changes *out);

/* Write those fields of a community, and who said each (label NULL: that is
 * told elsewhere). `said`: as the source wrote them. Inside db_write. */
rc import_write(struct ctx *c, community_id community, const struct import_changes *l, const char *label,
		const struct record *said);
/* A new one of an arrival; `key` is kept as its public id when it was one and
 * nobody here has it. */
rc import_create(struct ctx *c, const struct record *r, const char *key, community_id *out, pubid *pub);
/* All that an arrival says, for one that was just made. */
rc import_fill(struct ctx *c, community_id community, const struct record *r, const char *label,
	       const struct record *said);
/* The source says that too, though it changes nothing. */
rc import_note_sources(struct ctx *c, community_id community, const char *label, const struct record *said);

/* Records as JSON, by the words of the fields, and back into c->mem. */
const char *record_json(struct ctx *c, const struct record *r);
void record_read(struct ctx *c, const char *json, struct record *out);
/* A list or object as text in c->mem; it is taken. */
const char *json_taken(struct ctx *c, json_t *o);
/* The name of a field in field_source. */
const char *source_field_of(int field);

#endif
