#include "platform/log.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "platform/url.h"

#define LINE_MAX_BYTES	8192
#define VALUE_MAX_BYTES 1024
#define LATEST_NS	50000000

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

/* Neither quotes nor a look at its UTF-8 are needed. */
static bool is_bare(const char *s, size_t len)
{
	bool bare = len > 0;
	for (size_t i = 0; i < len; i++) {
		unsigned char ch = (unsigned char)s[i];
		bare &= ch > ' ' && ch < 0x7f && ch != '"' && ch != '=' && ch != '\\';
	}
	return bare;
}

static bool is_plain(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)s[i] < 0x80 && !is_bare(s + i, 1))
			return false;
	return len > 0;
}

/* Every request writes some: without printf. */
static void add_number(struct line *l, int64_t n)
{
	char digits[24];
	size_t at = sizeof digits;
	uint64_t rest = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	do
		digits[--at] = (char)('0' + rest % 10);
	while (rest /= 10);
	if (n < 0)
		digits[--at] = '-';
	add(l, digits + at, sizeof digits - at);
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
	if (!cut && is_bare(s, len)) {
		add(l, s, len);
		return;
	}
	utf8 = utf8_ok(s, len);
	if (!cut && utf8 && is_plain(s, len)) {
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

	clock_gettime(CLOCK_REALTIME, &now);
	if (now.tv_sec != second) {
		gmtime_r(&now.tv_sec, &utc);
		snprintf(text, sizeof(text), "ts=%04d-%02d-%02dT%02d:%02d:%02d.",
			 (utc.tm_year + 1900) % 10000, utc.tm_mon + 1, utc.tm_mday, utc.tm_hour, utc.tm_min,
			 utc.tm_sec);
		second = now.tv_sec;
	}
	add_str(l, text);
	int ms = (int)(now.tv_nsec / 1000000);
	add(l, (char[]){ (char)('0' + ms / 100), (char)('0' + ms / 10 % 10), (char)('0' + ms % 10), 'Z' }, 4);
}

/* ---- writing ---- */

static void write_out(const char *s, size_t len)
{
	/* A log that cannot be written has nowhere to complain. */
	if (write(atomic_load(&target), s, len) < 0)
		return;
}

/* Lines together: a write to the disk for each request costs as much as answering it.
 * No longer than what a pipe takes at once, so that they never mix with a child's. */
static struct {
	pthread_mutex_t lock;
	pthread_cond_t change;
	pthread_t thread;
	bool on, ends;
	size_t len;
	char s[4096];
} together = { .lock = PTHREAD_MUTEX_INITIALIZER, .change = PTHREAD_COND_INITIALIZER };

/* The lock is held. */
static void write_together(void)
{
	if (together.len)
		write_out(together.s, together.len);
	together.len = 0;
}

static void put(const struct line *l, bool at_once)
{
	pthread_mutex_lock(&together.lock);
	if (!together.on || together.len + l->len > sizeof together.s)
		write_together();
	if (!together.on || l->len > sizeof together.s) {
		write_out(l->s, l->len);
	} else {
		if (!together.len && !at_once)
			pthread_cond_signal(&together.change);
		memcpy(together.s + together.len, l->s, l->len);
		together.len += l->len;
		if (at_once)
			write_together();
	}
	pthread_mutex_unlock(&together.lock);
}

static void *write_soon(void *arg)
{
	const struct timespec soon = { .tv_nsec = LATEST_NS };
	(void)arg;
	pthread_mutex_lock(&together.lock);
	while (!together.ends) {
		if (!together.len) {
			pthread_cond_wait(&together.change, &together.lock);
			continue;
		}
		pthread_mutex_unlock(&together.lock);
		nanosleep(&soon, NULL);
		pthread_mutex_lock(&together.lock);
		write_together();
	}
	pthread_mutex_unlock(&together.lock);
	return NULL;
}

void log_together(bool on)
{
	pthread_mutex_lock(&together.lock);
	bool was = together.on;
	together.ends = !on;
	together.on = on && (was || pthread_create(&together.thread, NULL, write_soon, NULL) == 0);
	write_together();
	pthread_cond_signal(&together.change);
	pthread_mutex_unlock(&together.lock);
	if (was && !on)
		pthread_join(together.thread, NULL);
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
		if (f->is_text)
			add_text(&l, f->text);
		else
			add_number(&l, f->n);
	}
	l.s[l.len++] = '\n';
	put(&l, level >= LEVEL_WARN);
}
