#include "base/test.h"

#include "base/civil.h"
#include "browse.h"
#include "people/people.h"
#include "world.h"

#define RIGHT "&s_cape=1&k_workshop=1&measure=day&price_kind=percent&price_value=30&period=month&per_person=2"
#define TERMS                                                                                                    \
	"name=Ponts&from=2026-11-01&to=2027-06-30&text=Un&charter=Deux&credit_per_day=1&workshop_value=flat"     \
	"&workshop_credit=4&workshop_minimum=3&workshop_eligible=place_members&workshop_debit=host&due_days=180" \
	"&no_show=counts&late=free&late_hours=0&expiry=cancelled&retention_months=9"

struct scene {
	struct browse *lucie, *paul;
	const char *at;
};

static struct scene draft(struct world *w)
{
	struct scene s = { browse_new(w), browse_new(w), NULL };
	person_id lucie = cast_person(w, "Lucie", "lucie@example.org");
	person_id paul = cast_person(w, "Paul", "paul@example.org");
	cast_member(w, lucie, cast_community(w, "La Toile des lieux", "network"), "staff", ROLE_COORDINATOR);
	cast_member(w, paul, cast_community(w, "Ailleurs", "cae"), "staff", ROLE_MANAGER);
	browse_sign_in(s.lucie, lucie);
	browse_sign_in(s.paul, paul);
	assert_int_equal(browse_post(s.lucie, "/conventions/new", "name=Ponts&from=2026-11-01&to=2027-10-31"),
			 303);
	s.at = talloc_strndup(w->c, browse_location(s.lucie), strlen("/conventions/") + 26);
	return s;
}

static void leave(struct scene *s)
{
	browse_free(s->lucie);
	browse_free(s->paul);
}

static const char *right_named(struct world *w, const char *name)
{
	return fmt(w->c, "/grants/%s",
		   cast_text(w, "SELECT pub AS value FROM grant_rule WHERE name = '%s'", name));
}

static int64_t rights(struct world *w)
{
	return cast_number(w, "SELECT COUNT(*) AS value FROM grant_rule");
}

static const char *first(struct world *w)
{
	return cast_text(w, "SELECT name AS value FROM grant_rule ORDER BY rank, id LIMIT 1");
}

static int64_t logged(struct world *w, const char *action, const char *which)
{
	return cast_number(
		w,
		"SELECT COUNT(*) AS value FROM audit a JOIN audit_detail d ON d.audit = a.id WHERE a.action = '%s' AND %s",
		action, which);
}

