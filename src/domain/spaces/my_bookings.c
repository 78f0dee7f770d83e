/* my_bookings.c - the list of a person's own bookings: what comes, what is past. */
#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "base/csv.h"
#include "base/pubid.h"
#include "platform/route.h"
#include "platform/ui.h"
#include "spaces/book_shape.h"
#include "spaces/book_sql.h"
#include "spaces/my_bookings_html.h"
#include "spaces/pack.h"
#include "spaces/tariff.h"

#define PAGE_ROWS 25
#define CSV_ROWS  10000

route_fn bookings_get, bookings_csv;

/* Where a page ended: "SECONDS.PUBID". */
static void cursor_read(const char *text, int64_t first, int64_t *at, pubid *after)
{
	char *end = NULL;
	*at = first;
	*after = (pubid){ { 0 } };
	if (!text || !*text)
		return;
	int64_t v = strtoll(text, &end, 10);
	if (*end == '.' && pubid_parse(end + 1, after) == OK)
		*at = v;
}

static rc read_lines(struct ctx *c, const struct bookings_query *ask, int when, int64_t limit,
		     struct booking_line_list *out)
{
	int64_t at;
	pubid after;
	if (when == BOOKING_WHEN_PAST) {
		cursor_read(ask->after, INT64_MAX, &at, &after);
		return my_bookings_past(c, c->actor.person, ask->place, ask->status, c->now, (instant){ at },
					after, limit, out);
	}
	cursor_read(ask->after, 0, &at, &after);
	return my_bookings_coming(c, c->actor.person, ask->place, ask->status, c->now, (instant){ at }, after,
				  limit, out);
}

rc bookings_get(struct ctx *c, struct req *q)
{
	const struct bookings_query *ask = req_form(q, bookings_query);
	struct bookings_page *v = new_zero(c, struct bookings_page);
	v->when = ask->when < 0 ? BOOKING_WHEN_COMING : ask->when;
	v->place = ask->place;
	v->status = ask->status;
	v->state = ask->status < 0 ? "" : enum_word(&booking_status_words, ask->status);
	v->states = ui_options(c, &booking_status_words);
	TRY(read_lines(c, ask, v->when, PAGE_ROWS + 1, &v->items));
	if (v->items.n > PAGE_ROWS) {
		const struct booking_line *last = &v->items.items[PAGE_ROWS - 1];
		v->next = fmt(c, "%lld.%s", (long long)last->starts_at.v, last->pub.s);
		v->items.n = PAGE_ROWS;
	}
	for (size_t i = 0; i < v->items.n; i++) {
		struct booking_line *k = &v->items.items[i];
		k->right_label = right_words(c, k->right_kind, k->right_label);
	}
	TRY(my_booking_places(c, c->actor.person, ask->place, &v->places));
	TRY(packs_of_person(c, c->actor.person, day_at(c->now, NULL), &v->packs));
	TRY(my_bookings_count(c, c->actor.person, c->now, &v->coming));
	page_title(q, NULL, T(c, "bookings.title"));
	page_crumb(q, T(c, "bookings.title"), NULL);
	return page(q, bookings_page, v);
}

rc bookings_csv(struct ctx *c, struct req *q)
{
	const struct bookings_query *ask = req_form(q, bookings_query);
	struct booking_line_list l;
	struct csv_writer w;
	struct buf b;
	TRY(read_lines(c, ask, ask->when < 0 ? BOOKING_WHEN_COMING : ask->when, CSV_ROWS, &l));
	buf_init(&b, c->mem, 4096);
	csv_begin(&w, &b, ';', true);
	static const char *const head[] = { "date",  "from",   "to",	"place",      "space",
					    "units", "status", "right", "price_cents" };
	for (size_t i = 0; i < sizeof head / sizeof *head; i++)
		csv_put(&w, head[i]);
	csv_end_row(&w);
	for (size_t i = 0; i < l.n; i++) {
		const struct booking_line *k = &l.items[i];
		csv_put(&w, fmt_iso_day(c, k->on_day));
		csv_put(&w, fmt_clock(c, k->from_minute));
		csv_put(&w, fmt_clock(c, k->to_minute));
		csv_put_typed(&w, k->place);
		csv_put_typed(&w, k->space);
		csv_put_int(&w, k->units);
		csv_put(&w, enum_word(&booking_status_words, k->status));
		csv_put_typed(&w, k->right_label);
		csv_put_int(&w, k->price.v);
		csv_end_row(&w);
	}
	return bytes(q, "text/csv; charset=utf-8", "reservations.csv", b.s, b.len);
}
