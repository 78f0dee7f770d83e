/* account_demo.c - the made-up people of a demo, kept as a setting in JSON:
 * [{"label": "Inès", "email": "...", "role": "demo_role.ines"}, ...]. */
#include <jansson.h>

#include "people/account.h"
#include "platform/i18n.h"
#include "platform/json.h"
#include "platform/setting_sql.h"

rc demo_sign_ins_set(struct ctx *c, const struct demo_sign_in_list *list, const char *password)
{
	struct buf b;
	buf_init(&b, c->mem, 1024);
	json_write_list(&b, &demo_sign_in_shape, (const struct any_list *)list);
	TRY(setting_set(c, "demo.sign_ins", b.s, NULL));
	return setting_set(c, "demo.password", password, NULL);
}

static const char *text_of(struct ctx *c, const json_t *o, const char *name)
{
	const char *s = json_string_value(json_object_get(o, name));
	return talloc_strdup(c->mem, s ? s : "");
}

/* A message, so that each reads it in her language. */
static const char *role_of(struct ctx *c, const json_t *o)
{
	const char *role = text_of(c, o, "role");
	return i18n_has(role) ? i18n(c, role, NULL, 0) : role;
}

rc demo_sign_ins(struct ctx *c, struct demo_sign_in_list *list, const char **password)
{
	const char *text;
	bool found;
	*list = (struct demo_sign_in_list){ 0 };
	TRY(setting_get(c, "demo.password", password, &found));
	if (!found)
		*password = NULL;
	TRY(setting_get(c, "demo.sign_ins", &text, &found));
	json_t *all = found ? json_loads(text, 0, NULL) : NULL;
	list->n = json_array_size(all);
	list->items = new_array(c, struct demo_sign_in, list->n + 1);
	for (size_t i = 0; i < list->n; i++) {
		const json_t *o = json_array_get(all, i);
		const char *label = text_of(c, o, "label");
		size_t one = 1;
		while (((unsigned char)label[0] & 0x80) && ((unsigned char)label[one] & 0xc0) == 0x80)
			one++;
		list->items[i] = (struct demo_sign_in){ label, text_of(c, o, "email"), role_of(c, o),
							talloc_strndup(c->mem, label, one) };
	}
	json_decref(all);
	return OK;
}
