/* towns.c - a town as somebody types it, beside the plainest search there is: a
 * pass over all names for the exact word. Every other name is typed with a letter
 * wrong. Reads folded names, a line each; the database is its argument; prints the
 * microseconds of a question, ours and the pass's. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "platform/app.h"
#include "platform/db.h"
#include "territory/commune.h"

enum { TOWNS = 40000, ASKED = 4000, LONGEST = 64, MOST = 8 };
static char names[TOWNS][LONGEST];
static int n;

struct asked {
	char typed[LONGEST];
	const char *name;
	bool found;
};

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t); /* what others do on the machine counts for nobody */
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static rc ask(struct ctx *c, void *arg)
{
	struct asked *a = arg;
	struct commune_found_list l;
	TRY(commune_suggest(c, a->typed, MOST, &l));
	a->found = l.n > 0;
	return OK;
}

static int pass(const char *name)
{
	int hits = 0;
	for (int i = 0; i < n; i++)
		hits += strcmp(names[i], name) == 0;
	return hits;
}

/* From its fourth letter on: nobody mistakes the first. */
static void mistype(char *s)
{
	size_t len = strlen(s);
	if (len > 5)
		s[3 + (size_t)rand() % (len - 4)] = 'z';
}

int main(int argc, char **argv)
{
	const char *why = "";
	struct app app = { 0 };
	struct ctx c = { .app = &app, .lang = LANG_FR, .request_id = "bench" };
	double ours = 0, theirs = 0;
	int missed = 0;
	const struct db_options options = { .url = argc > 1 ? argv[1] : "", .read_only = true, .readers = 1 };
	if (db_open(&options, &app.db, &why) != OK)
		return fprintf(stderr, "towns: %s\n", why), 1;
	while (n < TOWNS && fgets(names[n], LONGEST, stdin))
		names[n][strcspn(names[n], "\n")] = 0, n++;
	srand(1);
	for (int i = -1; n && i < ASKED; i++) {
		struct asked a = { .name = names[rand() % n] };
		snprintf(a.typed, sizeof a.typed, "%s", a.name);
		if (i % 2)
			mistype(a.typed);
		c.mem = talloc_new(NULL);
		double t0 = now();
		rc code = db_read(&c, ask, &a);
		double t1 = now();
		int hits = pass(a.name);
		double t2 = now();
		talloc_free(c.mem);
		if (i < 0)
			continue; /* the first makes the index */
		missed += code != OK || !a.found || !hits;
		ours += t1 - t0;
		theirs += t2 - t1;
	}
	db_close(app.db);
	printf("%.3f %.3f\n", ours / ASKED, theirs / ASKED);
	return !n || missed > ASKED / 20;
}
