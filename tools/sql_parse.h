/* sql_parse.h - reads .sql files: named statements whose header comments say
 * what goes in, what comes out and how many rows. It knows SQL's comments,
 * strings and casts, and nothing else of SQL. */
#ifndef MAILLAGE_SQL_PARSE_H
#define MAILLAGE_SQL_PARSE_H

#include "shape_parse.h"

enum cardinality { CARD_ONE, CARD_MAYBE, CARD_MANY, CARD_EXEC };
enum { SQLITE, POSTGRES, DATABASES };

struct sql_param {
	struct def_field f;
	bool of_shape;	      /* a member of in_shape, else an argument by itself */
	unsigned char number; /* 1.. in order of first use, 0 when never used */
	bool used[DATABASES];
};

struct sql_stmt {
	const char *name;
	enum cardinality card;
	int line;
	struct def_shape *in_shape; /* its fields may be bound; or NULL */
	struct sql_param *params;   /* fields of in_shape, then the arguments in order */
	size_t n_params;
	size_t n_used;
	struct def_shape *out; /* NULL: returns no rows */
	bool out_inline;       /* `out` was spelled in the header: its struct is NAME_row */
	struct text sql[DATABASES];
};

struct sql_source {
	const char *path, *room;
	struct def_file *scope; /* names no type itself: its `uses` are what may be named */
	struct sql_stmt **stmts;
	size_t n;
};

struct sql_source *sql_read(const struct defs *all, const char *path);

#endif
