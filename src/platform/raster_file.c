/* raster_file.c - the three kinds of files, through their libraries. */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jerror.h>
#include <jpeglib.h>
#include <png.h>
#include <webp/decode.h>
#include <webp/encode.h>

#include "platform/raster.h"

#define QUALITY	     82
#define QUALITY_WEBP 78	 /* looks the same, a third smaller */
#define MAX_SCANS    100 /* a file of thousands is made to cost */

static rc check_size(struct ctx *c, int64_t width, int64_t height, int64_t most)
{
	if (width < RASTER_MIN_SIDE || height < RASTER_MIN_SIDE)
		return fail(c, E_INVALID, "photo.too_small");
	if (width > most || height > most || width * height > most)
		return fail(c, E_TOO_LARGE, "photo.too_many_pixels");
	return OK;
}

static unsigned char *pixels(struct ctx *c, int width, int height, size_t channels)
{
	return new_array(c, unsigned char, (size_t)width *(size_t)height *channels);
}

/* ---- JPEG ---- */

struct jpeg {
	struct jpeg_error_mgr errors;
	struct jpeg_progress_mgr progress;
	jmp_buf out;
	struct jpeg_decompress_struct d;
	struct jpeg_compress_struct e;
	unsigned char *line; /* of a picture in four inks */
	unsigned char *made; /* by malloc */
	unsigned long made_n;
};

static void jpeg_stop(j_common_ptr any)
{
	struct jpeg *j = any->client_data;
	longjmp(j->out, 1);
}

/* Warnings pass, but for a file that ends too early. */
static void jpeg_warn(j_common_ptr any, int level)
{
	if (level < 0 && any->err->msg_code == JWRN_JPEG_EOF)
		jpeg_stop(any);
}

static void jpeg_watch(j_common_ptr any)
{
	if (any->is_decompressor && ((j_decompress_ptr)any)->input_scan_number > MAX_SCANS)
		jpeg_stop(any);
}

static struct jpeg *jpeg_new(struct ctx *c)
{
	struct jpeg *j = new_zero(c, struct jpeg);
	jpeg_std_error(&j->errors);
	j->errors.error_exit = jpeg_stop;
	j->errors.emit_message = jpeg_warn;
	j->progress.progress_monitor = jpeg_watch;
	j->d.err = j->e.err = &j->errors;
	j->d.client_data = j->e.client_data = j;
	return j;
}

/* Adobe's programs write inks inverted, and so do all others since. */
static void ink_line(const unsigned char *inks, unsigned char *rgb, int width)
{
	for (int x = 0; x < width; x++, inks += 4, rgb += 3)
		for (int k = 0; k < 3; k++)
			rgb[k] = (unsigned char)(inks[k] * inks[3] / 255);
}

static void jpeg_begin(struct jpeg *j, int enough)
{
	struct jpeg_decompress_struct *d = &j->d;
	unsigned longer = d->image_width > d->image_height ? d->image_width : d->image_height;
	bool inks = d->jpeg_color_space == JCS_CMYK || d->jpeg_color_space == JCS_YCCK;
	d->out_color_space = inks ? JCS_CMYK : JCS_RGB;
	d->scale_num = 1;
	d->scale_denom = 1;
	while (d->scale_denom < 8 && longer / (d->scale_denom * 2) >= (unsigned)enough)
		d->scale_denom *= 2;
	d->progress = &j->progress;
	jpeg_start_decompress(d);
}

static void jpeg_lines(struct jpeg *j, struct raster *out)
{
	while (j->d.output_scanline < j->d.output_height) {
		unsigned char *to = out->rgb + (size_t)j->d.output_scanline * (size_t)out->width * 3;
		unsigned char *line = j->line ? j->line : to;
		jpeg_read_scanlines(&j->d, &line, 1);
		if (j->line)
			ink_line(j->line, to, out->width);
	}
	jpeg_finish_decompress(&j->d);
}

static rc jpeg_open(struct ctx *c, struct jpeg *j, octets file, int enough)
{
	if (setjmp(j->out))
		return fail(c, E_MEDIA, "photo.not_an_image");
	jpeg_create_decompress(&j->d);
	jpeg_mem_src(&j->d, (const unsigned char *)file.s, file.n);
	jpeg_read_header(&j->d, TRUE);
	TRY(check_size(c, j->d.image_width, j->d.image_height, RASTER_MAX_JPEG));
	jpeg_begin(j, enough);
	return OK;
}

static rc jpeg_fill(struct ctx *c, struct jpeg *j, struct raster *out)
{
	if (setjmp(j->out))
		return fail(c, E_MEDIA, "photo.not_an_image");
	jpeg_lines(j, out);
	return OK;
}

static rc decode_jpeg(struct ctx *c, octets file, int enough, struct raster *out)
{
	struct jpeg *j = jpeg_new(c);
	rc code = jpeg_open(c, j, file, enough);
	if (code == OK) {
		*out = (struct raster){ .width = (int)j->d.output_width, .height = (int)j->d.output_height };
		out->rgb = pixels(c, out->width, out->height, 3);
		if (j->d.out_color_space == JCS_CMYK)
			j->line = pixels(c, out->width, 1, 4);
		code = jpeg_fill(c, j, out);
	}
	jpeg_destroy_decompress(&j->d);
	return code;
}

