/* Two pages become one, or stay two. */
#include "base/test.h"

#include "base/civil.h"
#include "browse.h"
#include "exchange_cast.h"
#include "import_cast.h"
#include "observatory/double.h"
#include "world.h"

struct pair {
	struct browse *b;
	community_id kept, gone;
	const char *kept_pub, *gone_pub;
};

static struct pair cast_pair(struct world *w)
{
	struct pair p = { .b = browse_new(w) };
	person_id who = cast_person(w, "Camille", "camille@example.org");
	cast_run(w, "UPDATE person SET is_operator = TRUE WHERE id = %lld", (long long)who.v);
	browse_sign_in(p.b, who);
	cast_towns(w);
	p.kept = cast_community(w, "Atelier de l’Orme", "place");
	p.gone = cast_community(w, "Atelier de l’Orme, Poitiers", "cae");
	cast_run(
		w,
		"UPDATE community SET insee = '86194', departement = '86', lat_e5 = 4658012, lon_e5 = 34012");
	cast_run(
		w,
		"UPDATE community SET phone = '05 49 00 00 00', address = '14 rue de l’Orme' WHERE id = %lld",
		(long long)p.gone.v);
	cast_run(w, "UPDATE community SET address = '12 rue de l’Orme' WHERE id = %lld", (long long)p.kept.v);
	p.kept_pub = cast_pub(w, "community", p.kept.v);
	p.gone_pub = cast_pub(w, "community", p.gone.v);
	return p;
}

static int merge(struct world *w, const struct pair *p)
{
	return browse_post(p->b, fmt(w->c, "/operator/doubles/%s/%s/merge", p->kept_pub, p->gone_pub),
			   fmt(w->c, "keep=%s", p->kept_pub));
}

/* Each had said when it closed, and the one that goes when it began, and corrected it. */
static void cast_steps(struct world *w, long long gone, long long kept)
{
	cast_run(
		w,
		"INSERT INTO community_step_was (community, kind, year, said_at, until) VALUES (%lld, 'closed', 2019, 0, 5), "
		"(%lld, 'scic', 2018, 0, 5)",
		gone, gone);
	cast_run(
		w,
		"INSERT INTO community_step (community, kind, year, said_at) VALUES (%lld, 'closed', 2020, 0)",
		kept);
	cast_run(w, "INSERT INTO community_year_was (community, year, until) VALUES (%lld, 2011, 5)", gone);
}

/* Of the staff 2017 is told by both, 2018 by the one that goes, each corrected once; the members by it alone. */
static void cast_figures(struct world *w, long long gone, long long kept)
{
	cast_run(
		w,
		"INSERT INTO community_figure (community, year, kind, value) VALUES (%lld, 2017, 'staff', 4), (%lld, 2018, "
		"'staff', 5), (%lld, 2017, 'members', 7), (%lld, 2017, 'staff', 6)",
		gone, gone, gone, kept);
	cast_run(
		w,
		"INSERT INTO community_figure_was (community, year, kind, value, until) VALUES (%lld, 2017, 'staff', 1, 5), "
		"(%lld, 2018, 'staff', 2, 5)",
		gone, gone);
}

static void test_merge(void **state)
{
	struct world *w = *state;
	struct pair p = cast_pair(w);
	person_id member = cast_person(w, "Inès", "ines@example.org");
	membership_id m = cast_member(w, member, p.gone, "staff", ROLE_MANAGER);
	community_id cae = cast_community(w, "Cardamine", "cae");
	long long gone = p.gone.v, kept = p.kept.v;
	cast_run(
		w,
		"INSERT INTO link (pub, from_community, to_community, kind) VALUES ('0000000000000000000000000a', %lld, %lld, "
		"'linked_cae'), ('0000000000000000000000000b', %lld, %lld, 'linked_cae'), ('0000000000000000000000000c', %lld, "
		"%lld, 'hosts')",
		gone, (long long)cae.v, kept, (long long)cae.v, gone, kept);
	cast_figures(w, gone, kept);
	cast_steps(w, gone, kept);
	cast_run(
		w,
		"INSERT INTO field_source (community, field, source, said, at) VALUES (%lld, 'phone', 'osm', 'x', 1)",
		gone);
	assert_int_equal(browse_get(p.b, "/operator/doubles"), 200);
	assert_true(browse_has(p.b, p.gone_pub));
	assert_int_equal(browse_get(p.b, fmt(w->c, "/operator/doubles/%s/%s", p.kept_pub, p.gone_pub)), 200);
	assert_true(browse_has(p.b, "14 rue de l’Orme"));
	assert_int_equal(merge(w, &p), 303);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM community WHERE id = %lld", gone), 0);
	assert_string_equal(cast_text(w, "SELECT address AS value FROM community WHERE id = %lld", kept),
			    "12 rue de l’Orme");
	assert_string_equal(cast_text(w, "SELECT phone AS value FROM community WHERE id = %lld", kept),
			    "05 49 00 00 00");
	assert_int_equal(
		cast_number(w,
			    "SELECT COUNT(*) AS value FROM community WHERE id = %lld AND is_cae AND is_place",
			    kept),
		1);
	assert_int_equal(
		cast_number(w, "SELECT community AS value FROM membership WHERE id = %lld", (long long)m.v),
		kept);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM link"), 1);
	assert_int_equal(
		cast_number(w, "SELECT SUM(value) AS value FROM community_figure WHERE community = %lld",
			    kept),
		18);
	assert_int_equal(
		cast_number(w, "SELECT SUM(value) AS value FROM community_figure_was WHERE community = %lld",
			    kept),
		2);
	assert_int_equal(
		cast_number(w, "SELECT SUM(year) AS value FROM community_step_was WHERE community = %lld",
			    kept),
		2018);
	assert_int_equal(
		cast_number(
			w,
			"SELECT COUNT(*) AS value FROM field_source WHERE community = %lld AND source = 'osm'",
			kept),
		1);
	browse_free(p.b);
}

