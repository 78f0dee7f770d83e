/* who_sees_test.c - domain.md, "Who sees what of a person's use of a place":
 * canaries in each field, looked for in every answer that each audience can
 * get from every GET route, as page and as JSON. */
#include "base/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/civil.h"
#include "bridges/exchange_sql.h"
#include "exchange_cast.h"
#include "platform/route.h"
#include "spaces/booking.h"
#include "spaces/booking_sql.h"

#define NAME	 "CANARINOM"
#define PURPOSE	 "CANARIHEURES"
#define INCIDENT "CANARIINCIDENT"
#define INSURER	 "CANARIASSUREUR"
#define PUPIL	 "CANARIELEVE"
#define REASON	 "CANARIMOTIF"
/* What she used, and cancelled too late, as text and as JSON. Others come there too: no
 * total is hers alone. */
#define USED	   "91,613"
#define USED_N	   "91613"
#define LATE	   "72,817"
#define LATE_N	   "72817"
#define OTHERS	   6
#define QUANTITIES USED, USED_N, LATE, LATE_N

struct scene {
	struct exchange_cast x;
	person_id yanis, host, neighbour, advisor, coordinator, stranger;
	membership_id membership;
	booking_id booking, late, others[OTHERS];
	workshop_id workshop;
};

static rc happened(struct ctx *c, booking_id id, int status)
{
	struct booking_row b;
	TRY(booking_by_id(c, id, &b));
	return exchange_sink.happened(c, &b, status, false);
}

static rc play(struct ctx *c, void *arg)
{
	struct scene *s = arg;
	TRY(happened(c, s->booking, BOOKING_STATUS_PRESENT));
	TRY(happened(c, s->late, BOOKING_STATUS_CANCELLED));
	for (int i = 0; i < OTHERS; i++)
		TRY(happened(c, s->others[i], BOOKING_STATUS_PRESENT));
	return counterpart_post(c, s->workshop);
}

static void book(struct world *w, struct scene *s)
{
	s->booking = cast_booking(w, &s->x, 0, s->yanis, s->membership, day_of(2026, 11, 19), 91613);
	s->late = cast_booking(w, &s->x, 0, s->yanis, s->membership, day_of(2026, 11, 20), 72817);
	cast_run(w, "UPDATE booking SET purpose = '" PURPOSE "', status = 'present' WHERE id = %lld",
		 (long long)s->booking.v);
	cast_run(w, "UPDATE booking SET status = 'cancelled', late_at = %d WHERE id = %lld",
		 WORLD_NOW - 500000, (long long)s->late.v);
	cast_run(w, "UPDATE convention_version SET late = 'counts'");
	for (int i = 0; i < OTHERS; i++) {
		person_id p = cast_person(w, "Quelqu’un", fmt(w->c, "o%d@example.org", i));
		s->others[i] = cast_booking(w, &s->x, 0, p, cast_member(w, p, s->x.cae, "cape", ROLE_MEMBER),
					    day_of(2026, 11, 12), 1000);
		cast_run(w, "UPDATE booking SET status = 'present' WHERE id = %lld",
			 (long long)s->others[i].v);
	}
}

static void contest(struct world *w, const struct scene *s, booking_id b)
{
	cast_run(w,
		 "INSERT INTO contest (pub, booking, person, reason, state, created_at) "
		 "VALUES ('%s', %lld, %lld, '" REASON "', 'open', %d)",
		 cast_new_pub(w), (long long)b.v, (long long)s->yanis.v, WORLD_NOW - 1000);
}

