#include "people/personal_data.h"

#include "base/civil.h"
#include "base/pubid.h"
#include "base/secret.h"
#include "people/account.h"
#include "people/account_sql.h"
#include "people/my_membership.h"
#include "people/personal_data_sql.h"
#include "platform/app.h"
#include "platform/erasures.h"
#include "platform/json.h"

static const struct personal_data *sources;
static size_t n_sources;

void personal_data_plug(const struct personal_data *all, size_t n)
{
	sources = all;
	n_sources = n;
}

#define LIST(name, shape, list)                                                      \
	do {                                                                         \
		buf_str(b, ",\"" name "\":");                                        \
		json_write_list(b, &shape##_shape, (const struct any_list *)(list)); \
	} while (0)

static rc export_own(struct ctx *c, person_id p, struct buf *b)
{
	struct exported_person person;
	struct exported_membership_list memberships;
	struct exported_history_list history;
	struct exported_session_list sessions;
	struct exported_token_list tokens;
	struct exported_letter_list letters;
	struct exported_invitation_list invitations;
	struct exported_act_list acts;
	TRY(exported_person_of(c, p, &person));
	TRY(exported_memberships_of(c, p, &memberships));
	TRY(exported_history_of(c, p, &history));
	TRY(exported_sessions_of(c, p, &sessions));
	TRY(exported_tokens_of(c, p, &tokens));
	TRY(exported_letters_of(c, p, &letters));
	TRY(exported_invitations_of(c, p, &invitations));
	TRY(exported_acts_of(c, p.v, &acts));
	buf_str(b, "\"person\":");
	json_write(b, &exported_person_shape, &person);
	LIST("memberships", exported_membership, &memberships);
	LIST("history", exported_history, &history);
	LIST("sessions", exported_session, &sessions);
	LIST("tokens", exported_token, &tokens);
	LIST("letters", exported_letter, &letters);
	LIST("invitations", exported_invitation, &invitations);
	LIST("acts", exported_act, &acts);
	return OK;
}

rc personal_data_export(struct ctx *c, person_id person, const char **json)
{
	struct buf b;
	buf_init(&b, c->mem, 16384);
	buf_char(&b, '{');
	TRY(export_own(c, person, &b));
	for (size_t i = 0; i < n_sources; i++) {
		buf_fmt(&b, ",\"%s\":", sources[i].name);
		TRY(sources[i].export(c, person, &b));
	}
	buf_str(&b, "}\n");
	*json = b.s;
	return OK;
}

static rc refuse_only_manager(struct ctx *c, person_id person, day today)
{
	struct membership_row_list all;
	bool only;
	TRY(memberships_ever(c, person, &all));
	for (size_t i = 0; i < all.n; i++) {
		if (!membership_holds(&all.items[i], today))
			continue;
		TRY(only_manager_of(c, &all.items[i], &only));
		if (only)
			return fail_with(c, E_CONFLICT, "erase.only_manager", "name", all.items[i].card.name,
					 NULL);
	}
	return OK;
}

/* What names her, while her address is still there to find it by. */
static rc erase_around(struct ctx *c, person_id person, day today)
{
	TRY(erase_letters(c, person, NULL));
	TRY(erase_invitations(c, person, NULL));
	TRY(erase_audit_details(c, person, NULL));
	TRY(erase_links(c, person, NULL));
	TRY(erase_sessions(c, person, NULL));
	TRY(erase_tokens(c, person, NULL));
	return erase_memberships(c, person, (day){ today.v - 1 }, NULL);
}

static rc erase(struct ctx *c, person_id person, day today)
{
	struct account_row a;
	hash noise;
	TRY(account_by_id(c, person, &a));
	for (size_t i = 0; i < n_sources; i++)
		if (sources[i].erase)
			TRY(sources[i].erase(c, person));
	TRY(erase_around(c, person, today));
	secret_bytes(noise.b, sizeof noise.b);
	TRY(erase_person(c, person, fmt(c, "erased:%s", a.pub.s), noise, c->now, NULL));
	TRY(account_note(c, "account.erase", a.pub, NULL, NULL));
	return c->app->erasures ? erasures_add(c, c->app->erasures, a.pub) : OK;
}

rc person_erase(struct ctx *c, person_id person)
{
	day today = day_at(c->now, NULL);
	TRY(refuse_only_manager(c, person, today));
	return erase(c, person, today);
}

/* ---- a list outside and a database that may be older ---- */

struct again {
	person_id *found; /* in the request's memory */
	size_t n;
};

static rc compare_with_list(struct ctx *c, const void *row, void *arg)
{
	const struct person_known *p = row;
	struct again *a = arg;
	struct erasures *list = c->app->erasures;
	if (p->erased)
		return erasures_add(c, list, p->pub);
	if (!erasures_has(list, p->pub))
		return OK;
	a->found = talloc_realloc(c->mem, a->found, person_id, a->n + 1);
	a->found[a->n++] = p->id;
	return OK;
}

rc persons_erase_again(struct ctx *c, int64_t *n)
{
	struct again a = { 0 };
	day today = day_at(c->now, NULL);
	*n = 0;
	if (!c->app->erasures)
		return OK;
	TRY(persons_of_list_each(c, compare_with_list, &a));
	for (size_t i = 0; i < a.n; i++)
		TRY(erase(c, a.found[i], today));
	*n = (int64_t)a.n;
	return OK;
}
