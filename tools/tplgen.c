/* tplgen - makes C of HTML templates.
 *
 *	tplgen SRCDIR OUTDIR FILE...
 *
 * src/domain/people/person.html becomes OUTDIR/people/person_html.h and .c,
 * one function per template. docs/add-a-feature.md shows the language. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "html_place.h"
#include "tool.h"
#include "tpl_expr.h"
#include "tpl_source.h"

#define MAX_DEPTH 32

struct block {
	enum { BLOCK_IF, BLOCK_EACH } kind;
	int line;
	bool has_else, has_exit;
	struct place entry, exit; /* at its beginning; where its closed branches end */
	char *list;
};

struct writer {
	struct source *f;
	struct text *c;
	struct scope scope;
	struct place place;
	struct block blocks[MAX_DEPTH];
	size_t depth;
	struct text literal;
	const struct template *in;
	int loops, line_written;
};

static void flush(struct writer *w)
{
	if (w->literal.len) {
		struct text quoted = { 0 };
		text_literal(&quoted, w->literal.s);
		text_fmt(w->c, "\tout_lit(o, %s, %zu);\n", quoted.s, w->literal.len);
	}
	w->literal.len = 0;
}

/* A statement; the compiler's complaints name the template's line. */
static void statement(struct writer *w, const char *c)
{
	flush(w);
	if (w->line_written != w->scope.line)
		text_fmt(w->c, "#line %d \"%s\"\n", w->scope.line, w->f->path);
	w->line_written = w->scope.line;
	text_fmt(w->c, "\t%s\n", c);
}

/* Ends the program if there is something wrong. */
static void check(const struct writer *w, const char *why)
{
	if (why)
		tool_die(w->f->path, w->scope.line, "%s", why);
}

static void write_outside(const struct writer *w, const struct token *t)
{
	size_t blanks = strspn(t->s, " \t\r\n");
	if (t->s[blanks])
		tool_die(w->f->path, t->line + lines_in(t->s, t->s + blanks), "text outside of a template");
}

static void write_text(struct writer *w, const struct token *t)
{
	size_t i = t->fresh && place_collapses(&w->place) ? strspn(t->s, " \t\r\n") : 0;
	w->scope.line = t->line + lines_in(t->s, t->s + i);
	while (i < t->len) {
		size_t run = place_collapses(&w->place) ? strspn(t->s + i, " \t\r\n") : 0;
		bool joined = memchr(t->s + i, '\n', run) != NULL;
		check(w, place_step(&w->place, joined ? '\n' : t->s[i]));
		if (!joined)
			text_add(&w->literal, t->s + i, 1);
		else if (!w->literal.len || w->literal.s[w->literal.len - 1] != '\n')
			text_add(&w->literal, "\n", 1);
		size_t n = joined ? run : 1;
		w->scope.line += lines_in(t->s + i, t->s + i + n);
		i += n;
	}
}

static enum place_use use_here(const struct writer *w)
{
	const char *why;
	enum place_use use = place_use(&w->place, &why);
	check(w, why);
	return use;
}

static void past_start(struct writer *w)
{
	if (w->place.kind == IN_VALUE)
		w->place.at = PAST_START;
	else if (w->place.kind == IN_RAW)
		w->place.len = 0;
}

static void write_value(struct writer *w, const char *value)
{
	static const char *const macros[] = { [USE_TEXT] = "OUT_TEXT",
					      [USE_PLAIN] = "OUT_ATTR",
					      [USE_ATTR] = "OUT_ATTR",
					      [USE_URL_PART] = "OUT_URL_PART",
					      [USE_URL_WHOLE] = "OUT_URL_WHOLE" };
	statement(w, tool_fmt("%s(o, %s);", macros[use_here(w)], value));
	past_start(w);
}

static void write_message(struct writer *w, struct cursor *cu)
{
	enum place_use use = use_here(w);
	if (use == USE_URL_PART || use == USE_URL_WHOLE)
		check(w, "a message in a URL");
	struct text key = { 0 };
	text_literal(&key, expr_string(cu, "the key of a message"));
	size_t n;
	char *args = expr_args(cu, &n);
	statement(w, tool_fmt("%s(o, %s, %s, %zu);", use == USE_TEXT ? "out_message" : "out_message_plain",
			      key.s, args, n));
	past_start(w);
}