static void stage(struct world *w, struct scene *s)
{
	cast_exchange(w, &s->x, 1000, "counts");
	s->yanis = cast_person(w, NAME, "yanis@example.org");
	s->membership = cast_member(w, s->yanis, s->x.cae, "cape", ROLE_MEMBER);
	s->host = cast_person(w, "Malo", "malo@example.org");
	cast_member(w, s->host, s->x.places[0], "staff", ROLE_HOST | ROLE_MANAGER);
	s->advisor = cast_person(w, "Sophie", "sophie@example.org");
	cast_member(w, s->advisor, s->x.cae, "staff",
		    ROLE_ADVISOR | ROLE_MANAGER | ROLE_SIGNATORY | ROLE_ACCOUNTANT);
	s->coordinator = cast_person(w, "Lucie", "lucie@example.org");
	cast_member(w, s->coordinator, s->x.runner, "staff", ROLE_COORDINATOR | ROLE_MANAGER);
	s->stranger = cast_person(w, "Paul", "paul@example.org");
	cast_member(w, s->stranger, cast_community(w, "Tuffeau", "cae"), "staff",
		    ROLE_ADVISOR | ROLE_MANAGER);
	s->neighbour = cast_person(w, "Joanna", "joanna@example.org");
	cast_member(w, s->neighbour, s->x.places[2], "staff", ROLE_HOST | ROLE_MANAGER | ROLE_SIGNATORY);
	book(w, s);
	cast_run(w,
		 "INSERT INTO incident (pub, community, booking, sender, what, at, recorded_by) "
		 "VALUES ('%s', %lld, %lld, %lld, '" INCIDENT "', 0, %lld)",
		 cast_new_pub(w), (long long)s->x.places[0].v, (long long)s->booking.v, (long long)s->x.cae.v,
		 (long long)s->host.v);
	contest(w, s, s->booking);
	contest(w, s, s->late);
	cast_run(w, "UPDATE party SET insurer = '" INSURER "' WHERE convention = %lld",
		 (long long)s->x.convention.v);
	s->workshop = cast_workshop(w, &s->x, 0, 3);
	cast_run(w, "INSERT INTO workshop_counterpart (workshop, convention) VALUES (%lld, %lld)",
		 (long long)s->workshop.v, (long long)s->x.convention.v);
	cast_attend(w, s->workshop, s->x.places[1], 4, "present");
	cast_run(w, "UPDATE person SET name = '" PUPIL "' WHERE id = (SELECT MAX(person) FROM enrolment)");
	assert_int_equal(db_write(w->c, play, s), OK);
}

/* The public id that stands for a :param, or one that nothing has. */
static const char *pub_for(struct world *w, const struct scene *s, const char *param, size_t len)
{
	const struct {
		const char *param, *table;
		int64_t id;
	} all[] = {
		{ "convention", "convention", s->x.convention.v },
		{ "known", "convention", s->x.convention.v },
		{ "followed", "convention", s->x.convention.v },
		{ "agreement", "convention", s->x.convention.v },
		{ "grant", "grant_rule", s->x.grant.v },
		{ "party", "party", 1 },
		{ "membership", "membership", s->membership.v },
		{ "place", "community", s->x.places[0].v },
		{ "community", "community", s->x.cae.v },
		{ "space", "space", s->x.spaces[0].v },
		{ "booking", "booking", s->booking.v },
		{ "workshop", "workshop", s->workshop.v },
		{ "entry", "ledger_entry", 1 },
		{ "version", "convention_version", s->x.version.v },
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (strlen(all[i].param) == len && memcmp(all[i].param, param, len) == 0)
			return cast_pub(w, all[i].table, all[i].id);
	return "00000000000000000000000000";
}

static const char *path_of(struct world *w, const struct scene *s, const char *pattern)
{
	char *out = talloc_strdup(w->c->mem, "");
	while (*pattern) {
		size_t n = strcspn(pattern, ":");
		out = talloc_strndup_append(out, pattern, n);
		pattern += n;
		if (*pattern != ':')
			break;
		n = strcspn(++pattern, "/.");
		out = talloc_strdup_append(out, pub_for(w, s, pattern, n));
		pattern += n;
	}
	return out;
}

/* Where a community's staff rightly reads who its people are: not what they use. */
static bool is_register(const char *path)
{
	return strstr(path, "people") || strncmp(path, "/communities", 12) == 0 || strstr(path, "account") ||
	       strstr(path, "invitations") || strstr(path, "memberships");
}

struct watcher {
	const char *who;
	const char *hidden[10];		/* found nowhere */
	const char *unless_register[2]; /* found in registers of people only */
};

static const char *text_of_pdf(struct world *w, const struct browse *b)
{
	char file[] = "/tmp/who-sees-XXXXXX";
	int fd = mkstemp(file);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, b->resp.body, b->resp.len), (ssize_t)b->resp.len);
	close(fd);
	FILE *p = popen(fmt(w->c, "pdftotext %s -", file), "r");
	assert_non_null(p);
	char *text = talloc_zero_size(w->c->mem, 65536);
	size_t n = fread(text, 1, 65535, p);
	pclose(p);
	unlink(file);
	assert_true(n > 20);
	return text;
}

