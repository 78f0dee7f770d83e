/* shape_write.h - a shape as C: its struct, its list and its description. */
#ifndef MAILLAGE_SHAPE_WRITE_H
#define MAILLAGE_SHAPE_WRITE_H

#include "shape_parse.h"

/* "booking_id ", "const char *", "struct x_list ": what stands before a member's name. */
const char *type_c(const struct def_field *f);

void list_write(struct text *t, const char *shape);	      /* struct X_list */
void struct_write(struct text *t, const struct def_shape *s); /* struct X { ... } */
void shape_extern_write(struct text *t, const char *shape);
void shape_write(struct text *t, const struct def_shape *s); /* const struct shape X_shape */
/* `{ .name = ..., },`; owner is the struct that holds the member, NULL: offset 0. */
void field_write(struct text *t, const struct def_field *f, const char *owner);

#endif
