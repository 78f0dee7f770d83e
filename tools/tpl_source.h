/* tpl_source.h - template files read into texts and directives, and the
 * templates that they declare. Every error ends the program. */
#ifndef MAILLAGE_TPL_SOURCE_H
#define MAILLAGE_TPL_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

/* A stretch of text, or a directive without its braces. */
struct token {
	bool directive;
	bool fresh; /* begins a line, after one that leaves nothing */
	const char *s;
	size_t len;
	int line;
};

struct source {
	const char *path, *room; /* src/domain/people/person.html, people/person */
	struct token *tokens;
	size_t n;
	const char **uses; /* headers */
	size_t n_uses;
	const struct source **calls; /* whose templates it includes */
	size_t n_calls;
};

struct template
{
	const char *name, *type, *model; /* person_page, person_page, v; or NULL without model */
	const struct source *source;
	int line;
};

/* Read a file and declare its templates. `f` must stay where it is. */
void source_read(struct source *f, const char *path);
const struct template *template_find(const char *name); /* or NULL */
/* In order of declaration, f's after `after` (NULL: its first); NULL at the end. */
const struct template *template_next(const struct source *f, const struct template *after);

/* Directives that print nothing: a line that holds only one leaves nothing. */
bool is_silent(const char *directive);
int lines_in(const char *s, const char *end);

#endif
