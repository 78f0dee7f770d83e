/* profile.h - what the page of a community says beyond its row: what it is and
 * has, its figures over the years, its photos, who said what and when, whether
 * it was confirmed. Pages of communities and of places show the same. */
#ifndef MAILLAGE_PROFILE_H
#define MAILLAGE_PROFILE_H

#include "base/ctx.h"
#include "people/profile_shape.h"

/* A page that nobody has confirmed for that long says so. */
#define CONFIRMED_FOR_S ((int64_t)365 * 86400)
#define PROFILE_URLS	6

/* All but linked_data, which the page fills (linked_data.h). */
rc profile_fill(struct ctx *c, const struct community_row *row, struct profile *out);

/* What a source gave of a field, for reading: a list has commas, and a word of ours is in
 * nobody's language. NULL: nothing. */
const char *said_words(struct ctx *c, const char *field, const char *said);

/* What is ticked and written now. */
rc profile_facts_read(struct ctx *c, community_id community, struct profile_facts *out);

/* Keep what a steward ticked and tell the audit log. Inside db_write.
 *   E_INVALID  "profile.bad_url", "profile.too_many_urls", blaming urls */
rc profile_change(struct ctx *c, const struct community_row *row, const struct profile_edit *f);

/* The fields that differ, as JSON (community.h, changes_json), are a steward's
 * word from now on. Inside db_write. */
rc profile_note_steward(struct ctx *c, community_id community, const char *changed_json);

#endif
