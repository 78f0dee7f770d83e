#include "base/test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <talloc.h>
#include <unistd.h>

#include "platform/app.h"
#include "platform/db.h"
#include "platform/log.h"
#include "platform/metrics.h"

static struct buf b;

/* The value of a line that begins with `name` and a blank; -1 when there is none. */
static double value_of(const char *name)
{
	char want[200], *at;

	talloc_free(b.s);
	buf_init(&b, NULL, 0);
	metrics_write(&b);
	snprintf(want, sizeof(want), "\n%s ", name);
	at = strstr(b.s, want);
	return at ? strtod(at + strlen(want), NULL) : -1;
}

static void counts_requests(void **state)
{
	(void)state;
	assert_true(value_of("maillage_requests_total{method=\"GET\",status=\"2xx\"}") == -1);
	metric_request(HTTP_GET, 200, 90);
	metric_request(HTTP_GET, 204, 250);
	metric_request(HTTP_OTHER, 405, 251);
	metric_request(HTTP_POST, 503, 30000000);
	assert_true(value_of("maillage_requests_total{method=\"GET\",status=\"2xx\"}") == 2);
	assert_true(value_of("maillage_requests_total{method=\"other\",status=\"4xx\"}") == 1);
	assert_true(value_of("maillage_requests_total{method=\"POST\",status=\"5xx\"}") == 1);
	assert_true(value_of("maillage_request_duration_seconds_bucket{le=\"0.0001\"}") == 1);
	assert_true(value_of("maillage_request_duration_seconds_bucket{le=\"0.00025\"}") == 2);
	assert_true(value_of("maillage_request_duration_seconds_bucket{le=\"0.0005\"}") == 3);
	assert_true(value_of("maillage_request_duration_seconds_bucket{le=\"10\"}") == 3);
	assert_true(value_of("maillage_request_duration_seconds_bucket{le=\"+Inf\"}") == 4);
	assert_true(value_of("maillage_request_duration_seconds_count") == 4);
	assert_true(value_of("maillage_request_duration_seconds_sum") > 30.0005);
}

static void counts_by_the_table(void **state)
{
	(void)state;
	metric_add(METRIC_WRITES, 3);
	metric_add(METRIC_IN_FLIGHT, 2);
	metric_add(METRIC_IN_FLIGHT, -1);
	assert_true(value_of("maillage_db_writes_total") == 3);
	assert_true(value_of("maillage_requests_in_flight") == 1);
	assert_int_equal(metric_get(METRIC_IN_FLIGHT), 1);
	assert_non_null(strstr(b.s, "# TYPE maillage_db_writes_total counter\n"));
	assert_non_null(strstr(b.s, "maillage_build_info{version="));
}

static rc write_nothing(struct ctx *c, void *arg)
{
	(void)c;
	return arg ? E_CONFLICT : OK;
}

static rc write_nonsense(struct ctx *c, void *arg)
{
	(void)arg;
	return db_script(c, "nonsense");
}

static void counts_what_the_database_does(void **state)
{
	char dir[] = "/tmp/maillage-metrics-XXXXXX", path[64];
	struct app app = { .db = NULL };
	struct ctx c = { .mem = talloc_new(NULL), .app = &app };
	int64_t writes = metric_get(METRIC_WRITES);
	int64_t groups = metric_get(METRIC_WRITE_GROUPS);
	int64_t errors = metric_get(METRIC_DB_ERRORS);
	const char *why;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/a.db", dir);
	const struct db_options o = { .url = path, .create = true, .readers = 1, .queue = 10 };

	log_set_level(LEVEL_OFF);
	assert_int_equal(db_open(&o, &app.db, &why), OK);
	assert_int_equal(db_write(&c, write_nothing, NULL), OK);
	assert_int_equal(db_write(&c, write_nothing, &c), E_CONFLICT);
	assert_int_not_equal(db_write(&c, write_nonsense, NULL), OK);
	assert_int_equal(metric_get(METRIC_WRITES), writes + 1);
	assert_true(metric_get(METRIC_WRITE_GROUPS) > groups);
	assert_true(metric_get(METRIC_DB_ERRORS) > errors);
	assert_int_equal(metric_get(METRIC_DB_QUEUE), 0);
	db_close(app.db);
	talloc_free(c.mem);
	unlink(path);
	rmdir(dir);
}

static void tells_of_the_process(void **state)
{
	double before = value_of("process_open_fds");
	int fd = open("/dev/null", O_RDONLY);

	(void)state;
	assert_true(before >= 3);
	assert_true(value_of("process_open_fds") == before + 1);
	close(fd);
	assert_true(value_of("process_resident_memory_bytes") > 100000);
	assert_true(value_of("process_max_fds") >= before);
	assert_true(value_of("process_cpu_seconds_total") >= 0);
}

/* Each line is a comment or "name{labels} number"; each name has its HELP and TYPE once. */
static void is_well_formed(void **state)
{
	int helps = 0, types = 0;

	(void)state;
	value_of("");
	for (char *line = strtok(b.s, "\n"); line; line = strtok(NULL, "\n")) {
		char *blank = strrchr(line, ' '), *end;

		assert_non_null(blank);
		helps += strncmp(line, "# HELP ", 7) == 0;
		types += strncmp(line, "# TYPE ", 7) == 0;
		if (line[0] == '#')
			continue;
		strtod(blank + 1, &end);
		assert_int_equal(*end, 0);
	}
	assert_int_equal(helps, types);
	assert_int_equal(helps, METRIC_COUNT + 7);
}

static int teardown(void **state)
{
	(void)state;
	talloc_free(b.s);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_requests),
		cmocka_unit_test(counts_by_the_table),
		cmocka_unit_test(counts_what_the_database_does),
		cmocka_unit_test(tells_of_the_process),
		cmocka_unit_test(is_well_formed),
	};

	return cmocka_run_group_tests(tests, NULL, teardown);
}
