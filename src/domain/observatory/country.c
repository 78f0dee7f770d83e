#include "observatory/country.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "observatory/country_sql.h"
#include "platform/app.h"
#include "platform/db.h"

#define EARTH_KM 6371.0088
#define RADIANS	 (M_PI / 180 / 100000)
#define BAND	 10000 /* hundred-thousandths of a degree */
#define GROW	 4096  /* towns */
#define SOUTH	 (-9000000)

struct spot spot_at(int64_t lat_e5, int64_t lon_e5)
{
	double lat = (double)lat_e5 * RADIANS, lon = (double)lon_e5 * RADIANS;
	return (struct spot){ lat_e5, lon_e5, cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat) };
}

/* The straight line through the sphere, squared: in the order of distances. */
static double chord2(const struct spot *a, const struct spot *b)
{
	double x = a->x - b->x, y = a->y - b->y, z = a->z - b->z;
	return x * x + y * y + z * z;
}

double spot_km(const struct spot *a, const struct spot *b)
{
	return 2 * EARTH_KM * asin(sqrt(chord2(a, b)) / 2);
}

/* ---- finding ---- */

static size_t band_of(int64_t lat_e5)
{
	return (size_t)((lat_e5 - SOUTH) / BAND);
}

/* The first town of [from, to) that is not west of lon. */
static size_t first_east(const struct country *k, size_t from, size_t to, double lon)
{
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if ((double)k->towns[middle].at.lon_e5 < lon)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

size_t country_around(const struct country *k, const struct spot *at, double km, uint32_t *out)
{
	double angle = km / EARTH_KM, lat = (double)at->lat_e5 * RADIANS;
	double chord = 2 * sin(angle / 2), most = chord * chord;
	double wide = sin(angle) / cos(lat);
	double dx = wide < 1 ? asin(wide) / RADIANS + 1 : 18000000, dy = angle / RADIANS + 1;
	size_t n = 0, last = band_of(at->lat_e5 + (int64_t)dy);
	for (size_t b = band_of(at->lat_e5 - (int64_t)dy); b <= last && b < k->n_bands; b++) {
		size_t end = k->bands[b + 1];
		for (size_t i = first_east(k, k->bands[b], end, (double)at->lon_e5 - dx);
		     i < end && (double)k->towns[i].at.lon_e5 <= (double)at->lon_e5 + dx; i++)
			if (chord2(&k->towns[i].at, at) <= most)
				out[n++] = (uint32_t)i;
	}
	return n;
}

static int by_code(const void *a, const void *b)
{
	return strcmp(((const struct area *)a)->code, ((const struct area *)b)->code);
}

uint16_t country_area(const struct country *k, int level, const char *code)
{
	struct area key = { .code = code };
	const struct area *found = code ? bsearch(&key, k->areas[level], k->n_areas[level], sizeof key,
						  by_code)
					: NULL;
	return found ? (uint16_t)(found - k->areas[level]) : NOWHERE;
}

/* ---- reading ---- */

static rc read_areas(struct ctx *c, struct country *k, int level)
{
	struct area_row_list l;
	TRY(country_areas(c, level, &l));
	k->areas[level] = talloc_zero_array(k, struct area, (unsigned)l.n);
	k->n_areas[level] = l.n;
	for (size_t i = 0; i < l.n; i++)
		k->areas[level][i] = (struct area){ .code = talloc_strdup(k, l.items[i].code),
						    .name = talloc_strdup(k, l.items[i].name),
						    .within = talloc_strdup(k, l.items[i].within),
						    .metro = strcmp(l.items[i].zone, "metro") == 0 };
	if (l.n)
		qsort(k->areas[level], l.n, sizeof(struct area), by_code);
	return OK;
}

/* Metropolitan France and the rest are the two territories of the highest level. */
static void add_whole(struct country *k)
{
	struct area *two = talloc_zero_array(k, struct area, 2);
	two[0] = (struct area){ .code = "metropole", .name = "", .within = "", .metro = true };
	two[1] = (struct area){ .code = "outremer", .name = "", .within = "" };
	k->areas[AREA_LEVEL_COUNTRY] = two;
	k->n_areas[AREA_LEVEL_COUNTRY] = 2;
}

static rc add_town(struct ctx *c, const void *row, void *arg)
{
	const struct town_row *r = row;
	struct country *k = arg;
	(void)c;
	const char *codes[AREA_LEVEL_COUNT] = { strcmp(r->zone, "metro") ? "outremer" : "metropole",
						r->region,
						r->departement,
						r->arrondissement,
						r->epci,
						r->area };
	if (r->lat_e5 == NONE || r->lon_e5 == NONE) {
		k->no_point++;
		return OK;
	}
	if (r->people == NONE || r->people == 0) {
		k->no_people++;
		return OK;
	}
	if (k->n % GROW == 0)
		k->towns = talloc_realloc(k, k->towns, struct town, (unsigned)(k->n + GROW));
	struct town *t = &k->towns[k->n++];
	*t = (struct town){ .at = spot_at(r->lat_e5, r->lon_e5), .people = (int32_t)r->people };
	memcpy(t->insee, r->insee, strnlen(r->insee, sizeof t->insee - 1));
	for (int level = 0; level < AREA_LEVEL_COUNT; level++) {
		t->area[level] = country_area(k, level, codes[level]);
		if (t->area[level] != NOWHERE)
			k->areas[level][t->area[level]].people += r->people;
	}
	return OK;
}

/* By band, then from west to east; the code decides between two on one point. */
static int by_place(const void *a, const void *b)
{
	const struct town *x = a, *y = b;
	size_t p = band_of(x->at.lat_e5), q = band_of(y->at.lat_e5);
	if (p != q)
		return p < q ? -1 : 1;
	if (x->at.lon_e5 != y->at.lon_e5)
		return x->at.lon_e5 < y->at.lon_e5 ? -1 : 1;
	return strcmp(x->insee, y->insee);
}

/* Where each band begins among towns that are in order. */
static void find_bands(struct country *k)
{
	size_t b = 0;
	k->n_bands = band_of(-SOUTH) + 1;
	k->bands = talloc_zero_array(k, size_t, (unsigned)k->n_bands + 1);
	for (size_t i = 0; i < k->n; i++)
		for (size_t mine = band_of(k->towns[i].at.lat_e5); b < mine;)
			k->bands[++b] = i;
	while (b < k->n_bands)
		k->bands[++b] = k->n;
}

struct country *country_some(TALLOC_CTX *mem, const struct country *k, const uint32_t *towns, size_t n)
{
	struct country *some = talloc_zero(mem, struct country);
	some->towns = talloc_array(some, struct town, (unsigned)n);
	for (size_t i = 0; i < n; i++)
		some->towns[i] = k->towns[towns[i]];
	some->n = n;
	find_bands(some);
	return some;
}

static rc read_country(struct ctx *c, struct country *k)
{
	add_whole(k);
	for (int level = AREA_LEVEL_REGION; level < AREA_LEVEL_COUNT; level++)
		TRY(read_areas(c, k, level));
	TRY(country_towns_each(c, add_town, k));
	if (k->n)
		qsort(k->towns, k->n, sizeof *k->towns, by_place);
	find_bands(k);
	return OK;
}

/* Rows are read into memory of their own, which is given back at once. */
static rc country_new(struct ctx *c, hash digest, struct country **out)
{
	TALLOC_CTX *before = c->mem, *rows = talloc_new(before);
	struct country *k = talloc_zero(NULL, struct country);
	k->digest = digest;
	c->mem = rows;
	rc code = read_country(c, k);
	c->mem = before;
	talloc_free(rows);
	if (code != OK)
		talloc_free(k);
	*out = k;
	return code;
}

/* ---- keeping ---- */

struct held {
	struct country *country;
	int refs;
};
struct country_cache {
	pthread_mutex_t lock;
	struct held *now; /* holds one reference itself */
};
struct handle {
	struct held *held;
};

struct country_cache *country_cache_new(void)
{
	struct country_cache *k = calloc(1, sizeof *k);
	if (!k)
		abort();
	pthread_mutex_init(&k->lock, NULL);
	return k;
}

static void let_go(struct held *h)
{
	if (!h || __atomic_sub_fetch(&h->refs, 1, __ATOMIC_ACQ_REL))
		return;
	talloc_free(h->country);
	free(h);
}

static int handle_end(struct handle *h)
{
	let_go(h->held);
	return 0;
}

void country_cache_free(struct country_cache *k)
{
	let_go(k->now);
	pthread_mutex_destroy(&k->lock);
	free(k);
}

/* One that nobody holds yet. */
static rc read_held(struct ctx *c, hash digest, struct held **out)
{
	struct country *country;
	TRY(country_new(c, digest, &country));
	*out = calloc(1, sizeof **out);
	if (!*out)
		abort();
	**out = (struct held){ country, 0 };
	return OK;
}

/* The one that is kept, read anew when its file has changed; with one reference for the caller. */
static rc take_kept(struct ctx *c, struct country_cache *k, hash digest, struct held **out)
{
	rc code = OK;
	pthread_mutex_lock(&k->lock);
	if (!k->now || !hash_eq(k->now->country->digest, digest)) {
		struct held *fresh;
		code = read_held(c, digest, &fresh);
		if (code == OK) {
			let_go(k->now);
			fresh->refs = 1;
			k->now = fresh;
		}
	}
	if (code == OK) {
		__atomic_add_fetch(&k->now->refs, 1, __ATOMIC_RELAXED);
		*out = k->now;
	}
	pthread_mutex_unlock(&k->lock);
	return code;
}

rc country_of(struct ctx *c, const struct country **out)
{
	struct held *held = NULL;
	struct country_digest_row of = { 0 };
	bool loaded;
	TRY(country_digest(c, &of, &loaded));
	hash digest = hash_sha256(&of, sizeof of);
	if (loaded && c->app->country) {
		TRY(take_kept(c, c->app->country, digest, &held));
	} else {
		TRY(read_held(c, (hash){ 0 }, &held));
		held->refs = 1;
	}
	struct handle *h = talloc(c->mem, struct handle);
	h->held = held;
	talloc_set_destructor(h, handle_end);
	*out = held->country;
	return OK;
}