static void test_address(void **state)
{
	struct world *w = *state;
	struct pair p = cast_pair(w);
	assert_int_equal(merge(w, &p), 303);
	assert_int_equal(browse_get(p.b, fmt(w->c, "/communities/%s?x=1", p.gone_pub)), 301);
	assert_string_equal(browse_location(p.b), fmt(w->c, "/communities/%s?x=1", p.kept_pub));
	assert_int_equal(browse_api(p.b, HTTP_GET, fmt(w->c, "/communities/%s", p.gone_pub), NULL), 301);
	assert_int_equal(browse_get(p.b, fmt(w->c, "/communities/%s/murmurations.json", p.gone_pub)), 301);
	assert_int_equal(
		cast_number(
			w,
			"SELECT COUNT(*) AS value FROM audit WHERE action IN ('community.absorb', 'community.absorbed')"),
		2);
	assert_int_equal(browse_get(p.b, "/operator/doubles"), 200);
	assert_false(browse_has(p.b, p.kept_pub));
	/* Who keeps the page reads what the other said, and not that it was lost. */
	person_id malo = cast_person(w, "Malo", "malo@example.org");
	cast_member(w, malo, p.kept, "staff", ROLE_MEMBER | ROLE_MANAGER);
	browse_sign_in(p.b, malo);
	assert_int_equal(browse_get(p.b, fmt(w->c, "/communities/%s/audit", p.kept_pub)), 200);
	assert_true(browse_has(p.b, "une fiche en double"));
	assert_true(browse_has(p.b, ">Nom</span> "));
	assert_false(browse_has(p.b, "→ –"));
	browse_free(p.b);
}

static void test_refused(void **state)
{
	struct world *w = *state;
	struct pair p = cast_pair(w);
	long long gone = p.gone.v;
	person_id both = cast_person(w, "Inès", "ines@example.org");
	cast_member(w, both, p.gone, "staff", ROLE_MEMBER);
	membership_id here = cast_member(w, both, p.kept, "staff", ROLE_MEMBER);
	assert_int_equal(merge(w, &p), 409);
	assert_true(browse_has(p.b, "membre des deux"));
	cast_run(w, "DELETE FROM membership WHERE id = %lld", (long long)here.v);
	cast_run(
		w,
		"INSERT INTO place (community, zone, opening, holidays, holidays_off, cancel_day_before, cancel_minute, walk_in) "
		"VALUES (%lld, 'Europe/Paris', 'Mo-Fr 09:00-18:00', 'metropole', TRUE, FALSE, 120, TRUE)",
		gone);
	assert_int_equal(merge(w, &p), 409);
	assert_true(browse_has(p.b, "des espaces"));
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM community WHERE id = %lld", gone), 1);
	assert_int_equal(browse_post(p.b, fmt(w->c, "/operator/doubles/%s/%s/merge", p.kept_pub, p.gone_pub),
				     "keep=00000000000000000000000000"),
			 422);
	assert_int_equal(browse_post(p.b, fmt(w->c, "/operator/doubles/%s/%s/merge", p.kept_pub, p.kept_pub),
				     fmt(w->c, "keep=%s", p.kept_pub)),
			 404);
	/* The other way round it goes. */
	assert_int_equal(browse_post(p.b, fmt(w->c, "/operator/doubles/%s/%s/merge", p.kept_pub, p.gone_pub),
				     fmt(w->c, "keep=%s", p.gone_pub)),
			 303);
	browse_free(p.b);
}

