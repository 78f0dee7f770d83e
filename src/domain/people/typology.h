/* typology.h - what a community is and has: codes of three vocabularies, its
 * features, and what follows from them for the map. Codes are words of the
 * enumerations of typology.shape. All of it inside db_write but what only reads. */
#ifndef MAILLAGE_TYPOLOGY_H
#define MAILLAGE_TYPOLOGY_H

#include "base/ctx.h"
#include "people/typology_shape.h"

/* The codes of a vocabulary. */
const struct enumeration *typology_words(int vocabulary);
/* The group of a code of the study, the code itself when it is one: fablab is craft. */
int study_group(int code);
/* A code of the national vocabulary as the national schema writes it
 * ("TIERS_LIEUX", "Autre"), and back: -1 for what the schema does not have. */
const char *national_code(struct ctx *c, int code);
int national_find(struct ctx *c, const char *code);
/* What a feature belongs to: enum feature_group. */
int feature_group_of(int feature);

/* A set of codes or features, by index in its enumeration. */
#define TYPOLOGY_MOST 128
struct code_set { bool has[TYPOLOGY_MOST]; };

rc typology_read(struct ctx *c, community_id community, struct code_set out[TYPOLOGY_VOCABULARY_COUNT]);
/* Exactly these codes; of the study's, each one's group is added. The dominant follows. */
rc typology_write(struct ctx *c, community_id community, int vocabulary, const struct code_set *codes);
rc features_read(struct ctx *c, community_id community, struct code_set *out);
rc features_write(struct ctx *c, community_id community, const struct code_set *features);

/* What a place is above all (enum place_dominant), by the first that is true:
 * it farms; it has a workshop or a fablab; it is cultural; one works there with
 * others; one eats there; OTHER. */
int dominant_of(const struct code_set typologies[TYPOLOGY_VOCABULARY_COUNT], const struct code_set *features);
/* Keep it on the community; what a steward said (-1: nothing) goes before. */
rc dominant_write(struct ctx *c, community_id community, int said);
/* What was said of it stays. */
rc dominant_refresh(struct ctx *c, community_id community);
/* The same as the two writes above for who writes more of it and calls dominant_refresh in the end. */
rc typology_put(struct ctx *c, community_id community, int vocabulary, const struct code_set *codes);
rc features_put(struct ctx *c, community_id community, const struct code_set *features);

/* The codes and features that a text of activities names for sure, by the
 * phrases of typology_words.def; what is only likely is left out. A place is
 * tiers_lieux in the national vocabulary. Adds to what is there. */
rc typology_seed(struct ctx *c, community_id community, bool is_place, const char *activities);

/* `source` says that `field` holds what it said (or NULL), now. */
rc field_source_note(struct ctx *c, community_id community, const char *field, const char *source,
		     const char *said);
/* Several at once: `rows` is JSON, [[field, said] ...]. */
rc field_sources_note(struct ctx *c, community_id community, const char *source, const char *rows);

#endif
