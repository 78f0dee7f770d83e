/* inserts.c - what bookings are measured against: a loop that writes the rows
 * of a booking (itself, its audit line with detail, the chain's head) with one
 * durable commit each, and asks nothing.
 *
 *	inserts DATABASE SECONDS
 *
 * Prints "done seconds". */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static sqlite3 *db;

static void must(int code)
{
	if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW) {
		fprintf(stderr, "inserts: %s\n", sqlite3_errmsg(db));
		exit(1);
	}
}

static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static const char *const texts[] = {
	"BEGIN IMMEDIATE",
	"INSERT INTO booking (pub, space, community, person, membership, sender, on_day, from_minute, to_minute, zone, starts_at,"
	" ends_at, length_class, units, status, right_kind, right_id, right_label, price, public_price, measure, walk_in,"
	" created_at, created_by) SELECT printf('%026d', ?1), space, community, person, membership, sender, on_day, from_minute,"
	" to_minute, zone, starts_at + ?1 * 60, ends_at + ?1 * 60, length_class, units, status, right_kind, right_id, right_label,"
	" price, public_price, measure, walk_in, created_at, created_by FROM booking WHERE id = 1",
	"INSERT INTO audit (chain, seq, at, person, membership, community, action, object_kind, object_pub, request_id,"
	" commitment, prev, hash) SELECT chain, 1000000 + ?1, at, person, membership, community, action, object_kind, object_pub,"
	" request_id, commitment, prev, hash FROM audit WHERE id = 1",
	"INSERT INTO audit_detail (audit, salt, before, after) SELECT last_insert_rowid(), salt, before, after FROM audit_detail"
	" WHERE audit = 1 AND ?1 > 0",
	"UPDATE chain SET seq = seq + 1 WHERE id = 1 AND ?1 > 0",
	"COMMIT",
};
enum { N = sizeof texts / sizeof *texts };

int main(int argc, char **argv)
{
	sqlite3_stmt *s[N];
	long n = 0;
	if (argc != 3)
		return 2;
	must(sqlite3_open(argv[1], &db));
	must(sqlite3_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL", NULL, NULL, NULL));
	for (int i = 0; i < N; i++)
		must(sqlite3_prepare_v2(db, texts[i], -1, &s[i], NULL));
	double start = seconds(), until = start + atof(argv[2]);
	while (seconds() < until) {
		n++;
		for (int i = 0; i < N; i++) {
			if (sqlite3_bind_parameter_count(s[i]))
				must(sqlite3_bind_int64(s[i], 1, n));
			must(sqlite3_step(s[i]));
			sqlite3_reset(s[i]);
		}
	}
	printf("%ld %.3f\n", n, seconds() - start);
	for (int i = 0; i < N; i++)
		sqlite3_finalize(s[i]);
	sqlite3_close(db);
	return 0;
}
