#include "base/test.h"

#include <string.h>

#include "base/secret.h"
#include "convention_cast.h"

/* Hashed once: it takes its time. */
static const char *secret_hashed(void)
{
	static char hashed[PASSWORD_HASH_SIZE];
	if (!hashed[0])
		assert_int_equal(password_hash(SECRET, hashed), OK);
	return hashed;
}

static struct browse *as(struct world *w, const char *name, const char *email, community_id in,
			 const char *status, unsigned roles)
{
	struct browse *b = browse_new(w);
	person_id p = cast_person(w, name, email);
	cast_run(w, "UPDATE person SET password_hash = '%s' WHERE id = %lld", secret_hashed(),
		 (long long)p.v);
	cast_member(w, p, in, status, roles);
	browse_sign_in(b, p);
	return b;
}

struct convention_cast cast_convention(struct world *w)
{
	struct convention_cast k = { .w = w };
	k.network = cast_community(w, "La Toile des lieux", "network");
	k.place = cast_community(w, "Les Usines du Noyer", "place");
	k.cae = cast_community(w, "Cardamine Coopérative", "cae");
	k.lucie = as(w, "Lucie", "lucie@example.org", k.network, "staff", ROLE_COORDINATOR);
	k.malo = as(w, "Malo", "malo@example.org", k.place, "staff", ROLE_HOST | ROLE_SIGNATORY);
	k.claire = as(w, "Claire", "claire@example.org", k.cae, "staff", ROLE_SIGNATORY | ROLE_MANAGER);
	k.ines = as(w, "Inès", "ines@example.org", k.cae, "cape", ROLE_MEMBER);
	k.stranger = as(w, "Paul", "paul@example.org", cast_community(w, "Ailleurs", "cae"), "staff",
			ROLE_SIGNATORY | ROLE_MANAGER);
	cast_run(
		w,
		"INSERT INTO place (community, zone, opening, holidays, holidays_off, cancel_day_before, cancel_minute, walk_in) "
		"VALUES (%lld, 'Europe/Paris', 'Mo-Sa 09:00-19:00', 'metropole', TRUE, TRUE, 1080, TRUE)",
		(long long)k.place.v);
	cast_run(
		w,
		"INSERT INTO space (pub, community, name, kind, capacity, counted, granule, shortest, longest, notice, horizon, "
		"needs_approval, rank) VALUES ('00000000000000000000000001', %lld, 'Plateau', 'desks', 10, TRUE, 30, 30, 720, 0, 90, "
		"FALSE, 0)",
		(long long)k.place.v);
	cast_run(
		w,
		"INSERT INTO tariff (community, space_kind, audience, unit, price, from_day) VALUES (%lld, 'desks', 'public', 'day', "
		"1400, 0)",
		(long long)k.place.v);
	return k;
}

void cast_convention_leave(struct convention_cast *k)
{
	browse_free(k->lucie);
	browse_free(k->malo);
	browse_free(k->claire);
	browse_free(k->ines);
	browse_free(k->stranger);
}

/* What she would read now. */
static const char *offered(struct convention_cast *k)
{
	return cast_text(
		k->w,
		"SELECT v.pub AS value FROM convention_version v JOIN convention c ON c.id = v.convention "
		"WHERE c.pub = '%s' ORDER BY CASE WHEN v.proposed_at IS NULL THEN 1 ELSE 0 END, v.number DESC LIMIT 1",
		k->pub);
}

int cast_post(struct convention_cast *k, struct browse *b, const char *what, const char *form)
{
	bool signs = (strcmp(what, "sign") == 0 || strcmp(what, "join") == 0) && !strstr(form, "version=");
	if (signs)
		form = fmt(k->w->c, "%s&version=%s", form, offered(k));
	return browse_post(b, fmt(k->w->c, "%s/%s", k->at, what), form);
}

void cast_draft(struct convention_cast *k, bool joinable)
{
	assert_int_equal(browse_post(k->lucie, "/conventions/new",
				     joinable ? "name=Ponts&from=2026-11-01&to=2027-10-31&programme=1"
					      : "name=Ponts&from=2026-11-01&to=2027-10-31"),
			 303);
	const char *where = browse_location(k->lucie);
	k->at = talloc_strndup(k->w->c, where, strlen("/conventions/") + 26);
	k->pub = k->at + strlen("/conventions/");
}

void cast_invite(struct convention_cast *k, community_id who, const char *side)
{
	assert_int_equal(
		cast_post(k, k->lucie, "parties",
			  fmt(k->w->c, "community=%s&side=%s", cast_pub(k->w, "community", who.v), side)),
		303);
}

void cast_proposed(struct convention_cast *k)
{
	cast_draft(k, false);
	cast_invite(k, k->place, "host");
	cast_invite(k, k->cae, "sender");
	assert_int_equal(cast_post(k, k->lucie, "propose", ""), 303);
}

int cast_quota(struct convention_cast *k, const char *on)
{
	return browse_get(
		k->ines,
		fmt(k->w->c, "/spaces/00000000000000000000000001/book?day=%s&from=09:00&to=19:00", on));
}

void cast_charter(struct convention_cast *k, struct browse *b)
{
	const char *version = cast_text(
		k->w, "SELECT pub AS value FROM convention_version ORDER BY number DESC LIMIT 1");
	assert_int_equal(browse_post(b, fmt(k->w->c, "/charters/%s", version), ""), 303);
}

void cast_signed(struct convention_cast *k)
{
	cast_proposed(k);
	assert_int_equal(cast_post(k, k->malo, "sign", "read=1&insurer=MAIF" WITH_SECRET), 303);
	assert_int_equal(cast_post(k, k->claire, "sign", "read=1" WITH_SECRET), 303);
}