static void look(struct world *w, struct browse *b, const struct watcher *a, const char *path, bool api)
{
	int status = api ? browse_api(b, HTTP_GET, path, NULL) : browse_get(b, path);
	const char *body = b->body ? b->body : "";
	if (status == 200 && strstr(path, ".pdf"))
		body = text_of_pdf(w, b);
	if (status >= 500)
		fail_msg("%s: %s%s answers %d", a->who, api ? "/api/v1" : "", path, status);
	for (size_t i = 0; i < sizeof a->hidden / sizeof *a->hidden && a->hidden[i]; i++)
		if (strstr(body, a->hidden[i]))
			fail_msg("%s finds %s in %s%s", a->who, a->hidden[i], api ? "/api/v1" : "", path);
	for (size_t i = 0; i < 2 && a->unless_register[i]; i++)
		if (!is_register(path) && strstr(body, a->unless_register[i]))
			fail_msg("%s finds %s in %s%s", a->who, a->unless_register[i], api ? "/api/v1" : "",
				 path);
}

static void look_everywhere(struct world *w, const struct scene *s, person_id who, const struct watcher *a)
{
	struct browse *b = browse_new(w);
	if (who.v)
		browse_sign_in(b, who);
	for (size_t i = 0; i < w->app.site->n_routes; i++) {
		const struct route *r = &w->app.site->routes[i];
		if (r->method != HTTP_GET || strstr(r->path, "/language"))
			continue;
		const char *path = path_of(w, s, r->path);
		if (!(r->flags & R_API_ONLY))
			look(w, b, a, path, false);
		if (!(r->flags & R_NO_API))
			look(w, b, a, path, true);
	}
	browse_free(b);
}

static void test_nobody_else_knows(void **state)
{
	struct world *w = *state;
	struct scene s;
	stage(w, &s);
	const struct watcher everybody = { "the public",
					   { NAME, PURPOSE, INCIDENT, PUPIL, INSURER, REASON, QUANTITIES },
					   { NULL } };
	const struct watcher other = { "another cooperative",
				       { NAME, PURPOSE, INCIDENT, PUPIL, INSURER, REASON, QUANTITIES },
				       { NULL } };
	const struct watcher coordinator = { "the coordinator",
					     { NAME, PURPOSE, INCIDENT, PUPIL, REASON, QUANTITIES },
					     { NULL } };
	const struct watcher neighbour = { "another place of the convention",
					   { NAME, PURPOSE, INCIDENT, PUPIL, REASON, QUANTITIES },
					   { NULL } };
	const struct watcher cae = { "her cooperative", { PURPOSE, REASON, QUANTITIES }, { NAME } };
	look_everywhere(w, &s, (person_id){ 0 }, &everybody);
	look_everywhere(w, &s, s.stranger, &other);
	look_everywhere(w, &s, s.coordinator, &coordinator);
	look_everywhere(w, &s, s.neighbour, &neighbour);
	look_everywhere(w, &s, s.advisor, &cae);
}

