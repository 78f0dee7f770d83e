/* packed.h - spreadsheets made for tests: parts packed into one file. */
#ifndef MAILLAGE_PACKED_H
#define MAILLAGE_PACKED_H

#include "base/ctx.h"

struct part { const char *name, *text; };

/* Pack them, in c->mem; the last has a NULL name. password NULL: none. */
octets packed(struct ctx *c, const struct part *parts, const char *password);
/* An XLSX of one sheet called "Feuille 1": `rows` is the XML inside of
 * <sheetData>, `more` what follows it, `styles` the XML of xl/styles.xml or "". */
octets packed_xlsx(struct ctx *c, const char *rows, const char *more, const char *styles);
/* An ODS whose tables are `tables`. */
octets packed_ods(struct ctx *c, const char *tables);
/* Rows of texts as inline strings: cells by |, rows by a line end. */
octets packed_table(struct ctx *c, const char *table);
/* A file as a url-encoded form carries it. */
const char *packed_form(struct ctx *c, octets file);

#endif
