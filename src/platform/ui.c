#include "platform/ui.h"

#include <string.h>

#include "base/decimal.h"
#include "platform/form.h"

/* A field being written. */
struct control {
	const char *name, *hint;
	const struct field *field;	/* as declared; NULL: unknown */
	const char *typed;		/* as sent; NULL: not sent */
	const struct form_error *error; /* or NULL */
};

static const struct form_state *sent_form(const struct out *o)
{
	return o->form && (!o->shape || o->shape == o->form->form) ? o->form : NULL;
}

static struct control find_control(const struct out *o, const char *name, const char *hint)
{
	const struct form_state *sent = sent_form(o);
	const struct shape *shape = o->shape ? o->shape : sent ? sent->form : NULL;
	struct control k = { .name = name, .hint = hint };
	if (shape)
		k.field = shape_field(shape, name);
	if (k.field && sent && sent->raw)
		k.typed = sent->raw[k.field - shape->fields];
	k.error = form_error_of(sent, name);
	return k;
}

static void attr(struct out *o, const char *name, const char *value)
{
	buf_char(o->b, ' ');
	buf_str(o->b, name);
	buf_str(o->b, "=\"");
	buf_html(o->b, value);
	buf_char(o->b, '"');
}

static void attr_int(struct out *o, const char *name, int64_t value)
{
	buf_fmt(o->b, " %s=\"%lld\"", name, (long long)value);
}

static bool is_required(const struct control *k)
{
	return k->field && (k->field->flags & FF_REQUIRED);
}

/* ---- what stands around an input ---- */

/* Optional fields are marked, unless the whole form is optional, like a filter; and only
 * where the page names its form: it says the same before an error and after. */
static void optional_mark(struct out *o, const struct control *k)
{
	bool any = false;
	for (size_t i = 0; k->field && o->shape && i < o->shape->n; i++)
		any = any || (o->shape->fields[i].flags & FF_REQUIRED);
	if (!any || is_required(k))
		return;
	buf_str(o->b, " <span class=\"field-optional\">");
	out_message(o, K("ui.optional"), NULL, 0);
	buf_str(o->b, "</span>");
}

static void begin_field(struct out *o, const struct control *k, const char *tag)
{
	buf_fmt(o->b, "<%s class=\"field%s\"", tag, k->error ? " field--error" : "");
}

/* Its error stands on top of the page already: there, the label goes before it. */
static void name_in_summary(struct out *o, const struct control *k, const char *label)
{
	for (int i = 0; k->error && i < o->n_unnamed; i++) {
		if (!o->unnamed[i].field || strcmp(o->unnamed[i].field, k->name) != 0)
			continue;
		struct buf b;
		buf_init(&b, o->c->mem, 80);
		buf_html(&b, label);
		buf_html(&b, T(o->c, "ui.colon"));
		buf_insert(o->b, o->unnamed[i].at, b.s);
		o->unnamed[i].field = NULL;
		for (int n = 0; n < o->n_unnamed; n++)
			if (o->unnamed[n].at > o->unnamed[i].at)
				o->unnamed[n].at += b.len;
	}
}

static void label_for(struct out *o, const struct control *k, const char *label)
{
	name_in_summary(o, k, label);
	buf_str(o->b, "><label class=\"field-label\"");
	attr(o, "for", fmt(o->c, "f-%s", k->name));
	buf_char(o->b, '>');
	buf_html(o->b, label);
	optional_mark(o, k);
	buf_str(o->b, "</label>");
}

static bool has_hint(const struct control *k)
{
	return k->hint && *k->hint;
}

static void describe(struct out *o, const struct control *k)
{
	const char *hint = has_hint(k) ? fmt(o->c, "f-%s-hint", k->name) : "";
	const char *error = k->error ? fmt(o->c, "f-%s-error", k->name) : "";
	if (*hint || *error)
		attr(o, "aria-describedby", fmt(o->c, "%s%s%s", hint, *hint && *error ? " " : "", error));
	if (k->error)
		attr(o, "aria-invalid", "true");
}