static void test_several_rights(void **state)
{
	struct world *w = *state;
	struct scene s = draft(w);
	const char *add = fmt(w->c, "%s/grants/new", s.at);
	assert_int_equal(browse_get(s.lucie, add), 200);
	assert_int_equal(browse_post(s.lucie, add,
				     "name=Fablab&k_workshop=1&measure=day&price_kind=free&period=month"),
			 422);
	assert_int_equal(browse_post(s.paul, add, "name=Fablab" RIGHT), 404);
	assert_int_equal(browse_post(s.lucie, add, "name=Fablab" RIGHT), 303);
	assert_int_equal(rights(w), 2);
	assert_int_equal(browse_get(s.lucie, fmt(w->c, "%s/text", s.at)), 200);
	assert_true(browse_has(s.lucie, "Fablab"));
	assert_true(browse_has(s.lucie, "remise de 30\u00a0%"));
	/* Changed and moved up. */
	const char *fablab = right_named(w, "Fablab");
	assert_int_equal(browse_get(s.paul, fablab), 404);
	assert_int_equal(browse_post(s.paul, fmt(w->c, "%s/remove", fablab), ""), 404);
	assert_int_equal(browse_get(s.lucie, fablab), 200);
	assert_int_equal(browse_post(s.lucie, fablab, "name=Machines" RIGHT), 303);
	assert_int_equal(browse_post(s.lucie, fmt(w->c, "%s/up", fablab), ""), 303);
	assert_string_equal(first(w), "Machines");
	assert_int_equal(browse_post(s.lucie, fmt(w->c, "%s/up", fablab), "again=1"), 303);
	assert_string_equal(first(w), "Machines");
	/* All hold as long as the version. */
	assert_int_equal(browse_post(s.lucie, fmt(w->c, "%s/terms", s.at), TERMS "&preview=1"), 303);
	assert_non_null(strstr(browse_location(s.lucie), "/terms#preview"));
	assert_int_equal(cast_number(w, "SELECT COUNT(DISTINCT to_day) AS value FROM grant_rule"), 1);
	assert_int_equal(browse_get(s.lucie, fmt(w->c, "%s/text", s.at)), 200);
	assert_true(browse_has(s.lucie, fmt(w->c, "%s/terms", s.at)));
	assert_int_equal(browse_post(s.lucie, fmt(w->c, "%s/remove", fablab), ""), 303);
	assert_int_equal(rights(w), 1);
	const char *last = right_named(w, first(w));
	assert_int_equal(browse_post(s.lucie, fmt(w->c, "%s/remove", last), "again=1"), 409);
	/* The log of who runs it says what was and is; what changed nothing is not in it. */
	assert_int_equal(logged(w, "grant.add", "before IS NULL AND after LIKE '%Fablab%'"), 1);
	assert_int_equal(logged(w, "grant.edit", "before LIKE '%Fablab%' AND after LIKE '%Machines%'"), 1);
	assert_int_equal(
		logged(w, "convention.terms", "before LIKE '%, Machines%' AND after LIKE '%Machines, %'"), 1);
	assert_int_equal(logged(w, "convention.terms", "before LIKE '%charter%' AND after LIKE '%charter%'"),
			 1);
	assert_int_equal(logged(w, "convention.terms", "after IS NOT NULL"), 2);
	assert_int_equal(logged(w, "grant.remove", "before LIKE '%Machines%' AND after IS NULL"), 1);
	leave(&s);
}

/* What was proposed is not edited by any of these doors. */
static void test_proposed_rights_stay(void **state)
{
	struct world *w = *state;
	struct scene s = draft(w);
	const char *right = right_named(w, first(w));
	assert_int_equal(browse_post(s.lucie, fmt(w->c, "%s/grants/new", s.at), "name=Fablab" RIGHT), 303);
	cast_run(w, "UPDATE convention_version SET proposed_at = 1");
	assert_int_equal(browse_get(s.lucie, right), 303);
	/* Who had the form open is led to the text. */
	assert_int_equal(browse_post(s.lucie, right, "name=X" RIGHT), 303);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM grant_rule WHERE name = 'X'"), 0);
	assert_int_equal(browse_post(s.lucie, fmt(w->c, "%s/up", right), ""), 303);
	assert_int_equal(browse_post(s.lucie, fmt(w->c, "%s/remove", right), ""), 303);
	assert_non_null(strstr(browse_location(s.lucie), "/text"));
	assert_int_equal(browse_api(s.lucie, HTTP_POST, fmt(w->c, "%s/remove", right), ""), 409);
	assert_int_equal(browse_post(s.lucie, fmt(w->c, "%s/grants/new", s.at), "name=Y" RIGHT), 303);
	assert_int_equal(rights(w), 2);
	leave(&s);
}

static int64_t days(struct world *w, const char *column, const char *name)
{
	return cast_number(w, "SELECT %s AS value FROM grant_rule WHERE name = '%s'", column, name);
}

