#include "people/invitation.h"

#include <string.h>

#include "base/civil.h"
#include "base/pubid.h"
#include "base/secret.h"
#include "people/account.h"
#include "people/community.h"
#include "people/invitation_sql.h"
#include "people/member.h"
#include "people/member_sql.h"
#include "people/people.h"
#include "people/profile_sql.h"
#include "platform/form_format.h"
#include "platform/i18n.h"
#include "platform/mail.h"

/* ---- reading a row ---- */

static const char *read_roles(struct ctx *c, const char *typed, int64_t *roles)
{
	if (!invitation_roles(c, typed, roles))
		return K("invite.bad_role");
	if (*roles != ROLE_MEMBER && !(c->actor.roles & ROLE_MANAGER))
		return K("invite.roles_not_yours");
	return NULL;
}

static void blame(struct invitation_row *i, const char *key, const char *typed)
{
	if (i->problem)
		return;
	i->problem = key;
	i->typed = typed;
}

/* Is she in already, or asked already? */
static rc look_here(struct ctx *c, struct invitation_row *i)
{
	membership_id member;
	invitation_id waiting;
	bool is_member, is_waiting;
	TRY(member_is_in(c, i->email_key, i->community, day_at(c->now, NULL), &member, &is_member));
	TRY(invitation_waiting(c, i->email_key, i->community, c->now, &waiting, &is_waiting));
	if (is_member)
		blame(i, K("invite.member"), NULL);
	else if (is_waiting)
		blame(i, K("invite.waiting"), NULL);
	return OK;
}

static rc read_row(struct ctx *c, struct invitation_row *i, const char *status, const char *roles)
{
	int s = *status ? invitation_status(c, status) : MEMBERSHIP_STATUS_CAPE;
	const char *problem = read_roles(c, roles, &i->roles);
	i->email_key = account_email_key(c, i->email);
	i->status = s < 0 ? MEMBERSHIP_STATUS_PROSPECT : s;
	i->state = INVITATION_STATE_PREVIEW;
	i->invited_by = c->actor.person;
	i->created_at = c->now;
	pubid_new(&i->pub);
	if (!email_ok(i->email))
		blame(i, K("invite.bad_address"), i->email);
	if (s < 0)
		blame(i, K("invite.bad_status"), status);
	if (problem)
		blame(i, problem, roles);
	return look_here(c, i);
}

static const char *new_batch(struct ctx *c)
{
	pubid p;
	pubid_new(&p);
	return talloc_strdup(c->mem, p.s);
}

/* The line where the same address stood before, or 0. */
static int64_t seen_at(const struct invitation_row *rows, size_t n, const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(rows[i].email_key, key) == 0)
			return rows[i].line;
	return 0;
}

/* First name and name may stand apart. */
static const char *name_of(struct ctx *c, const struct invitation_table *t, const struct csv_row *r)
{
	const char *name = csv_cell(r, t->name), *first = csv_cell(r, t->first_name);
	return *first && *name ? fmt(c, "%s %s", first, name) : *first ? first : name;
}

rc invitation_preview(struct ctx *c, community_id community, const struct invitation_table *t,
		      const char **batch)
{
	struct invitation_row *rows = new_array(c, struct invitation_row, t->n + 1);
	invitation_id id;
	*batch = new_batch(c);
	for (size_t n = 0; n < t->n; n++) {
		const struct csv_row *r = &t->rows[n];
		struct invitation_row *i = &rows[n];
		*i = (struct invitation_row){ .community = community,
					      .batch = *batch,
					      .email = csv_cell(r, t->email),
					      .name = name_of(c, t, r),
					      .line = (int64_t)r->line };
		const char *key = account_email_key(c, i->email);
		int64_t before = seen_at(rows, n, key);
		if (before && email_ok(i->email))
			blame(i, K("invite.twice"), fmt(c, "%lld", (long long)before));
		TRY(read_row(c, i, csv_cell(r, t->status), csv_cell(r, t->roles)));
		TRY(invitation_insert(c, i, &id));
	}
	return OK;
}

rc invitation_preview_one(struct ctx *c, community_id community, const struct invite_one *f,
			  const char **batch)
{
	invitation_id id;
	*batch = new_batch(c);
	struct invitation_row i = { .community = community,
				    .batch = *batch,
				    .email = f->email,
				    .name = f->name ? f->name : "",
				    .line = NONE };
	TRY(read_row(c, &i, enum_word(&membership_status_words, f->status), ""));
	if (i.problem && strcmp(i.problem, "invite.bad_address") == 0)
		return fail_field(c, "email", "form.bad_email");
	return invitation_insert(c, &i, &id);
}

rc invitation_rows(struct ctx *c, community_id community, const char *batch, struct invitation_row_list *out)
{
	TRY(invitation_batch(c, community, batch, out));
	for (size_t n = 0; n < out->n; n++) {
		struct invitation_row *i = &out->items[n];
		i->role_names = roles_text(c, i->roles);
		if (i->problem)
			i->why = invitation_why(c, i);
	}
	return out->n ? OK : fail(c, E_NOT_FOUND, "db.not_found");
}

/* ---- sending ---- */

