/* fuzz_form.c - bodies of forms: the first line is the content type ("?" for a
 * query string), the rest the body. */
#include <stdlib.h>
#include <string.h>

#include "platform/form.h"
#include "platform/url.h"
#include "sample_form.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool truth)
{
	if (!truth)
		abort();
}

static void check_text(const char *s, size_t max)
{
	must(!s || (*s && utf8_ok(s, strlen(s)) && strlen(s) <= 4 * max));
}

/* What passed keeps the form's promises. */
static void check(const struct sample *v)
{
	must(v->name != NULL);
	check_text(v->name, 10);
	check_text(v->note, 40);
	check_text(v->password, 100);
	must(!v->siren || strlen(v->siren) == 9);
	must(!v->email || strchr(v->email, '@'));
	must(v->count == NONE || (v->count >= 1 && v->count <= 200));
	must(v->unit >= -1 && v->unit < 3);
	must(is_none(v->at) || (v->at.v >= 0 && v->at.v <= 1440));
	must(is_none(v->price) || (v->price.v >= 0 && v->price.v <= 100000));
	must(strlen(v->space.s) == 0 || strlen(v->space.s) == 26);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ctx c = { .mem = talloc_new(NULL) };
	struct sample v;
	struct form_state st;
	const uint8_t *line = memchr(data, '\n', size);
	size_t head = line ? (size_t)(line - data) : size;
	const char *type = talloc_strndup(c.mem, (const char *)data, head);
	/* as the server gives it: a NUL after the last byte */
	size_t len = line ? size - head - 1 : 0;
	char *body = talloc_zero_size(c.mem, len + 1);
	memcpy(body, line ? line + 1 : data, len);

	rc code = strcmp(type, "?") == 0 ? form_read_query(&c, &sample_shape, body, &v, &st)
					 : form_read(&c, &sample_shape, body, len, type, &v, &st);
	must((code == OK) == (c.failure.code == OK));
	must((code == E_INVALID) == (st.n_errors > 0) || code == E_BAD_REQUEST || code == E_MEDIA);
	if (code == OK)
		check(&v);
	const char *csrf = form_control(&c, body, len, type, "_csrf");
	must(!csrf || utf8_ok(csrf, strlen(csrf)));
	talloc_free(c.mem);
	return 0;
}