static void write_word(struct writer *w, struct cursor *cu, const char *form)
{
	char *words = expr_name(cu, "the name of an enumeration");
	char *value = expr_value(cu);
	expr_end(cu);
	write_value(w, tool_fmt("%s&%s_words, %s)", form, words, value));
}

static void text_only(const struct writer *w)
{
	if (w->place.kind != IN_TEXT)
		check(w, "this can stand in text only");
}

static void write_include(struct writer *w, struct cursor *cu)
{
	text_only(w);
	const char *name = expr_name(cu, "the name of a template");
	const struct template *t = template_find(name);
	if (!t)
		expr_wrong(cu, "there is no template %s", name);
	if (expr_at_end(cu) != !t->model)
		expr_wrong(cu, t->model ? "template %s needs its model" : "template %s has no model", name);
	const char *model = "";
	if (t->model) {
		bool whole;
		char *path = expr_path(cu, &whole);
		model = tool_fmt(", %s%s", whole ? "" : "&", path);
		expr_end(cu);
	}
	bool known = t->source == w->f;
	for (size_t i = 0; i < w->f->n_calls; i++)
		known = known || w->f->calls[i] == t->source;
	if (!known)
		*tool_push(w->f->calls, w->f->n_calls) = t->source;
	statement(w, tool_fmt("tpl_%s(o%s);", name, model));
}

static void write_call(struct writer *w, struct cursor *cu)
{
	text_only(w);
	struct text t = { 0 };
	text_fmt(&t, "%s(o", expr_name(cu, "the name of a function"));
	while (!expr_at_end(cu))
		text_fmt(&t, ", %s", expr_operand(cu));
	text_fmt(&t, ");");
	statement(w, t.s);
}

static void write_icon(struct writer *w, struct cursor *cu)
{
	text_only(w);
	if (expr_at_end(cu))
		expr_wrong(cu, "which icon?");
	size_t n = strspn(cu->s, "abcdefghijklmnopqrstuvwxyz0123456789-");
	const char *name = tool_copy(cu->s, n);
	cu->s += n;
	expr_end(cu);
	statement(w, tool_fmt("out_icon(o, \"%s\");", name));
}

/* The fields that follow are of this form. */
static void write_form(struct writer *w, struct cursor *cu)
{
	text_only(w);
	char *name = expr_name(cu, "the name of a form");
	expr_end(cu);
	statement(w, tool_fmt("o->shape = &%s_shape;", name));
}

/* ---- blocks ---- */

static struct block *open_block(struct writer *w, struct cursor *cu)
{
	check(w, place_blocks(&w->place));
	place_pause(&w->place);
	if (w->depth == MAX_DEPTH)
		expr_wrong(cu, "too many blocks inside one another");
	struct block *b = &w->blocks[w->depth++];
	*b = (struct block){ .line = w->scope.line, .entry = w->place };
	return b;
}

static void open_each(struct writer *w, struct cursor *cu)
{
	bool whole;
	char *list = expr_path(cu, &whole);
	if (whole || !expr_accept(cu, "as"))
		expr_wrong(cu, "a loop is written so: #each v.rows as r");
	char *var = expr_name(cu, "the loop's variable");
	expr_end(cu);
	for (size_t i = 0; i < w->scope.n_loops; i++)
		if (strcmp(w->scope.loops[i].var, var) == 0)
			expr_wrong(cu, "an outer loop has a %s already", var);
	if (w->scope.n_loops == MAX_LOOPS || (w->scope.model && strcmp(w->scope.model, var) == 0))
		expr_wrong(cu, "too many loops, or %s is taken", var);
	struct block *b = open_block(w, cu);
	b->kind = BLOCK_EACH;
	b->list = list;
	if (w->place.kind == IN_VALUE && w->place.at == AT_START)
		w->place.at = AT_START_OR_NOT; /* the second time round it is not */
	int i = ++w->loops;
	w->scope.loops[w->scope.n_loops++] = (struct loop){ var, list, i };
	statement(w, tool_fmt("for (size_t i%d = 0; i%d < %s.n; i%d++) {", i, i, list, i));
	statement(w, tool_fmt("const __typeof__(*%s.items) *%s = &%s.items[i%d]; (void)%s;", list, var, list,
			      i, var));
}

