#include "app/fault.h"

#include <string.h>

#include "app/param_words.h"
#include "platform/i18n.h"
#include "platform/url.h"

enum { MOST_CHOICES = 30, SHOWN = 60 };

static bool is_page_get(const struct req *q)
{
	return !q->api && q->route && q->route->form && q->route->method == HTTP_GET;
}

static bool is_wrong(const struct error_view *v, const char *name)
{
	for (size_t i = 0; i < v->faults.n; i++)
		if (strcmp(v->faults.items[i].name, name) == 0)
			return true;
	return false;
}

/* A list of words without one of them. */
static const char *without(struct ctx *c, const char *list, const char *word)
{
	struct buf b;
	char *rest, *copy = talloc_strdup(c->mem, list);
	buf_init(&b, c->mem, 64);
	for (char *w = strtok_r(copy, " ", &rest); w; w = strtok_r(NULL, " ", &rest))
		if (strcmp(w, word) != 0)
			buf_fmt(&b, "%s%s", b.len ? " " : "", w);
	return b.s;
}

/* The one of several filters that does not exist. */
static const char *wrong_filter(const struct ctx *c)
{
	return c->failure.n_args && strcmp(c->failure.args[0].name, "filter") == 0 ? c->failure.args[0].value
										   : NULL;
}

/* The same address: wrong values left out but for `name`, which gets this value. */
static const char *rest(struct ctx *c, const struct req *q, const struct error_view *v, const char *name,
			const char *value)
{
	struct url_params p;
	struct buf b;
	const char *filter = wrong_filter(c);
	buf_init(&b, c->mem, 128);
	buf_fmt(&b, "%s?", q->http->path);
	url_params_init(&p, c->mem, q->http->query, strlen(q->http->query));
	for (const char *n, *s; url_params_next(&p, &n, &s);) {
		if (!shape_field(q->route->form, n) || (name && strcmp(n, name) == 0))
			continue;
		if (filter && strcmp(n, "is") == 0)
			buf_param(&b, n, without(c, s, filter));
		else if (!is_wrong(v, n))
			buf_param(&b, n, s);
	}
	buf_param(&b, name ? name : "", name ? value : NULL);
	if (b.s[b.len - 1] == '?')
		b.s[--b.len] = 0;
	return b.s;
}

static void fill_choices(struct ctx *c, const struct req *q, const struct error_view *v,
			 const struct field *f, struct address_fault *out)
{
	const struct enumeration *e = f->words;
	out->choices.items = new_array(c, struct fault_choice, e->n + 1);
	for (size_t i = 0; i < e->n && e->n <= MOST_CHOICES; i++) {
		bool named = i18n_has(fmt(c, "%s.%s", e->name, e->words[i]));
		out->choices.items[out->choices.n++] = (struct fault_choice){
			named ? i18n_word(c, e, (int)i) : e->words[i], rest(c, q, v, f->name, e->words[i])
		};
	}
}

/* A screenful at most of what was said. */
static const char *said(struct ctx *c, const struct form_state *st, const struct field *f)
{
	const char *s = st->raw ? st->raw[f - st->form->fields] : NULL;
	size_t n = s ? strnlen(s, SHOWN) : 0;
	while (n && n == SHOWN && ((unsigned char)s[n] & 0xc0) == 0x80)
		n--; /* not inside a character */
	return s && *s ? fmt(c, "%.*s%s", (int)n, s, s[n] ? "…" : "") : NULL;
}

static const char *expected(struct ctx *c, const struct field *f, const struct form_error *e)
{
	bool choice = strcmp(e->key, "form.bad_choice") == 0;
	if (choice && f->type == F_BOOL)
		return T(c, "fault.no_or_yes");
	return choice && f->words->n <= MOST_CHOICES ? T(c, "fault.choose") : form_error_text(c, e);
}

static void add(struct ctx *c, const struct req *q, struct error_view *v, const struct form_error *e)
{
	const struct field *f = e->field ? shape_field(q->route->form, e->field) : NULL;
	const char *word = f ? param_word(c, f->name) : NULL;
	if (!f || is_wrong(v, f->name))
		return;
	v->faults.items[v->faults.n++] = (struct address_fault){ .name = f->name,
								 .word = word ? word : f->name,
								 .said = said(c, &q->form_state, f),
								 .what = expected(c, f, e) };
}

void fault_fill(struct ctx *c, const struct req *q, struct error_view *v)
{
	const struct form_state *st = &q->form_state;
	if (!is_page_get(q) || !st->form || (c->failure.code != E_INVALID && c->failure.code != E_NOT_FOUND))
		return;
	v->faults.items = new_array(c, struct address_fault, st->n_errors + 1);
	for (size_t i = 0; i < st->n_errors; i++)
		add(c, q, v, &st->errors[i]);
	if (c->failure.field)
		add(c, q, v,
		    &(struct form_error){
			    .field = c->failure.field, .key = c->failure.key, .why = &c->failure });
	for (size_t i = 0; i < v->faults.n; i++) {
		const struct field *f = shape_field(q->route->form, v->faults.items[i].name);
		if (f->type == F_ENUM)
			fill_choices(c, q, v, f, &v->faults.items[i]);
	}
	if (v->faults.n)
		v->rest = rest(c, q, v, NULL, NULL);
}

/* ---- what is not known ---- */

const char *fault_aside(struct ctx *c, const struct req *q)
{
	struct url_params p;
	struct buf b;
	if (!is_page_get(q))
		return NULL;
	buf_init(&b, c->mem, 64);
	url_params_init(&p, c->mem, q->http->query, strlen(q->http->query));
	for (const char *n, *s; b.len < SHOWN && url_params_next(&p, &n, &s);)
		if (!shape_field(q->route->form, n) && !url_is_mark(n))
			buf_fmt(&b, "%s%.*s", b.len ? ", " : "", SHOWN, n);
	if (!b.len || !utf8_ok(b.s, b.len))
		return NULL;
	const struct arg args[] = { { .name = "unknown", .text = b.s },
				    { .name = "names", .text = form_names(c, q->route->form) } };
	return i18n(c, K("fault.aside"), args, sizeof args / sizeof *args);
}
