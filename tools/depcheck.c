/* depcheck.c - hold the tree to its order: depcheck [--layers] ROOT
 *
 * Layers: src/base knows nothing of the rest, src/platform knows base, a slice
 * of src/domain/DEPS knows the slices above it. That holds for headers (of .c,
 * .h and generated files) and for the tables that .sql files name; a table
 * belongs to the slice of the last "-- slice: NAME" line above its CREATE
 * TABLE in migrations/. SQL text in C is for platform/db* and migrate* alone.
 * Sizes (not with --layers): files to 600 lines, functions to 60.
 * Tests (*_test.c) may reach anywhere and speak SQL.
 * Prints "file:line: reason"; exit status 1 when there is any. */
#include <ctype.h>
#include <dirent.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum { MAX_FILE = 600, MAX_FUNCTION = 60 };

/* Ranks: base, platform, the slices in order, app. */
enum { RANK_BASE, RANK_PLATFORM, RANK_SLICE, NO_RANK = -1 };

static struct {
	char names[64][32]; /* of ranks, app last */
	int n;
} ranks;

static struct {
	struct table {
		char name[64];
		int rank;
	} * items;
	size_t n;
} tables;

static const char *root;
static int complaints;

static void complain(const char *path, int line, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
static void complain(const char *path, int line, const char *format, ...)
{
	va_list args;
	printf("%s:%d: ", path, line);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
	complaints++;
}

static void die(const char *path)
{
	fprintf(stderr, "depcheck: ");
	perror(path);
	exit(2);
}

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);
	return n >= m && strcmp(s + n - m, end) == 0;
}

static bool is_name(int ch)
{
	return isalnum((unsigned char)ch) || ch == '_';
}

static int rank_of(const char *name, size_t len)
{
	for (int i = 0; i < ranks.n; i++)
		if (strlen(ranks.names[i]) == len && strncmp(ranks.names[i], name, len) == 0)
			return i;
	return NO_RANK;
}

static void add_rank(const char *name)
{
	if (ranks.n == 64 || strlen(name) >= sizeof ranks.names[0]) {
		fprintf(stderr, "depcheck: too many slices, or too long a name: %s\n", name);
		exit(2);
	}
	strcpy(ranks.names[ranks.n++], name);
}

/* The whole file, NUL-ended; never freed, the program is short. */
static char *read_file(const char *path)
{
	char full[4096];
	snprintf(full, sizeof full, "%s/%s", root, path);
	FILE *f = fopen(full, "rb");
	if (!f)
		return NULL;
	size_t len = 0, cap = 65536;
	char *text = malloc(cap);
	for (size_t n; text && (n = fread(text + len, 1, cap - len - 1, f)) > 0;) {
		len += n;
		if (cap - len < 2)
			text = realloc(text, cap *= 2);
	}
	if (!text || ferror(f))
		die(path);
	fclose(f);
	text[len] = '\0';
	return text;
}

static void load_ranks(void)
{
	char *text = read_file("src/domain/DEPS"), *save = NULL;
	if (!text)
		die("src/domain/DEPS");
	add_rank("base");
	add_rank("platform");
	for (char *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		line[strcspn(line, " \t#")] = '\0';
		if (*line)
			add_rank(line);
	}
	add_rank("app");
}

/* The rank of a file by its path, and the path below src/ or build/gen/. */
static int rank_of_path(const char *path)
{
	static const char *const prefixes[] = { "src/domain/", "src/", "build/gen/" };
	for (size_t i = 0; i < 3; i++) {
		size_t n = strlen(prefixes[i]);
		const char *slash = strncmp(path, prefixes[i], n) ? NULL : strchr(path + n, '/');
		if (slash)
			return rank_of(path + n, (size_t)(slash - path) - n);
	}
	return NO_RANK;
}

static const char *rank_name(int rank)
{
	return ranks.names[rank];
}

/* ---- text without comments and strings ---- */

