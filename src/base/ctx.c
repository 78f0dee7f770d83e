#include "base/ctx.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
	/* Most are short: written once, then copied, where talloc would measure first. */
	char text[256];
	va_list ap, again;
	va_start(ap, format);
	va_copy(again, ap);
	int n = vsnprintf(text, sizeof text, format, ap);
	char *s = n >= 0 && (size_t)n < sizeof text ? talloc_strndup(c->mem, text, (size_t)n)
						    : talloc_vasprintf(c->mem, format, again);
	va_end(again);
	va_end(ap);
	return must(s);
}

rc ctx_apart(struct ctx *c, rc (*fn)(struct ctx *c, void *arg), void *arg)
{
	TALLOC_CTX *whole = c->mem;
	c->mem = must(talloc_new(whole));
	rc code = fn(c, arg);
	if (code == OK)
		talloc_free(c->mem);
	c->mem = whole;
	return code;
}

char *mem_text(TALLOC_CTX *mem, const char *s, size_t n)
{
	char *copy = must(talloc_size(mem, n + 1));
	memcpy(copy, s, n);
	copy[n] = '\0';
	return copy;
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
