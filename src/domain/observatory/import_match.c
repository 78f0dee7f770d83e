#include "observatory/import_match.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "observatory/import_sql.h"
#include "territory/commune.h"

/* The pairs of letters of a name, in order. */
#define PAIRS_MOST 60
struct pairs {
	uint16_t at[PAIRS_MOST];
	size_t n;
};

struct known {
	const struct match_row *row;
	struct pairs name;
};

struct match_index {
	struct known *items; /* by latitude, those of unknown position last */
	size_t n, located;
	GHashTable *keys, *pubs; /* text: community */
	GHashTable *by_id;
};

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

static void add_pairs(struct pairs *p, const char *word)
{
	char before = ' ';
	for (; *word && p->n < PAIRS_MOST; word++) {
		p->at[p->n++] = (uint16_t)((unsigned char)before << 8 | (unsigned char)*word);
		before = *word;
	}
}

static void pairs_of(struct ctx *c, const char *folded, struct pairs *out)
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

static int64_t likeness(const struct pairs *a, const struct pairs *b)
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
	struct pairs a, b;
	pairs_of(c, fold(c, one), &a);
	pairs_of(c, fold(c, other), &b);
	return likeness(&a, &b);
}

/* ---- the index ---- */

static int free_tables(struct match_index *x)
{
	g_hash_table_destroy(x->keys);
	g_hash_table_destroy(x->pubs);
	g_hash_table_destroy(x->by_id);
	return 0;
}

static gpointer of(community_id id)
{
	return GSIZE_TO_POINTER((gsize)id.v);
}

static rc read_keys(struct ctx *c, const char *label, struct match_index *x)
{
	struct import_key_row_list keys;
	struct match_moved_row_list moved;
	TRY(import_keys(c, label, &keys));
	for (size_t i = 0; i < keys.n; i++)
		g_hash_table_insert(x->keys, (gpointer)keys.items[i].key, of(keys.items[i].community));
	TRY(match_moved(c, &moved));
	for (size_t i = 0; i < moved.n; i++)
		g_hash_table_insert(x->pubs, moved.items[i].pub.s, of(moved.items[i].community));
	return OK;
}

rc match_read(struct ctx *c, const char *label, struct match_index **out)
{
	struct match_index *x = new_zero(c, struct match_index);
	struct match_row_list rows;
	x->keys = g_hash_table_new(g_str_hash, g_str_equal);
	x->pubs = g_hash_table_new(g_str_hash, g_str_equal);
	x->by_id = g_hash_table_new(NULL, NULL);
	talloc_set_destructor(x, free_tables);
	TRY(match_rows(c, &rows));
	x->items = new_array(c, struct known, rows.n + 1);
	x->n = rows.n;
	for (size_t i = 0; i < rows.n; i++) {
		struct match_row *r = &rows.items[i];
		x->items[i].row = r;
		pairs_of(c, r->folded, &x->items[i].name);
		x->located += r->lat_e5 != NONE && r->lon_e5 != NONE;
		g_hash_table_insert(x->pubs, r->pub.s, of(r->id));
		g_hash_table_insert(x->by_id, of(r->id), r);
	}
	*out = x;
	return read_keys(c, label, x);
}

/* ---- how alike ---- */

/* Beyond this nothing is near: 5 km, in hundred-thousandths of a degree of latitude. */
enum { BAND_E5 = 4500, NEAR_M = 5000, DOOR_M = 50 };

static bool same_text(const char *a, const char *b)
{
	return a && b && *a && strcasecmp(a, b) == 0;
}

static bool same_siret(const struct match_row *a, const struct match_row *b)
{
	return a->siret && b->siret && strcmp(a->siret, b->siret) == 0;
}

/* Thousandths: 1000 at the same door, none five kilometres off; *metres is
 * NONE when one of the two stands nowhere of its own: then its town counts. */
static int64_t nearness(const struct match_row *a, const struct match_row *b, int64_t *metres)
{
	*metres = NONE;
	if (a->located && b->located) {
		double m = commune_distance(a->lat_e5, a->lon_e5, b->lat_e5, b->lon_e5);
		*metres = (int64_t)(m + 0.5);
		return *metres <= DOOR_M   ? 1000
		       : *metres >= NEAR_M ? 0
					   : 1000 * (NEAR_M - *metres) / (NEAR_M - DOOR_M);
	}
	if (a->insee && b->insee)
		return strcmp(a->insee, b->insee) == 0 ? 600 : 0;
	if (a->lat_e5 != NONE && b->lat_e5 != NONE) {
		double m = commune_distance(a->lat_e5, a->lon_e5, b->lat_e5, b->lon_e5);
		return m >= 2 * NEAR_M ? 0 : 600 - (int64_t)(600 * m / (2 * NEAR_M));
	}
	return same_text(a->departement, b->departement) ? 150 : 0;
}

static int64_t bounded(int64_t score)
{
	return score > 990 ? 990 : score;
}

