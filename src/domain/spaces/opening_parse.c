/* opening_parse.c - reads the documented subset of OSM opening_hours. */
#include <glib.h>
#include <string.h>

#include "spaces/opening_rules.h"

enum { MAX_TEXT = 500, MAX_RULES = 32 };

const char *const opening_weekdays[7] = { "Mo", "Tu", "We", "Th", "Fr", "Sa", "Su" };
const char *const opening_months[12] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
					 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

struct reader {
	struct ctx *c;
	const char *text, *p;
	size_t *error_at;
};

/* What was expected at p. */
static rc expected(struct reader *r, const char *key)
{
	size_t at = (size_t)g_utf8_pointer_to_offset(r->text, r->p) + 1;
	if (r->error_at)
		*r->error_at = at;
	return fail_with(r->c, E_INVALID, key, "position", fmt(r->c, "%zu", at), NULL);
}

static void blanks(struct reader *r)
{
	r->p += strspn(r->p, " \t\r\n");
}

/* The word stands at p, and no letter follows. */
static bool at_word(const struct reader *r, const char *word)
{
	size_t len = strlen(word);
	return g_ascii_strncasecmp(r->p, word, len) == 0 && !g_ascii_isalpha(r->p[len]);
}

static bool accept_word(struct reader *r, const char *word)
{
	if (!at_word(r, word))
		return false;
	r->p += strlen(word);
	blanks(r);
	return true;
}

static bool accept_char(struct reader *r, char ch)
{
	if (*r->p != ch)
		return false;
	r->p++;
	blanks(r);
	return true;
}

static bool accept_dash(struct reader *r)
{
	static const char en_dash[] = "\xe2\x80\x93";
	if (strncmp(r->p, en_dash, 3) != 0)
		return accept_char(r, '-');
	r->p += 3;
	blanks(r);
	return true;
}

/* The index of the word at p, which is passed; -1: none of them. */
static int accept_one(struct reader *r, const char *const *words, int n)
{
	for (int i = 0; i < n; i++)
		if (accept_word(r, words[i]))
			return i;
	return -1;
}

/* One or two digits; -1: none, or the hour of a time. */
static int accept_number(struct reader *r)
{
	size_t len = strspn(r->p, "0123456789");
	if (len < 1 || len > 2 || r->p[len] == ':')
		return -1;
	int v = 0;
	for (size_t i = 0; i < len; i++)
		v = v * 10 + (r->p[i] - '0');
	r->p += len;
	blanks(r);
	return v;
}

/* ---- dates ---- */

