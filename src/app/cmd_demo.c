/* cmd_demo.c - `maillage demo`: a new database with an invented world in it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/cli_db.h"
#include "app/demo.h"
#include "app/wiring.h"
#include "base/civil.h"
#include "platform/erasures.h"

struct wish {
	uint64_t seed;
	int64_t scale; /* bookings more, in the years before */
	day today;     /* NONE: the day of the clock */
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct wish *w = state->input;
	char *end = NULL;
	if (key == 's') {
		w->seed = strtoull(arg, &end, 10);
		if (!*arg || *end)
			argp_error(state, "--seed takes a number");
	} else if (key == 'n') {
		w->scale = strtoll(arg, &end, 10);
		if (!*arg || *end || w->scale < 0)
			argp_error(state, "--scale takes a number of bookings");
	} else if (key == 't') {
		if (day_parse(arg, &w->today) != OK)
			argp_error(state, "--today takes a date, as in 2026-11-24");
	} else {
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

/* The same world has the same people: who was erased from the last one lives in this one. */
static void put_list_away(struct cli *cli)
{
	const char *path = erasures_path(cli->mem, &cli->config);
	if (path && !cli->config.erasures)
		(void)rename(path, talloc_asprintf(cli->mem, "%s.old", path));
}

static int fill(struct cli *cli, struct cli_db *d, const struct wish *w)
{
	int have, want, applied;
	minute m;
	int code = cli_db_version(cli, d, &have, &want);
	if (code != CLI_OK)
		return code;
	if (have > 0)
		return cli_fail(cli, CLI_FOUND, "there is a database already; nothing was changed");
	code = cli_db_migrate(cli, d, &applied);
	if (code != CLI_OK)
		return code;
	day today = w->today;
	if (is_none(today))
		utc_to_local(d->ctx.now, NULL, &today, &m);
	/* In the middle of a morning: the same world whatever the hour. */
	d->ctx.now = local_to_utc(today, (minute){ 10 * 60 + 40 }, NULL);
	return demo_fill(&d->ctx, w->seed, w->scale) == OK ? CLI_OK : cli_failure(cli, &d->ctx);
}

int cmd_demo(struct cli *cli, int argc, char **argv)
{
	static const struct argp_option options[] = {
		{ "seed", 's', "N", 0, "Another world than usual; the same N, the same world", 0 },
		{ "scale", 'n', "N", 0, "N bookings more, in the years before: for measures", 0 },
		{ "today", 't', "YYYY-MM-DD", 0, "The day on which the world stands; without it, today", 0 },
		{ 0 }
	};
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.doc = "Make a new database and fill it with an invented world."
		       "\vExit status: 0 made; 1 there is one already, nothing was changed; "
		       "3 it cannot be made; 4 the configuration is wrong."
	};
	struct wish w = { .seed = DEMO_SEED, .today = { NONE } };
	struct cli_db d;
	cli_parse(cli, &argp, argc, argv, &w);
	int code = cli_db_open(cli, CLI_DB_CREATE | CLI_DB_ALONE | CLI_DB_ANY_VERSION | CLI_DB_REMADE, &d);
	if (code != CLI_OK)
		return code;
	code = fill(cli, &d, &w);
	if (code == CLI_OK)
		put_list_away(cli);
	cli_db_close(&d);
	if (code == CLI_OK)
		printf("The demo is ready. Sign in as ines, malo, sophie, claire, lucie or camille (the operator)\n"
		       "@demo.example, all with the password: %s\n",
		       DEMO_PASSWORD);
	return code;
}
