#include "observatory/import_match.h"

#include <ctype.h>
#include <glib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "observatory/import_alike.h"
#include "observatory/import_sql.h"
#include "territory/commune.h"

/* What two share that may be one: each a text that leads to all who have it. */
enum share { BY_SIRET, BY_TOWN, BY_NAME, BY_WEBSITE, BY_EMAIL, BY_PHONE, SHARES };

/* What more have than that says nothing of any two of them: a network's site, a switchboard. */
#define COMMON 20

struct known {
	struct match_row *row;
	struct name_pairs name;
	const char *key[SHARES];
	uint32_t next[SHARES]; /* whoever shares it, too: number + 1 */
	uint32_t seen;	       /* whose turn it was when this was looked at */
};

struct match_index {
	struct known *items; /* by stripe and longitude, those of unknown position last */
	size_t n, located;
	bool strays;		 /* some have a position and no town */
	uint32_t turn;		 /* of whoever looks */
	GHashTable *keys, *pubs; /* text: community */
	GHashTable *first;	 /* what is shared: number + 1 */
};

/* ---- the index ---- */

static int free_tables(struct match_index *x)
{
	g_hash_table_destroy(x->keys);
	g_hash_table_destroy(x->pubs);
	g_hash_table_destroy(x->first);
	return 0;
}

static gpointer of(community_id id)
{
	return GSIZE_TO_POINTER((gsize)id.v);
}

/* The land in stripes, each as high as what is near, in hundred-thousandths of a degree. */
#define STRIPE_E5 4500

static bool is_located(const struct match_row *r)
{
	return r->lat_e5 != NONE && r->lon_e5 != NONE;
}

static int64_t stripe_of(int64_t lat_e5)
{
	return (lat_e5 + 9000000) / STRIPE_E5;
}

/* -1, 0, 1: before, at or behind a stripe and a longitude. */
static int place_of(const struct match_row *r, int64_t stripe, int64_t lon_e5)
{
	int64_t own = stripe_of(r->lat_e5);
	return own != stripe ? (own > stripe) - (own < stripe) : (r->lon_e5 > lon_e5) - (r->lon_e5 < lon_e5);
}

static int by_place(const void *a, const void *b)
{
	const struct match_row *x = ((const struct known *)a)->row, *y = ((const struct known *)b)->row;
	bool p = is_located(x), q = is_located(y);
	int order = p && q ? place_of(x, stripe_of(y->lat_e5), y->lon_e5) : q - p;
	return order ? order : (x->id.v > y->id.v) - (x->id.v < y->id.v);
}

static const char *key_of(struct ctx *c, enum share kind, const char *text)
{
	if (!text || !*text)
		return NULL;
	char *key = fmt(c, "%d%s", (int)kind, text);
	for (char *p = key; *p; p++)
		*p = (char)tolower((unsigned char)*p);
	return key;
}

/* One name in one département, or nowhere; a few others beside, whom a look tells apart. */
static const char *name_key(struct ctx *c, const struct match_row *r, const struct name_pairs *name)
{
	uint32_t sum = (uint32_t)name->n;
	for (size_t i = 0; i < name->n; i++)
		sum = sum * 16777619 + name->at[i];
	const char *where = r->departement ? r->departement : is_nowhere(r) ? "" : NULL;
	return where ? key_of(c, BY_NAME, fmt(c, "%s %x", where, sum)) : NULL;
}

static void keys_of(struct ctx *c, const struct match_row *r, const struct name_pairs *name,
		    const char *key[SHARES])
{
	key[BY_SIRET] = key_of(c, BY_SIRET, r->siret);
	key[BY_TOWN] = key_of(c, BY_TOWN, r->insee);
	key[BY_NAME] = name_key(c, r, name);
	key[BY_WEBSITE] = key_of(c, BY_WEBSITE, r->website);
	key[BY_EMAIL] = key_of(c, BY_EMAIL, r->email);
	key[BY_PHONE] = key_of(c, BY_PHONE, r->phone);
}

