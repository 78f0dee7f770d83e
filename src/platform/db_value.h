/* db_value.h - between a C value of a field's type and what a database stores:
 * the one place that knows how absence is written in C. */
#ifndef MAILLAGE_DB_VALUE_H
#define MAILLAGE_DB_VALUE_H

#include "base/ctx.h"
#include "base/shape.h"

enum value_kind { V_NULL, V_INT, V_BOOL, V_TEXT, V_BLOB };

struct value {
	enum value_kind kind;
	int64_t i;	/* V_INT, V_BOOL */
	const char *s;	/* V_TEXT, V_BLOB */
	size_t n;	/* bytes of s */
};

/* How a field of that type is stored; V_NULL: not in one column. */
enum value_kind value_kind_of(enum field_type type);

/* The value at src, which points to the field's C type. Text stays where it is.
 * false: the type cannot be a parameter, or the enum has no such index. */
bool value_load(const struct field *f, const void *src, struct value *out);

/* Write v at dst; text is copied into mem. false: not a value of this field
 * (NULL without FF_NULL, an unknown word, a hash of another length). */
bool value_store(TALLOC_CTX *mem, const struct field *f, const struct value *v, void *dst);

/* The columns of a row: members of shapes by value count in their place, lists do not. */
size_t row_columns(const struct shape *s);
/* The field of a column and its column name, outer_inner for a nested one, written to name. */
const struct field *row_column(const struct shape *s, size_t column, char *name, size_t size);

#endif
