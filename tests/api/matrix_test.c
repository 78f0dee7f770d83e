/* Who may do what: every row of the table of routes, asked by every role, of
 * objects of her own community and of another's, as a page, as JSON with her
 * cookie, and with tokens. What is expected is worked out here, from the row
 * and from who owns what, not by the router. A refusal commits nothing. */
#include "base/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "app/routes.h"
#include "base/civil.h"
#include "base/hash.h"
#include "base/pubid.h"
#include "base/secret.h"
#include "browse.h"
#include "exchange_cast.h"
#include "import_cast.h"
#include "platform/session_cookie.h"

#define ANY_ROLE (ROLE_HOST | ROLE_MANAGER)

/* ---- who ---- */

struct player {
	const char *name;
	unsigned roles;
	bool member, operator;
	person_id person;
	membership_id membership;
	const char *token[2]; /* reads only, may write */
	struct browse *b;
};

static const struct player cast[] = { { .name = "visitor" }, { .name = "newcomer" },
				      { .name = "member", .member = true, .roles = ROLE_MEMBER },
				      { .name = "host", .member = true, .roles = ROLE_HOST },
				      { .name = "advisor", .member = true, .roles = ROLE_ADVISOR },
				      { .name = "accountant", .member = true, .roles = ROLE_ACCOUNTANT },
				      { .name = "manager", .member = true, .roles = ROLE_MANAGER },
				      { .name = "signatory", .member = true, .roles = ROLE_SIGNATORY },
				      { .name = "coordinator", .member = true, .roles = ROLE_COORDINATOR },
				      {
					      .name = "operator",
					      .operator= true },
};
#define PLAYERS (sizeof cast / sizeof *cast)

/* ---- what ---- */

enum side { OURS, THEIRS };

/* A :param, the SQL that finds one in a community (%lld), who may know that it
 * exists: anybody; who acts there with one of `roles`; or whose it is alone. */
