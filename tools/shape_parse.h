/* shape_parse.h - reads .shape files for the generators. What it returns has
 * been checked: names are unique over all files, types are known, flags fit
 * their types, no shape holds itself. shapegen.c shows the format. */
#ifndef MAILLAGE_SHAPE_PARSE_H
#define MAILLAGE_SHAPE_PARSE_H

#include "base/shape.h"
#include "tool.h"

struct def_enum {
	const char *name;
	const char **words;
	size_t n;
	bool labels; /* the message "NAME.word" must exist for each word */
	int line;
};

struct def_field {
	const char *name;
	const char *type_name; /* as written, without brackets and question mark */
	enum field_type type;
	unsigned flags;
	int64_t min, max; /* forms */
	const struct def_enum *words;
	struct def_shape *shape;
	int line;
};

struct def_shape {
	const char *name;
	bool form;
	struct def_field *fields;
	size_t n;
	struct def_file *file;
	int line;
	int walk; /* the walks' own mark */
};

struct def_use {
	const char *room;
	int line;
	struct def_file *file;
};

struct def_file {
	const char *path, *room; /* src/domain/people/person.shape, people/person */
	struct def_use *uses;
	size_t n_uses;
	struct def_enum **enums;
	size_t n_enums;
	struct def_shape **shapes; /* in an order that C accepts */
	size_t n_shapes;
	int walk;
};

struct defs {
	struct def_file **files;
	size_t n;
};

struct defs shapes_read(char **paths, size_t n);
struct def_file *defs_file(const struct defs *d, const char *room); /* or NULL */
/* "money", "booking_id" and the like. */
bool type_is_scalar(const char *name, enum field_type *type);
/* A type as another file names it: "money?", "[quote_line]", "booking_id".
 * Looks up names in `file` and in what it uses. Ends the program when it is
 * not known; path and line are for that message. */
void type_resolve(struct def_field *f, const char *written, const struct def_file *file, const char *path);
/* A shape of the file or of what it uses, or NULL. */
struct def_shape *file_shape(const struct def_file *file, const char *name);

#endif
