#include "sql_parse.h"

#include <ctype.h>
#include <string.h>

/* What the reader is inside of. */
enum inside { PLAIN, QUOTED, DOLLARS, BLOCK };

struct reader {
	const struct defs *all;
	struct sql_source *src;
	struct sql_stmt *stmt; /* being read, or NULL */
	struct text in, out;   /* header declarations of stmt, as written */
	struct text *more;     /* the one a continuation line belongs to */
	int in_line, out_line;
	bool in_body;
	int line;

	bool to[DATABASES]; /* which texts the body is written to now */
	bool ended[DATABASES];
	bool space; /* blanks were seen since the last character written */
	enum inside inside;
	char quote;
	const char *tag; /* $tag$ */
};

#define DIE(r, ...) tool_die((r)->src->path, (r)->line, __VA_ARGS__)

/* ---- small text ---- */

static bool is_word(char ch)
{
	return isalnum((unsigned char)ch) || ch == '_';
}

/* The next blank-separated word of *s before end, or NULL; moves *s past it. */
static const char *next_word(const char **s, const char *end)
{
	while (*s < end && isspace((unsigned char)**s))
		(*s)++;
	const char *from = *s;
	while (*s < end && !isspace((unsigned char)**s))
		(*s)++;
	return from < *s ? tool_copy(from, (size_t)(*s - from)) : NULL;
}

/* ---- header declarations ---- */

