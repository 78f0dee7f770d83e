/* places_map.c - the map beside the list: every commune a dot as big as its
 * people, the places numbered as in the list. No tiles, nothing from elsewhere. */
#include <math.h>

#include "observatory/places.h"
#include "observatory/places_sql.h"
#include "platform/i18n.h"

#define WIDTH	   660
#define HEIGHT	   1222
#define DOTS	   1800
#define NAMES	   9
#define FRANCE_LAT 4660000
#define FRANCE_LON 240000
#define KM_BY_E5   (1 / 898.3)

/* From degrees to the picture. */
struct view {
	double lat, lon, shrink, scale; /* scale: units for a kilometre */
};

static double x_of(const struct view *w, int64_t lon)
{
	return WIDTH / 2.0 + ((double)lon - w->lon) * KM_BY_E5 * w->shrink * w->scale;
}

static double y_of(const struct view *w, int64_t lat)
{
	return HEIGHT / 2.0 - ((double)lat - w->lat) * KM_BY_E5 * w->scale;
}

/* Half units, so that communes of one size make one path. */
static int dot_size(int64_t population)
{
	int size = (int)(sqrt((double)population) / 20) + 2;
	return size > 34 ? 34 : size;
}

static void dots(struct buf *b, const struct view *w, const struct map_town_list *l)
{
	int open = 0;
	buf_str(b, "<g class=\"communes\">");
	for (size_t i = 0; i < l->n; i++) {
		const struct map_town *t = &l->items[i];
		int size = dot_size(t->population);
		if (size != open)
			buf_fmt(b, "%s<path stroke-width=\"%d.%d\" d=\"", open ? "\"/>" : "", size / 2,
				size % 2 * 5);
		open = size;
		buf_fmt(b, "M%d %dh0", (int)x_of(w, t->lon_e5), (int)y_of(w, t->lat_e5));
	}
	buf_str(b, open ? "\"/></g>" : "</g>");
}

/* The largest towns, as far from each other as their names need. */
static void names(struct buf *b, const struct view *w, const struct map_town_list *l)
{
	double xs[NAMES], ys[NAMES];
	size_t n = 0;
	for (size_t i = 0; i < l->n && n < NAMES; i++) {
		const struct map_town *t = &l->items[i];
		double x = x_of(w, t->lon_e5), y = y_of(w, t->lat_e5);
		bool fits = x > 80 && x < WIDTH - 150 && y > 30 && y < HEIGHT - 90;
		for (size_t k = 0; k < n; k++)
			fits = fits && (fabs(xs[k] - x) > 120 || fabs(ys[k] - y) > 40);
		if (!fits)
			continue;
		xs[n] = x;
		ys[n++] = y;
		buf_fmt(b, "<text class=\"town halo\" x=\"%d\" y=\"%d\">", (int)x + 19, (int)y + 5);
		buf_html(b, t->name);
		buf_str(b, "</text>");
	}
}

static void rings(struct buf *b, const struct view *w)
{
	static const int km[] = { 30, 60, 100 };
	for (size_t i = 0; i < sizeof km / sizeof *km; i++) {
		int r = (int)(km[i] * w->scale);
		buf_fmt(b,
			"<circle class=\"%s\" cx=\"%d\" cy=\"%d\" r=\"%d\"/><text class=\"ring-text halo\" x=\"%d\" y=\"%d\">%d km</text>",
			i ? "ring" : "reach", WIDTH / 2, HEIGHT / 2, r, WIDTH / 2 + (int)(r * 0.72),
			HEIGHT / 2 + (int)(r * 0.72), km[i]);
	}
	buf_fmt(b,
		"<circle class=\"here-veil\" cx=\"%d\" cy=\"%d\" r=\"12\"/><circle class=\"here\" cx=\"%d\" cy=\"%d\" r=\"6.5\"/>",
		WIDTH / 2, HEIGHT / 2, WIDTH / 2, HEIGHT / 2);
}

static void marks(struct buf *b, const struct view *w, const struct place_found_list *l)
{
	for (size_t i = l->n; i-- > 0;) {
		const struct place_found *f = &l->items[i];
		if (f->lat_e5 == NONE)
			continue;
		int x = (int)x_of(w, f->lon_e5), y = (int)y_of(w, f->lat_e5);
		const char *on = f->rank == 1 ? " mark--on" : "";
		if (f->workshop)
			buf_fmt(b,
				"<rect class=\"mark%s\" x=\"%d\" y=\"%d\" width=\"26\" height=\"26\" rx=\"4\"/>",
				on, x - 13, y - 13);
		else
			buf_fmt(b, "<circle class=\"mark%s\" cx=\"%d\" cy=\"%d\" r=\"14\"/>", on, x, y);
		buf_fmt(b, "<text class=\"mark-n%s\" x=\"%d\" y=\"%d\">%lld</text>",
			f->rank == 1 ? " mark-n--on" : "", x, y + 4, (long long)f->rank);
	}
}

rc places_map(struct ctx *c, const struct place_found_list *l, int64_t lat0, int64_t lon0, html *out)
{
	bool all = lat0 == NONE;
	struct view w = { .lat = (double)(all ? FRANCE_LAT : lat0),
			  .lon = (double)(all ? FRANCE_LON : lon0),
			  .scale = WIDTH / (all ? 1080.0 : 2.0 * PLACES_KM) };
	w.shrink = cos(w.lat / 1e5 * M_PI / 180);
	int64_t dy = (int64_t)(HEIGHT / 2.0 / w.scale / KM_BY_E5),
		dx = (int64_t)(WIDTH / 2.0 / w.scale / KM_BY_E5 / w.shrink);
	struct map_town_list towns;
	struct buf b;
	TRY(map_towns(c, (int64_t)w.lat - dy, (int64_t)w.lat + dy, (int64_t)w.lon - dx, (int64_t)w.lon + dx,
		      DOTS, &towns));
	buf_init(&b, c->mem, 65536);
	buf_fmt(&b,
		"<svg class=\"map home-map\" viewBox=\"0 0 %d %d\" preserveAspectRatio=\"xMidYMid slice\" role=\"img\" aria-label=\"",
		WIDTH, HEIGHT);
	buf_html(&b, T(c, "places.map"));
	buf_fmt(&b, "\"><rect class=\"land\" width=\"%d\" height=\"%d\"/>", WIDTH, HEIGHT);
	dots(&b, &w, &towns);
	if (!all)
		rings(&b, &w);
	names(&b, &w, &towns);
	marks(&b, &w, l);
	buf_str(&b, "</svg>");
	out->s = b.s;
	return OK;
}
