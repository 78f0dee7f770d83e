/* outline.h - the limits of regions, départements, arrondissements and EPCI, for
 * drawing. They are part of the program (tools/outlines writes them from
 * data/outlines) and cost memory only where they are read. Regions and
 * départements are Natural Earth's, the two others are approximate: which
 * territory a commune belongs to is told by its codes, never by an outline. */
#ifndef MAILLAGE_OUTLINE_H
#define MAILLAGE_OUTLINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum outline_level {
	OUTLINE_REGION,
	OUTLINE_DEPARTEMENT,
	OUTLINE_ARRONDISSEMENT,
	OUTLINE_EPCI,
	OUTLINE_ABROAD,	/* countries round about, cut and coarse: land that is not sea */
	OUTLINE_LEVELS
};

/* Degrees are in hundred-thousandths, WGS84. */
struct outline {
	const char *code; /* of INSEE; of an EPCI, its SIREN */
	int32_t south, west, north, east;
	const unsigned char *rings; /* read by outline_ring and outline_point */
	size_t len;
};
struct outline_table {
	const struct outline *items; /* by code */
	size_t n;
};
extern const struct outline_table outline_tables[];

/* The outline of a code, or NULL: none is drawn (collectivities far away). */
const struct outline *outline_find(enum outline_level level, const char *code);

/* Going along one: while (outline_ring(&w)) while (outline_point(&w)) ... w.lat_e5, w.lon_e5.
 * A ring ends where it began; its first point is not said twice. Rings follow
 * the even-odd rule: one inside another is a hole. */
struct outline_walk {
	const unsigned char *at, *end;
	uint32_t left; /* points of this ring still to come */
	int32_t lat_e5, lon_e5;
};
struct outline_walk outline_begin(const struct outline *o);
bool outline_ring(struct outline_walk *w);
bool outline_point(struct outline_walk *w);

/* How large it is on a sphere, in whole km²: of regions and départements a per cent or two
 * from the cadastre; of the two others no more than an idea. */
int64_t outline_km2(const struct outline *o);

/* The outline that a point lies in, or NULL. */
const struct outline *outline_at(enum outline_level level, int64_t lat_e5, int64_t lon_e5);

#endif
