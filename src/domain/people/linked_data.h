/* linked_data.h - a page told to machines in the words of schema.org, as a
 * block of JSON-LD in it: data, which no browser runs. */
#ifndef MAILLAGE_LINKED_DATA_H
#define MAILLAGE_LINKED_DATA_H

#include <jansson.h>

#include "base/ctx.h"
#include "people/profile_shape.h"

/* An object of schema.org for the community: an Organization, or for a place
 * a LocalBusiness. The caller adds to it and hands it to linked_data_block. */
json_t *linked_data_of(struct ctx *c, const struct community_row *row, const struct profile *p);
/* "https://maillage.example/places/…": an address of this site. */
const char *linked_data_url(struct ctx *c, const char *path);
/* The block; nothing in it can end the element or begin another. Takes `o`. */
html linked_data_block(struct ctx *c, json_t *o);

#endif