struct object {
	const char *param, *sql;
	enum { KNOWN, INSIDE, PERSONAL } kind;
	unsigned roles;
};
static const struct object objects[] = {
	{ "place", "SELECT pub AS value FROM community WHERE id = %lld", KNOWN, 0 },
	{ "community", "SELECT pub AS value FROM community WHERE id = %lld", KNOWN, 0 },
	{ "space", "SELECT pub AS value FROM space WHERE community = %lld", KNOWN, 0 },
	{ "workshop", "SELECT pub AS value FROM workshop WHERE organiser = %lld", KNOWN, 0 },
	{ "held", "SELECT pub AS value FROM workshop WHERE place = %lld", KNOWN, 0 },
	{ "booking", "SELECT pub AS value FROM booking WHERE community = %lld", INSIDE, ANY_ROLE },
	{ "enrolment",
	  "SELECT e.pub AS value FROM enrolment e JOIN workshop w ON w.id = e.workshop WHERE w.place = %lld",
	  INSIDE, ANY_ROLE },
	{ "link", "SELECT pub AS value FROM link WHERE from_community = %lld", KNOWN, 0 },
	{ "convention", "SELECT MIN(pub) AS value FROM convention WHERE runner = %lld", INSIDE, 127 },
	{ "agreement", "SELECT MIN(pub) AS value FROM convention WHERE runner = %lld", INSIDE, 127 },
	{ "known", "SELECT MIN(pub) AS value FROM convention WHERE runner = %lld", INSIDE, 127 },
	{ "followed", "SELECT MIN(pub) AS value FROM convention WHERE runner = %lld", INSIDE, 127 },
	{ "party",
	  "SELECT MIN(p.pub) AS value FROM party p JOIN convention c ON c.id = p.convention WHERE c.runner = %lld",
	  INSIDE, 127 },
	{ "grant",
	  "SELECT MIN(g.pub) AS value FROM grant_rule g JOIN convention_version v ON v.id = g.version "
	  "JOIN convention c ON c.id = v.convention WHERE c.runner = %lld",
	  INSIDE, 127 },
	{ "version",
	  "SELECT MIN(v.pub) AS value FROM convention_version v JOIN convention c ON c.id = v.convention "
	  "WHERE c.runner = %lld",
	  KNOWN, 0 },
	{ "entry", "SELECT MIN(pub) AS value FROM ledger_entry WHERE from_account = %lld", KNOWN, 0 },
	{ "membership",
	  "SELECT MIN(pub) AS value FROM membership WHERE community = %lld AND status = 'resident'", INSIDE,
	  ROLE_ADVISOR | ROLE_MANAGER },
	{ "invitation", "SELECT MIN(pub) AS value FROM invitation WHERE community = %lld", INSIDE,
	  ROLE_ADVISOR | ROLE_MANAGER },
	{ "fiche", "SELECT pub AS value FROM fiche WHERE community = %lld", KNOWN, 0 },
	{ "actor", "SELECT pub AS value FROM actor WHERE steward = %lld", KNOWN, 0 },
	{ "photo", "SELECT pub AS value FROM photo WHERE community = %lld", INSIDE, ROLE_MANAGER },
	{ "image",
	  "SELECT i.pub AS value FROM photo_image i JOIN photo p ON p.id = i.photo WHERE p.community = %lld",
	  KNOWN, 0 },
	{ "report", "SELECT pub AS value FROM correction WHERE community = %lld", INSIDE, ROLE_MANAGER },
	{ "orphan",
	  "SELECT MAX(pub) AS value FROM correction WHERE id = (SELECT MAX(id) FROM correction) AND %lld > 0",
	  KNOWN, 0 }, /* nobody looks after theirs */
	{ "unkept", "SELECT MIN(pub) AS value FROM community WHERE id = %lld AND id < 0", PERSONAL, 0 },
	{ "account", "SELECT MIN(pub) AS value FROM person WHERE name = 'Victime' AND %lld > 0", KNOWN, 0 },
	{ "letter", "SELECT MIN(pub) AS value FROM mail WHERE %lld > 0", KNOWN, 0 },
	{ "run", "SELECT MIN(pub) AS value FROM import_run WHERE %lld > 0", KNOWN, 0 },
	{ "arrival", "SELECT MIN(pub) AS value FROM import_row WHERE %lld > 0", KNOWN, 0 },
	{ "sheet", "SELECT MIN(pub) AS value FROM import_sheet WHERE %lld > 0", KNOWN, 0 },
	{ "merge", "SELECT MIN(pub) AS value FROM community_merge WHERE %lld > 0", KNOWN, 0 },
	{ "one", "SELECT pub AS value FROM community WHERE id = %lld", KNOWN, 0 },
	{ "other", "SELECT MIN(pub) AS value FROM community WHERE id <> %lld", KNOWN, 0 },
	{ "session", "SELECT pub AS value FROM session WHERE agent = 'of %lld'", PERSONAL, 0 },
	{ "token", "SELECT pub AS value FROM api_token WHERE name = 'of %lld'", PERSONAL, 0 },
	{ "mine", "SELECT MIN(pub) AS value FROM membership WHERE community = %lld AND status = 'resident'",
	  PERSONAL, 0 },
};

struct play {
	struct world *w;
	community_id side[2];
	struct player players[PLAYERS];
	const char *pub[sizeof objects / sizeof *objects][2];
	size_t asked, refused, wrong, unknown;
};

static const struct object *object_of(const char *param, size_t len)
{
	for (size_t i = 0; i < sizeof objects / sizeof *objects; i++)
		if (strlen(objects[i].param) == len && strncmp(objects[i].param, param, len) == 0)
			return &objects[i];
	return NULL;
}

static const struct object *object_in(const struct route *r)
{
	const char *p = strchr(r->path, ':');
	return p ? object_of(p + 1, strcspn(p + 1, "/.")) : NULL;
}

/* "/workshops/:held/close" with the object of a side; one that nobody knows when it is not listed. */
static const char *path_of(struct play *p, const struct route *r, enum side side)
{
	char *path = talloc_strdup(p->w->c, "");
	for (const char *s = r->path; *s;) {
		if (*s != ':') {
			path = talloc_strndup_append(path, s++, 1);
			continue;
		}
		size_t len = strcspn(++s, "/.");
		const struct object *o = object_of(s, len);
		path = talloc_strdup_append(path, o && p->pub[o - objects][side]
							  ? p->pub[o - objects][side]
							  : "00000000000000000000000000");
		s += len;
	}
	return path;
}

