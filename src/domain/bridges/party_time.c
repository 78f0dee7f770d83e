#include "bridges/party_time.h"

#include "base/civil.h"
#include "bridges/party.h"
#include "bridges/party_news.h"
#include "bridges/party_sql.h"
#include "bridges/terms_sql.h"
#include "platform/db.h"

bool party_is_gone(const struct ctx *c, const struct party_row *p)
{
	bool leaves = !is_none(p->leaves_on) &&
		      (p->state == PARTY_STATE_LEAVING || p->state == PARTY_STATE_SUSPENDED);
	return p->state == PARTY_STATE_LEFT || (leaves && p->leaves_on.v < day_at(c->now, NULL).v);
}

bool party_may_sign(const struct ctx *c, const struct convention_row *k, const struct party_row *p)
{
	if (party_is_gone(c, p))
		return (k->open_to_join && !p->suspended_why) || !is_none(p->asked_back_at);
	return p->state == PARTY_STATE_INVITED || p->state == PARTY_STATE_ACTIVE ||
	       (p->state == PARTY_STATE_REFUSED && k->open_to_join);
}

/* In it, and it may still say until when. */
static bool is_in(const struct ctx *c, const struct party_row *p)
{
	return (p->state == PARTY_STATE_ACTIVE || p->state == PARTY_STATE_SUSPENDED ||
		p->state == PARTY_STATE_LEAVING) &&
	       !party_is_gone(c, p);
}

rc party_leave_on(struct ctx *c, convention_id id, day on)
{
	struct convention_row k;
	struct party_row p;
	TRY(party_for_signing(c, id, &k, &p));
	if (!is_in(c, &p))
		return fail(c, E_CONFLICT, "party.cannot_leave");
	if (on.v < day_at(c->now, NULL).v)
		return fail_field(c, "on_day", "booking.past");
	const struct party_row was = p;
	if (p.state != PARTY_STATE_SUSPENDED)
		p.state = PARTY_STATE_LEAVING;
	p.leaves_on = on;
	TRY(party_update(c, &p, NULL));
	TRY(party_news_tell(c, &k, &p, PARTY_NEWS_LEAVES));
	return party_note(c, &k, "party.leave", &was, &p);
}

rc party_stay_now(struct ctx *c, convention_id id)
{
	struct convention_row k;
	struct party_row p;
	TRY(party_for_signing(c, id, &k, &p));
	if (!is_in(c, &p) || is_none(p.leaves_on) || k.state != CONVENTION_STATE_OPEN)
		return fail(c, E_CONFLICT, "party.cannot_stay");
	const struct party_row was = p;
	if (p.state != PARTY_STATE_SUSPENDED)
		p.state = PARTY_STATE_ACTIVE;
	p.leaves_on.v = NONE;
	TRY(party_update(c, &p, NULL));
	TRY(party_news_tell(c, &k, &p, PARTY_NEWS_STAYS));
	return party_note(c, &k, "party.stay", &was, &p);
}

/* As it is now that nobody else changes it. */
static rc hold(struct ctx *c, const struct party_row *at, struct convention_row *k, struct party_row *p)
{
	bool found;
	int state;
	TRY(convention_by_id(c, at->convention, k));
	TRY(party_lock(c, at->id, &state));
	TRY(party_by_pub(c, at->pub, p, &found));
	return found ? OK : fail(c, E_NOT_FOUND, "db.not_found");
}

rc party_suspend(struct ctx *c, const struct party_row *at, const char *why)
{
	struct convention_row k;
	struct party_row p;
	TRY(hold(c, at, &k, &p));
	if (!is_in(c, &p) || p.state == PARTY_STATE_SUSPENDED)
		return fail(c, E_CONFLICT, "party.cannot_suspend");
	const struct party_row was = p;
	p.state = PARTY_STATE_SUSPENDED;
	p.suspended_why = why;
	TRY(party_update(c, &p, NULL));
	TRY(party_news_tell(c, &k, &p, PARTY_NEWS_SUSPENDED));
	return party_note(c, &k, "party.suspend", &was, &p);
}

rc party_resume(struct ctx *c, const struct party_row *at)
{
	struct convention_row k;
	struct party_row p;
	TRY(hold(c, at, &k, &p));
	if (!is_in(c, &p) || p.state != PARTY_STATE_SUSPENDED)
		return fail(c, E_CONFLICT, "party.cannot_suspend");
	const struct party_row was = p;
	p.state = is_none(p.leaves_on) ? PARTY_STATE_ACTIVE : PARTY_STATE_LEAVING;
	p.suspended_why = NULL;
	TRY(party_update(c, &p, NULL));
	TRY(party_news_tell(c, &k, &p, PARTY_NEWS_RESUMED));
	return party_note(c, &k, "party.resume", &was, &p);
}

rc party_ask_back(struct ctx *c, const struct party_row *at)
{
	struct convention_row k;
	struct party_row p;
	TRY(hold(c, at, &k, &p));
	const struct party_row was = p;
	if (k.state != CONVENTION_STATE_OPEN || (p.state != PARTY_STATE_REFUSED && !party_is_gone(c, &p)))
		return fail(c, E_CONFLICT, "party.cannot_ask");
	if (p.state == PARTY_STATE_REFUSED)
		p.state = PARTY_STATE_INVITED;
	else
		p.asked_back_at = c->now;
	TRY(party_update(c, &p, NULL));
	TRY(party_tell(c, &k, p.community));
	return party_note(c, &k, "party.ask_back", &was, &p);
}

rc party_come_back(struct ctx *c, struct party_row *p)
{
	instant since;
	TRY(party_since(c, p->id, &since));
	TRY(party_return_insert(c, p->id, day_at(is_none(since) ? p->invited_at : since, NULL), p->leaves_on,
				day_at(c->now, NULL), c->now, NULL));
	p->version.v = 0;
	p->leaves_on.v = NONE;
	p->asked_back_at.v = NONE;
	p->suspended_why = NULL;
	return OK;
}

static rc end_one(struct ctx *c, void *arg)
{
	struct party_row p;
	struct convention_row k;
	TRY(hold(c, arg, &k, &p));
	if (p.state == PARTY_STATE_LEFT || !party_is_gone(c, &p))
		return OK; /* it came back, or stays longer, since it was found */
	const struct party_row was = p;
	p.state = PARTY_STATE_LEFT;
	TRY(party_update(c, &p, NULL));
	return party_note(c, &k, "party.left", &was, &p);
}

static rc find(struct ctx *c, void *arg)
{
	return parties_gone(c, day_at(c->now, NULL), arg);
}

rc parties_end(struct ctx *c)
{
	struct party_row_list l;
	TRY(db_read(c, find, &l));
	for (size_t i = 0; i < l.n; i++)
		TRY(db_write(c, end_one, &l.items[i]));
	return OK;
}
