/* The search: words as people type them, counts beside straight SQL and beside
 * a plain filter, pages, what moves the catalogue, what nobody may find. */
#include "base/test.h"

#include <stdlib.h>

#include "base/civil.h"
#include "browse.h"
#include "exchange_cast.h"
#include "observatory/finder.h"
#include "world.h"

static const struct finder_ask nothing = { .lat_e5 = NONE, .lon_e5 = NONE, .km = NONE, .on = { NONE } };

static void look(struct world *w, const struct finder_ask *ask, struct finding *f)
{
	assert_int_equal(db_snapshot(w->c), OK);
	assert_int_equal(finder_find(w->c, ask, f), OK);
	db_snapshot_end(w->c);
}

/* The names that are found, with "; " between. */
static const char *names(struct world *w, const struct finder_ask *ask)
{
	struct finding f;
	char *all = talloc_strdup(w->c->mem, "");
	look(w, ask, &f);
	for (size_t i = 0; i < f.n; i++)
		all = talloc_asprintf_append(all, "%s%s", i ? "; " : "", f.x->at[f.at[i].record].name);
	return all;
}

static const char *by_words(struct world *w, const char *words)
{
	struct finder_ask ask = nothing;
	ask.words = words;
	return names(w, &ask);
}

/* ---- words ---- */

static void add(struct world *w, const char *name, const char *kinds, const char *town,
		const char *activities)
{
	community_id id = cast_community(w, name, kinds);
	cast_run(w, "UPDATE community SET city_printed = '%s', activities = '%s' WHERE id = %lld", town,
		 activities, (long long)id.v);
}

static void test_words_are_found_as_they_are_typed(void **state)
{
	struct world *w = *state;
	static const struct {
		const char *typed, *found;
	} table[] = {
		{ "oeuvre", "Œuvre du Préau" },
		{ "Œuvres", "Œuvre du Préau" },
		{ "PREAU", "Œuvre du Préau" },
		{ "l'oeuvre au préau", "Œuvre du Préau" },
		{ "prea", "Œuvre du Préau" },
		{ "preuau", "Œuvre du Préau" },
		{ "atelier", "Les Ateliers Partagés" },
		{ "ateliers partagees", "Les Ateliers Partagés" },
		{ "atelier partagé", "Les Ateliers Partagés" },
		{ "createurs", "Créatrices d’Avenir" },
		{ "créateur", "Créatrices d’Avenir" },
		{ "local", "Bureaux et locaux" },
		{ "locaux", "Bureaux et locaux" },
		{ "bureau", "Bureaux et locaux" },
		{ "collectif", "Maison collective" },
		{ "collectives", "Maison collective" },
		{ "st denis", "Maison collective" },
		{ "saint-denis", "Maison collective" },
		{ "maison st-denis", "Maison collective" },
		{ "maison poitiers", "" },
		{ "laser", "Les Ateliers Partagés" },
		{ "decoupe laser", "Les Ateliers Partagés" },
		{ "fablab", "Les Ateliers Partagés" },
		{ "tricot", "Créatrices d’Avenir" },
		{ "les", "Les Ateliers Partagés" },
		{ "xyzzy", "" },
		{ "%",
		  "Bureaux et locaux; Créatrices d’Avenir; Les Ateliers Partagés; Maison collective; Œuvre du Préau" },
	};
	add(w, "Œuvre du Préau", "place", "Bâgé", "Café");
	add(w, "Les Ateliers Partagés", "place", "Poitiers", "Bois");
	add(w, "Créatrices d’Avenir", "other", "Paris", "Tricots, dentelle");
	add(w, "Bureaux et locaux", "company", "Niort", "Mètres carrés");
	add(w, "Maison collective", "collective", "Saint-Denis", "Habitat");
	cast_run(
		w,
		"INSERT INTO community_feature (community, feature) SELECT id, 'laser_cutter' FROM community "
		"WHERE activities = 'Bois'");
	cast_run(w,
		 "INSERT INTO community_typology (community, vocabulary, code) SELECT id, 'study', 'fablab' "
		 "FROM community WHERE activities = 'Bois'");
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		const char *found = by_words(w, table[i].typed);
		if (strcmp(found, table[i].found) != 0)
			print_message("%s: %s\n", table[i].typed, found);
		assert_string_equal(found, table[i].found);
	}
}