/* ---- the world ---- */

static const char *const make_there[] = {
	"INSERT INTO place (community, zone, opening, holidays, holidays_off, cancel_day_before, cancel_minute, walk_in) "
	"VALUES (%lld, 'Europe/Paris', 'Mo-Fr 09:00-18:00', 'metropole', TRUE, FALSE, 120, TRUE)",
	"INSERT INTO workshop (pub, organiser, place, space, title, trainer, trainer_kind, on_day, from_minute, "
	"to_minute, starts_at, ends_at, capacity, price, is_public, status, created_at) SELECT '%s', community, "
	"community, id, 'Devis', 'Malo', 'staff', 20790, 540, 720, 1796284800, 1796295600, 12, 0, TRUE, 'announced', 0 "
	"FROM space WHERE community = %lld",
	"INSERT INTO fiche (pub, state, community, title, folded, created_at, updated_at) "
	"VALUES ('%s', 'published', %lld, 'Fiche', 'fiche', 1, 1)",
	"INSERT INTO actor (pub, steward, name, folded, kind, level, territory, intention, helps, priority, created_at, updated_at) "
	"VALUES ('%s', %lld, 'Acteur', 'acteur', 'other', 'country', 'FR', 'Aider', '', 'low', 1, 1)",
	NULL
};

static void make_side(struct play *p, const struct exchange_cast *x, int i)
{
	struct world *w = p->w;
	long long there = x->places[i].v;
	p->side[i] = x->places[i];
	cast_run(w, make_there[0], there);
	for (int n = 1; make_there[n]; n++)
		cast_run(w, make_there[n], cast_new_pub(w), there);
	person_id owner = cast_person(w, "Victime", fmt(w->c, "owner%d@example.org", i));
	membership_id m = cast_member(w, owner, x->places[i], "resident", ROLE_MEMBER);
	cast_booking(w, x, i, owner, m, day_of(2026, 12, 3), 1000);
	cast_run(w,
		 "INSERT INTO enrolment (pub, workshop, person, status, rank, created_at, changed_at) "
		 "SELECT '%s', id, %lld, 'enrolled', 1, 0, 0 FROM workshop WHERE place = %lld",
		 cast_new_pub(w), (long long)owner.v, there);
	cast_run(
		w,
		"INSERT INTO link (pub, from_community, to_community, kind) VALUES ('%s', %lld, %lld, 'linked_cae')",
		cast_new_pub(w), there, (long long)x->cae.v);
	cast_run(
		w,
		"INSERT INTO correction (pub, community, field, message, lang, state, created_at) VALUES ('%s', "
		"%lld, 'opening', 'Ferme le lundi', 'fr', 'open', 0)",
		cast_new_pub(w), there);
	cast_run(w,
		 "INSERT INTO photo (pub, community, rank, alt, licence, added_at) VALUES ('%s', %lld, 1, "
		 "'La cour', 'cc0', 0)",
		 cast_new_pub(w), there);
	cast_run(
		w,
		w->kind == DB_SQLITE
			? "INSERT INTO photo_image (pub, photo, width, height, format, bytes) SELECT '%s', id, 1, 1, "
			  "'jpeg', x'ffd8ffd9' FROM photo WHERE community = %lld"
			: "INSERT INTO photo_image (pub, photo, width, height, format, bytes) SELECT '%s', id, 1, 1, "
			  "'jpeg', decode('ffd8ffd9', 'hex') FROM photo WHERE community = %lld",
		cast_new_pub(w), there);
	struct browse *b = browse_new(w);
	b->agent = fmt(w->c, "of %lld", there);
	browse_sign_in(b, owner);
	browse_free(b);
}

