/* Long texts go to a file without a name, whole, and leave nothing behind. */
#include "platform/spool.h"

#include <dirent.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/test.h"
#include "http_peer.h"
#include "wire.h"

#define ASK(n) "GET /spool?" #n " HTTP/1.1\r\nHost: a.example\r\n\r\n"

static int files_open(void)
{
	DIR *d = opendir("/proc/self/fd");
	int n = 0;
	while (readdir(d))
		n++;
	closedir(d);
	return n;
}

/* As exports do: cells, numbers, what is taken back. */
static void write_lines(struct buf *b, int n)
{
	for (int i = 0; i < n; i++) {
		buf_str(b, b->len && b->s[b->len - 1] == ',' ? "" : "[");
		buf_int(b, i);
		buf_fmt(b, ":%0*d\n", i % 700, i);
		b->len--;
		buf_char(b, ',');
	}
}

static void a_long_text_is_the_same_as_in_memory(void **state)
{
	struct ctx c = { .mem = talloc_new(NULL) };
	struct buf plain, b;
	const struct spool *s;
	int before = files_open();
	(void)state;
	buf_init(&plain, c.mem, 16);
	write_lines(&plain, 4000);
	spool_begin(&c, &b);
	write_lines(&b, 4000);
	assert_int_equal(spool_end(&c, &b, &s), OK);
	assert_non_null(s);
	assert_true(b.cap <= 256u << 10);
	assert_int_equal(s->len, plain.len);
	assert_true(s->tag == spool_tag(SPOOL_TAG, plain.s, plain.len));
	char *text = talloc_size(c.mem, s->len);
	assert_int_equal(pread(s->fd, text, s->len, 0), s->len);
	assert_memory_equal(text, plain.s, s->len);
	assert_int_equal(files_open(), before + 1);
	talloc_free(c.mem);
	assert_int_equal(files_open(), before);
}

static void a_short_one_needs_no_file(void **state)
{
	struct ctx c = { .mem = talloc_new(NULL) };
	struct buf b;
	const struct spool *s;
	(void)state;
	spool_begin(&c, &b);
	buf_str(&b, "id;name\r\n");
	assert_int_equal(spool_end(&c, &b, &s), OK);
	assert_null(s);
	assert_string_equal(b.s, "id;name\r\n");
	talloc_free(c.mem);
}

static void a_full_disk_is_told(void **state)
{
	struct ctx c = { .mem = talloc_new(NULL) };
	struct rlimit was, less = { 300000, 300000 };
	struct buf b;
	const struct spool *s;
	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
	less.rlim_max = was.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &less), 0);
	spool_begin(&c, &b);
	write_lines(&b, 4000);
	assert_int_equal(spool_end(&c, &b, &s), E_DB);
	assert_string_equal(c.failure.key, "db.full");
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
	talloc_free(c.mem);
}

static void it_is_sent_whole_and_closed_also_when_the_client_goes(void **state)
{
	struct http_config cfg = peer_config();
	struct http_server *s = peer_start(&cfg);
	struct wire w;
	struct wire_reply r;
	(void)state;
	wire_open(&w, http_port(s));
	wire_send(&w, ASK(10));
	assert_int_equal(wire_read(&w, &r, false, 5), 200);
	assert_string_equal(r.body, "abcdefghij");
	wire_forget(&r);
	int before = files_open() - 2; /* both ends of the connection */
	wire_send(&w, ASK(3000001));
	assert_int_equal(wire_read(&w, &r, false, 10), 200);
	assert_int_equal(r.len, 3000001);
	for (size_t i = 0; i < r.len; i += 997)
		assert_int_equal(r.body[i], 'a' + i % 26);
	wire_forget(&r);
	wire_close(&w);
	wire_open(&w, http_port(s));
	wire_send(&w, ASK(40000000));
	assert_int_equal(read(w.fd, (char[100]){ 0 }, 100), 100);
	wire_close(&w);
	for (int i = 0; i < 500 && files_open() > before; i++)
		usleep(10000);
	assert_int_equal(files_open(), before);
	assert_int_equal(http_stop(s, 2), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_long_text_is_the_same_as_in_memory),
		cmocka_unit_test(a_short_one_needs_no_file),
		cmocka_unit_test(a_full_disk_is_told),
		cmocka_unit_test(it_is_sent_whole_and_closed_also_when_the_client_goes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
