#include "territory/outline.h"

#include <math.h>

#include <stdlib.h>
#include <string.h>

static int by_code(const void *code, const void *o)
{
	return strcmp(code, ((const struct outline *)o)->code);
}

const struct outline *outline_find(enum outline_level level, const char *code)
{
	const struct outline_table *t = &outline_tables[level];
	return code ? bsearch(code, t->items, t->n, sizeof *t->items, by_code) : NULL;
}

struct outline_walk outline_begin(const struct outline *o)
{
	return (struct outline_walk){ .at = o->rings, .end = o->rings + o->len };
}

static uint32_t number(struct outline_walk *w)
{
	uint32_t v = 0;
	for (int shift = 0; w->at < w->end; shift += 7) {
		unsigned char b = *w->at++;
		v |= (uint32_t)(b & 127) << shift;
		if (b < 128)
			break;
	}
	return v;
}

/* Ten-thousandths of a degree, in hundred-thousandths. */
static int32_t step(struct outline_walk *w)
{
	uint32_t v = number(w);
	return ((int32_t)(v >> 1) ^ -(int32_t)(v & 1)) * 10;
}

bool outline_ring(struct outline_walk *w)
{
	while (w->left) /* what the caller did not want to see */
		outline_point(w);
	if (w->at >= w->end)
		return false;
	w->left = number(w);
	return true;
}

bool outline_point(struct outline_walk *w)
{
	if (!w->left)
		return false;
	w->left--;
	w->lat_e5 += step(w);
	w->lon_e5 += step(w);
	return true;
}

/* Does a way east from the point cross the side from a to b? */
static bool crosses(int64_t lat, int64_t lon, const int64_t a[2], const int64_t b[2])
{
	if ((a[0] > lat) == (b[0] > lat))
		return false;
	int64_t rise = b[0] - a[0], side = (lat - a[0]) * (b[1] - a[1]) - (lon - a[1]) * rise;
	return rise > 0 ? side > 0 : side < 0;
}

static bool holds(const struct outline *o, int64_t lat, int64_t lon)
{
	bool in = false;
	if (lat < o->south || lat > o->north || lon < o->west || lon > o->east)
		return false;
	for (struct outline_walk w = outline_begin(o); outline_ring(&w);) {
		int64_t first[2] = { 0 }, last[2] = { 0 };
		bool begun = false;
		while (outline_point(&w)) {
			int64_t here[2] = { w.lat_e5, w.lon_e5 };
			if (begun)
				in ^= crosses(lat, lon, last, here);
			else
				memcpy(first, here, sizeof first);
			memcpy(last, here, sizeof last);
			begun = true;
		}
		in ^= crosses(lat, lon, last, first);
	}
	return in;
}

const struct outline *outline_at(enum outline_level level, int64_t lat_e5, int64_t lon_e5)
{
	const struct outline_table *t = &outline_tables[level];
	for (size_t i = 0; i < t->n; i++)
		if (holds(&t->items[i], lat_e5, lon_e5))
			return &t->items[i];
	return NULL;
}

/* A ring on a sphere of the Earth's mean radius, in km²; its sign says which way it goes. */
static double ring_km2(struct outline_walk *w)
{
	double sum = 0, first_lon = 0, first_sin = 0, lon = 0, sine = 0;
	bool begun = false;
	while (outline_point(w)) {
		double x = w->lon_e5 * 1e-5 * M_PI / 180, y = sin(w->lat_e5 * 1e-5 * M_PI / 180);
		if (begun)
			sum += (x - lon) * (y + sine);
		else
			first_lon = x, first_sin = y;
		begun = true;
		lon = x;
		sine = y;
	}
	sum += (first_lon - lon) * (first_sin + sine);
	return sum / 2 * 6371.0088 * 6371.0088;
}

int64_t outline_km2(const struct outline *o)
{
	struct outline_walk w = outline_begin(o);
	double sum = 0;
	while (outline_ring(&w))
		sum += ring_km2(&w);
	return llround(fabs(sum));
}
