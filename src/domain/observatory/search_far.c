#include "observatory/search_far.h"

#include <string.h>

#include "platform/i18n.h"
#include "territory/outline.h"

enum { FARTHEST = 500 }; /* km that a search may ask for */

int64_t search_reach(int64_t km)
{
	static const int usual[] = { 10, 20, 30, 60, 130, 300, FARTHEST };
	for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
		if (usual[i] >= km)
			return usual[i];
	return NONE;
}

/* Each overseas département is a land of its own; the others are one. */
static const char *land_of(const char *departement)
{
	return departement[0] == '9' && departement[1] >= '7' ? departement : "";
}

static const char *departement_at(const struct finding *f, const char *said)
{
	const struct outline *o = said ? NULL : outline_at(OUTLINE_DEPARTEMENT, f->ask.lat_e5, f->ask.lon_e5);
	return o ? o->code : said;
}

static const char *name_of(struct ctx *c, const struct catalogue *x, const char *departement)
{
	tag t = departement ? tag_of(x, SEARCH_FACET_DEPARTEMENT, departement) : TAG_NONE;
	return t == TAG_NONE ? departement : tag_name(c, x, t);
}

static bool is_same_land(const struct record *r, const char *departement)
{
	return r->departement && strcmp(land_of(r->departement), land_of(departement)) == 0;
}

/* The first on the same land, or the first. */
static const struct found *nearest(const struct finding *far, const char *departement)
{
	for (size_t i = 0; departement && i < far->n && far->at[i].metres >= 0; i++)
		if (is_same_land(&far->x->at[far->at[i].record], departement))
			return &far->at[i];
	return far->n && far->at[0].metres >= 0 ? &far->at[0] : NULL;
}

static const char *sentence(struct ctx *c, const struct search_farther *k, const char *town)
{
	const char *who = k->city ? fmt(c, "%s (%s)", k->name, town) : k->name;
	const struct arg args[] = { { .name = "name", .text = who },
				    { .name = "km", .text = fmt_int(c, k->km) },
				    { .name = "territory", .text = k->territory ? k->territory : "" } };
	return i18n(c,
		    !k->across	   ? K("search.nearest")
		    : k->territory ? K("search.across")
				   : K("search.very_far"),
		    args, sizeof args / sizeof *args);
}

rc search_farther(struct ctx *c, const struct finding *f, const char *departement,
		  struct search_farther_list *out)
{
	struct finder_ask all = f->ask;
	struct finding far;
	const char *here = departement_at(f, departement);
	*out = (struct search_farther_list){ 0 };
	if (f->n || all.lat_e5 == NONE)
		return OK;
	all.km = NONE;
	all.uses = false;
	all.order = FINDER_NEAR;
	TRY(finder_find(c, &all, &far));
	const struct found *k = nearest(&far, here);
	if (!k)
		return OK;
	const struct record *r = &far.x->at[k->record];
	struct search_farther *it = new_zero(c, struct search_farther);
	*it = (struct search_farther){ .name = r->name,
				       .city = r->city,
				       .departement = r->departement,
				       .km = (int64_t)(k->metres / 1000) + 1,
				       .territory = name_of(c, far.x, here) };
	it->across = here ? !is_same_land(r, here) : it->km > FARTHEST;
	const char *area = name_of(c, far.x, r->departement);
	it->says = sentence(c, it, area ? fmt(c, "%s, %s", r->city ? r->city : "", area) : r->city);
	*out = (struct search_farther_list){ it, 1 };
	return OK;
}