static bool is_reserved(const char *name)
{
	static const char *const names[] = { "c", "in", "out", "found", "affected", "each", "arg", "values" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static void add_param(struct reader *r, const struct def_field *f, bool of_shape)
{
	struct sql_stmt *s = r->stmt;
	for (size_t i = 0; i < s->n_params; i++)
		if (strcmp(s->params[i].f.name, f->name) == 0)
			DIE(r, "parameter '%s' stands twice", f->name);
	struct sql_param *p = tool_push(s->params, s->n_params);
	p->f = *f;
	p->of_shape = of_shape;
}

static void add_in_shape(struct reader *r, const char *name)
{
	struct sql_stmt *s = r->stmt;
	struct def_shape *shape = file_shape(r->src->scope, name);
	if (!shape)
		tool_die(r->src->path, r->in_line, "shape '%s' is not known here", name);
	if (s->n_params)
		tool_die(r->src->path, r->in_line, "one shape, and it comes first: '%s'", name);
	s->in_shape = shape;
	for (size_t i = 0; i < shape->n; i++)
		add_param(r, &shape->fields[i], true);
}

/* One item between commas: "name type", or a single word in *alone. */
static bool read_item(struct reader *r, const char *s, const char *end, int line, struct def_field *f,
		      const char **alone)
{
	const char *name = next_word(&s, end);
	const char *type = next_word(&s, end);
	if (!name || next_word(&s, end))
		tool_die(r->src->path, line, "write: name type, name type");
	*f = (struct def_field){ .name = name, .line = line };
	*alone = name;
	if (!type)
		return false;
	if (!tool_is_name(name))
		tool_die(r->src->path, line, "'%s' cannot be a name", name);
	type_resolve(f, type, r->src->scope, r->src->path);
	return true;
}

static void read_in(struct reader *r)
{
	const char *s = r->in.s;
	for (const char *end; s; s = *end ? end + 1 : NULL) {
		struct def_field f;
		const char *alone;
		end = s + strcspn(s, ",");
		if (!read_item(r, s, end, r->in_line, &f, &alone)) {
			add_in_shape(r, alone);
			continue;
		}
		if (is_reserved(f.name))
			tool_die(r->src->path, r->in_line, "a parameter cannot be called '%s'", f.name);
		if (f.type == F_SHAPE || f.type == F_LIST)
			tool_die(r->src->path, r->in_line, "parameter '%s' cannot be of type %s", f.name,
				 f.type_name);
		add_param(r, &f, false);
	}
}

static void check_row(struct reader *r, const struct def_shape *s)
{
	for (size_t i = 0; i < s->n; i++) {
		if (s->fields[i].type == F_LIST)
			tool_die(r->src->path, r->out_line, "%s holds the list '%s' and cannot be a row",
				 s->name, s->fields[i].name);
		if (s->fields[i].type == F_SHAPE)
			check_row(r, s->fields[i].shape);
	}
}

static void read_out(struct reader *r)
{
	struct sql_stmt *stmt = r->stmt;
	struct def_shape *row = tool_alloc(sizeof *row);
	row->name = tool_fmt("%s_row", stmt->name);
	const char *s = r->out.s;
	for (const char *end; s; s = *end ? end + 1 : NULL) {
		struct def_field f;
		const char *alone;
		end = s + strcspn(s, ",");
		if (read_item(r, s, end, r->out_line, &f, &alone)) {
			for (size_t i = 0; i < row->n; i++)
				if (strcmp(row->fields[i].name, f.name) == 0)
					tool_die(r->src->path, r->out_line, "column '%s' stands twice",
						 f.name);
			*tool_push(row->fields, row->n) = f;
			continue;
		}
		stmt->out = file_shape(r->src->scope, alone);
		if (!stmt->out)
			tool_die(r->src->path, r->out_line, "shape '%s' is not known here", alone);
		if (row->n || *end)
			tool_die(r->src->path, r->out_line, "write one shape, or columns: name type, ...");
	}
	stmt->out_inline = !stmt->out;
	if (!stmt->out)
		stmt->out = row;
	check_row(r, stmt->out);
}

static void end_header(struct reader *r)
{
	struct sql_stmt *s = r->stmt;
	if (r->in.s)
		read_in(r);
	if (r->out.s)
		read_out(r);
	if (s->card == CARD_EXEC && s->out)
		DIE(r, "%s: exec returns no rows; write one, maybe or many", s->name);
	if (s->card != CARD_EXEC && !s->out)
		DIE(r, "%s needs -- out:", s->name);
	r->in_body = true;
	r->more = NULL;
}

/* ---- the body ---- */

static void emit(struct reader *r, const char *s, size_t len)
{
	for (int d = 0; d < DATABASES; d++) {
		if (!r->to[d])
			continue;
		struct text *t = &r->stmt->sql[d];
		if (r->ended[d])
			DIE(r, "%s: text after its end", r->stmt->name);
		if (r->space && r->inside == PLAIN && t->len)
			text_add(t, " ", 1);
		text_add(t, s, len);
	}
	r->space = false;
}

static void emit_param(struct reader *r, const char *name)
{
	struct sql_stmt *s = r->stmt;
	struct sql_param *p = NULL;
	for (size_t i = 0; i < s->n_params; i++)
		if (strcmp(s->params[i].f.name, name) == 0)
			p = &s->params[i];
	if (!p)
		DIE(r, "%s: parameter :%s is not declared", s->name, name);
	if (p->f.type == F_SHAPE || p->f.type == F_LIST)
		DIE(r, "%s: '%s' is a %s and cannot be bound", s->name, name, p->f.type_name);
	if (!p->number)
		p->number = (unsigned char)++s->n_used;
	if (s->n_used > 99)
		DIE(r, "%s has more than 99 parameters", s->name);
	bool space = r->space, to[DATABASES];
	memcpy(to, r->to, sizeof to);
	for (int d = 0; d < DATABASES; d++) {
		if (!to[d])
			continue;
		p->used[d] = true;
		memset(r->to, 0, sizeof r->to);
		r->to[d] = true;
		r->space = space;
		const char *text = tool_fmt("%c%d", d == SQLITE ? '?' : '$', p->number);
		emit(r, text, strlen(text));
	}
	memcpy(r->to, to, sizeof to);
}

static bool only_blanks(const char *s, const char *end)
{
	while (s < end && isspace((unsigned char)*s))
		s++;
	return s == end || (end - s >= 2 && s[0] == '-' && s[1] == '-');
}

/* The length of $tag$ at s, or 0. */
static size_t dollar_tag(const char *s, const char *end)
{
	const char *p = s + 1;
	while (p < end && is_word(*p) && !(p == s + 1 && isdigit((unsigned char)*p)))
		p++;
	return p < end && *p == '$' ? (size_t)(p - s) + 1 : 0;
}

/* Outside of strings; returns what follows. */
static const char *feed_plain(struct reader *r, const char *s, const char *end)
{
	char next = s + 1 < end ? s[1] : 0;
	if (isspace((unsigned char)*s)) {
		r->space = true;
		return s + 1;
	}
	if (*s == '-' && next == '-') {
		r->space = true;
		return end;
	}
	if (*s == '/' && next == '*') {
		r->inside = BLOCK;
		return s + 2;
	}
	if (*s == ';') {
		if (!only_blanks(s + 1, end))
			DIE(r, "%s: one statement, its ';' at the end of a line", r->stmt->name);
		for (int d = 0; d < DATABASES; d++)
			r->ended[d] = r->ended[d] || r->to[d];
		return end;
	}
	if (*s == ':' && next == ':') {
		emit(r, s, 2);
		return s + 2;
	}
	if (*s == ':' && (isalpha((unsigned char)next) || next == '_')) {
		const char *p = s + 1;
		while (p < end && is_word(*p))
			p++;
		emit_param(r, tool_copy(s + 1, (size_t)(p - s - 1)));
		return p;
	}
	if (*s == '?' || (*s == '$' && isdigit((unsigned char)next)))
		DIE(r, "%s: parameters are written :name", r->stmt->name);
	size_t tag = *s == '$' ? dollar_tag(s, end) : 0;
	if (tag) {
		emit(r, s, tag);
		r->tag = tool_copy(s, tag);
		r->inside = DOLLARS;
		return s + tag;
	}
	emit(r, s, 1);
	if (*s == '\'' || *s == '"') {
		r->quote = *s;
		r->inside = QUOTED;
	}
	return s + 1;
}

static void feed(struct reader *r, const char *s, const char *end)
{
	while (s < end) {
		if (r->inside == PLAIN) {
			s = feed_plain(r, s, end);
		} else if (r->inside == BLOCK) {
			bool over = s[0] == '*' && s + 1 < end && s[1] == '/';
			r->inside = over ? PLAIN : BLOCK;
			r->space = true;
			s += over ? 2 : 1;
		} else if (r->inside == QUOTED) {
			emit(r, s, 1); /* a doubled quote closes and opens again */
			r->inside = *s == r->quote ? PLAIN : QUOTED;
			s++;
		} else {
			size_t n = strlen(r->tag);
			bool over = (size_t)(end - s) >= n && strncmp(s, r->tag, n) == 0;
			emit(r, s, over ? n : 1);
			r->inside = over ? PLAIN : DOLLARS;
			s += over ? n : 1;
		}
	}
	if (r->inside == PLAIN)
		r->space = true;
	else if (r->inside != BLOCK)
		emit(r, "\n", 1);
}

static void end_stmt(struct reader *r)
{
	struct sql_stmt *s = r->stmt;
	if (!s)
		return;
	const char *path = r->src->path;
	if (r->inside != PLAIN)
		tool_die(path, s->line, "%s ends inside a string or a comment", s->name);
	static const char *const names[] = { "sqlite", "postgres" };
	for (int d = 0; d < DATABASES; d++)
		if (!s->sql[d].len)
			tool_die(path, s->line, "%s has no text for %s", s->name, names[d]);
	for (size_t i = 0; i < s->n_params; i++) {
		const struct sql_param *p = &s->params[i];
		for (int d = 0; d < DATABASES; d++)
			if (!p->used[d] && !(p->of_shape && !p->number))
				tool_die(path, s->line, "%s: parameter '%s' is not used for %s", s->name,
					 p->f.name, names[d]);
	}
	r->stmt = NULL;
}

/* ---- lines ---- */

static bool cardinality(const char *word, enum cardinality *out)
{
	static const char *const words[] = { "one", "maybe", "many", "exec" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i], word) == 0) {
			*out = (enum cardinality)i;
			return true;
		}
	return false;
}

