/* erasures.h - who was erased, told outside of the database, so that a backup
 * put back does not bring anybody back. One small file:
 *
 *	maillage-erasures 1 KEY
 *	2026-11-24 HASH
 *
 * HASH is that of a person's public id under KEY, which is made with the file
 * and stands nowhere else: the file names nobody, and without it nobody learns
 * from a public id that its holder was erased. It belongs to no backup of the
 * database; the operator copies it on its own.
 *
 * A line is whole and on the disk before erasures_add returns, and that is
 * called before the erasure is committed: no crash loses one. A line without
 * its end is one whose erasure was never committed; the next writer drops it. */
#ifndef MAILLAGE_ERASURES_H
#define MAILLAGE_ERASURES_H

#include "base/ctx.h"
#include "platform/config.h"

struct erasures;

/* Where the configuration has it, in mem: database.erasures, or the SQLite
 * file's name with ".erasures"; NULL: PostgreSQL, and nothing is said. */
const char *erasures_path(TALLOC_CTX *mem, const struct config *cfg);

/* Opens the file, or makes it when `create`; the database is claimed (db_claim), so
 * that one process does. `why` lasts until the thread's next one.
 *   E_NOT_FOUND  it is not there
 *   E_IO         it cannot be read, or made
 *   E_CORRUPT    it is no such list; why names the line */
rc erasures_open(const char *path, bool create, struct erasures **out, const char **why);
void erasures_close(struct erasures *e); /* NULL is fine */

/* How many people it lists. */
size_t erasures_count(struct erasures *e);
bool erasures_has(struct erasures *e, pubid person);

/* List her, unless she is. Several threads may call it.
 *   E_IO  "erase.not_kept" it cannot be written; she is not listed */
rc erasures_add(struct ctx *c, struct erasures *e, pubid person);

/* The text of such a file, read: for erasures_open and for fuzzing. */
struct erasure_list {
	hash key;
	hash *items; /* in order of their bytes, in mem */
	size_t n;
	size_t whole; /* bytes that end with a line's end */
};
/* E_CORRUPT, and the number of the wrong line. */
rc erasures_parse(TALLOC_CTX *mem, const char *text, size_t len, struct erasure_list *out, int *line);

#endif
