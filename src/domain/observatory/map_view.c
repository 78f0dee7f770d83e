/* map_view.c - from degrees to the picture. Small countries on small pictures:
 * degrees east shrink with the latitude of the middle, and that is all. */
#include <math.h>
#include <string.h>

#include "observatory/map_parts.h"
#include "people/typology_shape.h"

#define KM_BY_E5 (1 / 898.3)
#define MARGIN	 14.0
#define NARROW	 (330.0 / 600) /* of a picture's width, on a phone */

/* Mainland France and Corsica. */
#define SOUTH 4133000
#define NORTH 5110000
#define WEST  (-515000)
#define EAST  957000

struct frame {
	int width, height;
	const char *class;
	bool covers;
};
static const struct frame frames[MAP_FRAMES] = {
	[MAP_COUNTRY] = { 600, 690, "map--country", false },
	[MAP_TALL] = { 660, 1222, "home-map", true },
	[MAP_WIDE] = { 600, 400, "map--wide", false },
	[MAP_SQUARE] = { 600, 600, "map--square", false },
};

double map_x(const struct map_lens *l, int64_t lon_e5)
{
	return l->x + (double)(lon_e5 - l->lon_e5) * KM_BY_E5 * l->shrink * l->scale;
}

double map_y(const struct map_lens *l, int64_t lat_e5)
{
	return l->y - (double)(lat_e5 - l->lat_e5) * KM_BY_E5 * l->scale;
}

void map_place(const struct map_lens *l, double x, double y, int64_t *lat_e5, int64_t *lon_e5)
{
	*lat_e5 = l->lat_e5 - (int64_t)((y - l->y) / l->scale / KM_BY_E5);
	*lon_e5 = l->lon_e5 + (int64_t)((x - l->x) / l->scale / KM_BY_E5 / l->shrink);
}

void map_window(const struct map_lens *l, int64_t *south, int64_t *north, int64_t *west, int64_t *east)
{
	int64_t dy = (int64_t)(l->h / 2 / l->scale / KM_BY_E5),
		dx = (int64_t)(l->w / 2 / l->scale / KM_BY_E5 / l->shrink);
	*south = l->lat_e5 - dy;
	*north = l->lat_e5 + dy;
	*west = l->lon_e5 - dx;
	*east = l->lon_e5 + dx;
}

const struct map_lens *map_lens_at(const struct map *m, int64_t lat_e5, int64_t lon_e5)
{
	for (int i = 0; i < m->n_lenses; i++) {
		int64_t south, north, west, east;
		map_window(&m->lenses[i], &south, &north, &west, &east);
		if (lat_e5 >= south && lat_e5 <= north && lon_e5 >= west && lon_e5 <= east)
			return &m->lenses[i];
	}
	return NULL;
}

bool map_point(const struct map *m, int64_t lat_e5, int64_t lon_e5, int64_t *x, int64_t *y)
{
	const struct map_lens *l = lat_e5 == NONE || lon_e5 == NONE ? NULL : map_lens_at(m, lat_e5, lon_e5);
	if (!l)
		return false;
	*x = (int64_t)lround(map_x(l, lon_e5));
	*y = (int64_t)lround(map_y(l, lat_e5));
	return true;
}

const struct picture *map_picture(const struct map *m)
{
	return &m->picture;
}

static struct map *begin(struct ctx *c, enum map_frame frame, const char *title)
{
	struct map *m = new_zero(c, struct map);
	const struct frame *f = &frames[frame];
	m->picture = (struct picture){
		.width = f->width, .height = f->height, .class = f->class, .covers = f->covers, .title = title
	};
	return m;
}

/* A lens that shows a box whole, in this part of the picture. */
static void add_lens(struct map *m, int64_t south, int64_t north, int64_t west, int64_t east,
		     struct map_box part)
{
	struct map_lens *l = &m->lenses[m->n_lenses++];
	*l = (struct map_lens){
		.lat_e5 = (south + north) / 2,
		.lon_e5 = (west + east) / 2,
		.x = (part.x0 + part.x1) / 2,
		.y = (part.y0 + part.y1) / 2,
		.w = part.x1 - part.x0,
		.h = part.y1 - part.y0,
	};
	l->shrink = cos((double)l->lat_e5 / 1e5 * M_PI / 180);
	double wide = (double)(east - west) * KM_BY_E5 * l->shrink, high = (double)(north - south) * KM_BY_E5;
	double margin = l->w > 200 ? MARGIN : 5;
	l->scale = fmin((l->w - 2 * margin) / fmax(wide, 1), (l->h - 2 * margin) / fmax(high, 1));
}

