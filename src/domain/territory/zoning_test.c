/* Zonings: strict rows, older communes, all or nothing, twice the same. */
#include "base/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/csv.h"
#include "browse.h"
#include "territory/territory.h"
#include "territory/zoning.h"
#include "world.h"

struct text {
	const char *s;
	size_t len;
	struct zoning_report report;
};

static rc import(struct ctx *c, void *arg)
{
	struct text *t = arg;
	return zoning_import(c, t->s, t->len, &t->report);
}

static rc typed(struct ctx *c, const char *s, struct text *t)
{
	t->s = s;
	t->len = strlen(s);
	return db_write(c, import, t);
}

static int64_t rows(struct world *w, const char *table)
{
	return cast_number(w, "SELECT COUNT(*) AS value FROM %s", table);
}

static void test_rows(struct world *w)
{
	struct ctx *c = w->c;
	struct text t;
	/* 01015 is Arboys-en-Bugey, and Arbignieu before; its own row wins. 01025 is a commune of today. */
	const char *good = "insee;zoning;code;label\n86194;ZE2020;7502;Poitiers\n86066;ze2020;7502;Poitiers\n"
			   "2A004;ze2020;9401;Ajaccio\n86194;bv2022;86194;Poitiers\n";
	assert_int_equal(typed(c, good, &t), OK);
	assert_int_equal(t.report.zonings, 2);
	assert_int_equal(t.report.communes, 4);
	assert_int_equal(rows(w, "zoning_commune"), 4);
	assert_int_equal(rows(w, "zoning_zone"), 3);
	assert_int_equal(typed(c, good, &t), OK);
	assert_int_equal(t.report.zonings, 0);
	assert_int_equal(typed(c, "insee,zoning,code,label\n86194,ze2020,1,Autre\n", &t), OK);
	assert_int_equal(rows(w, "zoning_commune WHERE zoning = 'ze2020'"), 1);
	assert_int_equal(rows(w, "zoning_commune WHERE zoning = 'bv2022'"), 1);
}

static void test_refused(struct world *w)
{
	struct ctx *c = w->c;
	struct text t;
	const char *bad =
		"insee,zoning,code,label\n86194,ze2020,7502,Poitiers\n99999,ze2020,,\n"
		"86066,ze 2020,7502,Poitiers\n86066,ze2020,7502,Autre\n86194,ze2020,7502,Poitiers\n";
	int64_t before = rows(w, "zoning_commune");
	assert_int_equal(typed(c, bad, &t), E_INVALID);
	assert_string_equal(world_key(c), "import.bad_rows");
	assert_int_equal(rows(w, "zoning_commune"), before);
	assert_int_equal(t.report.n_problems, 6);
	assert_int_equal(t.report.problems[0].line, 3);
	assert_string_equal(t.report.problems[0].column, "code");
	assert_string_equal(t.report.problems[1].key, "zoning.commune");
	assert_int_equal(t.report.problems[3].line, 4);
	assert_string_equal(t.report.problems[4].key, "zoning.label_differs");
	assert_string_equal(t.report.problems[5].key, "import.twice");
	assert_int_equal(typed(c, "insee,code,label\n", &t), E_INVALID);
	assert_string_equal(t.report.problems[0].column, "zoning");
}

/* An older code stands for today's commune, unless that one has its own row. */
static void test_older(struct world *w)
{
	struct ctx *c = w->c;
	struct text t;
	const char *old = cast_text(w, "SELECT MIN(code) AS value FROM commune_alias WHERE code <> insee AND "
				       "kind = 'commune_deleguee'");
	const char *now = cast_text(w, "SELECT insee AS value FROM commune_alias WHERE code = '%s'", old);
	assert_int_equal(typed(c, fmt(c, "insee,zoning,code,label\n%s,ze2010,1,Ici\n", old), &t), OK);
	assert_string_equal(cast_text(w, "SELECT insee AS value FROM zoning_commune WHERE zoning = 'ze2010'"),
			    now);
	assert_int_equal(
		typed(c, fmt(c, "insee,zoning,code,label\n%s,ze2010,1,Ici\n%s,ze2010,2,Là\n", old, now), &t),
		OK);
	assert_int_equal(t.report.older, 1);
	assert_string_equal(cast_text(w, "SELECT zone AS value FROM zoning_commune WHERE zoning = 'ze2010'"),
			    "2");
}

/* INSEE's own table, where somebody has put it beside the tree. */
static void test_insee(struct world *w)
{
	const char *path = getenv("MAILLAGE_ZONAGES");
	FILE *f = fopen(path ? path : "../shared/data/geo/shared_only/zonages_ref.csv", "rb");
	struct ctx *c = w->c;
	struct csv *table;
	struct text t;
	struct buf b;
	if (!f)
		return;
	char *all = talloc_zero_size(c, 4 << 20);
	size_t n = fread(all, 1, 4 << 20, f);
	fclose(f);
	assert_int_equal(csv_read(c, all, n, NULL, &table), OK);
	buf_init(&b, c, 1 << 20);
	buf_str(&b, "insee,zoning,code,label\n");
	int zone = csv_column(table, "ze2020");
	for (size_t i = 0; i < table->n; i++)
		if (*csv_cell(&table->rows[i], zone))
			buf_fmt(&b, "%s,ze2020,%s,Zone %s\n", csv_cell(&table->rows[i], 0),
				csv_cell(&table->rows[i], zone), csv_cell(&table->rows[i], zone));
	assert_int_equal(typed(c, b.s, &t), OK);
	assert_int_equal(t.report.communes, 34875);
	assert_int_equal(t.report.zones, rows(w, "zoning_zone WHERE zoning = 'ze2020'"));
	assert_true(t.report.zones > 300);
}

static void test_zonings(void **state)
{
	struct world *w = *state;
	int64_t n;
	assert_int_equal(territory_load(w->c, &n), OK);
	test_rows(w);
	test_refused(w);
	test_older(w);
	test_insee(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = { BOTH(test_zonings) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
