#include <qrencode.h>
#include <string.h>

#include "base/civil.h"
#include "platform/ui.h"
#include "spaces/marks.h"

static const struct {
	const char *tone, *icon;
} status_marks[BOOKING_STATUS_COUNT] = {
	[BOOKING_STATUS_REQUESTED] = { "pastel", "send" },
	[BOOKING_STATUS_CONFIRMED] = { "pastel", "circle-check" },
	[BOOKING_STATUS_PRESENT] = { "mousse", "door-open" },
	[BOOKING_STATUS_DONE] = { "pierre", "check" },
	[BOOKING_STATUS_WAITING] = { "glycine", "hourglass" },
	[BOOKING_STATUS_CANCELLED] = { "pierre", "ban" },
	[BOOKING_STATUS_REFUSED] = { "pierre", "x" },
	[BOOKING_STATUS_EXPIRED] = { "pierre", "clock" },
	[BOOKING_STATUS_UNRECORDED] = { "pierre", "circle-help" },
	[BOOKING_STATUS_NO_SHOW] = { "pierre", "user-x" },
	[BOOKING_STATUS_LATE_CANCELLATION] = { "ocre", "calendar-x" },
};

void ui_booking_status(struct out *o, int status)
{
	if (status < 0 || status >= BOOKING_STATUS_COUNT)
		return;
	ui_badge(o, status_marks[status].tone, status_marks[status].icon,
		 i18n_word(o->c, &booking_status_words, status));
}

static void say(struct out *o, const char *key, const struct arg *args, size_t n)
{
	out_message(o, key, args, n);
}

void ui_right_left(struct out *o, const struct right_offer *r)
{
	if (is_none(r->left)) {
		say(o, K("right.unlimited"), NULL, 0);
		return;
	}
	quantity after = { r->left.v - r->measure.v };
	quantity used = { is_none(r->total) || r->total.v < r->left.v ? 0 : r->total.v - r->left.v };
	after.v = after.v < 0 ? 0 : after.v;
	ui_stitches(o, after, r->measure, used);
	struct arg args[] = { ARG(o, "left", fmt_quantity(o->c, r->left)),
			      ARG(o, "after", fmt_quantity(o->c, after)),
			      ARG(o, "total", fmt_quantity(o->c, r->total)) };
	if (!r->measure.v && !is_none(r->total))
		say(o, K("right.same_date"), args, 3);
	else
		say(o, is_none(r->total) ? K("right.left") : K("right.left_of"), args,
		    is_none(r->total) ? 2 : 3);
	if (!is_none(r->expires)) {
		struct arg until = ARG(o, "day", fmt_day(o->c, r->expires));
		buf_str(o->b, "<span class=\"sub-line\">");
		say(o, K("right.before"), &until, 1);
		buf_str(o->b, "</span>");
	}
}

void ui_right_emblem(struct out *o, const struct right_offer *r)
{
	if (r->via_initials && r->via_kind >= 0) {
		ui_emblem(o, r->via_kind, r->via_initials);
		return;
	}
	buf_str(o->b, "<span class=\"emblem emblem--other\">");
	out_icon(o, r->kind == RIGHT_KIND_PACK ? "ticket" : "users");
	buf_str(o->b, "</span>");
}

void ui_price(struct out *o, money price)
{
	if (is_none(price))
		buf_str(o->b, "–");
	else if (price.v == 0)
		say(o, K("price.free"), NULL, 0);
	else
		out_text_money(o, price);
}

void ui_was(struct out *o, const struct right_offer *r)
{
	struct arg price = ARG(o, "price", r->public_price);
	if (r->price.v >= r->public_price.v)
		return;
	buf_str(o->b, " <span class=\"right-was\">");
	say(o, K("right.instead_of"), &price, 1);
	buf_str(o->b, "</span>");
}

void ui_span(struct out *o, minute from, minute to)
{
	out_text_str(o, fmt(o->c, "%s – %s", fmt_minute(o->c, from), fmt_minute(o->c, to)));
}

const char *spans_words(struct ctx *c, const struct spans *hours)
{
	char *s = NULL;
	for (size_t i = 0; i < hours->n; i++)
		s = fmt(c, "%s%s%s – %s", s ? s : "", s ? ", " : "", fmt_minute(c, hours->at[i].from),
			fmt_minute(c, hours->at[i].to));
	return s;
}

/* Dark modules of a row run together: one path, small. */
static void qr_path(struct out *o, const QRcode *qr)
{
	for (int y = 0; y < qr->width; y++)
		for (int x = 0, n; x < qr->width; x += n ? n : 1) {
			for (n = 0; x + n < qr->width && (qr->data[y * qr->width + x + n] & 1); n++)
				;
			if (n)
				buf_fmt(o->b, "M%d %dh%dv1h-%dz", x, y, n, n);
		}
}