static void chain(struct match_index *x)
{
	for (size_t i = x->n; i-- > 0;)
		for (int k = 0; k < SHARES; k++) {
			struct known *a = &x->items[i];
			if (!a->key[k])
				continue;
			a->next[k] = (uint32_t)GPOINTER_TO_SIZE(g_hash_table_lookup(x->first, a->key[k]));
			g_hash_table_insert(x->first, (gpointer)a->key[k], GSIZE_TO_POINTER(i + 1));
		}
}

static void forget_text(struct match_row *r, int kind)
{
	*(kind == BY_WEBSITE ? &r->website : kind == BY_EMAIL ? &r->email : &r->phone) = NULL;
}

static void forget_common(struct match_index *x)
{
	GHashTableIter all;
	gpointer key, at;
	g_hash_table_iter_init(&all, x->first);
	while (g_hash_table_iter_next(&all, &key, &at)) {
		int kind = *(const char *)key - '0';
		size_t n = 0;
		for (size_t i = GPOINTER_TO_SIZE(at); i; i = x->items[i - 1].next[kind])
			n++;
		if (kind < BY_WEBSITE || n <= COMMON)
			continue;
		for (size_t i = GPOINTER_TO_SIZE(at); i; i = x->items[i - 1].next[kind])
			forget_text(x->items[i - 1].row, kind);
		g_hash_table_iter_remove(&all);
	}
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
	x->first = g_hash_table_new(g_str_hash, g_str_equal);
	talloc_set_destructor(x, free_tables);
	TRY(match_rows(c, &rows));
	x->items = talloc_zero_array(c->mem, struct known, (unsigned)rows.n + 1);
	x->n = rows.n;
	for (size_t i = 0; i < rows.n; i++) {
		struct known *k = &x->items[i];
		k->row = &rows.items[i];
		alike_name(c, k->row->folded, &k->name);
		keys_of(c, k->row, &k->name, k->key);
		x->located += is_located(k->row);
		x->strays = x->strays || (is_located(k->row) && !k->row->insee);
		g_hash_table_insert(x->pubs, k->row->pub.s, of(k->row->id));
	}
	qsort(x->items, x->n, sizeof *x->items, by_place);
	chain(x);
	forget_common(x);
	*out = x;
	return read_keys(c, label, x);
}

/* ---- whoever may be one ---- */

/* Who asks, and what is done with each that may be the same. */
struct asker {
	struct match_index *x;
	const struct match_row *row;
	const struct name_pairs *name;
	const char *const *key;
	void (*found)(struct asker *a, struct known *k, int64_t score, int64_t alike);
	struct ctx *c;
	void *arg;
};

static void look(struct asker *a, struct known *k)
{
	if (k->seen == a->x->turn)
		return;
	k->seen = a->x->turn;
	int64_t alike = alike_names(a->name, &k->name), score = alike_score(a->row, k->row, alike);
	if (score >= MATCH_LEAST)
		a->found(a, k, score, alike);
}

