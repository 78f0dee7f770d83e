/* Photos drawn anew: three kinds of files, which way up, limits. */
#include "platform/raster.h"

#include "base/test.h"

#include "base/test_ctx.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>
#include <webp/encode.h>

static struct ctx c;
TEST_CTX(c)

static struct raster plain(int width, int height, unsigned char red)
{
	size_t n = (size_t)width * (size_t)height;
	struct raster r = { width, height, new_array(&c, unsigned char, n * 3) };
	for (size_t i = 0; i < n; i++) {
		r.rgb[i * 3] = red;
		r.rgb[i * 3 + 1] = 100;
	}
	return r;
}

static bool about(int a, int b)
{
	return abs(a - b) <= 3;
}

static void decodes(octets file, int red, int green, int blue)
{
	struct raster r;
	assert_int_equal(raster_decode(&c, file, 1600, &r), OK);
	assert_int_equal(r.width, 300);
	assert_int_equal(r.height, 220);
	const unsigned char *last = r.rgb + (300 * 220 - 1) * 3;
	assert_true(about(last[0], red) && about(last[1], green) && about(last[2], blue));
}

static octets png_of(const struct raster *r, const unsigned char *rgba)
{
	png_image image = { .version = PNG_IMAGE_VERSION,
			    .width = (png_uint_32)r->width,
			    .height = (png_uint_32)r->height,
			    .format = rgba ? PNG_FORMAT_RGBA : PNG_FORMAT_RGB };
	const void *from = rgba ? rgba : r->rgb;
	png_alloc_size_t n = 0;
	assert_true(png_image_write_to_memory(&image, NULL, &n, 0, from, 0, NULL));
	char *to = new_array(&c, char, n);
	assert_true(png_image_write_to_memory(&image, to, &n, 0, from, 0, NULL));
	return (octets){ to, n };
}

static void three_kinds_are_read(void **state)
{
	(void)state;
	struct raster r = plain(300, 220, 200);
	octets jpeg;
	assert_int_equal(raster_encode(&c, &r, &jpeg), OK);
	decodes(jpeg, 200, 100, 0);
	decodes(png_of(&r, NULL), 200, 100, 0);
	unsigned char *webp;
	size_t n = WebPEncodeLosslessRGB(r.rgb, 300, 220, 900, &webp);
	decodes((octets){ (const char *)webp, n }, 200, 100, 0);
	WebPFree(webp);
}

static void what_lets_light_through_lies_on_white(void **state)
{
	(void)state;
	struct raster r = { 300, 220, NULL };
	unsigned char *rgba = new_array(&c, unsigned char, 300 * 220 * 4); /* all of it */
	decodes(png_of(&r, rgba), 255, 255, 255);
	unsigned char *webp;
	size_t n = WebPEncodeLosslessRGBA(rgba, 300, 220, 1200, &webp);
	decodes((octets){ (const char *)webp, n }, 255, 255, 255);
	WebPFree(webp);
}

/* abc    which way up, as the eight orientations say
 * def */
static void it_is_turned(void **state)
{
	(void)state;
	static const char *const want[9] = { "",       "abcdef", "cbafed", "fedcba", "defabc",
					     "adbecf", "daebfc", "fcebda", "cfbead" };
	for (int o = 1; o <= 8; o++) {
		struct raster r = { 3, 2, new_array(&c, unsigned char, 18) };
		for (int i = 0; i < 6; i++)
			r.rgb[i * 3] = (unsigned char)("abcdef"[i]);
		struct raster t = raster_turn(&c, r, o);
		char got[7] = "";
		for (int i = 0; i < 6; i++)
			got[i] = (char)t.rgb[i * 3];
		assert_string_equal(got, want[o]);
		assert_int_equal(t.width, o < 5 ? 3 : 2);
	}
}

static void smaller_is_the_mean(void **state)
{
	(void)state;
	struct raster r = { 3, 1, new_array(&c, unsigned char, 9) };
	r.rgb[0] = 30;
	r.rgb[3] = 60;
	r.rgb[6] = 90;
	struct raster two = raster_shrink(&c, r, 2);
	assert_int_equal(two.width, 2);
	assert_int_equal(two.height, 1);
	assert_int_equal(two.rgb[0], 40); /* (30 × 2 + 60) / 3 */
	assert_int_equal(two.rgb[3], 80);
	assert_int_equal(raster_shrink(&c, r, 5).width, 3);
}

