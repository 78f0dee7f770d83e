/* migrate_expand.c - the tokens of migrate.h, for one database. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "platform/migrate.h"

struct expander {
	struct ctx *c;
	enum db_kind kind;
	const char *text, *at;
	struct buf out;
	const char *word; /* the last word: the column of a token that checks it */
	size_t word_len;
	bool skipping; /* lines for the other database */
	int words;     /* of the statement so far */
	int depth;     /* of parentheses */
	bool creates_table;
	bool closed;	  /* its last parenthesis is */
	bool has_options; /* something stands after that */
};

static rc refuse(struct expander *x, const char *token)
{
	int line = 1;
	for (const char *s = x->text; s < x->at; s++)
		line += *s == '\n';
	return fail_with(x->c, E_INVALID, "migrate.token", "line", fmt(x->c, "%d", line), "token",
			 fmt(x->c, "%.24s", token), NULL);
}

static size_t name_length(const char *s)
{
	size_t n = 0;
	while (isalnum((unsigned char)s[n]) || s[n] == '_')
		n++;
	return n;
}

/* ---- tokens ---- */

struct token {
	const char *name;
	const char *sqlite, *postgres;
	enum { PLAIN, CHECK_BOOL, CHECK_HASH, UNIQUE_TOO } then;
};

static const struct token tokens[] = {
	{ "int", "INTEGER", "BIGINT", PLAIN },	 { "instant", "INTEGER", "BIGINT", PLAIN },
	{ "day", "INTEGER", "BIGINT", PLAIN },	 { "minute", "INTEGER", "BIGINT", PLAIN },
	{ "money", "INTEGER", "BIGINT", PLAIN }, { "quantity", "INTEGER", "BIGINT", PLAIN },
	{ "text", "TEXT", "TEXT", PLAIN },	 { "json", "TEXT", "TEXT", PLAIN },
	{ "pubid", "TEXT", "TEXT", UNIQUE_TOO }, { "bool", "INTEGER", "BOOLEAN", CHECK_BOOL },
	{ "hash", "BLOB", "BYTEA", CHECK_HASH }, { "bytes", "BLOB", "BYTEA", PLAIN },
};

static void plain(struct expander *x, const struct token *t, bool nullable)
{
	bool sqlite = x->kind == DB_SQLITE;
	buf_fmt(&x->out, "%s%s", sqlite ? t->sqlite : t->postgres, nullable ? "" : " NOT NULL");
	int n = (int)x->word_len;
	if (t->then == UNIQUE_TOO)
		buf_str(&x->out, " UNIQUE");
	else if (t->then == CHECK_BOOL && sqlite)
		buf_fmt(&x->out, " CHECK (%.*s IN (0, 1))", n, x->word);
	else if (t->then == CHECK_HASH)
		buf_fmt(&x->out, " CHECK (length(%.*s) = 32)", n, x->word);
}

static void reference(struct expander *x, const char *table, int len, bool nullable)
{
	buf_fmt(&x->out, "%s%s REFERENCES %.*s (id)", x->kind == DB_SQLITE ? "INTEGER" : "BIGINT",
		nullable ? "" : " NOT NULL", len, table);
}

/* OR, not IN: for a list of more than two SQLite makes a table anew at every row
 * that is written. */
static rc enumerated(struct expander *x, const char *words, int len, bool nullable)
{
	const char *end = words + len;
	const char * or = "";
	buf_fmt(&x->out, "TEXT%s CHECK (", nullable ? "" : " NOT NULL");
	while (words < end) {
		size_t n = name_length(words);
		if (n)
			buf_fmt(&x->out, "%s%.*s = '%.*s'", or, (int)x->word_len, x->word, (int)n, words);
		else if (!isspace((unsigned char)*words))
			return refuse(x, words);
		or = n ? " OR " : or ;
		words += n ? n : 1;
	}
	buf_char(&x->out, ')');
	return * or ? OK : refuse(x, "@enum()");
}

static void append_only(struct expander *x, const char *table, int len)
{
	if (x->kind == DB_SQLITE) {
		static const char *const events[] = { "UPDATE", "DELETE" };
		for (int i = 0; i < 2; i++)
			buf_fmt(&x->out,
				"CREATE TRIGGER %.*s_no_%s BEFORE %s ON %.*s\n"
				"BEGIN SELECT RAISE(ABORT, '%s'); END;\n",
				len, table, events[i], events[i], len, table, K("ledger.append_only"));
		return;
	}
	buf_fmt(&x->out,
		"CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS\n"
		"$$ BEGIN RAISE EXCEPTION '%s'; END $$;\n"
		"CREATE TRIGGER %.*s_append_only BEFORE UPDATE OR DELETE ON %.*s\n"
		"FOR EACH ROW EXECUTE FUNCTION append_only();\n"
		"CREATE TRIGGER %.*s_no_truncate BEFORE TRUNCATE ON %.*s\n"
		"FOR EACH STATEMENT EXECUTE FUNCTION append_only();\n",
		K("ledger.append_only"), len, table, len, table, len, table, len, table);
}

