#include "spaces/pass.h"

#include <ctype.h>
#include <sodium.h>
#include <string.h>

#include "base/base32.h"
#include "base/civil.h"
#include "base/pubid.h"
#include "people/people.h"
#include "platform/app.h"
#include "platform/render.h"
#include "spaces/pass_sql.h"
#include "spaces/space_sql.h"

enum { CODE_BYTES = 5 };

static void code_at(const struct pass_secret_row *p, int64_t minute_number, char code[PASS_CODE_SIZE])
{
	unsigned char text[8], mac[crypto_auth_hmacsha256_BYTES];
	for (int i = 0; i < 8; i++)
		text[i] = (unsigned char)(minute_number >> (56 - 8 * i));
	crypto_auth_hmacsha256(mac, text, sizeof text, p->secret.b);
	base32_encode(mac, CODE_BYTES, code);
}

rc pass_show(struct ctx *c, person_id person, char code[PASS_CODE_SIZE], int *seconds_left,
	     const char **payload)
{
	struct pass_secret_row p;
	TRY(pass_secret_of(c, person, &p));
	code_at(&p, c->now.v / 60, code);
	*seconds_left = (int)(60 - c->now.v % 60);
	*payload = fmt(c, "%s/host/pass?code=%s%s", c->app->public_url ? c->app->public_url : "", p.pub.s,
		       code);
	return OK;
}

/* All three minutes are always tried, each in full. */
static bool is_code_of(struct ctx *c, const struct pass_secret_row *p, const char *code)
{
	bool good = false;
	for (int64_t m = c->now.v / 60 - 1; m <= c->now.v / 60 + 1; m++) {
		char right[PASS_CODE_SIZE];
		code_at(p, m, right);
		good |= sodium_memcmp(right, code, PASS_CODE_SIZE - 1) == 0;
	}
	return good;
}

/* Lower case, without blanks; of a payload what follows "code=". */
static char *typed(struct ctx *c, const char *text)
{
	const char *at = strstr(text, "code=");
	char *out = fmt(c, "%s", at ? at + 5 : text), *to = out;
	for (const char *from = out; *from; from++)
		if (!isspace((unsigned char)*from) && *from != '-')
			*to++ = (char)tolower((unsigned char)*from);
	*to = 0;
	return out;
}

static rc find_named(struct ctx *c, char *text, person_id *out)
{
	struct pass_secret_row p;
	bool found;
	pubid pub;
	const char *code = text + sizeof pub.s - 1;
	char name[sizeof pub.s];
	memcpy(name, text, sizeof name - 1);
	name[sizeof name - 1] = 0;
	if (pubid_parse(name, &pub) != OK)
		return fail_field(c, "code", "pass.unknown");
	TRY(pass_secret_by_pub(c, pub, &p, &found));
	*out = p.id;
	return found && is_code_of(c, &p, code) ? OK : fail_field(c, "code", "pass.unknown");
}

static rc find_expected(struct ctx *c, community_id place, const char *code, person_id *out)
{
	struct pass_secret_row_list l;
	struct place_row p;
	day today;
	minute now;
	TRY(place_get(c, place, &p));
	utc_to_local(c->now, p.zone, &today, &now);
	TRY(pass_secrets_expected(c, place, today, &l));
	out->v = 0;
	for (size_t i = 0; i < l.n; i++)
		if (is_code_of(c, &l.items[i], code))
			*out = l.items[i].id;
	return out->v ? OK : fail_field(c, "code", "pass.not_expected");
}

rc pass_find(struct ctx *c, community_id place, const char *text, person_id *out)
{
	char *t = typed(c, text);
	size_t n = strlen(t), named = sizeof(pubid) - 1 + PASS_CODE_SIZE - 1;
	if (n == named)
		return find_named(c, t, out);
	if (n == PASS_CODE_SIZE - 1)
		return find_expected(c, place, t, out);
	return fail_field(c, "code", "pass.unknown");
}

static const struct right_offer *chosen_of(const struct right_offer_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->items[i].chosen)
			return &l->items[i];
	return NULL;
}

/* An offer that is none, for a space that cannot be used. */
static struct right_offer no_offer(void)
{
	return (struct right_offer){ .kind = -1,
				     .via_kind = -1,
				     .key = "",
				     .name = "",
				     .left = { NONE },
				     .left_after = { NONE },
				     .total = { NONE },
				     .expires = { NONE } };
}

static bool is_refusal(rc code)
{
	return code == E_INVALID || code == E_DENIED || code == E_CONFLICT || code == E_QUOTA;
}

static rc use_of(struct ctx *c, const struct space_row *space, const struct place_row *place,
		 person_id person, const struct membership_row_list *mine, struct usable_space *u)
{
	struct right_offer_list offers;
	struct stay stay, *s = &stay;
	bool qualified;
	TRY(stay_now(c, space, place, (minute){ NONE }, 1, s));
	s->person = person;
	s->memberships = mine;
	u->from = s->from;
	u->until = s->to;
	TRY(stay_free(c, s, (booking_id){ 0 }, &u->free));
	if (u->free < (space->counted ? 1 : space->capacity))
		return fail(c, E_CONFLICT, "booking.full");
	TRY(is_qualified(c, s->person, space, s->on_day, &qualified));
	if (!qualified)
		return fail(c, E_DENIED, "booking.not_qualified");
	TRY(stay_quote(c, s, NULL, &offers));
	const struct right_offer *o = chosen_of(&offers);
	if (!o)
		return fail(c, E_DENIED, "right.none");
	u->right = *o; /* a charter that it needs is signed at the counter */
	return OK;
}

rc usable_now(struct ctx *c, community_id place, person_id person, struct usable_space_list *out)
{
	struct space_row_list spaces;
	struct place_row p;
	struct membership_row_list mine = { 0 };
	day today;
	minute now;
	TRY(place_get(c, place, &p));
	utc_to_local(c->now, p.zone, &today, &now);
	if (person.v)
		TRY(memberships_on(c, person, today, &mine));
	TRY(spaces_of_place(c, place, &spaces));
	*out = (struct usable_space_list){ new_array(c, struct usable_space, spaces.n), spaces.n };
	for (size_t i = 0; i < spaces.n; i++) {
		const struct space_row *space = &spaces.items[i];
		struct usable_space *u = &out->items[i];
		*u = (struct usable_space){
			.space = space->pub, .name = space->name, .kind = space->kind, .right = no_offer()
		};
		rc code = use_of(c, space, &p, person, &mine, u);
		if (code != OK && !is_refusal(code))
			return code;
		u->usable = code == OK;
		if (!u->usable)
			u->why_not = failure_text(c, &c->failure);
	}
	return OK;
}
