/* all_pairs.c - one pass over all pairs of communes, the plainest there is: who
 * lives within 30 km of whom. Reads "lat_e5|lon_e5|people" lines; prints
 * the seconds of the pass. */
#include <math.h>
#include <stdio.h>
#include <time.h>

#define MOST 40000
static double x[MOST], y[MOST], z[MOST];
static long people[MOST], around[MOST];

int main(void)
{
	double lat, lon, chord = 2 * sin(30 / 6371.0088 / 2);
	struct timespec t0, t1;
	int n = 0;
	while (n < MOST && scanf("%lf|%lf|%ld", &lat, &lon, &people[n]) == 3) {
		lat *= M_PI / 18000000;
		lon *= M_PI / 18000000;
		x[n] = cos(lat) * cos(lon);
		y[n] = cos(lat) * sin(lon);
		z[n++] = sin(lat);
	}
	clock_gettime(CLOCK_MONOTONIC, &t0);
	for (int i = 0; i < n; i++)
		for (int j = i + 1; j < n; j++) {
			double a = x[i] - x[j], b = y[i] - y[j], c = z[i] - z[j];
			if (a * a + b * b + c * c <= chord * chord) {
				around[i] += people[j];
				around[j] += people[i];
			}
		}
	clock_gettime(CLOCK_MONOTONIC, &t1);
	long most = 0;
	for (int i = 0; i < n; i++)
		most = around[i] > most ? around[i] : most;
	fprintf(stderr, "%d communes, at most %ld people around one\n", n, most);
	printf("%.6f\n", (double)(t1.tv_sec - t0.tv_sec) + (double)(t1.tv_nsec - t0.tv_nsec) / 1e9);
	return 0;
}
