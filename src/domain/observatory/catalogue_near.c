/* catalogue_near.c - what is near a point: a grid of cells of a quarter of a
 * degree, so that only the cells around are looked at. */
#include <math.h>
#include <stdlib.h>

#include "observatory/catalogue_parts.h"
#include "territory/distance.h"

enum { CELL = 25000, ROWS = 720, COLUMNS = 1440 };
#define E5_BY_KM 898.3 /* hundred-thousandths of a degree of latitude */
#define FIRST_KM 4
#define LAST_KM	 1100

static int clamp(int64_t v, int n)
{
	return v < 0 ? 0 : v >= n ? n - 1 : (int)v;
}

static int row_of(int64_t lat_e5)
{
	return clamp((lat_e5 + 9000000) / CELL, ROWS);
}

static int column_of(int64_t lon_e5)
{
	return clamp((lon_e5 + 18000000) / CELL, COLUMNS);
}

struct cell_of {
	uint32_t cell, record;
};

static int cell_order(const void *a, const void *b)
{
	const struct cell_of *x = a, *y = b;
	if (x->cell != y->cell)
		return x->cell < y->cell ? -1 : 1;
	return (x->record > y->record) - (x->record < y->record);
}

void catalogue_lay_grid(TALLOC_CTX *owner, struct catalogue *x)
{
	struct cell_of *all = talloc_array(NULL, struct cell_of, x->n + 1);
	uint32_t n = 0;
	for (uint32_t i = 0; i < x->n; i++)
		if (x->at[i].lat_e5 != INT32_MIN)
			all[n++] = (struct cell_of){
				(uint32_t)(row_of(x->at[i].lat_e5) * COLUMNS + column_of(x->at[i].lon_e5)), i
			};
	qsort(all, n, sizeof *all, cell_order);
	uint32_t *cells = talloc_array(owner, uint32_t, n + 1), *in = talloc_array(owner, uint32_t, n + 1);
	for (uint32_t i = 0; i < n; i++) {
		cells[i] = all[i].cell;
		in[i] = all[i].record;
	}
	x->cells = cells;
	x->in = in;
	x->n_in = n;
	talloc_free(all);
}

static uint32_t first_in(const struct catalogue *x, uint32_t cell)
{
	uint32_t low = 0, high = x->n_in;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (x->cells[middle] < cell)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct neighbours catalogue_around(struct ctx *c, const struct catalogue *x, int64_t lat_e5, int64_t lon_e5,
				   double km)
{
	struct neighbours l = { 0 };
	size_t room = 0;
	int64_t dy = (int64_t)(km * E5_BY_KM) + 1;
	double narrow = cos((double)(llabs(lat_e5) + dy) / 1e5 * M_PI / 180);
	int64_t dx = narrow < 0.01 ? 18000000 : (int64_t)((double)dy / narrow) + 1;
	uint32_t west = (uint32_t)column_of(lon_e5 - dx), east = (uint32_t)column_of(lon_e5 + dx);
	for (int row = row_of(lat_e5 - dy); row <= row_of(lat_e5 + dy); row++) {
		uint32_t last = (uint32_t)row * COLUMNS + east;
		for (uint32_t i = first_in(x, (uint32_t)row * COLUMNS + west);
		     i < x->n_in && x->cells[i] <= last; i++) {
			const struct record *r = &x->at[x->in[i]];
			if (llabs(r->lat_e5 - lat_e5) > dy || llabs(r->lon_e5 - lon_e5) > dx)
				continue;
			double metres = commune_distance(lat_e5, lon_e5, r->lat_e5, r->lon_e5);
			if (metres > km * 1000)
				continue;
			if (l.n == room)
				l.at = talloc_realloc(c->mem, l.at, struct neighbour,
						      (unsigned)(room = room * 2 + 64));
			l.at[l.n++] = (struct neighbour){ x->in[i], (float)metres };
		}
	}
	return l;
}

static int by_distance(const void *a, const void *b)
{
	const struct neighbour *x = a, *y = b;
	if (x->metres != y->metres)
		return x->metres < y->metres ? -1 : 1;
	return (x->record > y->record) - (x->record < y->record);
}

struct neighbours catalogue_nearest(struct ctx *c, const struct catalogue *x, int64_t lat_e5, int64_t lon_e5,
				    size_t most)
{
	struct neighbours l = catalogue_around(c, x, lat_e5, lon_e5, FIRST_KM);
	for (double km = FIRST_KM * 2; l.n < most && km < LAST_KM; km *= 2)
		l = catalogue_around(c, x, lat_e5, lon_e5, km);
	qsort(l.at, l.n, sizeof *l.at, by_distance);
	l.n = l.n < most ? l.n : most;
	return l;
}