static void start_stmt(struct reader *r, const char *name, enum cardinality card)
{
	end_stmt(r);
	if (!tool_is_name(name))
		DIE(r, "'%s' cannot be the name of a statement", name);
	struct sql_stmt *s = tool_alloc(sizeof *s);
	s->name = name;
	s->card = card;
	s->line = r->line;
	*tool_push(r->src->stmts, r->src->n) = s;
	r->stmt = s;
	r->in = r->out = (struct text){ 0 };
	r->more = NULL;
	r->in_body = r->space = false;
	for (int d = 0; d < DATABASES; d++) {
		r->to[d] = true;
		r->ended[d] = false;
	}
}

static void start_declaration(struct reader *r, struct text *t, int *line, const char *s, const char *end)
{
	if (!r->stmt || r->in_body || t->s)
		DIE(r, "in: and out: stand once, under a statement's name, before its text");
	text_add(t, s, (size_t)(end - s));
	*line = r->line;
	r->more = t;
}

static void add_use(struct reader *r, const char *room)
{
	struct def_file *file = defs_file(r->all, room), *scope = r->src->scope;
	if (!file)
		DIE(r, "there is no %s.shape", room);
	for (size_t i = 0; i < scope->n_uses; i++)
		if (scope->uses[i].file == file)
			return;
	*tool_push(scope->uses, scope->n_uses) = (struct def_use){ room, r->line, file };
}

