#include <string.h>

#include "base/civil.h"
#include "base/pubid.h"
#include "base/secret.h"
#include "people/account_care_sql.h"
#include "people/session.h"
#include "people/session_sql.h"
#include "people/visits.h"
#include "platform/csrf.h"
#include "platform/session_cookie.h"

/* The cookie may outlive the session: the database knows when it ends. */
#define COOKIE_SECONDS (365 * 86400)

static void set_actor(struct ctx *c, person_id person, membership_id membership, community_id community,
		      int64_t roles, bool is_operator)
{
	c->actor = (struct actor){ person, membership, community, (unsigned)roles, is_operator };
}

static enum lang lang_of(const char *word)
{
	return strcmp(word, "en") == 0 ? LANG_EN : LANG_FR;
}

static rc by_bearer(struct ctx *c, struct req *q, const char *token)
{
	struct token_actor a;
	bool found;
	q->session_token = NULL;
	TRY(token_actor_by_hash(c, secret_hash(token), c->now, day_at(c->now, NULL), &a, &found));
	if (!found)
		return fail(c, E_AUTH, "actor.bad_token");
	set_actor(c, a.person, a.membership, a.community, a.roles, a.is_operator);
	c->lang = lang_of(a.lang);
	q->by_token = true;
	q->reads = a.reads == NONE ? ~0u : (unsigned)a.reads;
	q->writes = a.writes != NONE ? (unsigned)a.writes : a.may_write ? ~0u : 0;
	visit_token(c, a.token, a.seen_at);
	return OK;
}

rc session_authenticate(struct ctx *c, struct req *q)
{
	const char *authorization = http_header(q->http, "Authorization");
	struct session_actor a;
	bool found;
	if (q->api && authorization && strncmp(authorization, "Bearer ", 7) == 0)
		return by_bearer(c, q, authorization + 7);
	if (!q->session_token) {
		q->csrf = q->anonymous ? csrf_token(c, q->anonymous) : NULL;
		return OK;
	}
	TRY(session_actor_by_hash(c, secret_hash(q->session_token), c->now, day_at(c->now, NULL), &a,
				  &found));
	if (!found) {
		q->session_token = NULL;
		q->csrf = q->anonymous ? csrf_token(c, q->anonymous) : NULL;
		return OK;
	}
	set_actor(c, a.person, a.membership, a.community, a.roles, a.is_operator);
	/* What was chosen at the foot of a page holds in this browser. */
	if (!http_cookie(q->http, COOKIE_LANG))
		c->lang = lang_of(a.lang);
	q->csrf = csrf_acting(c, q->session_token);
	visit_session(c, a.session, a.seen_at);
	q->session_until = visit_due(a.seen_at);
	if (a.expires_at.v < q->session_until.v)
		q->session_until = a.expires_at;
	return OK;
}

rc session_open(struct ctx *c, struct req *q, person_id person)
{
	struct session_new s = { .person = person,
				 .created_at = c->now,
				 .expires_at = { c->now.v + SESSION_SECONDS } };
	const char *agent = http_header(q->http, "User-Agent");
	bool found, suspended;
	char *token = talloc_size(c->mem, SECRET_SIZE);
	TRY(account_is_suspended(c, person, &suspended));
	if (suspended)
		return fail(c, E_CONFLICT, "account.is_suspended");
	secret_new(token);
	pubid_new(&s.pub);
	s.token_hash = secret_hash(token);
	s.agent = agent ? talloc_strndup(c->mem, agent, 200) : "";
	s.address = q->http->peer;
	TRY(session_first_membership(c, person, day_at(c->now, NULL), &s.membership, &found));
	if (q->session_token)
		TRY(session_revoke(c, secret_hash(q->session_token), c->now, NULL));
	TRY(session_insert(c, &s, NULL));
	reply_cookie(c, q, COOKIE_SESSION, token, COOKIE_SECONDS);
	return OK;
}

rc session_close(struct ctx *c, struct req *q)
{
	if (q->session_token)
		TRY(session_revoke(c, secret_hash(q->session_token), c->now, NULL));
	reply_cookie(c, q, COOKIE_SESSION, NULL, 0);
	return OK;
}

rc session_close_all(struct ctx *c, struct req *q)
{
	TRY(session_revoke_all(c, c->actor.person, c->now, NULL));
	reply_cookie(c, q, COOKIE_SESSION, NULL, 0);
	return OK;
}

rc session_close_others(struct ctx *c, const struct req *q)
{
	return session_revoke_others(c, c->actor.person, secret_hash(q->session_token), c->now, NULL);
}

rc session_act_as(struct ctx *c, const struct req *q, pubid membership)
{
	membership_id id;
	bool found;
	TRY(membership_current(c, membership, c->actor.person, day_at(c->now, NULL), &id, &found));
	if (!found)
		return fail(c, E_NOT_FOUND, "db.not_found");
	return session_set_membership(c, secret_hash(q->session_token), id, NULL);
}

rc session_required(struct ctx *c, const struct req *q)
{
	return q->session_token ? OK : fail(c, E_DENIED, "account.session_only");
}

static rc sweep(struct ctx *c, void *arg)
{
	(void)arg;
	return session_sweep(c, (instant){ c->now.v - 30 * 86400 }, NULL);
}

rc sessions_sweep(struct ctx *c)
{
	return db_write(c, sweep, NULL);
}
