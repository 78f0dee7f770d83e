/* scope.h - whose figures are asked for: a source of places and a territory.
 * A territory is its kind and its code, a text: "region:01", "departement:2A",
 * "epci:200046977", "zone:ze2020:8405", "country:METRO", "country:FR". */
#ifndef MAILLAGE_SCOPE_H
#define MAILLAGE_SCOPE_H

#include "base/ctx.h"
#include "observatory/indicator_shape.h"

/* source -1: the study's inventory, or, where it was never imported, the places
 * of this server. territory NULL or "": metropolitan France. on: as things
 * stood that day (known.h); NONE: today. In a snapshot.
 *   E_NOT_FOUND  "territories.not_found" */
rc scope_read(struct ctx *c, int source, const char *territory, day on, struct scope *out);

/* The source as the tables of the directory name it; "" for all places. */
const char *scope_source(const struct scope *s);

/* "region:75" */
const char *territory_ref(struct ctx *c, int kind, const char *code);

/* What a page lets choose: the country, the regions and the territory at hand;
 * the sources. Others are found as they are typed (choose.h). */
rc scope_choices(struct ctx *c, struct scope *s);

#endif
