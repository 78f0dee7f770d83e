/* opening_text.c - hours as people say them, in the reader's language. */
#include "base/buf.h"
#include "base/civil.h"
#include "platform/i18n.h"
#include "spaces/opening_rules.h"

enum { DAY_MINUTES = 1440 };

static const char *weekday_name(struct ctx *c, int weekday)
{
	static const char *const keys[7] = {
		K("opening.monday"), K("opening.tuesday"),  K("opening.wednesday"), K("opening.thursday"),
		K("opening.friday"), K("opening.saturday"), K("opening.sunday"),
	};
	return T(c, keys[weekday]);
}

static const char *month_name(struct ctx *c, int month)
{
	static const char *const keys[12] = {
		K("opening.january"), K("opening.february"), K("opening.march"),     K("opening.april"),
		K("opening.may"),     K("opening.june"),     K("opening.july"),	     K("opening.august"),
		K("opening.september"), K("opening.october"), K("opening.november"), K("opening.december"),
	};
	return T(c, keys[month - 1]);
}

static const char *range(struct ctx *c, const char *from, const char *to)
{
	const struct arg args[] = {
		{ .name = "from", .kind = ARG_TEXT, .text = from },
		{ .name = "to", .kind = ARG_TEXT, .text = to },
	};
	return i18n(c, K("opening.range"), args, 2);
}

/* "a", "a et b", "a, b et c". */
static const char *list(struct ctx *c, const char *const *items, size_t n)
{
	struct buf b;
	buf_init(&b, c->mem, 64);
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_str(&b, i + 1 < n ? ", " : T(c, K("opening.and")));
		buf_str(&b, items[i]);
	}
	return b.s;
}

static const char *weekdays_text(struct ctx *c, const struct opening_rule *r)
{
	const char *items[9];
	size_t n = 0;
	int from, to;
	if (r->weekdays == 0x7f)
		items[n++] = T(c, K("opening.every_day"));
	for (int at = 0; !n && opening_run(r->weekdays, at, &from, &to); at = to + 1)
		items[n++] = to > from ? range(c, weekday_name(c, from), weekday_name(c, to)) :
					 weekday_name(c, from);
	return list(c, items, n);
}