static rc jpeg_write(struct ctx *c, struct jpeg *j, const struct raster *r)
{
	if (setjmp(j->out))
		return fail(c, E_INTERNAL, "photo.not_an_image");
	jpeg_create_compress(&j->e);
	jpeg_mem_dest(&j->e, &j->made, &j->made_n);
	j->e.image_width = (JDIMENSION)r->width;
	j->e.image_height = (JDIMENSION)r->height;
	j->e.input_components = 3;
	j->e.in_color_space = JCS_RGB;
	jpeg_set_defaults(&j->e);
	jpeg_set_quality(&j->e, QUALITY, TRUE);
	jpeg_simple_progression(&j->e);
	jpeg_start_compress(&j->e, TRUE);
	while (j->e.next_scanline < j->e.image_height) {
		unsigned char *line = r->rgb + (size_t)j->e.next_scanline * (size_t)r->width * 3;
		jpeg_write_scanlines(&j->e, &line, 1);
	}
	jpeg_finish_compress(&j->e);
	return OK;
}

rc raster_encode(struct ctx *c, const struct raster *r, octets *out)
{
	struct jpeg *j = jpeg_new(c);
	rc code = jpeg_write(c, j, r);
	if (code == OK)
		*out = (octets){ mem_text(c->mem, (const char *)j->made, j->made_n), j->made_n };
	jpeg_destroy_compress(&j->e);
	free(j->made);
	return code;
}

/* ---- PNG ---- */

static rc png_fill(struct ctx *c, png_image *image, struct raster *out)
{
	const png_color white = { 255, 255, 255 };
	TRY(check_size(c, image->width, image->height, RASTER_MAX_PIXELS));
	image->format = PNG_FORMAT_RGB;
	*out = (struct raster){ .width = (int)image->width, .height = (int)image->height };
	out->rgb = pixels(c, out->width, out->height, 3);
	if (!png_image_finish_read(image, &white, out->rgb, 0, NULL))
		return fail(c, E_MEDIA, "photo.not_an_image");
	return OK;
}

static rc decode_png(struct ctx *c, octets file, struct raster *out)
{
	png_image image = { .version = PNG_IMAGE_VERSION };
	if (!png_image_begin_read_from_memory(&image, file.s, file.n))
		return fail(c, E_MEDIA, "photo.not_an_image");
	rc code = png_fill(c, &image, out);
	png_image_free(&image);
	return code;
}

/* ---- WebP ---- */

/* What lets light through lies on white. */
static void on_white(const unsigned char *rgba, unsigned char *rgb, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < 3; k++) {
			unsigned a = rgba[i * 4 + 3];
			rgb[i * 3 + k] = (unsigned char)((rgba[i * 4 + k] * a + 255 * (255 - a) + 127) / 255);
		}
}

static rc decode_webp(struct ctx *c, octets file, struct raster *out)
{
	WebPBitstreamFeatures f;
	const unsigned char *in = (const unsigned char *)file.s;
	if (WebPGetFeatures(in, file.n, &f) != VP8_STATUS_OK || f.has_animation)
		return fail(c, E_MEDIA, "photo.not_an_image");
	TRY(check_size(c, f.width, f.height, RASTER_MAX_PIXELS));
	size_t n = (size_t)f.width * (size_t)f.height;
	unsigned char *rgba = pixels(c, f.width, f.height, 4);
	if (!WebPDecodeRGBAInto(in, file.n, rgba, n * 4, f.width * 4))
		return fail(c, E_MEDIA, "photo.not_an_image");
	*out = (struct raster){ f.width, f.height, pixels(c, f.width, f.height, 3) };
	on_white(rgba, out->rgb, n);
	talloc_free(rgba);
	return OK;
}

rc raster_encode_webp(struct ctx *c, const struct raster *r, octets *out)
{
	unsigned char *made = NULL;
	size_t n = WebPEncodeRGB(r->rgb, r->width, r->height, r->width * 3, QUALITY_WEBP, &made);
	if (n)
		*out = (octets){ mem_text(c->mem, (const char *)made, n), n };
	WebPFree(made);
	return n ? OK : fail(c, E_INTERNAL, "photo.not_an_image");
}

static bool begins(octets file, size_t at, const char *with, size_t n)
{
	return file.n >= at + n && memcmp(file.s + at, with, n) == 0;
}

bool raster_is_heif(octets file)
{
	static const char brands[][5] = { "heic", "heix", "hevc", "heim", "heis", "mif1", "msf1", "avif" };
	for (size_t i = 0; i < sizeof(brands) / sizeof(*brands); i++)
		if (begins(file, 4, "ftyp", 4) && begins(file, 8, brands[i], 4))
			return true;
	return false;
}

rc raster_decode(struct ctx *c, octets file, int enough, struct raster *out)
{
	if (begins(file, 0, "\xff\xd8\xff", 3))
		return decode_jpeg(c, file, enough, out);
	if (begins(file, 0, "\x89PNG\r\n\x1a\n", 8))
		return decode_png(c, file, out);
	if (begins(file, 0, "RIFF", 4) && begins(file, 8, "WEBP", 4))
		return decode_webp(c, file, out);
	return fail(c, E_MEDIA, "photo.not_an_image");
}