/* A right may hold for less than its convention; it keeps its own days when the frame moves. */
static void test_own_dates(void **state)
{
	struct world *w = *state;
	struct scene s = draft(w);
	const char *add = fmt(w->c, "%s/grants/new", s.at);
	assert_int_equal(browse_post(s.lucie, add, "name=Avant" RIGHT "&from=2026-10-31"), 422);
	assert_int_equal(browse_post(s.lucie, add, "name=Après" RIGHT "&to=2027-11-01"), 422);
	assert_int_equal(browse_post(s.lucie, add, "name=Rebours" RIGHT "&from=2027-03-01&to=2027-02-01"),
			 422);
	assert_int_equal(browse_post(s.lucie, add, "name=Hiver" RIGHT "&from=2026-12-01&to=2027-02-28"), 303);
	assert_int_equal(browse_post(s.lucie, add, "name=Tout" RIGHT), 303);
	assert_int_equal(browse_get(s.lucie, fmt(w->c, "%s/text", s.at)), 200);
	assert_true(browse_has(s.lucie, "févr"));
	assert_int_equal(browse_post(s.lucie, fmt(w->c, "%s/terms", s.at), TERMS), 303); /* until 30 June */
	assert_int_equal(days(w, "to_day", "Hiver"), day_of(2027, 2, 28).v);
	assert_int_equal(days(w, "from_day", "Hiver"), day_of(2026, 12, 1).v);
	assert_int_equal(days(w, "to_day", "Tout"), day_of(2027, 6, 30).v);
	leave(&s);
}

/* Every kind of space and every status has its box: what a right gave is not lost by editing it. */
static void test_all_kinds_stay(void **state)
{
	struct world *w = *state;
	struct scene s = draft(w);
	const char *right = right_named(w, first(w));
	cast_run(
		w,
		"UPDATE grant_rule SET statuses = 'cape volunteer friend', space_kinds = 'desks kitchen plot'");
	assert_int_equal(browse_get(s.lucie, right), 200);
	assert_true(browse_has(s.lucie, "id=\"f-k_kitchen\" name=\"k_kitchen\" checked"));
	assert_true(browse_has(s.lucie, "id=\"f-s_friend\" name=\"s_friend\" checked"));
	assert_false(browse_has(s.lucie, "id=\"f-k_room\" name=\"k_room\" checked"));
	assert_int_equal(
		browse_post(s.lucie, right,
			    "name=Tout&s_cape=1&s_volunteer=1&s_friend=1&k_desks=1&k_kitchen=1&k_plot=1"
			    "&measure=day&price_kind=free&period=month"),
		303);
	assert_string_equal(cast_text(w, "SELECT space_kinds AS value FROM grant_rule"),
			    "desks kitchen plot");
	assert_string_equal(cast_text(w, "SELECT statuses AS value FROM grant_rule"),
			    "cape volunteer friend");
	leave(&s);
}

/* Every term has its field, and stands in words beside the form. */
static void test_all_terms_are_set_and_said(void **state)
{
	struct world *w = *state;
	struct scene s = draft(w);
	const char *terms = fmt(w->c, "%s/terms", s.at);
	const char *stranger = cast_pub(w, "community", cast_community(w, "Hors convention", "place").v);
	assert_int_equal(browse_get(s.lucie, terms), 200);
	assert_true(browse_has(s.lucie, "passé le délai d’annulation du lieu"));
	assert_int_equal(browse_post(s.lucie, terms, fmt(w->c, TERMS "&contribution_payee=%s", stranger)),
			 422);
	assert_int_equal(browse_post(s.lucie, terms, TERMS), 303);
	assert_string_equal(cast_text(w, "SELECT workshop_eligible AS value FROM convention_version"),
			    "place_members");
	assert_string_equal(cast_text(w, "SELECT expiry AS value FROM convention_version"), "cancelled");
	assert_int_equal(cast_number(w, "SELECT retention_months AS value FROM convention_version"), 9);
	assert_int_equal(browse_get(s.lucie, terms), 200);
	assert_true(browse_has(s.lucie, "les membres du lieu"));
	assert_true(browse_has(s.lucie, "garde les noms 9 mois"));
	assert_true(browse_has(s.lucie, "à partir de 0 heure avant le début"));
	assert_true(browse_has(s.lucie, "non décomptée"));
	assert_int_equal(browse_get(s.lucie, fmt(w->c, "%s/text", s.at)), 200);
	assert_true(browse_has(s.lucie, "à partir de 0 heure avant le début"));
	leave(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = { BOTH(test_several_rights), BOTH(test_proposed_rights_stay),
					    BOTH(test_own_dates), BOTH(test_all_kinds_stay),
					    BOTH(test_all_terms_are_set_and_said) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