static void test_two(void **state)
{
	struct world *w = *state;
	struct pair p = cast_pair(w);
	assert_int_equal(
		browse_post(p.b, fmt(w->c, "/operator/doubles/%s/%s/distinct", p.gone_pub, p.kept_pub), ""),
		303);
	assert_int_equal(browse_get(p.b, "/operator/doubles"), 200);
	assert_false(browse_has(p.b, p.gone_pub));
	/* A line for each of them, once. */
	assert_int_equal(
		browse_post(p.b, fmt(w->c, "/operator/doubles/%s/%s/distinct", p.kept_pub, p.gone_pub), ""),
		303);
	const char *pubs[] = { p.gone_pub, p.kept_pub };
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(
			cast_number(
				w,
				"SELECT COUNT(*) AS value FROM audit a JOIN chain h ON h.id = a.chain WHERE "
				"a.action = 'community.distinguish' AND h.subject = '%s' AND a.object_pub = '%s'",
				pubs[i], pubs[i]),
			1);
	browse_free(p.b);
}

/* ---- two again ---- */

static const char *merge_pub(struct world *w)
{
	return cast_text(
		w,
		"SELECT MAX(pub) AS value FROM community_merge WHERE id = (SELECT MAX(id) FROM community_merge)");
}

static int undo(struct world *w, const struct pair *p)
{
	return browse_post(p->b, fmt(w->c, "/operator/merges/%s/undo", merge_pub(w)), "");
}

static community_id gone_now(struct world *w, const struct pair *p)
{
	return (community_id){ cast_number(w, "SELECT id AS value FROM community WHERE pub = '%s'",
					   p->gone_pub) };
}

/* A column that is not kept would be lost with the page. */
static void test_all_columns(void **state)
{
	struct world *w = *state;
	const char *missing =
		w->kind == DB_SQLITE
			? "SELECT COUNT(*) AS value FROM pragma_table_info('community') WHERE name NOT IN ('id', 'pub') AND "
			  "name NOT IN (SELECT name FROM pragma_table_info('community_merge'))"
			: "SELECT COUNT(*) AS value FROM information_schema.columns c WHERE table_schema = current_schema() AND "
			  "table_name = 'community' AND column_name NOT IN ('id', 'pub') AND NOT EXISTS (SELECT 1 FROM "
			  "information_schema.columns m WHERE m.table_schema = c.table_schema AND m.table_name = "
			  "'community_merge' AND m.column_name = c.column_name)";
	assert_int_equal(cast_number(w, "%s", missing), 0);
}

/* What hangs on the two pages, as numbers that a merge and its undoing must leave as they were. */
static const char *const counts[] = {
	"SELECT COUNT(*) AS value FROM link WHERE from_community = %lld OR to_community = %lld",
	"SELECT COALESCE(SUM(value), 0) AS value FROM community_figure WHERE community = %lld AND community = %lld",
	"SELECT COALESCE(SUM(value), 0) AS value FROM community_figure_was WHERE community = %lld AND community = %lld",
	"SELECT COALESCE(SUM(year), 0) AS value FROM community_step_was WHERE community = %lld AND community = %lld",
	"SELECT COALESCE(SUM(year), 0) AS value FROM community_year_was WHERE community = %lld AND community = %lld",
	"SELECT COUNT(*) AS value FROM field_source WHERE community = %lld AND community = %lld",
	"SELECT COUNT(*) AS value FROM community_typology WHERE community = %lld AND community = %lld",
	"SELECT COUNT(*) AS value FROM membership WHERE community = %lld AND community = %lld",
	"SELECT COUNT(*) AS value FROM import_key WHERE community = %lld AND community = %lld",
	"SELECT COUNT(*) AS value FROM photo WHERE community = %lld AND community = %lld",
	"SELECT COUNT(*) AS value FROM community_moved WHERE community = %lld AND community = %lld",
	"SELECT COALESCE(MAX(lat_e5), 0) AS value FROM community WHERE id = %lld AND id = %lld",
	"SELECT COUNT(phone) AS value FROM community WHERE id = %lld AND id = %lld",
	"SELECT COUNT(source_key) AS value FROM community WHERE id = %lld AND id = %lld",
	"SELECT COUNT(*) AS value FROM community WHERE is_cae AND id = %lld AND id = %lld",
};
#define COUNTS (sizeof counts / sizeof *counts)

