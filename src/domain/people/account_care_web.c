/* account_care_web.c - the accounts of the server, for who runs it. */
#include <jansson.h>
#include <string.h>

#include "base/civil.h"
#include "base/csv.h"
#include "people/account_care.h"
#include "people/account_care_html.h"
#include "people/account_care_page_shape.h"
#include "people/account_care_sql.h"
#include "people/account_sql.h"
#include "platform/app.h"
#include "platform/config.h"
#include "platform/csv_head.h"
#include "platform/i18n.h"
#include "platform/route.h"
#include "platform/ui.h"

#define PAGE 50
#define HERE "/operator/people"

route_fn accounts_get, accounts_csv, account_care_get;
route_fn care_reset_post, care_sign_out_post, care_suspend_post, care_restore_post;
rc account_loader(struct ctx *c, pubid pub, struct loaded *out);

rc account_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	struct account_line *a = new_zero(c, struct account_line);
	bool found = false;
	if (c->actor.is_operator)
		TRY(account_line_by_pub(c, pub, c->now, a, &found));
	out->object = a;
	return found ? OK : fail(c, E_NOT_FOUND, "db.not_found");
}

/* ---- the list ---- */

static const char *address(struct ctx *c, const char *path, const struct account_query *f, const char *after)
{
	struct buf b;
	buf_init(&b, c->mem, 100);
	buf_fmt(&b, "%s?", path);
	buf_param(&b, "q", f->q);
	buf_param(&b, "state", enum_word(&account_state_words, f->state));
	buf_param(&b, "sort", enum_word(&account_sort_words, f->sort));
	buf_param(&b, "after", after);
	return b.s;
}

/* The page that begins after `after`; an id that is not there begins anew. */
static void cut(struct ctx *c, struct accounts_page *v, const struct account_query *f)
{
	size_t from = 0;
	for (size_t i = 0; f->after && i < v->items.n; i++)
		if (strcmp(v->items.items[i].pub.s, f->after) == 0)
			from = i + 1;
	v->items.items += from;
	v->items.n -= from;
	if (v->items.n > PAGE) {
		v->items.n = PAGE;
		v->next = address(c, HERE, f, v->items.items[PAGE - 1].pub.s);
	}
}

rc accounts_get(struct ctx *c, struct req *q)
{
	const struct account_query *f = req_form(q, account_query);
	struct accounts_page *v = new_zero(c, struct accounts_page);
	TRY(accounts_find(c, f, &v->items));
	v->q = f->q ? f->q : "";
	v->state = enum_word(&account_state_words, f->state);
	v->sort = enum_word(&account_sort_words, f->sort);
	v->total = (int64_t)v->items.n;
	v->csv = address(c, HERE ".csv", f, NULL);
	v->states = ui_options(c, &account_state_words);
	v->sorts = ui_options(c, &account_sort_words);
	cut(c, v, f);
	page_title(q, "operator", T(c, "care.title"));
	page_crumb(q, T(c, "operator.title"), "/operator");
	page_crumb(q, T(c, "care.title"), NULL);
	return page(q, accounts_page, v);
}

static const char *state_words(struct ctx *c, const struct account_line *a)
{
	int state = !is_none(a->suspended_at) ? ACCOUNT_STATE_SUSPENDED
		    : !a->verified	      ? ACCOUNT_STATE_UNCONFIRMED
		    : a->is_operator	      ? ACCOUNT_STATE_OPERATOR
					      : ACCOUNT_STATE_ACTIVE;
	return i18n_word(c, &account_state_words, state);
}

rc accounts_csv(struct ctx *c, struct req *q)
{
	static const char *const head[] = { K("care.name"),  K("care.email"), K("care.state"),
					    K("care.since"), K("care.seen"),  K("care.sessions") };
	struct account_line_list l;
	struct csv_writer w;
	struct buf b;
	TRY(accounts_find(c, req_form(q, account_query), &l));
	buf_init(&b, c->mem, 1 << 12);
	csv_begin(&w, &b, ';', true);
	csv_head(c, &w, head, sizeof head / sizeof *head);
	for (size_t i = 0; i < l.n; i++) {
		const struct account_line *a = &l.items[i];
		csv_put_typed(&w, a->name);
		csv_put_typed(&w, a->email);
		csv_put(&w, state_words(c, a));
		csv_put(&w, fmt_iso_day(c, day_at(a->created_at, NULL)));
		csv_put(&w, is_none(a->seen_at) ? "" : fmt_iso_day(c, day_at(a->seen_at, NULL)));
		csv_put_int(&w, a->sessions);
		csv_end_row(&w);
	}
	return bytes(q, "text/csv; charset=utf-8", "accounts.csv", b.s, b.len);
}

/* ---- one account ---- */

/* "account.suspend" as the enumeration writes it, and why, where it was said. */
static void tell(struct ctx *c, struct care_act *a)
{
	char *word = talloc_strdup(c->mem, a->action);
	*strchrnul(word, '.') = '_';
	int i = enum_find(&care_action_words, word);
	json_t *detail = a->detail ? json_loads(a->detail, 0, NULL) : NULL;
	const char *why = json_string_value(json_object_get(detail, "why"));
	a->why = why ? talloc_strdup(c->mem, why) : NULL;
	a->words = i < 0 ? a->action : i18n_word(c, &care_action_words, i);
	if (json_is_false(json_object_get(detail, "operator")))
		a->words = T(c, "care.operator_off");
	json_decref(detail);
}

rc account_care_get(struct ctx *c, struct req *q)
{
	struct account_care_page *v = new_zero(c, struct account_care_page);
	v->account = *req_object(q, account_line, account);
	v->is_own = v->account.id.v == c->actor.person.v;
	v->has_smtp = c->app->config && c->app->config->smtp_url;
	TRY(care_acts(c, v->account.pub.s, &v->acts));
	for (size_t i = 0; i < v->acts.n; i++)
		tell(c, &v->acts.items[i]);
	page_title(q, "operator", v->account.name);
	page_crumb(q, T(c, "operator.title"), "/operator");
	page_crumb(q, T(c, "care.title"), HERE);
	page_crumb(q, v->account.name, NULL);
	return page(q, account_care_page, v);
}

static rc who_is_it(struct ctx *c, struct req *q, struct account_row *out)
{
	return account_by_id(c, req_object(q, account_line, account)->id, out);
}

static rc back(struct ctx *c, struct req *q, const struct account_row *who, const char *toast)
{
	return done(c, q, toast, HERE "/%s", who->pub.s);
}

rc care_reset_post(struct ctx *c, struct req *q)
{
	struct account_row who;
	TRY(who_is_it(c, q, &who));
	TRY(care_send_reset(c, &who));
	return back(c, q, &who, T(c, "care.reset_sent"));
}

rc care_sign_out_post(struct ctx *c, struct req *q)
{
	struct account_row who;
	TRY(who_is_it(c, q, &who));
	TRY(care_sign_out(c, &who));
	return back(c, q, &who, T(c, "care.signed_out"));
}

rc care_suspend_post(struct ctx *c, struct req *q)
{
	struct account_row who;
	TRY(who_is_it(c, q, &who));
	TRY(care_suspend(c, &who, req_form(q, account_suspend)->why));
	return back(c, q, &who, T(c, "care.suspended"));
}

rc care_restore_post(struct ctx *c, struct req *q)
{
	struct account_row who;
	TRY(who_is_it(c, q, &who));
	TRY(care_restore(c, &who));
	return back(c, q, &who, T(c, "care.restored"));
}
