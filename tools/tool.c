#include "tool.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Blocks stay reachable from here, so that leak checkers keep quiet. */
static struct block {
	struct block *next;
	max_align_t data[];
} * blocks;

void *tool_alloc(size_t size)
{
	struct block *b = calloc(1, sizeof *b + size);
	if (!b) {
		fprintf(stderr, "out of memory\n");
		exit(1);
	}
	b->next = blocks;
	blocks = b;
	return b->data;
}

void *tool_grow(void *items, size_t n, size_t size)
{
	if (n && (n < 8 || (n & (n - 1))))
		return items;
	void *more = tool_alloc((n ? n * 2 : 8) * size);
	if (n)
		memcpy(more, items, n * size);
	return more;
}

char *tool_copy(const char *s, size_t len)
{
	char *copy = tool_alloc(len + 1);
	memcpy(copy, s, len);
	return copy;
}

static char *format_args(const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, format, again);
	va_end(again);
	char *s = tool_alloc((size_t)n + 1);
	vsnprintf(s, (size_t)n + 1, format, args);
	return s;
}

char *tool_fmt(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *s = format_args(format, args);
	va_end(args);
	return s;
}

void tool_die(const char *file, int line, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	if (line > 0)
		fprintf(stderr, "%s:%d: ", file, line);
	else
		fprintf(stderr, "%s: ", file);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	exit(1);
}

void text_add(struct text *t, const char *s, size_t len)
{
	if (t->len + len + 1 > t->cap) {
		t->cap = (t->cap + len + 64) * 2;
		char *more = tool_alloc(t->cap);
		if (t->len)
			memcpy(more, t->s, t->len);
		t->s = more;
	}
	memcpy(t->s + t->len, s, len);
	t->len += len;
	t->s[t->len] = 0;
}

void text_fmt(struct text *t, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *s = format_args(format, args);
	va_end(args);
	text_add(t, s, strlen(s));
}

void text_literal(struct text *t, const char *s)
{
	size_t column = 0;
	text_add(t, "\"", 1);
	for (; *s; s++) {
		if (column > 80 && *s == ' ') {
			text_fmt(t, "\"\n\t\t\"");
			column = 0;
		}
		if (*s == '"' || *s == '\\')
			text_fmt(t, "\\%c", *s);
		else if (*s == '\n')
			text_fmt(t, "\\n");
		else if (*s == '?')
			text_fmt(t, "\\?"); /* no trigraphs */
		else if ((unsigned char)*s < 0x20)
			text_fmt(t, "\\%03o", (unsigned char)*s);
		else
			text_add(t, s, 1);
		column++;
	}
	text_add(t, "\"", 1);
}

char *tool_read(const char *path)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		return NULL;
	struct text t = { 0 };
	char part[8192];
	for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
		text_add(&t, part, n);
	if (ferror(f))
		tool_die(path, 0, "cannot be read: %s", strerror(errno));
	fclose(f);
	if (!t.s)
		text_add(&t, "", 0);
	if (strlen(t.s) != t.len)
		tool_die(path, 0, "holds a NUL");
	return t.s;
}

static void make_folders(const char *path)
{
	char *p = tool_copy(path, strlen(path));
	for (char *s = strchr(p + 1, '/'); s; s = strchr(s + 1, '/')) {
		*s = 0;
		if (mkdir(p, 0777) && errno != EEXIST)
			tool_die(p, 0, "cannot be made: %s", strerror(errno));
		*s = '/';
	}
}

void tool_write(const char *path, const char *s, size_t len)
{
	const char *old = tool_read(path);
	if (old && strlen(old) == len && memcmp(old, s, len) == 0)
		return;
	make_folders(path);
	FILE *f = fopen(path, "wb");
	if (!f || fwrite(s, 1, len, f) != len || fclose(f))
		tool_die(path, 0, "cannot be written: %s", strerror(errno));
}

/* What follows the last `folder` in path, or NULL. */
static const char *below(const char *path, const char *folder)
{
	const char *found = NULL;
	for (const char *p = path; (p = strstr(p, folder)); p++)
		if (p == path || p[-1] == '/')
			found = p + strlen(folder);
	return found;
}

char *tool_room(const char *path, const char *ext)
{
	const char *s = below(path, "src/domain/");
	if (!s)
		s = below(path, "src/");
	if (!s)
		s = path;
	size_t len = strlen(s), n = strlen(ext);
	if (len <= n || strcmp(s + len - n, ext) != 0)
		tool_die(path, 0, "its name does not end in %s", ext);
	return tool_copy(s, len - n);
}

char *tool_upper(const char *s)
{
	char *u = tool_copy(s, strlen(s));
	for (char *p = u; *p; p++)
		*p = isalnum((unsigned char)*p) ? (char)toupper((unsigned char)*p) : '_';
	return u;
}

bool tool_is_name(const char *s)
{
	static const char *const keywords[] = {
		"auto",	   "break",  "case",   "char",	   "const",  "continue", "default",
		"do",	   "double", "else",   "enum",	   "extern", "float",	 "for",
		"goto",	   "if",     "inline", "int",	   "long",   "register", "restrict",
		"return",  "short",  "signed", "sizeof",   "static", "struct",	 "switch",
		"typedef", "typeof", "union",  "unsigned", "void",   "volatile", "while",
		"asm",	   "bool",   "true",   "false",	   "unix",   "linux",
	};
	if (!islower((unsigned char)*s))
		return false;
	for (const char *p = s; *p; p++)
		if (!islower((unsigned char)*p) && !isdigit((unsigned char)*p) && *p != '_')
			return false;
	for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
		if (strcmp(s, keywords[i]) == 0)
			return false;
	return true;
}
