#define _GNU_SOURCE
#include "platform/pdf_fonts.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "platform/embedded.h"

static const char *const face_file[PDF_FACES] = {
	[PDF_TEXT] = "fonts/hanken-grotesk.woff2",
	[PDF_DISPLAY] = "fonts/bricolage-grotesque.woff2",
	[PDF_VOICE] = "fonts/source-serif-4.woff2",
};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static bool loaded;
static char family[PDF_FACES][128];

static bool write_all(int fd, const unsigned char *data, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, data, len);
		if (n <= 0)
			return false;
		data += n;
		len -= (size_t)n;
	}
	return true;
}

/* The OpenType file inside a woff2, into fd. FreeType unpacks it when it opens
 * the face; table 0 is the whole of what it unpacked. */
static bool unpack(FT_Library ft, const struct embedded *e, int fd)
{
	FT_Face face;
	if (FT_New_Memory_Face(ft, e->data, (FT_Long)e->len, 0, &face))
		return false;
	FT_ULong len = 0;
	bool done = false;
	if (!FT_Load_Sfnt_Table(face, 0, 0, NULL, &len) && len > 0) {
		FT_Byte *data = talloc_size(NULL, len);
		done = data && !FT_Load_Sfnt_Table(face, 0, 0, data, &len) && write_all(fd, data, len);
		talloc_free(data);
	}
	FT_Done_Face(face);
	return done;
}

/* Under the name that stands in the file, which is not always the one it is
 * known by. */
static void note_family(const char *path, char *to, size_t size)
{
	int n;
	FcChar8 *name;
	FcPattern *pattern = FcFreeTypeQuery((const FcChar8 *)path, 0, NULL, &n);
	if (pattern && FcPatternGetString(pattern, FC_FAMILY, 0, &name) == FcResultMatch)
		snprintf(to, size, "%s", (const char *)name);
	if (pattern)
		FcPatternDestroy(pattern);
}

/* The memory file stays open for good: its only name is its number. */
static bool add_font(FcConfig *config, FT_Library ft, const struct embedded *e)
{
	int fd = memfd_create("font", MFD_CLOEXEC);
	if (fd < 0)
		return false;
	char path[32];
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	if (!unpack(ft, e, fd) || !FcConfigAppFontAddFile(config, (const FcChar8 *)path))
		return false;
	for (int face = 0; face < PDF_FACES; face++)
		if (strcmp(e->path, face_file[face]) == 0)
			note_family(path, family[face], sizeof family[face]);
	return true;
}

static bool add_all(FcConfig *config)
{
	FT_Library ft;
	if (FT_Init_FreeType(&ft))
		return false;
	bool ok = true;
	for (size_t i = 0; ok && i < n_embedded_web; i++)
		if (strncmp(embedded_web[i].path, "fonts/", 6) == 0)
			ok = add_font(config, ft, &embedded_web[i]);
	FT_Done_FreeType(ft);
	for (int face = 0; face < PDF_FACES; face++)
		ok = ok && family[face][0];
	return ok;
}

/* There in builds with the leak checker. fontconfig keeps offsets where others
 * keep pointers, so that what it holds for good looks lost. */
extern void __lsan_disable(void) __attribute__((weak));
extern void __lsan_enable(void) __attribute__((weak));

static void load(void)
{
	if (!late_draw_load())
		return;
	if (__lsan_disable)
		__lsan_disable();
	FcConfig *config = FcConfigCreate();
	loaded = config && add_all(config) && FcConfigSetCurrent(config);
	if (__lsan_enable)
		__lsan_enable();
}

rc pdf_fonts_map(struct ctx *c, PangoFontMap **out)
{
	pthread_once(&once, load);
	if (!loaded)
		return fail(c, E_IO, "paper.no_font");
	*out = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
	pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(*out), 72);
	return OK;
}

const char *pdf_fonts_family(enum pdf_face face)
{
	return family[face];
}
