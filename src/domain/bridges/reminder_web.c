/* reminder_web.c - no more reminders: by the link of a letter, whose page shows
 * one button as programs open links too, and in one's account. */
#include "bridges/reminder.h"
#include "bridges/reminder_html.h"
#include "bridges/reminder_sql.h"
#include "people/attempts.h"
#include "platform/route.h"

route_fn reminder_stop_get, reminder_stop_prepare, reminder_stop_post, my_reminders_get, my_reminders_post;

rc reminder_stop_get(struct ctx *c, struct req *q)
{
	struct reminder_page *v = new_zero(c, struct reminder_page);
	person_id person;
	v->token = req_form(q, reminder_token)->token;
	TRY(reminder_person(c, v->token, &person));
	TRY(reminders_refused(c, person, &v->refused));
	page_title(q, NULL, T(c, "reminder.title"));
	page_crumb(q, T(c, "reminder.title"), NULL);
	return page(q, reminder_page, v);
}

rc reminder_stop_prepare(struct ctx *c, struct req *q)
{
	return attempt_take(c, ATTEMPT_LINK, NULL, q->http->peer);
}

rc reminder_stop_post(struct ctx *c, struct req *q)
{
	const char *token = req_form(q, reminder_token)->token;
	person_id person;
	TRY(reminder_person(c, token, &person));
	TRY(reminders_refuse(c, person, true));
	return done(c, q, T(c, "reminder.said_stopped"), "/reminders/stop?token=%s", token);
}

rc my_reminders_get(struct ctx *c, struct req *q)
{
	struct my_reminders_page *v = new_zero(c, struct my_reminders_page);
	TRY(reminders_refused(c, c->actor.person, &v->refused));
	TRY(reminders_of(c, c->actor.person, &v->items));
	page_title(q, "account", T(c, "reminder.title"));
	page_crumb(q, T(c, "account.title"), "/account");
	page_crumb(q, T(c, "reminder.title"), NULL);
	return page(q, my_reminders_page, v);
}

rc my_reminders_post(struct ctx *c, struct req *q)
{
	bool stop = req_form(q, reminder_wish)->stop;
	TRY(reminders_refuse(c, c->actor.person, stop));
	return done(c, q, stop ? T(c, "reminder.said_stopped") : T(c, "reminder.said_again"),
		    "/account/reminders");
}
