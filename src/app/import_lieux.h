/* import_lieux.h - `maillage import lieux`: places in a standard format, or in a table of a known source. */
#ifndef MAILLAGE_IMPORT_LIEUX_H
#define MAILLAGE_IMPORT_LIEUX_H

#include "app/cli.h"
#include "base/ctx.h"

struct lieux_options {
	const char *format, *source, *licence;
	const char *mapping; /* the source whose columns a table has; NULL: its own */
	bool dry;
};
bool lieux_options_ok(const struct lieux_options *o);

/* The exit status, after saying what was done or, row by row, what cannot be. */
int import_lieux(struct cli *cli, struct ctx *c, const struct lieux_options *o, const char *name, octets file);

#endif