static void it_comes_in_sizes(void **state)
{
	(void)state;
	struct raster_images all;
	assert_int_equal(raster_images_from(&c, plain(2000, 1000, 9), &all), OK);
	assert_int_equal(all.n, 3);
	assert_int_equal(all.items[0].width, 480);
	assert_int_equal(all.items[1].height, 480);
	assert_int_equal(all.items[2].width, 1600);
	assert_int_equal(raster_images_from(&c, plain(500, 300, 9), &all), OK);
	assert_int_equal(all.n, 2);
	assert_int_equal(all.items[1].width, 500); /* never larger than it was */
}

static rc decode(const char *s, size_t n)
{
	struct raster r;
	return raster_decode(&c, (octets){ s, n }, 1600, &r);
}

static void limits_hold(void **state)
{
	(void)state;
	struct raster r = plain(300, 220, 200), small = plain(199, 400, 1);
	octets jpeg;
	assert_int_equal(raster_encode(&c, &small, &jpeg), OK);
	assert_int_equal(decode(jpeg.s, jpeg.n), E_INVALID);
	assert_int_equal(raster_encode(&c, &r, &jpeg), OK);
	assert_int_equal(decode(jpeg.s, jpeg.n * 2 / 3), E_MEDIA);
	assert_int_equal(decode("GIF89a", 6), E_MEDIA);
	assert_int_equal(decode("\xff\xd8\xff", 3), E_MEDIA);
	assert_int_equal(decode("", 0), E_MEDIA);
	octets png = png_of(&r, NULL);
	assert_int_equal(decode(png.s, png.n - 30), E_MEDIA);
	/* One that says to be of 65000 × 65000: told by its header, before anything is drawn. */
	char *huge = mem_text(c.mem, jpeg.s, jpeg.n);
	char *size = memmem(huge, jpeg.n, "\xff\xc2", 2);
	assert_non_null(size);
	memcpy(size + 5, "\xfd\xe8\xfd\xe8", 4);
	assert_int_equal(decode(huge, jpeg.n), E_TOO_LARGE);
	/* A phone's 108 million are read, a PNG's are not. */
	memcpy(size + 5, "\x23\x28\x2e\xe0", 4);
	assert_int_not_equal(decode(huge, jpeg.n), E_TOO_LARGE);
	char *wide = mem_text(c.mem, png.s, png.n);
	memcpy(wide + 16, "\0\0\x2e\xe0\0\0\x23\x28", 8);
	assert_int_not_equal(decode(wide, png.n), OK);
}

static void photos_of_phones_are_known(void **state)
{
	(void)state;
	assert_true(raster_is_heif((octets){ "\0\0\0\x18"
					     "ftypheic\0\0\0\0",
					     16 }));
	assert_true(raster_is_heif((octets){ "\0\0\0\x1c"
					     "ftypavif",
					     12 }));
	assert_false(raster_is_heif((octets){ "\0\0\0\x18"
					      "ftypmp42",
					      12 }));
	assert_false(raster_is_heif((octets){ "\0\0\0\x18"
					      "ftyphei",
					      11 }));
}

static void exif_is_found_in_all_kinds(void **state)
{
	(void)state;
#define TIFF "MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
	static const char jpeg[] = "\xff\xd8\xff\xe0\0\x04JF\xff\xe1\0\x22"
				   "Exif\0\0" TIFF;
	static const char png[] = "\x89PNG\r\n\x1a\n\0\0\0\x02"
				  "IHDRxxcrc.\0\0\0\x1a"
				  "eXIf" TIFF "crc.";
	static const char webp[] = "RIFFsizeWEBPVP8X\x03\0\0\0abc\0EXIF\x1a\0\0\0" TIFF;
	assert_int_equal(raster_orientation((octets){ jpeg, sizeof jpeg - 1 }), 6);
	assert_int_equal(raster_orientation((octets){ png, sizeof png - 1 }), 6);
	assert_int_equal(raster_orientation((octets){ webp, sizeof webp - 1 }), 6);
	for (size_t n = 0; n < 40; n++)
		assert_int_equal(raster_orientation((octets){ webp, n }), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(three_kinds_are_read),
		cmocka_unit_test(what_lets_light_through_lies_on_white),
		cmocka_unit_test(it_is_turned),
		cmocka_unit_test(smaller_is_the_mean),
		cmocka_unit_test(it_comes_in_sizes),
		cmocka_unit_test(limits_hold),
		cmocka_unit_test(photos_of_phones_are_known),
		cmocka_unit_test(exif_is_found_in_all_kinds),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
