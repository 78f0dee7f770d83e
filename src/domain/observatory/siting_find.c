#include "observatory/siting_find.h"

#include <string.h>

#include "base/civil.h"
#include "observatory/known.h"
#include "platform/i18n.h"
#include "territory/commune.h"
#include "territory/territory.h"

#define USUAL_SITES    6
#define USUAL_KM       30
#define USUAL_SMALLEST 20000

/* "epci:200043123", as other pages name it, to "e200043123". A zone is known here without its zoning. */
static const char *short_name(struct ctx *c, const char *ref)
{
	const char *colon = strchr(ref, ':'), *last = strrchr(ref, ':');
	if (!colon)
		return ref;
	if (strcmp(ref, "country:METRO") == 0)
		return "metropole";
	if (strcmp(ref, "country:FR") == 0)
		return "france";
	return fmt(c, "%c%s", ref[0], *ref == 'z' ? last + 1 : colon + 1); /* "c…", a commune, is refused */
}

/* In a part of a département any commune may be chosen, unless it is said otherwise. */
static int64_t usual_smallest(const char *territory)
{
	return strchr("eaz", territory[0]) ? 0 : USUAL_SMALLEST;
}

static void settle(struct ctx *c, const struct siting_query *f, struct siting_query *ask)
{
	struct known_day d = known_day(c, f->on);
	*ask = *f;
	ask->sites = f->sites == NONE ? USUAL_SITES : f->sites;
	ask->km = f->km == NONE ? USUAL_KM : f->km;
	ask->territory = f->territory && *f->territory ? short_name(c, f->territory) : "metropole";
	ask->smallest = f->smallest == NONE ? usual_smallest(ask->territory) : f->smallest;
	ask->base = f->base < 0 ? PLACE_BASE_DIRECTORY : f->base;
	ask->on = d.is_past ? d.on : (day){ NONE };
}

const char *siting_words(struct ctx *c, const struct siting_query *f)
{
	struct buf b;
	buf_init(&b, c->mem, 120);
	buf_fmt(&b, "sites=%lld&km=%lld&smallest=%lld&base=%s", (long long)f->sites, (long long)f->km,
		(long long)f->smallest, enum_word(&place_base_words, f->base));
	if (!is_none(f->on))
		buf_fmt(&b, "&on=%s", fmt_iso_day(c, f->on));
	buf_str(&b, "&territory=");
	buf_url(&b, f->territory);
	return b.s;
}

/* ---- the territory ---- */

/* A level and an index; NOWHERE is the whole country. */
struct part {
	int level;
	uint16_t area;
};

static rc find_part(struct ctx *c, const struct country *k, const char *word, struct part *p,
		    const char **name)
{
	static const struct {
		char first;
		int level;
	} kinds[] = { { 'r', AREA_LEVEL_REGION },
		      { 'd', AREA_LEVEL_DEPARTEMENT },
		      { 'e', AREA_LEVEL_EPCI },
		      { 'a', AREA_LEVEL_ARRONDISSEMENT },
		      { 'z', AREA_LEVEL_ZONE } };
	*p = (struct part){ AREA_LEVEL_COUNTRY, NOWHERE };
	*name = strcmp(word, "france") ? T(c, "reach.metropole") : T(c, "siting.france");
	if (strcmp(word, "france") == 0)
		return OK;
	p->area = country_area(k, AREA_LEVEL_COUNTRY, word);
	if (p->area != NOWHERE && strcmp(word, "metropole") == 0)
		return OK;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (word[0] != kinds[i].first)
			continue;
		*p = (struct part){ kinds[i].level, country_area(k, kinds[i].level, word + 1) };
		if (p->area != NOWHERE) {
			*name = k->areas[p->level][p->area].name;
			return OK;
		}
	}
	return fail_field(c, "territory", "siting.no_territory");
}

static bool is_in(const struct town *t, struct part p)
{
	return p.area == NOWHERE || t->area[p.level] == p.area;
}

/* ---- the problem ---- */

static void split(struct ctx *c, const struct country *k, struct part p, const bool *reached,
		  struct siting_case *out)
{
	uint32_t *people = new_array(c, uint32_t, k->n + 1), *options = new_array(c, uint32_t, k->n + 1);
	size_t n_people = 0, n_options = 0;
	for (uint32_t i = 0; i < k->n; i++) {
		const struct town *t = &k->towns[i];
		if (!is_in(t, p))
			continue;
		out->people += t->people;
		out->today += reached[i] ? t->people : 0;
		if (!reached[i])
			people[n_people++] = i;
		if (t->people >= out->ask.smallest)
			options[n_options++] = i;
	}
	out->problem = (struct siting_problem){ country_some(c->mem, k, people, n_people),
						country_some(c->mem, k, options, n_options),
						(double)out->ask.km, (size_t)out->ask.sites };
}

/* Intermunicipalities with people in the territory, and those without anybody reached. */
static void count_epci(struct ctx *c, const struct country *k, struct part p, const bool *reached,
		       struct siting_case *out)
{
	size_t n = k->n_areas[AREA_LEVEL_EPCI];
	int *seen = new_array(c, int, n + 1); /* 1: has people, 2: somebody is reached */
	for (size_t i = 0; i < k->n; i++) {
		const struct town *t = &k->towns[i];
		uint16_t e = t->area[AREA_LEVEL_EPCI];
		if (e != NOWHERE && is_in(t, p) && seen[e] < 2)
			seen[e] = reached[i] ? 2 : 1;
	}
	for (size_t i = 0; i < n; i++) {
		out->epci += seen[i] > 0;
		out->epci_nobody += seen[i] == 1;
	}
}

