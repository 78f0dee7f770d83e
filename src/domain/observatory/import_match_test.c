/* Doubles are looked for where they may be: nothing is missed that a look at every pair finds. */
#include "base/test.h"

#include "import_cast.h"
#include "observatory/import_match.h"
#include "platform/db.h"
#include "world.h"

enum { MANY = 220 };

static uint64_t seed;

static long long pick(long long n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (long long)((seed >> 33) % (uint64_t)n);
}

static const char *text_or_null(struct ctx *c, long long of, const char *form, long long n)
{
	return pick(of) ? "NULL" : fmt(c, form, n);
}

/* Twelve names, three towns, half a dozen contacts: much is alike and most is not. */
static const char *facts(struct ctx *c, const char **name)
{
	static const char *const names[] = { "La Forge",      "Forge du Clain",	 "Le Lavoir à idées",
					     "Lavoir",	      "France services", "Cobureau",
					     "Co-bureau",     "La Minoterie",	 "La Papeterie",
					     "Mairie annexe", "Le Préau",	 "Préau des arts" };
	static const char *const towns[] = { "'86194', '86'", "'86133', '86'", "'69123', '69'",
					     "NULL, '86'",    "NULL, '69'",    "NULL, NULL" };
	const char *position = "NULL, NULL";
	*name = names[pick(12)];
	long long town = pick(6);
	if (pick(3))
		position = fmt(c, "%lld, %lld", (town == 2 ? 4575000 : 4655000) + pick(20000) - 10000,
			       (town == 2 ? 483000 : 34000) + pick(20000) - 10000);
	const char *siret = text_or_null(c, 9, "'1234567890%04lld'", pick(20));
	const char *website = text_or_null(c, 3, "'https://exemple.org/%lld'", pick(60));
	const char *email = text_or_null(c, 6, "'a%lld@example.org'", pick(9));
	const char *phone = text_or_null(c, 8, "'+3354900%02lld'", pick(2));
	return fmt(
		c,
		"is_place = TRUE, (lat_e5, lon_e5) = (%s), siret = %s, website = %s, email = %s, phone = %s, "
		"(insee, departement) = (%s)",
		position, siret, website, email, phone, towns[town]);
}

static void fill(struct world *w)
{
	seed = 42;
	cast_towns(w);
	for (int i = 0; i < MANY; i++) {
		const char *name, *is = facts(w->c, &name);
		community_id id = cast_community(w, name, "place");
		cast_run(w, "UPDATE community SET %s WHERE id = %lld", is, (long long)id.v);
	}
}

static bool is_told(const struct match_pairs *l, const struct match_pair *p)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->items[i].one == p->one && l->items[i].other == p->other)
			return l->items[i].score == p->score;
	return false;
}

static rc compare(struct ctx *c, void *arg)
{
	struct match_index *x;
	struct match_pairs found;
	struct match_pair p;
	size_t n = 0;
	(void)arg;
	TRY(match_read(c, "", &x));
	match_pairs_find(c, x, &found);
	for (int64_t a = 1; a <= MANY; a++)
		for (int64_t b = a + 1; b <= MANY; b++)
			if (match_pair_of(x, (community_id){ a }, (community_id){ b }, &p)) {
				assert_true(is_told(&found, &p));
				n++;
			}
	assert_true(n > MANY / 2 && n < MANY * MANY / 8);
	assert_int_equal(found.n, n);
	for (size_t i = 1; i < found.n; i++)
		assert_true(found.items[i - 1].score >= found.items[i].score);
	return OK;
}

static void test_all_pairs(void **state)
{
	struct world *w = *state;
	fill(w);
	assert_int_equal(db_read(w->c, compare, NULL), OK);
}

/* A site that many have makes no two of them one. */
static rc count(struct ctx *c, void *arg)
{
	struct match_index *x;
	struct match_pairs found;
	TRY(match_read(c, "", &x));
	match_pairs_find(c, x, &found);
	*(size_t *)arg = found.n;
	return OK;
}

static void test_common(void **state)
{
	struct world *w = *state;
	size_t n;
	for (int i = 0; i < 21; i++) {
		community_id id = cast_community(w, i % 2 ? "La Forge" : "La Forge à vélos", "place");
		cast_run(w,
			 "UPDATE community SET website = 'https://reseau.example', departement = '%02d' "
			 "WHERE id = %lld",
			 i + 1, (long long)id.v);
		assert_int_equal(db_read(w->c, count, &n), OK);
		assert_true(i != 2 || n >= 1);
	}
	assert_int_equal(n, 0);
}

/* The same table handed in again does not make a second page of who stands nowhere. */
static void test_nowhere(void **state)
{
	struct world *w = *state;
	size_t n;
	cast_community(w, "Chez Paulette", "place");
	community_id placed = cast_community(w, "Chez Paulette", "place");
	cast_run(w, "UPDATE community SET departement = '86' WHERE id = %lld", (long long)placed.v);
	assert_int_equal(db_read(w->c, count, &n), OK);
	assert_int_equal(n, 0);
	cast_community(w, "chez Paulette", "place");
	assert_int_equal(db_read(w->c, count, &n), OK);
	assert_int_equal(n, 1);
	cast_community(w, "Chez Paulin", "place");
	assert_int_equal(db_read(w->c, count, &n), OK);
	assert_int_equal(n, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = { BOTH(test_all_pairs), BOTH(test_common), BOTH(test_nowhere) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
