/* map_spots.c - where marks stand: each where it is. Links that would hide one
 * another are counted in one mark; sites to open, whose numbers are those of a
 * table, stand beside each other, on land. */
#include <math.h>

#include "observatory/map_parts.h"

/* Marks of places are 28 pixels wide, and 20 on a phone (web/css/37-map.css), where points are little more than half as far
 * from each other: 36 units apart, neither hides the other on either. Where that would take one too far
 * from where it is, 28 must do. */
#define FARTHER 8
static const int64_t aparts[] = { 36, 28 };
enum { ROUNDS = 5, EDGE = 20, IN_PROPORTION = 31, MOST = 100 };

static bool are_near(const struct map_spot *s, int64_t x, int64_t y, int64_t apart)
{
	int64_t dx = s->x - x, dy = s->y - y;
	return s->shown && dx * dx + dy * dy < apart * apart;
}

/* ---- counted together ---- */

static int64_t within(int64_t v, int64_t least, int64_t most)
{
	return v < least ? least : v > most ? most : v;
}

/* Whole inside the picture. */
static void keep_inside(const struct map *m, struct map_spot *s)
{
	s->x = within(s->x, EDGE, m->picture.width - EDGE);
	s->y = within(s->y, EDGE, m->picture.height - EDGE);
}

static void join(const struct map *m, const struct map_mark *marks, struct map_spot *spots, size_t i,
		 size_t head)
{
	const struct map_lens *l = map_lens_at(m, marks[head].lat_e5, marks[head].lon_e5);
	double km = hypot(map_x(l, marks[i].lon_e5) - map_x(l, marks[head].lon_e5),
			  map_y(l, marks[i].lat_e5) - map_y(l, marks[head].lat_e5)) /
		    l->scale;
	spots[i].head = head;
	spots[head].n++;
	spots[head].km = fmax(spots[head].km, km);
}

static void gather(const struct map *m, const struct map_mark *marks, struct map_spot *spots, size_t i)
{
	int64_t apart = m->picture.covers ? IN_PROPORTION : aparts[0];
	keep_inside(m, &spots[i]);
	for (size_t k = 0; k < i; k++)
		if (spots[k].head == k && marks[k].href &&
		    are_near(&spots[k], spots[i].x, spots[i].y, apart)) {
			join(m, marks, spots, i, k);
			return;
		}
}

/* ---- beside each other ---- */

static bool is_land(const struct map_lens *l, int64_t x, int64_t y)
{
	int64_t lat, lon;
	map_place(l, (double)x, (double)y, &lat, &lon);
	return outline_at(OUTLINE_DEPARTEMENT, lat, lon);
}

static bool hides(const struct map_spot *spots, size_t n, int64_t x, int64_t y, int64_t apart)
{
	for (size_t k = 0; k < n; k++)
		if (are_near(&spots[k], x, y, apart))
			return true;
	return false;
}

/* As near to where it is as there is room. */
static bool stand(const struct map *m, const struct map_lens *l, struct map_spot *spots, size_t i,
		  int64_t apart)
{
	static const int to[][2] = { { 4, 2 }, { -4, 2 }, { 0, -4 }, { 4, -2 }, { -4, -2 }, { 0, 4 },
				     { 2, 4 }, { -2, 4 }, { 4, 0 },  { 2, -4 }, { -4, 0 },  { -2, -4 } };
	enum { N = sizeof to / sizeof *to };
	const struct map_spot s = spots[i];
	for (int t = 0; t <= N * ROUNDS; t++) {
		int64_t away = t ? (int64_t)FARTHER * ((t - 1) / N + 1) : 0;
		int64_t x = s.x + to[t % N][0] * away / 4, y = s.y + to[t % N][1] * away / 4;
		if (x < EDGE || y < EDGE || x > m->picture.width - EDGE || y > m->picture.height - EDGE ||
		    hides(spots, i, x, y, apart) || (t && !is_land(l, x, y)))
			continue;
		spots[i].x = x;
		spots[i].y = y;
		return true;
	}
	return false;
}

static void spread(const struct map *m, const struct map_mark *marks, struct map_spot *spots, size_t i)
{
	const struct map_lens *l = map_lens_at(m, marks[i].lat_e5, marks[i].lon_e5);
	for (size_t k = 0; k < sizeof aparts / sizeof *aparts; k++)
		if (stand(m, l, spots, i, aparts[k]))
			return;
}

void map_spots(const struct map *m, const struct map_mark *marks, struct map_spot *spots, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct map_spot *s = &spots[i];
		*s = (struct map_spot){ .head = i, .n = 1 };
		s->shown = map_point(m, marks[i].lat_e5, marks[i].lon_e5, &s->x, &s->y);
		if (!s->shown || marks[i].rank <= 0 || n > MOST)
			continue;
		if (marks[i].href)
			gather(m, marks, spots, i);
		else
			spread(m, marks, spots, i);
	}
}