static const char *make_token(struct world *w, const struct player *who, bool may_write, const char *name)
{
	char token[SECRET_SIZE], hex[65];
	secret_new(token);
	hash_hex(secret_hash(token), hex);
	cast_run(
		w,
		w->kind == DB_SQLITE
			? "INSERT INTO api_token (pub, token_hash, person, membership, name, may_write, created_at) "
			  "VALUES ('%s', x'%s', %lld, NULLIF(%lld, 0), '%s', %s, 1)"
			: "INSERT INTO api_token (pub, token_hash, person, membership, name, may_write, created_at) "
			  "VALUES ('%s', decode('%s', 'hex'), %lld, NULLIF(%lld, 0), '%s', %s, 1)",
		cast_new_pub(w), hex, (long long)who->person.v, (long long)who->membership.v, name,
		may_write ? "TRUE" : "FALSE");
	return talloc_strdup(w->c, token);
}

static void make_player(struct play *p, size_t i)
{
	struct player *who = &p->players[i];
	struct world *w = p->w;
	*who = cast[i];
	who->b = browse_new(w);
	if (i == 0)
		return;
	who->person = cast_person(w, who->name, fmt(w->c, "player%zu@example.org", i));
	if (who->operator)
		cast_run(w, "UPDATE person SET is_operator = TRUE WHERE id = %lld", (long long)who->person.v);
	if (who->member)
		who->membership = cast_member(w, who->person, p->side[OURS], "staff", who->roles);
	browse_sign_in(who->b, who->person);
	for (int k = 0; k < 2; k++)
		who->token[k] = make_token(w, who, k, "mine");
}

/* One that ours is in; one that it has nothing to do with. */
static void make_conventions(struct play *p, const struct exchange_cast *x)
{
	cast_run(p->w, "UPDATE convention SET runner = %lld", (long long)p->side[OURS].v);
	cast_run(
		p->w,
		"INSERT INTO chain (kind, subject, seq, head) SELECT kind, 'theirs', seq, head FROM chain WHERE id = %lld",
		(long long)x->chain.v);
	cast_run(
		p->w,
		"INSERT INTO convention (pub, runner, name, kind, state, chain, from_day, to_day, open_to_join, created_at, "
		"created_by) SELECT '%s', %lld, 'Une autre', kind, state, %lld, from_day, to_day, open_to_join, created_at, "
		"created_by FROM convention",
		cast_new_pub(p->w), (long long)p->side[THEIRS].v, (long long)cast_last(p->w, "chain"));
}

/* A file that somebody handed over, and one of its rows; a table whose columns are not confirmed. */
static void make_import(struct world *w)
{
	cast_run(w,
		 "INSERT INTO import_run (pub, label, format, state, total, done, created_at) "
		 "VALUES ('%s', 'essai', 'national', 'ready', 1, 1, 1)",
		 cast_new_pub(w));
	cast_run(
		w,
		"INSERT INTO import_row (pub, run, line, name, said, record, outcome, decision, taken) SELECT '%s', id, 2, "
		"'Le Lavoir', '{}', '{\"name\":\"Le Lavoir\"}', 'new', 'wait', '' FROM import_run",
		cast_new_pub(w));
	cast_run(
		w,
		"INSERT INTO community_merge (pub, gone, kept, merged_at, gave_key, changes, name, folded, initials, is_cae, "
		"is_place, is_collective, is_network, is_public_body, is_company, is_other, functions, is_demo, created_at) "
		"VALUES ('%s', 'a', 'b', 1, FALSE, '[]', 'Le Lavoir', 'lavoir', 'L', FALSE, TRUE, FALSE, FALSE, FALSE, "
		"FALSE, FALSE, '', FALSE, 1)",
		cast_new_pub(w));
	cast_keep_sheet(w, "essai", (octets){ "Nom\nLe Lavoir\n", 14 });
}

static void set_up(struct play *p, struct world *w)
{
	struct exchange_cast x;
	*p = (struct play){ .w = w };
	cast_exchange(w, &x, 1000, "free");
	make_side(p, &x, OURS);
	make_side(p, &x, THEIRS);
	make_conventions(p, &x);
	make_import(w);
	struct player owner = { .person = { cast_number(
					w, "SELECT MIN(id) AS value FROM person WHERE name = 'Victime'") } };
	for (int s = 0; s < 2; s++)
		(void)make_token(w, &owner, true, fmt(w->c, "of %lld", (long long)p->side[s].v));
	for (size_t i = 0; i < PLAYERS; i++)
		make_player(p, i);
	for (size_t i = 0; i < sizeof objects / sizeof *objects; i++)
		for (int s = 0; s < 2; s++)
			p->pub[i][s] = cast_text(w, objects[i].sql, (long long)p->side[s].v);
}

