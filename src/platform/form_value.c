#include "platform/form_value.h"

#include <sodium.h>
#include <string.h>
#include <utf8proc.h>

#include "base/civil.h"
#include "base/decimal.h"
#include "base/pubid.h"
#include "base/siren.h"
#include "platform/form_format.h"
#include "platform/i18n.h"

#define MAX_UNKNOWN 20
#define NAME_SHOWN  64 /* bytes of an unknown name that are sent back */

/* ---- errors ---- */

static struct form_error *add_error(struct ctx *c, struct form_state *st)
{
	struct form_error *more = new_array(c, struct form_error, st->n_errors + 1);
	if (st->n_errors)
		memcpy(more, st->errors, st->n_errors * sizeof *more);
	st->errors = more;
	return &st->errors[st->n_errors++];
}

void form_blame(struct ctx *c, struct form_state *st, const char *field, const char *key)
{
	*add_error(c, st) = (struct form_error){ .field = field, .key = key };
}

static void blame_limit(struct ctx *c, struct form_state *st, const struct field *f, const char *key,
			int64_t limit)
{
	*add_error(c, st) = (struct form_error){ .field = f->name, .key = key, .bound = f, .limit = limit };
}

void form_blame_unknown(struct ctx *c, struct form_state *st, const char *field)
{
	if (st->n_errors >= MAX_UNKNOWN)
		return;
	size_t n = strnlen(field, NAME_SHOWN);
	while (n && n == NAME_SHOWN && ((unsigned char)field[n] & 0xc0) == 0x80)
		n--; /* not inside a character */
	form_blame(c, st, talloc_strndup(c->mem, field, n), K("form.unknown_field"));
}

void form_state_add_failure(struct ctx *c, struct form_state *st, const struct shape *form,
			    const struct failure *why)
{
	if (!st->form)
		st->form = form;
	if (st->n_errors && why->key && strcmp(why->key, "form.check") == 0)
		return;
	struct failure *copy = new_zero(c, struct failure);
	*copy = *why;
	bool known = form && why->field && shape_field(form, why->field);
	*add_error(c, st) = (struct form_error){ .field = known ? why->field : NULL,
						 .key = why->key,
						 .why = copy };
}

const struct form_error *form_error_of(const struct form_state *st, const char *field)
{
	for (size_t i = 0; st && i < st->n_errors; i++) {
		const char *of = st->errors[i].field;
		if (field && of ? strcmp(of, field) == 0 : field == of)
			return &st->errors[i];
	}
	return NULL;
}

rc form_verdict(struct ctx *c, const struct form_state *st)
{
	return st->n_errors ? fail(c, E_INVALID, "form.check") : OK;
}

/* ---- nothing ---- */

static void clear(const struct field *f, void *out)
{
	char *p = (char *)out + f->offset;
	switch (f->type) {
	case F_BOOL: *(bool *)p = false; break;
	case F_TEXT: *(const char **)p = NULL; break;
	case F_PUBID: memset(p, 0, sizeof(pubid)); break;
	case F_ENUM: *(int *)p = -1; break;
	case F_OCTETS: memset(p, 0, sizeof(octets)); break;
	default: *(int64_t *)p = NONE; /* shapegen lets no other type into a form */
	}
}

void form_empty(const struct shape *form, void *out)
{
	for (size_t i = 0; i < form->n; i++)
		clear(&form->fields[i], out);
}

void form_state_init(struct ctx *c, struct form_state *st, const struct shape *form, void *out)
{
	form_empty(form, out);
	*st = (struct form_state){ .form = form,
				   .value = out,
				   .raw = new_array(c, const char *, form->n + 1) };
}

/* ---- text ---- */

/* Characters, or -1 when one may not stand in the field. */
static int64_t count_characters(const char *s, bool lines)
{
	int64_t n = 0;
	for (const utf8proc_uint8_t *p = (const utf8proc_uint8_t *)s; *p; n++) {
		utf8proc_int32_t ch;
		utf8proc_ssize_t len = utf8proc_iterate(p, -1, &ch);
		if (len <= 0)
			return -1;
		bool control = ch < 0x20 || (ch >= 0x7f && ch < 0xa0);
		if (control && !(lines && (ch == '\n' || ch == '\t')))
			return -1;
		p += len;
	}
	return n;
}

/* Line ends become \n. */
static char *with_newlines(struct ctx *c, const char *s)
{
	char *copy = talloc_strdup(c->mem, s), *to = copy;
	for (; *s; s++) {
		if (*s == '\r' && s[1] == '\n')
			continue;
		*to++ = *s == '\r' ? '\n' : *s;
	}
	*to = 0;
	return copy;
}

static size_t blank_at(const char *s)
{
	static const char *const blanks[] = { " ", "\t", "\n", "\u00a0", "\u202f", "\ufeff" };
	for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
		if (strncmp(s, blanks[i], strlen(blanks[i])) == 0)
			return strlen(blanks[i]);
	return 0;
}

static char *trimmed(char *s)
{
	for (size_t n; (n = blank_at(s)) > 0;)
		s += n;
	char *end = s;
	for (char *p = s; *p;) {
		size_t n = blank_at(p);
		p += n ? n : 1;
		if (!n)
			end = p;
	}
	*end = 0;
	return s;
}

/* NULL, or what is wrong with its format. */
static const char *format_key(unsigned flags, const char *s)
{
	if ((flags & FF_EMAIL) && !email_ok(s))
		return K("form.bad_email");
	if ((flags & FF_URL) && !url_ok(s))
		return K("form.bad_url");
	if ((flags & FF_SIREN) && !siren_ok(s))
		return K("form.bad_siren");
	return NULL;
}

