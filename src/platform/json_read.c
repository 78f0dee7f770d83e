#include <jansson.h>
#include <string.h>

#include "platform/form_value.h"
#include "platform/i18n.h"
#include "platform/json.h"

#define MAX_DEPTH 8

/* Deeper than any form: refused before the parser recurses into it. */
static bool too_deep(const char *s, size_t len)
{
	int depth = 0;
	bool quoted = false;
	for (size_t i = 0; i < len; i++) {
		if (quoted && s[i] == '\\')
			i++;
		else if (s[i] == '"')
			quoted = !quoted;
		else if (!quoted && (s[i] == '{' || s[i] == '['))
			depth++;
		else if (!quoted && (s[i] == '}' || s[i] == ']'))
			depth--;
		if (depth > MAX_DEPTH)
			return true;
	}
	return false;
}

static bool is_number_type(enum field_type t)
{
	return t == F_INT || t == F_MONEY || t == F_QUANTITY;
}

static void read_value(struct ctx *c, struct form_state *st, const struct field *f, const json_t *v,
		       void *out)
{
	if (!v || json_is_null(v))
		value_from_text(c, st, f, NULL, out);
	else if (is_number_type(f->type) && json_is_integer(v))
		value_from_number(c, st, f, json_integer_value(v), out);
	else if (f->type == F_BOOL && json_is_boolean(v))
		*(bool *)((char *)out + f->offset) = json_is_true(v);
	else if (!is_number_type(f->type) && f->type != F_BOOL && json_is_string(v))
		value_from_text(c, st, f, json_string_value(v), out);
	else
		form_blame(c, st, f->name, value_type_key(f->type));
}

rc json_read(struct ctx *c, const struct shape *form, const char *body, size_t len, void *out,
	     struct form_state *state)
{
	form_state_init(c, state, form, out);
	json_t *root = too_deep(body, len) ? NULL : json_loadb(body, len, JSON_REJECT_DUPLICATES, NULL);
	if (!json_is_object(root)) {
		json_decref(root);
		return fail(c, E_BAD_REQUEST, "form.unreadable");
	}
	const char *name;
	json_t *value;
	json_object_foreach(root, name, value) if (!shape_field(form, name))
		form_blame_unknown(c, state, name);
	for (size_t i = 0; i < form->n; i++)
		read_value(c, state, &form->fields[i], json_object_get(root, form->fields[i].name), out);
	json_decref(root);
	return form_verdict(c, state);
}
