/* search_map.h - the map beside what a search has found, numbered as its list is. */
#ifndef MAILLAGE_SEARCH_MAP_H
#define MAILLAGE_SEARCH_MAP_H

#include "observatory/map.h"

struct search_map {
	const char *title;
	int64_t lat_e5, lon_e5, km; /* where the search is, and how far it goes; NONE: the whole country */
	enum map_frame around;	    /* of the map about a point; the country has its own */
	const struct map_thread *threads;
	size_t n_threads;
	const struct map_mark *marks;
	size_t n_marks;
	map_closer_fn *closer;	    /* see map.h */
	const void *ask;
};

/* Inside a snapshot. */
rc search_map_draw(struct ctx *c, const struct search_map *s, html *out);

/* The address of a search, with what its facets say as they were sent. */
const char *search_address_of(struct ctx *c, const char *address, const char *is);

#endif
