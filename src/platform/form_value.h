/* form_value.h - one value of a form: read, checked against its field, stored
 * or blamed. Shared by the readers of forms and of JSON. */
#ifndef MAILLAGE_FORM_VALUE_H
#define MAILLAGE_FORM_VALUE_H

#include "platform/form.h"

void form_state_init(struct ctx *c, struct form_state *st, const struct shape *form, void *out);
void form_blame(struct ctx *c, struct form_state *st, const char *field, const char *key);
/* At most a screenful of these. */
void form_blame_unknown(struct ctx *c, struct form_state *st, const char *field);

/* `raw` NULL: not sent. The value goes to the field's place in `out`. */
void value_from_text(struct ctx *c, struct form_state *st, const struct field *f, const char *raw, void *out);
/* The bytes of a file; none of them is none sent. They stay where they are. */
void value_from_octets(struct ctx *c, struct form_state *st, const struct field *f, octets v, void *out);
/* For the types that are kept as one int64. */
void value_from_number(struct ctx *c, struct form_state *st, const struct field *f, int64_t v, void *out);
/* What is told when a value is not of the field's type. */
const char *value_type_key(enum field_type t);

/* OK, or E_INVALID "form.check" when something was blamed. */
rc form_verdict(struct ctx *c, const struct form_state *st);

#endif