static void test_a_name_weighs_more_than_a_town_and_a_town_more_than_the_rest(void **state)
{
	struct world *w = *state;
	add(w, "Alpha", "place", "Lyon", "Café, chanvre");
	add(w, "Beta", "place", "Chanvre", "Bois");
	add(w, "Chanvre et lin", "place", "Lyon", "Bois");
	add(w, "Chanvre", "place", "Lyon", "Bois");
	assert_string_equal(by_words(w, "chanvre"), "Chanvre; Chanvre et lin; Beta; Alpha");
}

/* ---- counts ---- */

enum { MANY = 80, TRIES = 150 };

static unsigned roll(unsigned *seed, unsigned n)
{
	*seed = *seed * 1103515245U + 12345U;
	return *seed >> 16 & 0x7fff ? (*seed >> 16 & 0x7fff) % n : 0;
}

/* Communities of all sorts. */
static void scatter(struct world *w, unsigned *seed)
{
	static const char *const kinds[] = { "place",	"cae",	   "place collective",
					     "network", "company", "other place" };
	static const char *const features[] = { "wifi", "cafe", "parking", "laser_cutter" };
	static const char *const forms[] = { "'scic'", "'scop'", "'association'", "NULL" };
	cast_run(
		w,
		"INSERT INTO region (code, name, chef_lieu, zone) VALUES ('75', 'Nouvelle-Aquitaine', '33063', 'metro')");
	cast_run(
		w,
		"INSERT INTO departement (code, name, region, chef_lieu, zone) VALUES ('86', 'Vienne', '75', '86194', "
		"'metro'), ('79', 'Deux-Sèvres', '75', '79191', 'metro')");
	for (int i = 0; i < MANY; i++) {
		community_id id = cast_community(w, talloc_asprintf(w->c->mem, "Lieu %c%02d", 'a' + i % 7, i),
						 kinds[roll(seed, 6)]);
		cast_run(
			w,
			"UPDATE community SET legal_form = %s, departement = %s, lat_e5 = %d, lon_e5 = %d, cg_member = %s "
			"WHERE id = %lld",
			forms[roll(seed, 4)], roll(seed, 3) ? "'86'" : "'79, 86'",
			4600000 + (int)roll(seed, 30000) * 3, (int)roll(seed, 30000) * 3,
			roll(seed, 2) ? "TRUE" : "NULL", (long long)id.v);
		for (int f = 0; f < 4; f++)
			if (roll(seed, 2))
				cast_run(
					w,
					"INSERT INTO community_feature (community, feature) VALUES (%lld, '%s')",
					(long long)id.v, features[f]);
	}
}

static uint32_t counted(const struct finding *f, enum search_facet facet, const char *value)
{
	tag t = tag_of(f->x, facet, value);
	assert_int_not_equal(t, TAG_NONE);
	return f->counts[t];
}

static void test_counts_are_those_of_straight_sql(void **state)
{
	struct world *w = *state;
	struct finding f;
	unsigned seed = 7;
	struct finder_ask ask = nothing;
	scatter(w, &seed);
	look(w, &ask, &f);
	assert_int_equal(f.n, cast_number(w, "SELECT COUNT(*) AS value FROM community"));
	assert_int_equal(counted(&f, SEARCH_FACET_KIND, "cae"),
			 cast_number(w, "SELECT COUNT(*) AS value FROM community WHERE is_cae"));
	assert_int_equal(
		counted(&f, SEARCH_FACET_DEPARTEMENT, "79"),
		cast_number(w, "SELECT COUNT(*) AS value FROM community WHERE departement = '79, 86'"));
	ask.tags = "kind:place form:scic feature:wifi";
	ask.places = true;
	look(w, &ask, &f);
	const char *both =
		"SELECT COUNT(*) AS value FROM community c WHERE is_place AND EXISTS (SELECT 1 FROM "
		"community_feature f WHERE f.community = c.id AND f.feature = 'wifi') AND %s";
	assert_int_equal(f.n, cast_number(w, both, "legal_form = 'scic'"));
	/* Its own facet lifted. */
	assert_int_equal(counted(&f, SEARCH_FACET_FORM, "scop"), cast_number(w, both, "legal_form = 'scop'"));
	/* Of features all are wanted. */
	assert_int_equal(counted(&f, SEARCH_FACET_FEATURE, "cafe"),
			 cast_number(w, both,
				     "legal_form = 'scic' AND EXISTS (SELECT 1 FROM community_feature g "
				     "WHERE g.community = c.id AND g.feature = 'cafe')"));
	assert_int_equal(counted(&f, SEARCH_FACET_CG, "yes"),
			 cast_number(w, both, "legal_form = 'scic' AND cg_member"));
}

