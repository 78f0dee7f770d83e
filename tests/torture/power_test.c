/* The power is cut: what was written and not synced is gone. fsync and
 * fdatasync are taken over here, so that each keeps what the file then holds;
 * those copies alone are what a machine finds after the cut. Every write that
 * was acknowledged must be in them, and the file whole. */
#include "base/test.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "browse.h"

#define WRITES 120

static char disk[256]; /* the folder of what was synced */
static int synced;     /* atomic */
static bool dropping;  /* syncs keep nothing: the test must notice */
static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;

static void copy(int from, const char *to)
{
	char bytes[65536];
	off_t at = 0;
	ssize_t n;
	int out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	while ((n = pread(from, bytes, sizeof bytes, at)) > 0) {
		if (write(out, bytes, (size_t)n) != n)
			abort();
		at += n;
	}
	close(out);
}

static void keep(int fd)
{
	char link[64], path[512], to[1024];
	struct stat st;
	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	ssize_t n = readlink(link, path, sizeof path - 1);
	if (!*disk || dropping || n <= 0 || fstat(fd, &st) || !S_ISREG(st.st_mode))
		return;
	path[n] = 0;
	snprintf(to, sizeof to, "%s/%s", disk, strrchr(path, '/') + 1);
	pthread_mutex_lock(&one);
	copy(fd, to); /* another descriptor, once closed, would drop the locks of SQLite */
	pthread_mutex_unlock(&one);
	__atomic_add_fetch(&synced, 1, __ATOMIC_SEQ_CST);
}

int fsync(int fd)
{
	keep(fd);
	return 0;
}

int fdatasync(int fd)
{
	keep(fd);
	return 0;
}

static void forget(void)
{
	static const char *const ends[] = { "world.db", "world.db-wal", "world.db-shm", "world.db.lock",
					    "world.db-journal" };
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		char path[512];
		snprintf(path, sizeof path, "%s/%s", disk, ends[i]);
		unlink(path);
	}
	rmdir(disk);
}

/* How many of the rows the machine finds; -1 when the file is not whole. It
 * looks at a copy: the other machine goes on. */
static int64_t after_the_cut(void)
{
	struct world found = { .kind = DB_SQLITE };
	const char *why = "";
	char *machine = strdup(disk), path[512];
	static const char *const ends[] = { "world.db", "world.db-wal" };
	snprintf(disk, sizeof disk, "/tmp/maillage-power.XXXXXX");
	assert_non_null(mkdtemp(disk));
	for (size_t i = 0; i < 2; i++) {
		snprintf(path, sizeof path, "%s/%s", machine, ends[i]);
		int from = open(path, O_RDONLY | O_CLOEXEC);
		snprintf(path, sizeof path, "%s/%s", disk, ends[i]);
		if (from >= 0)
			copy(from, path);
		close(from);
	}
	snprintf(path, sizeof path, "%s/world.db", disk);
	bool was = dropping;
	dropping = true;
	struct db_options o = { .url = path };
	assert_int_equal(db_open(&o, &found.app.db, &why), OK);
	found.c = world_ctx(&found);
	const char *whole = cast_text(&found, "SELECT integrity_check AS value FROM pragma_integrity_check");
	int64_t n = strcmp(whole, "ok") == 0 ? cast_number(&found, "SELECT COUNT(*) AS value FROM chore")
					     : -1;
	talloc_free(found.c);
	db_close(found.app.db);
	dropping = was;
	forget();
	snprintf(disk, sizeof disk, "%s", machine);
	free(machine);
	return n;
}

static struct world *start(community_id *place)
{
	snprintf(disk, sizeof disk, "/tmp/maillage-power.XXXXXX");
	assert_non_null(mkdtemp(disk));
	struct world *w = world_open(DB_SQLITE);
	*place = cast_community(w, "Le Lieu", "place");
	return w;
}

static void write_one(struct world *w, community_id place, int i)
{
	cast_run(w,
		 "INSERT INTO chore (pub, community, on_day, what) VALUES ('%026d', %lld, 1, 'Balayer %d')",
		 i, (long long)place.v, i);
}

static void finish(struct world *w)
{
	world_close(w);
	forget();
	*disk = 0;
}

static void test_acknowledged_writes_are_there(void **state)
{
	(void)state;
	community_id place;
	struct world *w = start(&place);
	for (int i = 1; i <= WRITES; i++) {
		write_one(w, place, i);
		if (i % 17 == 0 || i == WRITES)
			assert_int_equal(after_the_cut(), i);
	}
	assert_true(__atomic_load_n(&synced, __ATOMIC_SEQ_CST) >= WRITES);
	finish(w);
}

/* The test itself: where nothing is synced, something is lost. */
static void test_a_lost_sync_is_seen(void **state)
{
	(void)state;
	community_id place;
	struct world *w = start(&place);
	write_one(w, place, 1);
	dropping = true;
	write_one(w, place, 2);
	dropping = false;
	assert_int_equal(after_the_cut(), 1);
	finish(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_acknowledged_writes_are_there),
		cmocka_unit_test(test_a_lost_sync_is_seen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
