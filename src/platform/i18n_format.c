/* Numbers, dates and hours the reader's way. */
#include <stdlib.h>

#include "base/civil.h"
#include "platform/i18n.h"

#define MINUS  "\u2212"
#define NARROW "\u202f"
#define NBSP   "\u00a0"

static const char *const months_short[LANG_COUNT][12] = {
	{ "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc." },
	{ "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" },
};
static const char *const months[LANG_COUNT][12] = {
	{ "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
	  "novembre", "décembre" },
	{ "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
	  "November", "December" },
};
static const char *const weekdays_short[LANG_COUNT][7] = {
	{ "lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim." },
	{ "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" },
};
static const char *const weekdays[LANG_COUNT][7] = {
	{ "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche" },
	{ "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" },
};

/* Right for the least int64 too: its magnitude fits uint64. */
static uint64_t magnitude(int64_t v)
{
	return v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
}

static void add_grouped(struct buf *b, enum lang lang, uint64_t v)
{
	if (v >= 1000) {
		add_grouped(b, lang, v / 1000);
		buf_str(b, lang == LANG_FR ? NARROW : ",");
		buf_digits(b, v % 1000, 3);
	} else {
		buf_int(b, (int64_t)v);
	}
}

static struct buf begin(struct ctx *c, int64_t v)
{
	struct buf b;
	buf_init(&b, c->mem, 31);
	if (v < 0)
		buf_str(&b, MINUS);
	return b;
}

const char *fmt_int(struct ctx *c, int64_t n)
{
	if (n == NONE)
		return "";
	struct buf b = begin(c, n);
	add_grouped(&b, c->lang, magnitude(n));
	return b.s;
}

const char *fmt_money(struct ctx *c, money m)
{
	if (is_none(m))
		return "";
	struct buf b = begin(c, m.v);
	uint64_t cents = magnitude(m.v);
	if (c->lang != LANG_FR)
		buf_str(&b, "€");
	add_grouped(&b, c->lang, cents / 100);
	buf_char(&b, c->lang == LANG_FR ? ',' : '.');
	buf_digits(&b, cents % 100, 2);
	if (c->lang == LANG_FR)
		buf_str(&b, NBSP "€");
	return b.s;
}

static void add_quantity(struct buf *b, enum lang lang, uint64_t thousandths)
{
	add_grouped(b, lang, thousandths / 1000);
	int rest = (int)(thousandths % 1000), digits = 3;
	if (!rest)
		return;
	for (; rest % 10 == 0; rest /= 10)
		digits--;
	buf_fmt(b, "%c%0*d", lang == LANG_FR ? ',' : '.', digits, rest);
}

const char *fmt_quantity(struct ctx *c, quantity q)
{
	if (is_none(q))
		return "";
	struct buf b = begin(c, q.v);
	add_quantity(&b, c->lang, magnitude(q.v));
	return b.s;
}

const char *fmt_signed(struct ctx *c, quantity q)
{
	if (is_none(q))
		return "";
	struct buf b = begin(c, q.v);
	if (q.v > 0)
		buf_char(&b, '+');
	add_quantity(&b, c->lang, magnitude(q.v));
	return b.s;
}

/* "1er" or "26": the first of a month is an ordinal in French. */
static const char *day_number(struct ctx *c, int d)
{
	return c->lang == LANG_FR && d == 1 ? "1er" : fmt(c, "%d", d);
}

const char *fmt_day(struct ctx *c, day d)
{
	if (is_none(d))
		return "";
	struct ymd t = ymd_of(d);
	return fmt(c, "%s %s %d", day_number(c, t.day), months_short[c->lang][t.month - 1], t.year);
}

const char *fmt_day_short(struct ctx *c, day d)
{
	if (is_none(d))
		return "";
	struct ymd t = ymd_of(d);
	return fmt(c, "%s %s", day_number(c, t.day), months_short[c->lang][t.month - 1]);
}

const char *fmt_day_week(struct ctx *c, day d)
{
	if (is_none(d))
		return "";
	return fmt(c, "%s %s", weekdays_short[c->lang][weekday_of(d)], fmt_day_short(c, d));
}

const char *fmt_day_long(struct ctx *c, day d)
{
	if (is_none(d))
		return "";
	struct ymd t = ymd_of(d);
	return fmt(c, "%s %s %s %d", weekdays[c->lang][weekday_of(d)], day_number(c, t.day),
		   months[c->lang][t.month - 1], t.year);
}

const char *fmt_month(struct ctx *c, day d)
{
	if (is_none(d))
		return "";
	struct ymd t = ymd_of(d);
	return fmt(c, "%s %d", months[c->lang][t.month - 1], t.year);
}

/* What both ends share is said once; the year only where it changes. */
const char *fmt_days(struct ctx *c, day from, day to)
{
	if (is_none(from) || is_none(to))
		return "";
	struct ymd a = ymd_of(from), b = ymd_of(to);
	const char *end = fmt(c, "%s %s", day_number(c, b.day), months[c->lang][b.month - 1]);
	if (a.year != b.year)
		return fmt(c, "%s %s %d – %s %d", day_number(c, a.day), months[c->lang][a.month - 1], a.year,
			   end, b.year);
	if (a.month != b.month)
		return fmt(c, "%s %s – %s", day_number(c, a.day), months[c->lang][a.month - 1], end);
	return a.day == b.day ? end : fmt(c, "%s – %s", day_number(c, a.day), end);
}

const char *fmt_minute(struct ctx *c, minute m)
{
	if (is_none(m))
		return "";
	struct buf b = begin(c, m.v);
	uint64_t of_day = magnitude(m.v), rest = of_day % 60;
	buf_int(&b, (int64_t)(of_day / 60));
	if (c->lang != LANG_FR)
		buf_char(&b, ':');
	else
		buf_str(&b, rest ? NBSP "h" NBSP : NBSP "h");
	if (rest || c->lang != LANG_FR)
		buf_digits(&b, rest, 2);
	return b.s;
}

const char *fmt_clock(struct ctx *c, minute m)
{
	if (is_none(m))
		return "";
	struct buf b = begin(c, m.v);
	buf_digits(&b, magnitude(m.v) / 60, 2);
	buf_char(&b, ':');
	buf_digits(&b, magnitude(m.v) % 60, 2);
	return b.s;
}

const char *fmt_when(struct ctx *c, instant t, const char *zone)
{
	if (is_none(t))
		return "";
	day d;
	minute m;
	utc_to_local(t, zone, &d, &m);
	return fmt(c, "%s, %s", fmt_day(c, d), fmt_minute(c, m));
}

const char *fmt_iso_day(struct ctx *c, day d)
{
	if (is_none(d))
		return "";
	struct ymd t = ymd_of(d);
	return fmt(c, "%04d-%02d-%02d", t.year, t.month, t.day);
}
