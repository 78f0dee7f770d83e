#include "observatory/search_where.h"

#include <string.h>

#include "base/fold.h"
#include "observatory/catalogue.h"
#include "platform/i18n.h"
#include "territory/commune.h"

enum { NAMESAKES = 6, LIKE = 3, LEAST = 3, LARGE = 20000 };

static bool is_said(const char *s)
{
	return s && *s;
}

rc search_towns_like(struct ctx *c, const char *typed, int most, struct commune_found_list *out)
{
	char *word = talloc_strdup(c->mem, fold_place(c, typed));
	*out = (struct commune_found_list){ 0 };
	for (size_t n = strlen(word); n >= LEAST && !out->n; n--) {
		word[n] = 0;
		if (word[n - 1] != ' ')
			TRY(commune_suggest(c, word, most, out));
	}
	return OK;
}

static rc find_town(struct ctx *c, const char *typed, struct where_found *out)
{
	struct commune_found_list towns;
	TRY(commune_suggest(c, typed, NAMESAKES, &towns));
	const struct commune_card *town = towns.n ? &towns.items[0].card : NULL;
	out->not_found = !town || town->lat_e5 == NONE;
	if (out->not_found)
		return search_towns_like(c, typed, LIKE, &out->like);
	out->name = town->name;
	if (towns.items[0].was)
		out->name = fmt(c, "%s %s", T_TEXT(c, "communes.today", "was", towns.items[0].was),
				town->name);
	out->departement = town->departement;
	out->lat_e5 = town->lat_e5;
	out->lon_e5 = town->lon_e5;
	const char *name = fold_place(c, town->name);
	out->namesakes.items = new_array(c, struct commune_found, towns.n);
	for (size_t i = 1; i < towns.n && strcmp(fold_place(c, typed), name) == 0; i++)
		if (strcmp(fold_place(c, towns.items[i].card.name), name) == 0)
			out->namesakes.items[out->namesakes.n++] = towns.items[i];
	return OK;
}

static rc find_near(struct ctx *c, const char *pub, struct where_found *out)
{
	const struct catalogue *x;
	TRY(catalogue(c, &x));
	for (uint32_t i = 0; i < x->n; i++)
		if (strcmp(x->at[i].pub.s, pub) == 0 && x->at[i].lat_e5 != INT32_MIN) {
			out->name = talloc_strdup(c->mem, x->at[i].name);
			out->departement = x->at[i].departement;
			out->lat_e5 = x->at[i].lat_e5;
			out->lon_e5 = x->at[i].lon_e5;
		}
	out->not_found = !out->name;
	return OK;
}

/* Most words begin the name of some village. */
static bool is_meant(const struct commune_found *k)
{
	return !k->errors && (k->how == COMMUNE_HOW_EXACT || k->how == COMMUNE_HOW_CODE ||
			      (k->how == COMMUNE_HOW_BEGINNING && k->card.population >= LARGE));
}

rc search_towns(struct ctx *c, const char *words, bool nothing_else, int most, struct commune_found_list *out)
{
	struct commune_found_list l;
	TRY(commune_suggest(c, words, most, &l));
	out->items = new_array(c, struct commune_found, l.n + 1);
	out->n = 0;
	for (size_t i = 0; i < l.n; i++)
		if (l.items[i].card.lat_e5 != NONE && (nothing_else || is_meant(&l.items[i])))
			out->items[out->n++] = l.items[i];
	return OK;
}

rc search_where(struct ctx *c, const struct where_asked *ask, struct where_found *out)
{
	*out = (struct where_found){ .lat_e5 = NONE, .lon_e5 = NONE, .km = NONE };
	if (is_said(ask->town)) {
		TRY(find_town(c, ask->town, out));
	} else if (is_said(ask->near)) {
		TRY(find_near(c, ask->near, out));
	} else if (ask->lat_e5 != NONE && ask->lon_e5 != NONE) {
		out->lat_e5 = ask->lat_e5;
		out->lon_e5 = ask->lon_e5;
	}
	if (out->lat_e5 != NONE)
		out->km = ask->km == NONE ? SEARCH_KM : ask->km;
	return OK;
}
