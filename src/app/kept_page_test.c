/* The host's day, kept in memory: always what would be made anew, but for the keys of its forms. */
#include "base/test.h"

#include <stdlib.h>

#include "base/pubid.h"
#include "people/session.h"
#include "people/visits.h"
#include "platform/kept.h"
#include "platform/metrics.h"
#include "platform/out.h"
#include "platform/session_cookie.h"
#include "program.h"
#include "space_cast.h"

#define STEPS	 80
#define MOST	 4000 /* keys */
#define KEY_SIZE sizeof((pubid *)NULL)->s
#define DAY	 "/host/day"

static char keys[MOST][KEY_SIZE];
static int n_keys;

struct stage {
	struct space_cast *k;
	struct browse *host;
	struct world beside; /* the same database, as another process has it open */
};

static void open_stage(struct world *w, struct stage *s)
{
	const char *why;
	*s = (struct stage){ .k = space_cast(w), .beside = { .kind = w->kind } };
	s->host = cast_host(w, s->k);
	assert_int_equal(db_open(&(struct db_options){ .url = w->url }, &s->beside.app.db, &why), OK);
	s->beside.c = world_ctx(&s->beside);
	n_keys = 0;
}

static void close_stage(struct stage *s)
{
	talloc_free(s->beside.c);
	db_close(s->beside.app.db);
	browse_free(s->host);
}

/* The page; its keys are noted, each of them new, and left out. */
static char *see(struct browse *b, const char *path)
{
	assert_int_equal(browse_get(b, path), 200);
	char *body = talloc_strdup(b->w->c, b->body);
	for (char *at = body; (at = strstr(at, OUT_KEY_HEAD));) {
		at += strlen(OUT_KEY_HEAD);
		assert_true(n_keys < MOST);
		for (int i = 0; i < n_keys; i++)
			assert_memory_not_equal(keys[i], at, KEY_SIZE - 1);
		memcpy(keys[n_keys++], at, KEY_SIZE - 1);
		memset(at, 'k', KEY_SIZE - 1);
	}
	return body;
}

static char *see_anew(struct browse *b, const char *path)
{
	struct kept *kept = b->w->app.kept;
	b->w->app.kept = NULL;
	char *body = see(b, path);
	b->w->app.kept = kept;
	return body;
}

/* Did it come from memory? */
static bool is_kept(struct browse *b, const char *path)
{
	int64_t before = metric_get(METRIC_KEPT);
	assert_string_equal(see(b, path), see_anew(b, path));
	return metric_get(METRIC_KEPT) > before;
}

/* Then it does: on PostgreSQL a commit in another database of the cluster is one too. */
static bool comes_kept(struct browse *b, const char *path)
{
	for (int i = 0; i < 200; i++)
		if (is_kept(b, path))
			return true;
	return false;
}

static void book_today(struct world *w, const struct stage *s, int from, int to, struct booking_row *out)
{
	struct stay stay;
	if (cast_stay(w->c, s->k, &s->k->desks, 0, from, to, 1, &stay) == OK)
		(void)!cast_book(w, s->k, &stay, "public", out);
}

/* ---- whatever is done, by whomever ---- */

static void host_posts(struct stage *s, const char *verb)
{
	struct world *w = s->host->w;
	const char *pub = cast_text(w,
				    "SELECT pub AS value FROM booking ORDER BY (id * 7) %% 11, id LIMIT 1");
	(void)browse_post(s->host, fmt(w->c, "/bookings/%s/%s", pub, verb), "");
	(void)browse_get(s->host, DAY); /* what was done is said once */
}

static void do_something(struct world *w, struct stage *s, int step)
{
	static const char *const verbs[] = { "arrive", "leave", "undo-leave", "undo-arrive", "no-show" };
	struct booking_row row;
	int n = rand() % 10;
	switch (n) {
	case 0: book_today(w, s, 600 + rand() % 12 * 30, 1020, &row); break;
	case 1: cast_run(w, "UPDATE booking SET purpose = 'But %d' WHERE id = 1", step); break;
	case 2:
		cast_run(&s->beside, "UPDATE person SET name = 'Inès %d' WHERE id = %lld", step,
			 (long long)s->k->ines.v);
		break;
	case 3: cast_run(&s->beside, "UPDATE space SET name = 'Bureaux %d' WHERE id = 1", step); break;
	case 4:
		(void)browse_post(s->host, "/host/chores", fmt(w->c, "what=Faire+%d", step));
		(void)browse_get(s->host, DAY);
		break;
	case 5:
	case 6: host_posts(s, verbs[rand() % 5]); break;
	case 7: w->c->now.v += rand() % 90; break;
	case 8:
		(void)browse_get(s->host, step % 2 ? "/language?to=en&back=/" : "/language?to=fr&back=/");
		break;
	default: break;
	}
}

