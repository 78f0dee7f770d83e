#include "platform/erasures.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <pthread.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/civil.h"
#include "base/hash.h"
#include "base/secret.h"
#include "platform/log.h"

#define HEAD	  "maillage-erasures 1 "
#define HEAD_LINE (sizeof HEAD - 1 + 64)
#define DAY_CHARS 10
#define LINE	  (DAY_CHARS + 1 + 64)
#define MOST	  (64 << 20) /* bytes: nearly a million people */

struct erasures {
	pthread_mutex_t lock;
	char *path;
	int fd;
	struct erasure_list list;
};

const char *erasures_path(TALLOC_CTX *mem, const struct config *cfg)
{
	if (cfg->erasures)
		return cfg->erasures;
	return strstr(cfg->database, "://") ? NULL : talloc_asprintf(mem, "%s.erasures", cfg->database);
}

/* What a reason says lasts until the thread's next one. */
static const char *say(const char *format, ...) __attribute__((format(printf, 1, 2)));
static const char *say(const char *format, ...)
{
	static _Thread_local char text[400];
	va_list ap;
	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	return text;
}

/* ---- reading ---- */

static int compare(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(hash));
}

/* 64 digits that a line ends with. */
static rc read_hash(const char *s, hash *out)
{
	char hex[65];
	memcpy(hex, s, 64);
	hex[64] = '\0';
	return hash_parse(hex, out);
}

static bool day_is_good(const char *s)
{
	for (int i = 0; i < DAY_CHARS; i++)
		if (i == 4 || i == 7 ? s[i] != '-' : s[i] < '0' || s[i] > '9')
			return false;
	return s[DAY_CHARS] == ' ';
}

static bool read_line(const char *s, size_t len, int number, struct erasure_list *out)
{
	if (number == 1)
		return len == HEAD_LINE && memcmp(s, HEAD, sizeof HEAD - 1) == 0 &&
		       read_hash(s + sizeof HEAD - 1, &out->key) == OK;
	return len == LINE && day_is_good(s) && read_hash(s + DAY_CHARS + 1, &out->items[out->n++]) == OK;
}

rc erasures_parse(TALLOC_CTX *mem, const char *text, size_t len, struct erasure_list *out, int *line)
{
	const char *end;
	*out = (struct erasure_list){ .items = talloc_array(mem, hash, len / (LINE + 1) + 1) };
	*line = 1;
	for (; (end = memchr(text + out->whole, '\n', len - out->whole)); ++*line) {
		const char *s = text + out->whole;
		if (!read_line(s, (size_t)(end - s), *line, out))
			return E_CORRUPT;
		out->whole += (size_t)(end - s) + 1;
	}
	if (*line == 1)
		return E_CORRUPT;
	qsort(out->items, out->n, sizeof(hash), compare);
	return OK;
}

static rc read_all(struct erasures *e, const char **why)
{
	struct stat st;
	int line = 0;
	if (fstat(e->fd, &st) || !S_ISREG(st.st_mode) || st.st_size > MOST) {
		*why = say("%s: no file that can be read", e->path);
		return E_IO;
	}
	char *text = talloc_array(e, char, (size_t)st.st_size + 1);
	ssize_t n = pread(e->fd, text, (size_t)st.st_size, 0);
	rc code = n != st.st_size ? E_IO : erasures_parse(e, text, (size_t)n, &e->list, &line);
	talloc_free(text);
	if (code == E_IO)
		*why = say("%s: cannot be read", e->path);
	else if (code != OK)
		*why = say("%s:%d: no line of a list of erasures", e->path, line);
	return code;
}

/* ---- writing ---- */

static bool write_all(int fd, const char *s, size_t len, off_t at)
{
	return pwrite(fd, s, len, at) == (ssize_t)len && fsync(fd) == 0;
}

/* The name of a new file is in its folder, which must reach the disk too. */
static bool folder_synced(const char *path)
{
	char *copy = talloc_strdup(NULL, path);
	int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool done = fd >= 0 && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	talloc_free(copy);
	return done;
}

