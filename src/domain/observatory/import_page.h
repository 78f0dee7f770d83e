/* import_page.h - rows of an import as pages show them. */
#ifndef MAILLAGE_IMPORT_PAGE_H
#define MAILLAGE_IMPORT_PAGE_H

#include "base/buf.h"
#include "base/ctx.h"
#include "observatory/import_page_shape.h"

/* One row with whom it looks like, its problems and what it would change. */
rc import_line_of(struct ctx *c, const struct import_arrival *a, struct import_line *out);
/* All that it says, beside what is said now. */
rc import_fields_of(struct ctx *c, const struct import_arrival *a, struct change_line_list *out);
/* A value of a field for reading: the labels of its words, commas between. NULL stays. */
const char *field_words(struct ctx *c, int field, const char *value);
/* What the source calls a row; NULL: nothing, or a name that was made for it here. */
const char *import_key_shown(const char *key);
/* "same SIRET, names 87 % alike, 120 m apart" of what match_find wrote. */
const char *match_words(struct ctx *c, const char *reasons);

/* Add "&name=word" to an address; nothing for none. */
void query_word(struct buf *b, const char *name, const struct enumeration *e, int word);

#endif