/* Blank out comments; strings too unless `keep_strings`. Lines stay. */
static void blank_c(char *s, bool keep_strings)
{
	while (*s) {
		if (s[0] == '/' && s[1] == '/') {
			while (*s && *s != '\n')
				*s++ = ' ';
		} else if (s[0] == '/' && s[1] == '*') {
			while (*s && !(s[0] == '*' && s[1] == '/')) {
				if (*s != '\n')
					*s = ' ';
				s++;
			}
			for (int i = 0; i < 2 && *s; i++)
				*s++ = ' ';
		} else if (*s == '"' || *s == '\'') {
			char quote = *s++;
			while (*s && *s != quote && *s != '\n') {
				int step = *s == '\\' && s[1] && s[1] != '\n' ? 2 : 1;
				for (int i = 0; i < step; i++, s++)
					if (!keep_strings)
						*s = ' ';
			}
			s += *s == quote;
		} else {
			s++;
		}
	}
}

static void blank_sql(char *s)
{
	while (*s) {
		if (s[0] == '-' && s[1] == '-') {
			while (*s && *s != '\n')
				*s++ = ' ';
		} else if (*s == '\'') {
			for (s++; *s && *s != '\''; s++)
				if (*s != '\n')
					*s = ' ';
			s += *s == '\'';
		} else {
			s++;
		}
	}
}

/* ---- headers ---- */

static void check_include(const char *path, int line, const char *name)
{
	int from = rank_of_path(path);
	if (strncmp(name, "../", 3) == 0 || strstr(name, "/../")) {
		complain(path, line, "name a header from src/ or src/domain/, not by ..: \"%s\"", name);
		return;
	}
	const char *slash = strchr(name, '/');
	if (!slash)
		return;
	if (strncmp(name, "domain/", 7) == 0) {
		name += 7;
		slash = strchr(name, '/');
	}
	int to = slash ? rank_of(name, (size_t)(slash - name)) : NO_RANK;
	if (to > from)
		complain(path, line, "%s may not use %s: \"%s\"", rank_name(from), rank_name(to), name);
}

static void check_includes(const char *path, const char *text)
{
	int line = 1;
	for (const char *s = text; s && *s; s = strchr(s, '\n'), s = s ? s + 1 : s, line++) {
		char name[256];
		if (sscanf(s, " # include \"%255[^\"\n]\"", name) == 1 ||
		    sscanf(s, "#include \"%255[^\"\n]\"", name) == 1)
			check_include(path, line, name);
	}
}

/* ---- tables ---- */

/* The next word or sign of SQL, in lower case; "" at the end. */
static const char *next_token(const char *s, char out[64], int *line)
{
	size_t n = 0;
	for (; isspace((unsigned char)*s); s++)
		*line += *s == '\n';
	if (*s == '"' || is_name(*s)) {
		s += *s == '"';
		for (; is_name(*s); s++)
			if (n < 63)
				out[n++] = (char)tolower((unsigned char)*s);
		s += *s == '"';
	} else if (*s) {
		out[n++] = *s++;
	}
	out[n] = '\0';
	return s;
}

static void load_migration(const char *path)
{
	char *text = read_file(path), *save = NULL;
	int rank = NO_RANK, number = 0;
	if (!text)
		die(path);
	for (char *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		char name[64], word[64];
		if (sscanf(line, "-- slice: %63s", name) == 1) {
			rank = rank_of(name, strlen(name));
			if (rank == NO_RANK)
				complain(path, 1, "no such slice in src/domain/DEPS: %s", name);
		}
		const char *s = next_token(line, word, &number);
		if (strcmp(word, "create"))
			continue;
		s = next_token(s, word, &number);
		if (strcmp(word, "table"))
			continue;
		s = next_token(s, name, &number);
		for (int skip = 0; skip < 3 && strcmp(name, skip == 0	? "if"
							    : skip == 1 ? "not"
									: "exists") == 0;
		     skip++)
			s = next_token(s, name, &number);
		if (rank == NO_RANK)
			complain(path, 1, "table %s stands above any \"-- slice: NAME\" line", name);
		tables.items = realloc(tables.items, (tables.n + 1) * sizeof *tables.items);
		if (!tables.items)
			die(path);
		tables.items[tables.n].rank = rank;
		strcpy(tables.items[tables.n++].name, name);
	}
}

