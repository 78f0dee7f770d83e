#include "tpl_expr.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tool.h"

/* How a filter prints: fmt_NAME(c, value), with the page's zone where said. */
static const struct {
	const char *name;
	bool zone;
} filters[] = {
	{ "money", false },  { "quantity", false },  { "signed", false },   { "int", false },
	{ "day", false },    { "day_short", false }, { "day_week", false }, { "day_long", false },
	{ "minute", false }, { "clock", false },     { "when", true },	    { "iso_day", false },
};

void expr_wrong(const struct cursor *cu, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	fprintf(stderr, "%s:%d: ", cu->scope->file, cu->scope->line);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	exit(1);
}

static void skip(struct cursor *cu)
{
	while (isspace((unsigned char)*cu->s))
		cu->s++;
}

bool expr_at_end(struct cursor *cu)
{
	skip(cu);
	return !*cu->s;
}

void expr_end(struct cursor *cu)
{
	if (!expr_at_end(cu))
		expr_wrong(cu, "not understood: %s", cu->s);
}

static bool in_name(char ch)
{
	return isalnum((unsigned char)ch) || ch == '_';
}

bool expr_accept(struct cursor *cu, const char *word)
{
	size_t n = strlen(word);
	skip(cu);
	if (strncmp(cu->s, word, n) != 0 || (in_name(word[n - 1]) && in_name(cu->s[n])))
		return false;
	cu->s += n;
	return true;
}

char *expr_name(struct cursor *cu, const char *what)
{
	skip(cu);
	size_t n = 0;
	while (in_name(cu->s[n]))
		n++;
	char *name = tool_copy(cu->s, n);
	if (!tool_is_name(name))
		expr_wrong(cu, "%s is missing or is no name: %s", what, n ? name : cu->s);
	cu->s += n;
	return name;
}

char *expr_string(struct cursor *cu, const char *what)
{
	skip(cu);
	if (*cu->s != '"')
		expr_wrong(cu, "%s must stand between quotes", what);
	struct text t = { 0 };
	text_add(&t, "", 0);
	for (cu->s++; *cu->s != '"'; cu->s++) {
		if (*cu->s == '\\' && (cu->s[1] == '"' || cu->s[1] == '\\'))
			cu->s++;
		if (!*cu->s)
			expr_wrong(cu, "the closing quote of %s is missing", what);
		text_add(&t, cu->s, 1);
	}
	cu->s++;
	return t.s;
}

static char *quoted(const char *s)
{
	struct text t = { 0 };
	text_literal(&t, s);
	return t.s;
}

char *expr_path(struct cursor *cu, bool *whole)
{
	const struct scope *scope = cu->scope;
	char *root = expr_name(cu, "a variable");
	bool known = scope->model && strcmp(root, scope->model) == 0;
	for (size_t i = 0; i < scope->n_loops; i++)
		known = known || strcmp(root, scope->loops[i].var) == 0;
	if (!known)
		expr_wrong(cu, "%s is no variable here", root);
	struct text t = { 0 };
	text_fmt(&t, "%s", root);
	*whole = *cu->s != '.';
	for (const char *link = "->"; *cu->s == '.'; link = ".") {
		cu->s++;
		if (!in_name(*cu->s))
			expr_wrong(cu, "a member is missing after %s.", t.s);
		text_fmt(&t, "%s%s", link, expr_name(cu, "a member"));
	}
	return t.s;
}

static char *member_path(struct cursor *cu)
{
	bool whole;
	char *path = expr_path(cu, &whole);
	if (whole)
		expr_wrong(cu, "%s is a whole structure: name a member of it", path);
	return path;
}

/* @index, @number; NULL if none comes next. */
static char *counter(struct cursor *cu)
{
	bool number = expr_accept(cu, "@number");
	if (!number && !expr_accept(cu, "@index"))
		return NULL;
	if (cu->scope->n_loops == 0)
		expr_wrong(cu, "there is no loop around this");
	int i = cu->scope->loops[cu->scope->n_loops - 1].number;
	return number ? tool_fmt("(i%d + 1)", i) : tool_fmt("i%d", i);
}

static char *filtered(struct cursor *cu, char *path)
{
	if (!expr_accept(cu, "|"))
		return path;
	char *name = expr_accept(cu, "int") ? tool_copy("int", 3)
					    : expr_name(cu, "a filter"); /* C's word, ours here */
	for (size_t i = 0; i < sizeof(filters) / sizeof(*filters); i++)
		if (strcmp(filters[i].name, name) == 0)
			return tool_fmt("fmt_%s(o->c, %s%s)", name, path, filters[i].zone ? ", o->zone" : "");
	expr_wrong(cu, "there is no filter %s", name);
}

char *expr_value(struct cursor *cu)
{
	char *value = counter(cu);
	return value ? value : filtered(cu, member_path(cu));
}