/* What was cancelled too late is called so, and found by that word. */
static void late_is_a_word(struct browse *host, const char *list)
{
	assert_int_equal(browse_get(host, fmt(host->w->c, "%s?kind=late_cancellation", list)), 200);
	assert_true(browse_has(host, LATE) && !browse_has(host, USED));
	assert_true(browse_has(host, "Annulation tardive, décomptée"));
	assert_int_equal(browse_get(host, fmt(host->w->c, "%s.csv?kind=no_show", list)), 200);
	assert_false(browse_has(host, "late_cancellation"));
	assert_int_equal(browse_get(host, fmt(host->w->c, "%s.csv", list)), 200);
	assert_true(browse_has(host, ";late_cancellation;"));
}

static void let_see(struct world *w, const struct scene *s, bool yes)
{
	const char *word = w->kind == DB_SQLITE ? (yes ? "1" : "0") : (yes ? "true" : "false");
	cast_run(w, "UPDATE membership SET shares_use = %s WHERE id = %lld", word,
		 (long long)s->membership.v);
}

/* What she contests: how many by month for her cooperative; her days when she shows them, until she does not. */
static void contested_in_turns(struct world *w, const struct scene *s, struct browse *cae,
			       struct browse *host)
{
	const char *at = fmt(w->c, "/conventions/%s/contests", cast_pub(w, "convention", s->x.convention.v));
	assert_int_equal(browse_get(cae, at), 200);
	assert_true(browse_has(cae, "2 présences contestées"));
	assert_false(browse_has(cae, NAME));
	assert_int_equal(browse_get(cae, fmt(w->c, "%s.csv?state=open&sort=most", at)), 200);
	assert_true(browse_has(cae, "2026-11;"));
	assert_false(browse_has(cae, "2026-11-"));
	assert_int_equal(browse_api(cae, HTTP_GET, at, NULL), 200);
	assert_false(browse_has(cae, "2026-11-19"));
	let_see(w, s, true);
	assert_int_equal(browse_get(cae, fmt(w->c, "%s.csv", at)), 200);
	assert_true(browse_has(cae, "2026-11-19;") && browse_has(cae, "2026-11-20;") &&
		    browse_has(cae, NAME));
	assert_false(browse_has(cae, REASON));
	/* The place learns nothing here that it does not know; another's names are not its own. */
	assert_int_equal(browse_get(host, fmt(w->c, "%s.csv", at)), 200);
	assert_true(browse_has(host, "2026-11;"));
	assert_int_equal(browse_get(host, "/host/contests"), 200);
	assert_true(browse_has(host, REASON));
	let_see(w, s, false);
	assert_int_equal(browse_get(cae, fmt(w->c, "%s.csv?sort=oldest", at)), 200);
	assert_false(browse_has(cae, NAME));
	const char *elsewhere = cast_pub(w, "community", s->x.places[2].v);
	assert_int_equal(browse_get(cae, fmt(w->c, "%s?with=%s", at, elsewhere)), 200);
	assert_true(browse_has(cae, "Aucune présence contestée"));
	assert_int_equal(browse_get(cae, fmt(w->c, "%s?state=accepted", at)), 200);
	assert_true(browse_has(cae, "Aucune présence contestée"));
	assert_int_equal(browse_get(cae, fmt(w->c, "%s?with=nobody", at)), 404);
	/* Answered, it stays in the list with its state. */
	cast_run(w, "UPDATE contest SET state = 'rejected' WHERE booking = %lld", (long long)s->late.v);
	assert_int_equal(browse_get(cae, fmt(w->c, "%s.csv", at)), 200);
	assert_true(browse_has(cae, ";1;") && !browse_has(cae, ";2;"));
	assert_int_equal(browse_get(cae, fmt(w->c, "%s?state=rejected", at)), 200);
	assert_true(browse_has(cae, "1 présence contestée"));
}

