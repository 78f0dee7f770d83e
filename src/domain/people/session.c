#include <string.h>

#include "base/civil.h"
#include "base/pubid.h"
#include "base/secret.h"
#include "people/session.h"
#include "people/session_sql.h"
#include "platform/csrf.h"
#include "platform/session_cookie.h"

static day today(const struct ctx *c)
{
	day d;
	minute m;
	utc_to_local(c->now, NULL, &d, &m);
	return d;
}

static void set_actor(struct ctx *c, person_id person, membership_id membership, community_id community, int64_t roles,
		      bool is_operator, const char *lang)
{
	c->actor = (struct actor){ person, membership, community, (unsigned)roles, is_operator };
	c->lang = strcmp(lang, "en") == 0 ? LANG_EN : LANG_FR;
}

static rc by_bearer(struct ctx *c, struct req *q, const char *token)
{
	struct token_actor a;
	bool found;
	q->session_token = NULL;
	TRY(token_actor_by_hash(c, secret_hash(token), c->now, today(c), &a, &found));
	if (!found)
		return fail(c, E_AUTH, "actor.bad_token");
	set_actor(c, a.person, a.membership, a.community, a.roles, a.is_operator, a.lang);
	q->may_write = a.may_write;
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
	TRY(session_actor_by_hash(c, secret_hash(q->session_token), c->now, today(c), &a, &found));
	if (!found) {
		q->session_token = NULL;
		q->csrf = q->anonymous ? csrf_token(c, q->anonymous) : NULL;
		return OK;
	}
	set_actor(c, a.person, a.membership, a.community, a.roles, a.is_operator, a.lang);
	q->csrf = csrf_token(c, q->session_token);
	return OK;
}

rc session_open(struct ctx *c, struct req *q, person_id person)
{
	struct session_new s = { .person = person, .created_at = c->now, .expires_at = { c->now.v + SESSION_SECONDS } };
	const char *agent = http_header(q->http, "User-Agent");
	bool found;
	char *token = talloc_size(c->mem, SECRET_SIZE);
	secret_new(token);
	pubid_new(&s.pub);
	s.token_hash = secret_hash(token);
	s.agent = agent ? talloc_strndup(c->mem, agent, 200) : "";
	s.address = q->http->peer;
	TRY(session_first_membership(c, person, today(c), &s.membership, &found));
	TRY(session_insert(c, &s, NULL));
	reply_cookie(c, q, COOKIE_SESSION, token, SESSION_SECONDS);
	return OK;
}

rc session_close(struct ctx *c, struct req *q)
{
	if (q->session_token)
		TRY(session_revoke(c, secret_hash(q->session_token), c->now, NULL));
	reply_cookie(c, q, COOKIE_SESSION, NULL, 0);
	return OK;
}
