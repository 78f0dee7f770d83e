/* Two pages become one, or stay two. */
#include "base/test.h"

#include "browse.h"
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

int main(void)
{
	const struct CMUnitTest tests[] = { BOTH(test_merge), BOTH(test_address), BOTH(test_refused),
					    BOTH(test_two) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