static rc read_month_day(struct reader *r, int month, int *out)
{
	static const int longest[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	const char *start = r->p;
	int d = accept_number(r);
	if (d < 1 || d > longest[month]) {
		r->p = start;
		return expected(r, K("opening.expect_month_day"));
	}
	*out = (month + 1) * 100 + d;
	return OK;
}

static bool at_day_number(const struct reader *r)
{
	size_t len = strspn(r->p, "0123456789");
	return len && r->p[len] != ':';
}

/* After "Dec 24": nothing, "-26", "-Jan 02". */
static rc read_last_day(struct reader *r, int month, struct date_range *out)
{
	out->to = out->from;
	if (!accept_dash(r))
		return OK;
	int last = accept_one(r, opening_months, 12);
	return read_month_day(r, last < 0 ? month : last, &out->to);
}

/* After "Jul": nothing or "-Aug". */
static rc read_last_month(struct reader *r, int month, struct date_range *out)
{
	int last = month;
	if (accept_dash(r)) {
		last = accept_one(r, opening_months, 12);
		if (last < 0)
			return expected(r, K("opening.expect_month"));
	}
	*out = (struct date_range){ (month + 1) * 100 + 1, (last + 1) * 100 + 31, .months = true };
	return OK;
}

static rc read_dates(struct reader *r, struct opening_rule *rule)
{
	do {
		int month = accept_one(r, opening_months, 12);
		if (month < 0)
			return expected(r, K("opening.expect_month"));
		if (rule->n_dates == RULE_DATES)
			return expected(r, K("opening.too_many"));
		struct date_range *range = &rule->dates[rule->n_dates++];
		if (at_day_number(r)) {
			TRY(read_month_day(r, month, &range->from));
			TRY(read_last_day(r, month, range));
		} else {
			TRY(read_last_month(r, month, range));
		}
	} while (accept_char(r, ','));
	return OK;
}

/* ---- weeks and weekdays ---- */

static rc read_week(struct reader *r, int *out)
{
	const char *start = r->p;
	*out = accept_number(r);
	if (*out >= 1 && *out <= 53)
		return OK;
	r->p = start;
	return expected(r, K("opening.expect_week"));
}

static rc read_weeks(struct reader *r, struct opening_rule *rule)
{
	do {
		if (rule->n_weeks == RULE_WEEKS)
			return expected(r, K("opening.too_many"));
		struct week_range *range = &rule->weeks[rule->n_weeks++];
		TRY(read_week(r, &range->from));
		range->to = range->from;
		if (accept_dash(r))
			TRY(read_week(r, &range->to));
	} while (accept_char(r, ','));
	return OK;
}

static bool at_weekday(const struct reader *r)
{
	for (int i = 0; i < 7; i++)
		if (at_word(r, opening_weekdays[i]))
			return true;
	return at_word(r, "PH");
}

static rc read_weekdays(struct reader *r, struct opening_rule *rule)
{
	do {
		if (accept_word(r, "PH")) {
			rule->holidays = true;
			continue;
		}
		int from = accept_one(r, opening_weekdays, 7), to = from;
		if (from >= 0 && accept_dash(r))
			to = accept_one(r, opening_weekdays, 7);
		if (from < 0 || to < 0)
			return expected(r, K("opening.expect_weekday"));
		for (int i = from;; i = (i + 1) % 7) {
			rule->weekdays |= 1u << i;
			if (i == to)
				break;
		}
	} while (accept_char(r, ','));
	return OK;
}

/* ---- hours ---- */

/* "9:00" or "09:00", up to 24:00, in minutes. */
static rc read_time(struct reader *r, int *out)
{
	size_t len = strspn(r->p, "0123456789");
	const char *min = r->p + len + 1;
	if (len < 1 || len > 2 || r->p[len] != ':' || !g_ascii_isdigit(min[0]) || !g_ascii_isdigit(min[1]) ||
	    g_ascii_isdigit(min[2]))
		return expected(r, K("opening.expect_time"));
	int hours = len == 1 ? r->p[0] - '0' : (r->p[0] - '0') * 10 + r->p[1] - '0';
	int minutes = (min[0] - '0') * 10 + min[1] - '0';
	if (minutes > 59 || hours * 60 + minutes > DAY_MINUTES)
		return expected(r, K("opening.expect_time"));
	*out = hours * 60 + minutes;
	r->p = min + 2;
	blanks(r);
	return OK;
}

static rc read_span(struct reader *r, struct span *out)
{
	int from, to;
	const char *start = r->p;
	TRY(read_time(r, &from));
	if (from == DAY_MINUTES) {
		r->p = start;
		return expected(r, K("opening.expect_time"));
	}
	if (!accept_dash(r))
		return expected(r, K("opening.expect_until"));
	start = r->p;
	TRY(read_time(r, &to));
	if (to == from) {
		r->p = start;
		return expected(r, K("opening.expect_later"));
	}
	*out = (struct span){ { from }, { to < from ? to + DAY_MINUTES : to } };
	return OK;
}

static rc read_hours(struct reader *r, struct opening_rule *rule)
{
	if (accept_word(r, "off") || accept_word(r, "closed"))
		return OK;
	if (!g_ascii_isdigit(*r->p))
		return expected(r, K("opening.expect_hours"));
	do {
		if (rule->n_spans == RULE_SPANS)
			return expected(r, K("opening.too_many"));
		TRY(read_span(r, &rule->spans[rule->n_spans++]));
	} while (accept_char(r, ','));
	return OK;
}

/* ---- rules ---- */

static bool at_month(const struct reader *r)
{
	for (int i = 0; i < 12; i++)
		if (at_word(r, opening_months[i]))
			return true;
	return false;
}

static rc read_rule(struct reader *r, struct opening_rule *rule)
{
	if (strncmp(r->p, "24/7", 4) == 0) {
		r->p += 4;
		blanks(r);
		rule->spans[rule->n_spans++] = (struct span){ { 0 }, { DAY_MINUTES } };
		return OK;
	}
	if (at_month(r))
		TRY(read_dates(r, rule));
	if (accept_word(r, "week"))
		TRY(read_weeks(r, rule));
	if (at_weekday(r))
		TRY(read_weekdays(r, rule));
	return read_hours(r, rule);
}

static rc read_rules(struct reader *r, struct opening *o)
{
	for (blanks(r); *r->p;) {
		if (accept_char(r, ';'))
			continue;
		if (o->n == MAX_RULES)
			return expected(r, K("opening.too_many"));
		struct opening_rule *rule = &o->rules[o->n++];
		TRY(read_rule(r, rule));
		o->names_holidays |= rule->holidays;
		if (*r->p && *r->p != ';')
			return expected(r, K("opening.expect_end"));
	}
	return o->n ? OK : expected(r, K("opening.expect_hours"));
}

rc opening_parse(struct ctx *c, const char *text, struct opening **out, size_t *error_at)
{
	struct reader r = { .c = c, .text = text, .p = text, .error_at = error_at };
	if (!g_utf8_validate(text, -1, NULL))
		return expected(&r, K("opening.expect_hours"));
	if (strlen(text) > MAX_TEXT)
		return expected(&r, K("opening.too_long"));
	size_t room = 1;
	for (const char *p = text; *p; p++)
		room += *p == ';';
	struct opening *o = new_zero(c, struct opening);
	o->rules = new_array(c, struct opening_rule, room < MAX_RULES ? room : MAX_RULES);
	TRY(read_rules(&r, o));
	*out = o;
	return OK;
}
