/* commune.h - finding communes: by code, as somebody types, and as a table
 * prints them. Needs an open snapshot or transaction. */
#ifndef MAILLAGE_COMMUNE_H
#define MAILLAGE_COMMUNE_H

#include "base/ctx.h"
#include "territory/commune_shape.h"
#include "territory/distance.h"

/* The commune of an INSEE code; of an older code, the commune of today.
 *   E_NOT_FOUND  "commune.not_found" */
rc commune_by_insee(struct ctx *c, const char *insee, struct commune_card *out);
rc commune_details(struct ctx *c, const char *insee, struct commune_row *out);

/* The communes that were meant, best first, at most `limit` (1..100): those of
 * whose name, older name or arrondissement the text is the beginning, whole
 * words before parts of words, each by population; then those that have all
 * the words; then names with one letter wrong (from four letters on) or two
 * (from eight); then those whose whole name begins the text. Accents, case and hyphens do not count; "st" is saint. A postal
 * or INSEE code, or its beginning, finds by code. "saint denis 93", "saint denis
 * (93)", "brest finistère" and "saint denis 93200" say which one. One letter
 * finds whole names. */
rc commune_suggest(struct ctx *c, const char *text, int limit, struct commune_found_list *out);
/* The same without the wrong letters, for forms that must be sure. */
rc commune_search(struct ctx *c, const char *text, int limit, struct commune_card_list *out);

/* The commune that a table means by a printed name and département ("93", "6";
 * several: "91;92"; NULL or "": the whole country). First the same name, then an
 * older one, then, unless a commune elsewhere bears that name, the only one of
 * the départements that is one or two letters away; *errors says how many.
 * Nothing sure: *found is false. */
rc commune_match(struct ctx *c, const char *printed_name, const char *departement, struct commune_card *out,
		 bool *found, int *errors);

/* The commune that a name, a postal code and a point mean together, as far as each is known (NULL, NONE): the
 * only one that has the name and the code; failing these the only one of the name or, without a name, of the
 * code. Of several, or when it has no code, the nearest to the point, unless that is far from all. */
rc commune_of_signs(struct ctx *c, const char *printed_name, const char *postal_code, int64_t lat_e5, int64_t lon_e5,
		    struct commune_card *out, bool *found);

#endif
