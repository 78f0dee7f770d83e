#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/cli.h"
#include "app/jobs_table.h"
#include "app/serve.h"
#include "app/wiring.h"
#include "base/civil.h"
#include "observatory/country.h"
#include "people/attempts.h"
#include "people/personal_data.h"
#include "people/visits.h"
#include "platform/cache.h"
#include "platform/child.h"
#include "platform/db.h"
#include "platform/erasures.h"
#include "platform/http.h"
#include "platform/jobs.h"
#include "platform/kept.h"
#include "platform/log.h"
#include "platform/migrate.h"
#include "platform/render.h"
#include "platform/setting_sql.h"

#define STOP_SECONDS 30
#define CACHE_BYTES  (16u << 20)
#define KEPT_BYTES   (4u << 20)
#define LARGE_BLOCK  (256 << 10)

static instant wall_clock(const struct app *app)
{
	(void)app;
	return (instant){ (int64_t)time(NULL) };
}

static void app_init(struct app *app, const struct config *cfg)
{
	*app = (struct app){
		.clock = wall_clock,
		.config = cfg,
		.site_name = cfg->site_name,
		.public_url = cfg->public_url,
	};
	zone_home(cfg->time_zone);
	wire(app);
}

static void handle(void *arg, struct http_req *r, struct http_resp *p)
{
	route_handle(arg, r, p);
}

static bool ready(void *arg, struct http_req *r, struct http_resp *p)
{
	return route_ready(arg, r, p);
}

static bool may_ask(void *arg, const struct http_req *r)
{
	return route_may_ask(arg, r);
}

static bool ask(void *arg, struct http_req *r, struct http_resp *p)
{
	return route_ask(arg, r, p);
}

static bool is_quick(void *arg, const struct http_req *r)
{
	return route_is_quick(arg, r);
}

static bool is_long(void *arg, const struct http_req *r)
{
	return route_is_long(arg, r);
}

static size_t body_limit(void *arg, const struct http_req *r)
{
	return route_body_limit(arg, r);
}

static void refuse(void *arg, struct http_req *r, rc why, const char *detail, struct http_resp *p)
{
	route_refuse(arg, r, why, detail, p);
}

/* The data must be this program's: another version is never touched. */
static rc check_version(struct ctx *c, void *arg)
{
	const char *url = arg;
	const char *demo;
	int have, want;
	TRY(migrate_status(c, &have, &want));
	if (have == want && migrate_check(c) == OK)
		return setting_get(c, "demo", &demo, &c->app->is_demo);
	if (have == want) {
		fprintf(stderr, "maillage: %s\n", failure_text(c, &c->failure));
		return E_CONFLICT;
	}
	fprintf(stderr, "maillage: the database is at version %d, this program needs %d.\n", have, want);
	if (!have)
		fprintf(stderr,
			"It holds nothing of Maillage's. A new one is made with: maillage init --db PATH\n");
	else if (have < want)
		fprintf(stderr, "Upgrade it with: maillage migrate --db %s\n", url);
	else
		fputs("It was written by a newer maillage: use that one.\n", stderr);
	return E_CONFLICT;
}

static rc erase_again(struct ctx *c, void *arg)
{
	return persons_erase_again(c, arg);
}

/* What a crash, or a backup put back by hand, left undone. */
static int open_erasures(struct app *app, const struct config *cfg)
{
	const char *why = "it cannot be written";
	int64_t n = 0;
	TALLOC_CTX *mem = talloc_new(NULL);
	struct ctx c = { .mem = mem, .app = app, .now = wall_clock(app), .request_id = "start" };
	const char *path = erasures_path(mem, cfg);
	rc code = path ? erasures_open(path, true, &app->erasures, &why) : OK;
	if (code == OK)
		code = db_write(&c, erase_again, &n);
	if (code != OK)
		fprintf(stderr, "maillage: the list of erasures: %s\n", why);
	else if (!path)
		log_warn("database.erasures is not set: a backup put back brings erased people back");
	else if (n)
		log_warn("erased again", KV("persons", n));
	talloc_free(mem);
	return code == OK ? 0 : CLI_INPUT;
}

