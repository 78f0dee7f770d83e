/* workshop_parts.c - pieces of pages that templates call. */
#include "base/civil.h"
#include "workshops/workshop.h"

void event_date(struct out *o, day d)
{
	struct ymd y = ymd_of(d);
	const char *week = fmt_day_week(o->c, d);
	size_t n = 0;
	while (week[n] && week[n] != ' ')
		n++;
	buf_fmt(o->b, "<p class=\"event-date\"><b>%d</b>", y.day);
	buf_html(o->b, talloc_strndup(o->c->mem, week, n));
	buf_str(o->b, "</p>");
}
