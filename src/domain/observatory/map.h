/* map.h - our own maps: outlines, communes as dots, what is counted by territory,
 * places, threads between them. No tiles, nothing from elsewhere. A map is begun,
 * drawn on in order, and is then a picture for a page or for paper:
 *
 *	struct map *m = map_france(c, MAP_COUNTRY, T(c, "places.map"));
 *	map_choropleth(c, m, OUTLINE_EPCI, areas, n);	   one colour a territory
 *	map_limits(c, m, OUTLINE_REGION);
 *	map_threads(c, m, threads, n_threads);
 *	map_marks(c, m, marks, n_marks);		   ranked, named, leading somewhere
 *	TRY(map_towns(c, m, 9));			   names where there is room left
 *	picture_svg(map_picture(m), &b);		   or picture_pdf, picture_json
 *
 * Points are hundred-thousandths of a degree. What lies outside is left out. */
#ifndef MAILLAGE_MAP_H
#define MAILLAGE_MAP_H

#include "base/ctx.h"
#include "platform/picture.h"
#include "territory/outline.h"

enum map_frame {
	MAP_COUNTRY, /* 600 × 690: with the overseas départements below */
	MAP_TALL,    /* 660 × 1222, fills its box: beside a list */
	MAP_WIDE,    /* 600 × 400 */
	MAP_SQUARE,  /* 600 × 600 */
	MAP_FRAMES
};

struct map;

/* The country; in MAP_COUNTRY with the overseas départements, each at its own scale. */
struct map *map_france(struct ctx *c, enum map_frame frame, const char *title);
/* One territory whole; NULL when it has no outline. */
struct map *map_territory(struct ctx *c, enum map_frame frame, enum outline_level level, const char *code,
			  const char *title);
/* km on each side of a point. */
struct map *map_round(struct ctx *c, enum map_frame frame, int64_t lat_e5, int64_t lon_e5, int km,
		      const char *title);

/* Where a point is, in units of the picture; false: not on it. */
bool map_point(const struct map *m, int64_t lat_e5, int64_t lon_e5, int64_t *x, int64_t *y);
const struct picture *map_picture(const struct map *m);

/* ---- the ground ---- */

void map_sea(struct ctx *c, struct map *m);
void map_land(struct ctx *c, struct map *m, enum outline_level limits);
/* Limits over what is there; `chosen` draws one of them in the colour of action. */
void map_limits(struct ctx *c, struct map *m, enum outline_level level);
void map_chosen(struct ctx *c, struct map *m, enum outline_level level, const char *code);

/* A territory and its step: 0 none, 1 to 5 little to all, -1 not known. Those
 * without title are drawn together, which makes a small page of a large map. */
struct map_area {
	const char *code;
	int step;
	const char *title; /* "Vienne : 12 lieux" */
	const char *href;  /* needs a title */
};
void map_choropleth(struct ctx *c, struct map *m, enum outline_level level, const struct map_area *areas, size_t n);

/* Each commune a dot as big as its people; the largest, as many as there is room for. */
rc map_communes(struct ctx *c, struct map *m);
/* Names of the départements, where there is room. */
rc map_counties(struct ctx *c, struct map *m);

/* ---- what is on it ---- */

void map_rings(struct ctx *c, struct map *m, int64_t lat_e5, int64_t lon_e5, const int *km, size_t n);
/* The point that all is measured from, with its name or NULL. */
void map_here(struct ctx *c, struct map *m, int64_t lat_e5, int64_t lon_e5, const char *name);

struct map_thread {
	int64_t lat_e5, lon_e5, to_lat_e5, to_lon_e5;
	const char *title;
};
void map_threads(struct ctx *c, struct map *m, const struct map_thread *threads, size_t n);

/* The shape of a place's mark, by enum place_dominant; -1: not known. */
enum picture_form map_form(int dominant);

/* The first is drawn last, over the others. Links that would hide each other are counted in
 * one mark, which leads closer; each is still there for the keyboard, and seen when it is lit. */
struct map_mark {
	int64_t lat_e5, lon_e5;	/* NONE: left out */
	int64_t rank;		/* number in it; 0: a dot */
	enum picture_form form; /* what the place mostly is */
	bool on;		/* lit */
	bool find;		/* a site to open: gold, a diamond */
	const char *name, *href;
	const char *town;	/* written beside it where there is room, or NULL */
	const char *id, *ref;	/* see picture.h */
};
void map_marks(struct ctx *c, struct map *m, const struct map_mark *marks, size_t n);
/* The address where those counted in one mark are seen apart: within km of the one of that `ref`.
 * To be said before the marks; else it leads where the first of them does. */
typedef const char *map_closer_fn(struct ctx *c, const void *ask, const char *ref, int km);
void map_closer(struct map *m, map_closer_fn *address, const void *ask);

/* Names of the largest towns, at most `most`, where marks and names leave room. */
rc map_towns(struct ctx *c, struct map *m, size_t most);

/* The key to a choropleth within the picture, under the map: paper has it too. Last of all. */
void map_key(struct ctx *c, struct map *m, const char *title, const char *const labels[], size_t n);

/* A page's key to a choropleth: what the steps mean, from none to all. */
void map_legend(struct buf *b, const char *title, const char *const labels[], size_t n);

#endif
