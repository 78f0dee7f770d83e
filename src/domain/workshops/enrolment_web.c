/* enrolment_web.c - the agenda, the list of who comes, and one's own. */
#include <string.h>

#include "base/civil.h"
#include "base/csv.h"
#include "platform/app.h"
#include "platform/csv_head.h"
#include "platform/i18n.h"
#include "platform/ui.h"
#include "workshops/enrolment_sql.h"
#include "workshops/workshop.h"
#include "workshops/workshop_html.h"
#include "workshops/workshop_sql.h"
#include "workshops/workshop_web.h"

#define AGENDA_LINES 60
#define MY_LINES     50

rc enrolment_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	struct enrolment_row *e = new_zero(c, struct enrolment_row);
	struct workshop_row w;
	bool found;
	TRY(enrolment_by_pub(c, pub, e, &found));
	if (!found)
		return fail(c, E_NOT_FOUND, "db.not_found");
	TRY(workshop_by_id(c, e->workshop, &w));
	out->object = e;
	out->community = w.place;
	return OK;
}

static rc agenda_lines(struct ctx *c, const struct agenda_query *f, struct workshop_line_list *out)
{
	struct loaded place = { 0 };
	if (f->place.s[0])
		TRY(place_loader(c, f->place, &place));
	return workshops_coming(c, place.community, is_none(f->from) ? day_at(c->now, NULL) : f->from,
				f->free, AGENDA_LINES, out);
}

rc agenda_get(struct ctx *c, struct req *q)
{
	struct agenda_page *v = new_zero(c, struct agenda_page);
	const struct agenda_query *f = req_form(q, agenda_query);
	TRY(agenda_lines(c, f, &v->lines));
	v->from = is_none(f->from) ? day_at(c->now, NULL) : f->from;
	v->free = f->free;
	v->can_announce = c->actor.roles & WORKSHOP_STAFF;
	page_title(q, "workshops", T(c, "nav.workshops"));
	return page(q, agenda_page, v);
}

static void put_line(struct ctx *c, struct csv_writer *w, const struct workshop_line *l)
{
	csv_put(w, fmt_iso_day(c, l->on_day));
	csv_put(w, fmt_clock(c, l->from_minute));
	csv_put(w, fmt_clock(c, l->to_minute));
	csv_put_typed(w, l->title);
	csv_put_typed(w, l->place_name);
	csv_put_typed(w, l->city);
	csv_put_typed(w, l->organiser_name);
	csv_put_int(w, l->capacity);
	csv_put_int(w, l->taken);
	csv_put_int(w, l->price.v);
	csv_end_row(w);
}

rc agenda_csv(struct ctx *c, struct req *q)
{
	static const char *const heads[] = { "date", "from",	  "to",	      "title", "place",
					     "city", "organiser", "capacity", "taken", "price_cents" };
	struct workshop_line_list l;
	struct csv_writer w;
	struct buf b;
	TRY(agenda_lines(c, req_form(q, agenda_query), &l));
	buf_init(&b, c->mem, 4096);
	csv_begin(&w, &b, ';', true);
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		csv_put(&w, heads[i]);
	csv_end_row(&w);
	for (size_t i = 0; i < l.n; i++)
		put_line(c, &w, &l.items[i]);
	return bytes(q, "text/csv; charset=utf-8", "agenda.csv", b.s, b.len);
}

/* A calendar text: commas, semicolons, backslashes and line ends escaped. */
static void ics_text(struct buf *b, const char *s)
{
	for (; *s; s++)
		if (*s == '\n')
			buf_str(b, "\\n");
		else if (strchr(",;\\", *s))
			buf_fmt(b, "\\%c", *s);
		else
			buf_char(b, *s);
}

static void ics_time(struct buf *b, const char *name, instant t)
{
	char iso[21];
	instant_iso(t, iso);
	buf_fmt(b, "%s:%.4s%.2s%.2sT%.2s%.2s%.2sZ\r\n", name, iso, iso + 5, iso + 8, iso + 11, iso + 14,
		iso + 17);
}

