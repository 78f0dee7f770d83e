#include "people/account_care.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "people/account_care_sql.h"
#include "people/account_mail.h"
#include "people/account_sql.h"
#include "people/session_sql.h"
#include "platform/i18n.h"

rc care_reset_link(struct ctx *c, const struct account_row *who, const char **token)
{
	TRY(account_link_new(c, MAIL_PURPOSE_RESET, who->id, who->email, INVITED_RESET_SECONDS, token));
	return account_note(c, "account.reset_link", who->pub, NULL, NULL);
}

rc care_send_reset(struct ctx *c, const struct account_row *who)
{
	const char *token;
	TRY(care_reset_link(c, who, &token));
	return account_mail_reset_for(c, who, token);
}

rc care_sign_out(struct ctx *c, const struct account_row *who)
{
	TRY(session_revoke_all(c, who->id, c->now, NULL));
	return account_note(c, "account.sign_out", who->pub, NULL, NULL);
}

static const char *reason(struct ctx *c, const char *why)
{
	json_t *o = json_pack("{s:s?}", "why", why);
	char *text = json_dumps(o, JSON_COMPACT);
	const char *kept = text ? talloc_strdup(c->mem, text) : NULL;
	free(text);
	json_decref(o);
	return kept;
}

rc care_suspend(struct ctx *c, const struct account_row *who, const char *why)
{
	int64_t changed;
	if (who->id.v == c->actor.person.v)
		return fail(c, E_CONFLICT, "care.own");
	TRY(account_suspend(c, who->id, c->now, &changed));
	if (!changed)
		return fail(c, E_CONFLICT, "care.is_suspended");
	TRY(session_revoke_all(c, who->id, c->now, NULL));
	return account_note(c, "account.suspend", who->pub, NULL, reason(c, why));
}

rc care_restore(struct ctx *c, const struct account_row *who)
{
	int64_t changed;
	TRY(account_restore(c, who->id, &changed));
	if (!changed)
		return fail(c, E_CONFLICT, "care.is_active");
	return account_note(c, "account.restore", who->pub, NULL, NULL);
}

rc care_set_operator(struct ctx *c, const struct account_row *who, bool on)
{
	int64_t changed;
	TRY(person_set_operator(c, who->id, on, &changed));
	if (!changed)
		return OK;
	return account_note(c, "account.operator", who->pub, NULL,
			    on ? "{\"operator\":true}" : "{\"operator\":false}");
}

/* ---- finding ---- */

struct sortable {
	const struct account_line *line;
	const char *name;
	int sort;
};

static int compare(const void *a, const void *b)
{
	const struct sortable *x = a, *y = b;
	if (x->sort == ACCOUNT_SORT_SEEN && x->line->seen_at.v != y->line->seen_at.v)
		return x->line->seen_at.v < y->line->seen_at.v ? 1 : -1;
	int by_name = x->sort == ACCOUNT_SORT_NAME ? strcmp(x->name, y->name) : 0;
	return by_name ? by_name : x->line->id.v < y->line->id.v ? 1 : -1;
}

static bool is_in(const struct account_line *a, int state)
{
	switch (state) {
	case ACCOUNT_STATE_ACTIVE: return a->verified && is_none(a->suspended_at);
	case ACCOUNT_STATE_UNCONFIRMED: return !a->verified;
	case ACCOUNT_STATE_SUSPENDED: return !is_none(a->suspended_at);
	case ACCOUNT_STATE_OPERATOR: return a->is_operator;
	default: return true;
	}
}

/* Names are folded here: the table keeps them as people write them. */
rc accounts_find(struct ctx *c, const struct account_query *q, struct account_line_list *out)
{
	struct account_line_list all;
	const char *words = q->q ? fold(c, q->q) : "";
	size_t n = 0;
	TRY(account_lines(c, c->now, &all));
	struct sortable *s = new_array(c, struct sortable, all.n + 1);
	for (size_t i = 0; i < all.n; i++) {
		const char *name = fold(c, all.items[i].name);
		if (!is_in(&all.items[i], q->state) ||
		    (!strstr(name, words) && !strstr(fold(c, all.items[i].email), words)))
			continue;
		s[n++] = (struct sortable){ &all.items[i], name, q->sort };
	}
	if (n)
		qsort(s, n, sizeof *s, compare);
	*out = (struct account_line_list){ new_array(c, struct account_line, n + 1), n };
	for (size_t i = 0; i < n; i++)
		out->items[i] = *s[i].line;
	return OK;
}