/* ---- beside a plain filter ---- */

static bool has(const struct catalogue *x, const struct record *r, tag t)
{
	for (unsigned i = 0; i < r->n_tags; i++)
		if (x->tags[r->tags + i] == t)
			return true;
	return false;
}

/* One facet after the other, as they are told in words; `but` is lifted (-1: none). */
static bool passes(const struct finding *f, const struct record *r, int but)
{
	for (int facet = 0; facet < SEARCH_FACET_COUNT; facet++) {
		bool any = false, all = true, asked = false;
		for (size_t i = 0; i < f->n_chosen; i++)
			if ((int)facet_of(f->x, f->chosen[i]) == facet) {
				bool it = has(f->x, r, f->chosen[i]);
				asked = true;
				any = any || it;
				all = all && it;
			}
		if (asked && facet != but && !(facet == SEARCH_FACET_FEATURE ? all : any))
			return false;
	}
	return true;
}

static void compare_with_plain(const struct finding *f)
{
	const struct catalogue *x = f->x;
	size_t n = 0;
	for (uint32_t i = 0; i < x->n; i++)
		n += passes(f, &x->at[i], -1);
	assert_int_equal(f->n, n);
	for (size_t i = 0; i < f->n; i++)
		assert_true(passes(f, &x->at[f->at[i].record], -1));
	for (tag t = 0; t < x->facet[SEARCH_FACET_COUNT]; t++) {
		int lifted = facet_of(x, t) == SEARCH_FACET_FEATURE ? -1 : (int)facet_of(x, t);
		uint32_t count = 0;
		for (uint32_t i = 0; i < x->n; i++)
			count += has(x, &x->at[i], t) && passes(f, &x->at[i], lifted);
		assert_int_equal(f->counts[t], count);
	}
}

static void test_any_filters_give_what_a_plain_filter_gives(void **state)
{
	struct world *w = *state;
	static const char *const some[] = { "kind:place",     "kind:cae",	  "kind:network",
					    "feature:wifi",   "feature:cafe",	  "feature:parking",
					    "form:scic",      "form:association", "cg:yes",
					    "departement:86", "departement:79",	  "linked:no" };
	unsigned seed = 11;
	scatter(w, &seed);
	for (int i = 0; i < TRIES; i++) {
		struct finder_ask ask = nothing;
		struct finding f;
		char *tags = talloc_strdup(w->c->mem, "");
		for (unsigned k = 0; k < roll(&seed, 5); k++)
			tags = talloc_asprintf_append(tags, "%s ",
						      some[roll(&seed, sizeof some / sizeof *some)]);
		ask.tags = tags;
		look(w, &ask, &f);
		compare_with_plain(&f);
	}
}

/* ---- near ---- */

static int by_metres(const void *a, const void *b)
{
	const struct neighbour *x = a, *y = b;
	return x->metres != y->metres ? (x->metres > y->metres) - (x->metres < y->metres)
				      : (x->record > y->record) - (x->record < y->record);
}

static void test_the_nearest_are_those_of_all_distances(void **state)
{
	struct world *w = *state;
	struct ctx *c = w->c;
	const struct catalogue *x;
	unsigned seed = 3;
	scatter(w, &seed);
	assert_int_equal(db_snapshot(c), OK);
	assert_int_equal(catalogue(c, &x), OK);
	struct neighbour *all = talloc_array(c->mem, struct neighbour, x->n);
	for (int i = 0; i < 40; i++) {
		int64_t lat = 4600000 + (int)roll(&seed, 30000) * 3, lon = (int)roll(&seed, 30000) * 3;
		struct neighbours whole = catalogue_around(c, x, lat, lon, 1000), few;
		assert_int_equal(whole.n, x->n);
		memcpy(all, whole.at, x->n * sizeof *all);
		qsort(all, x->n, sizeof *all, by_metres);
		few = catalogue_nearest(c, x, lat, lon, 10);
		assert_int_equal(few.n, 10);
		for (int k = 0; k < 10; k++)
			assert_int_equal(few.at[k].record, all[k].record);
	}
	db_snapshot_end(c);
}