static void end_field(struct out *o, const struct control *k, const char *tag)
{
	if (has_hint(k)) {
		buf_str(o->b, "<p class=\"field-hint\"");
		attr(o, "id", fmt(o->c, "f-%s-hint", k->name));
		buf_char(o->b, '>');
		buf_html(o->b, k->hint);
		buf_str(o->b, "</p>");
	}
	if (k->error) {
		buf_str(o->b, "<p class=\"field-error\"");
		attr(o, "id", fmt(o->c, "f-%s-error", k->name));
		buf_char(o->b, '>');
		out_icon(o, "circle-alert");
		buf_html(o->b, form_error_text(o->c, k->error));
		buf_str(o->b, "</p>");
	}
	buf_fmt(o->b, "</%s>\n", tag);
}

static void name_and_id(struct out *o, const struct control *k)
{
	attr(o, "id", fmt(o->c, "f-%s", k->name));
	attr(o, "name", k->name);
	if (is_required(k))
		buf_str(o->b, " required");
}

/* ---- inputs ---- */

static void number_bounds(struct out *o, const struct field *f)
{
	if (f->min > -DECIMAL_MAX)
		attr_int(o, "min", f->min);
	if (f->max < DECIMAL_MAX)
		attr_int(o, "max", f->max);
}

/* What is too heavy is told before it is sent: past what the server takes, all that was typed would be lost. */
static void file_bounds(struct out *o, const struct field *f)
{
	attr_int(o, "data-most", f->max);
	attr(o, "data-heavy", T(o->c, "form.file_too_large"));
}

static void bounds(struct out *o, const struct field *f)
{
	if (f->type == F_OCTETS && f->max > 0)
		file_bounds(o, f);
	if (f->type == F_TEXT && f->min > 0)
		attr_int(o, "minlength", f->min);
	if (f->type == F_TEXT && f->max > 0)
		attr_int(o, "maxlength", f->max);
	if (f->type == F_INT)
		number_bounds(o, f);
	if (f->type == F_MINUTE && (f->min > 0 || f->max < 24 * 60)) {
		attr(o, "min", fmt_clock(o->c, (minute){ f->min }));
		if (f->max < 24 * 60)
			attr(o, "max", fmt_clock(o->c, (minute){ f->max }));
	}
}

/* How each kind is written in HTML; what is not here is written as it is. */
static const struct input_type {
	const char *kind, *html, *more;
} input_types[] = {
	{ "username", "email", " autocomplete=\"username\" spellcheck=\"false\"" },
	{ "email", "email", " autocomplete=\"email\" spellcheck=\"false\"" },
	{ "password", "password", " autocomplete=\"current-password\"" },
	{ "new-password", "password", " autocomplete=\"new-password\"" },
	{ "decimal", "text", " inputmode=\"decimal\" autocomplete=\"off\"" },
	{ "number", "number", " inputmode=\"numeric\"" },
	{ "tel", "tel", " autocomplete=\"tel\"" },
	{ "url", "url", " spellcheck=\"false\"" },
	{ "photo", "file", " accept=\"image/jpeg,image/png,image/webp\"" },
};

static struct input_type input_type(const char *kind, const struct field *f)
{
	/* Amounts have decimals, which people write with a comma. */
	if (strcmp(kind, "number") == 0 && f && (f->type == F_MONEY || f->type == F_QUANTITY))
		kind = "decimal";
	for (size_t i = 0; i < sizeof(input_types) / sizeof(*input_types); i++)
		if (strcmp(input_types[i].kind, kind) == 0)
			return input_types[i];
	return (struct input_type){ kind, kind, f && (f->flags & FF_SIREN) ? " inputmode=\"numeric\"" : "" };
}