/* She who runs the convention reads what is owed among the others, not by her network. */
static void test_the_runner_owes_nothing(void **state)
{
	struct world *w = *state;
	struct scene s;
	stage(w, &s);
	const char *statement = fmt(w->c, "/conventions/%s/statement",
				    cast_pub(w, "convention", s.x.convention.v));
	struct browse *b = browse_new(w);
	browse_sign_in(b, s.coordinator);
	assert_int_equal(browse_get(b, statement), 200);
	assert_true(browse_has(b, "aux lieux"));
	assert_false(browse_has(b, " doit "));
	assert_int_equal(
		browse_api(b, HTTP_GET, fmt(w->c, "%s?from=2026-11-30&to=2026-10-01", statement), NULL), 422);
	assert_true(browse_has(b, "\"errors\":[{\"field\":\"to\",\"type\":\"statement.wrong_end\""));
	browse_free(b);
}

/* What each may see is there: a test that finds nothing anywhere proves nothing. */
static void test_those_who_may_do(void **state)
{
	struct world *w = *state;
	struct scene s;
	stage(w, &s);
	const char *list = fmt(w->c, "/conventions/%s/exchanges",
			       cast_pub(w, "convention", s.x.convention.v));
	const char *statement = fmt(w->c, "/conventions/%s/statement?from=2026-11-01&to=2026-11-30",
				    cast_pub(w, "convention", s.x.convention.v));
	struct browse *host = browse_new(w), *cae = browse_new(w);
	browse_sign_in(host, s.host);
	browse_sign_in(cae, s.advisor);
	assert_int_equal(browse_get(host, list), 200);
	assert_true(browse_has(host, NAME));
	assert_true(browse_has(host, USED));
	assert_true(browse_has(host, LATE));
	late_is_a_word(host, list);
	assert_int_equal(browse_get(host, statement), 200);
	assert_false(browse_has(host, NAME));
	struct browse *herself = browse_new(w);
	browse_sign_in(herself, s.yanis);
	assert_int_equal(browse_get(herself, fmt(w->c, "/bookings/%s", cast_pub(w, "booking", s.booking.v))),
			 200);
	assert_true(browse_has(herself, USED));
	browse_free(herself);
	/* Neither whose nor which day, for the cooperative: totals that are of several. */
	assert_int_equal(browse_api(cae, HTTP_GET, list, NULL), 200);
	assert_false(browse_has(cae, "2026-11-19"));
	assert_true(browse_has(cae, "170430"));
	assert_int_equal(browse_api(cae, HTTP_GET,
				    fmt(w->c, "/conventions/%s/statement?from=2026-11-19&to=2026-11-19",
					cast_pub(w, "convention", s.x.convention.v)),
				    NULL),
			 200);
	assert_true(browse_has(cae, "\"from\":\"2026-11-01\""));
	assert_false(browse_has(cae, "2026-11-19"));
	/* She opts in, then out. */
	let_see(w, &s, true);
	assert_int_equal(browse_get(cae, list), 200);
	assert_true(browse_has(cae, NAME));
	let_see(w, &s, false);
	assert_int_equal(browse_get(cae, list), 200);
	assert_false(browse_has(cae, NAME));
	contested_in_turns(w, &s, cae, host);
	/* The host forgets when the time that the version says is over: six months after November. */
	w->c->now = local_to_utc(day_of(2027, 5, 31), (minute){ 600 }, NULL);
	browse_sign_in(host, s.host);
	assert_int_equal(browse_get(host, list), 200);
	assert_true(browse_has(host, NAME));
	w->c->now = local_to_utc(day_of(2027, 6, 1), (minute){ 600 }, NULL);
	browse_sign_in(host, s.host);
	assert_int_equal(browse_get(host, list), 200);
	assert_false(browse_has(host, NAME));
	browse_free(host);
	browse_free(cae);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_nobody_else_knows),
		BOTH(test_those_who_may_do),
		BOTH(test_the_runner_owes_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