/* Switches of the text's destination. */
static bool read_variant(struct reader *r, const char *word)
{
	bool both = strcmp(word, "both") == 0;
	bool sqlite = strcmp(word, "sqlite") == 0, postgres = strcmp(word, "postgres") == 0;
	if (!r->stmt || !(both || sqlite || postgres))
		return false;
	if (!r->in_body)
		end_header(r);
	r->to[SQLITE] = both || sqlite;
	r->to[POSTGRES] = both || postgres;
	r->space = true;
	return true;
}

/* A line that starts with "--"; what it does not know is a comment. */
static void read_dashes(struct reader *r, const char *s, const char *end)
{
	const char *p = s + 2;
	bool continues = end - p >= 3 && strspn(p, " \t") >= 3;
	const char *first = next_word(&p, end);
	if (!first)
		return;
	if (continues && r->more) {
		text_add(r->more, " ", 1);
		text_add(r->more, s + 2, (size_t)(end - s - 2));
		return;
	}
	r->more = NULL;
	if (strcmp(first, "in:") == 0) {
		start_declaration(r, &r->in, &r->in_line, p, end);
		return;
	}
	if (strcmp(first, "out:") == 0) {
		start_declaration(r, &r->out, &r->out_line, p, end);
		return;
	}
	const char *second = next_word(&p, end), *third = next_word(&p, end);
	enum cardinality card;
	if (second && !third && cardinality(second, &card))
		start_stmt(r, first, card);
	else if (second && !third && !r->stmt && strcmp(first, "use") == 0)
		add_use(r, second);
	else if (!second)
		read_variant(r, first);
}

static void read_line(struct reader *r, const char *s, const char *end)
{
	const char *p = s;
	while (p < end && isspace((unsigned char)*p))
		p++;
	if (r->inside == PLAIN && p == end) {
		r->space = true;
		return;
	}
	if (r->inside == PLAIN && end - p >= 2 && p[0] == '-' && p[1] == '-') {
		read_dashes(r, p, end);
		return;
	}
	if (!r->stmt)
		DIE(r, "text before any '-- name one|maybe|many|exec'");
	if (!r->in_body)
		end_header(r);
	feed(r, s, end);
}

struct sql_source *sql_read(const struct defs *all, const char *path)
{
	struct sql_source *src = tool_alloc(sizeof *src);
	src->path = path;
	src->room = tool_room(path, ".sql");
	src->scope = tool_alloc(sizeof *src->scope);
	src->scope->path = path;
	struct reader r = { .all = all, .src = src };
	const struct def_file *own = defs_file(all, src->room);
	if (own)
		add_use(&r, src->room);
	for (size_t i = 0; own && i < own->n_uses; i++)
		add_use(&r, own->uses[i].room);
	const char *s = tool_read(path);
	if (!s)
		tool_die(path, 0, "cannot be read");
	while (*s) {
		const char *end = s + strcspn(s, "\n");
		r.line++;
		read_line(&r, s, end);
		s = *end ? end + 1 : end;
	}
	end_stmt(&r);
	return src;
}