static void count_all(struct world *w, community_id id, int64_t out[COUNTS])
{
	for (size_t i = 0; i < COUNTS; i++)
		out[i] = cast_number(w, counts[i], (long long)id.v, (long long)id.v);
}

static void cast_hanging(struct world *w, const struct pair *p)
{
	long long gone = p->gone.v, kept = p->kept.v;
	community_id cae = cast_community(w, "Cardamine", "cae");
	cast_run(
		w,
		"INSERT INTO link (pub, from_community, to_community, kind) VALUES ('0000000000000000000000000a', %lld, %lld, "
		"'linked_cae'), ('0000000000000000000000000b', %lld, %lld, 'linked_cae'), ('0000000000000000000000000c', %lld, "
		"%lld, 'hosts'), ('0000000000000000000000000d', %lld, %lld, 'funds')",
		gone, (long long)cae.v, kept, (long long)cae.v, gone, kept, (long long)cae.v, gone);
	cast_figures(w, gone, kept);
	cast_steps(w, gone, kept);
	cast_run(
		w,
		"INSERT INTO field_source (community, field, source, said, at) VALUES (%lld, 'phone', 'osm', 'x', 1), "
		"(%lld, 'name', 'osm', 'y', 1), (%lld, 'name', 'osm', 'z', 1)",
		gone, gone, kept);
	cast_run(
		w,
		"INSERT INTO community_typology (community, vocabulary, code) VALUES (%lld, 'study', 'craft'), (%lld, "
		"'study', 'fablab')",
		gone, gone);
	cast_run(w,
		 "INSERT INTO import_key (source, key, community, imported_at) VALUES ('osm', 'n1', %lld, 1)",
		 gone);
	cast_run(
		w,
		"INSERT INTO community_moved (pub, community, at) VALUES ('0000000000000000000000000z', %lld, 1)",
		gone);
	cast_run(
		w,
		"INSERT INTO photo (pub, community, rank, alt, licence, added_at) VALUES ('0000000000000000000000000p', "
		"%lld, 1, 'La cour', 'cc0', 0), ('0000000000000000000000000q', %lld, 1, 'Le hall', 'cc0', 0)",
		gone, kept);
	cast_run(w, "UPDATE community SET source_key = 'study:7' WHERE id = %lld", gone);
	(void)cast_member(w, cast_person(w, "Inès", "ines@example.org"), p->gone, "staff", ROLE_MANAGER);
}

static void test_undo(void **state)
{
	struct world *w = *state;
	struct pair p = cast_pair(w);
	int64_t gone[COUNTS], kept[COUNTS], back[COUNTS], left[COUNTS];
	cast_hanging(w, &p);
	count_all(w, p.gone, gone);
	count_all(w, p.kept, kept);
	assert_int_equal(merge(w, &p), 303);
	assert_int_equal(browse_get(p.b, "/operator/merges"), 200);
	assert_true(browse_has(p.b, "Atelier de l’Orme, Poitiers"));
	assert_int_equal(browse_get(p.b, fmt(w->c, "/operator/merges/%s", merge_pub(w))), 200);
	assert_true(browse_has(p.b, "05 49 00 00 00"));
	assert_int_equal(undo(w, &p), 303);
	assert_string_equal(browse_location(p.b), fmt(w->c, "/communities/%s", p.gone_pub));
	count_all(w, gone_now(w, &p), back);
	count_all(w, p.kept, left);
	for (size_t i = 0; i < COUNTS; i++) {
		if (gone[i] != back[i] || kept[i] != left[i])
			print_error("%s\n", counts[i]);
		assert_int_equal(back[i], gone[i]);
		assert_int_equal(left[i], kept[i]);
	}
	/* Its address is its own again, it is told in the changes, and the two are no pair any more. */
	assert_int_equal(browse_get(p.b, fmt(w->c, "/communities/%s", p.gone_pub)), 200);
	assert_int_equal(browse_get(p.b, "/data/changes.json"), 200);
	assert_true(browse_has(p.b, p.gone_pub));
	assert_false(browse_has(p.b, fmt(w->c, "merged_into\":\"%s", p.kept_pub)));
	assert_int_equal(browse_get(p.b, "/operator/doubles"), 200);
	assert_false(browse_has(p.b, p.gone_pub));
	assert_int_equal(
		cast_number(w, "SELECT COUNT(*) AS value FROM audit WHERE action IN ('community.restore', "
			       "'community.release')"),
		2);
	assert_int_equal(undo(w, &p), 409);
	assert_int_equal(browse_get(p.b, "/operator/merges.csv?state=undone"), 200);
	assert_true(browse_has(p.b, "Camille"));
	/* Once more, and back: nothing was used up. */
	assert_int_equal(merge(w, &p), 303);
	assert_int_equal(undo(w, &p), 303);
	count_all(w, gone_now(w, &p), back);
	for (size_t i = 0; i < COUNTS; i++)
		assert_int_equal(back[i], gone[i]);
	browse_free(p.b);
}

