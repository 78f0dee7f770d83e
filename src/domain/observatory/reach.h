/* reach.h - who lives within a distance of a place, as the crow flies. A
 * commune's people are all at its point: an estimate, and pages say so. */
#ifndef MAILLAGE_REACH_H
#define MAILLAGE_REACH_H

#include "base/buf.h"
#include "base/speeds.h"
#include "observatory/country.h"
#include "observatory/reach_shape.h"

#define REACH_MOST_KM 100

/* Where the places are that were open on a day (NONE: today), and how many have no point. */
rc reach_places(struct ctx *c, int base, day on, struct place_spot_list *out, int64_t *unplaced);

/* For each town, whether it is within `km` of one of the places. In c->mem. */
bool *reach_mark(struct ctx *c, const struct country *k, const struct place_spot_list *places, double km);

/* Every territory of a level, by code, with those who are reached. */
rc reach_areas(struct ctx *c, const struct country *k, int level, const bool *reached,
	       struct reach_area_list *out);

/* A territory of any kind by its communes alone. */
rc reach_here(struct ctx *c, const struct country *k, const bool *reached, const struct scope *s,
	      struct reach_area *out);

/* Two territories together; per cent in thousandths, NONE where nobody lives. */
void reach_add(struct reach_area *sum, const struct reach_area *a);
quantity reach_share(int64_t reached, int64_t people);

/* The operator's rule (maillage.ini, [travel]): metres as the crow flies in so many minutes. */
void reach_rule(const struct ctx *c, struct speeds *speeds, int64_t *detour);
int64_t reach_metres(const struct ctx *c, int64_t minutes);

/* Territories coloured by their share, with the key to the colours. `level` is
 * not AREA_LEVEL_COUNTRY. */
struct map;
void reach_choropleth(struct ctx *c, struct map *m, int level, const struct reach_area_list *areas);
void reach_legend(struct ctx *c, struct buf *b, const char *title);
/* The same key within the picture, for paper. */
void reach_key(struct ctx *c, struct map *m, const char *title);
/* Places as dots, last in a list of marks. */
struct map_mark;
void reach_marks(const struct place_spot_list *places, struct map_mark *out);
/* The page's map, of a question that was answered. */
rc access_map(struct ctx *c, const struct access_page *v, html *out);

/* Answer a question; all territories asked for, sorted, from v->items on. */
rc access_find(struct ctx *c, const struct access_query *f, struct access_page *v);

#endif
