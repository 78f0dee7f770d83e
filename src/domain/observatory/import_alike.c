#include "observatory/import_alike.h"

#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "territory/commune.h"

/* ---- names ---- */

/* Half the names here begin so. */
static bool says_nothing(const char *word)
{
	static const char *const words[] = { "l",     "le",   "la",    "les",	    "d",	  "de",
					     "du",    "des",  "un",    "une",	    "et",	  "a",
					     "au",    "aux",  "en",    "the",	    "sur",	  "of",
					     "tiers", "lieu", "lieux", "tierslieu", "association" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(word, words[i]) == 0)
			return true;
	return false;
}

static int by_value(const void *a, const void *b)
{
	return *(const uint16_t *)a - *(const uint16_t *)b;
}

static void add_pairs(struct name_pairs *p, const char *word)
{
	char before = ' ';
	for (; *word && p->n < NAME_PAIRS_MOST; word++) {
		p->at[p->n++] = (uint16_t)((unsigned char)before << 8 | (unsigned char)*word);
		before = *word;
	}
}

void alike_name(struct ctx *c, const char *folded, struct name_pairs *out)
{
	char *rest, *copy = talloc_strdup(c->mem, folded);
	out->n = 0;
	for (char *w = strtok_r(copy, " ", &rest); w; w = strtok_r(NULL, " ", &rest))
		if (!says_nothing(w))
			add_pairs(out, w);
	if (!out->n)
		add_pairs(out, folded);
	talloc_free(copy);
	qsort(out->at, out->n, sizeof *out->at, by_value);
}

int64_t alike_names(const struct name_pairs *a, const struct name_pairs *b)
{
	size_t i = 0, j = 0, same = 0;
	while (i < a->n && j < b->n)
		if (a->at[i] == b->at[j]) {
			same++;
			i++;
			j++;
		} else if (a->at[i] < b->at[j]) {
			i++;
		} else {
			j++;
		}
	return a->n + b->n ? (int64_t)(2000 * same / (a->n + b->n)) : 0;
}

int64_t name_likeness(struct ctx *c, const char *one, const char *other)
{
	struct name_pairs a, b;
	alike_name(c, fold(c, one), &a);
	alike_name(c, fold(c, other), &b);
	return alike_names(&a, &b);
}

/* ---- how alike ---- */

enum { DOOR_M = 50 };

static bool same_text(const char *a, const char *b)
{
	return a && b && *a && strcasecmp(a, b) == 0;
}

static bool same_siret(const struct match_row *a, const struct match_row *b)
{
	return a->siret && b->siret && strcmp(a->siret, b->siret) == 0;
}

bool is_nowhere(const struct match_row *r)
{
	return !r->insee && !r->departement && r->lat_e5 == NONE;
}

/* Thousandths: 1000 at the same door, none five kilometres off; *metres is
 * NONE when one of the two stands nowhere of its own: then its town counts. Of
 * two that nobody places the whole name must speak. */
static int64_t nearness(const struct match_row *a, const struct match_row *b, int64_t *metres)
{
	*metres = NONE;
	if (a->located && b->located) {
		double m = commune_distance(a->lat_e5, a->lon_e5, b->lat_e5, b->lon_e5);
		*metres = (int64_t)(m + 0.5);
		return *metres <= DOOR_M	 ? 1000
		       : *metres >= ALIKE_NEAR_M ? 0
						 : 1000 * (ALIKE_NEAR_M - *metres) / (ALIKE_NEAR_M - DOOR_M);
	}
	if (a->insee && b->insee)
		return strcmp(a->insee, b->insee) == 0 ? 600 : 0;
	if (a->lat_e5 != NONE && b->lat_e5 != NONE) {
		double m = commune_distance(a->lat_e5, a->lon_e5, b->lat_e5, b->lon_e5);
		return m >= 2 * ALIKE_NEAR_M ? 0 : 600 - (int64_t)(600 * m / (2 * ALIKE_NEAR_M));
	}
	return same_text(a->departement, b->departement) || (is_nowhere(a) && is_nowhere(b)) ? 150 : 0;
}

static int64_t bounded(int64_t score)
{
	return score > 990 ? 990 : score;
}

int64_t alike_score(const struct match_row *a, const struct match_row *b, int64_t alike)
{
	if (alike < ALIKE_LEAST_NAME && !same_siret(a, b))
		return 0;
	int64_t metres, near = nearness(a, b, &metres), score = (alike * 650 + near * 350) / 1000;
	bool contact = same_text(a->website, b->website) || same_text(a->email, b->email) ||
		       same_text(a->phone, b->phone);
	if (same_siret(a, b))
		return alike >= 300 ? 990 : 850;
	if (contact && (near || alike >= 700))
		score += 150;
	return bounded(score);
}

static const char *reason(struct ctx *c, const char *had, const char *more)
{
	return had ? fmt(c, "%s|%s", had, more) : more;
}

/* For people: each a word and, where it has one, a number. */
const char *alike_reasons(struct ctx *c, const struct match_row *a, const struct match_row *b, int64_t alike)
{
	const char *out = same_siret(a, b) ? "siret" : NULL;
	int64_t metres;
	(void)nearness(a, b, &metres);
	out = reason(c, out, fmt(c, "name %lld", (long long)((alike + 5) / 10)));
	if (metres != NONE)
		out = reason(c, out, fmt(c, "distance %lld", (long long)metres));
	else if (a->insee && same_text(a->insee, b->insee))
		out = reason(c, out, "town");
	if (same_text(a->website, b->website))
		out = reason(c, out, "website");
	if (same_text(a->email, b->email))
		out = reason(c, out, "email");
	return same_text(a->phone, b->phone) ? reason(c, out, "phone") : out;
}