static void text_area(struct out *o, const struct control *k, const char *value)
{
	buf_str(o->b, "<textarea class=\"input\" rows=\"5\"");
	name_and_id(o, k);
	if (k->field)
		bounds(o, k->field);
	describe(o, k);
	buf_str(o->b, ">\n"); /* HTML drops this line end, not one that was typed */
	buf_html(o->b, value);
	buf_str(o->b, "</textarea>");
}

static void input(struct out *o, const struct control *k, const char *kind, const char *value)
{
	struct input_type t = input_type(kind, k->field);
	buf_str(o->b, "<input class=\"input\"");
	attr(o, "type", t.html);
	name_and_id(o, k);
	buf_str(o->b, t.more);
	if (k->field)
		bounds(o, k->field);
	bool kept = strcmp(t.html, "password") != 0 && strcmp(t.html, "file") != 0;
	if (kept && value && *value)
		attr(o, "value", value);
	describe(o, k);
	buf_char(o->b, '>');
}

void ui_field(struct out *o, const char *name, const char *label, const char *hint, const char *kind,
	      const char *value)
{
	struct control k = find_control(o, name, hint);
	if (k.typed)
		value = k.typed;
	begin_field(o, &k, "div");
	label_for(o, &k, label);
	if (strcmp(kind, "lines") == 0)
		text_area(o, &k, value);
	else
		input(o, &k, kind, value);
	end_field(o, &k, "div");
}

/* ---- choices ---- */

void ui_select(struct out *o, const char *name, const char *label, const char *hint,
	       const struct option_list *options, const char *value)
{
	struct control k = find_control(o, name, hint);
	begin_field(o, &k, "div");
	label_for(o, &k, label);
	buf_str(o->b, "<select class=\"select\"");
	name_and_id(o, &k);
	describe(o, &k);
	buf_char(o->b, '>');
	for (size_t i = 0; i < options->n; i++)
		ui_option(o, name, options->items[i].value, options->items[i].label, value);
	buf_str(o->b, "</select>");
	end_field(o, &k, "div");
}

static void radio_button(struct out *o, const struct control *k, const struct option *option, bool first,
			 bool on)
{
	buf_str(o->b, "<label class=\"radio\"><input type=\"radio\"");
	attr(o, "name", k->name);
	attr(o, "value", option->value);
	if (first) /* where the summary of errors leads */
		attr(o, "id", fmt(o->c, "f-%s", k->name));
	if (is_required(k))
		buf_str(o->b, " required");
	buf_str(o->b, on ? " checked> " : "> ");
	buf_html(o->b, option->label);
	buf_str(o->b, "</label>");
}

void ui_radio(struct out *o, const char *name, const char *label, const char *hint,
	      const struct option_list *options, const char *value)
{
	struct control k = find_control(o, name, hint);
	if (k.typed)
		value = k.typed;
	begin_field(o, &k, "fieldset");
	attr(o, "role", "radiogroup");
	describe(o, &k);
	buf_str(o->b, "><legend class=\"field-label\">");
	buf_html(o->b, label);
	optional_mark(o, &k);
	buf_str(o->b, "</legend><div class=\"choices\">");
	for (size_t i = 0; i < options->n; i++)
		radio_button(o, &k, &options->items[i], i == 0, same_str(options->items[i].value, value));
	buf_str(o->b, "</div>");
	end_field(o, &k, "fieldset");
}

void ui_option(struct out *o, const char *name, const char *value, const char *label, const char *current)
{
	struct control k = find_control(o, name, NULL);
	buf_str(o->b, "<option");
	attr(o, "value", value);
	buf_str(o->b, same_str(value, k.typed ? k.typed : current) ? " selected>" : ">");
	buf_html(o->b, label);
	buf_str(o->b, "</option>");
}

