#include "platform/form.h"

#include <string.h>
#include <strings.h>

#include "platform/form_multipart.h"
#include "platform/form_value.h"
#include "platform/i18n.h"
#include "platform/json.h"
#include "platform/url.h"

/* ---- the pairs of a body, whatever its kind ---- */

struct pairs {
	bool multipart;
	struct url_params params;
	struct multipart parts;
};

/* "application/json" of "Application/JSON; charset=utf-8". */
static bool is_type(const char *content_type, const char *type)
{
	size_t n = strlen(type);
	return strncasecmp(content_type, type, n) == 0 && strchr("; \t", content_type[n]);
}

static bool pairs_open(struct pairs *p, TALLOC_CTX *mem, const char *body, size_t len,
		       const char *content_type)
{
	*p = (struct pairs){ .multipart = is_type(content_type, "multipart/form-data") };
	if (p->multipart)
		multipart_init(&p->parts, mem, body, len, content_type);
	else if (is_type(content_type, "application/x-www-form-urlencoded"))
		url_params_init(&p->params, mem, body, len);
	else
		return false;
	return true;
}

static bool pairs_next(struct pairs *p, const char **name, const char **value)
{
	return p->multipart ? multipart_next(&p->parts, name, value)
			    : url_params_next(&p->params, name, value);
}

static bool pairs_bad(const struct pairs *p)
{
	return p->multipart ? p->parts.bad : p->params.bad;
}

const char *form_control(struct ctx *c, const char *body, size_t len, const char *content_type,
			 const char *name)
{
	struct pairs p;
	if (!content_type || !pairs_open(&p, c->mem, body, len, content_type))
		return NULL;
	for (const char *found, *value; pairs_next(&p, &found, &value);)
		if (strcmp(found, name) == 0)
			return value;
	return NULL;
}

/* ---- from pairs to fields ---- */

static bool is_control(const char *name)
{
	return strcmp(name, "_csrf") == 0 || strcmp(name, "_idempotency") == 0;
}

/* Stands for a file whose bytes were taken already. */
static const char as_file[] = "file";

/* Keep what was sent for a field. A name sent twice is not expected, but for
 * a box, whose hidden "0" comes before its "1". */
static void gather(struct ctx *c, struct form_state *st, const char **sent, const char *name,
		   const char *value, bool known_only)
{
	const struct field *f = shape_field(st->form, name);
	size_t i = f ? (size_t)(f - st->form->fields) : 0;
	if (is_control(name) || (!f && known_only))
		return;
	if (!f || (sent[i] && f->type != F_BOOL))
		form_blame_unknown(c, st, name);
	else
		sent[i] = value;
}

/* A file as it is, for a field of octets; any other field takes text alone. */
static bool gather_file(struct ctx *c, struct form_state *st, const char *name, const struct multipart *m,
			void *out)
{
	const struct field *f = shape_field(st->form, name);
	if (!f || f->type != F_OCTETS)
		return false;
	value_from_octets(c, st, f, (octets){ m->raw, m->raw_n }, out);
	return true;
}

static rc finish(struct ctx *c, struct form_state *st, const char **sent, void *out)
{
	for (size_t i = 0; i < st->form->n; i++) {
		const struct field *f = &st->form->fields[i];
		if (sent[i] != as_file)
			value_from_text(c, st, f, sent[i], out);
		st->raw[i] = f->flags & FF_PASSWORD || f->type == F_OCTETS ? NULL : sent[i];
	}
	return form_verdict(c, st);
}

rc form_read(struct ctx *c, const struct shape *form, const char *body, size_t len, const char *content_type,
	     void *out, struct form_state *state)
{
	struct pairs p;
	form_state_init(c, state, form, out);
	if (!content_type || !*content_type) {
		if (len)
			return fail(c, E_MEDIA, "form.media");
		content_type = "application/x-www-form-urlencoded";
	}
	if (is_type(content_type, "application/json"))
		return json_read(c, form, body, len, out, state);
	if (!pairs_open(&p, c->mem, body, len, content_type))
		return fail(c, E_MEDIA, "form.media");
	const char **sent = new_array(c, const char *, form->n + 1);
	for (const char *name, *value; pairs_next(&p, &name, &value);) {
		bool file = p.multipart && gather_file(c, state, name, &p.parts, out);
		if (!file && !value)
			return fail(c, E_BAD_REQUEST, "form.unreadable");
		gather(c, state, sent, name, file ? as_file : value, false);
	}
	if (pairs_bad(&p))
		return fail(c, E_BAD_REQUEST, "form.unreadable");
	return finish(c, state, sent, out);
}

rc form_read_query(struct ctx *c, const struct shape *form, const char *query, void *out,
		   struct form_state *state)
{
	struct url_params p;
	form_state_init(c, state, form, out);
	const char **sent = new_array(c, const char *, form->n + 1);
	url_params_init(&p, c->mem, query, strlen(query));
	for (const char *name, *value; url_params_next(&p, &name, &value);)
		gather(c, state, sent, name, value, true);
	if (p.bad)
		return fail(c, E_BAD_REQUEST, "form.unreadable");
	return finish(c, state, sent, out);
}
