/* pg_cluster.h - a PostgreSQL for tests: the one that MAILLAGE_TEST_PG names, or
 * a private one that tests/with-pg.sh starts for this process and that ends with
 * it, however it ends. */
#ifndef MAILLAGE_PG_CLUSTER_H
#define MAILLAGE_PG_CLUSTER_H

#include <stdbool.h>

/* The address of its database "postgres". Ends the program when there is none. */
const char *pg_cluster_url(void);

/* The address of another database of the same server; malloc'd. */
char *pg_cluster_url_of(const char *database);

/* Run one command on the database "postgres"; ends the program on an error. */
void pg_cluster_run(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Is there a database of that name? */
bool pg_cluster_has(const char *database);

#endif
