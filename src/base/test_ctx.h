/* test_ctx.h - what a test of anything below the database works with: a
 * context that has memory of its own and nothing else, made before each test
 * and freed after it. One of these stands in the file, and its tests are
 * named by cmocka_unit_test_setup_teardown(test, setup, teardown). */
#ifndef MAILLAGE_TEST_CTX_H
#define MAILLAGE_TEST_CTX_H

#include "base/ctx.h"

/* `static struct ctx c` of the file. */
#define TEST_CTX(c)                                                  \
	static int setup(void **state)                               \
	{                                                            \
		(void)state;                                         \
		(c) = (struct ctx){ .mem = talloc_new(NULL) };       \
		return 0;                                            \
	}                                                            \
	static int teardown(void **state)                            \
	{                                                            \
		(void)state;                                         \
		return talloc_free((c).mem);                         \
	}

/* `static TALLOC_CTX *mem` of the file. */
#define TEST_MEM(mem)                                                \
	static int setup(void **state)                               \
	{                                                            \
		(void)state;                                         \
		(mem) = talloc_new(NULL);                            \
		return 0;                                            \
	}                                                            \
	static int teardown(void **state)                            \
	{                                                            \
		(void)state;                                         \
		return talloc_free(mem);                             \
	}

/* A test takes it by `struct ctx *c = *state`. */
static inline int ctx_setup(void **state)
{
	struct ctx *c = talloc_zero(NULL, struct ctx);
	c->mem = c;
	*state = c;
	return 0;
}

static inline int ctx_teardown(void **state)
{
	return talloc_free(*state);
}

#endif