static void store_text(struct ctx *c, struct form_state *st, const struct field *f, char *s, void *out)
{
	int64_t n = count_characters(s, f->flags & FF_LINES);
	const char *key = n < 0 ? K("form.bad_text") : NULL;
	if (!key && n > f->max) {
		blame_limit(c, st, f, K("form.too_long"), f->max);
		return;
	}
	if (!key && n < f->min) {
		blame_limit(c, st, f, K("form.too_short"), f->min);
		return;
	}
	if (!key)
		key = format_key(f->flags, s);
	if (key)
		form_blame(c, st, f->name, key);
	else
		*(const char **)((char *)out + f->offset) = s;
}

/* "732 829 320" is how people write it. */
static void drop_blanks(char *s)
{
	char *to = s;
	while (*s) {
		size_t n = blank_at(s);
		s += n;
		if (!n)
			*to++ = *s++;
	}
	*to = 0;
}

/* ---- the other types ---- */

static const struct {
	enum field_type type;
	const char *key;
} type_keys[] = {
	{ F_BOOL, K("form.bad_choice") },	 { F_INT, K("form.not_a_number") },
	{ F_TEXT, K("form.bad_text") },		 { F_PUBID, K("form.bad_id") },
	{ F_INSTANT, K("form.not_a_date") },	 { F_DAY, K("form.not_a_date") },
	{ F_MINUTE, K("form.not_a_time") },	 { F_MONEY, K("form.not_an_amount") },
	{ F_QUANTITY, K("form.not_an_amount") }, { F_ENUM, K("form.bad_choice") },
};

const char *value_type_key(enum field_type t)
{
	for (size_t i = 0; i < sizeof type_keys / sizeof *type_keys; i++)
		if (type_keys[i].type == t)
			return type_keys[i].key;
	return K("form.bad_text");
}

void value_from_number(struct ctx *c, struct form_state *st, const struct field *f, int64_t v, void *out)
{
	bool bounded = f->type != F_DAY && f->type != F_INSTANT;
	if (bounded && v > f->max)
		blame_limit(c, st, f, K("form.too_large"), f->max);
	else if (bounded && v < f->min)
		blame_limit(c, st, f, K("form.too_small"), f->min);
	else
		*(int64_t *)((char *)out + f->offset) = v;
}

/* An hour ahead of or behind UTC may leave the years that can be written. */
static rc read_instant(const char *s, instant *out)
{
	char text[21];
	TRY(instant_parse(s, out));
	instant_iso(*out, text);
	return text[0] ? OK : E_INVALID;
}

static bool read_number(enum field_type t, const char *s, int64_t *v)
{
	day d;
	minute m;
	instant i;
	switch (t) {
	case F_DAY:
		if (day_parse(s, &d) != OK)
			return false;
		*v = d.v;
		return true;
	case F_MINUTE:
		if (minute_parse(s, &m) != OK)
			return false;
		*v = m.v;
		return true;
	case F_INSTANT:
		if (read_instant(s, &i) != OK)
			return false;
		*v = i.v;
		return true;
	default: return decimal_parse(s, t == F_MONEY ? 2 : t == F_QUANTITY ? 3 : 0, v) == OK;
	}
}

static bool read_bool(const char *s, bool *out)
{
	*out = strcmp(s, "on") == 0 || strcmp(s, "true") == 0 || strcmp(s, "1") == 0;
	return *out || strcmp(s, "off") == 0 || strcmp(s, "false") == 0 || strcmp(s, "0") == 0;
}

static void store_other(struct ctx *c, struct form_state *st, const struct field *f, const char *s, void *out)
{
	char *p = (char *)out + f->offset;
	int64_t v;
	bool good;
	switch (f->type) {
	case F_BOOL: good = read_bool(s, (bool *)p); break;
	case F_PUBID: good = pubid_parse(s, (pubid *)p) == OK; break;
	case F_ENUM:
		*(int *)p = enum_find(f->words, s);
		good = *(int *)p >= 0;
		break;
	default:
		good = read_number(f->type, s, &v);
		if (good)
			value_from_number(c, st, f, v, out);
	}
	if (!good)
		form_blame(c, st, f->name, value_type_key(f->type));
}

void value_from_octets(struct ctx *c, struct form_state *st, const struct field *f, octets v, void *out)
{
	if (!v.n && f->flags & FF_REQUIRED)
		form_blame(c, st, f->name, K("form.required"));
	else if ((int64_t)v.n > f->max)
		form_blame(c, st, f->name, K("form.file_too_large"));
	else if (v.n)
		*(octets *)((char *)out + f->offset) = v;
}

/* In base64, where a body is text. */
static void octets_from_text(struct ctx *c, struct form_state *st, const struct field *f, const char *raw,
			     void *out)
{
	size_t len = strlen(raw), n = 0;
	unsigned char *to = new_array(c, unsigned char, len + 1);
	if (sodium_base642bin(to, len + 1, raw, len, " \r\n", &n, NULL, sodium_base64_VARIANT_ORIGINAL))
		form_blame(c, st, f->name, K("form.bad_file"));
	else
		value_from_octets(c, st, f, (octets){ (const char *)to, n }, out);
}

void value_from_text(struct ctx *c, struct form_state *st, const struct field *f, const char *raw, void *out)
{
	if (f->type == F_OCTETS) {
		octets_from_text(c, st, f, raw ? raw : "", out);
		return;
	}
	char *s = with_newlines(c, raw ? raw : "");
	if (!(f->flags & FF_PASSWORD))
		s = trimmed(s);
	if (f->flags & FF_SIREN)
		drop_blanks(s);
	if (*s && f->type == F_TEXT)
		store_text(c, st, f, s, out);
	else if (*s)
		store_other(c, st, f, s, out);
	else if (f->flags & FF_REQUIRED)
		form_blame(c, st, f->name, K("form.required"));
}