static void put_qr(struct out *o, const char *class, const char *text, const char *label)
{
	QRcode *qr = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	if (!qr)
		return;
	buf_fmt(o->b,
		"<svg class=\"%s\" viewBox=\"-2 -2 %d %d\" role=\"img\" shape-rendering=\"crispEdges\" aria-label=\"",
		class, qr->width + 4, qr->width + 4);
	buf_html(o->b, label);
	buf_str(o->b, "\"><path d=\"");
	qr_path(o, qr);
	buf_str(o->b, "\"/></svg>");
	QRcode_free(qr);
}

void ui_qr(struct out *o, const char *text, const char *label)
{
	put_qr(o, "qr qr--large", text, label);
}

void ui_qr_small(struct out *o, const char *text, const char *label)
{
	put_qr(o, "qr", text, label);
}

void ui_left_of(struct out *o, quantity cap, quantity taken, quantity measure, const char *label)
{
	bool counted = !is_none(cap) && !is_none(taken) && measure.v > 0;
	quantity left = { counted && cap.v > taken.v ? cap.v - taken.v : 0 };
	if (counted)
		ui_stitches(o, left, measure, (quantity){ taken.v > measure.v ? taken.v - measure.v : 0 });
	const char *of = strstr(label, " · "); /* a convention and its grant: the counter draws the grant */
	if (of)
		label = talloc_strndup(o->c->mem, label, (size_t)(of - label));
	struct arg args[] = { ARG(o, "right", label), ARG(o, "left", fmt_quantity(o->c, left)) };
	buf_str(o->b, "<span class=\"sub-line\">");
	if (counted)
		say(o, K("host.left_of"), args, 2);
	else
		out_text_str(o, label);
	buf_str(o->b, "</span>");
}

void ui_day_head(struct out *o, day d)
{
	const char *words = fmt_day_week(o->c, d);
	buf_html(o->b, talloc_strndup(o->c->mem, words, strcspn(words, " ")));
	buf_fmt(o->b, " <b>%d</b>", ymd_of(d).day);
}

static const char *weekday_of_day(struct ctx *c, day d)
{
	const char *words = fmt_day_long(c, d);
	return talloc_strndup(c->mem, words, strcspn(words, " "));
}

void ui_day_column(struct out *o, day d)
{
	buf_str(o->b, "<span class=\"first-up\">");
	buf_html(o->b, weekday_of_day(o->c, d));
	buf_fmt(o->b, "</span> <b>%d</b>", ymd_of(d).day);
}

void ui_weekday(struct out *o, day d)
{
	buf_html(o->b, weekday_of_day(o->c, d));
}

void ui_weekday_letter(struct out *o, day d)
{
	const char *word = weekday_of_day(o->c, d);
	buf_fmt(o->b, "<abbr title=\"%s\">%.1s</abbr>", word, word);
}

static const char *unit_word(struct ctx *c, int unit)
{
	switch (unit) {
	case TARIFF_UNIT_HOUR: return T(c, "unit.hour");
	case TARIFF_UNIT_HALF_DAY: return T(c, "unit.half_day");
	default: return "";
	}
}

void ui_unit_price(struct out *o, money price, int unit)
{
	ui_price(o, price);
	if (!is_none(price) && price.v)
		out_text_str(o, unit_word(o->c, unit));
}

void ui_your_price(struct out *o, money price, int unit, const char *right)
{
	if (is_none(price)) {
		buf_str(o->b, "<span class=\"dense\">");
		out_icon(o, "lock");
		say(o, K("place.qualification"), NULL, 0);
		buf_str(o->b, "</span>");
	} else {
		buf_str(o->b, "<strong>");
		ui_unit_price(o, price, unit);
		buf_str(o->b, "</strong>");
	}
	buf_str(o->b, "<span class=\"sub-line\">");
	out_text_str(o, right);
	buf_str(o->b, "</span>");
}

/* French days are small inside a sentence, not at its head. */
static void capital(struct out *o, const char *words)
{
	buf_char(o->b, *words >= 'a' && *words <= 'z' ? (char)(*words - 'a' + 'A') : *words);
	buf_html(o->b, *words ? words + 1 : "");
}

/* This year goes without saying. */
void ui_day_title(struct out *o, day d)
{
	const char *words = fmt_day_long(o->c, d);
	const char *year = strrchr(words, ' '),
		   *this = strrchr(fmt_day_long(o->c, day_at(o->c->now, NULL)), ' ');
	if (year && this && strcmp(year, this) == 0)
		words = talloc_strndup(o->c->mem, words, (size_t)(year - words));
	capital(o, words);
}

void ui_day_short(struct out *o, day d)
{
	capital(o, fmt_day_week(o->c, d));
}

void ui_day_number(struct out *o, day d)
{
	buf_fmt(o->b, "%d", ymd_of(d).day);
}

void event_date(struct out *o, day d)
{
	const char *week = fmt_day_week(o->c, d);
	buf_fmt(o->b, "<p class=\"event-date\"><b>%d</b>", ymd_of(d).day);
	buf_html(o->b, talloc_strndup(o->c->mem, week, strcspn(week, " ")));
	buf_str(o->b, "</p>");
}
