/* near.c - who is near a point, among so many: by the grid of the search, and by
 * the plainest pass there is, the distance to each of them. Reads "lat_e5|lon_e5"
 * lines, puts so many places around them, asks from so many points; prints the
 * microseconds of a question, ours and the pass's. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "observatory/catalogue_parts.h"

enum { TOWNS = 40000, PLACES = 50000, ASKED = 400, NEAREST = 10 };
static int64_t towns[TOWNS][2];
static double lat[PLACES], lon[PLACES], narrow[PLACES];

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static double pass(int64_t lat_e5, int64_t lon_e5)
{
	const double unit = M_PI / 18000000, a = (double)lat_e5 * unit, o = (double)lon_e5 * unit, c = cos(a);
	double least = 1e9;
	for (int i = 0; i < PLACES; i++) {
		double up = sin((lat[i] - a) / 2), along = sin((lon[i] - o) / 2);
		double metres = 2 * 6371008.8 * asin(sqrt(up * up + c * narrow[i] * along * along));
		least = metres < least ? metres : least;
	}
	return least;
}

int main(void)
{
	struct ctx c = { .mem = talloc_new(NULL) };
	struct record *at = talloc_zero_array(c.mem, struct record, PLACES);
	struct catalogue x = { .at = at, .n = PLACES };
	double ours = 0, theirs = 0, wrong = 0;
	int n = 0;
	srand(1);
	while (n < TOWNS && scanf("%ld|%ld", &towns[n][0], &towns[n][1]) == 2)
		n++;
	for (int i = 0; n && i < PLACES; i++) {
		int k = rand() % n;
		at[i].lat_e5 = (int32_t)towns[k][0] + rand() % 4000 - 2000;
		at[i].lon_e5 = (int32_t)towns[k][1] + rand() % 4000 - 2000;
		lat[i] = at[i].lat_e5 * M_PI / 18000000;
		lon[i] = at[i].lon_e5 * M_PI / 18000000;
		narrow[i] = cos(lat[i]);
	}
	catalogue_lay_grid(c.mem, &x);
	for (int i = 0; n && i < ASKED; i++) {
		int k = rand() % n;
		TALLOC_CTX *mem = c.mem;
		double t0 = now();
		c.mem = talloc_new(mem);
		struct neighbours l = catalogue_nearest(&c, &x, towns[k][0], towns[k][1], NEAREST);
		double t1 = now(), least = pass(towns[k][0], towns[k][1]), t2 = now();
		wrong += l.n != NEAREST || fabs((double)l.at[0].metres - least) > 1;
		talloc_free(c.mem);
		c.mem = mem;
		ours += t1 - t0;
		theirs += t2 - t1;
	}
	printf("%.3f %.3f\n", ours / ASKED, theirs / ASKED);
	return !n || wrong > 0;
}
