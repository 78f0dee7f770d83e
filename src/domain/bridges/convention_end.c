/* convention_end.c - the last day of a whole convention, and what is over. */
#include "base/civil.h"
#include "bridges/party_news.h"
#include "bridges/party_time.h"
#include "bridges/terms.h"
#include "bridges/terms_sql.h"
#include "people/community.h"
#include "people/people.h"
#include "platform/db.h"
#include "platform/i18n.h"

static const char *said(struct ctx *c, const struct convention_row *k)
{
	return fmt(c, "{\"state\":\"%s\",\"to_day\":\"%s\"}", enum_word(&convention_state_words, k->state),
		   fmt_iso_day(c, k->to_day));
}

static rc note(struct ctx *c, const char *action, const struct convention_row *was,
	       const struct convention_row *is)
{
	struct community_card runner;
	TRY(community_card_get(c, is->runner, &runner));
	return community_note(c, runner.pub, action, "convention", is->pub, said(c, was), said(c, is));
}

rc convention_end_on(struct ctx *c, convention_id id, day on)
{
	struct convention_row k;
	day reach;
	int state;
	TRY(convention_lock(c, id, &state));
	TRY(convention_by_id(c, id, &k));
	if (state != CONVENTION_STATE_OPEN || k.to_day.v < day_at(c->now, NULL).v)
		return fail(c, E_CONFLICT, "convention.not_open");
	if (on.v < day_at(c->now, NULL).v)
		return fail_field(c, "on_day", "booking.past");
	TRY(convention_reach(c, id, &reach));
	if (on.v > k.to_day.v && (is_none(reach) || on.v > reach.v))
		return fail_field(c, "on_day", "convention.not_later");
	const struct convention_row was = k;
	k.to_day = on;
	TRY(convention_update(c, &k, NULL));
	TRY(convention_news_tell(c, &k, false));
	return note(c, "convention.last_day", &was, &k);
}

static rc end_one(struct ctx *c, void *arg)
{
	const convention_id *id = arg;
	struct convention_row k;
	int state;
	TRY(convention_lock(c, *id, &state));
	TRY(convention_by_id(c, *id, &k));
	if (state != CONVENTION_STATE_OPEN || k.to_day.v >= day_at(c->now, NULL).v)
		return OK; /* its last day has been moved since it was found */
	const struct convention_row was = k;
	k.state = CONVENTION_STATE_ENDED;
	TRY(convention_update(c, &k, NULL));
	TRY(convention_news_tell(c, &k, true));
	return note(c, "convention.end", &was, &k);
}

static rc find(struct ctx *c, void *arg)
{
	return conventions_over(c, day_at(c->now, NULL), arg);
}

rc conventions_end(struct ctx *c)
{
	struct conventions_over_row_list l;
	TRY(parties_end(c));
	TRY(db_read(c, find, &l));
	for (size_t i = 0; i < l.n; i++)
		TRY(db_write(c, end_one, &l.items[i].id));
	return OK;
}