static int open_database(struct app *app, const struct config *cfg)
{
	const char *why = "unknown";
	struct db_options o = { .url = cfg->database,
				.readers = (int)cfg->database_readers,
				.queue = (int)cfg->queue };
	TALLOC_CTX *mem = talloc_new(NULL);
	struct ctx c = { .mem = mem, .app = app, .lang = LANG_EN, .now = wall_clock(app) };
	int status = 0;
	if (db_open(&o, &app->db, &why) != OK || db_claim(app->db, CLAIM_SERVE, &why) != OK) {
		fprintf(stderr, "maillage: %s\n", why);
		status = CLI_DATABASE;
	} else if (db_read(&c, check_version, (void *)(uintptr_t)config_database_name(mem, cfg->database)) !=
		   OK) {
		status = CLI_DATABASE;
	}
	talloc_free(mem);
	return status;
}

static struct http_config http_settings(struct app *app, const struct config *cfg)
{
	return (struct http_config){
		.listen = cfg->listen,
		.threads = (int)cfg->threads,
		.workers = (int)cfg->workers,
		/* More at once would end no sooner, and each takes memory. */
		.readers = 2 * (int)sysconf(_SC_NPROCESSORS_ONLN),
		.queue = (int)cfg->queue,
		.max_connections = (int)cfg->max_connections,
		.idle_seconds = (int)cfg->idle_seconds,
		.request_seconds = (int)cfg->request_seconds,
		.trusted_proxy = cfg->trusted_proxy,
		.body_limit = body_limit,
		.ready = ready,
		.may_ask = may_ask,
		.ask = ask,
		.is_quick = is_quick,
		.is_long = is_long,
		.handle = handle,
		.refuse = refuse,
		.arg = app,
	};
}

static void wait_for_signal(void)
{
	sigset_t set;
	int sig;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigwait(&set, &sig);
}

static void block_signals(void)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
}

/* What a large answer took goes back to the system when it is sent: by itself the
 * allocator would keep as much as the largest ever took, once for each of many threads. */
static void keep_little(void)
{
	mallopt(M_MMAP_THRESHOLD, LARGE_BLOCK);
	mallopt(M_TRIM_THRESHOLD, LARGE_BLOCK);
	mallopt(M_ARENA_MAX, 2 * (int)sysconf(_SC_NPROCESSORS_ONLN));
}

int serve(const struct config *cfg)
{
	struct app app;
	struct http_server *server;
	const char *why = "unknown";
	keep_little();
	app_init(&app, cfg);
	block_signals();
	child_enable("/proc/self/exe");
	int status = open_database(&app, cfg);
	if (!status)
		status = open_erasures(&app, cfg);
	if (status)
		return status;
	app.cache = cache_new(CACHE_BYTES);
	app.kept = kept_new(KEPT_BYTES);
	app.attempts = attempts_new();
	app.visits = visits_new();
	app.country = country_cache_new();
	struct http_config h = http_settings(&app, cfg);
	log_together(true);
	if (http_start(&h, &server, &why) != OK) {
		log_together(false);
		fprintf(stderr, "maillage: %s: %s\n", cfg->listen, why);
		return CLI_INPUT;
	}
	app.jobs = jobs_start(&app, the_jobs, n_the_jobs);
	log_info("serving", KV("listen", cfg->listen), KV("port", http_port(server)));
	wait_for_signal();
	app.stopping = true;
	log_info("stopping", KV("reason", "signal"));
	int cut = http_stop(server, STOP_SECONDS);
	jobs_stop(app.jobs);
	db_close(app.db);
	erasures_close(app.erasures);
	cache_free(app.cache);
	kept_free(app.kept);
	attempts_free(app.attempts);
	visits_free(app.visits);
	country_cache_free(app.country);
	log_info("stopped", KV("cut", cut));
	log_together(false);
	return cut ? CLI_FOUND : 0;
}
