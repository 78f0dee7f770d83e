/* edits.h - how many letters differ between a text that was typed and others:
 * one letter changed, added, dropped, or two neighbours swapped is one edit
 * (the distance called optimal string alignment). The typed text is prepared
 * once; each comparison is a few operations a letter, by the bits of a word
 * (Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit
 * distances", 2003). Bytes count as letters. */
#ifndef MAILLAGE_EDITS_H
#define MAILLAGE_EDITS_H

#include <stddef.h>
#include <stdint.h>

#define EDITS_LONGEST 64 /* longer texts are compared by their first 64 bytes */

struct edits {
	uint64_t at[256]; /* where each byte stands in the text */
	int len;
};

void edits_prepare(struct edits *e, const char *text);
/* To the whole of s; *beginning, when it is not NULL: to the nearest beginning of s. */
int edits_to(const struct edits *e, const char *s, size_t len, int *beginning);

/* Letters of a text as a set: an edit changes at most two members. */
uint32_t edits_letters(const char *s, size_t len);

#endif
