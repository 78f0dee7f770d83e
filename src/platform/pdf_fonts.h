/* pdf_fonts.h - the product's fonts, made readable for pango without touching
 * the disk: the program holds woff2 for browsers, HarfBuzz wants plain
 * OpenType in a file. FreeType unpacks them into files that live in memory.
 * They become the process's whole fontconfig: the machine's fonts do not
 * exist in it. */
#ifndef MAILLAGE_PDF_FONTS_H
#define MAILLAGE_PDF_FONTS_H

#include "base/ctx.h"
#include "platform/late_draw.h"
#include "platform/pdf.h"

/* A map over the fonts, for one thread; release it with g_object_unref. Comes before
 * anything else is asked of pango or cairo. E_IO when they, or a font, are missing or
 * cannot be read. */
rc pdf_fonts_map(struct ctx *c, PangoFontMap **out);
/* The family's name inside its file, once a map was made. */
const char *pdf_fonts_family(enum pdf_face face);

#endif
