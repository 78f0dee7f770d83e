#include "platform/metrics.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#ifndef MAILLAGE_VERSION
#define MAILLAGE_VERSION "unknown"
#endif

static const struct {
	const char *name, *kind, *help;
} rows[] = {
#define METRIC_ROW_(id, name_, kind_, help_) { name_, kind_, help_ },
	METRICS(METRIC_ROW_)
#undef METRIC_ROW_
};

static const char *const methods[] = { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "other" };
#define N_METHODS 7
#define N_CLASSES 6 /* 1xx to 5xx; [0] unused */

/* Upper bounds in microseconds; the last bucket has none. */
static const int64_t bounds_us[] = { 100,   250,    500,    1000,   2500,    5000,    10000,   25000,
				     50000, 100000, 250000, 500000, 1000000, 2500000, 10000000 };
#define N_BOUNDS (sizeof(bounds_us) / sizeof(*bounds_us))

static _Atomic int64_t values[METRIC_COUNT];
static _Atomic int64_t requests[N_METHODS][N_CLASSES];
static _Atomic int64_t durations[N_BOUNDS + 1];
static _Atomic int64_t duration_sum_us;

void metric_add(enum metric m, int64_t n)
{
	atomic_fetch_add_explicit(&values[m], n, memory_order_relaxed);
}

int64_t metric_get(enum metric m)
{
	return atomic_load_explicit(&values[m], memory_order_relaxed);
}

void metric_request(enum http_method method, int status, int64_t us)
{
	int hundreds = status / 100;
	size_t i = 0;

	if (hundreds < 1 || hundreds >= N_CLASSES)
		hundreds = 5;
	while (i < N_BOUNDS && us > bounds_us[i])
		i++;
	atomic_fetch_add_explicit(&requests[method][hundreds], 1, memory_order_relaxed);
	atomic_fetch_add_explicit(&durations[i], 1, memory_order_relaxed);
	atomic_fetch_add_explicit(&duration_sum_us, us, memory_order_relaxed);
}

static void heading(struct buf *b, const char *name, const char *kind, const char *help)
{
	buf_fmt(b, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind);
}

static void one(struct buf *b, const char *name, const char *kind, const char *help, int64_t value)
{
	heading(b, name, kind, help);
	buf_fmt(b, "%s %" PRId64 "\n", name, value);
}

static void write_requests(struct buf *b)
{
	static const char name[] = "maillage_requests_total";

	heading(b, name, "counter", "Requests answered, by method and class of status");
	for (int m = 0; m < N_METHODS; m++) {
		for (int hundreds = 1; hundreds < N_CLASSES; hundreds++) {
			int64_t n = atomic_load(&requests[m][hundreds]);

			if (n)
				buf_fmt(b, "%s{method=\"%s\",status=\"%dxx\"} %" PRId64 "\n", name,
					methods[m], hundreds, n);
		}
	}
}

static void write_durations(struct buf *b)
{
	static const char name[] = "maillage_request_duration_seconds";
	int64_t sum_us = atomic_load(&duration_sum_us), n = 0;

	heading(b, name, "histogram", "From the whole request to its answer");
	for (size_t i = 0; i < N_BOUNDS; i++) {
		n += atomic_load(&durations[i]);
		buf_fmt(b, "%s_bucket{le=\"%g\"} %" PRId64 "\n", name, (double)bounds_us[i] / 1e6, n);
	}
	n += atomic_load(&durations[N_BOUNDS]);
	buf_fmt(b, "%s_bucket{le=\"+Inf\"} %" PRId64 "\n", name, n);
	buf_fmt(b, "%s_sum %" PRId64 ".%06" PRId64 "\n", name, sum_us / 1000000, sum_us % 1000000);
	buf_fmt(b, "%s_count %" PRId64 "\n", name, n);
}

static int64_t resident_bytes(void)
{
	long size, resident = 0;
	FILE *f = fopen("/proc/self/statm", "re");

	if (!f)
		return 0;
	if (fscanf(f, "%ld %ld", &size, &resident) != 2)
		resident = 0;
	fclose(f);
	return (int64_t)resident * sysconf(_SC_PAGESIZE);
}

static int64_t open_files(void)
{
	DIR *dir = opendir("/proc/self/fd");
	int64_t n = -3; /* ".", ".." and the folder itself */

	if (!dir)
		return 0;
	while (readdir(dir))
		n++;
	closedir(dir);
	return n;
}

static void write_process(struct buf *b)
{
	struct rlimit files = { 0 };
	struct rusage use = { 0 };
	int64_t us;

	one(b, "process_resident_memory_bytes", "gauge", "Memory in use", resident_bytes());
	one(b, "process_open_fds", "gauge", "Open file descriptors", open_files());
	getrlimit(RLIMIT_NOFILE, &files);
	one(b, "process_max_fds", "gauge", "Most file descriptors allowed", (int64_t)files.rlim_cur);
	getrusage(RUSAGE_SELF, &use);
	us = (use.ru_utime.tv_sec + use.ru_stime.tv_sec) * 1000000 + use.ru_utime.tv_usec +
	     use.ru_stime.tv_usec;
	heading(b, "process_cpu_seconds_total", "counter", "Processor time used");
	buf_fmt(b, "process_cpu_seconds_total %" PRId64 ".%06" PRId64 "\n", us / 1000000, us % 1000000);
}

void metrics_write(struct buf *b)
{
	heading(b, "maillage_build_info", "gauge", "The version that runs");
	buf_fmt(b, "maillage_build_info{version=\"%s\"} 1\n", MAILLAGE_VERSION);
	write_requests(b);
	write_durations(b);
	for (int m = 0; m < METRIC_COUNT; m++)
		one(b, rows[m].name, rows[m].kind, rows[m].help, atomic_load(&values[m]));
	write_process(b);
}