/* Overseas: a row of frames under the country. */
static void add_insets(struct ctx *c, struct map *m, double top)
{
	static const char *const codes[] = { "971", "972", "973", "974", "976" };
	enum { N = sizeof codes / sizeof *codes };
	double gap = 8, w = (m->picture.width - 2 * MARGIN - (N - 1) * gap) / N;
	for (int i = 0; i < N; i++) {
		const struct outline *o = outline_find(OUTLINE_DEPARTEMENT, codes[i]);
		if (!o)
			continue;
		double x = MARGIN + i * (w + gap);
		struct map_box part = { x, top, x + w, m->picture.height - 4 };
		add_lens(m, o->south, o->north, o->west, o->east, part);
		picture_field(
			c, &m->picture,
			(struct picture_field){ .ink = PICTURE_FRAME,
						.path = fmt(c, "M%d %dh%dl0 %dh%dz", (int)(part.x0 * 4),
							    (int)(part.y0 * 4), (int)(w * 4),
							    (int)((part.y1 - top) * 4), -(int)(w * 4)) });
	}
}

struct map *map_france(struct ctx *c, enum map_frame frame, const char *title)
{
	struct map *m = begin(c, frame, title);
	double bottom = frame == MAP_COUNTRY ? 588 : m->picture.height;
	add_lens(m, SOUTH, NORTH, WEST, EAST, (struct map_box){ 0, 0, m->picture.width, bottom });
	if (frame == MAP_COUNTRY)
		add_insets(c, m, bottom);
	return m;
}

struct map *map_territory(struct ctx *c, enum map_frame frame, enum outline_level level, const char *code,
			  const char *title)
{
	const struct outline *o = outline_find(level, code);
	if (!o)
		return NULL;
	struct map *m = begin(c, frame, title);
	add_lens(m, o->south, o->north, o->west, o->east,
		 (struct map_box){ 0, 0, m->picture.width, m->picture.height });
	return m;
}

struct map *map_round(struct ctx *c, enum map_frame frame, int64_t lat_e5, int64_t lon_e5, int km,
		      const char *title)
{
	struct map *m = begin(c, frame, title);
	struct map_lens *l = &m->lenses[m->n_lenses++];
	double w = m->picture.width, h = m->picture.height;
	*l = (struct map_lens){ .lat_e5 = lat_e5,
				.lon_e5 = lon_e5,
				.x = w / 2,
				.y = h / 2,
				.w = w,
				.h = h,
				.scale = fmin(w, h) / (2.0 * km),
				.shrink = cos((double)lat_e5 / 1e5 * M_PI / 180) };
	return m;
}

/* Within a frame from 0 to `right`, `bottom`, and upon none of the others. */
static bool is_free(struct map_box box, double right, double bottom, const struct map_box *taken, size_t n)
{
	if (box.x0 < 2 || box.y0 < 2 || box.x1 > right - 2 || box.y1 > bottom - 2)
		return false;
	for (size_t i = 0; i < n; i++) {
		const struct map_box *t = &taken[i];
		if (box.x0 < t->x1 && box.x1 > t->x0 && box.y0 < t->y1 && box.y1 > t->y0)
			return false;
	}
	return true;
}

bool map_is_free(const struct map *m, struct map_box box)
{
	return is_free(box, m->picture.width, m->picture.height, m->taken, m->n_taken);
}

static struct map_box narrow(double x, double y, struct map_box b)
{
	double dx = x * NARROW - x, dy = y * NARROW - y;
	return (struct map_box){ b.x0 + dx, b.y0 + dy, b.x1 + dx, b.y1 + dy };
}

bool map_fits_narrow(const struct map *m, double x, double y, struct map_box box)
{
	return is_free(narrow(x, y, box), m->picture.width * NARROW, m->picture.height * NARROW, m->narrow,
		       m->n_narrow);
}

void map_take_narrow(struct map *m, double x, double y, struct map_box box)
{
	if (m->n_narrow < MAP_TAKEN)
		m->narrow[m->n_narrow++] = narrow(x, y, box);
}

bool map_take(struct map *m, struct map_box box)
{
	bool is_free = map_is_free(m, box);
	if (m->n_taken < MAP_TAKEN)
		m->taken[m->n_taken++] = box;
	return is_free;
}

enum picture_form map_form(int dominant)
{
	switch (dominant) {
	case PLACE_DOMINANT_WORKSHOP:
	case PLACE_DOMINANT_FARM: return PICTURE_SQUARE;
	case PLACE_DOMINANT_CULTURE:
	case PLACE_DOMINANT_FOOD: return PICTURE_DIAMOND;
	default: return PICTURE_CIRCLE;
	}
}