/* ---- pages ---- */

/* Every id that pages of that many give, one page after the other. */
static const char *walk(struct browse *b, const char *query, int limit, int *n)
{
	char *all = talloc_strdup(b->mem, ""), after[27] = "";
	*n = 0;
	for (int pages = 0; pages < 200; pages++) {
		char *path = talloc_asprintf(b->mem, "/places?%s&limit=%d&after=%s", query, limit, after);
		assert_int_equal(browse_api(b, HTTP_GET, path, NULL), 200);
		const char *items = strstr(b->body, "\"items\":[");
		assert_non_null(items);
		const char *end = strstr(items, "\"panel\"");
		for (const char *p = items; (p = strstr(p, "{\"pub\":\"")) && p < end; p += 8, ++*n)
			all = talloc_asprintf_append(all, "%.26s ", p + 8);
		const char *next = strstr(b->body, "\"next\":\"");
		if (!next)
			break;
		snprintf(after, sizeof after, "%.26s", next + 8);
	}
	return all;
}

static void test_pages_leave_nobody_out_and_tell_nobody_twice(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	static const char *const queries[] = {
		"", "sort=name", "sort=price", "q=lieu", "lat=4610000&lon=30000&km=300", "is=feature:wifi"
	};
	unsigned seed = 5;
	scatter(w, &seed);
	for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
		int n, m;
		const char *whole = walk(b, queries[i], 50, &n);
		assert_string_equal(walk(b, queries[i], 7, &m), whole);
		assert_int_equal(n, m);
		for (const char *p = whole; *p; p += 27)
			assert_null(strstr(p + 27, talloc_strndup(b->mem, p, 26)));
	}
	int n;
	walk(b, "sort=name", 7, &n);
	assert_int_equal(n, cast_number(w, "SELECT COUNT(*) AS value FROM community WHERE is_place"));
	browse_free(b);
}

static void test_a_page_goes_on_where_a_line_that_is_gone_would_stand(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	const char *pubs[3];
	for (int i = 0; i < 3; i++)
		pubs[i] = cast_pub(w, "community",
				   cast_community(w, talloc_asprintf(b->mem, "Lieu %d", i), "place").v);
	cast_run(w, "UPDATE community SET is_place = FALSE WHERE name = 'Lieu 1'");
	char *path = talloc_asprintf(b->mem, "/places?sort=name&after=%s", pubs[1]);
	assert_int_equal(browse_api(b, HTTP_GET, path, NULL), 200);
	assert_false(browse_has(b, pubs[0]));
	assert_true(browse_has(b, pubs[2]));
	browse_free(b);
}

/* ---- what moves it ---- */

static void test_every_change_is_found_at_once(void **state)
{
	struct world *w = *state;
	struct finder_ask wifi = nothing, desks = nothing, cae = nothing;
	assert_string_equal(by_words(w, "moulin"), "");
	community_id id = cast_community(w, "Le Moulin", "place");
	community_id coop = cast_community(w, "Cardamine", "cae");
	long long at = (long long)id.v;
	assert_string_equal(by_words(w, "moulin"), "Le Moulin");
	struct finder_ask places = nothing;
	places.places = true;
	assert_string_equal(names(w, &places), "Le Moulin");
	cast_run(
		w,
		"INSERT INTO community_step (community, kind, year, said_at) VALUES (%lld, 'closed', 2025, 0)",
		at);
	assert_string_equal(names(w, &places), "");
	assert_string_equal(by_words(w, "moulin"), "Le Moulin");
	cast_run(w, "DELETE FROM community_step WHERE community = %lld", at);
	wifi.tags = "feature:wifi";
	assert_string_equal(names(w, &wifi), "");
	cast_run(w, "INSERT INTO community_feature (community, feature) VALUES (%lld, 'wifi')", at);
	assert_string_equal(names(w, &wifi), "Le Moulin");
	cast_run(w, "DELETE FROM community_feature WHERE community = %lld", at);
	assert_string_equal(names(w, &wifi), "");
	desks.tags = "space:desks";
	cast_run(
		w,
		"INSERT INTO space (pub, community, name, kind, capacity, counted, granule, shortest, longest, notice, horizon, "
		"needs_approval, rank) VALUES ('%026d', %lld, 'Plateau', 'desks', 4, TRUE, 30, 30, 600, 0, 60, FALSE, 1)",
		7, at);
	assert_string_equal(names(w, &desks), "Le Moulin");
	cast_run(w, "UPDATE space SET archived_at = 1 WHERE community = %lld", at);
	assert_string_equal(names(w, &desks), "");
	cae.tags = talloc_asprintf(w->c->mem, "cae:%s", cast_pub(w, "community", coop.v));
	cast_run(
		w,
		"INSERT INTO link (pub, from_community, to_community, kind, from_confirmed_at) VALUES ('%026d', %lld, %lld, "
		"'linked_cae', 1)",
		8, at, (long long)coop.v);
	assert_string_equal(names(w, &cae), "Le Moulin");
	cast_run(w, "UPDATE community SET name = 'La Scierie', folded = 'la scierie' WHERE id = %lld", at);
	assert_string_equal(by_words(w, "moulin"), "");
	assert_string_equal(by_words(w, "scieries"), "La Scierie");
}