static hash key_of(struct ctx *c, const struct country *k, const struct siting_case *s)
{
	struct hasher h;
	const char *text = fmt(c, "%lld %lld %lld %s %d", (long long)s->ask.sites, (long long)s->ask.km,
			       (long long)s->ask.smallest, s->ask.territory, s->ask.base);
	hash_begin(&h);
	hash_add(&h, text, strlen(text));
	hash_add(&h, &k->digest, sizeof k->digest);
	for (size_t i = 0; i < s->places.n; i++) {
		hash_add(&h, &s->places.items[i].lat_e5, sizeof s->places.items[i].lat_e5);
		hash_add(&h, &s->places.items[i].lon_e5, sizeof s->places.items[i].lon_e5);
	}
	return hash_end(&h);
}

rc siting_prepare(struct ctx *c, const struct siting_query *f, struct siting_case *out)
{
	const struct country *k;
	struct part part;
	*out = (struct siting_case){ 0 };
	settle(c, f, &out->ask);
	TRY(country_of(c, &k));
	TRY(find_part(c, k, out->ask.territory, &part, &out->territory_name));
	TRY(reach_places(c, out->ask.base, out->ask.on, &out->places, &out->unplaced));
	const bool *reached = reach_mark(c, k, &out->places, (double)out->ask.km);
	split(c, k, part, reached, out);
	TRY(reach_areas(c, k, AREA_LEVEL_EPCI, reached, &out->epcis));
	count_epci(c, k, part, reached, out);
	out->key = key_of(c, k, out);
	return OK;
}

rc siting_find(struct ctx *c, const struct siting_query *f, struct siting_case *out)
{
	TRY(siting_prepare(c, f, out));
	siting_solve(c->mem, &out->problem, &out->choice);
	return OK;
}

/* ---- the page ---- */

static rc put_sites(struct ctx *c, const struct siting_case *k, struct siting_page *v)
{
	int64_t reached = k->today;
	v->items.items = new_array(c, struct siting_site, k->choice.n + 1);
	for (size_t i = 0; i < k->choice.n; i++) {
		const struct town *t = &k->problem.options->towns[k->choice.sites[i]];
		struct commune_row row;
		TRY(commune_details(c, t->insee, &row));
		reached += k->choice.gains[i];
		v->items.items[v->items.n++] = (struct siting_site){
			.rank = (int64_t)i + 1,
			.insee = row.insee,
			.name = row.name,
			.departement = row.departement,
			.lat_e5 = t->at.lat_e5,
			.lon_e5 = t->at.lon_e5,
			.people = t->people,
			.gain = k->choice.gains[i],
			.bar = k->choice.gains[i] * 100 / k->choice.gains[0],
			.share = reach_share(reached, k->people),
		};
	}
	v->after = reached;
	v->after_share = reach_share(reached, k->people);
	return OK;
}

static const char *number_word(struct ctx *c, int64_t n)
{
	static const char *const words[] = {
		K("siting.n1"), K("siting.n2"),	 K("siting.n3"),  K("siting.n4"),
		K("siting.n5"), K("siting.n6"),	 K("siting.n7"),  K("siting.n8"),
		K("siting.n9"), K("siting.n10"), K("siting.n11"), K("siting.n12")
	};
	return n >= 1 && n <= 12 ? i18n(c, words[n - 1], NULL, 0)
				 : i18n(c, "siting.n_places", &(struct arg){ "n", ARG_INT, NULL, n }, 1);
}

/* "Six lieux de plus, et la moitié des habitants serait à moins de 30 km." */
static const char *headline(struct ctx *c, const struct siting_page *v)
{
	int64_t percent = (v->after_share.v + 500) / 1000;
	const char *key = percent == 50	  ? K("siting.half")
			  : percent == 67 ? K("siting.two_thirds")
			  : percent == 75 ? K("siting.three_quarters")
					  : K("siting.percent");
	struct arg args[] = { { "places", ARG_TEXT, number_word(c, (int64_t)v->items.n), 0 },
			      { "share", ARG_TEXT, fmt_quantity(c, v->after_share), 0 },
			      { "km", ARG_INT, NULL, v->km } };
	return v->items.n ? i18n(c, key, args, 3) : T(c, "siting.nothing");
}

rc siting_fill(struct ctx *c, const struct siting_case *k, struct siting_page *v)
{
	v->sites = k->ask.sites;
	v->km = k->ask.km;
	v->smallest = k->ask.smallest;
	v->territory = k->ask.territory;
	v->territory_name = k->territory_name;
	v->base = k->ask.base;
	v->is_past = !is_none(k->ask.on);
	v->on = v->is_past ? k->ask.on : day_at(c->now, NULL);
	v->population_year = POPULATION_YEAR;
	v->ground_year = GROUND_YEAR;
	v->people = k->people;
	v->today = k->today;
	v->today_share = reach_share(k->today, k->people);
	v->epci = k->epci;
	v->epci_nobody = k->epci_nobody;
	v->options = (int64_t)k->problem.options->n;
	v->exchanges = k->choice.exchanges;
	v->places = (int64_t)k->places.n;
	v->unplaced = k->unplaced;
	TRY(put_sites(c, k, v));
	v->headline = headline(c, v);
	return OK;
}
