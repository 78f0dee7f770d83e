/* map_marks.c - what stands on a map: places, threads, names where there is room. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "observatory/map_parts.h"
#include "observatory/map_sql.h"
#include "observatory/map_towns.h"
#include "platform/i18n.h"

/* ---- words ---- */

static size_t letters(const char *s)
{
	size_t n = 0;
	for (; *s; s++)
		n += (*s & 0xc0) != 0x80;
	return n;
}

/* How wide a word is, roughly: there is no font here to ask. */
static double width_of(enum picture_ink ink, const char *s)
{
	double em = ink == PICTURE_TOWN_HERE  ? 10
		    : ink == PICTURE_COUNTY   ? 9
		    : ink == PICTURE_TOWN_FAR ? 6.5
					      : 7.4;
	return (double)letters(s) * em;
}

/* A word on one side of a point, `away` pixels from it; where it has room on a phone too, or on wide screens alone. */
static bool put_word(struct ctx *c, struct map *m, struct picture_word w, int side, double away,
		     bool wide_only)
{
	double wide = width_of(w.ink, w.s), x = (double)w.x, y = (double)w.y;
	static const struct {
		int x, y, foot;
		enum picture_anchor anchor;
	} sides[] = { { 1, 0, 5, PICTURE_START },
		      { -1, 0, 5, PICTURE_END },
		      { 0, 1, 12, PICTURE_MIDDLE },
		      { 0, -1, -2, PICTURE_MIDDLE } };
	w.dx = (int64_t)(sides[side].x * away);
	w.dy = (int64_t)(sides[side].y * away) + sides[side].foot;
	w.anchor = sides[side].anchor;
	x += (double)w.dx - (w.anchor == PICTURE_MIDDLE ? wide / 2 : w.anchor == PICTURE_END ? wide : 0);
	y += (double)w.dy;
	struct map_box box = { x - 2, y - 13, x + wide + 2, y + 4 };
	w.wide_only = wide_only && !m->picture.covers;
	if (!map_is_free(m, box))
		return false;
	if (!wide_only && !m->picture.covers && !map_fits_narrow(m, (double)w.x, (double)w.y, box))
		return false;
	map_take(m, box);
	if (!wide_only)
		map_take_narrow(m, (double)w.x, (double)w.y, box);
	picture_word(c, &m->picture, w);
	return true;
}

static bool put_name(struct ctx *c, struct map *m, struct picture_word w, double away)
{
	for (int side = 0; side < 8; side++)
		if (put_word(c, m, w, side % 4, away, side >= 4))
			return true;
	return false;
}

/* ---- the point that all is measured from ---- */

static void ring(struct ctx *c, struct map *m, const struct map_lens *l, double x, double y, int km,
		 bool inner)
{
	double r = km * l->scale, k = r * 0.5523, X = x * 4, Y = y * 4, R = r * 4, K = k * 4;
	picture_field(
		c, &m->picture,
		(struct picture_field){
			.ink = inner ? PICTURE_REACH : PICTURE_RING,
			.path = fmt(c,
				    "M%.0f %.0fC%.0f %.0f %.0f %.0f %.0f %.0fC%.0f %.0f %.0f %.0f %.0f %.0f"
				    "C%.0f %.0f %.0f %.0f %.0f %.0fC%.0f %.0f %.0f %.0f %.0f %.0fz",
				    X, Y - R, X + K, Y - R, X + R, Y - K, X + R, Y, X + R, Y + K, X + K,
				    Y + R, X, Y + R, X - K, Y + R, X - R, Y + K, X - R, Y, X - R, Y - K,
				    X - K, Y - R, X, Y - R) });
	picture_word(c, &m->picture,
		     (struct picture_word){ .x = (int64_t)(x + r * 0.72),
					    .y = (int64_t)(y + r * 0.72),
					    .ink = PICTURE_RING_WORD,
					    .s = fmt(c, "%d km", km) });
	struct map_box box = { x + r * 0.72 - 4, y + r * 0.72 - 12, x + r * 0.72 + 50, y + r * 0.72 + 4 };
	map_take(m, box);
	map_take_narrow(m, x + r * 0.72, y + r * 0.72, box);
}