/* A branch ends here: where it ends must fit where the others ended. */
static void close_branch(struct writer *w, struct block *b)
{
	check(w, place_blocks(&w->place));
	place_pause(&w->place);
	if (b->kind == BLOCK_EACH && !b->has_else) {
		struct place again = b->entry;
		if (!place_join(&again, &w->place))
			check(w, "a round of this loop ends in another place of the HTML than it began");
		if (again.kind != b->entry.kind)
			check(w, "a round of this loop must end in a blank, or the next would touch it");
	}
	if (!b->has_exit)
		b->exit = w->place;
	else if (!place_join(&b->exit, &w->place))
		check(w, "the branches of this block end in different places of the HTML");
	b->has_exit = true;
}

static struct block *inner(struct writer *w, struct cursor *cu, int kind)
{
	struct block *b = w->depth ? &w->blocks[w->depth - 1] : NULL;
	if (!b || (kind >= 0 && (int)b->kind != kind))
		expr_wrong(cu, "this closes or divides nothing that is open here");
	return b;
}

static void write_else(struct writer *w, struct cursor *cu, bool elif)
{
	struct block *b = inner(w, cu, elif ? BLOCK_IF : -1);
	if (b->has_else)
		expr_wrong(cu, "this stands after else");
	close_branch(w, b);
	if (b->kind == BLOCK_EACH)
		w->scope.n_loops--;
	w->place = b->entry;
	b->has_else = !elif;
	if (elif)
		statement(w, tool_fmt("} else if (%s) {", expr_condition(cu)));
	else if (b->kind == BLOCK_IF)
		statement(w, "} else {");
	else
		statement(w, tool_fmt("}\n\tif (%s.n == 0) {", b->list));
	expr_end(cu);
}

static void close_block(struct writer *w, struct cursor *cu, int kind)
{
	struct block *b = inner(w, cu, kind);
	expr_end(cu);
	close_branch(w, b);
	w->place = b->entry;
	if (!b->has_else)
		close_branch(w, b); /* nothing at all was chosen */
	if (b->kind == BLOCK_EACH && !b->has_else)
		w->scope.n_loops--;
	w->place = b->exit;
	w->depth--;
	statement(w, "}");
}

/* ---- templates and files ---- */

static char *prototype(const struct template *t)
{
	if (!t->model)
		return tool_fmt("void tpl_%s(struct out *o)", t->name);
	return tool_fmt("void tpl_%s(struct out *o, const struct %s *%s)", t->name, t->type, t->model);
}

static void begin_template(struct writer *w, struct cursor *cu)
{
	if (w->in)
		expr_wrong(cu, "template %s is not ended", w->in->name);
	w->in = template_find(expr_name(cu, "the template's name"));
	w->scope.model = w->in->model;
	w->place = (struct place){ .kind = IN_TEXT };
	w->line_written = 0;
	text_fmt(w->c, "\n%s\n{\n\t(void)o;\n", prototype(w->in));
	if (w->in->model)
		text_fmt(w->c, "\t(void)%s;\n", w->in->model);
}

static void end_template(struct writer *w, struct cursor *cu)
{
	expr_end(cu);
	if (w->depth)
		tool_die(w->f->path, w->blocks[w->depth - 1].line, "this block is not closed");
	if (w->place.kind != IN_TEXT)
		expr_wrong(cu, "the template ends inside a tag");
	flush(w);
	text_fmt(w->c, "}\n");
	if (w->in->model)
		text_fmt(w->c,
			 "\nvoid tpl_%s_any(struct out *o, const void *view)\n{\n\ttpl_%s(o, view);\n}\n",
			 w->in->name, w->in->name);
	w->in = NULL;
}

static void write_block(struct writer *w, struct cursor *cu)
{
	if (expr_accept(cu, "#if")) {
		char *condition = expr_condition(cu);
		open_block(w, cu);
		statement(w, tool_fmt("if (%s) {", condition));
	} else if (expr_accept(cu, "#each")) {
		open_each(w, cu);
	} else if (expr_accept(cu, "#elif")) {
		write_else(w, cu, true);
	} else if (expr_accept(cu, "else")) {
		write_else(w, cu, false);
	} else if (expr_accept(cu, "/if")) {
		close_block(w, cu, BLOCK_IF);
	} else if (expr_accept(cu, "/each")) {
		close_block(w, cu, BLOCK_EACH);
	} else if (expr_accept(cu, "form")) {
		write_form(w, cu);
	} else if (expr_accept(cu, "end")) {
		end_template(w, cu);
	} else {
		expr_wrong(cu, "not understood: %s", cu->s);
	}
}

