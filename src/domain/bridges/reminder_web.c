/* reminder_web.c - no more reminders: by the link of a letter, whose page shows
 * one button as programs open links too, by a POST to that address alone, which
 * programs of mail offer as one click (RFC 8058), and in one's account. */
#include "bridges/reminder.h"
#include "bridges/reminder_html.h"
#include "bridges/reminder_sql.h"
#include "platform/route.h"

route_fn reminder_stop_get, reminder_stop_prepare, reminder_stop_post, my_reminders_get, my_reminders_post;

static rc show_stop(struct ctx *c, struct req *q, person_id person)
{
	struct reminder_page *v = new_zero(c, struct reminder_page);
	v->token = req_form(q, reminder_token)->token;
	TRY(reminders_refused(c, person, &v->refused));
	page_title(q, NULL, T(c, "reminder.title"));
	page_crumb(q, T(c, "reminder.title"), NULL);
	return page(q, reminder_page, v);
}

rc reminder_stop_get(struct ctx *c, struct req *q)
{
	person_id person;
	TRY(reminder_person(c, req_form(q, reminder_token)->token, &person));
	return show_stop(c, q, person);
}

/* Nonsense ends here, before it waits for the writer. Not counted by address of the
 * network: all that one provider of mail sends comes from the same few, and a secret
 * of 256 bits is not guessed. */
rc reminder_stop_prepare(struct ctx *c, struct req *q)
{
	person_id person;
	return reminder_person(c, req_form(q, reminder_token)->token, &person);
}

/* Answered at once: programs of mail follow no redirection. */
rc reminder_stop_post(struct ctx *c, struct req *q)
{
	person_id person;
	TRY(reminder_person(c, req_form(q, reminder_token)->token, &person));
	TRY(reminders_refuse(c, person, true));
	return show_stop(c, q, person);
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
