/* app.h - what the process has one of. Made by app/serve, by each command and
 * by the test harness; lives as long as the process. */
#ifndef MAILLAGE_APP_H
#define MAILLAGE_APP_H

struct db;

struct app {
	struct db *db;
};

#endif
