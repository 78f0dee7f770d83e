/* demo_photos.c - pictures of a few places: drawn here, as no photo of a place
 * that does not exist can be. */
#include "app/demo_parts.h"
#include "people/photo.h"
#include "platform/db.h"
#include "platform/late_draw.h"

#define WIDTH  1600
#define HEIGHT 1066

static void ink(cairo_t *k, unsigned rgb)
{
	cairo_set_source_rgb(k, (rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
}

static void box(cairo_t *k, unsigned rgb, double x, double y, double w, double h)
{
	ink(k, rgb);
	cairo_rectangle(k, x, y, w, h);
	cairo_fill(k);
}

static void disc(cairo_t *k, unsigned rgb, double x, double y, double r)
{
	ink(k, rgb);
	cairo_arc(k, x, y, r, 0, 6.2832);
	cairo_fill(k);
}

/* From one colour to another, downwards. */
static void fade(cairo_t *k, unsigned top, unsigned bottom, double y, double h)
{
	cairo_pattern_t *p = cairo_pattern_create_linear(0, y, 0, y + h);
	const unsigned stops[] = { top, bottom };
	for (int i = 0; i < 2; i++)
		cairo_pattern_add_color_stop_rgb(p, i, (stops[i] >> 16 & 255) / 255.0,
						 (stops[i] >> 8 & 255) / 255.0, (stops[i] & 255) / 255.0);
	cairo_set_source(k, p);
	cairo_rectangle(k, 0, y, WIDTH, h);
	cairo_fill(k);
	cairo_pattern_destroy(p);
}

/* Panes of glass between bars. */
static void window(cairo_t *k, unsigned glass, double x, double y, double w, double h, int across, int down)
{
	box(k, 0x22343c, x, y, w, h);
	for (int i = 0; i < across; i++)
		for (int j = 0; j < down; j++)
			box(k, glass, x + 8 + i * (w - 8) / across, y + 8 + j * (h - 8) / down,
			    (w - 8) / across - 8, (h - 8) / down - 8);
}

static void roof(cairo_t *k, double x, double w)
{
	ink(k, 0x6b4a3a);
	cairo_move_to(k, x, 430);
	cairo_line_to(k, x, 250);
	cairo_line_to(k, x + w, 430);
	cairo_close_path(k);
	cairo_fill(k);
	window(k, 0xbfd9de, x, 282, 26, 148, 1, 4);
}

static void tree(cairo_t *k, double x, double y, double size)
{
	box(k, 0x5a4633, x - size * 0.06, y - size * 0.5, size * 0.12, size * 0.5);
	disc(k, 0x4f7a4a, x, y - size * 0.8, size * 0.38);
	disc(k, 0x5d8a55, x - size * 0.25, y - size * 0.62, size * 0.28);
	disc(k, 0x466f43, x + size * 0.27, y - size * 0.6, size * 0.27);
}

/* A workshop of bricks under a saw-tooth roof, seen from its yard. */
static void front(cairo_t *k)
{
	fade(k, 0x8fbcd6, 0xf2ead8, 0, 830);
	disc(k, 0xfbf3df, 1330, 190, 70);
	for (int i = 0; i < 4; i++)
		roof(k, 180 + i * 300, 300);
	box(k, 0xa9583f, 180, 430, 1200, 400);
	for (int row = 0; row < 20; row++)
		for (int i = 0; i < 24; i++)
			box(k, row % 2 ? 0x9d4f38 : 0xb0624a, 184 + i * 50 + row % 2 * 12, 434 + row * 20, 34,
			    3);
	for (int i = 0; i < 4; i++)
		window(k, i == 2 ? 0xf3d48a : 0xcfe3e4, 230 + i * 300, 490, 200, 200, 4, 4);
	box(k, 0x1f5c57, 700, 600, 150, 230);
	box(k, 0xcfe3e4, 720, 620, 110, 90);
	fade(k, 0xcdbfa6, 0x9f9078, 830, 236);
	for (int i = 0; i < 9; i++)
		box(k, 0xb7a88d, 0, 850 + i * i * 3, WIDTH, 2);
	tree(k, 110, 850, 330);
	tree(k, 1490, 860, 400);
	box(k, 0x7b5b3b, 1010, 880, 260, 16);
	box(k, 0x5f452c, 1030, 896, 16, 60);
	box(k, 0x5f452c, 1234, 896, 16, 60);
}

static void desk(cairo_t *k, double x, double y, double w)
{
	box(k, 0xd9b27c, x, y, w, 26);
	box(k, 0x8a6a43, x + 20, y + 26, 16, 190);
	box(k, 0x8a6a43, x + w - 36, y + 26, 16, 190);
	box(k, 0x2a3a42, x + w * 0.2, y - 96, 130, 84);
	box(k, 0x9cc3cb, x + w * 0.2 + 8, y - 88, 114, 68);
	box(k, 0x2a3a42, x + w * 0.2 - 14, y - 12, 158, 12);
	box(k, 0xf4f0e6, x + w * 0.62, y - 10, 90, 10);
	disc(k, 0x1f5c57, x + w * 0.9, y - 24, 22);
	tree(k, x + w * 0.9, y - 30, 90);
}

/* A large room, its lamps, its desks, the hills behind the panes. */
static void room(cairo_t *k)
{
	fade(k, 0xf1e8d6, 0xe2d4ba, 0, 760);
	window(k, 0xbcdbe6, 150, 130, 1300, 430, 8, 3);
	for (int i = 0; i < 8; i++)
		box(k, i % 2 ? 0x7fa56f : 0x8fb37d, 166 + i * 161.5, 470 - i % 3 * 14, 145, 82 + i % 3 * 14);
	fade(k, 0xb98d5c, 0x94683c, 760, 306);
	for (int i = 0; i < 12; i++)
		box(k, 0xa87c4c, 0, 772 + i * i * 2, WIDTH, 2);
	for (int i = 0; i < 3; i++) {
		double x = 330 + i * 470;
		box(k, 0x22343c, x - 2, 0, 4, 150);
		ink(k, 0xd6982f);
		cairo_move_to(k, x - 22, 150);
		cairo_line_to(k, x + 22, 150);
		cairo_line_to(k, x + 74, 214);
		cairo_line_to(k, x - 74, 214);
		cairo_close_path(k);
		cairo_fill(k);
		disc(k, 0xfff3cf, x, 216, 26);
	}
	desk(k, 120, 690, 560);
	desk(k, 880, 690, 560);
	desk(k, 430, 830, 700);
}

static struct raster drawn(struct ctx *c, void (*draw)(cairo_t *k))
{
	cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
	cairo_t *k = cairo_create(s);
	draw(k);
	cairo_surface_flush(s);
	struct raster r = { WIDTH, HEIGHT, new_array(c, unsigned char, (size_t)WIDTH *HEIGHT * 3) };
	const unsigned char *data = cairo_image_surface_get_data(s);
	size_t stride = (size_t)cairo_image_surface_get_stride(s);
	for (size_t i = 0; i < (size_t)WIDTH * HEIGHT; i++) {
		unsigned v = *(const unsigned *)(const void *)(data + i / WIDTH * stride + i % WIDTH * 4);
		for (int b = 0; b < 3; b++)
			r.rgb[i * 3 + (size_t)b] = (unsigned char)(v >> (16 - 8 * b));
	}
	cairo_destroy(k);
	cairo_surface_destroy(s);
	return r;
}

struct hung {
	struct demo *d;
	int community;
	const char *alt;
	struct raster_images images;
};

static rc hang(struct ctx *c, void *arg)
{
	const struct hung *h = arg;
	struct photo_new f = { .alt = h->alt,
			       .credit = "Dessin de démonstration",
			       .licence = PHOTO_LICENCE_CC0 };
	pubid pub;
	return photo_add(c, h->d->communities[h->community], h->d->pubs[h->community], &f, &h->images, &pub);
}

rc demo_photos(struct ctx *c, struct demo *d)
{
	static const struct {
		int community;
		void (*draw)(cairo_t *k);
		const char *alt;
	} all[] = {
		{ C_NOYER, front,
		  "La façade de brique des Usines, sous son toit en dents de scie, vue de la cour" },
		{ C_NOYER, room,
		  "La grande salle : des bureaux de bois devant la verrière, ouverte sur les collines" },
		{ C_MINOTERIE, room, "La salle de travail de La Minoterie et ses trois lampes jaunes" },
	};
	struct actor before = c->actor;
	instant at = c->now;
	if (!late_draw_load())
		return fail(c, E_INTERNAL, "paper.not_drawn");
	c->now = d->now;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct hung h = { .d = d, .community = all[i].community, .alt = all[i].alt };
		TRY(raster_images_from(c, drawn(c, all[i].draw), &h.images));
		demo_as_staff(c, d, all[i].community);
		TRY(db_write(c, hang, &h));
	}
	c->actor = before;
	c->now = at;
	return OK;
}