static void is_never_an_old_page(void **state)
{
	struct world *w = *state;
	struct stage s;
	struct booking_row row;
	int hits = 0;
	open_stage(w, &s);
	srand(20);
	book_today(w, &s, 600, 720, &row);
	for (int step = 0; step < STEPS; step++) {
		static const char *const paths[] = { DAY, DAY "?q=ines", DAY "?who=ines",
						     DAY "?day=2026-11-25" };
		do_something(w, &s, step);
		hits += is_kept(s.host, paths[step % 4]);
		hits += is_kept(s.host, paths[rand() % 4]);
	}
	assert_in_range(hits, 1, 2 * STEPS - 30);
	close_stage(&s);
}

/* ---- whose it is ---- */

static void is_hers_until_she_leaves(void **state)
{
	struct world *w = *state;
	struct stage s;
	open_stage(w, &s);
	struct browse *twin = cast_host(w, s.k), *ines = browse_new(w), *visitor = browse_new(w),
		      *thief = browse_new(w);
	browse_sign_in(ines, s.k->ines);
	(void)see(s.host, DAY);
	assert_true(comes_kept(s.host, DAY));
	/* The same person elsewhere has a page with a token of her own. */
	const char *token = talloc_strdup(w->c, browse_csrf(s.host));
	assert_false(is_kept(twin, DAY));
	assert_true(comes_kept(twin, DAY));
	assert_null(strstr(see(twin, DAY), token));
	assert_non_null(strstr(see(s.host, DAY), token));
	assert_int_equal(browse_get(ines, DAY), 403);
	assert_int_equal(browse_get(visitor, DAY), 303);
	assert_int_equal(browse_api(s.host, HTTP_GET, DAY, NULL), 200);
	assert_non_null(strstr(browse_header(s.host, "Content-Type"), "json"));
	/* The cookie of a session that ended gives nothing. */
	thief->cookies[thief->n_cookies++] = (struct http_header){
		COOKIE_SESSION, talloc_strdup(thief, browse_cookie(s.host, COOKIE_SESSION))
	};
	assert_true(comes_kept(thief, DAY));
	assert_int_equal(browse_post(s.host, "/sign-out", ""), 303);
	assert_int_equal(browse_get(thief, DAY), 303);
	/* Nor does one that the operator ended, from beside the server. */
	assert_true(comes_kept(twin, DAY));
	const struct said *r = run_program("user", "sign-out", "malo@example.org", "--db", w->url, NULL);
	assert_int_equal(r->status, 0);
	assert_int_equal(browse_get(twin, DAY), 303);
	struct browse *again = cast_host(w, s.k);
	(void)see(again, DAY);
	assert_true(comes_kept(again, DAY));
	cast_run(&s.beside, "UPDATE membership SET roles = %d WHERE person = %lld", ROLE_MEMBER,
		 (long long)s.k->host.v);
	assert_int_equal(browse_get(again, DAY), 403);
	browse_free(twin);
	browse_free(ines);
	browse_free(visitor);
	browse_free(thief);
	browse_free(again);
	close_stage(&s);
}

/* ---- its forms ---- */

static char *arrive_form(struct stage *s, const struct booking_row *row)
{
	struct ctx *c = s->host->w->c;
	int64_t before;
	int tries = 0;
	do {
		before = metric_get(METRIC_KEPT);
		assert_int_equal(browse_get(s->host, DAY), 200);
	} while (metric_get(METRIC_KEPT) == before && ++tries < 200);
	assert_int_equal(metric_get(METRIC_KEPT), before + 1);
	const char *form = strstr(s->host->body, fmt(c, "/bookings/%s/arrive", row->pub.s));
	assert_non_null(form);
	const char *token = strstr(form, "name=\"_csrf\" value=\""), *key = strstr(form, OUT_KEY_HEAD);
	token += strlen("name=\"_csrf\" value=\"");
	key += strlen(OUT_KEY_HEAD);
	return fmt(c, "_csrf=%.*s&_idempotency=%.*s", (int)strcspn(token, "\""), token,
		   (int)strcspn(key, "\""), key);
}

static const char *status_of(struct world *w, const struct booking_row *row)
{
	return cast_text(w, "SELECT status AS value FROM booking WHERE id = %lld", (long long)row->id.v);
}

