/* A backup put back, or a server killed in the middle, brings nobody back. */
#include "base/test.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "audit/audit.h"
#include "browse.h"
#include "people/personal_data.h"
#include "platform/erasures.h"

/* Beside the world's own files; it goes with the test. */
static void keep_list(struct world *w)
{
	static int n;
	const char *why = "", *path = fmt(w->c, "/tmp/maillage-again-%ld-%d", (long)getpid(), ++n);
	if (erasures_open(path, true, &w->app.erasures, &why) != OK)
		fail_msg("%s", why);
	unlink(path); /* open, it lives on without a name */
}

static void end_list(struct world *w)
{
	erasures_close(w->app.erasures);
	w->app.erasures = NULL;
}

static rc erase(struct ctx *c, void *arg)
{
	return person_erase(c, *(person_id *)arg);
}

static rc again(struct ctx *c, void *arg)
{
	return persons_erase_again(c, arg);
}

static rc audit_is_whole(struct ctx *c, void *arg)
{
	int64_t chains, rows;
	return audit_verify(c, &chains, &rows, arg);
}

static int64_t named(struct world *w)
{
	return cast_number(w, "SELECT COUNT(*) AS value FROM person WHERE name = 'Zoé Canari'");
}

/* As an older backup has her. */
static void bring_back(struct world *w, person_id p)
{
	cast_run(
		w,
		"UPDATE person SET name = 'Zoé Canari', email = 'z@example.org', email_key = 'z@example.org', "
		"erased_at = NULL WHERE id = %lld",
		(long long)p.v);
}

static void an_older_database_is_brought_to_the_list(void **state)
{
	struct world *w = *state;
	person_id zoe = cast_person(w, "Zoé Canari", "z@example.org"),
		  malo = cast_person(w, "Malo", "m@example.org");
	int64_t n = -1;
	const char *broken = NULL;
	keep_list(w);
	assert_int_equal(db_write(w->c, erase, &zoe), OK);
	assert_int_equal(erasures_count(w->app.erasures), 1);
	bring_back(w, zoe);
	/* There, she alone manages something: she is gone all the same. */
	cast_member(w, zoe, cast_community(w, "Cardamine", "cae"), "staff", ROLE_MANAGER);
	assert_int_equal(db_write(w->c, again, &n), OK);
	assert_int_equal(n, 1);
	assert_int_equal(named(w), 0);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM audit WHERE action = 'account.erase'"),
			 2);
	assert_int_equal(cast_number(w,
				     "SELECT COUNT(*) AS value FROM person WHERE id = %lld AND name = 'Malo'",
				     (long long)malo.v),
			 1);
	assert_int_equal(db_write(w->c, again, &n), OK);
	assert_int_equal(n, 0);
	assert_int_equal(db_read(w->c, audit_is_whole, &broken), OK);
	assert_null(broken);
	end_list(w);
}

/* A list that is newer than the erasures of the database learns them. */
static void a_new_list_learns_who_was_erased(void **state)
{
	struct world *w = *state;
	person_id zoe = cast_person(w, "Zoé Canari", "z@example.org");
	int64_t n = -1;
	assert_int_equal(db_write(w->c, erase, &zoe), OK);
	keep_list(w);
	assert_int_equal(db_write(w->c, again, &n), OK);
	assert_int_equal(n, 0);
	assert_int_equal(erasures_count(w->app.erasures), 1);
	bring_back(w, zoe);
	assert_int_equal(db_write(w->c, again, &n), OK);
	assert_int_equal(n, 1);
	end_list(w);
}

static void who_is_refused_is_not_listed(void **state)
{
	struct world *w = *state;
	person_id zoe = cast_person(w, "Zoé Canari", "z@example.org");
	keep_list(w);
	cast_member(w, zoe, cast_community(w, "Cardamine", "cae"), "staff", ROLE_MANAGER);
	assert_int_equal(db_write(w->c, erase, &zoe), E_CONFLICT);
	assert_int_equal(erasures_count(w->app.erasures), 0);
	end_list(w);
}

static rc erase_and_die(struct ctx *c, void *arg)
{
	TRY(person_erase(c, *(person_id *)arg));
	kill(getpid(), SIGKILL);
	return OK;
}

/* This program started anew, on the same database, dies between the line and the commit. */
static int die_erasing(char **argv)
{
	const char *why;
	struct app app = { 0 };
	struct db_options o = { .url = argv[2] };
	struct ctx c = { .mem = talloc_new(NULL), .app = &app, .now = { WORLD_NOW }, .request_id = "dies" };
	person_id person = { strtoll(argv[4], NULL, 10) };
	if (db_open(&o, &app.db, &why) != OK || erasures_open(argv[3], true, &app.erasures, &why) != OK)
		return 1;
	return db_write(&c, erase_and_die, &person) == OK ? 2 : 3;
}

static void a_kill_in_between_loses_no_erasure(void **state)
{
	struct world *w = *state;
	person_id zoe = cast_person(w, "Zoé Canari", "z@example.org");
	const char *why, *path = fmt(w->c, "/tmp/maillage-kill-%ld", (long)getpid());
	int64_t n = -1;
	int status;
	pid_t child = fork();
	if (child == 0) {
		execl("/proc/self/exe", "dies", "--die", w->url, path, fmt(w->c, "%lld", (long long)zoe.v),
		      NULL);
		_exit(1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	assert_int_equal(named(w), 1);
	/* What the server does when it starts again. */
	assert_int_equal(erasures_open(path, true, &w->app.erasures, &why), OK);
	assert_int_equal(db_write(w->c, again, &n), OK);
	assert_int_equal(n, 1);
	assert_int_equal(named(w), 0);
	unlink(path);
	end_list(w);
}

int main(int argc, char **argv)
{
	if (argc == 5)
		return die_erasing(argv);
	const struct CMUnitTest tests[] = {
		BOTH(an_older_database_is_brought_to_the_list),
		BOTH(a_new_list_learns_who_was_erased),
		BOTH(who_is_refused_is_not_listed),
		BOTH(a_kill_in_between_loses_no_erasure),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
