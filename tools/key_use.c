#include "key_use.h"

#include <ctype.h>
#include <string.h>

#include "shape_parse.h"
#include "tool.h"
#include "tpl_expr.h"
#include "tpl_source.h"

#define MAX_ARGS 9

static struct key_use *add(struct key_uses *all, const char *key, const char *file, int line)
{
	struct key_use *use = tool_push(all->items, all->n);
	*use = (struct key_use){ .key = key, .file = file, .line = line };
	return use;
}

static bool in_name(char ch)
{
	return isalnum((unsigned char)ch) || ch == '_';
}

/* ---- templates ---- */

/* Past an operand: up to a blank outside of quotes. */
static const char *past_operand(const char *s)
{
	bool quoted = false;
	for (; *s && (quoted || !isspace((unsigned char)*s)); s++) {
		if (*s == '"')
			quoted = !quoted;
		else if (*s == '\\' && s[1])
			s++;
	}
	return s;
}

static void message_directive(struct key_uses *all, struct cursor *cu)
{
	char *key = expr_string(cu, "the key of a message");
	struct key_use *use = add(all, key, cu->scope->file, cu->scope->line);
	use->knows_args = true;
	for (size_t n = 0; n < MAX_ARGS && !expr_at_end(cu); n++) {
		use->args[n] = expr_name(cu, "the name of an argument");
		cu->s = past_operand(cu->s);
	}
}

static void inner_keys(struct key_uses *all, struct cursor cu)
{
	for (const char *start = cu.s; *cu.s;) {
		if (cu.s[0] == 't' && cu.s[1] == ':' && cu.s[2] == '"' &&
		    (cu.s == start || !in_name(cu.s[-1]))) {
			cu.s += 2;
			add(all, expr_string(&cu, "the key of a message"), cu.scope->file, cu.scope->line);
		} else if (*cu.s == '"') {
			expr_string(&cu, "a text");
		} else {
			cu.s++;
		}
	}
}

void uses_in_html(struct key_uses *all, const char *path)
{
	struct source *f = tool_alloc(sizeof *f);
	source_read(f, path);
	for (size_t i = 0; i < f->n; i++) {
		struct scope scope = { .file = path, .line = f->tokens[i].line };
		struct cursor cu = { f->tokens[i].s, &scope };
		if (!f->tokens[i].directive || expr_accept(&cu, "!"))
			continue;
		inner_keys(all, cu);
		if (expr_accept(&cu, "t "))
			message_directive(all, &cu);
	}
}

/* ---- C ---- */

/* Functions and macros that take a key: in which argument, and where the names
 * of values stand. */
static const struct call {
	const char *name;
	int key;
	bool knows_args;
	int first_arg, step; /* 0: none */
	const char *always;
} calls[] = {
	{ .name = "T", .key = 1, .knows_args = true },
	{ .name = "T_N", .key = 1, .knows_args = true, .always = "n" },
	{ .name = "T_TEXT", .key = 1, .knows_args = true, .first_arg = 2, .step = 99 },
	{ .name = "K", .key = 0 },
	{ .name = "i18n", .key = 1 },
	{ .name = "out_message", .key = 1 },
	{ .name = "out_message_plain", .key = 1 },
	{ .name = "fail", .key = 2, .knows_args = true },
	{ .name = "fail_with", .key = 2, .knows_args = true, .first_arg = 3, .step = 2 },
	{ .name = "fail_field", .key = 2, .knows_args = true },
};

struct c_reader {
	const char *path, *s;
	int line;
	struct key_uses *all;
};

/* Past a comment or a character constant, if one begins here. */
static bool skip_opaque(struct c_reader *r)
{
	const char *end = NULL;
	if (r->s[0] == '/' && r->s[1] == '/') {
		end = r->s + strcspn(r->s, "\n");
	} else if (r->s[0] == '/' && r->s[1] == '*') {
		end = strstr(r->s + 2, "*/");
		end = end ? end + 2 : r->s + strlen(r->s);
	} else if (r->s[0] == '\'') {
		end = r->s + 1;
		while (*end && *end != '\'' && *end != '\n')
			end += *end == '\\' && end[1] ? 2 : 1;
		end += *end == '\'';
	} else {
		return false;
	}
	for (; r->s < end; r->s++)
		r->line += *r->s == '\n';
	return true;
}

static char *c_string(struct c_reader *r)
{
	const char *start = ++r->s;
	while (*r->s && *r->s != '"' && *r->s != '\n')
		r->s += *r->s == '\\' && r->s[1] ? 2 : 1;
	char *s = tool_copy(start, (size_t)(r->s - start));
	r->s += *r->s == '"';
	return s;
}

/* A literal in argument `arg` of the call. */
static void literal(struct c_reader *r, const struct call *call, int arg, char *s, size_t *first,
		    size_t *n_args)
{
	if (arg == call->key) {
		if (!*first)
			*first = r->all->n + 1;
		struct key_use *use = add(r->all, s, r->path, r->line);
		use->knows_args = call->knows_args;
		use->args[0] = call->always;
	} else if (*first && call->step && arg >= call->first_arg &&
		   (arg - call->first_arg) % call->step == 0 && *n_args < MAX_ARGS) {
		for (size_t i = *first - 1; i < r->all->n; i++)
			r->all->items[i].args[*n_args] = s;
		(*n_args)++;
	}
}

/* After NAME( : literals directly in its arguments. The reader is a copy, so
 * that calls inside the arguments are met again. */
static void call_arguments(struct c_reader r, const struct call *call)
{
	int depth = 1, arg = 0;
	size_t first = 0, n_args = 0;
	while (*r.s && depth > 0) {
		if (skip_opaque(&r))
			continue;
		if (*r.s == '"') {
			char *s = c_string(&r);
			if (depth == 1)
				literal(&r, call, arg, s, &first, &n_args);
			continue;
		}
		if (strchr("([{", *r.s))
			depth++;
		else if (strchr(")]}", *r.s))
			depth--;
		else if (*r.s == ',' && depth == 1)
			arg++;
		r.line += *r.s++ == '\n';
	}
}

static void identifier(struct c_reader *r)
{
	size_t n = 0;
	while (in_name(r->s[n]))
		n++;
	const char *after = r->s + n + strspn(r->s + n, " \t");
	for (size_t i = 0; *after == '(' && i < sizeof calls / sizeof *calls; i++) {
		if (strlen(calls[i].name) == n && strncmp(calls[i].name, r->s, n) == 0) {
			struct c_reader inside = *r;
			inside.s = after + 1;
			call_arguments(inside, &calls[i]);
		}
	}
	r->s += n;
}

void uses_in_c(struct key_uses *all, const char *path)
{
	struct c_reader r = { .path = path, .s = tool_read(path), .line = 1, .all = all };
	if (!r.s)
		tool_die(path, 0, "cannot be read");
	while (*r.s) {
		if (skip_opaque(&r))
			continue;
		if (*r.s == '"')
			c_string(&r);
		else if (in_name(*r.s))
			identifier(&r);
		else
			r.line += *r.s++ == '\n';
	}
}

/* ---- enumerations ---- */

void uses_in_shapes(struct key_uses *all, char **paths, size_t n)
{
	struct defs defs = shapes_read(paths, n);
	for (size_t i = 0; i < defs.n; i++) {
		const struct def_file *f = defs.files[i];
		for (size_t k = 0; k < f->n_enums; k++) {
			const struct def_enum *e = f->enums[k];
			for (size_t w = 0; e->labels && w < e->n; w++)
				add(all, tool_fmt("%s.%s", e->name, e->words[w]), f->path, e->line);
		}
	}
}