static void check_table(const char *path, int line, const char *name)
{
	int from = rank_of_path(path);
	for (size_t i = 0; i < tables.n; i++)
		if (strcmp(tables.items[i].name, name) == 0 && tables.items[i].rank > from)
			complain(path, line, "%s may not name the table %s of %s", rank_name(from), name,
				 rank_name(tables.items[i].rank));
}

static bool one_of(const char *word, const char *const *list)
{
	for (; *list; list++)
		if (strcmp(word, *list) == 0)
			return true;
	return false;
}

/* After FROM: tables with their aliases, as long as commas follow. */
static const char *check_from(const char *path, const char *s, int *line)
{
	static const char *const clause[] = { "where",	"join",	  "left",    "inner",	  "cross",
					      "on",	"group",  "order",   "limit",	  "union",
					      "full",	"right",  "natural", "for",	  "set",
					      "having", "window", "using",   "returning", NULL };
	char word[64];
	for (;;) {
		s = next_token(s, word, line);
		if (!is_name(word[0]))
			return s;
		check_table(path, *line, word);
		const char *after = s;
		int after_line = *line;
		after = next_token(after, word, &after_line);
		if (strcmp(word, "as") == 0)
			after = next_token(after, word, &after_line);
		if (is_name(word[0]) && !one_of(word, clause))
			after = next_token(after, word, &after_line);
		if (strcmp(word, ","))
			return s;
		s = after;
		*line = after_line;
	}
}

static void check_sql(const char *path, char *text)
{
	char word[64], before[64] = "";
	int line = 1;
	blank_sql(text);
	for (const char *s = text; *s;) {
		s = next_token(s, word, &line);
		if (strcmp(word, "from") == 0 && strcmp(before, "distinct")) {
			s = check_from(path, s, &line);
		} else if (strcmp(word, "join") == 0 || strcmp(word, "into") == 0 ||
			   strcmp(word, "update") == 0) {
			char name[64];
			int at = line;
			const char *after = next_token(s, name, &at);
			if (is_name(name[0])) {
				check_table(path, at, name);
				s = after;
				line = at;
			}
		}
		strcpy(before, word);
	}
}

/* ---- SQL in C ---- */

static bool starts_sql(const char *s)
{
	static const char *const verbs[] = { "insert into ",   "insert or ",   "delete from ",
					     "create table",   "create index", "create unique",
					     "create trigger", "drop table",   "alter table",
					     "truncate table", "pragma ",      NULL };
	while (isspace((unsigned char)*s))
		s++;
	for (size_t i = 0; verbs[i]; i++)
		if (strncasecmp(s, verbs[i], strlen(verbs[i])) == 0)
			return true;
	const char *end = strchr(s, '"');
	size_t len = end ? (size_t)(end - s) : strlen(s);
	char text[512];
	snprintf(text, sizeof text, "%.*s", (int)(len < 500 ? len : 500), s);
	return strncmp(text, "SELECT ", 7) == 0 ||
	       (strncasecmp(text, "select ", 7) == 0 && strcasestr(text, " from ")) ||
	       (strncasecmp(text, "update ", 7) == 0 && strcasestr(text, " set ")) ||
	       (strncasecmp(text, "with ", 5) == 0 && strcasestr(text, " as ("));
}

static void check_sql_in_c(const char *path, const char *text)
{
	int line = 1;
	for (const char *s = text; *s; s++) {
		line += *s == '\n';
		if (*s == '\'') {
			for (s++; *s && *s != '\'' && *s != '\n'; s++)
				s += *s == '\\' && s[1];
			line += *s == '\n';
		} else if (*s == '"') {
			if (starts_sql(s + 1))
				complain(path, line, "SQL stands in .sql files");
			for (s++; *s && *s != '"' && *s != '\n'; s++)
				s += *s == '\\' && s[1] && s[1] != '\n';
			line += *s == '\n';
		}
		if (!*s)
			return;
	}
}

static bool speaks_sql(const char *path)
{
	return strncmp(path, "src/platform/db", 15) == 0 || strncmp(path, "src/platform/migrate", 20) == 0;
}

/* ---- sizes ---- */

