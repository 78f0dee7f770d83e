/* map_parts.h - what the sources of map.h share. */
#ifndef MAILLAGE_MAP_PARTS_H
#define MAILLAGE_MAP_PARTS_H

#include "observatory/map.h"

#define MAP_LENSES 6
#define MAP_TAKEN  240

/* A part of the picture that shows a part of the world. */
struct map_lens {
	int64_t lat_e5, lon_e5;	    /* at its middle */
	double x, y;		    /* its middle, in units */
	double w, h;		    /* how far it goes */
	double scale, shrink;	    /* units for a kilometre; of a degree east, in degrees north */
};

struct map_box {
	double x0, y0, x1, y1;
};

struct map {
	struct picture picture;
	struct map_lens lenses[MAP_LENSES];
	int n_lenses;
	struct map_box taken[MAP_TAKEN]; /* where words and marks stand */
	size_t n_taken;
	struct map_box narrow[MAP_TAKEN]; /* the same on a phone, in its pixels */
	size_t n_narrow;
	map_closer_fn *closer;
	const void *closer_ask;
};

/* Where a mark stands, and with whom. */
struct map_spot {
	int64_t x, y;
	bool shown;
	size_t head, n;		/* the one that counts it: itself when it is alone or first; how many it counts */
	double km;		/* of those it counts, how far the farthest is */
};
void map_spots(const struct map *m, const struct map_mark *marks, struct map_spot *spots, size_t n);

double map_x(const struct map_lens *l, int64_t lon_e5);
double map_y(const struct map_lens *l, int64_t lat_e5);
/* The other way. */
void map_place(const struct map_lens *l, double x, double y, int64_t *lat_e5, int64_t *lon_e5);
/* The lens that shows a point, or NULL. */
const struct map_lens *map_lens_at(const struct map *m, int64_t lat_e5, int64_t lon_e5);
/* The box of the world in a lens. */
void map_window(const struct map_lens *l, int64_t *south, int64_t *north, int64_t *west, int64_t *east);

/* Take room for something; false: something is there. */
bool map_take(struct map *m, struct map_box box);
bool map_is_free(const struct map *m, struct map_box box);
/* The same where the picture is as narrow as on a phone: what stands at a point of
 * it keeps its size in pixels, and all points come nearer to each other. */
void map_take_narrow(struct map *m, double x, double y, struct map_box box);
bool map_fits_narrow(const struct map *m, double x, double y, struct map_box box);

/* A path in quarters of a unit: begins, goes on, and a whole outline. */
void map_path_outline(struct buf *b, const struct map *m, const struct outline *o);

#endif
