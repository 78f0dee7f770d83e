/* account_web.c - a person's own account: who she is, where her letters go,
 * her password, as whom she acts. */
#include <string.h>

#include "people/account.h"
#include "people/account_html.h"
#include "people/account_sql.h"
#include "people/attempts.h"
#include "people/password.h"
#include "people/session.h"
#include "platform/app.h"
#include "platform/session_cookie.h"
#include "platform/url.h"
#include "territory/commune.h"

route_fn account_get, account_profile_post, account_address_prepare, account_address_post;
route_fn account_password_prepare, account_password_post, act_as_post;

rc account_get(struct ctx *c, struct req *q)
{
	struct account_page *v = new_zero(c, struct account_page);
	struct account_row a;
	struct person_home_row home;
	bool found;
	TRY(account_by_id(c, c->actor.person, &a));
	TRY(person_home(c, a.id, &home, &found));
	*v = (struct account_page){ a.name,    a.email,		enum_word(&account_lang_words, a.lang),
				    home.name, home.created_at, c->app->is_demo };
	page_title(q, "account", T(c, "account.title"));
	page_crumb(q, T(c, "account.title"), NULL);
	return page(q, account_page, v);
}

/* A name, an older one, a postal code: whatever means one commune. */
static rc find_commune(struct ctx *c, const char *typed, const char **insee)
{
	struct commune_card card;
	struct commune_card_list some;
	bool found;
	int errors;
	*insee = NULL;
	if (!typed || !*typed)
		return OK;
	TRY(commune_match(c, typed, NULL, &card, &found, &errors));
	if (!found) {
		TRY(commune_search(c, typed, 2, &some));
		if (some.n != 1)
			return fail_field(c, "commune",
					  some.n ? K("account.communes") : K("account.no_commune"));
		card = some.items[0];
	}
	*insee = card.insee;
	return OK;
}

rc account_profile_post(struct ctx *c, struct req *q)
{
	const struct account_profile *f = req_form(q, account_profile);
	struct account_row a;
	const char *insee;
	TRY(session_required(c, q));
	TRY(account_by_id(c, c->actor.person, &a));
	TRY(find_commune(c, f->commune, &insee));
	TRY(person_set_profile(c, a.id, f->name, f->lang, insee, NULL));
	TRY(account_note(c, "account.profile", a.pub, NULL, NULL));
	c->lang = f->lang == ACCOUNT_LANG_EN ? LANG_EN : LANG_FR;
	reply_cookie(c, q, COOKIE_LANG, NULL, 0); /* the foot of a page chose for this browser: no more */
	return done(c, q, T(c, "account.saved"), "/account");
}

rc account_prove(struct ctx *c, const struct req *q, const char *field, const char *password,
		 struct account_row *out)
{
	const char *renewed;
	bool good;
	TRY(account_by_id(c, c->actor.person, out));
	TRY(attempt_take(c, ATTEMPT_PASSWORD, out->email, q->http->peer));
	TRY(password_check(c, out->password_hash, password, &good, &renewed));
	if (!good)
		return fail_field(c, field, K("account.wrong_password"));
	attempt_forget(c, ATTEMPT_PASSWORD, out->email, q->http->peer);
	return OK;
}

rc account_address_prepare(struct ctx *c, struct req *q)
{
	const struct address_change *f = req_form(q, address_change);
	struct account_row *a = new_zero(c, struct account_row);
	TRY(session_required(c, q));
	TRY(account_prove(c, q, "password", f->password, a));
	TRY(attempt_take(c, ATTEMPT_LETTER, a->email, q->http->peer));
	q->prepared = a;
	return OK;
}

rc account_address_post(struct ctx *c, struct req *q)
{
	TRY(account_ask_address(c, q->prepared, req_form(q, address_change)->email));
	return done(c, q, T(c, "account.address_sent"), "/account");
}

struct new_password {
	struct account_row account;
	const char *hash;
};

rc account_password_prepare(struct ctx *c, struct req *q)
{
	const struct password_change *f = req_form(q, password_change);
	struct new_password *n = new_zero(c, struct new_password);
	TRY(session_required(c, q));
	TRY(account_prove(c, q, "old_password", f->old_password, &n->account));
	TRY(password_allowed(c, "new_password", f->new_password, n->account.email, n->account.name));
	TRY(password_make(c, f->new_password, &n->hash));
	q->prepared = n;
	return OK;
}

rc account_password_post(struct ctx *c, struct req *q)
{
	const struct new_password *n = q->prepared;
	TRY(account_set_password(c, &n->account, n->hash));
	TRY(session_open(c, q, n->account.id));
	return done(c, q, T(c, "account.password_changed"), "/account");
}

rc act_as_post(struct ctx *c, struct req *q)
{
	const struct act_as *f = req_form(q, act_as);
	TRY(session_required(c, q));
	TRY(session_act_as(c, q, f->membership));
	return done(c, q, NULL, "%s", url_is_local(f->back) ? f->back : "/");
}