static rc write_letter(struct ctx *c, const struct community_row *row, const struct invitation_row *i,
		       const char *token)
{
	const char *by;
	/* By the operator, who is not of the house. */
	bool steward = (i->roles & ROLE_MANAGER) && c->actor.community.v != row->id.v;
	TRY(person_name(c, c->actor.person, &by));
	struct mail_draft d = {
		.to = i->email,
		.lang = c->lang,
		.kind = "invitation",
		.subject = T_TEXT(c, "invite_mail.subject", "name", row->name),
		.paragraphs = { *i->name ? T_TEXT(c, "invite_mail.hello", "name", i->name)
					 : T(c, "invite_mail.hello_you"),
				steward ? T_TEXT(c, "steward.mail_who", "name", row->name)
					: T_TEXT(c, "invite_mail.who", "name",
						 fmt(c, "%s (%s)", by, row->name)),
				steward ? T(c, "steward.mail_what")
					: T_TEXT(c, "invite_mail.what", "status",
						 i18n_word(c, &membership_status_words, i->status)),
				T(c, "invite_mail.until") },
		.action_label = T(c, "invite_mail.action"),
		.action_path = fmt(c, "/invitations/accept?token=%s", token),
	};
	return mail_queue(c, &d);
}

static rc send_one(struct ctx *c, const struct community_row *row, const struct invitation_row *i)
{
	char token[SECRET_SIZE];
	int64_t sent;
	secret_new(token);
	TRY(invitation_send(c, i->id, secret_hash(token), c->now, (instant){ c->now.v + INVITATION_SECONDS },
			    &sent));
	if (!sent)
		return fail(c, E_CONFLICT, "invite.over");
	return write_letter(c, row, i, token);
}

static rc note(struct ctx *c, pubid community, const char *action, const struct invitation_row *i)
{
	return community_note(c, community, action, "invitation", i->pub, NULL,
			      fmt(c, "{\"status\":\"%s\"}", enum_word(&membership_status_words, i->status)));
}

rc invitation_send_batch(struct ctx *c, const struct community_row *row, const char *batch, int64_t *n)
{
	struct invitation_row_list l;
	TRY(invitation_rows(c, row->id, batch, &l));
	*n = 0;
	for (size_t k = 0; k < l.n; k++) {
		struct invitation_row *i = &l.items[k];
		/* Somebody may have asked her, or she may have come, since the preview. */
		if (!i->problem)
			TRY(look_here(c, i));
		if (i->problem)
			continue;
		TRY(send_one(c, row, i));
		TRY(note(c, row->pub, "invitation.send", i));
		++*n;
	}
	return invitation_drop(c, row->id, batch, NULL);
}

rc invitation_send_again(struct ctx *c, const struct community_row *row, const struct invitation_row *i)
{
	TRY(send_one(c, row, i));
	return note(c, row->pub, "invitation.send", i);
}

rc invitation_steward(struct ctx *c, const struct community_row *row, const struct steward_invite *f)
{
	bool kept;
	TRY(page_is_kept(c, row->id, ROLE_MANAGER, day_at(c->now, NULL), &kept));
	if (kept)
		return fail(c, E_CONFLICT, "steward.kept");
	struct invitation_row i = { .community = row->id,
				    .batch = new_batch(c),
				    .email = f->email,
				    .name = f->name ? f->name : "",
				    .line = NONE };
	TRY(read_row(c, &i, enum_word(&membership_status_words, MEMBERSHIP_STATUS_STAFF), ""));
	if (i.problem)
		return fail_field(c, "email", i.problem);
	i.roles = ROLE_MEMBER | ROLE_MANAGER;
	TRY(invitation_insert(c, &i, &i.id));
	TRY(send_one(c, row, &i));
	return note(c, row->pub, "invitation.send", &i);
}

static rc answer_with(struct ctx *c, const struct invitation_row *i, int state)
{
	int64_t answered;
	TRY(invitation_answer_set(c, i->id, state, c->now, &answered));
	return answered ? OK : fail(c, E_CONFLICT, "invite.over");
}

rc invitation_withdraw(struct ctx *c, const struct community_row *row, const struct invitation_row *i)
{
	TRY(answer_with(c, i, INVITATION_STATE_WITHDRAWN));
	return note(c, row->pub, "invitation.withdraw", i);
}

/* ---- answering ---- */

rc invitation_find(struct ctx *c, const char *token, struct invitation_row *out)
{
	bool found;
	TRY(invitation_by_token(c, secret_hash(token), c->now, out, &found));
	out->role_names = found ? roles_text(c, out->roles) : NULL;
	return found ? OK : fail(c, E_GONE, "invite.gone");
}

static rc join(struct ctx *c, const struct invitation_row *i)
{
	struct community_card k;
	bool member;
	TRY(has_role(c, c->actor.person, i->community, ~0u, &member));
	if (member)
		return fail(c, E_CONFLICT, "invite.you_are_in");
	TRY(answer_with(c, i, INVITATION_STATE_ACCEPTED));
	TRY(community_card_get(c, i->community, &k));
	return member_add(c, c->actor.person, i->community, k.pub, i->status, (unsigned)i->roles);
}

rc invitation_accept(struct ctx *c, const struct invitation_row *i)
{
	struct actor before = actor_herself(c);
	rc code = join(c, i);
	c->actor = before;
	return code;
}

rc invitation_refuse(struct ctx *c, const struct invitation_row *i)
{
	struct community_card k;
	TRY(answer_with(c, i, INVITATION_STATE_REFUSED));
	TRY(community_card_get(c, i->community, &k));
	struct actor before = actor_herself(c);
	rc code = note(c, k.pub, "invitation.refuse", i);
	c->actor = before;
	return code;
}
