#include "platform/ui.h"

#include "platform/form.h"

void ui_emblem(struct out *o, int kind, const char *initials)
{
	static const char *const shapes[] = { "cae", "place", "collective", "network" };
	const char *shape = kind >= 0 && kind < 4 ? shapes[kind] : "other";
	buf_fmt(o->b, "<span class=\"emblem emblem--%s\" aria-hidden=\"true\">", shape);
	buf_html(o->b, initials ? initials : "");
	buf_str(o->b, "</span>");
}

void ui_error_summary(struct out *o)
{
	const struct form_state *st = o->form;
	if (!st || !st->n_errors)
		return;
	buf_str(o->b, "<div class=\"errors\" role=\"alert\"><h2>");
	out_message(o, K("ui.errors"), (struct arg[]){ ARG(o, "n", (int64_t)st->n_errors) }, 1);
	buf_str(o->b, "</h2><ul>");
	for (size_t i = 0; i < st->n_errors; i++) {
		const struct form_error *e = &st->errors[i];
		buf_str(o->b, "<li>");
		if (e->field)
			buf_fmt(o->b, "<a href=\"#f-%s\">", shape_field(st->form, e->field) ? e->field : "");
		buf_html(o->b, form_error_text(o->c, e));
		buf_str(o->b, e->field ? "</a></li>" : "</li>");
	}
	buf_str(o->b, "</ul></div>");
}

/* What was typed in a field of the form just sent, or NULL. */
static const char *typed(const struct out *o, const char *name)
{
	const struct form_state *st = o->form;
	const struct field *f = st && st->raw ? shape_field(st->form, name) : NULL;
	return f ? st->raw[f - st->form->fields] : NULL;
}

static void attribute(struct out *o, const char *name, const char *value)
{
	buf_fmt(o->b, " %s=\"", name);
	buf_html(o->b, value);
	buf_char(o->b, '"');
}

static void input_type(struct out *o, const char *kind)
{
	if (strcmp(kind, "new-password") == 0)
		buf_str(o->b, " type=\"password\" autocomplete=\"new-password\"");
	else if (strcmp(kind, "password") == 0)
		buf_str(o->b, " type=\"password\" autocomplete=\"current-password\"");
	else if (strcmp(kind, "username") == 0)
		buf_str(o->b, " type=\"email\" autocomplete=\"username\"");
	else if (strcmp(kind, "email") == 0)
		buf_str(o->b, " type=\"email\" autocomplete=\"email\"");
	else
		attribute(o, "type", kind);
}

static void described(struct out *o, const char *name, bool hint, bool error)
{
	if (error)
		buf_str(o->b, " aria-invalid=\"true\"");
	if (!hint && !error)
		return;
	buf_str(o->b, " aria-describedby=\"");
	if (error)
		buf_fmt(o->b, "f-%s-error", name);
	if (hint)
		buf_fmt(o->b, "%sf-%s-hint", error ? " " : "", name);
	buf_char(o->b, '"');
}

static void control(struct out *o, const char *name, const char *kind, const char *value, bool hint, bool error)
{
	bool lines = strcmp(kind, "lines") == 0;
	buf_fmt(o->b, lines ? "<textarea class=\"input\" id=\"f-%s\"" : "<input class=\"input\" id=\"f-%s\"", name);
	attribute(o, "name", name);
	if (!lines)
		input_type(o, kind);
	described(o, name, hint, error);
	if (lines) {
		buf_char(o->b, '>');
		buf_html(o->b, value);
		buf_str(o->b, "</textarea>");
		return;
	}
	if (!strstr(kind, "password"))
		attribute(o, "value", value);
	buf_char(o->b, '>');
}

void ui_field(struct out *o, const char *name, const char *label, const char *hint, const char *kind,
	      const char *value)
{
	const struct form_error *e = form_error_of(o->form, name);
	const char *kept = typed(o, name);
	bool has_hint = truth_str(hint);
	buf_fmt(o->b, "<div class=\"field%s\"><label class=\"field-label\" for=\"f-%s\">", e ? " field--error" : "", name);
	buf_html(o->b, label);
	buf_str(o->b, "</label>");
	control(o, name, kind, kept ? kept : value ? value : "", has_hint, e);
	if (e) {
		buf_fmt(o->b, "<p class=\"field-error\" id=\"f-%s-error\">", name);
		out_icon(o, "circle-alert");
		buf_html(o->b, form_error_text(o->c, e));
		buf_str(o->b, "</p>");
	}
	if (has_hint) {
		buf_fmt(o->b, "<p class=\"field-hint\" id=\"f-%s-hint\">", name);
		buf_html(o->b, hint);
		buf_str(o->b, "</p>");
	}
	buf_str(o->b, "</div>");
}

void ui_check(struct out *o, const char *name, const char *label, bool on)
{
	const char *kept = typed(o, name);
	if (kept)
		on = strcmp(kept, "1") == 0;
	buf_fmt(o->b, "<input type=\"hidden\" name=\"%s\" value=\"0\"><label class=\"check\">", name);
	buf_fmt(o->b, "<input type=\"checkbox\" id=\"f-%s\" name=\"%s\" value=\"1\"%s> ", name, name,
		on ? " checked" : "");
	buf_html(o->b, label);
	buf_str(o->b, "</label>");
}

void ui_option(struct out *o, const char *name, const char *value, const char *label, const char *current)
{
	const char *kept = typed(o, name);
	buf_str(o->b, "<option");
	attribute(o, "value", value);
	buf_str(o->b, same_str(value, kept ? kept : current) ? " selected>" : ">");
	buf_html(o->b, label);
	buf_str(o->b, "</option>");
}