static bool is(const char *name, size_t len, const char *word)
{
	return strlen(word) == len && memcmp(name, word, len) == 0;
}

static rc with_argument(struct expander *x, const char *name, size_t len, bool nullable)
{
	const char *arg = x->at + 1;
	const char *end = strchr(arg, ')');
	if (!end)
		return refuse(x, name);
	int n = (int)(end - arg);
	if (is(name, len, "enum")) {
		TRY(enumerated(x, arg, n, nullable));
	} else if (name_length(arg) != (size_t)n || n == 0) {
		return refuse(x, name);
	} else if (is(name, len, "ref")) {
		reference(x, arg, n, nullable);
	} else if (is(name, len, "append_only") && !nullable) {
		append_only(x, arg, n);
		x->words = 0;
		end += end[1] == ';';
	} else {
		return refuse(x, name);
	}
	x->at = end + 1;
	return OK;
}

static rc token(struct expander *x)
{
	const char *start = x->at, *name = start + 1;
	size_t len = name_length(name);
	bool nullable = name[len] == '?';
	x->at = name + len + nullable;
	if (*x->at == '(')
		return with_argument(x, name, len, nullable);
	if (is(name, len, "id") && !nullable) {
		buf_str(&x->out, x->kind == DB_SQLITE
					 ? "INTEGER PRIMARY KEY"
					 : "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY");
		return OK;
	}
	for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++)
		if (is(name, len, tokens[i].name)) {
			plain(x, &tokens[i], nullable);
			return OK;
		}
	return refuse(x, start);
}

/* ---- the text around them ---- */

static void copy(struct expander *x, size_t n)
{
	buf_add(&x->out, x->at, n);
	x->at += n;
}

/* A quoted text, a comment or a dollar-quoted body: its length, or 0. */
static size_t verbatim(const char *s)
{
	const char *end = NULL;
	if (*s == '\'' || *s == '"')
		end = strchr(s + 1, *s);
	else if (s[0] == '/' && s[1] == '*')
		end = (end = strstr(s + 2, "*/")) ? end + 1 : NULL;
	else if (s[0] == '$' && s[1] == '$')
		end = (end = strstr(s + 2, "$$")) ? end + 1 : NULL;
	else if (s[0] == '-' && s[1] == '-')
		return strcspn(s, "\n");
	else
		return 0;
	return end ? (size_t)(end + 1 - s) : strlen(s);
}

static void end_statement(struct expander *x)
{
	if (x->creates_table && x->kind == DB_SQLITE)
		buf_str(&x->out, x->has_options ? ", STRICT" : " STRICT");
	x->creates_table = x->closed = x->has_options = false;
	x->words = 0;
}

static bool same_word(const char *s, size_t n, const char *upper)
{
	return n == strlen(upper) && strncasecmp(s, upper, n) == 0;
}

static void word(struct expander *x, size_t n)
{
	bool create = x->words == 1 && same_word(x->word, x->word_len, "CREATE");
	x->creates_table |= create && same_word(x->at, n, "TABLE");
	x->has_options |= x->closed;
	x->word = x->at;
	x->word_len = n;
	x->words++;
	copy(x, n);
}

/* A line that says for whom the following are. */
static bool section(struct expander *x)
{
	static const char *const names[] = { "-- sqlite", "-- postgres", "-- both" };
	size_t n = strcspn(x->at, "\n"), len = n;
	while (len && isspace((unsigned char)x->at[len - 1]))
		len--;
	for (int i = 0; i < 3; i++)
		if (is(x->at, len, names[i])) {
			x->skipping = i != 2 && (enum db_kind)i != x->kind;
			x->at += n + (x->at[n] == '\n');
			return true;
		}
	return false;
}

static rc one(struct expander *x)
{
	bool line_start = x->at == x->text || x->at[-1] == '\n';
	if (line_start && section(x))
		return OK;
	if (x->skipping) {
		x->at += strcspn(x->at, "\n");
		x->at += *x->at == '\n';
		return OK;
	}
	size_t n = verbatim(x->at);
	if (n) {
		copy(x, n);
		return OK;
	}
	if (*x->at == '@')
		return token(x);
	n = name_length(x->at);
	if (n) {
		word(x, n);
		return OK;
	}
	if (*x->at == '(')
		x->depth++;
	else if (*x->at == ')')
		x->closed = --x->depth == 0 && x->creates_table;
	else if (*x->at == ';' && x->depth == 0)
		end_statement(x);
	copy(x, 1);
	return OK;
}

rc migrate_expand(struct ctx *c, enum db_kind kind, const char *text, const char **out)
{
	struct expander x = { .c = c, .kind = kind, .text = text, .at = text, .word = "" };
	buf_init(&x.out, c->mem, strlen(text) * 2);
	while (*x.at)
		TRY(one(&x));
	end_statement(&x);
	*out = x.out.s;
	return OK;
}
