#include "spaces/booking_letter.h"

#include "people/people.h"
#include "platform/i18n.h"
#include "platform/mail.h"
#include "spaces/booking_sql.h"
#include "spaces/contest.h"
#include "spaces/space_sql.h"

static const char *span_of(struct ctx *c, const struct booking_row *b, const char *space)
{
	return fmt(c, "%s, %s – %s, %s", fmt_day_long(c, b->on_day), fmt_minute(c, b->from_minute),
		   fmt_minute(c, b->to_minute), space);
}

static const char *count_of(struct ctx *c, const struct booking_row *b, bool counted)
{
	struct arg args[] = { { .name = "days", .kind = ARG_TEXT, .text = fmt_quantity(c, b->measure) },
			      { .name = "right", .kind = ARG_TEXT, .text = b->right_label } };
	if (!is_none(b->late_at) && b->measure.v <= 0 && b->price.v > 0)
		return T_TEXT(c, "letter.price_asked", "price", fmt_money(c, b->price));
	if (!counted || b->measure.v <= 0)
		return T(c, "letter.not_counted");
	return i18n(c, "letter.counted", args, 2);
}

static rc write_letter(struct ctx *c, const struct booking_row *b, bool counted, const struct recipient *to)
{
	struct community_card place;
	struct space_row space;
	TRY(community_card_get(c, b->community, &place));
	TRY(space_by_id(c, b->space, &space));
	bool absent = b->status == BOOKING_STATUS_NO_SHOW, late = !is_none(b->late_at);
	const char *subject = late     ? K("letter.late_subject")
			      : absent ? K("letter.absent_subject")
				       : K("letter.present_subject");
	const char *said = late ? K("letter.late") : absent ? K("letter.absent") : K("letter.present");
	struct arg name = { .name = "place", .kind = ARG_TEXT, .text = place.name };
	struct mail_draft d = {
		.to = to->email,
		.lang = to->lang,
		.kind = "booking.recorded",
		.subject = i18n(c, subject, &name, 1),
		.paragraphs = { i18n(c, said, &name, 1), span_of(c, b, space.name), count_of(c, b, counted),
				T_N(c, "letter.contest", CONTEST_DAYS) },
		.action_label = T(c, "contest.title"),
		.action_path = fmt(c, "/bookings/%s/contest", b->pub.s),
	};
	return mail_queue(c, &d);
}

rc booking_letter(struct ctx *c, const struct booking_row *b, bool counted)
{
	struct recipient to;
	int64_t first;
	if (!b->person.v)
		return OK;
	TRY(booking_set_told(c, b->id, c->now, &first));
	if (!first || person_recipient(c, b->person, &to) != OK)
		return OK; /* told already, or erased meanwhile */
	enum lang before = mail_lang(c, to.lang);
	rc code = write_letter(c, b, counted, &to);
	(void)mail_lang(c, before);
	return code;
}

/* ---- what the place decided ---- */

struct news {
	const char *subject, *said;
};

static const struct news *news_of(const struct ctx *c, const struct booking_row *b, int before)
{
	static const struct news accepted = { K("news.accepted_subject"), K("news.accepted") };
	static const struct news refused = { K("news.refused_subject"), K("news.refused") };
	static const struct news cancelled = { K("news.cancelled_subject"), K("news.cancelled") };
	static const struct news expired = { K("news.expired_subject"), K("news.expired") };
	bool asked = before == BOOKING_STATUS_REQUESTED;
	if (!b->person.v || b->person.v == c->actor.person.v)
		return NULL;
	switch (b->status) {
	case BOOKING_STATUS_CONFIRMED: return asked ? &accepted : NULL;
	case BOOKING_STATUS_REFUSED: return &refused;
	case BOOKING_STATUS_EXPIRED: return &expired;
	case BOOKING_STATUS_CANCELLED: return b->walk_in ? NULL : &cancelled;
	default: return NULL;
	}
}

static rc write_news(struct ctx *c, const struct booking_row *b, const struct news *n,
		     const struct recipient *to)
{
	struct community_card place;
	struct space_row space;
	const char *reason;
	bool closed;
	TRY(community_card_get(c, b->community, &place));
	TRY(space_by_id(c, b->space, &space));
	TRY(closure_reason(c, b->community, b->space, b->on_day, &reason, &closed));
	struct arg name = { .name = "place", .kind = ARG_TEXT, .text = place.name };
	struct mail_draft d = {
		.to = to->email,
		.lang = to->lang,
		.kind = "booking.news",
		.subject = i18n(c, n->subject, &name, 1),
		.paragraphs = { i18n(c, n->said, &name, 1), span_of(c, b, space.name),
				closed ? T_TEXT(c, "news.closure", "reason", reason) : NULL },
		.action_label = T(c, "booking.see"),
		.action_path = fmt(c, "/bookings/%s", b->pub.s),
	};
	return mail_queue(c, &d);
}

rc booking_news(struct ctx *c, const struct booking_row *b, int before)
{
	const struct news *n = news_of(c, b, before);
	struct recipient to;
	if (!n || person_recipient(c, b->person, &to) != OK)
		return OK; /* nothing to tell, or erased meanwhile */
	enum lang lang = mail_lang(c, to.lang);
	rc code = write_news(c, b, n, &to);
	(void)mail_lang(c, lang);
	return code;
}

/* ---- what the host answered ---- */

static rc write_answer(struct ctx *c, const struct booking_row *b, bool accepted, const char *answer,
		       const struct recipient *to)
{
	struct community_card place;
	struct space_row space;
	TRY(community_card_get(c, b->community, &place));
	TRY(space_by_id(c, b->space, &space));
	struct arg name = { .name = "place", .kind = ARG_TEXT, .text = place.name };
	struct mail_draft d = {
		.to = to->email,
		.lang = to->lang,
		.kind = "contest.answer",
		.subject = i18n(c, "letter.contest_subject", &name, 1),
		.paragraphs = { i18n(c,
				     accepted ? K("letter.contest_accepted") : K("letter.contest_rejected"),
				     &name, 1),
				span_of(c, b, space.name),
				answer && *answer ? fmt(c, "« %s »", answer) : NULL },
		.action_label = T(c, "booking.see"),
		.action_path = fmt(c, "/bookings/%s/contest", b->pub.s),
	};
	return mail_queue(c, &d);
}

rc contest_letter(struct ctx *c, const struct booking_row *b, bool accepted, const char *answer)
{
	struct recipient to;
	if (!b->person.v || person_recipient(c, b->person, &to) != OK)
		return OK;
	enum lang lang = mail_lang(c, to.lang);
	rc code = write_answer(c, b, accepted, answer, &to);
	(void)mail_lang(c, lang);
	return code;
}