/* The name before the arguments of the function whose head ends at `end`. */
static void function_name(const char *text, const char *end, char out[64])
{
	int depth = 0;
	const char *s = end;
	for (; s > text; s--) {
		depth += *s == ')';
		depth -= *s == '(';
		if (depth == 0 && *s == '(')
			break;
	}
	while (s > text && !is_name(s[-1]))
		s--;
	const char *stop = s;
	while (s > text && is_name(s[-1]))
		s--;
	snprintf(out, 64, "%.*s", (int)(stop - s), s);
}

/* A brace at depth 0 that follows a closing parenthesis opens a function. */
static void check_functions(const char *path, char *text)
{
	int depth = 0, line = 1, opened = 0;
	const char *last = text;
	char name[64] = "";
	for (char *s = text; *s; s++) {
		if (*s == '\n') {
			line++;
		} else if (*s == '#' && (s == text || s[-1] == '\n')) {
			for (; s[1] && (s[1] != '\n' || *s == '\\'); s++)
				line += s[1] == '\n';
		} else if (*s == '{') {
			if (depth++ == 0) {
				opened = *last == ')' ? line : 0;
				if (opened)
					function_name(text, last, name);
			}
		} else if (*s == '}') {
			if (--depth == 0 && opened && line - opened + 1 > MAX_FUNCTION)
				complain(path, opened, "%s is %d lines long; %d at most", name,
					 line - opened + 1, MAX_FUNCTION);
		}
		if (!isspace((unsigned char)*s))
			last = s;
	}
}

static void check_length(const char *path, const char *text)
{
	int lines = 0;
	for (const char *s = text; *s; s++)
		lines += *s == '\n';
	if (lines > MAX_FILE)
		complain(path, lines, "%d lines; %d at most", lines, MAX_FILE);
}

/* ---- the tree ---- */

static bool sizes = true;

static void check_file(const char *path)
{
	bool c = ends_with(path, ".c"), h = ends_with(path, ".h"), sql = ends_with(path, ".sql");
	bool generated = strncmp(path, "build/", 6) == 0;
	if (!c && !h && !sql && !ends_with(path, ".html") && !ends_with(path, ".shape"))
		return;
	char *text = read_file(path);
	if (!text)
		die(path);
	bool in_order = rank_of_path(path) != NO_RANK && !ends_with(path, "_test.c");
	if (strncmp(path, "src/domain/", 11) == 0 && rank_of_path(path) == NO_RANK)
		complain(path, 1, "its slice is not in src/domain/DEPS");
	if (sizes && !generated)
		check_length(path, text);
	if (sql) {
		if (in_order)
			check_sql(path, text);
	} else if (c || h) {
		blank_c(text, true);
		if (in_order)
			check_includes(path, text);
		if (in_order && !generated && !speaks_sql(path))
			check_sql_in_c(path, text);
		blank_c(text, false);
		if (sizes && c && !generated)
			check_functions(path, text);
	}
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static void walk(const char *dir, void (*visit)(const char *path))
{
	char full[4096], path[4096];
	struct dirent **names;
	snprintf(full, sizeof full, "%s/%s", root, dir);
	int n = scandir(full, &names, NULL, by_name);
	for (int i = 0; i < n; i++) {
		struct stat st;
		if (names[i]->d_name[0] == '.' || strcmp(names[i]->d_name, "node_modules") == 0)
			continue;
		snprintf(path, sizeof path, "%s/%s", dir, names[i]->d_name);
		if (snprintf(full, sizeof full, "%s/%s", root, path) >= (int)sizeof full || stat(full, &st))
			continue;
		if (S_ISDIR(st.st_mode))
			walk(path, visit);
		else
			visit(path);
	}
}

int main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "--layers") == 0)
		sizes = false;
	else if (argc != 2) {
		fputs("usage: depcheck [--layers] ROOT\n", stderr);
		return 2;
	}
	root = argv[argc - 1];
	load_ranks();
	walk("migrations", load_migration);
	walk("src", check_file);
	walk("build/gen", check_file);
	if (sizes) {
		walk("tools", check_file);
		walk("tests", check_file);
	}
	return complaints > 0;
}
