/* embedded.h - files that are part of the program; tables are sorted by path,
 * written by tools/embed at build. A NUL follows the last byte, not counted. */
#ifndef MAILLAGE_EMBEDDED_H
#define MAILLAGE_EMBEDDED_H

#include <stddef.h>

struct embedded {
	const char *path;	/* below its folder: "0001-platform.sql", "fonts/x.woff2" */
	const unsigned char *data;
	size_t len;
};

extern const struct embedded embedded_migrations[];
extern const size_t n_embedded_migrations;
extern const struct embedded embedded_web[];	/* what is served under /s/ */
extern const size_t n_embedded_web;
extern const char embedded_fingerprint[9];	/* of all of these: another when one has changed */
extern const struct embedded embedded_data[];
extern const size_t n_embedded_data;

/* The file of a path in one of the tables, or NULL. */
const struct embedded *embedded_find(const struct embedded *table, size_t n, const char *path);

#endif
