#include "platform/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

uint64_t spool_tag(uint64_t before, const void *bytes, size_t n)
{
	const unsigned char *at = bytes;
	for (size_t i = 0; i < n; i++)
		before = (before ^ at[i]) * 1099511628211u;
	return before;
}

/* Where the system keeps what is large and short-lived: /tmp is often memory. */
static int file_without_name(void)
{
	const char *const folders[] = { getenv("TMPDIR"), "/var/tmp", "/tmp" };
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		int fd = folders[i] ? open(folders[i], O_TMPFILE | O_RDWR | O_CLOEXEC, 0600) : -1;
		if (fd >= 0)
			return fd;
	}
	return -1;
}

static int end(struct spool *s)
{
	return close(s->fd);
}

static struct spool *begin_file(struct buf *b)
{
	int fd = file_without_name();
	if (fd < 0)
		return NULL;
	struct spool *s = mem_zero(b->mem, sizeof *s, "struct spool");
	*s = (struct spool){ .fd = fd, .tag = SPOOL_TAG };
	talloc_set_destructor(s, end);
	return s;
}

static void put(struct spool *s, const char *bytes, size_t n)
{
	s->tag = spool_tag(s->tag, bytes, n);
	while (n && !s->failed) {
		ssize_t done = write(s->fd, bytes, n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0) {
			s->failed = true;
			return;
		}
		bytes += done;
		n -= (size_t)done;
		s->len += (size_t)done;
	}
}

static bool take(struct buf *b, const char *s, size_t n)
{
	if (!b->taker)
		b->taker = begin_file(b);
	if (b->taker)
		put(b->taker, s, n);
	return b->taker;
}

void spool_begin(struct ctx *c, struct buf *b)
{
	buf_init(b, c->mem, 8192);
	b->take = take;
}

rc spool_end(struct ctx *c, struct buf *b, const struct spool **out)
{
	struct spool *s = b->taker;
	*out = s;
	if (!s)
		return OK;
	put(s, b->s, b->len);
	b->s[b->len = 0] = 0;
	return s->failed ? fail(c, E_DB, "db.full") : OK;
}