/* -3, 12, BOOKING_STATUS_CONFIRMED; NULL if none comes next. */
static char *constant(struct cursor *cu)
{
	skip(cu);
	const char *s = cu->s + (*cu->s == '-');
	size_t n = (size_t)(s - cu->s);
	if (isdigit((unsigned char)*s))
		while (isdigit((unsigned char)cu->s[n]))
			n++;
	else if (isupper((unsigned char)*s) && n == 0)
		while (isupper((unsigned char)cu->s[n]) || isdigit((unsigned char)cu->s[n]) ||
		       cu->s[n] == '_')
			n++;
	else
		return NULL;
	if (in_name(cu->s[n]))
		expr_wrong(cu, "not understood: %s", cu->s);
	char *text = tool_copy(cu->s, n);
	cu->s += n;
	return text;
}

char *expr_operand(struct cursor *cu)
{
	skip(cu);
	if (*cu->s == '"')
		return quoted(expr_string(cu, "a text"));
	if (expr_accept(cu, "t:"))
		return tool_fmt("T(o->c, %s)", quoted(expr_string(cu, "the key of a message")));
	if (expr_accept(cu, "&")) {
		bool whole;
		char *path = expr_path(cu, &whole);
		return whole ? path : tool_fmt("&%s", path);
	}
	char *known = constant(cu);
	return known ? known : expr_value(cu);
}

char *expr_args(struct cursor *cu, size_t *n)
{
	struct text t = { 0 };
	text_fmt(&t, "(struct arg[]){ ");
	for (*n = 0; !expr_at_end(cu); (*n)++) {
		char *name = expr_name(cu, "the name of an argument");
		if (*cu->s != '=')
			expr_wrong(cu, "= must follow %s directly", name);
		cu->s++;
		text_fmt(&t, "%sARG(o, \"%s\", %s)", *n ? ", " : "", name, expr_operand(cu));
	}
	text_fmt(&t, " }");
	return *n ? t.s : tool_fmt("NULL");
}

static char *loop_edge(struct cursor *cu)
{
	bool first = expr_accept(cu, "@first");
	if (!first && !expr_accept(cu, "@last"))
		return NULL;
	if (cu->scope->n_loops == 0)
		expr_wrong(cu, "there is no loop around this");
	const struct loop *l = &cu->scope->loops[cu->scope->n_loops - 1];
	return first ? tool_fmt("i%d == 0", l->number) : tool_fmt("i%d + 1 == %s.n", l->number, l->list);
}

static const char *comparison(struct cursor *cu)
{
	static const char *const signs[] = { "==", "!=", "<=", ">=", "<", ">" };
	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (expr_accept(cu, signs[i]))
			return signs[i];
	return NULL;
}

static char *compared(struct cursor *cu, const char *left, const char *sign)
{
	skip(cu);
	if (*cu->s == '"') {
		if (sign[1] != '=' || sign[0] == '<' || sign[0] == '>')
			expr_wrong(cu, "texts are compared by == and != only");
		return tool_fmt("%ssame_str(%s, %s)", sign[0] == '!' ? "!" : "", left,
				quoted(expr_string(cu, "a text")));
	}
	char *right = constant(cu);
	if (!right)
		right = counter(cu);
	if (!right)
		right = member_path(cu);
	/* Counters of loops are unsigned, the rest is not; + refuses texts. */
	return tool_fmt("(int64_t)+%s %s (int64_t)+%s", left, sign, right);
}

static char *term(struct cursor *cu)
{
	bool not = expr_accept(cu, "!");
	char *s = loop_edge(cu);
	if (!s) {
		char *left = counter(cu);
		bool counts = left != NULL;
		if (!left)
			left = member_path(cu);
		const char *sign = comparison(cu);
		if (sign && not )
			expr_wrong(cu, "write != instead of a ! before a comparison");
		s = sign ? compared(cu, left, sign) : tool_fmt("TRUTH(%s)", left);
		if (counts && !sign)
			expr_wrong(cu, "compare @index or @number with something");
	}
	return not ? tool_fmt("!(%s)", s) : s;
}

char *expr_condition(struct cursor *cu)
{
	struct text t = { 0 };
	const char *joined = NULL;
	text_fmt(&t, "%s", term(cu));
	while (!expr_at_end(cu)) {
		const char *sign = expr_accept(cu, "and") ? "&&" : expr_accept(cu, "or") ? "||" : NULL;
		if (!sign)
			expr_wrong(cu, "not understood: %s", cu->s);
		if (joined && joined != sign && strcmp(joined, sign) != 0)
			expr_wrong(cu, "and, or in one condition: nest two instead");
		joined = sign;
		text_fmt(&t, " %s %s", sign, term(cu));
	}
	return t.s;
}
