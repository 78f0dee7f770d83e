/* picture_ink.h - what each ink is: its class on a page, its colours on paper. */
#ifndef MAILLAGE_PICTURE_INK_H
#define MAILLAGE_PICTURE_INK_H

#include "platform/pdf.h"
#include "platform/picture.h"

struct picture_ink_row {
	const char *class;
	const char *word_class;	      /* of the number in a mark, after "mark-n" */
	enum pdf_colour fill, stroke; /* on paper; a word's colour is its fill */
	int thickness;		      /* hundredths of a unit */
	enum pdf_face face;	      /* of words */
	int weight, size;	      /* units */
	bool halo;
};
extern const struct picture_ink_row picture_inks[PICTURE_INKS];

#endif
