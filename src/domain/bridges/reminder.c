#include "bridges/reminder.h"

#include "audit/audit.h"
#include "base/civil.h"
#include "base/pubid.h"
#include "base/secret.h"
#include "bridges/follow_up.h"
#include "bridges/reminder_sql.h"
#include "bridges/terms_sql.h"
#include "people/people.h"
#include "platform/app.h"
#include "platform/db.h"
#include "platform/i18n.h"
#include "platform/mail.h"

#define DAY_S 86400

static rc write_letter(struct ctx *c, const char *convention, const struct recipient *to, const char *token)
{
	const char *base = c->app->public_url ? c->app->public_url : "";
	const char *stop = fmt(c, "/reminders/stop?token=%s", token);
	struct mail_draft d = {
		.to = to->email,
		.lang = to->lang,
		.kind = "grant.reminder",
		.subject = T_TEXT(c, "convention.remind_subject", "name", convention),
		.paragraphs = { T_TEXT(c, "convention.remind_text", "name", convention),
				T(c, "convention.remind_alone"),
				T_TEXT(c, "convention.remind_stop", "link", fmt(c, "%s%s", base, stop)) },
		.action_label = T(c, "convention.remind_find"),
		.action_path = "/places",
		.stop_path = stop,
	};
	return mail_queue(c, &d);
}

static rc remind(struct ctx *c, convention_id convention, const char *name, person_id person)
{
	struct recipient to;
	char token[SECRET_SIZE];
	TRY(person_recipient(c, person, &to));
	secret_new(token);
	enum lang before = mail_lang(c, to.lang);
	rc code = write_letter(c, name, &to, token);
	(void)mail_lang(c, before);
	return code == OK ? reminder_insert(c, convention, person, secret_hash(token), c->now, NULL) : code;
}

/* had: for how many days she must have had the right. */
static rc read_candidates(struct ctx *c, const struct reminder_sender *s, int64_t had,
			  struct reminder_candidates_row_list *l)
{
	day today = day_at(c->now, NULL);
	return reminder_candidates(c, s->convention, s->version, s->sender, today, (day){ today.v - had },
				   (day){ today.v - s->days }, (instant){ c->now.v - s->days * DAY_S }, l);
}

static rc remind_all(struct ctx *c, const struct reminder_sender *s, int64_t had, size_t *n)
{
	struct reminder_candidates_row_list l;
	TRY(read_candidates(c, s, had, &l));
	for (size_t i = 0; i < l.n; i++)
		TRY(remind(c, s->convention, s->name, l.items[i].person));
	*n = l.n;
	return OK;
}

rc reminders_send(struct ctx *c, const struct convention_row *k, community_id sender, int64_t *n)
{
	struct version_row v;
	size_t sent;
	TRY(version_offered(c, k->id, &v));
	const struct reminder_sender s = { k->id, sender, v.id, k->name,
					   v.remind_days == NONE ? REMIND_DAYS : v.remind_days };
	TRY(remind_all(c, &s, 0, &sent));
	*n = (int64_t)sent < SHOWN_FROM ? NONE : (int64_t)sent;
	return OK;
}

static rc remind_sender(struct ctx *c, void *arg)
{
	const struct reminder_sender *s = arg;
	size_t sent;
	return remind_all(c, s, s->days, &sent);
}

struct idle {
	const struct reminder_sender *s;
	struct reminder_candidates_row_list l;
};

static rc read_idle(struct ctx *c, void *arg)
{
	struct idle *x = arg;
	return read_candidates(c, x->s, x->s->days, &x->l);
}

static rc read_senders(struct ctx *c, void *arg)
{
	return reminder_senders(c, day_at(c->now, NULL), arg);
}

rc reminders_run(struct ctx *c)
{
	struct reminder_sender_list l;
	TRY(db_read(c, read_senders, &l));
	for (size_t i = 0; i < l.n; i++) {
		/* Most days there is nobody: nothing is asked of who writes. */
		struct idle x = { .s = &l.items[i] };
		TRY(db_read(c, read_idle, &x));
		if (x.l.n)
			TRY(db_write(c, remind_sender, &l.items[i]));
	}
	return OK;
}

rc reminder_person(struct ctx *c, const char *token, person_id *out)
{
	bool found;
	TRY(reminder_by_token(c, secret_hash(token), out, &found));
	return found ? OK : fail(c, E_GONE, "reminder.gone");
}

/* In the server's chain: none of her communities reads it. */
static rc note(struct ctx *c, person_id person, bool on)
{
	struct audit_event e = { .chain = "server",
				 .action = on ? "reminders.refuse" : "reminders.allow",
				 .object_kind = "person" };
	TRY(reminder_reader(c, person, &e.object));
	return audit_note(c, &e);
}

rc reminders_refuse(struct ctx *c, person_id person, bool on)
{
	int64_t changed;
	if (on)
		TRY(reminder_refuse(c, person, c->now, &changed));
	else
		TRY(reminder_allow(c, person, &changed));
	return changed ? note(c, person, on) : OK;
}