/* It appears with its first line or not at all: a list without its key is none. */
static rc make(const char *path, const char **why)
{
	hash key;
	char hex[65];
	char *fresh = talloc_asprintf(NULL, "%s.new", path);
	int fd = open(fresh, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	secret_bytes(key.b, sizeof key.b);
	hash_hex(key, hex);
	char *head = talloc_asprintf(fresh, HEAD "%s\n", hex);
	bool done = fd >= 0 && write_all(fd, head, strlen(head), 0) && rename(fresh, path) == 0 &&
		    folder_synced(path);
	if (!done)
		*why = say("%s: cannot be made: %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	talloc_free(fresh);
	return done ? OK : E_IO;
}

rc erasures_open(const char *path, bool create, struct erasures **out, const char **why)
{
	int fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT && create) {
		TRY(make(path, why));
		fd = open(path, O_RDWR | O_CLOEXEC);
	}
	if (fd < 0) {
		rc code = errno == ENOENT ? E_NOT_FOUND : E_IO;
		*why = say("%s: %s", path, strerror(errno));
		return code;
	}
	struct erasures *e = talloc_zero(NULL, struct erasures);
	e->path = talloc_strdup(e, path);
	e->fd = fd;
	pthread_mutex_init(&e->lock, NULL);
	rc code = read_all(e, why);
	if (code == OK)
		*out = e;
	else
		erasures_close(e);
	return code;
}

void erasures_close(struct erasures *e)
{
	if (!e)
		return;
	close(e->fd);
	pthread_mutex_destroy(&e->lock);
	talloc_free(e);
}

/* ---- the people in it ---- */

static hash listed_as(const struct erasures *e, pubid person)
{
	hash h;
	crypto_generichash(h.b, sizeof h.b, (const unsigned char *)person.s, strlen(person.s), e->list.key.b,
			   sizeof e->list.key.b);
	return h;
}

static bool has(const struct erasures *e, hash h)
{
	return bsearch(&h, e->list.items, e->list.n, sizeof h, compare);
}

size_t erasures_count(struct erasures *e)
{
	pthread_mutex_lock(&e->lock);
	size_t n = e->list.n;
	pthread_mutex_unlock(&e->lock);
	return n;
}

bool erasures_has(struct erasures *e, pubid person)
{
	pthread_mutex_lock(&e->lock);
	bool there = has(e, listed_as(e, person));
	pthread_mutex_unlock(&e->lock);
	return there;
}

static void keep(struct erasures *e, hash h)
{
	struct erasure_list *l = &e->list;
	size_t at = l->n;
	l->items = talloc_realloc(e, l->items, hash, l->n + 1);
	for (; at > 0 && compare(&l->items[at - 1], &h) > 0; at--)
		l->items[at] = l->items[at - 1];
	l->items[at] = h;
	l->n++;
}

/* What a writer that died left of a line goes first. */
static bool append(struct erasures *e, const char *line)
{
	size_t len = strlen(line);
	if (ftruncate(e->fd, (off_t)e->list.whole) || !write_all(e->fd, line, len, (off_t)e->list.whole))
		return false;
	e->list.whole += len;
	return true;
}

rc erasures_add(struct ctx *c, struct erasures *e, pubid person)
{
	char hex[65];
	hash h = listed_as(e, person);
	struct ymd today = ymd_of(day_at(c->now, NULL));
	hash_hex(h, hex);
	const char *line = fmt(c, "%04d-%02d-%02d %s\n", today.year, today.month, today.day, hex);
	pthread_mutex_lock(&e->lock);
	bool there = has(e, h), done = there || append(e, line);
	if (done && !there)
		keep(e, h);
	pthread_mutex_unlock(&e->lock);
	if (done)
		return OK;
	log_error("the list of erasures cannot be written", KV("path", e->path), KV("why", strerror(errno)));
	return fail(c, E_IO, "erase.not_kept");
}
