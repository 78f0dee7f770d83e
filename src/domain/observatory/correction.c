/* correction.c - where the directory knows better than the printed inventory: both are shown. */
#include <string.h>

#include "base/fold.h"
#include "observatory/indicator.h"
#include "observatory/indicator_sql.h"

#define MOST 4 /* of one community */

/* The study's short names of regions. */
static const char *whole_region(const char *printed)
{
	if (strcmp(printed, "AURA") == 0)
		return "Auvergne-Rhône-Alpes";
	return strcmp(printed, "PACA") == 0 ? "Provence-Alpes-Côte d'Azur" : printed;
}

static void put(struct correction_list *l, const struct printed_name *p, int part, const char *printed,
		const char *ours)
{
	l->items[l->n++] = (struct correction){ p->pub, p->name, part, printed, ours };
}

/* Case, accents and hyphens are no correction. */
static bool same(struct ctx *c, const char *printed, const char *ours)
{
	return strcmp(fold_place(c, printed), fold_place(c, ours)) == 0;
}

static void look(struct ctx *c, const struct printed_name *p, struct correction_list *l)
{
	if (p->name_printed)
		put(l, p, CORRECTED_PART_NAME, p->name_printed, p->name);
	if (p->situated && p->city_printed && !same(c, p->city_printed, p->city))
		put(l, p, CORRECTED_PART_TOWN, p->city_printed, p->city);
	if (p->situated && p->region_printed && !same(c, whole_region(p->region_printed), p->region))
		put(l, p, CORRECTED_PART_REGION, p->region_printed, p->region);
	if (!p->situated && p->city_printed && p->departement)
		put(l, p, CORRECTED_PART_TOWNS, p->city_printed, p->departement);
}

rc indicator_corrections(struct ctx *c, const struct scope *s, struct correction_list *out)
{
	struct printed_name_list l = { NULL, 0 };
	*out = (struct correction_list){ NULL, 0 };
	if (s->source != FIGURE_SOURCE_STUDY || !s->is_whole)
		return OK;
	TRY(printed_names(c, scope_source(s), &l));
	out->items = new_array(c, struct correction, l.n * MOST + 1);
	for (size_t i = 0; i < l.n; i++)
		look(c, &l.items[i], out);
	return OK;
}
