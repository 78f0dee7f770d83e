#include "pg_cluster.h"

#include <fcntl.h>
#include <libpq-fe.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void die(const char *what, const char *detail)
{
	fprintf(stderr, "pg_cluster: %s: %s\n", what, detail);
	exit(1);
}

/* with-pg.sh runs `cat` on a pipe whose other end is ours: when this process is
 * gone, cat ends and the server is stopped. */
static void start_private(char *url, size_t size)
{
	int answer[2], life[2];
	if (pipe2(answer, O_CLOEXEC) || pipe2(life, O_CLOEXEC))
		die("pipe", "refused");
	pid_t child = fork();
	if (child == 0) {
		dup2(life[0], 0);
		dup2(answer[1], 1);
		execl("tests/with-pg.sh", "with-pg.sh", "sh", "-c",
		      "echo \"$MAILLAGE_TEST_PG\"; exec cat >&2", (char *)NULL);
		perror("tests/with-pg.sh (run tests from the root of the tree)");
		_exit(127);
	}
	close(answer[1]);
	close(life[0]);
	FILE *f = fdopen(answer[0], "r");
	if (child < 0 || !f || !fgets(url, (int)size, f))
		die("tests/with-pg.sh", "no server");
	url[strcspn(url, "\n")] = '\0';
	fclose(f);
}

const char *pg_cluster_url(void)
{
	static char url[512];
	const char *given = getenv("MAILLAGE_TEST_PG");
	if (given && *given)
		return given;
	if (!*url)
		start_private(url, sizeof url);
	return url;
}

char *pg_cluster_url_of(const char *database)
{
	const char *url = pg_cluster_url();
	const char *authority = strstr(url, "://");
	const char *path = authority ? strchr(authority + 3, '/') : NULL;
	char *other = NULL;
	if (!path ||
	    asprintf(&other, "%.*s/%s%s", (int)(path - url), url, database, path + strcspn(path, "?")) < 0)
		die(url, "not a postgresql:// address with a database");
	return other;
}

static PGresult *run(const char *sql)
{
	static PGconn *h;
	if (!h) {
		h = PQconnectdb(pg_cluster_url());
		PQclear(PQexec(h, "SET client_min_messages = warning"));
	}
	PGresult *res = PQexec(h, sql);
	ExecStatusType status = PQresultStatus(res);
	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
		die(sql, PQerrorMessage(h));
	return res;
}

void pg_cluster_run(const char *format, ...)
{
	char sql[1024];
	va_list ap;
	va_start(ap, format);
	vsnprintf(sql, sizeof sql, format, ap);
	va_end(ap);
	PQclear(run(sql));
}

bool pg_cluster_has(const char *database)
{
	char sql[256];
	snprintf(sql, sizeof sql, "SELECT 1 FROM pg_database WHERE datname = '%s'", database);
	PGresult *res = run(sql);
	bool has = PQntuples(res) == 1;
	PQclear(res);
	return has;
}