void map_rings(struct ctx *c, struct map *m, int64_t lat_e5, int64_t lon_e5, const int *km, size_t n)
{
	const struct map_lens *l = map_lens_at(m, lat_e5, lon_e5);
	for (size_t i = 0; l && i < n; i++)
		ring(c, m, l, map_x(l, lon_e5), map_y(l, lat_e5), km[i], i == 0);
}

void map_here(struct ctx *c, struct map *m, int64_t lat_e5, int64_t lon_e5, const char *name)
{
	int64_t x, y;
	if (!map_point(m, lat_e5, lon_e5, &x, &y))
		return;
	picture_mark(c, &m->picture, (struct picture_mark){ .x = x, .y = y, .ink = PICTURE_HERE });
	struct map_box box = { (double)x - 10, (double)y - 10, (double)x + 10, (double)y + 10 };
	map_take(m, box);
	map_take_narrow(m, (double)x, (double)y, box);
	if (name)
		put_name(c, m, (struct picture_word){ .x = x, .y = y, .ink = PICTURE_TOWN_HERE, .s = name },
			 15);
}

/* ---- threads ---- */

/* A bow to the left of the way, a seventh of its length high. */
static const char *bow(struct ctx *c, double x0, double y0, double x1, double y1)
{
	double dx = x1 - x0, dy = y1 - y0, bx = dy * 0.18, by = -dx * 0.18;
	return fmt(c, "M%.0f %.0fC%.0f %.0f %.0f %.0f %.0f %.0f", x0 * 4, y0 * 4, (x0 + dx * 0.3 + bx) * 4,
		   (y0 + dy * 0.3 + by) * 4, (x0 + dx * 0.7 + bx) * 4, (y0 + dy * 0.7 + by) * 4, x1 * 4,
		   y1 * 4);
}

void map_threads(struct ctx *c, struct map *m, const struct map_thread *threads, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct map_thread *t = &threads[i];
		const struct map_lens *from = map_lens_at(m, t->lat_e5, t->lon_e5),
				      *to = map_lens_at(m, t->to_lat_e5, t->to_lon_e5);
		if (!from || !to)
			continue;
		const char *path = bow(c, map_x(from, t->lon_e5), map_y(from, t->lat_e5),
				       map_x(to, t->to_lon_e5), map_y(to, t->to_lat_e5));
		picture_field(
			c, &m->picture,
			(struct picture_field){ .ink = PICTURE_THREAD, .path = path, .title = t->title });
	}
}

/* ---- places ---- */

static bool is_named(const struct map *m, const char *name)
{
	for (size_t i = 0; i < m->picture.n_words; i++)
		if (strcmp(m->picture.words[i].s, name) == 0)
			return true;
	return false;
}

static void one_mark(struct ctx *c, struct map *m, const struct map_mark *k, const struct map_spot *s,
		     bool under)
{
	bool dot = k->rank <= 0;
	picture_mark(c, &m->picture,
		     (struct picture_mark){
			     .x = s->x,
			     .y = s->y,
			     .form = k->find ? PICTURE_DIAMOND
				     : dot   ? PICTURE_DOT
					     : k->form,
			     .ink = k->find ? PICTURE_MARK_FIND
				    : k->on ? PICTURE_MARK_ON
					    : PICTURE_MARK,
			     .text = dot ? NULL : fmt(c, "%lld", (long long)k->rank),
			     .name = k->name,
			     .href = k->href,
			     .id = k->id,
			     .ref = k->ref,
			     .under = under,
		     });
}

static double radius(const struct map_mark *k)
{
	return k->find ? 20 : k->rank > 0 ? 15 : 5;
}

static void take_round(struct map *m, const struct map_spot *s, double r)
{
	double x = (double)s->x, y = (double)s->y, small = r * 0.72;
	map_take(m, (struct map_box){ x - r, y - r, x + r, y + r });
	map_take_narrow(m, x, y, (struct map_box){ x - small, y - small, x + small, y + small });
}

/* Towns are named once, where there is room. */
static void name_towns(struct ctx *c, struct map *m, const struct map_mark *marks,
		       const struct map_spot *spots, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct picture_word w = {
			.x = spots[i].x, .y = spots[i].y, .ink = PICTURE_TOWN, .s = marks[i].town
		};
		if (spots[i].shown && spots[i].head == i && w.s && !is_named(m, w.s))
			put_name(c, m, w, radius(&marks[i]) + 3);
	}
}

