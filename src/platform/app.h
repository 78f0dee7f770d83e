/* app.h - what the process has one of. Made by app/serve, by each command and
 * by the test harness; lives as long as the process. */
#ifndef MAILLAGE_APP_H
#define MAILLAGE_APP_H

#include <stdbool.h>

#include "base/types.h"

struct db;
struct site;
struct config;
struct cache;
struct kept;
struct jobs;
struct attempts;
struct visits;
struct country_cache;
struct erasures;

struct app {
	struct db *db;
	const struct site *site;	/* routes and hooks (app/wiring.c) */
	const struct config *config;
	struct cache *cache;		/* public pages */
	struct kept *kept;		/* pages of who is signed in; NULL: made each time */
	struct jobs *jobs;		/* NULL: no background work (commands, tests) */
	struct attempts *attempts;	/* passwords and letters (people/attempts.h); NULL: no limit */
	struct visits *visits;		/* sessions in use (people/visits.h); NULL: not noted */
	struct country_cache *country;	/* the communes (observatory/country.h); NULL: read each time */
	struct erasures *erasures;	/* who was erased (platform/erasures.h); NULL: not kept */
	instant (*clock)(const struct app *app);
	const char *site_name;
	const char *public_url;		/* no slash at the end */
	bool is_demo;			/* the data is made up, and pages say so */
	volatile bool stopping;
};

#endif