/* ---- what is nobody's business ---- */

static void test_what_is_not_public_is_not_found(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	person_id ines = cast_person(w, "Canarine Secret", "canarine@example.org");
	community_id place = cast_community(w, "Le Moulin", "place");
	cast_member(w, ines, place, "resident", ROLE_MEMBER);
	cast_run(w, "UPDATE community SET legal_note = 'canarinenote' WHERE id = %lld", (long long)place.v);
	static const char *const words[] = { "canarine", "secret", "canarine@example.org", "canarinenote",
					     "resident" };
	static const char *const pages[] = { "/places?q=", "/communities?q=", "/places.csv?q=",
					     "/communities.geojson?q=" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		assert_string_equal(by_words(w, words[i]), "");
		for (size_t k = 0; k < sizeof pages / sizeof *pages; k++) {
			assert_int_equal(browse_get(b, talloc_asprintf(b->mem, "%s%s", pages[k], words[i])),
					 200);
			assert_false(browse_has(b, "Le Moulin"));
		}
	}
	browse_free(b);
}

static void receive(struct world *w, community_id place, const char *opening)
{
	cast_run(
		w,
		"INSERT INTO place (community, zone, opening, holidays, holidays_off, cancel_day_before, "
		"cancel_minute, walk_in) VALUES (%lld, 'Europe/Paris', '%s', 'metropole', FALSE, TRUE, 1080, TRUE)",
		(long long)place.v, opening);
}

/* A source tells hours: the list says them, as the page does. */
static void test_hours_that_a_source_tells(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	community_id place = cast_community(w, "Le Lavoir", "place"),
		     far = cast_community(w, "Le Fort", "place");
	assert_int_equal(browse_get(b, "/places"), 200);
	assert_true(browse_has(b, "Horaires non renseignés"));
	cast_run(
		w,
		"INSERT INTO community_fact (community, field, value) VALUES (%lld, 'opening', 'Tu 09:00-18:00'), "
		"(%lld, 'opening', 'Tu 09:00-18:00')",
		(long long)place.v, (long long)far.v);
	cast_run(w, "UPDATE community SET departement = '974' WHERE id = %lld", (long long)far.v);
	assert_int_equal(browse_get(b, "/places"), 200);
	assert_false(browse_has(b, "Horaires non renseignés"));
	assert_true(browse_has(b, "mar. 9"));
	/* It is Tuesday, ten o'clock in Paris; what time it is there the source does not say. */
	assert_int_equal(browse_get(b, "/places?open=1"), 200);
	assert_true(browse_has(b, "Le Lavoir"));
	assert_false(browse_has(b, "Le Fort"));
	browse_free(b);
}

