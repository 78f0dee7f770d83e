/* booking_ics.c - one event for the calendar of the person who booked (RFC 5545). */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "platform/app.h"
#include "spaces/booking_page.h"

static void stamp(struct buf *b, const char *name, instant t)
{
	struct tm tm;
	time_t s = (time_t)t.v;
	char text[20];
	gmtime_r(&s, &tm);
	strftime(text, sizeof text, "%Y%m%dT%H%M%SZ", &tm);
	buf_fmt(b, "%s:%s\r\n", name, text);
}

/* A text value: its marks escaped, folded at 75 bytes, never inside a character. */
static void text(struct buf *b, const char *name, const char *value)
{
	size_t line = strlen(name) + 1;
	buf_fmt(b, "%s:", name);
	for (const char *s = value ? value : ""; *s; s++) {
		bool mark = strchr(",;\\", *s) != NULL, begins = ((unsigned char)*s & 0xc0) != 0x80;
		if (line >= 70 && begins) {
			buf_str(b, "\r\n ");
			line = 1;
		}
		if (mark)
			buf_char(b, '\\');
		if (*s == '\n')
			buf_str(b, "\\n");
		else if (*s != '\r')
			buf_char(b, *s);
		line += 1 + mark;
	}
	buf_str(b, "\r\n");
}

const char *booking_ics(struct ctx *c, const struct booking_page *v)
{
	struct buf b;
	const char *where = v->address ? v->address : v->place.city ? v->place.city : "";
	buf_init(&b, c->mem, 1024);
	buf_str(&b, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Maillage//FR\r\nBEGIN:VEVENT\r\n");
	buf_fmt(&b, "UID:%s\r\n", v->pub.s);
	stamp(&b, "DTSTAMP", c->now);
	stamp(&b, "DTSTART", v->starts_at);
	stamp(&b, "DTEND", v->ends_at);
	text(&b, "SUMMARY", fmt(c, "%s, %s", v->space, v->place.name));
	text(&b, "LOCATION", where);
	text(&b, "DESCRIPTION", v->welcome);
	buf_fmt(&b, "STATUS:%s\r\n",
		v->status == BOOKING_STATUS_REQUESTED		       ? "TENTATIVE"
		: v->may_cancel || v->status == BOOKING_STATUS_PRESENT ? "CONFIRMED"
								       : "CANCELLED");
	buf_str(&b, "END:VEVENT\r\nEND:VCALENDAR\r\n");
	return b.s;
}
