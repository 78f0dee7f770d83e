#include "base/ctx.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static void *must(void *p)
{
	if (!p) {
		fputs("maillage: out of memory\n", stderr);
		abort();
	}
	return p;
}

rc fail(struct ctx *c, rc code, const char *key)
{
	c->failure = (struct failure){ .code = code, .key = key };
	return code;
}

rc fail_with(struct ctx *c, rc code, const char *key, ...)
{
	/* Values may come from the former failure: copy them before it goes. */
	struct failure f = { .code = code, .key = key };
	va_list ap;
	va_start(ap, key);
	for (const char *name; f.n_args < FAILURE_ARGS && (name = va_arg(ap, const char *)); f.n_args++) {
		const char *value = va_arg(ap, const char *);
		f.args[f.n_args].name = name;
		f.args[f.n_args].value = must(talloc_strdup(c->mem, value ? value : ""));
	}
	va_end(ap);
	c->failure = f;
	return code;
}

rc fail_field(struct ctx *c, const char *field, const char *key)
{
	c->failure = (struct failure){ .code = E_INVALID, .key = key, .field = field };
	return E_INVALID;
}

char *fmt(struct ctx *c, const char *format, ...)
{
	va_list ap;
	va_start(ap, format);
	char *s = talloc_vasprintf(c->mem, format, ap);
	va_end(ap);
	return must(s);
}

void *mem_zero(TALLOC_CTX *mem, size_t size, const char *name)
{
	void *p = must(talloc_zero_size(mem, size));
	talloc_set_name_const(p, name);
	return p;
}

void *mem_array(TALLOC_CTX *mem, size_t size, size_t n, const char *name)
{
	size_t bytes;
	if (__builtin_mul_overflow(size, n, &bytes))
		must(NULL);
	return mem_zero(mem, bytes, name);
}
