#include "platform/raster.h"

#include <string.h>

#include "platform/child.h"

/* The longer side of each, in pixels: a card, a phone, a wide screen. */
static const int sizes[RASTER_SIZES] = { 480, 960, 1600 };

static struct raster raster_new(struct ctx *c, int width, int height)
{
	size_t n = (size_t)width * (size_t)height * 3;
	return (struct raster){ width, height, new_array(c, unsigned char, n) };
}

/* ---- smaller ---- */

/* n pixels, `step` bytes apart, become m: each the mean of those it covers,
 * which are counted in m-ths of a pixel, so that all is whole. */
static void shrink_line(const unsigned char *from, int n, size_t step, unsigned char *to, int m,
			size_t to_step)
{
	for (int o = 0; o < m; o++, to += to_step) {
		int64_t begin = (int64_t)o * n, end = begin + n, sum[3] = { 0 };
		for (int64_t i = begin / m; i * m < end; i++) {
			int64_t low = i * m > begin ? i * m : begin;
			int64_t high = (i + 1) * m < end ? (i + 1) * m : end;
			for (int k = 0; k < 3; k++)
				sum[k] += (high - low) * from[(size_t)i * step + (size_t)k];
		}
		for (int k = 0; k < 3; k++)
			to[k] = (unsigned char)((sum[k] + n / 2) / n);
	}
}

static int part_of(int side, int longest, int longer)
{
	int n = (int)(((int64_t)side * longest + longer / 2) / longer);
	return n ? n : 1;
}

struct raster raster_shrink(struct ctx *c, struct raster r, int longest)
{
	int longer = r.width > r.height ? r.width : r.height;
	if (longer <= longest)
		return r;
	int width = part_of(r.width, longest, longer), height = part_of(r.height, longest, longer);
	struct raster flat = raster_new(c, width, r.height), out = raster_new(c, width, height);
	for (int y = 0; y < r.height; y++)
		shrink_line(r.rgb + (size_t)y * (size_t)r.width * 3, r.width, 3,
			    flat.rgb + (size_t)y * (size_t)width * 3, width, 3);
	for (int x = 0; x < width; x++)
		shrink_line(flat.rgb + (size_t)x * 3, r.height, (size_t)width * 3, out.rgb + (size_t)x * 3,
			    height, (size_t)width * 3);
	talloc_free(flat.rgb);
	return out;
}

/* ---- turned ---- */

struct raster raster_turn(struct ctx *c, struct raster r, int orientation)
{
	static const bool mirrored[9] = { [2] = true, [3] = true, [7] = true, [8] = true };
	static const bool upside_down[9] = { [3] = true, [4] = true, [6] = true, [7] = true };
	if (orientation < 2 || orientation > 8)
		return r;
	bool swapped = orientation >= 5;
	struct raster out = raster_new(c, swapped ? r.height : r.width, swapped ? r.width : r.height);
	unsigned char *to = out.rgb;
	for (int y = 0; y < out.height; y++)
		for (int x = 0; x < out.width; x++, to += 3) {
			int fx = swapped ? y : x, fy = swapped ? x : y;
			if (mirrored[orientation])
				fx = r.width - 1 - fx;
			if (upside_down[orientation])
				fy = r.height - 1 - fy;
			memcpy(to, r.rgb + ((size_t)fy * (size_t)r.width + (size_t)fx) * 3, 3);
		}
	return out;
}

/* ---- all of it ---- */

rc raster_images_from(struct ctx *c, struct raster r, struct raster_images *out)
{
	struct raster made[RASTER_SIZES];
	int longer = r.width > r.height ? r.width : r.height;
	out->n = 1;
	while (out->n < RASTER_SIZES && sizes[out->n - 1] < longer)
		out->n++;
	for (size_t i = out->n; i-- > 0; r = made[i])
		made[i] = raster_shrink(c, r, sizes[i]);
	for (size_t i = 0; i < out->n; i++) {
		out->items[i] = (struct raster_image){ .width = made[i].width, .height = made[i].height };
		TRY(raster_encode(c, &made[i], &out->items[i].jpeg));
		TRY(raster_encode_webp(c, &made[i], &out->items[i].webp));
	}
	return OK;
}

static rc redraw(struct ctx *c, octets file, struct raster_images *out)
{
	struct raster r;
	int longest = sizes[RASTER_SIZES - 1];
	TRY(raster_decode(c, file, longest, &r));
	r = raster_turn(c, raster_shrink(c, r, longest), raster_orientation(file));
	return raster_images_from(c, r, out);
}

/* Between the child and its parent, on one machine: numbers as they lie in memory. */
struct head {
	uint32_t width, height, jpeg, webp;
};

rc raster_redraw(struct ctx *c, const char *in, size_t len, struct buf *out)
{
	struct raster_images images;
	TRY(redraw(c, (octets){ in, len }, &images));
	for (size_t i = 0; i < images.n; i++) {
		const struct raster_image *k = &images.items[i];
		struct head h = { (uint32_t)k->width, (uint32_t)k->height, (uint32_t)k->jpeg.n,
				  (uint32_t)k->webp.n };
		buf_add(out, &h, sizeof h);
		buf_add(out, k->jpeg.s, k->jpeg.n);
		buf_add(out, k->webp.s, k->webp.n);
	}
	return OK;
}

/* False: what the child wrote ends too early. */
static bool take(const struct buf *b, size_t *at, struct raster_image *out)
{
	struct head h;
	if (b->len - *at < sizeof h)
		return false;
	memcpy(&h, b->s + *at, sizeof h);
	*at += sizeof h;
	if (h.jpeg > b->len - *at || h.webp > b->len - *at - h.jpeg)
		return false;
	const char *s = b->s + *at;
	*out = (struct raster_image){ .width = (int)h.width,
				      .height = (int)h.height,
				      .jpeg = { s, h.jpeg },
				      .webp = { s + h.jpeg, h.webp } };
	*at += (size_t)h.jpeg + h.webp;
	return true;
}

rc raster_images_of(struct ctx *c, octets file, struct raster_images *out)
{
	struct buf b;
	if (!child_enabled())
		return redraw(c, file, out);
	buf_init(&b, c->mem, 65536);
	TRY(child_run(c, "photo", file.s, file.n, &b));
	out->n = 0;
	for (size_t at = 0; at < b.len && out->n < RASTER_SIZES;)
		if (!take(&b, &at, &out->items[out->n++]))
			return fail(c, E_INTERNAL, "photo.not_an_image");
	return out->n ? OK : fail(c, E_INTERNAL, "photo.not_an_image");
}
