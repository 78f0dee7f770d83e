/* Where to open next, against every choice there is and against an exact
 * solver; the bound is never below the best. */
#include "base/test.h"

#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "observatory/siting.h"
#include "observatory/siting_bound.h"
#include "observatory/siting_find.h"
#include "territory/territory.h"
#include "world.h"

/* ---- instances ---- */

static uint64_t dice_state;

static int64_t dice(int64_t n)
{
	dice_state = dice_state * 6364136223846793005u + 1442695040888963407u;
	return (int64_t)((dice_state >> 33) % (uint64_t)n);
}

/* Towns strewn over a square degree, through the tables, as a server has them. */
static const struct country *strew(struct world *w, uint64_t seed, int n)
{
	const struct country *k;
	struct buf b;
	buf_init(&b, w->c->mem, 1 << 14);
	dice_state = seed;
	buf_str(&b,
		"DELETE FROM commune; DELETE FROM departement; DELETE FROM region;"
		"INSERT INTO region (code, name, chef_lieu, zone) VALUES ('99', 'R', '', 'metro');"
		"INSERT INTO departement (code, name, region, chef_lieu, zone) VALUES ('99', 'D', '99', '', 'metro');");
	for (int i = 0; i < n; i++)
		buf_fmt(&b,
			"INSERT INTO commune (insee, name, folded, postal_codes, lat_e5, lon_e5, population, departement, region) "
			"VALUES ('99%03d', 'T%d', 't', '', %d, %d, %d, '99', '99');",
			i, i, 4600000 + (int)dice(100000), 200000 + (int)dice(140000), 1 + (int)dice(5000));
	world_script(w, b.s);
	assert_int_equal(db_snapshot(w->c), OK);
	assert_int_equal(country_of(w->c, &k), OK);
	db_snapshot_end(w->c);
	return k;
}

static int64_t reached_by(const struct siting_problem *p, const uint32_t *sites, size_t n)
{
	int64_t sum = 0;
	for (size_t i = 0; i < p->people->n; i++)
		for (size_t j = 0; j < n; j++)
			if (spot_km(&p->people->towns[i].at, &p->options->towns[sites[j]].at) <= p->km) {
				sum += p->people->towns[i].people;
				break;
			}
	return sum;
}

/* ---- the exact answer ---- */

static void write_lp(FILE *f, const struct siting_problem *p)
{
	fputs("Maximize\n people:", f);
	for (size_t i = 0; i < p->people->n; i++)
		fprintf(f, " + %d z%zu\n", p->people->towns[i].people, i);
	fputs("Subject To\n", f);
	for (size_t i = 0; i < p->people->n; i++) {
		fprintf(f, " c%zu: z%zu", i, i);
		for (size_t j = 0; j < p->options->n; j++)
			if (spot_km(&p->people->towns[i].at, &p->options->towns[j].at) <= p->km)
				fprintf(f, " - x%zu\n", j);
		fputs(" <= 0\n", f);
	}
	fputs(" sites:", f);
	for (size_t j = 0; j < p->options->n; j++)
		fprintf(f, " + x%zu\n", j);
	fprintf(f, " <= %zu\nBinary\n", p->sites);
	for (size_t j = 0; j < p->options->n; j++)
		fprintf(f, " x%zu\n", j);
	for (size_t i = 0; i < p->people->n; i++)
		fprintf(f, " z%zu\n", i);
	fputs("End\n", f);
}

/* CBC's answer, people. */
static int64_t exact(const struct siting_problem *p)
{
	char dir[] = "/tmp/siting-XXXXXX", command[400], line[256];
	double value = -1;
	assert_non_null(mkdtemp(dir));
	char lp[64], answer[64];
	snprintf(lp, sizeof lp, "%s/p.lp", dir);
	snprintf(answer, sizeof answer, "%s/answer", dir);
	FILE *f = fopen(lp, "w");
	assert_non_null(f);
	write_lp(f, p);
	fclose(f);
	snprintf(command, sizeof command,
		 "ASAN_OPTIONS=detect_leaks=0 cbc %s solve solution %s > %s/log 2>&1", lp, answer, dir);
	if (system(command) != 0)
		fail_msg("%s: is coinor-cbc installed (tools/deps.sh test)?", command);
	f = fopen(answer, "r");
	assert_non_null(f);
	assert_non_null(fgets(line, sizeof line, f));
	fclose(f);
	if (sscanf(line, "Optimal - objective value %lf", &value) != 1)
		fail_msg("cbc says: %s", line);
	snprintf(command, sizeof command, "rm -r %s", dir);
	assert_int_equal(system(command), 0);
	return (int64_t)(value < 0 ? -value + 0.5 : value + 0.5);
}