/* What was changed since is the kept page's own. */
static void test_undo_keeps_what_is_newer(void **state)
{
	struct world *w = *state;
	struct pair p = cast_pair(w);
	struct exchange_cast x;
	cast_exchange(w, &x, 1000, "free");
	person_id ines = cast_person(w, "Inès", "ines@example.org"),
		  malo = cast_person(w, "Malo", "malo@example.org");
	membership_id used = cast_member(w, ines, p.gone, "staff", ROLE_MEMBER),
		      idle = cast_member(w, malo, p.gone, "staff", ROLE_MEMBER);
	assert_int_equal(merge(w, &p), 303);
	cast_run(w, "UPDATE community SET phone = '05 49 11 11 11' WHERE id = %lld", (long long)p.kept.v);
	cast_booking(w, &x, 0, ines, used, day_of(2026, 12, 3), 1000);
	assert_int_equal(browse_get(p.b, fmt(w->c, "/operator/merges/%s", merge_pub(w))), 200);
	assert_true(browse_has(p.b, "changé depuis"));
	assert_true(browse_has(p.b, "Un membre venu avec elle"));
	assert_int_equal(undo(w, &p), 303);
	assert_string_equal(
		cast_text(w, "SELECT phone AS value FROM community WHERE id = %lld", (long long)p.kept.v),
		"05 49 11 11 11");
	assert_string_equal(cast_text(w, "SELECT phone AS value FROM community WHERE id = %lld",
				      (long long)gone_now(w, &p).v),
			    "05 49 00 00 00");
	assert_int_equal(cast_number(w, "SELECT community AS value FROM membership WHERE id = %lld",
				     (long long)used.v),
			 p.kept.v);
	assert_int_equal(cast_number(w, "SELECT community AS value FROM membership WHERE id = %lld",
				     (long long)idle.v),
			 gone_now(w, &p).v);
	browse_free(p.b);
}

/* The page that was kept went into another: last in, first out. */
static void test_undo_in_order(void **state)
{
	struct world *w = *state;
	struct pair p = cast_pair(w);
	community_id third = cast_community(w, "Atelier de l’Orme, Vienne", "place");
	const char *third_pub = cast_pub(w, "community", third.v), *first;
	/* Of one kind, so that neither has a past that figures look at. */
	cast_run(w, "UPDATE community SET is_cae = FALSE, is_place = TRUE WHERE id = %lld",
		 (long long)p.gone.v);
	assert_int_equal(merge(w, &p), 303);
	first = talloc_strdup(w->c, merge_pub(w));
	assert_int_equal(browse_post(p.b, fmt(w->c, "/operator/doubles/%s/%s/merge", third_pub, p.kept_pub),
				     fmt(w->c, "keep=%s", third_pub)),
			 303);
	assert_int_equal(browse_get(p.b, fmt(w->c, "/operator/merges/%s", first)), 200);
	assert_true(browse_has(p.b, "fusionnée dans une autre depuis"));
	assert_int_equal(browse_post(p.b, fmt(w->c, "/operator/merges/%s/undo", first), ""), 409);
	assert_int_equal(undo(w, &p), 303);
	assert_int_equal(browse_get(p.b, fmt(w->c, "/communities/%s", p.gone_pub)), 301);
	assert_string_equal(browse_location(p.b), fmt(w->c, "/communities/%s", p.kept_pub));
	assert_int_equal(browse_post(p.b, fmt(w->c, "/operator/merges/%s/undo", first), ""), 303);
	assert_int_equal(
		cast_number(w, "SELECT COUNT(*) AS value FROM community WHERE pub IN ('%s', '%s', '%s')",
			    p.kept_pub, p.gone_pub, third_pub),
		3);
	browse_free(p.b);
}

int main(void)
{
	const struct CMUnitTest tests[] = { BOTH(test_merge),
					    BOTH(test_address),
					    BOTH(test_refused),
					    BOTH(test_two),
					    BOTH(test_all_columns),
					    BOTH(test_undo),
					    BOTH(test_undo_keeps_what_is_newer),
					    BOTH(test_undo_in_order) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