/* The first that is not before a stripe and a longitude. */
static size_t first_at(const struct match_index *x, int64_t stripe, int64_t lon_e5)
{
	size_t low = 0, high = x->located;
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (place_of(x->items[mid].row, stripe, lon_e5) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Degrees of longitude are shorter farther north. */
static int64_t width_of(int64_t lat_e5, int64_t reach)
{
	double edge = (fabs((double)lat_e5) + (double)((reach + 1) * STRIPE_E5)) / 100000;
	return edge >= 89 ? 36000000 : (int64_t)((double)(reach * STRIPE_E5) / cos(edge * M_PI / 180)) + 1;
}

static void look_near(struct asker *a)
{
	int64_t reach = a->x->strays || !a->row->insee ? 2 : 1, stripe = stripe_of(a->row->lat_e5);
	int64_t width = width_of(a->row->lat_e5, reach), east = a->row->lon_e5 + width;
	for (int64_t s = stripe - reach; s <= stripe + reach; s++)
		for (size_t i = first_at(a->x, s, a->row->lon_e5 - width);
		     i < a->x->located && place_of(a->x->items[i].row, s, east) <= 0; i++)
			look(a, &a->x->items[i]);
}

/* Each once. Two that share none of these and are not near score less than MATCH_LEAST. */
static void look_round(struct asker *a)
{
	a->x->turn++;
	for (int k = 0; k < SHARES; k++)
		for (size_t i = a->key[k] ? GPOINTER_TO_SIZE(g_hash_table_lookup(a->x->first, a->key[k])) : 0;
		     i; i = a->x->items[i - 1].next[k])
			look(a, &a->x->items[i - 1]);
	if (is_located(a->row))
		look_near(a);
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

/* The likeliest so far; of two alike the one that was here first. */
struct best {
	const struct match_row *row;
	int64_t score, alike;
};

static void keep_best(struct asker *a, struct known *k, int64_t score, int64_t alike)
{
	struct best *b = a->arg;
	if (!b->row || score > b->score || (score == b->score && k->row->id.v < b->row->id.v))
		*b = (struct best){ k->row, score, alike };
}

void match_find(struct ctx *c, struct match_index *x, const char *key, const struct record *r,
		struct match *out)
{
	struct best best = { NULL, 0, 0 };
	struct match_row row;
	struct name_pairs name;
	const char *keys[SHARES];
	*out = (struct match){ .community = known_as(x, key), .score = NONE };
	out->known = out->community.v != 0;
	if (out->known || row_of(c, r, &row) != OK)
		return;
	alike_name(c, fold(c, r->is[ARRIVAL_FIELD_NAME]), &name);
	keys_of(c, &row, &name, keys);
	look_round(&(struct asker){ x, &row, &name, keys, keep_best, c, &best });
	if (!best.row)
		return;
	out->community = best.row->id;
	out->score = best.score;
	out->reasons = alike_reasons(c, &row, best.row, best.alike);
}

/* ---- pairs that are here ---- */

static int by_score(const void *a, const void *b)
{
	const struct match_pair *x = a, *y = b;
	return x->score != y->score ? (x->score < y->score) - (x->score > y->score)
	       : x->one->id.v != y->one->id.v
		       ? (x->one->id.v > y->one->id.v) - (x->one->id.v < y->one->id.v)
		       : (x->other->id.v > y->other->id.v) - (x->other->id.v < y->other->id.v);
}

static struct match_pair pair_of(const struct match_row *a, const struct match_row *b, int64_t score,
				 int64_t alike)
{
	bool first = a->id.v < b->id.v;
	return (struct match_pair){ first ? a : b, first ? b : a, score, alike };
}

/* Both come to look for each other: the first of the two tells. */
static void keep_pair(struct asker *a, struct known *k, int64_t score, int64_t alike)
{
	struct match_pairs *l = a->arg;
	if (k->row->id.v <= a->row->id.v)
		return;
	if (l->n && (l->n & (l->n - 1)) == 0)
		l->items = talloc_realloc(a->c->mem, l->items, struct match_pair, (unsigned)l->n * 2);
	l->items[l->n++] = pair_of(a->row, k->row, score, alike);
}

void match_pairs_find(struct ctx *c, struct match_index *x, struct match_pairs *out)
{
	*out = (struct match_pairs){ talloc_array(c->mem, struct match_pair, 1), 0 };
	for (size_t i = 0; i < x->n; i++) {
		const struct known *k = &x->items[i];
		look_round(&(struct asker){ x, k->row, &k->name, k->key, keep_pair, c, out });
	}
	qsort(out->items, out->n, sizeof *out->items, by_score);
}

static const struct known *item_of(const struct match_index *x, community_id id)
{
	for (size_t i = 0; i < x->n; i++)
		if (x->items[i].row->id.v == id.v)
			return &x->items[i];
	return NULL;
}

bool match_pair_of(const struct match_index *x, community_id one, community_id other, struct match_pair *out)
{
	const struct known *a = item_of(x, one), *b = item_of(x, other);
	if (!a || !b || a == b)
		return false;
	int64_t alike = alike_names(&a->name, &b->name), score = alike_score(a->row, b->row, alike);
	*out = pair_of(a->row, b->row, score, alike);
	return score >= MATCH_LEAST;
}