void ui_check(struct out *o, const char *name, const char *label, bool on)
{
	struct control k = find_control(o, name, NULL);
	if (k.typed)
		on = same_str(k.typed, "1");
	buf_str(o->b, "<input type=\"hidden\"");
	attr(o, "name", name);
	buf_str(o->b, " value=\"0\"><label class=\"check\"><input type=\"checkbox\" value=\"1\"");
	name_and_id(o, &k);
	buf_str(o->b, on ? " checked> " : "> ");
	buf_html(o->b, label);
	buf_str(o->b, "</label>\n");
}

struct option_list ui_options(struct ctx *c, const struct enumeration *e)
{
	struct option_list all = { new_array(c, struct option, e->n), e->n };
	for (size_t i = 0; i < e->n; i++)
		all.items[i] = (struct option){ e->words[i], i18n_word(c, e, (int)i) };
	return all;
}

struct option_list ui_options_or(struct ctx *c, const struct enumeration *e, const char *none)
{
	struct option_list words = ui_options(c, e),
			   l = { new_array(c, struct option, words.n + 1), words.n + 1 };
	l.items[0] = (struct option){ "", none };
	for (size_t i = 0; i < words.n; i++)
		l.items[i + 1] = words.items[i];
	return l;
}

/* ---- errors ---- */

static void summary_line(struct out *o, const struct form_error *e)
{
	buf_str(o->b, "<li>");
	if (e->field) {
		const char *label = o->form->form ? fmt(o->c, "%s.%s", o->form->form->name, e->field) : "";
		buf_str(o->b, "<a");
		attr(o, "href", fmt(o->c, "#f-%s", e->field));
		buf_char(o->b, '>');
		if (i18n_has(label)) {
			out_message_plain(o, label, NULL, 0);
			out_message_plain(o, K("ui.colon"), NULL, 0);
		} else if (o->n_unnamed < (int)(sizeof o->unnamed / sizeof *o->unnamed)) {
			o->unnamed[o->n_unnamed++] = (struct out_unnamed){ o->b->len, e->field };
		}
	}
	buf_html(o->b, form_error_text(o->c, e));
	buf_str(o->b, e->field ? "</a></li>" : "</li>");
}

/* A link to what the page does not show - a hidden field, one of another page - leads nowhere. */
static void unlink_line(struct out *o, const char *field)
{
	static const char end[] = "</a>";
	const char *open = fmt(o->c, "<a href=\"#f-%s\">", field);
	char *at = memmem(o->b->s, o->b->len, open, strlen(open));
	char *close = at ? memmem(at, o->b->len - (size_t)(at - o->b->s), end, sizeof end - 1) : NULL;
	if (!close)
		return;
	size_t head = strlen(open), words = (size_t)(close - at) - head;
	char *rest = close + sizeof end - 1;
	size_t n = o->b->len - (size_t)(rest - o->b->s);
	memmove(at, at + head, words);
	memmove(at + words, rest, n + 1);
	o->b->len -= head + sizeof end - 1;
}

void ui_settle_summary(struct out *o)
{
	for (size_t i = 0; o->form && i < o->form->n_errors; i++) {
		const char *field = o->form->errors[i].field;
		const char *id = fmt(o->c, "id=\"f-%s\"", field ? field : "");
		if (field && !memmem(o->b->s, o->b->len, id, strlen(id)))
			unlink_line(o, field);
	}
}

void ui_error_summary(struct out *o)
{
	if (!o->form || !o->form->n_errors)
		return;
	struct arg n = ARG(o, "n", o->form->n_errors);
	buf_str(o->b, "<div class=\"errors\" role=\"alert\" tabindex=\"-1\" autofocus><h2>");
	out_message(o, K("ui.errors"), &n, 1);
	buf_str(o->b, "</h2><p>");
	out_message(o, K("ui.nothing_lost"), NULL, 0);
	buf_str(o->b, "</p><ul>");
	for (size_t i = 0; i < o->form->n_errors; i++)
		summary_line(o, &o->form->errors[i]);
	buf_str(o->b, "</ul></div>\n");
}
