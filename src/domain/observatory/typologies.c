#include "observatory/typologies.h"

#include <string.h>

#include "observatory/known.h"
#include "observatory/scope.h"
#include "observatory/typologies_sql.h"
#include "people/community_shape.h"
#include "people/typology_shape.h"
#include "platform/i18n.h"

static const struct enumeration *const words[TYPOLOGY_FAMILY_COUNT] = {
	[TYPOLOGY_FAMILY_STUDY] = &study_typology_words,
	[TYPOLOGY_FAMILY_BESSON] = &besson_typology_words,
	[TYPOLOGY_FAMILY_FUNCTION] = &place_function_words,
};

/* The search of today finds them, in the territories that it knows. */
static const char *link_of(struct ctx *c, const struct scope *s, int family, const char *code)
{
	bool narrow = s->kind == TERRITORY_KIND_REGION || s->kind == TERRITORY_KIND_DEPARTEMENT ||
		      s->kind == TERRITORY_KIND_EPCI;
	struct buf b;
	if (family == TYPOLOGY_FAMILY_FUNCTION || s->is_past || (!s->is_whole && !narrow) ||
	    strcmp(s->code, "METRO") == 0)
		return NULL;
	buf_init(&b, c->mem, 80);
	buf_str(&b, "/places?is=");
	buf_url(&b, fmt(c, "%s:%s%s", enum_word(&typology_family_words, family), code,
			narrow ? fmt(c, " %s", s->ref) : ""));
	return b.s;
}

static void count(struct ctx *c, const char *codes, struct typology_group *g)
{
	char *rest, *all = talloc_strdup(c->mem, codes);
	for (char *w = strtok_r(all, " ", &rest); w; w = strtok_r(NULL, " ", &rest)) {
		int i = enum_find(words[g->family], w);
		if (i >= 0)
			g->items.items[i].n++;
	}
}

static void begin(struct ctx *c, struct typologies_page *v)
{
	v->groups = (struct typology_group_list){ new_array(c, struct typology_group, TYPOLOGY_FAMILY_COUNT),
						  TYPOLOGY_FAMILY_COUNT };
	for (int f = 0; f < TYPOLOGY_FAMILY_COUNT; f++) {
		const struct enumeration *e = words[f];
		struct typology_group *g = &v->groups.items[f];
		*g = (struct typology_group){ .family = f,
					      .items = { new_array(c, struct typology_count, e->n), e->n } };
		for (int i = 0; i < (int)e->n; i++)
			g->items.items[i] = (struct typology_count){ .code = enum_word(e, i),
								     .label = i18n_word(c, e, i),
								     .link = link_of(c, &v->scope, f,
										     enum_word(e, i)) };
	}
}

rc typologies_fill(struct ctx *c, struct typologies_page *v)
{
	const struct scope *s = &v->scope;
	const char *kind = enum_word(&territory_kind_words, s->kind);
	struct known_day d = known_day(c, s->on);
	struct typology_held_list held;
	struct place_fact_list places;
	GHashTable *open = g_hash_table_new(g_str_hash, g_str_equal);
	const char *last[TYPOLOGY_FAMILY_COUNT] = { "", "", "" };
	TRY(known_places(c, &d, kind, s->code, "", &places));
	TRY(typologies_held(c, kind, s->code, &held));
	for (size_t i = 0; i < places.n; i++)
		g_hash_table_add(open, places.items[i].pub.s);
	begin(c, v);
	v->places = (int64_t)places.n;
	for (size_t i = 0; i < held.n; i++) {
		const struct typology_held *h = &held.items[i];
		struct typology_group *g = &v->groups.items[h->family];
		if (!g_hash_table_contains(open, h->pub.s))
			continue;
		count(c, h->codes, g);
		g->said += strcmp(last[h->family], h->pub.s) != 0;
		last[h->family] = h->pub.s;
	}
	g_hash_table_destroy(open);
	return OK;
}
