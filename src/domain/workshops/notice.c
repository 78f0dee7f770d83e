#include "workshops/notice.h"
#include "platform/i18n.h"
#include "platform/mail.h"

/* What happened, when, and where to look. */
static rc send(struct ctx *c, const struct workshop_row *w, person_id person, const char *kind,
	       const char *subject_key, const char *text_key)
{
	struct recipient to;
	if (person_recipient(c, person, &to) != OK)
		return OK; /* erased meanwhile: nobody to tell */
	enum lang before = mail_lang(c, to.lang);
	struct arg title = { .name = "title", .kind = ARG_TEXT, .text = w->title };
	struct mail_draft d = {
		.to = to.email,
		.lang = to.lang,
		.kind = kind,
		.subject = i18n(c, subject_key, &title, 1),
		.paragraphs = { i18n(c, text_key, &title, 1),
				fmt(c, "%s, %s – %s", fmt_day_long(c, w->on_day),
				    fmt_minute(c, w->from_minute), fmt_minute(c, w->to_minute)) },
		.action_label = T(c, "workshop.mail_see"),
		.action_path = fmt(c, "/workshops/%s", w->pub.s),
	};
	(void)mail_lang(c, before);
	return mail_queue(c, &d);
}

rc notice_enrolled(struct ctx *c, const struct workshop_row *w, person_id person, int status)
{
	bool waiting = status == ENROLMENT_STATUS_WAITING;
	return send(c, w, person, "workshop.enrolled",
		    waiting ? K("workshop.mail_waiting_subject") : K("workshop.mail_enrolled_subject"),
		    waiting ? K("workshop.mail_waiting") : K("workshop.mail_enrolled"));
}

rc notice_promoted(struct ctx *c, const struct workshop_row *w, person_id person)
{
	return send(c, w, person, "workshop.promoted", K("workshop.mail_promoted_subject"),
		    K("workshop.mail_promoted"));
}

rc notice_cancelled(struct ctx *c, const struct workshop_row *w, person_id person)
{
	return send(c, w, person, "workshop.cancelled", K("workshop.mail_cancelled_subject"),
		    K("workshop.mail_cancelled"));
}
