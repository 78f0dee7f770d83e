#include "people/correction.h"

#include <string.h>

#include "base/pubid.h"
#include "people/community.h"
#include "people/correction_sql.h"
#include "people/people.h"
#include "platform/i18n.h"
#include "platform/json.h"
#include "platform/mail.h"
#include "platform/route.h"

rc correction_loader(struct ctx *c, pubid pub, struct loaded *out);
rc orphan_loader(struct ctx *c, pubid pub, struct loaded *out);

rc correction_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	struct correction_row *r = new_zero(c, struct correction_row);
	bool found;
	TRY(correction_by_pub(c, pub, r, &found));
	if (!found)
		return fail(c, E_NOT_FOUND, "db.not_found");
	out->object = r;
	out->community = r->community;
	return OK;
}

static enum lang lang_of(const char *word)
{
	return strcmp(word, "en") == 0 ? LANG_EN : LANG_FR;
}

rc page_has_no_steward(struct ctx *c, community_id community, bool *out)
{
	struct recipients r;
	TRY(people_with_role(c, community, ROLE_MANAGER, &r));
	*out = r.n == 0;
	return OK;
}

static rc tell_one(struct ctx *c, const struct recipient *r, const char *name, int field, const char *message,
		   const char *path)
{
	enum lang before = mail_lang(c, r->lang);
	struct mail_draft d = {
		.to = r->email,
		.lang = r->lang,
		.kind = "correction.new",
		.subject = T_TEXT(c, "correction_mail.subject", "name", name),
		.paragraphs = { T_TEXT(c, "correction_mail.what", "field",
				       i18n_word(c, &correction_field_words, field)),
				message, T(c, "correction_mail.then") },
		.action_label = T(c, "correction_mail.action"),
		.action_path = path,
	};
	rc code = mail_queue(c, &d);
	(void)mail_lang(c, before);
	return code;
}

/* A report on a page without stewards: the operator's. */
rc orphan_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	bool orphan;
	TRY(correction_loader(c, pub, out));
	TRY(page_has_no_steward(c, out->community, &orphan));
	return orphan ? OK : fail(c, E_NOT_FOUND, "db.not_found");
}

rc correction_report(struct ctx *c, const struct community_row *row, const struct correction_new *f)
{
	struct recipients to;
	pubid pub;
	if (f->homepage && *f->homepage)
		return OK;
	pubid_new(&pub);
	TRY(correction_insert(c, pub, row->id, f->field, f->message, f->email,
			      c->lang == LANG_EN ? "en" : "fr", c->now, NULL));
	TRY(people_with_role(c, row->id, ROLE_MANAGER, &to));
	const char *path = fmt(c, "/reports/%s", pub.s);
	if (!to.n) {
		TRY(operator_recipients(c, &to));
		path = fmt(c, "/operator/reports/%s", pub.s);
	}
	for (size_t i = 0; i < to.n; i++)
		TRY(tell_one(c, &to.items[i], row->name, f->field, f->message, path));
	return OK;
}

static rc tell_answer(struct ctx *c, const struct correction_row *r, const struct correction_answer *f)
{
	if (!r->email || !*r->email)
		return OK;
	enum lang lang = lang_of(r->lang), before = mail_lang(c, lang);
	bool good = f->outcome == CORRECTION_OUTCOME_DONE;
	struct mail_draft d = {
		.to = r->email,
		.lang = lang,
		.kind = "correction.answer",
		.subject = T_TEXT(c, "correction_mail.answer_subject", "name", r->place_name),
		.paragraphs = { good ? T(c, "correction_mail.done") : T(c, "correction_mail.dismissed"),
				f->answer && *f->answer ? f->answer : NULL },
		.action_label = T(c, "correction_mail.see"),
		.action_path = fmt(c, "/communities/%s", r->place_pub.s),
	};
	rc code = mail_queue(c, &d);
	(void)mail_lang(c, before);
	return code;
}

rc correction_close_with(struct ctx *c, const struct correction_row *r, const struct correction_answer *f)
{
	int64_t closed;
	bool good = f->outcome == CORRECTION_OUTCOME_DONE;
	struct buf after;
	if (!good && (!f->answer || !*f->answer))
		return fail_field(c, "answer", "page_report.say_why");
	TRY(correction_close(c, r->id, good ? CORRECTION_STATE_DONE : CORRECTION_STATE_DISMISSED, f->answer,
			     c->now, c->actor.person, &closed));
	if (!closed)
		return fail(c, E_CONFLICT, "page_report.answered");
	TRY(tell_answer(c, r, f));
	buf_init(&after, c->mem, 200);
	json_write(&after, &correction_answer_shape, f);
	return community_note(c, r->place_pub, "correction.answer", "correction", r->pub, NULL, after.s);
}
