/* metrics.h - what the server counts about itself, for /metrics in the text
 * format of Prometheus. Counting is one relaxed atomic add. */
#ifndef MAILLAGE_METRICS_H
#define MAILLAGE_METRICS_H

#include <stdint.h>

#include "base/buf.h"
#include "platform/http.h"

/* name, kind, what it means. A new figure is one more row here. */
#define METRICS(X)                                                                                           \
	X(CONNECTIONS, "maillage_connections", "gauge", "Open connections of clients")                       \
	X(IN_FLIGHT, "maillage_requests_in_flight", "gauge", "Requests begun and not ended")                 \
	X(QUEUE, "maillage_worker_queue", "gauge", "Requests waiting for a worker")                          \
	X(REFUSED, "maillage_requests_refused_total", "counter", "Requests refused before they were read")   \
	X(BUSY, "maillage_requests_busy_total", "counter", "Requests refused as there was no room")          \
	X(CUT, "maillage_requests_cut_total", "counter", "Requests that ended before their answer was sent") \
	X(SLOW, "maillage_connections_slow_total", "counter",                                                \
	  "Connections closed as the client was too slow")                                                   \
	X(STATEMENTS, "maillage_db_statements_total", "counter", "Statements run, reads and writes")          \
	X(KEPT, "maillage_pages_kept_total", "counter", "Pages answered from memory to who is signed in")     \
	X(WRITES, "maillage_db_writes_total", "counter", "Write transactions committed")                     \
	X(WRITE_GROUPS, "maillage_db_write_groups_total", "counter", "Commits to SQLite, each of one or more writes")      \
	X(DB_QUEUE, "maillage_db_write_queue", "gauge", "Writes waiting for the writer")                     \
	X(DB_BUSY, "maillage_db_busy_total", "counter", "Writes refused as the queue was full")              \
	X(DB_ERRORS, "maillage_db_errors_total", "counter", "Errors the database gave")

enum metric {
#define METRIC_ENUM_(id, name, kind, help) METRIC_##id,
	METRICS(METRIC_ENUM_)
#undef METRIC_ENUM_
		METRIC_COUNT
};

void metric_add(enum metric m, int64_t n); /* gauges go down with a negative n */
int64_t metric_get(enum metric m);
/* One request answered, `us` microseconds after it had arrived whole. */
void metric_request(enum http_method method, int status, int64_t us);
/* Everything, with the process's memory, descriptors and processor time. */
void metrics_write(struct buf *b);

#endif
