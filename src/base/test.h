/* test.h - what every *_test.c includes, first: cmocka with the headers it
 * needs, without its fail() macro, which would hide ours. */
#ifndef MAILLAGE_TEST_H
#define MAILLAGE_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#undef fail
#undef fail_msg
#define fail_msg(...)                           \
	do {                                    \
		print_error("ERROR: " __VA_ARGS__); \
		print_error("\n");              \
		_fail(__FILE__, __LINE__);      \
	} while (0)

#endif
