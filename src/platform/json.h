/* json.h - structs as JSON and back, by their shapes.
 *
 * Row numbers (ids) and private fields are left out. Instants are
 * "2026-11-24T08:30:00Z", days "2026-11-24", minutes "09:30", money whole
 * cents, quantities whole thousandths, words of enumerations themselves,
 * hashes hexadecimal, HTML a string; what is absent is null. */
#ifndef MAILLAGE_JSON_H
#define MAILLAGE_JSON_H

#include "base/buf.h"
#include "platform/form.h"

void json_write(struct buf *b, const struct shape *s, const void *obj);
void json_write_list(struct buf *b, const struct shape *s, const struct any_list *list);

/* Read an object into a form's struct, as form_read does. A value must be of
 * its field's JSON type; null is the same as not sent.
 *   E_BAD_REQUEST  not an object of JSON, a name twice, too deep, not UTF-8
 *   E_INVALID      state->errors says which fields */
rc json_read(struct ctx *c, const struct shape *form, const char *body, size_t len, void *out,
	     struct form_state *state);

#endif
