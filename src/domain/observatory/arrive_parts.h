/* arrive_parts.h - what readers of JSON share. */
#ifndef MAILLAGE_ARRIVE_PARTS_H
#define MAILLAGE_ARRIVE_PARTS_H

#include <jansson.h>

#include "observatory/arrival.h"

/* The file as JSON, or NULL with E_INVALID "import.bad_json". The caller calls
 * json_decref; texts of it that are kept are copied by arrival_say. */
rc arrive_json(struct ctx *c, octets file, json_t **out);
/* A file whose JSON has a list under a name: each of its items, numbered from 1.
 * What maps say of a place stands under the names of OpenStreetMap.
 *   E_INVALID  `not_it` when there is no such list; or what `add` says */
typedef rc arrive_item(struct arrivals *l, size_t at, const json_t *item);
rc arrive_items(struct ctx *c, octets file, const char *name, const char *not_it, arrive_item *add,
		struct arrivals *out);
/* A value as text: strings, numbers, lists of them with | between; NULL: none of these. */
const char *arrive_text(struct ctx *c, const json_t *v);
/* Say what stands under a name, if it is said. */
void arrive_say(struct arrivals *l, struct arrival *a, int field, const json_t *o, const char *name);
/* The public id at the end of an address of a page of a community, or NULL. */
const char *arrive_pub(struct ctx *c, const char *url);
/* Tags of OpenStreetMap: what they say that was not said before. */
void arrive_tags(struct arrivals *l, struct arrival *a, const json_t *tags);

#endif
