/* route_words.h - a row of the route table in words: for `maillage routes`, the
 * API document and its page. */
#ifndef MAILLAGE_ROUTE_WORDS_H
#define MAILLAGE_ROUTE_WORDS_H

#include "platform/route.h"

/* "GET", "POST" ... */
const char *route_method(const struct route *r);
/* The roles that the row asks for, "host, manager"; "" for none. In mem. */
const char *route_roles(TALLOC_CTX *mem, const struct route *r);
/* Who may, in English: "anybody", "signed in", "host, manager in the community of :place". In mem or static. */
const char *route_permission(TALLOC_CTX *mem, const struct route *r);
/* The scope that a token needs for it: "read:bookings". In mem. */
const char *route_scope(TALLOC_CTX *mem, const struct route *r);
/* Is the row part of the API? */
bool route_in_api(const struct route *r);
/* The first segment of its path: "places"; "" for "/". In mem. */
const char *route_section(TALLOC_CTX *mem, const struct route *r);

#endif
