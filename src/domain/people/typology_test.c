/* What a place is: read from its activities, written by groups, told to the map. */
#include "base/test.h"

#include "base/fold.h"
#include "browse.h"
#include "people/import_places.h"
#include "people/typology.h"
#include "territory/territory.h"
#include "world.h"

static rc shipped(struct ctx *c, void *arg)
{
	return import_places_shipped(c, arg);
}

static int64_t with_code(struct world *w, const char *place, const char *vocabulary, const char *code)
{
	return cast_number(w,
			   "SELECT COUNT(*) AS value FROM community_typology t JOIN community c ON c.id = "
			   "t.community WHERE c.name = '%s' AND vocabulary = '%s' AND code = '%s'",
			   place, vocabulary, code);
}

static const char *dominant(struct world *w, const char *place)
{
	return cast_text(w, "SELECT dominant AS value FROM community WHERE is_place AND name = '%s'", place);
}

static int64_t count(struct world *w, const char *what)
{
	return cast_number(w, "SELECT COUNT(*) AS value FROM %s", what);
}

static void check_seeds(struct world *w)
{
	assert_int_equal(count(w, "community_typology WHERE code = 'tiers_lieux'"), 42);
	assert_int_equal(with_code(w, "8 Fablab Drôme", "study", "fablab"), 1);
	assert_int_equal(with_code(w, "8 Fablab Drôme", "study", "craft"), 1);
	assert_int_equal(with_code(w, "8 Fablab Drôme", "national", "fablab"), 1);
	assert_int_equal(with_code(w, "Epicentre Cowork", "besson", "activity"), 1);
	/* A repair café is a workshop, no café. */
	assert_int_equal(with_code(w, "SAPIE", "study", "workshops"), 1);
	assert_int_equal(count(w, "community_feature f JOIN community c ON c.id = f.community WHERE c.name "
				  "= 'SAPIE' AND feature = 'cafe'"),
			 0);
	/* Nothing is guessed of what the table leaves open. */
	assert_int_equal(count(w,
			       "community_typology t JOIN community c ON c.id = t.community WHERE c.name = "
			       "'Cluster Jura' AND vocabulary = 'study'"),
			 0);
	assert_string_equal(dominant(w, "Epicentre Cowork"), "coworking");
	assert_string_equal(dominant(w, "8 Fablab Drôme"), "workshop");
	assert_string_equal(dominant(w, "Café PLUM"), "culture");
	assert_string_equal(dominant(w, "Cooperative Baraka"), "food");
	assert_string_equal(dominant(w, "Le Champs des Possibles"), "farm");
	assert_string_equal(dominant(w, "Cluster Jura"), "other");
	assert_int_equal(count(w, "community WHERE dominant IS NOT NULL"), 42);
	assert_string_equal(cast_text(w,
				      "SELECT said AS value FROM field_source s JOIN community c ON c.id = "
				      "s.community WHERE c.name = 'Le Champs des Possibles' AND field = "
				      "'insee'"),
			    "Villeunaux-la-Petite");
}

static void test_seed(void **state)
{
	struct world *w = *state;
	struct import_report r;
	int64_t n;
	assert_int_equal(territory_load(w->c, &n), OK);
	assert_int_equal(db_write(w->c, shipped, &r), OK);
	check_seeds(w);
	/* What a steward took away does not come back with a second run. */
	cast_run(w, "DELETE FROM community_typology WHERE code = 'fablab'");
	int64_t typologies = count(w, "community_typology"), sources = count(w, "field_source");
	assert_int_equal(db_write(w->c, shipped, &r), OK);
	assert_int_equal(count(w, "community_typology"), typologies);
	assert_int_equal(count(w, "field_source"), sources);
}

struct task {
	community_id community;
	struct code_set codes, features;
	int said;
};

