/* raster_exif.c - which way up: the one thing that is read of a file's EXIF. */
#include <string.h>

#include "platform/raster.h"

#define TAG_ORIENTATION 0x0112
#define TYPE_SHORT	3

static uint32_t number(const unsigned char *p, size_t n, bool little)
{
	uint32_t v = 0;
	for (size_t i = 0; i < n; i++)
		v = v << 8 | p[little ? n - 1 - i : i];
	return v;
}

/* The first directory of a TIFF. */
static int orientation_of(const unsigned char *s, size_t n)
{
	if (n >= 6 && memcmp(s, "Exif\0\0", 6) == 0) {
		s += 6;
		n -= 6;
	}
	if (n < 10 || (memcmp(s, "II*\0", 4) != 0 && memcmp(s, "MM\0*", 4) != 0))
		return 1;
	bool little = s[0] == 'I';
	size_t at = number(s + 4, 4, little);
	if (at > n - 2)
		return 1;
	size_t entries = number(s + at, 2, little);
	at += 2;
	for (; entries-- > 0 && n - at >= 12; at += 12)
		if (number(s + at, 2, little) == TAG_ORIENTATION &&
		    number(s + at + 2, 2, little) == TYPE_SHORT) {
			uint32_t v = number(s + at + 8, 2, little);
			return v >= 1 && v <= 8 ? (int)v : 1;
		}
	return 1;
}

/* Segments: FF, a mark, a length that counts itself; EXIF is one of E1. */
static int in_jpeg(const unsigned char *s, size_t n)
{
	for (size_t at = 2; n - at >= 4 && s[at] == 0xff && s[at + 1] != 0xda;) {
		size_t len = number(s + at + 2, 2, false);
		if (len < 2 || len > n - at - 2)
			return 1;
		if (s[at + 1] == 0xe1 && len >= 8 && memcmp(s + at + 4, "Exif\0\0", 6) == 0)
			return orientation_of(s + at + 4, len - 2);
		at += 2 + len;
	}
	return 1;
}

/* Chunks: a length and a name (PNG), or a name and a length (WebP). */
static int in_chunks(const unsigned char *s, size_t n, size_t at, const char *name, bool png)
{
	while (n - at >= 8) {
		size_t len = number(s + at + (png ? 0 : 4), 4, !png);
		if (len > n - at - 8)
			return 1;
		if (memcmp(s + at + (png ? 4 : 0), name, 4) == 0)
			return orientation_of(s + at + 8, len);
		size_t whole = 8 + len + (png ? 4 : len % 2); /* a checksum, or evened */
		if (whole > n - at)
			return 1;
		at += whole;
	}
	return 1;
}

int raster_orientation(octets file)
{
	const unsigned char *s = (const unsigned char *)file.s;
	if (file.n < 16)
		return 1;
	if (s[0] == 0xff)
		return in_jpeg(s, file.n);
	if (s[0] == 0x89)
		return in_chunks(s, file.n, 8, "eXIf", true);
	return in_chunks(s, file.n, 12, "EXIF", false);
}
