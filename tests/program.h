/* program.h - run the built program as its users do, and see what it says. */
#ifndef TESTS_PROGRAM_H
#define TESTS_PROGRAM_H

struct said {
	int status;	/* exit status; 128 + signal when a signal ended it */
	char out[65536];
	char err[16384];
};

/* The program under test: $MAILLAGE_TEST_PROGRAM, or build-asan/maillage. */
const char *program_path(void);

/* Run it with arguments up to NULL, standard input empty. The result stands in
 * one static struct, until the next call. */
const struct said *run_program(const char *first, ...) __attribute__((sentinel));

#endif
