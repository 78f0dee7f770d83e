#include "observatory/import_offer.h"

#include "base/pubid.h"
#include "observatory/arrival_sql.h"
#include "observatory/import_sql.h"
#include "observatory/mapping_sql.h"
#include "people/people.h"
#include "platform/i18n.h"
#include "platform/mail.h"

rc offer_tell_waits(struct ctx *c, const char *label, const char *path)
{
	struct community_card network;
	struct recipients to;
	const char *who;
	TRY(community_card_get(c, c->actor.community, &network));
	TRY(person_name(c, c->actor.person, &who));
	TRY(operator_recipients(c, &to));
	for (size_t i = 0; i < to.n; i++) {
		enum lang before = mail_lang(c, to.items[i].lang);
		struct mail_draft d = {
			.to = to.items[i].email,
			.lang = to.items[i].lang,
			.kind = "import.waits",
			.subject = T_TEXT(c, "offers_mail.waits_subject", "name", network.name),
			.paragraphs = { T_TEXT(c, "offers_mail.waits_who", "name", who),
					T_TEXT(c, "offers_mail.waits_source", "source", label),
					T(c, "offers_mail.waits_what") },
			.action_label = T(c, "offers_mail.waits_action"),
			.action_path = path,
		};
		rc code = mail_queue(c, &d);
		(void)mail_lang(c, before);
		TRY(code);
	}
	return OK;
}

/* What is told of it, in the reader's language. */
typedef rc told_fn(struct ctx *c, const struct import_run *run, const void *arg, struct mail_draft *d);

static rc tell_sender(struct ctx *c, const struct import_run *run, told_fn *told, const void *arg)
{
	struct recipient r;
	if (!run->offered || !run->person_id.v)
		return OK;
	rc code = person_recipient(c, run->person_id, &r);
	if (code == E_NOT_FOUND)
		return OK;
	TRY(code);
	enum lang before = mail_lang(c, r.lang);
	struct mail_draft d = { .to = r.email,
				.lang = r.lang,
				.action_label = T(c, "offers_mail.action"),
				.action_path = "/imports" };
	code = told(c, run, arg, &d);
	if (code == OK)
		code = mail_queue(c, &d);
	(void)mail_lang(c, before);
	return code;
}

/* ---- refused ---- */

static rc say_refused(struct ctx *c, const struct import_run *run, const void *arg, struct mail_draft *d)
{
	d->kind = "import.refused";
	d->subject = T_TEXT(c, "offers_mail.refused_subject", "source", run->label);
	d->paragraphs[0] = T_TEXT(c, "offers_mail.refused_what", "source", run->label);
	d->paragraphs[1] = arg;
	d->paragraphs[2] = T(c, "offers_mail.refused_then");
	return OK;
}

rc offer_refusal_check(struct ctx *c, bool offered, const char *reason)
{
	return !offered || (reason && *reason) ? OK : fail_field(c, "reason", "offers.say_why");
}

rc offer_refuse(struct ctx *c, const struct import_run *run, const char *reason)
{
	if (!run->offered)
		return OK;
	TRY(offer_refusal_check(c, true, reason));
	TRY(import_run_refused(c, run->id, reason, NULL));
	return tell_sender(c, run, say_refused, reason);
}

static rc stopped_run(struct ctx *c, const struct import_sheet_row *s, struct import_run *out)
{
	bool found;
	pubid pub;
	row_id id;
	pubid_new(&pub);
	TRY(import_run_insert(c, pub, s->label, s->licence, IMPORT_FORMAT_SHEET, NULL, NULL, s->person,
			      s->community, s->offered, s->created_at, &id));
	TRY(import_run_move(c, id, IMPORT_STATE_WAITING, IMPORT_STATE_STOPPED, NULL, c->now, NULL));
	return import_run_by_pub(c, pub, out, &found);
}

rc offer_sheet_refuse(struct ctx *c, const struct import_sheet_row *sheet, const char *reason)
{
	struct import_run run;
	TRY(offer_refusal_check(c, sheet->offered, reason));
	if (sheet->offered) {
		TRY(stopped_run(c, sheet, &run));
		TRY(offer_refuse(c, &run, reason));
	}
	return import_sheet_drop(c, sheet->id, NULL);
}

/* ---- read, or not ---- */

static rc say_unreadable(struct ctx *c, const struct import_run *run, const void *arg, struct mail_draft *d)
{
	d->kind = "import.unreadable";
	d->subject = T_TEXT(c, "offers_mail.unreadable_subject", "source", run->label);
	d->paragraphs[0] = T_TEXT(c, "offers_mail.unreadable_what", "source", run->label);
	d->paragraphs[1] = i18n_has(arg) ? i18n(c, arg, NULL, 0) : NULL;
	return OK;
}

rc offer_tell_unreadable(struct ctx *c, const struct import_run *run, const char *key)
{
	return tell_sender(c, run, say_unreadable, key);
}

static rc say_done(struct ctx *c, const struct import_run *run, const void *arg, struct mail_draft *d)
{
	const struct import_written_since_row *n = arg;
	d->kind = "import.done";
	const char **p = d->paragraphs;
	bool some = n->made || n->completed;
	d->subject = some ? T_TEXT(c, "offers_mail.done_subject", "source", run->label)
			  : T_TEXT(c, "offers_mail.same_subject", "source", run->label);
	*p++ = some ? T(c, "offers_mail.done_taken") : T(c, "offers_mail.same_what");
	if (n->made)
		*p++ = T_N(c, "offers_mail.done_made", n->made);
	if (n->completed)
		*p++ = T_N(c, "offers_mail.done_completed", n->completed);
	if (n->made && run->as_name)
		*p++ = T_TEXT(c, "offers_mail.done_links", "name", run->as_name);
	return OK;
}

rc offer_tell_done(struct ctx *c, const struct import_run *run, instant since)
{
	struct import_written_since_row n;
	TRY(import_written_since(c, run->id, since, &n));
	return tell_sender(c, run, say_done, &n);
}
