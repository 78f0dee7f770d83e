/* reach_map.c - territories in colours of how many of their people live near a place. */
#include "observatory/reach.h"

#include "observatory/map.h"
#include "observatory/scope_map.h"
#include "platform/i18n.h"

static const enum outline_level outlines[AREA_LEVEL_COUNT] = { OUTLINE_REGION,	    OUTLINE_REGION,
							       OUTLINE_DEPARTEMENT, OUTLINE_ARRONDISSEMENT,
							       OUTLINE_EPCI,	    OUTLINE_EPCI };

/* None, under a quarter, a half, three quarters, not quite all, all. */
static int step_of(const struct reach_area *a)
{
	if (!a->people)
		return -1;
	if (!a->reached)
		return 0;
	if (a->reached == a->people)
		return 5;
	return 1 + (int)(a->reached * 4 / a->people);
}

void reach_choropleth(struct ctx *c, struct map *m, int level, const struct reach_area_list *areas)
{
	struct map_area *l = new_array(c, struct map_area, areas->n + 1);
	for (size_t i = 0; i < areas->n; i++)
		l[i] = (struct map_area){ .code = areas->items[i].code, .step = step_of(&areas->items[i]) };
	map_choropleth(c, m, outlines[level], l, areas->n);
}

#define STEPS 6
static void step_labels(struct ctx *c, const char *out[STEPS])
{
	static const char *const keys[STEPS] = { K("reach.step_none"), K("reach.step_quarter"),
						 K("reach.step_half"), K("reach.step_more"),
						 K("reach.step_most"), K("reach.step_all") };
	for (int i = 0; i < STEPS; i++)
		out[i] = i18n(c, keys[i], NULL, 0);
}

void reach_legend(struct ctx *c, struct buf *b, const char *title)
{
	const char *labels[STEPS];
	step_labels(c, labels);
	map_legend(b, title, labels, STEPS);
}

void reach_key(struct ctx *c, struct map *m, const char *title)
{
	const char *labels[STEPS];
	step_labels(c, labels);
	map_key(c, m, title, labels, STEPS);
}

void reach_marks(const struct place_spot_list *places, struct map_mark *out)
{
	for (size_t i = 0; i < places->n; i++)
		out[i] = (struct map_mark){ .lat_e5 = places->items[i].lat_e5,
					    .lon_e5 = places->items[i].lon_e5,
					    .name = places->items[i].name };
}

rc access_map(struct ctx *c, const struct access_page *v, html *out)
{
	struct buf b;
	if (v->level == AREA_LEVEL_COUNTRY || v->level == AREA_LEVEL_ZONE) /* neither has outlines here */
		return OK;
	struct map_mark *marks = new_array(c, struct map_mark, v->spots.n + 1);
	struct map *m = scope_map(c, &v->scope, T(c, "reach.map"));
	map_land(c, m, OUTLINE_REGION);
	reach_choropleth(c, m, v->level, &v->items);
	map_limits(c, m, OUTLINE_REGION);
	reach_marks(&v->spots, marks);
	map_marks(c, m, marks, v->spots.n);
	buf_init(&b, c->mem, 1 << 18);
	picture_svg(map_picture(m), &b);
	reach_legend(c, &b, T_TEXT(c, "reach.legend", "km", fmt_quantity(c, v->km)));
	out->s = b.s;
	return OK;
}