static void has_forms_that_work(void **state)
{
	struct world *w = *state;
	struct stage s;
	struct booking_row row = { .id = { 0 } };
	open_stage(w, &s);
	book_today(w, &s, 600, 720, &row);
	const char *path = fmt(w->c, "/bookings/%s/arrive", row.pub.s);
	for (int i = 0; i < 2; i++) {
		(void)see(s.host, DAY);
		const char *form = arrive_form(&s, &row);
		assert_int_equal(browse_post_raw(s.host, path, form, NULL), 303);
		assert_string_equal(status_of(w, &row), "present");
		/* Sent twice, it is done once; what was said is not said by a kept page. */
		assert_true(browse_cookie(s.host, COOKIE_TOAST) != NULL);
		assert_int_equal(browse_post_raw(s.host, path, form, NULL), 303);
		(void)see(s.host, DAY);
		assert_null(browse_cookie(s.host, COOKIE_TOAST));
		assert_false(is_kept(s.host, DAY));
		assert_true(comes_kept(s.host, DAY));
		assert_int_equal(browse_post(s.host, fmt(w->c, "/bookings/%s/undo-arrive", row.pub.s), ""),
				 303);
		assert_string_equal(status_of(w, &row), "confirmed");
		(void)see(s.host, DAY);
	}
	close_stage(&s);
}

/* ---- its time ---- */

static void lasts_its_minute(void **state)
{
	struct world *w = *state;
	struct stage s;
	struct booking_row row;
	open_stage(w, &s);
	book_today(w, &s, 600, 720, &row);
	w->c->now.v += 14 * 60 + 5;
	assert_false(is_kept(s.host, DAY));
	char *before = see(s.host, DAY);
	assert_null(strstr(before, "is-late"));
	w->c->now.v += 54; /* the last second of the minute */
	assert_true(comes_kept(s.host, DAY));
	w->c->now.v += 1;
	assert_false(is_kept(s.host, DAY));
	assert_non_null(strstr(see(s.host, DAY), "is-late"));
	/* A clock set back is another time too. */
	w->c->now.v -= 30;
	assert_false(is_kept(s.host, DAY));
	assert_string_equal(see(s.host, DAY), before);
	close_stage(&s);
}

/* A request that nobody answered lapses at its second: the page says so from the next minute on, kept or not. */
static void counts_what_lapses_by_the_minute(void **state)
{
	struct world *w = *state;
	struct stage s;
	struct booking_row row;
	open_stage(w, &s);
	book_today(w, &s, 840, 960, &row);
	cast_run(w, "UPDATE booking SET status = 'requested', expires_at = %lld",
		 (long long)w->c->now.v + 90);
	w->c->now.v += 61;
	char *before = see(s.host, DAY);
	w->c->now.v += 58;
	assert_true(comes_kept(s.host, DAY));
	w->c->now.v += 1;
	char *after = see(s.host, DAY);
	assert_string_not_equal(before, after);
	close_stage(&s);
}

static void ends_with_the_session(void **state)
{
	struct world *w = *state;
	struct stage s;
	open_stage(w, &s);
	w->app.visits = visits_new();
	cast_run(w, "UPDATE session SET expires_at = %lld", (long long)w->c->now.v + 30);
	(void)see(s.host, DAY);
	w->c->now.v += 29;
	assert_true(comes_kept(s.host, DAY));
	w->c->now.v += 1;
	assert_int_equal(browse_get(s.host, DAY), 303);
	/* Within the hour she was seen; from its end on it is noted, as on any page. */
	cast_run(w, "UPDATE session SET expires_at = %lld, seen_at = %lld", (long long)w->c->now.v + 90000,
		 (long long)w->c->now.v - 3580);
	(void)see(s.host, DAY);
	w->c->now.v += 19;
	assert_true(comes_kept(s.host, DAY));
	w->c->now.v += 1;
	assert_false(is_kept(s.host, DAY));
	assert_int_equal(visits_write(w->c), OK);
	assert_int_equal(cast_number(w, "SELECT seen_at AS value FROM session"), w->c->now.v);
	visits_free(w->app.visits);
	w->app.visits = NULL;
	close_stage(&s);
}

/* ---- its room ---- */

static void little_is_kept(void **state)
{
	struct world *w = *state;
	struct stage s;
	open_stage(w, &s);
	kept_free(w->app.kept);
	size_t len = strlen(see_anew(s.host, DAY));
	w->app.kept = kept_new(len * 5);
	for (int i = 0; i < 6; i++)
		(void)see(s.host, fmt(w->c, DAY "?q=%d", i));
	assert_true(comes_kept(s.host, DAY "?q=5"));
	assert_false(is_kept(s.host, DAY "?q=0")); /* the oldest went */
	kept_free(w->app.kept);
	w->app.kept = kept_new(len * 3); /* no page takes more than a quarter */
	assert_false(is_kept(s.host, DAY));
	assert_false(is_kept(s.host, DAY));
	close_stage(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(is_never_an_old_page),
		BOTH(is_hers_until_she_leaves),
		BOTH(has_forms_that_work),
		BOTH(lasts_its_minute),
		BOTH(counts_what_lapses_by_the_minute),
		BOTH(ends_with_the_session),
		BOTH(little_is_kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
