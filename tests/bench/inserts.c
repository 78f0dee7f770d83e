/* inserts.c - what bookings are measured against: a loop that writes the very
 * rows that a booking on a grant writes, with one durable commit each, and asks
 * nothing: the booking, its share of the two counters (hers, her cooperative's)
 * and these counters, the audit line, its detail, the head of the chain. They
 * are copies of those of a booking that is there.
 *
 *	inserts DATABASE SECONDS START
 *
 * START is how many were written by runs before. Prints "done seconds". */
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

/* Of these a booking on a grant that holds two counters. */
#define MODEL \
	"(SELECT booking FROM booking_counter GROUP BY booking HAVING COUNT(*) = 2 ORDER BY booking LIMIT 1)"

/* Kept apart, so that reading the model costs next to nothing. */
static const char *const models =
	"CREATE TEMP TABLE model_booking AS SELECT * FROM booking WHERE id = " MODEL ";"
	"CREATE TEMP TABLE model_counter AS SELECT * FROM booking_counter WHERE booking = " MODEL ";"
	"CREATE TEMP TABLE model_audit AS SELECT a.* FROM audit a JOIN booking b ON b.pub = a.object_pub"
	" WHERE a.object_kind = 'booking' AND b.id = " MODEL " ORDER BY a.id LIMIT 1;"
	"CREATE TEMP TABLE model_detail AS SELECT * FROM audit_detail WHERE audit = (SELECT id FROM model_audit)";

static const char *const texts[] = {
	"BEGIN IMMEDIATE",
	"INSERT INTO booking (pub, space, community, person, guest, membership, sender, batch, purpose, on_day,"
	" from_minute, to_minute, zone, starts_at, ends_at, length_class, units, status, right_kind, right_id,"
	" right_label, price, public_price, measure, walk_in, created_at, created_by, expires_at, arrived_at,"
	" left_at, settled_at) SELECT printf('%026d', ?1), space, community, person, guest, membership, sender,"
	" batch, purpose, on_day + ?1 % 100, from_minute, to_minute, zone, starts_at + ?1 % 100 * 86400,"
	" ends_at + ?1 % 100 * 86400, length_class, units, status, right_kind, right_id, right_label, price,"
	" public_price, measure, walk_in, created_at, created_by, expires_at, arrived_at, left_at, settled_at"
	" FROM model_booking WHERE ?1 > 0",
	"INSERT INTO booking_counter (booking, counter, quantity, state) SELECT (SELECT MAX(id) FROM booking), counter,"
	" quantity, 'held' FROM model_counter WHERE ?1 > 0",
	"UPDATE counter SET held = held + 1 WHERE id = (SELECT MIN(counter) FROM model_counter) AND ?1 > 0",
	"UPDATE counter SET held = held + 1 WHERE id = (SELECT MAX(counter) FROM model_counter) AND ?1 > 0",
	"INSERT INTO audit (chain, seq, at, person, membership, community, action, object_kind, object_pub,"
	" request_id, commitment, prev, hash) SELECT chain, 1000000 + ?1, at, person, membership, community,"
	" action, object_kind, object_pub, request_id, commitment, prev, hash FROM model_audit",
	"INSERT INTO audit_detail (audit, salt, before, after) SELECT last_insert_rowid(), salt, before, after"
	" FROM model_detail WHERE ?1 > 0",
	"UPDATE chain SET seq = seq + 1, head = (SELECT hash FROM model_audit)"
	" WHERE id = (SELECT chain FROM model_audit) AND ?1 > 0",
	"COMMIT",
};
enum { N = sizeof texts / sizeof *texts };

int main(int argc, char **argv)
{
	sqlite3_stmt *s[N];
	long n = 0, first;
	if (argc != 4)
		return 2;
	must(sqlite3_open(argv[1], &db));
	must(sqlite3_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000",
			  NULL, NULL, NULL));
	must(sqlite3_exec(db, models, NULL, NULL, NULL));
	for (int i = 0; i < N; i++)
		must(sqlite3_prepare_v2(db, texts[i], -1, &s[i], NULL));
	first = atol(argv[3]);
	double start = seconds(), until = start + atof(argv[2]);
	while (seconds() < until) {
		n++;
		for (int i = 0; i < N; i++) {
			if (sqlite3_bind_parameter_count(s[i]))
				must(sqlite3_bind_int64(s[i], 1, first + n));
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
