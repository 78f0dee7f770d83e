/* raster.h - photos that people send, drawn anew: a JPEG, PNG or WebP file is
 * decoded, turned as its EXIF says, and encoded as JPEG and WebP in a few sizes. Nothing
 * else of the file passes: no place, no date, no camera, no colour profile. */
#ifndef MAILLAGE_RASTER_H
#define MAILLAGE_RASTER_H

#include "base/buf.h"
#include "base/ctx.h"

#define RASTER_MAX_PIXELS 40000000
#define RASTER_MAX_JPEG	  120000000 /* pixels: it is read at half, a quarter or an eighth of its size */
#define RASTER_MIN_SIDE	  200
#define RASTER_SIZES	  3

/* Red, green, blue of each pixel, line after line. */
struct raster {
	int width, height;
	unsigned char *rgb;
};

/* The same picture in sizes, small to large; a small one has fewer. */
struct raster_images {
	struct raster_image {
		int width, height;
		octets jpeg, webp;
	} items[RASTER_SIZES];
	size_t n;
};

/* From a file: in a child process where there are any (child.h).
 *   E_MEDIA      not a file of the three kinds, damaged, or animated
 *   E_INVALID    less than RASTER_MIN_SIDE wide or high
 *   E_TOO_LARGE  more than RASTER_MAX_PIXELS, a JPEG more than RASTER_MAX_JPEG
 *   E_BUSY, E_INTERNAL  as child_run */
rc raster_images_of(struct ctx *c, octets file, struct raster_images *out);

/* From a picture that was drawn here. */
rc raster_images_from(struct ctx *c, struct raster r, struct raster_images *out);

/* The child's job: writes the images one after the other. */
rc raster_redraw(struct ctx *c, const char *in, size_t len, struct buf *out);

/* As some phones keep their photos: HEIC, or AVIF. They are not read, but deserve a word of their own. */
bool raster_is_heif(octets file);

/* ---- its parts ---- */

/* At most about `enough` pixels on the longer side where that is cheap, never less than that. */
rc raster_decode(struct ctx *c, octets file, int enough, struct raster *out);
rc raster_encode(struct ctx *c, const struct raster *r, octets *out); /* JPEG */
rc raster_encode_webp(struct ctx *c, const struct raster *r, octets *out);
/* No side longer than `longest`; each pixel is the mean of what it covers. */
struct raster raster_shrink(struct ctx *c, struct raster r, int longest);
/* As EXIF's orientation says, 1 to 8. */
struct raster raster_turn(struct ctx *c, struct raster r, int orientation);
/* The orientation that a file's EXIF gives; 1 when it gives none. */
int raster_orientation(octets file);

#endif
