#include "platform/log.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "platform/url.h"

#define LINE_MAX_BYTES	8192
#define VALUE_MAX_BYTES 1024

static _Atomic int lowest = LEVEL_INFO;
static _Atomic int target = STDERR_FILENO;

static const char *const words[] = { "debug", "info", "warn", "error", "off" };

struct line {
	size_t len;
	char s[LINE_MAX_BYTES];
};

void log_set_level(enum log_level level)
{
	atomic_store_explicit(&lowest, (int)level, memory_order_relaxed);
}

bool log_level_parse(const char *word, enum log_level *out)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (strcmp(words[i], word) == 0) {
			*out = (enum log_level)i;
			return true;
		}
	}
	return false;
}

bool log_enabled(enum log_level level)
{
	return (int)level >= atomic_load_explicit(&lowest, memory_order_relaxed);
}

void log_to(int fd)
{
	atomic_store(&target, fd);
}

/* What does not fit is left out; one byte stays free for the line's end. */
static void add(struct line *l, const char *s, size_t len)
{
	if (len < sizeof(l->s) - l->len) {
		memcpy(l->s + l->len, s, len);
		l->len += len;
	}
}

static void add_str(struct line *l, const char *s)
{
	add(l, s, strlen(s));
}

static bool is_plain(const char *s)
{
	if (!*s)
		return false;
	for (; *s; s++)
		if ((unsigned char)*s <= ' ' || *s == '"' || *s == '=' || *s == '\\' || *s == 0x7f)
			return false;
	return true;
}

static void add_escaped(struct line *l, char ch, bool utf8)
{
	unsigned char byte = (unsigned char)ch;

	if (ch == '"' || ch == '\\') {
		add(l, (char[]){ '\\', ch }, 2);
	} else if (ch == '\n') {
		add(l, "\\n", 2);
	} else if (byte < ' ' || byte == 0x7f || (byte >= 0x80 && !utf8)) {
		char hex[5];

		snprintf(hex, sizeof(hex), "\\x%02x", byte);
		add(l, hex, 4);
	} else {
		add(l, &ch, 1);
	}
}

static void add_text(struct line *l, const char *s)
{
	size_t len = strnlen(s, VALUE_MAX_BYTES + 1);
	bool cut = len > VALUE_MAX_BYTES, utf8;

	if (cut) {
		len = VALUE_MAX_BYTES;
		while (len > 0 && ((unsigned char)s[len] & 0xc0) == 0x80)
			len--; /* not inside a character */
	}
	utf8 = utf8_ok(s, len);
	if (!cut && utf8 && is_plain(s)) {
		add(l, s, len);
		return;
	}
	add(l, "\"", 1);
	for (size_t i = 0; i < len; i++)
		add_escaped(l, s[i], utf8);
	add_str(l, cut ? "…\"" : "\"");
}

static void add_time(struct line *l)
{
	/* Many lines fall in one second: its text is kept. */
	static _Thread_local time_t second = -1;
	static _Thread_local char text[96];
	struct timespec now;
	struct tm utc;
	char ms[8];

	clock_gettime(CLOCK_REALTIME, &now);
	if (now.tv_sec != second) {
		gmtime_r(&now.tv_sec, &utc);
		snprintf(text, sizeof(text), "ts=%04d-%02d-%02dT%02d:%02d:%02d.",
			 (utc.tm_year + 1900) % 10000, utc.tm_mon + 1, utc.tm_mday, utc.tm_hour, utc.tm_min,
			 utc.tm_sec);
		second = now.tv_sec;
	}
	snprintf(ms, sizeof(ms), "%03dZ", (int)(now.tv_nsec / 1000000) % 1000);
	add_str(l, text);
	add_str(l, ms);
}

void log_line_(enum log_level level, const char *msg, const struct log_field *fields)
{
	struct line l;

	l.len = 0;
	add_time(&l);
	add_str(&l, " level=");
	add_str(&l, words[level]);
	add_str(&l, " msg=");
	add_text(&l, msg);
	for (const struct log_field *f = fields; f->key; f++) {
		add_str(&l, " ");
		add_str(&l, f->key);
		add_str(&l, "=");
		if (f->is_text) {
			add_text(&l, f->text);
		} else {
			char digits[24];

			snprintf(digits, sizeof(digits), "%" PRId64, f->n);
			add_str(&l, digits);
		}
	}
	l.s[l.len++] = '\n';
	/* A log that cannot be written has nowhere to complain. */
	if (write(atomic_load(&target), l.s, l.len) < 0)
		return;
}