static void test_rights_are_the_asker_s_own(void **state)
{
	struct world *w = *state;
	struct exchange_cast x;
	struct browse *b = browse_new(w), *visitor = browse_new(w);
	cast_exchange(w, &x, 1000, "free");
	person_id ines = cast_person(w, "Inès", "ines@example.org");
	const char *place = cast_text(w, "SELECT name AS value FROM community WHERE id = %lld",
				      (long long)x.places[0].v);
	cast_member(w, ines, x.cae, "cape", ROLE_MEMBER);
	receive(w, x.places[0], "Mo-Su 08:00-20:00");
	browse_sign_in(b, ines);
	assert_int_equal(browse_get(b, "/places?usable=1"), 200);
	assert_true(browse_has(b, place));
	cast_run(w, "UPDATE party SET state = 'left' WHERE community = %lld", (long long)x.cae.v);
	assert_int_equal(browse_get(b, "/places?usable=1"), 200);
	assert_false(browse_has(b, place));
	/* Nobody is signed in: the filter is not there. */
	assert_int_equal(browse_get(visitor, "/places?usable=1"), 200);
	assert_true(browse_has(visitor, place));
	browse_free(b);
	browse_free(visitor);
}

/* What a press on each would leave, beside what the press leaves. */
static void test_open_free_and_usable_keep_their_promise(void **state)
{
	struct world *w = *state;
	struct exchange_cast x;
	struct finding f;
	cast_exchange(w, &x, 1000, "free");
	w->c->actor.person = cast_person(w, "Inès", "ines@example.org");
	cast_member(w, w->c->actor.person, x.cae, "cape", ROLE_MEMBER);
	receive(w, x.places[0], "Mo-Su 08:00-20:00");
	receive(w, x.places[1], "Mo-Su 14:00-20:00");
	cast_run(w, "UPDATE space SET kind = 'room' WHERE id = %lld", (long long)x.spaces[0].v);
	for (int mask = 0; mask < 8; mask++) {
		struct finder_ask ask = { .places = true, .lat_e5 = NONE, .lon_e5 = NONE, .km = NONE };
		ask.on = day_at(w->c->now, NULL);
		ask.uses = true;
		ask.open = mask & 1;
		ask.free = mask & 2;
		ask.usable = mask & 4;
		look(w, &ask, &f);
		const struct finder_uses promised = f.uses;
		for (int k = 0; k < 3; k++) {
			struct finder_ask pressed = ask;
			*(k == 0 ? &pressed.open : k == 1 ? &pressed.free : &pressed.usable) = true;
			look(w, &pressed, &f);
			assert_int_equal(f.n, k == 0   ? promised.open
					      : k == 1 ? promised.free
						       : promised.usable);
		}
		if (!mask) {
			assert_int_equal(promised.open, 1);
			assert_int_equal(promised.free, 2);
			/* A right to desks is none to the room; the third has not said how it receives. */
			assert_int_equal(promised.usable, 1);
		}
	}
}

static void test_pages_that_were_said_to_be_right_come_first(void **state)
{
	struct world *w = *state;
	struct finder_ask places = nothing;
	places.places = true;
	cast_community(w, "Alpha", "place");
	cast_community(w, "Beta", "place");
	cast_community(w, "Gamma", "place");
	cast_run(w, "UPDATE community SET confirmed_at = %lld WHERE name = 'Gamma'",
		 (long long)WORLD_NOW - 364 * 86400LL);
	cast_run(w, "UPDATE community SET confirmed_at = %lld WHERE name = 'Beta'",
		 (long long)WORLD_NOW - 400 * 86400LL);
	assert_string_equal(names(w, &places), "Gamma; Alpha; Beta");
	places.order = FINDER_NAME;
	assert_string_equal(names(w, &places), "Alpha; Beta; Gamma");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_words_are_found_as_they_are_typed),
		BOTH(test_a_name_weighs_more_than_a_town_and_a_town_more_than_the_rest),
		BOTH(test_counts_are_those_of_straight_sql),
		BOTH(test_any_filters_give_what_a_plain_filter_gives),
		BOTH(test_the_nearest_are_those_of_all_distances),
		BOTH(test_pages_leave_nobody_out_and_tell_nobody_twice),
		BOTH(test_a_page_goes_on_where_a_line_that_is_gone_would_stand),
		BOTH(test_every_change_is_found_at_once),
		BOTH(test_what_is_not_public_is_not_found),
		BOTH(test_hours_that_a_source_tells),
		BOTH(test_rights_are_the_asker_s_own),
		BOTH(test_open_free_and_usable_keep_their_promise),
		BOTH(test_pages_that_were_said_to_be_right_come_first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
