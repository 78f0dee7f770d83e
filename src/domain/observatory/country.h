/* country.h - the communes in memory: where they are, how many people live
 * there, which territories they belong to. They lie in bands of a tenth of a
 * degree of latitude, from west to east, so that those around a point are found
 * by looking at few: no pairs are stored. 34,969 of them take 2 MB, read once
 * per data file and kept for the whole process (app->country). Communes without
 * a point or without people are left out; how many is said. */
#ifndef MAILLAGE_COUNTRY_H
#define MAILLAGE_COUNTRY_H

#include "base/ctx.h"
#include "base/hash.h"
#include "observatory/country_shape.h"

/* A point, and the same on a sphere of radius one, for quick distances. */
struct spot {
	int64_t lat_e5, lon_e5;
	double x, y, z;
};

#define NOWHERE UINT16_MAX /* belongs to no territory of that level */

struct town {
	struct spot at;
	int32_t people;
	uint16_t area[AREA_LEVEL_COUNT]; /* index into areas of each level, or NOWHERE */
	char insee[6];
};

struct area {
	const char *code, *name;
	const char *within; /* code of its region; "" for the country */
	bool metro;
	int64_t people; /* of its communes that have a point */
};

struct country {
	struct town *towns;
	size_t n;
	struct area *areas[AREA_LEVEL_COUNT]; /* by code */
	size_t n_areas[AREA_LEVEL_COUNT];
	size_t *bands; /* where each band begins in towns; n_bands + 1 of them */
	size_t n_bands;
	int64_t no_point, no_people; /* communes left out */
	hash digest;		     /* of the data it was read from */
};

struct country_cache;
struct country_cache *country_cache_new(void);
void country_cache_free(struct country_cache *k);

/* The country, good until c->mem is freed. Inside a snapshot or transaction;
 * reads some 35,000 rows when nothing is kept: never on an epoll thread. */
rc country_of(struct ctx *c, const struct country **out);

struct spot spot_at(int64_t lat_e5, int64_t lon_e5);
/* The index of a territory, or NOWHERE. */
uint16_t country_area(const struct country *k, int level, const char *code);

/* Some of its towns (as indexes, in rising order), to look around among them alone. */
struct country *country_some(TALLOC_CTX *mem, const struct country *k, const uint32_t *towns, size_t n);

/* The towns within `km` of a point, as indexes; `out` has room for k->n. How many. */
size_t country_around(const struct country *k, const struct spot *at, double km, uint32_t *out);
double spot_km(const struct spot *a, const struct spot *b);

#endif
