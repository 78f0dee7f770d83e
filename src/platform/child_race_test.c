#include "base/test.h"

#include <pthread.h>

#include "platform/child.h"

/* Workers start children at the same time: each gets its own answer, and no
 * child keeps the socket of another one open. */

#define THREADS 4
#define ROUNDS	6

static rc echo(struct ctx *c, const char *in, size_t len, struct buf *out)
{
	(void)c;
	buf_add(out, in, len);
	return OK;
}

static void *work(void *arg)
{
	const char *word = arg;
	for (int i = 0; i < ROUNDS; i++) {
		struct ctx *c = talloc_zero(NULL, struct ctx);
		c->mem = c;
		struct buf out;
		buf_init(&out, c, 16);
		rc code = child_run(c, "echo", word, strlen(word), &out);
		bool same = code == OK && strcmp(out.s, word) == 0;
		talloc_free(c);
		if (!same)
			return NULL;
	}
	return arg;
}

static void many_at_once(void **state)
{
	(void)state;
	static const char *const words[THREADS] = { "un", "deux", "trois", "quatre" };
	pthread_t threads[THREADS];
	/* talloc's hidden globals are made before threads use them */
	talloc_free(talloc_new(NULL));
	child_enable("/proc/self/exe");
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, work, (void *)words[i]), 0);
	for (int i = 0; i < THREADS; i++) {
		void *result;
		assert_int_equal(pthread_join(threads[i], &result), 0);
		assert_ptr_equal(result, words[i]);
	}
}

int main(int argc, char **argv)
{
	static const struct child_job jobs[] = { { "echo", echo, 5 }, { NULL, NULL, 0 } };
	if (argc > 2 && strcmp(argv[1], "--child") == 0)
		return child_serve(jobs, argv[2]);
	const struct CMUnitTest tests[] = { cmocka_unit_test(many_at_once) };
	return cmocka_run_group_tests_name("child race", tests, NULL, NULL);
}
