/* tpl_expr.h - what stands inside the braces of a template, made into C. */
#ifndef MAILLAGE_TPL_EXPR_H
#define MAILLAGE_TPL_EXPR_H

#include <stdbool.h>
#include <stddef.h>

#define MAX_LOOPS 8

/* The names that a directive may use. */
struct scope {
	const char *file;
	int line;
	const char *model; /* NULL: the template has none */
	struct loop {
		const char *var, *list; /* r, v->rows */
		int number;		/* of its index variable: i1 */
	} loops[MAX_LOOPS];
	size_t n_loops;
};

/* A directive being read; every error ends the program. */
struct cursor {
	const char *s;
	const struct scope *scope;
};

_Noreturn void expr_wrong(const struct cursor *cu, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
bool expr_at_end(struct cursor *cu);
void expr_end(struct cursor *cu); /* nothing may follow */
/* Take this word or sign if it comes next. */
bool expr_accept(struct cursor *cu, const char *word);
/* A lower-case name; `what` is for the message. */
char *expr_name(struct cursor *cu, const char *what);
/* "text", unescaped. */
char *expr_string(struct cursor *cu, const char *what);

/* v.card.name: "v->card.name"; *whole: the variable itself. */
char *expr_path(struct cursor *cu, bool *whole);
/* A path with or without filter, @index, a number, "text", t:"key", &path. */
char *expr_operand(struct cursor *cu);
/* A value to print: a path with or without filter, or @index, @number. */
char *expr_value(struct cursor *cu);
char *expr_condition(struct cursor *cu);
/* name=operand ...: "(struct arg[]){ ... }", or "NULL" when *n is 0. */
char *expr_args(struct cursor *cu, size_t *n);

#endif