/* As far as the farthest of them, and a little. */
static int as_far_as(double km)
{
	static const int usual[] = { 2, 5, 10, 20, 30, 60, 130 };
	size_t i = 0;
	while (i + 1 < sizeof usual / sizeof *usual && usual[i] < km * 1.1)
		i++;
	return usual[i];
}

/* How many stand there: the first one's place, the way to see them apart. */
static void one_count(struct ctx *c, struct map *m, const struct map_mark *marks,
		      const struct map_spot *spots, size_t n, size_t head)
{
	const struct map_mark *k = &marks[head];
	struct buf names;
	buf_init(&names, c->mem, 128);
	for (size_t i = head; i < n; i++)
		if (spots[i].shown && spots[i].head == head)
			buf_fmt(&names, "%s%s", names.len ? ", " : "", marks[i].name);
	const struct arg args[] = { { .name = "n", .kind = ARG_INT, .n = (int64_t)spots[head].n },
				    { .name = "names", .text = names.s } };
	picture_mark(c, &m->picture,
		     (struct picture_mark){
			     .x = spots[head].x,
			     .y = spots[head].y,
			     .ink = PICTURE_MARK_MANY,
			     .text = fmt(c, "%zu", spots[head].n),
			     .name = i18n(c, K("map.together"), args, sizeof args / sizeof *args),
			     .href = m->closer && k->ref
					     ? m->closer(c, m->closer_ask, k->ref, as_far_as(spots[head].km))
					     : k->href,
		     });
}

void map_closer(struct map *m, map_closer_fn *address, const void *ask)
{
	m->closer = address;
	m->closer_ask = ask;
}

void map_marks(struct ctx *c, struct map *m, const struct map_mark *marks, size_t n)
{
	struct map_spot *spots = new_array(c, struct map_spot, n);
	map_spots(m, marks, spots, n);
	for (size_t i = 0; i < n; i++)
		if (spots[i].shown && spots[i].head == i)
			take_round(m, &spots[i], radius(&marks[i]));
	for (size_t i = 0; i < n; i++)
		if (spots[i].shown && spots[i].head == i && spots[i].n > 1)
			one_count(c, m, marks, spots, n, i);
	for (size_t i = n; i-- > 0;)
		if (spots[i].shown)
			one_mark(c, m, &marks[i], &spots[i], spots[spots[i].head].n > 1);
	name_towns(c, m, marks, spots, n);
}

/* ---- names ---- */

rc map_towns(struct ctx *c, struct map *m, size_t most)
{
	const struct map_lens *l = &m->lenses[0];
	struct town_dot_list towns;
	struct town_window w = { .most = most * 8 };
	map_window(l, &w.south, &w.north, &w.west, &w.east);
	TRY(map_towns_in(c, &w, &towns));
	size_t n = 0;
	for (size_t i = 0; i < towns.n && n < most; i++) {
		const struct town_dot *t = &towns.items[i];
		int64_t x = (int64_t)map_x(l, t->lon_e5), y = (int64_t)map_y(l, t->lat_e5);
		double dx = l->w / 9, dy = 24;
		if (is_named(m, t->name) || !map_is_free(m, (struct map_box){ (double)x - 4, (double)y - 4,
									      (double)x + 4, (double)y + 4 }))
			continue;
		if (!put_name(c, m,
			      (struct picture_word){ .x = x,
						     .y = y,
						     .ink = i < most / 2 ? PICTURE_TOWN : PICTURE_TOWN_FAR,
						     .s = t->name },
			      9))
			continue;
		n++;
		/* Names are far from each other. */
		map_take(m,
			 (struct map_box){ (double)x - dx, (double)y - dy, (double)x + dx, (double)y + dy });
	}
	return OK;
}

rc map_counties(struct ctx *c, struct map *m)
{
	struct county_name_list counties;
	TRY(map_counties_all(c, &counties));
	for (size_t i = 0; i < counties.n; i++) {
		const struct outline *o = outline_find(OUTLINE_DEPARTEMENT, counties.items[i].code);
		struct picture_word w = { .ink = PICTURE_COUNTY, .s = counties.items[i].name };
		if (o && map_point(m, (o->south + o->north) / 2, (o->west + o->east) / 2, &w.x, &w.y))
			(void)(put_word(c, m, w, 2, 0, false) || put_word(c, m, w, 2, 0, true));
	}
	return OK;
}
