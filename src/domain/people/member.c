#include "people/member.h"

#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "base/fold.h"
#include "base/pubid.h"
#include "people/community.h"
#include "people/community_sql.h"
#include "people/member_sql.h"
#include "people/people.h"
#include "platform/i18n.h"
#include "platform/route.h"

rc membership_loader(struct ctx *c, pubid pub, struct loaded *out);

const char *roles_text(struct ctx *c, int64_t roles)
{
	const char *s = "";
	for (int i = ROLE_WORD_HOST; i < ROLE_WORD_COUNT; i++)
		if (roles & (1 << i))
			s = fmt(c, "%s%s%s", s, *s ? ", " : "", i18n_word(c, &role_word_words, i));
	return s;
}

unsigned roles_of_form(const struct member_roles *f)
{
	return ROLE_MEMBER | (f->host ? ROLE_HOST : 0) | (f->advisor ? ROLE_ADVISOR : 0) |
	       (f->accountant ? ROLE_ACCOUNTANT : 0) | (f->manager ? ROLE_MANAGER : 0) |
	       (f->signatory ? ROLE_SIGNATORY : 0) | (f->coordinator ? ROLE_COORDINATOR : 0);
}

/* ---- finding ---- */

struct sortable {
	const struct member_row *row;
	const char *folded;
	bool by_date;
};

static int compare(const void *a, const void *b)
{
	const struct sortable *x = a, *y = b;
	if (x->by_date && x->row->started.v != y->row->started.v)
		return x->row->started.v < y->row->started.v ? 1 : -1;
	int order = strcmp(x->folded, y->folded);
	return order ? order : strcmp(x->row->pub.s, y->row->pub.s);
}

/* Names are folded here: the table keeps them as people write them. */
rc members_find(struct ctx *c, community_id community, const struct people_query *q,
		struct member_row_list *out)
{
	struct member_row_list all;
	const char *words = q->q ? fold(c, q->q) : "";
	size_t n = 0;
	TRY(members_of(c, community, day_at(c->now, NULL), q->past, &all));
	struct sortable *s = new_array(c, struct sortable, all.n + 1);
	for (size_t i = 0; i < all.n; i++) {
		struct member_row *m = &all.items[i];
		const char *name = fold(c, m->name);
		if (q->status >= 0 && m->status != q->status)
			continue;
		if (!strstr(name, words) && !strstr(fold(c, m->email), words))
			continue;
		m->role_names = roles_text(c, m->roles);
		s[n++] = (struct sortable){ m, name, q->sort == MEMBER_SORT_RECENT };
	}
	if (n)
		qsort(s, n, sizeof *s, compare);
	*out = (struct member_row_list){ new_array(c, struct member_row, n + 1), n };
	for (size_t i = 0; i < n; i++)
		out->items[i] = *s[i].row;
	return OK;
}

rc membership_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	struct member_row *m = new_zero(c, struct member_row);
	bool found;
	TRY(member_by_pub(c, pub, m, &found));
	if (!found)
		return fail(c, E_NOT_FOUND, "db.not_found");
	m->role_names = roles_text(c, m->roles);
	out->object = m;
	out->community = m->community;
	return OK;
}

/* ---- changing ---- */

static rc still_on(struct ctx *c, const struct member_row *m)
{
	bool over = !is_none(m->ended) && m->ended.v < day_at(c->now, NULL).v;
	return over ? fail(c, E_CONFLICT, "member.over") : OK;
}

static rc keep_a_manager(struct ctx *c, const struct member_row *m)
{
	int64_t others;
	community_id locked;
	if (!(m->roles & ROLE_MANAGER))
		return OK;
	TRY(community_lock(c, m->community, &locked));
	TRY(managers_besides(c, locked, m->id, ROLE_MANAGER, day_at(c->now, NULL), &others));
	return others ? OK : fail(c, E_CONFLICT, "member.last_manager");
}

static const char *json_of(struct ctx *c, int status, int64_t roles)
{
	const char *names = "";
	for (int i = 0; i < ROLE_WORD_COUNT; i++)
		if (roles & (1 << i))
			names = fmt(c, "%s%s%s", names, *names ? " " : "", enum_word(&role_word_words, i));
	return fmt(c, "{\"status\":\"%s\",\"roles\":\"%s\"}", enum_word(&membership_status_words, status),
		   names);
}

static rc note(struct ctx *c, const struct member_row *m, const char *action, const char *after)
{
	struct community_card k;
	TRY(community_card_get(c, m->community, &k));
	return community_note(c, k.pub, action, "membership", m->pub, json_of(c, m->status, m->roles), after);
}

static rc change(struct ctx *c, const struct member_row *m, const char *action, int status, int64_t roles)
{
	TRY(still_on(c, m));
	if (m->status == status && m->roles == roles)
		return OK;
	TRY(member_set(c, m->id, status, roles, NULL));
	TRY(history_insert(c, m->id, enum_word(&membership_status_words, status), roles, c->now,
			   c->actor.person, NULL));
	return note(c, m, action, json_of(c, status, roles));
}

rc member_change_status(struct ctx *c, const struct member_row *m, int status)
{
	return change(c, m, "membership.status", status, m->roles);
}

rc member_grant(struct ctx *c, const struct member_row *m, unsigned roles)
{
	if (!(roles & ROLE_MANAGER))
		TRY(keep_a_manager(c, m));
	return change(c, m, "membership.roles", m->status, roles);
}

rc member_finish(struct ctx *c, const struct member_row *m)
{
	TRY(still_on(c, m));
	TRY(keep_a_manager(c, m));
	TRY(member_end(c, m->id, (day){ day_at(c->now, NULL).v - 1 }, NULL));
	TRY(history_insert(c, m->id, enum_word(&membership_status_words, m->status), 0, c->now,
			   c->actor.person, NULL));
	return note(c, m, "membership.end", NULL);
}

rc member_add(struct ctx *c, person_id person, community_id community, pubid community_pub, int status,
	      unsigned roles)
{
	membership_id id;
	pubid pub;
	pubid_new(&pub);
	TRY(member_join(c, pub, person, community, status, roles, day_at(c->now, NULL), &id));
	TRY(history_insert(c, id, enum_word(&membership_status_words, status), roles, c->now, person, NULL));
	return community_note(c, community_pub, "membership.begin", "membership", pub, NULL,
			      json_of(c, status, roles));
}