static rc set(struct ctx *c, void *arg)
{
	struct task *t = arg;
	TRY(typology_write(c, t->community, TYPOLOGY_VOCABULARY_STUDY, &t->codes));
	TRY(features_write(c, t->community, &t->features));
	return dominant_write(c, t->community, t->said);
}

static void test_write(void **state)
{
	struct world *w = *state;
	struct task t = { .community = cast_community(w, "La Bobine", "place"), .said = -1 };
	struct code_set now[TYPOLOGY_VOCABULARY_COUNT];
	t.codes.has[STUDY_TYPOLOGY_TEXTILE] = t.features.has[COMMUNITY_FEATURE_SEWING] = true;
	assert_int_equal(db_write(w->c, set, &t), OK);
	assert_string_equal(dominant(w, "La Bobine"), "workshop");
	assert_int_equal(db_snapshot(w->c), OK);
	assert_int_equal(typology_read(w->c, t.community, now), OK);
	db_snapshot_end(w->c);
	assert_true(now[TYPOLOGY_VOCABULARY_STUDY].has[STUDY_TYPOLOGY_CRAFT]);
	assert_true(now[TYPOLOGY_VOCABULARY_STUDY].has[STUDY_TYPOLOGY_TEXTILE]);
	assert_int_equal(count(w, "community_feature"), 1);
	/* What a steward says goes before what follows; taken back, it follows again. */
	t.said = PLACE_DOMINANT_CULTURE;
	t.codes.has[STUDY_TYPOLOGY_TEXTILE] = false;
	assert_int_equal(db_write(w->c, set, &t), OK);
	assert_string_equal(dominant(w, "La Bobine"), "culture");
	assert_int_equal(count(w, "community_typology"), 0);
	t.said = -1;
	assert_int_equal(db_write(w->c, set, &t), OK);
	assert_string_equal(dominant(w, "La Bobine"), "other");
}

static void test_national(void **state)
{
	struct world *w = *state;
	assert_string_equal(national_code(w->c, NATIONAL_TYPOLOGY_TIERS_LIEUX), "TIERS_LIEUX");
	assert_string_equal(national_code(w->c, NATIONAL_TYPOLOGY_AUTRE), "Autre");
	assert_int_equal(national_find(w->c, "PIJ_BIJ"), NATIONAL_TYPOLOGY_PIJ_BIJ);
	assert_int_equal(national_find(w->c, "Autre"), NATIONAL_TYPOLOGY_AUTRE);
	assert_int_equal(national_find(w->c, "CLUB"), -1);
}

struct phrase {
	community_id community;
	const char *activities;
};

static rc seed(struct ctx *c, void *arg)
{
	struct phrase *p = arg;
	return typology_seed(c, p->community, false, p->activities);
}

/* Every phrase of the list is folded, is found, and names only codes that exist. */
static void test_words(void **state)
{
	struct world *w = *state;
	static const struct {
		const char *phrase, *codes;
	} all[] = {
#define SAYS(phrase, codes) { phrase, codes },
#include "people/typology_words.def"
#undef SAYS
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct phrase p = { cast_community(w, all[i].phrase, "collective"),
				    fmt(w->c, "Ici : %s, etc.", all[i].phrase) };
		int64_t wanted = 1;
		for (const char *s = all[i].codes; *s; s++)
			wanted += *s == ' ';
		assert_string_equal(fold(w->c, all[i].phrase), all[i].phrase);
		assert_int_equal(db_write(w->c, seed, &p), OK);
		int64_t got = cast_number(
			w,
			"SELECT (SELECT COUNT(*) FROM community_typology WHERE community = %lld) + "
			"(SELECT COUNT(*) FROM community_feature WHERE community = %lld) AS value",
			(long long)p.community.v, (long long)p.community.v);
		if (got < wanted)
			fail_msg("%s: %s", all[i].phrase, all[i].codes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { BOTH(test_seed), BOTH(test_write), BOTH(test_national),
					    BOTH(test_words) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