static int64_t score_of(const struct match_row *a, const struct match_row *b, int64_t alike, int64_t near)
{
	int64_t score = (alike * 650 + near * 350) / 1000;
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
static const char *reasons_of(struct ctx *c, const struct match_row *a, const struct match_row *b,
			      int64_t alike)
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

/* The best so far. */
struct best {
	const struct known *of;
	int64_t score, alike;
};

static void look(const struct match_row *a, const struct pairs *name, const struct known *k, struct best *b)
{
	int64_t alike = likeness(name, &k->name), metres;
	int64_t score = score_of(a, k->row, alike, nearness(a, k->row, &metres));
	if (score > b->score)
		*b = (struct best){ k, score, alike };
}

/* The first whose latitude is not below. */
static size_t from_latitude(const struct match_index *x, int64_t lat_e5)
{
	size_t low = 0, high = x->located;
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (x->items[mid].row->lat_e5 < lat_e5)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static community_id known_as(const struct match_index *x, const char *key)
{
	gpointer id = key ? g_hash_table_lookup(x->keys, key) : NULL;
	if (key && !id)
		id = g_hash_table_lookup(x->pubs, key);
	return (community_id){ (int64_t)GPOINTER_TO_SIZE(id) };
}

/* An arrival as a community would be. */
static rc row_of(struct ctx *c, const struct record *r, struct match_row *out)
{
	struct commune_card k;
	const char *insee = r->is[ARRIVAL_FIELD_INSEE], *lat = r->is[ARRIVAL_FIELD_LATITUDE];
	*out = (struct match_row){ .siret = r->is[ARRIVAL_FIELD_SIRET],
				   .insee = insee,
				   .departement = r->is[ARRIVAL_FIELD_DEPARTEMENT],
				   .lat_e5 = NONE,
				   .lon_e5 = NONE,
				   .website = r->is[ARRIVAL_FIELD_WEBSITE],
				   .email = r->is[ARRIVAL_FIELD_EMAIL],
				   .phone = r->is[ARRIVAL_FIELD_PHONE] };
	if (insee && commune_by_insee(c, insee, &k) == OK) {
		out->departement = k.departement;
		out->lat_e5 = k.lat_e5;
		out->lon_e5 = k.lon_e5;
	}
	if (lat && degrees_read(lat, 90, &out->lat_e5) &&
	    degrees_read(r->is[ARRIVAL_FIELD_LONGITUDE], 180, &out->lon_e5))
		out->located = true;
	return OK;
}

void match_find(struct ctx *c, const struct match_index *x, const char *key, const struct record *r,
		struct match *out)
{
	struct best best = { NULL, MATCH_LEAST - 1, 0 };
	struct match_row a;
	struct pairs name;
	*out = (struct match){ .community = known_as(x, key), .score = NONE };
	out->known = out->community.v != 0;
	if (out->known || row_of(c, r, &a) != OK)
		return;
	pairs_of(c, fold(c, r->is[ARRIVAL_FIELD_NAME]), &name);
	if (a.lat_e5 != NONE)
		for (size_t i = from_latitude(x, a.lat_e5 - BAND_E5);
		     i < x->located && x->items[i].row->lat_e5 <= a.lat_e5 + BAND_E5; i++)
			look(&a, &name, &x->items[i], &best);
	for (size_t i = a.lat_e5 != NONE ? x->located : 0; i < x->n; i++)
		look(&a, &name, &x->items[i], &best);
	for (size_t i = 0; a.siret && i < x->n; i++)
		if (same_siret(&a, x->items[i].row))
			look(&a, &name, &x->items[i], &best);
	if (!best.of)
		return;
	out->community = best.of->row->id;
	out->score = best.score;
	out->reasons = reasons_of(c, &a, best.of->row, best.alike);
}

/* ---- pairs that are here ---- */

static int by_score(const void *a, const void *b)
{
	const struct match_pair *x = a, *y = b;
	return x->score != y->score ? (x->score < y->score) - (x->score > y->score)
				    : (x->one->id.v > y->one->id.v) - (x->one->id.v < y->one->id.v);
}

static void add_pair(struct ctx *c, const struct known *a, const struct known *b, struct match_pairs *l)
{
	int64_t metres, alike = likeness(&a->name, &b->name);
	int64_t score = score_of(a->row, b->row, alike, nearness(a->row, b->row, &metres));
	if (score < MATCH_LEAST)
		return;
	if (l->n && (l->n & (l->n - 1)) == 0)
		l->items = talloc_realloc(c->mem, l->items, struct match_pair, (unsigned)l->n * 2);
	bool first = a->row->id.v < b->row->id.v;
	l->items[l->n++] = (struct match_pair){ first ? a->row : b->row, first ? b->row : a->row, score,
						reasons_of(c, a->row, b->row, alike) };
}

void match_pairs_find(struct ctx *c, const struct match_index *x, struct match_pairs *out)
{
	*out = (struct match_pairs){ talloc_array(c->mem, struct match_pair, 1), 0 };
	for (size_t i = 0; i < x->n; i++)
		for (size_t j = i + 1; j < x->n; j++) {
			const struct match_row *a = x->items[i].row, *b = x->items[j].row;
			bool far = j < x->located && b->lat_e5 > a->lat_e5 + BAND_E5;
			if (far && !a->siret)
				j = x->located > j ? x->located - 1 : j;
			else if (!far || same_siret(a, b))
				add_pair(c, &x->items[i], &x->items[j], out);
		}
	qsort(out->items, out->n, sizeof *out->items, by_score);
}
