/* search_view.h - the facets of a search as a page and the API show them. */
#ifndef MAILLAGE_SEARCH_VIEW_H
#define MAILLAGE_SEARCH_VIEW_H

#include "base/buf.h"
#include "observatory/finder.h"
#include "observatory/search_shape.h"

/* `address`: the search without its filters, ending in "?" or a parameter; "&is=..."
 * goes behind it. Values that would find nothing are left out; the départements are
 * told once a region is chosen, and no values at all of a facet that splits nothing. */
void search_panel(struct ctx *c, const struct finding *f, const enum search_facet *facets, size_t n, const char *address,
		  struct search_panel *out);

/* The filters that are on, as the form sends them: "feature:wifi region:75". */
const char *search_tags(struct ctx *c, const struct finding *f);

/* 46.58333: hundred-thousandths as degrees, "" when nobody knows. */
const char *search_degrees(struct ctx *c, int64_t e5);

/* All that was found as GeoJSON, in order; without position: a null geometry. */
void search_geojson(const struct finding *f, struct buf *b);

#endif
