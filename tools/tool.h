/* tool.h - what the build-time generators share. Memory lasts until the
 * program ends; every error ends it with "file:line: message" and status 1. */
#ifndef MAILLAGE_TOOL_H
#define MAILLAGE_TOOL_H

#include <stdbool.h>
#include <stddef.h>

void *tool_alloc(size_t size); /* zeroed */
char *tool_fmt(const char *format, ...) __attribute__((format(printf, 1, 2)));
char *tool_copy(const char *s, size_t len);
_Noreturn void tool_die(const char *file, int line, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Room for one more item at items[n]; doubles. */
#define tool_push(items, n) ((items) = tool_grow((items), (n), sizeof *(items)), &(items)[(n)++])
void *tool_grow(void *items, size_t n, size_t size);

/* Text being written. */
struct text {
	char *s;
	size_t len, cap;
};
void text_add(struct text *t, const char *s, size_t len);
void text_fmt(struct text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A C string literal, over several lines when long. */
void text_literal(struct text *t, const char *s);

/* A whole file with NUL at its end, or NULL when it is not there. */
char *tool_read(const char *path);
/* Write a file and the folders above it, only when its content changes. */
void tool_write(const char *path, const char *s, size_t len);

/* "people/person" for "src/domain/people/person.shape": the path below
 * src/domain/ or src/, without its extension, which must be `ext`. */
char *tool_room(const char *path, const char *ext);
/* "PEOPLE_PERSON" for "people/person". */
char *tool_upper(const char *s);
/* A lower-case name: letter, then letters, digits and underscores, no C keyword. */
bool tool_is_name(const char *s);

#endif
