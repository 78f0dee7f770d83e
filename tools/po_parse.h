/* po_parse.h - reads the files of po, NAME.LANG.po, for pogen. */
#ifndef MAILLAGE_PO_PARSE_H
#define MAILLAGE_PO_PARSE_H

#include <stdbool.h>
#include <stddef.h>

enum { PO_FR, PO_EN, PO_LANGS };

struct po_entry {
	const char *key, *one, *many; /* many: NULL when there is no plural */
	int lang;
	const char *file;
	int line;
};

struct po_entries {
	struct po_entry *items;
	size_t n;
};

extern const char *const po_lang[PO_LANGS]; /* "fr", "en" */

/* Add what the file says. Ends the program when it is not well-formed. */
void po_read(struct po_entries *all, const char *path);

#endif
