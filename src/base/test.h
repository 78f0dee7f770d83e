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

#endif