static void compare(struct world *w, const struct siting_problem *p, const char *what)
{
	struct siting_choice found;
	siting_solve(w->c->mem, p, &found);
	assert_int_equal(found.gained, reached_by(p, found.sites, found.n));
	int64_t best = exact(p);
	struct bound_run *b = bound_new(w->c->mem, p, found.gained);
	while (!bound_go(b, 1000))
		assert_true(bound_value(b) >= best);
	print_message("%s: found %lld, best %lld, bound %lld in %d steps\n", what, (long long)found.gained,
		      (long long)best, (long long)bound_value(b), bound_steps(b));
	assert_true(found.gained <= best);
	assert_true(best <= bound_value(b));
	assert_true(found.gained * 1000 >= best * 632); /* what the greedy choice alone promises */
	assert_true(bound_value(b) <= best + best / 10);
}

static void test_exact(void **state)
{
	struct world *w = *state;
	for (uint64_t seed = 1; seed <= 4; seed++) {
		const struct country *k = strew(w, seed, 60);
		struct siting_problem p = { k, k, 8 + (double)seed * 3, 2 + seed };
		compare(w, &p, "strewn");
	}
}

/* Two sites that share what a middle one takes first: greedy alone misses it, an exchange finds it. */
static void test_exchange(void **state)
{
	static const int lon[] = { 0, 10000, 20000, 30000, 40000 }, people[] = { 60, 100, 30, 100, 60 };
	struct world *w = *state;
	const struct country *k;
	struct siting_choice found;
	strew(w, 1, 0);
	for (int i = 0; i < 5; i++)
		world_script(
			w,
			fmt(w->c,
			    "INSERT INTO commune (insee, name, folded, postal_codes, lat_e5, lon_e5, population, departement, region) "
			    "VALUES ('9900%d', 'T', 't', '', 0, %d, %d, '99', '99')",
			    i, lon[i], people[i]));
	assert_int_equal(db_snapshot(w->c), OK);
	assert_int_equal(country_of(w->c, &k), OK);
	db_snapshot_end(w->c);
	struct siting_problem p = { k, k, 12, 2 };
	siting_solve(w->c->mem, &p, &found);
	assert_int_equal(found.n, 2);
	assert_int_equal(found.gained, 350);
	assert_true(found.exchanges > 0);
	assert_true(found.gains[0] >= found.gains[1]);
}

/* No option, nobody left, more sites than are of use. */
static void test_edges(void **state)
{
	struct world *w = *state;
	struct siting_choice found;
	const struct country *k = strew(w, 7, 5), *none = country_some(w->c->mem, k, NULL, 0);
	struct siting_problem all = { k, k, 500, 50 }, nowhere = { k, none, 30, 3 },
			      nobody = { none, k, 30, 3 };
	siting_solve(w->c->mem, &all, &found);
	assert_int_equal(found.n, 1);
	siting_solve(w->c->mem, &nowhere, &found);
	assert_int_equal(found.n, 0);
	siting_solve(w->c->mem, &nobody, &found);
	assert_int_equal(found.n, 0);
	struct bound_run *b = bound_new(w->c->mem, &nobody, 0);
	assert_true(bound_go(b, 1));
	assert_int_equal(bound_value(b), 0);
}

/* Quick finding finds what looking at every town finds. */
static void test_around(void **state)
{
	struct world *w = *state;
	const struct country *k = strew(w, 11, 300);
	uint32_t near[300];
	for (size_t i = 0; i < k->n; i++) {
		size_t n = country_around(k, &k->towns[i].at, 25, near), want = 0;
		for (size_t j = 0; j < k->n; j++)
			want += spot_km(&k->towns[i].at, &k->towns[j].at) <= 25;
		assert_int_equal(n, want);
	}
}

/* A real département, from the file that ships: where, and how sure. */
static void test_departement(void **state)
{
	struct world *w = *state;
	struct siting_case k;
	struct siting_query ask = { 3, 15, 2000, "departement:86", PLACE_BASE_DIRECTORY, { NONE }, NULL };
	int64_t n;
	assert_int_equal(territory_load(w->c, &n), OK);
	assert_int_equal(db_snapshot(w->c), OK);
	assert_int_equal(siting_prepare(w->c, &ask, &k), OK);
	db_snapshot_end(w->c);
	assert_true(k.problem.options->n > 20 && k.problem.people->n > 250);
	compare(w, &k.problem, "Vienne");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_exact, world_setup_sqlite, world_teardown),
		BOTH(test_exchange),
		BOTH(test_edges),
		BOTH(test_around),
		BOTH(test_departement),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
