/* host_register.c - the bookings of a place over some days: looked through, added up, exported. */
#include <string.h>

#include "base/civil.h"
#include "base/csv.h"
#include "base/fold.h"
#include "base/pubid.h"
#include "platform/route.h"
#include "platform/ui.h"
#include "spaces/host.h"
#include "spaces/host_day_sql.h"
#include "spaces/host_register_html.h"
#include "spaces/host_register_shape.h"
#include "spaces/tariff.h"

route_fn host_register_get, host_register_csv;

#define PAGE_ROWS 50
#define MOST_DAYS 366

static void choose_days(const struct host_place *h, const struct register_query *ask, struct host_register *v)
{
	day month = month_start(h->today);
	v->from = is_none(ask->from) ? month : ask->from;
	v->to = is_none(ask->to) ? (day){ month_add(month_start(v->from), 1).v - 1 } : ask->to;
	if (v->to.v - v->from.v >= MOST_DAYS)
		v->to.v = v->from.v + MOST_DAYS - 1;
}

static space_id space_of(const struct host_place *h, pubid pub)
{
	for (size_t i = 0; i < h->spaces.n; i++)
		if (pubid_eq(h->spaces.items[i].pub, pub))
			return h->spaces.items[i].id;
	return (space_id){ 0 };
}

static bool is_wanted(struct ctx *c, const struct register_query *ask, space_id space, const char *typed,
		      const struct day_line *k)
{
	if (ask->status >= 0 && k->status != ask->status)
		return false;
	if (space.v && k->space.v != space.v)
		return false;
	return !*typed || strstr(fold(c, k->name), typed) || (k->sender && strstr(fold(c, k->sender), typed));
}

static void add_up(struct host_register *v, const struct day_line *k)
{
	bool came = k->status == BOOKING_STATUS_PRESENT || k->status == BOOKING_STATUS_DONE;
	if (came)
		v->price.v += k->price.v;
	if (came || k->status == BOOKING_STATUS_NO_SHOW || k->status == BOOKING_STATUS_LATE_CANCELLATION)
		v->measure.v += k->measure.v;
}

static rc fill(struct ctx *c, const struct host_place *h, const struct register_query *ask,
	       struct host_register *v)
{
	struct day_line_list l;
	space_id space = space_of(h, ask->space);
	const char *typed = fold(c, ask->q ? ask->q : "");
	choose_days(h, ask, v);
	v->place = h->card;
	v->q = ask->q;
	TRY(host_day_lines(c, h->card.id, v->from, v->to, &l));
	v->items.items = new_array(c, struct day_line, l.n + 1);
	for (size_t i = 0; i < l.n; i++) {
		const struct day_line *k = &l.items[ask->sort == REGISTER_SORT_OLDEST ? i : l.n - 1 - i];
		if (!is_wanted(c, ask, space, typed, k))
			continue;
		add_up(v, k);
		struct day_line *line = &v->items.items[v->items.n++];
		*line = *k;
		line->right_label = right_words(c, k->right_kind, k->right_label);
		if (k->status == BOOKING_STATUS_UNRECORDED) /* nothing is counted of what nobody recorded */
			line->measure.v = 0;
	}
	v->n = (int64_t)v->items.n;
	return OK;
}

static void cut_page(struct ctx *c, const struct register_query *ask, struct host_register *v)
{
	size_t after = ask->after > 0 ? (size_t)ask->after : 0;
	if (after > v->items.n)
		after = v->items.n;
	v->items.items += after;
	v->items.n -= after;
	if (v->items.n <= PAGE_ROWS)
		return;
	v->items.n = PAGE_ROWS;
	v->next = fmt(c, "%zu", after + PAGE_ROWS);
}

rc host_register_get(struct ctx *c, struct req *q)
{
	const struct register_query *ask = req_form(q, register_query);
	struct host_register *v = new_zero(c, struct host_register);
	struct host_place h;
	TRY(host_place_open(c, &h));
	TRY(fill(c, &h, ask, v));
	cut_page(c, ask, v);
	v->states = ui_options(c, &booking_status_words);
	v->state = ask->status < 0 ? "" : enum_word(&booking_status_words, ask->status);
	v->sort = ask->sort < 0 ? "" : enum_word(&register_sort_words, ask->sort);
	v->space = space_of(&h, ask->space).v ? fmt(c, "%s", ask->space.s) : "";
	v->spaces.items = new_array(c, struct option, h.spaces.n + 1);
	for (size_t i = 0; i < h.spaces.n; i++)
		v->spaces.items[v->spaces.n++] = (struct option){ fmt(c, "%s", h.spaces.items[i].pub.s),
								  h.spaces.items[i].name };
	page_title(q, "calendar", T(c, "register.title"));
	page_crumb(q, T(c, "nav.calendar"), "/host/calendar");
	page_crumb(q, T(c, "register.title"), NULL);
	return page(q, host_register, v);
}

static void put_line(struct ctx *c, struct csv_writer *w, const struct day_line *k)
{
	csv_put(w, fmt_iso_day(c, k->on_day));
	csv_put(w, fmt_clock(c, k->from_minute));
	csv_put(w, fmt_clock(c, k->to_minute));
	csv_put_typed(w, k->space_name);
	csv_put_typed(w, k->name);
	csv_put_typed(w, k->sender);
	csv_put_int(w, k->units);
	csv_put(w, enum_word(&booking_status_words, k->status));
	csv_put_typed(w, k->right_label);
	csv_put_int(w, k->measure.v);
	csv_put_int(w, k->price.v);
	csv_end_row(w);
}

rc host_register_csv(struct ctx *c, struct req *q)
{
	static const char *const head[] = { "date",	  "from",  "to",     "space", "name",
					    "community",  "units", "status", "right", "thousandths_of_day",
					    "price_cents" };
	struct host_register *v = new_zero(c, struct host_register);
	struct host_place h;
	struct csv_writer w;
	struct buf b;
	TRY(host_place_open(c, &h));
	TRY(fill(c, &h, req_form(q, register_query), v));
	buf_init(&b, c->mem, 4096);
	csv_begin(&w, &b, ';', true);
	for (size_t i = 0; i < sizeof head / sizeof *head; i++)
		csv_put(&w, head[i]);
	csv_end_row(&w);
	for (size_t i = 0; i < v->items.n; i++)
		put_line(c, &w, &v->items.items[i]);
	return bytes(q, "text/csv; charset=utf-8", "registre.csv", b.s, b.len);
}
