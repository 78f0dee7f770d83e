/* log.h - one line per event on standard error, in logfmt:
 *
 *	log_warn("mail refused", KV("host", host), KV("code", 550));
 *	ts=2026-11-24T08:30:00.123Z level=warn msg="mail refused" host=smtp.example code=550
 *
 * Values are text or whole numbers; text is quoted and escaped as needed, cut
 * at 1 kB. A line is never cut into two write(2), so that lines of several threads
 * never mix. Domain code never logs. Never log a secret: no password, token, cookie,
 * body or query string; a path is logged without its query. */
#ifndef MAILLAGE_LOG_H
#define MAILLAGE_LOG_H

#include <stdbool.h>
#include <stdint.h>

enum log_level { LEVEL_DEBUG, LEVEL_INFO, LEVEL_WARN, LEVEL_ERROR, LEVEL_OFF };

struct log_field {
	const char *key; /* NULL ends the list */
	bool is_text;
	const char *text;
	int64_t n;
};

#define log_debug(...) LOG_AT(LEVEL_DEBUG, __VA_ARGS__)
#define log_info(...)  LOG_AT(LEVEL_INFO, __VA_ARGS__)
#define log_warn(...)  LOG_AT(LEVEL_WARN, __VA_ARGS__)
#define log_error(...) LOG_AT(LEVEL_ERROR, __VA_ARGS__)

#define KV(key, value) \
	_Generic((value), const char * : log_text_, char * : log_text_, default : log_int_)((key), (value))

#define LOG_AT(level, msg, ...)                                                                             \
	do {                                                                                                \
		if (log_enabled(level))                                                                     \
			log_line_((level), (msg),                                                           \
				  (const struct log_field[]){ __VA_ARGS__ __VA_OPT__(, ){ .key = NULL } }); \
	} while (0)

/* What is below `level` is not written; LEVEL_INFO at start. */
void log_set_level(enum log_level level);
/* "debug", "info", "warn", "error", "off"; false for any other word. */
bool log_level_parse(const char *word, enum log_level *out);
bool log_enabled(enum log_level level);
/* From now on lines of requests and of news are written some at a time, within a twentieth
 * of a second; warnings and errors at once, after what came before them. False: all is
 * written, and each line by itself again. One thread turns it on and off. */
void log_together(bool on);
/* Where lines go: file descriptor 2 at start. For tests. */
void log_to(int fd);

void log_line_(enum log_level level, const char *msg, const struct log_field *fields);
static inline struct log_field log_text_(const char *key, const char *text)
{
	return (struct log_field){ .key = key, .is_text = true, .text = text ? text : "" };
}
static inline struct log_field log_int_(const char *key, int64_t n)
{
	return (struct log_field){ .key = key, .n = n };
}

#endif
