/* place_data.h - the page of a place in the words of schema.org. */
#ifndef MAILLAGE_PLACE_DATA_H
#define MAILLAGE_PLACE_DATA_H

#include "spaces/opening.h"
#include "spaces/place_page_shape.h"

/* Fill v->profile.linked_data; rules: NULL when its hours are not known. */
void place_data(struct ctx *c, const struct community_row *place, const struct opening *rules, const char *zone,
		day today, struct place_page *v);

#endif
