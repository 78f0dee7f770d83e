/* form_text.c - the sentence of an error of a form. */
#include "base/buf.h"
#include "platform/form.h"
#include "platform/i18n.h"

/* A bound as the reader writes such values. */
static const char *limit_text(struct ctx *c, const struct field *f, int64_t limit)
{
	switch (f->type) {
	case F_MONEY: return fmt_money(c, (money){ limit });
	case F_QUANTITY: return fmt_quantity(c, (quantity){ limit });
	case F_MINUTE: return fmt_minute(c, (minute){ limit });
	default: return fmt_int(c, limit);
	}
}

const char *form_names(struct ctx *c, const struct shape *form)
{
	struct buf b;
	buf_init(&b, c->mem, 128);
	for (size_t i = 0; i < form->n; i++)
		buf_fmt(&b, "%s%s", i ? ", " : "", form->fields[i].name);
	return b.s;
}

const char *form_error_text(struct ctx *c, const struct form_error *e)
{
	struct arg args[FAILURE_ARGS];
	size_t n = 0;
	if (e->bound)
		args[n++] = (struct arg){ .name = "limit", .text = limit_text(c, e->bound, e->limit) };
	for (int i = 0; e->why && i < e->why->n_args && n < FAILURE_ARGS; i++)
		args[n++] = (struct arg){ .name = e->why->args[i].name, .text = e->why->args[i].value };
	return i18n(c, e->key, args, n);
}
