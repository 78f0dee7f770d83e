/* map_ground.c - land, limits, and what is counted by territory. */
#include <math.h>
#include <string.h>

#include "observatory/map_parts.h"
#include "observatory/map_towns.h"

#define DOTS 1800

/* ---- paths ---- */

/* The lens that shows something of an outline, or NULL. */
static const struct map_lens *lens_of(const struct map *m, const struct outline *o)
{
	for (int i = 0; i < m->n_lenses; i++) {
		int64_t south, north, west, east;
		map_window(&m->lenses[i], &south, &north, &west, &east);
		if (o->south <= north && o->north >= south && o->west <= east && o->east >= west)
			return &m->lenses[i];
	}
	return NULL;
}

struct pen {
	struct buf *b;
	int64_t x, y; /* quarters of a unit */
	bool begun;
};

/* A map has thousands: without printf. */
static void put_point(struct buf *b, int64_t x, int64_t y)
{
	buf_int(b, x);
	if (y >= 0)
		buf_char(b, ' ');
	buf_int(b, y);
}

static void go(struct pen *p, int64_t x, int64_t y)
{
	if (!p->begun) {
		buf_char(p->b, 'M');
		put_point(p->b, x, y);
		buf_char(p->b, 'l');
	} else if (x == p->x && y == p->y) {
		return;
	} else {
		put_point(p->b, x - p->x, y - p->y);
		buf_char(p->b, ' ');
	}
	*p = (struct pen){ p->b, x, y, true };
}

void map_path_outline(struct buf *b, const struct map *m, const struct outline *o)
{
	const struct map_lens *l = lens_of(m, o);
	if (!l)
		return;
	for (struct outline_walk w = outline_begin(o); outline_ring(&w);) {
		struct pen p = { .b = b };
		size_t before = b->len;
		while (outline_point(&w))
			go(&p, (int64_t)lround(map_x(l, w.lon_e5) * 4),
			   (int64_t)lround(map_y(l, w.lat_e5) * 4));
		if (b->s[b->len - 1] == 'l') { /* an islet smaller than the pen */
			b->len = before;
			b->s[before] = 0;
			continue;
		}
		b->s[b->len - 1] = 'z';
	}
}

static const char *whole_level(struct ctx *c, const struct map *m, enum outline_level level)
{
	const struct outline_table *t = &outline_tables[level];
	struct buf b;
	buf_init(&b, c->mem, 32768);
	for (size_t i = 0; i < t->n; i++)
		map_path_outline(&b, m, &t->items[i]);
	return b.s;
}

static void add(struct ctx *c, struct map *m, enum picture_ink ink, const char *path)
{
	if (*path)
		picture_field(c, &m->picture, (struct picture_field){ .ink = ink, .path = path });
}

/* ---- fields ---- */

void map_sea(struct ctx *c, struct map *m)
{
	int w = m->picture.width * 4, h = m->picture.height * 4;
	add(c, m, PICTURE_SEA, fmt(c, "M0 0h%dl0 %dh%dz", w, h, -w));
	add(c, m, PICTURE_ABROAD, whole_level(c, m, OUTLINE_ABROAD));
}

void map_land(struct ctx *c, struct map *m, enum outline_level limits)
{
	const char *path = whole_level(c, m, limits);
	add(c, m, PICTURE_LAND, path);
	add(c, m, PICTURE_OUTLINE, path);
}

void map_limits(struct ctx *c, struct map *m, enum outline_level level)
{
	add(c, m, PICTURE_LIMIT, whole_level(c, m, level));
}

void map_chosen(struct ctx *c, struct map *m, enum outline_level level, const char *code)
{
	const struct outline *o = outline_find(level, code);
	struct buf b;
	buf_init(&b, c->mem, 1024);
	if (o)
		map_path_outline(&b, m, o);
	add(c, m, PICTURE_CHOSEN, b.s);
}

static enum picture_ink ink_of(int step)
{
	return step < 0 ? PICTURE_UNKNOWN : PICTURE_RAMP + (unsigned)(step > 5 ? 5 : step);
}

void map_choropleth(struct ctx *c, struct map *m, enum outline_level level, const struct map_area *areas,
		    size_t n)
{
	for (int step = -1; step <= 5; step++) {
		struct buf together;
		buf_init(&together, c->mem, 4096);
		for (size_t i = 0; i < n; i++) {
			const struct outline *o = areas[i].step == step ? outline_find(level, areas[i].code)
									: NULL;
			if (!o)
				continue;
			struct buf alone, *b = &together;
			if (areas[i].title)
				buf_init(b = &alone, c->mem, 512);
			map_path_outline(b, m, o);
			if (areas[i].title && alone.len)
				picture_field(c, &m->picture,
					      (struct picture_field){ .ink = ink_of(step),
								      .path = alone.s,
								      .title = areas[i].title,
								      .href = areas[i].href });
		}
		add(c, m, ink_of(step), together.s);
	}
}

/* ---- communes ---- */

static int dot_size(int64_t population)
{
	int size = (int)(sqrt((double)population) / 20) + 2;
	return size > 34 ? 34 : size;
}

/* Communes of one size make one path; sizes are half units. */
static void dots(struct ctx *c, struct map *m, const struct map_lens *l, const struct town_dot_list *towns)
{
	struct buf b;
	int open = 0;
	buf_init(&b, c->mem, 8192);
	for (size_t i = 0; i <= towns->n; i++) {
		int size = i < towns->n ? dot_size(towns->items[i].population) : 0;
		if (size != open && b.len) {
			picture_field(c, &m->picture,
				      (struct picture_field){
					      .ink = PICTURE_COMMUNES, .path = b.s, .thickness = open * 5 });
			buf_init(&b, c->mem, 8192);
		}
		open = size;
		if (i == towns->n)
			break;
		buf_char(&b, 'M');
		put_point(&b, (int64_t)(map_x(l, towns->items[i].lon_e5) * 4),
			  (int64_t)(map_y(l, towns->items[i].lat_e5) * 4));
		buf_str(&b, "h0");
	}
}

rc map_communes(struct ctx *c, struct map *m)
{
	for (int i = 0; i < m->n_lenses; i++) {
		const struct map_lens *l = &m->lenses[i];
		struct town_dot_list towns;
		struct town_window w = { .most = i ? DOTS / 60 : DOTS };
		map_window(l, &w.south, &w.north, &w.west, &w.east);
		/* Beside the main map there is room for the large ones. */
		TRY(i ? map_towns_large_in(c, &w, &towns) : map_towns_in(c, &w, &towns));
		dots(c, m, l, &towns);
	}
	return OK;
}

void map_legend(struct buf *b, const char *title, const char *const labels[], size_t n)
{
	buf_str(b, "<div class=\"ramp-key\"><p class=\"ramp-title\">");
	buf_html(b, title);
	buf_str(b, "</p><ol class=\"list\">");
	for (size_t i = 0; i < n; i++) {
		buf_fmt(b, "<li><span class=\"ramp-key-%zu\"></span>", i);
		buf_html(b, labels[i]);
		buf_str(b, "</li>");
	}
	buf_str(b, "</ol></div>");
}