/* ---- what is expected ---- */

enum verdict { LET_IN, SIGN_IN, DENIED, HIDDEN, DENIED_OR_HIDDEN };

static bool inside(const struct player *who, enum side side, unsigned roles)
{
	return side == OURS && who->member && (who->roles & roles);
}

/* Pages of who receives: of no use, and not shown, to others. */
static bool of_hosts(const struct route *r)
{
	return strncmp(r->path, "/host/", 6) == 0;
}

static enum verdict expected(const struct player *who, const struct route *r, enum side side, bool may_write)
{
	const struct object *o = object_in(r);
	if (r->perm == PERM_PUBLIC)
		return LET_IN;
	if (!who->person.v)
		return SIGN_IN;
	if (r->perm == PERM_OPERATOR && !who->operator)
		return HIDDEN;
	if ((r->perm == PERM_AS || r->perm == PERM_ROLE) && !who->member)
		return DENIED;
	if (r->method != HTTP_GET && !may_write)
		return DENIED;
	if (o && (o->kind == PERSONAL || (o->kind == INSIDE && !inside(who, side, o->roles))))
		return r->perm == PERM_ROLE ? DENIED_OR_HIDDEN : HIDDEN;
	if (r->perm == PERM_ROLE && !inside(who, side, r->roles))
		return DENIED_OR_HIDDEN;
	if (of_hosts(r) && !inside(who, OURS, ANY_ROLE))
		return DENIED_OR_HIDDEN;
	return LET_IN;
}

/* ---- asking ---- */

enum manner { PAGE, COOKIE, READ_TOKEN, WRITE_TOKEN, MANNERS };
static const char *const manners[] = { "page", "cookie", "read token", "write token" };

/* The router's own refusals, that nobody who is let in may meet. */
static bool says_role(const struct browse *b)
{
	return browse_has(b, "problem:actor.");
}

static bool holds(const struct play *p, const struct player *who, const struct route *r, enum verdict v,
		  enum manner how, int64_t committed)
{
	(void)p;
	int status = who->b->resp.status;
	if (v != LET_IN && committed)
		return false;
	switch (v) {
	case LET_IN:
		return status < 500 && status != 401 && status != 405 &&
		       !(status == 403 && says_role(who->b));
	case SIGN_IN:
		if (how == PAGE && r->method == HTTP_GET)
			return status == 303 && strncmp(browse_location(who->b), "/sign-in", 8) == 0;
		return status == 401;
	case DENIED: return status == 403;
	case HIDDEN: return status == 404;
	case DENIED_OR_HIDDEN: return status == 403 || status == 404;
	}
	return false;
}

static void ask(struct play *p, struct player *who, const struct route *r, enum manner how, const char *path)
{
	who->b->bearer = how >= READ_TOKEN ? who->token[how - READ_TOKEN] : NULL;
	if (how != PAGE)
		(void)browse_api(who->b, r->method, path, r->method == HTTP_GET ? NULL : "{}");
	else if (r->method == HTTP_GET)
		(void)browse_get(who->b, path);
	else
		(void)browse_post(who->b, path, "");
	p->asked++;
}

/* What she was let do may have put her out. */
static void recover(struct play *p, struct player *who)
{
	if (!who->person.v)
		return;
	cast_run(p->w, "UPDATE api_token SET revoked_at = NULL WHERE person = %lld",
		 (long long)who->person.v);
	if (who->membership.v)
		cast_run(p->w,
			 "UPDATE membership SET ended = NULL, roles = %u, status = 'staff' WHERE id = %lld",
			 who->roles, (long long)who->membership.v);
	who->b->n_cookies = 0;
	browse_sign_in(who->b, who->person);
}