rc agenda_ics(struct ctx *c, struct req *q)
{
	struct workshop_line_list l;
	struct buf b;
	TRY(workshops_coming(c, (community_id){ 0 }, day_at(c->now, NULL), false, AGENDA_LINES, &l));
	buf_init(&b, c->mem, 8192);
	buf_str(&b, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Maillage//Agenda//FR\r\n");
	for (size_t i = 0; i < l.n; i++) {
		const struct workshop_line *w = &l.items[i];
		buf_fmt(&b, "BEGIN:VEVENT\r\nUID:%s@maillage\r\n", w->pub.s);
		ics_time(&b, "DTSTAMP", c->now);
		ics_time(&b, "DTSTART", local_to_utc(w->on_day, w->from_minute, NULL));
		ics_time(&b, "DTEND", local_to_utc(w->on_day, w->to_minute, NULL));
		buf_str(&b, "SUMMARY:");
		ics_text(&b, w->title);
		buf_str(&b, "\r\nLOCATION:");
		ics_text(&b, w->place_name);
		buf_str(&b, "\r\nEND:VEVENT\r\n");
	}
	buf_str(&b, "END:VCALENDAR\r\n");
	return bytes(q, "text/calendar; charset=utf-8", "agenda.ics", b.s, b.len);
}

/* ---- who comes ---- */

static rc list_page(struct ctx *c, struct req *q, const struct workshop_row *w, bool host)
{
	struct attendance_page *v = new_zero(c, struct attendance_page);
	v->row = *w;
	v->open = host && w->starts_at.v <= c->now.v && w->status != WORKSHOP_STATUS_CLOSED &&
		  w->status != WORKSHOP_STATUS_CANCELLED;
	TRY(workshop_line_by_id(c, w->id, &v->line));
	TRY(enrolment_counts(c, w->id, &v->counts));
	TRY(enrolment_list(c, w->id, &v->people));
	if (workshop_port)
		TRY(workshop_port->describe(c, w, &v->counterpart));
	page_title(q, host ? "today" : "workshops", T(c, "workshop.attendance_title"));
	page_crumb(q, w->title, fmt(c, "/workshops/%s", w->pub.s));
	page_crumb(q, T(c, "workshop.attendance_title"), NULL);
	return page(q, attendance_page, v);
}

rc workshop_list_get(struct ctx *c, struct req *q)
{
	return list_page(c, q, req_object(q, workshop_row, workshop), false);
}

rc attendance_get(struct ctx *c, struct req *q)
{
	return list_page(c, q, req_object(q, workshop_row, held), true);
}

rc enrolment_mark_post(struct ctx *c, struct req *q)
{
	const struct enrolment_row *e = req_object(q, enrolment_row, enrolment);
	struct workshop_row w;
	TRY(enrolment_mark_as(c, e, req_form(q, enrolment_mark)->status));
	TRY(workshop_by_id(c, e->workshop, &w));
	return done(c, q, NULL, "/workshops/%s/attendance", w.pub.s);
}

rc attendance_close_post(struct ctx *c, struct req *q)
{
	const struct workshop_row *w = req_object(q, workshop_row, held);
	TRY(workshop_close(c, w->id));
	return done(c, q, T(c, "workshop.said_closed"), "/workshops/%s/attendance", w->pub.s);
}

rc attendance_reopen_post(struct ctx *c, struct req *q)
{
	const struct workshop_row *w = req_object(q, workshop_row, held);
	TRY(workshop_reopen(c, w->id));
	return done(c, q, T(c, "workshop.said_reopened"), "/workshops/%s/attendance", w->pub.s);
}

/* Her enrolments in that state, the latest workshop first: those from `after` on, at most `most`. */
static rc my_lines(struct ctx *c, int status, size_t after, size_t most, struct my_enrolment_line_list *out,
		   size_t *total)
{
	struct workshops_of_person_row_list l;
	TRY(workshops_of_person(c, c->actor.person, &l));
	*out = (struct my_enrolment_line_list){ new_array(c, struct my_enrolment_line, l.n + 1), 0 };
	*total = 0;
	for (size_t i = 0; i < l.n; i++) {
		if ((status >= 0 && l.items[i].enrolment_status != status) || (*total)++ < after ||
		    out->n == most)
			continue;
		struct my_enrolment_line *m = &out->items[out->n++];
		m->pub = l.items[i].enrolment;
		m->status = l.items[i].enrolment_status;
		TRY(workshop_line_by_id(c, l.items[i].id, &m->workshop));
	}
	return OK;
}

rc enrolments_csv(struct ctx *c, struct req *q)
{
	static const char *const head[] = { K("workshop.when"), K("workshop.from"),  K("workshop.to"),
					    K("workshop.one"),	K("workshop.where"), K("workshop.presence") };
	struct my_enrolment_line_list l;
	struct csv_writer w;
	struct buf b;
	size_t total;
	TRY(my_lines(c, req_form(q, enrolments_query)->status, 0, SIZE_MAX, &l, &total));
	buf_init(&b, c->mem, 4096);
	csv_begin(&w, &b, ';', true);
	csv_head(c, &w, head, sizeof head / sizeof *head);
	for (size_t i = 0; i < l.n; i++) {
		const struct workshop_line *k = &l.items[i].workshop;
		csv_put(&w, fmt_iso_day(c, k->on_day));
		csv_put(&w, fmt_clock(c, k->from_minute));
		csv_put(&w, fmt_clock(c, k->to_minute));
		csv_put_typed(&w, k->title);
		csv_put_typed(&w, k->place_name);
		csv_put(&w, i18n_word(c, &enrolment_status_words, l.items[i].status));
		csv_end_row(&w);
	}
	return bytes(q, "text/csv; charset=utf-8", "mes-ateliers.csv", b.s, b.len);
}

rc enrolments_get(struct ctx *c, struct req *q)
{
	const struct enrolments_query *f = req_form(q, enrolments_query);
	struct my_enrolments_page *v = new_zero(c, struct my_enrolments_page);
	size_t total, after = f->after > 0 ? (size_t)f->after : 0;
	TRY(my_lines(c, f->status, after, MY_LINES, &v->lines, &total));
	v->total = (int64_t)total;
	v->status = enum_word(&enrolment_status_words, f->status);
	v->statuses = ui_options(c, &enrolment_status_words);
	if (after + MY_LINES < total)
		v->next = fmt(c, "/enrolments?status=%s&after=%zu", v->status, after + MY_LINES);
	page_title(q, "workshops", T(c, "workshop.mine_title"));
	return page(q, my_enrolments_page, v);
}
