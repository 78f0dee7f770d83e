/* parcel.h - structs as JSON and back, by a table of their members: the way to
 * the cage that draws paper (child.h), which trusts nothing it reads. */
#ifndef MAILLAGE_PARCEL_H
#define MAILLAGE_PARCEL_H

#include <stddef.h>

#include "base/buf.h"
#include "base/ctx.h"

enum parcel_kind {
	PARCEL_TEXT,	/* const char *, may be NULL */
	PARCEL_TEXTS,	/* an array of `max` of them inside the struct */
	PARCEL_FLAG,	/* bool */
	PARCEL_NUMBER,	/* int */
	PARCEL_INSTANT,
	PARCEL_LIST,	/* an array of structs inside the struct */
	PARCEL_ROWS	/* a pointer to structs */
};

struct parcel_layout;
struct parcel_member {
	const char *name;
	enum parcel_kind kind;
	size_t at;
	size_t max;			/* TEXTS, LIST, ROWS */
	const struct parcel_layout *of; /* LIST, ROWS */
	size_t count_at;		/* LIST, ROWS: where the size_t "n_NAME" lies */
};
struct parcel_layout {
	size_t size, n;
	const struct parcel_member *members;
};

/* static const struct parcel_member box_members[] = { PARCEL(TEXT, struct box, title) ... };
 * PARCEL_LAYOUT(box, struct box); */
#define PARCEL_LAYOUT(name_, type)                                                    \
	static const struct parcel_layout name_ = { sizeof(type),                     \
						    sizeof name_##_members / sizeof *name_##_members, name_##_members }
#define PARCEL(kind_, type, field) { #field, PARCEL_##kind_, offsetof(type, field), 0, NULL, 0 }
#define PARCEL_MANY(type, field, max_) { #field, PARCEL_TEXTS, offsetof(type, field), max_, NULL, 0 }
#define PARCEL_OF(kind_, type, field, max_, layout_) \
	{ #field, PARCEL_##kind_, offsetof(type, field), max_, &layout_, offsetof(type, n_##field) }

void parcel_write(struct buf *out, const struct parcel_layout *layout, const void *value);

/* What is read lives in c->mem. E_INVALID: not what parcel_write writes. */
rc parcel_read(struct ctx *c, const struct parcel_layout *layout, const char *json, size_t len, void *value);

#endif