static void write_print(struct writer *w, struct cursor *cu)
{
	if (expr_accept(cu, "t ")) {
		write_message(w, cu);
	} else if (expr_accept(cu, "word ")) {
		write_word(w, cu, "i18n_word(o->c, ");
	} else if (expr_accept(cu, "code ")) {
		write_word(w, cu, "enum_word(");
	} else if (expr_accept(cu, "call ")) {
		write_call(w, cu);
	} else if (expr_accept(cu, "icon ")) {
		write_icon(w, cu);
	} else if (expr_accept(cu, ">")) {
		write_include(w, cu);
	} else if (expr_accept(cu, "csrf")) {
		expr_end(cu);
		text_only(w);
		statement(w, "out_csrf(o);");
	} else {
		char *value = expr_value(cu);
		expr_end(cu);
		write_value(w, value);
	}
}

static void write_directive(struct writer *w, const struct token *t)
{
	w->scope.line = t->line;
	struct cursor cu = { t->s, &w->scope };
	if (expr_accept(&cu, "!") || expr_accept(&cu, "use"))
		return;
	if (expr_accept(&cu, "template"))
		begin_template(w, &cu);
	else if (!w->in)
		expr_wrong(&cu, "this stands outside of a template");
	else if (is_silent(t->s))
		write_block(w, &cu);
	else
		write_print(w, &cu);
}

static char *write_body(struct source *f)
{
	struct text body = { 0 };
	struct writer w = { .f = f, .c = &body, .scope = { .file = f->path } };
	text_add(&w.literal, "", 0);
	for (size_t i = 0; i < f->n; i++) {
		if (f->tokens[i].directive)
			write_directive(&w, &f->tokens[i]);
		else if (w.in)
			write_text(&w, &f->tokens[i]);
		else
			write_outside(&w, &f->tokens[i]);
	}
	if (w.in)
		tool_die(f->path, w.in->line, "template %s is not ended", w.in->name);
	return body.s ? body.s : tool_fmt("\n/* No template. */\n");
}

/* With a model, twice: by its type, and as a page_fn of platform/route.h. */
static void write_prototypes(struct text *h, const struct template *t)
{
	text_fmt(h, "%s;\n", prototype(t));
	if (t->model)
		text_fmt(h, "void tpl_%s_any(struct out *o, const void *view);\n", t->name);
}

static void write_files(struct source *f, const char *out)
{
	char *body = write_body(f);
	char *guard = tool_upper(f->room);
	struct text h = { 0 }, c = { 0 };
	text_fmt(&h, "/* Written by tplgen from %s. */\n#ifndef %s_HTML_H\n#define %s_HTML_H\n\n", f->path,
		 guard, guard);
	text_fmt(&h, "#include \"platform/out.h\"\n");
	for (size_t i = 0; i < f->n_uses; i++)
		text_fmt(&h, "#include \"%s\"\n", f->uses[i]);
	text_fmt(&h, "\n");
	for (const struct template *t = NULL; (t = template_next(f, t));)
		write_prototypes(&h, t);
	text_fmt(&h, "\n#endif\n");
	text_fmt(&c, "/* Written by tplgen from %s. */\n#include \"%s_html.h\"\n", f->path, f->room);
	for (size_t i = 0; i < f->n_calls; i++)
		text_fmt(&c, "#include \"%s_html.h\"\n", f->calls[i]->room);
	text_fmt(&c, "%s", body);
	tool_write(tool_fmt("%s/%s_html.h", out, f->room), h.s, h.len);
	tool_write(tool_fmt("%s/%s_html.c", out, f->room), c.s, c.len);
}

int main(int argc, char **argv)
{
	if (argc < 3) {
		fprintf(stderr, "usage: tplgen SRCDIR OUTDIR FILE...\n");
		return 2;
	}
	size_t n = (size_t)argc - 3;
	struct source *files = tool_alloc((n + 1) * sizeof(*files));
	for (size_t i = 0; i < n; i++)
		source_read(&files[i], argv[i + 3]);
	for (size_t i = 0; i < n; i++)
		write_files(&files[i], argv[2]);
	return 0;
}
