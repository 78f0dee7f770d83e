#include "bridges/lapse.h"

#include "base/civil.h"
#include "bridges/lapse_sql.h"
#include "people/people.h"
#include "platform/db.h"
#include "platform/i18n.h"
#include "platform/mail.h"
#include "spaces/booking.h"

static rc write_letter(struct ctx *c, const struct bookings_lapsing_row *b, const struct recipient *to)
{
	struct arg args[] = { { .name = "place", .text = b->place },
			      { .name = "day", .text = fmt_day_long(c, b->on_day) },
			      { .name = "name", .text = b->convention } };
	struct mail_draft d = {
		.to = to->email,
		.lang = to->lang,
		.kind = "booking.lapsed",
		.subject = i18n(c, "lapse.subject", args, 3),
		.paragraphs = { i18n(c, b->over ? K("lapse.over") : K("lapse.text"), args, 3),
				T(c, "lapse.back") },
		.action_label = T(c, "lapse.action"),
		.action_path = "/bookings",
	};
	return mail_queue(c, &d);
}

static rc lapse(struct ctx *c, void *arg)
{
	const struct bookings_lapsing_row *b = arg;
	struct recipient to;
	rc code = booking_cancel(c, b->id);
	if (code == E_CONFLICT)
		return OK; /* cancelled, or come to, meanwhile */
	TRY(code);
	if (!b->person.v || person_recipient(c, b->person, &to) != OK)
		return OK;
	enum lang before = mail_lang(c, to.lang);
	code = write_letter(c, b, &to);
	(void)mail_lang(c, before);
	return code;
}

static rc find(struct ctx *c, void *arg)
{
	return bookings_lapsing(c, day_at(c->now, NULL), arg);
}

rc bookings_lapse(struct ctx *c)
{
	struct bookings_lapsing_row_list l;
	TRY(db_read(c, find, &l));
	for (size_t i = 0; i < l.n; i++)
		TRY(db_write(c, lapse, &l.items[i]));
	return OK;
}