static void try_one(struct play *p, struct player *who, const struct route *r, enum side side,
		    enum manner how)
{
	if ((r->flags & R_NO_API) ? how != PAGE : (r->flags & R_API_ONLY) && how == PAGE)
		return;
	if (how >= READ_TOKEN && !who->person.v)
		return;
	enum verdict v = expected(who, r, side, how != READ_TOKEN);
	uint64_t before = db_generation(p->w->app.db);
	ask(p, who, r, how, path_of(p, r, side));
	bool ok = holds(p, who, r, v, how, (int64_t)(db_generation(p->w->app.db) - before));
	p->refused += v != LET_IN;
	if (!ok) {
		static const char *const words[] = { "to be let in", "to sign in", "403", "404",
						     "403 or 404" };
		print_error("%s %s by %s, %s, %s: %d, expected %s%s\n",
			    r->method == HTTP_GET ? "GET" : "POST", r->path, who->name, manners[how],
			    side == OURS ? "ours" : "theirs", who->b->resp.status, words[v],
			    db_generation(p->w->app.db) != before ? ", something was stored" : "");
		p->wrong++;
	}
	if (r->method != HTTP_GET && v == LET_IN && who->b->resp.status < 400)
		recover(p, who);
}

static void test_matrix(void **state)
{
	struct play p;
	set_up(&p, *state);
	for (size_t i = 0; i < n_all_routes; i++) {
		const struct route *r = &all_routes[i];
		for (size_t k = 0; k < PLAYERS; k++)
			for (int side = OURS; side <= (strchr(r->path, ':') ? THEIRS : OURS); side++)
				for (int how = PAGE; how < MANNERS; how++)
					try_one(&p, &p.players[k], r, (enum side)side, (enum manner)how);
	}
	print_message("%zu routes, %zu requests, %zu of them refused\n", n_all_routes, p.asked, p.refused);
	assert_true(p.refused > 500);
	assert_int_equal(p.wrong, 0);
	for (size_t k = 0; k < PLAYERS; k++)
		browse_free(p.players[k].b);
}

/* A new :param must be said above, or its rows are asked of nothing. */
static void test_every_object_is_known(void **state)
{
	(void)state;
	size_t missing = 0;
	for (size_t i = 0; i < n_all_loaders; i++)
		if (!object_of(all_loaders[i].param, strlen(all_loaders[i].param))) {
			print_error("matrix_test knows no object for :%s\n", all_loaders[i].param);
			missing++;
		}
	assert_int_equal(missing, 0);
}

/* What others rely on: a form without its token, or from elsewhere, does nothing. */
static void test_forms_are_tied(void **state)
{
	struct play p;
	set_up(&p, *state);
	for (size_t i = 0; i < n_all_routes; i++) {
		const struct route *r = &all_routes[i];
		if (r->method == HTTP_GET || (r->flags & R_API_ONLY))
			continue;
		struct player *who = &p.players[6];
		const char *path = path_of(&p, r, OURS);
		uint64_t before = db_generation(p.w->app.db);
		int none = browse_post_raw(who->b, path, "", NULL);
		const char *right = fmt(p.w->c, "_csrf=%s", browse_csrf(who->b));
		int foreign = browse_post_raw(who->b, path, right, "https://elsewhere.example");
		if (none == 403 && foreign == 403 && db_generation(p.w->app.db) == before)
			continue;
		/* The secret in its address is its proof: without it nothing is read. */
		if ((r->flags & R_PROVEN) && none == 422 && foreign == 422 &&
		    db_generation(p.w->app.db) == before)
			continue;
		/* An operator's page is not there at all. */
		if (r->perm == PERM_OPERATOR && none == 404 && foreign == 404)
			continue;
		print_error("POST %s without its token: %d, from elsewhere: %d\n", r->path, none, foreign);
		p.wrong++;
	}
	assert_int_equal(p.wrong, 0);
	for (size_t k = 0; k < PLAYERS; k++)
		browse_free(p.players[k].b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_matrix),
		cmocka_unit_test(test_every_object_is_known),
		BOTH(test_forms_are_tied),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
