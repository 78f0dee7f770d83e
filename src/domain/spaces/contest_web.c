/* contest_web.c - a person contests what was recorded of her; the host answers. */
#include "base/civil.h"
#include "platform/csv_head.h"
#include "platform/i18n.h"
#include "platform/route.h"
#include "platform/ui.h"
#include "spaces/booking_page.h"
#include "spaces/contest.h"
#include "spaces/contest_page_html.h"
#include "spaces/host.h"
#include "spaces/space_sql.h"

route_fn contest_get, contest_post, host_contests_get, host_contests_csv_get, host_contest_post;

#define PAGE 50

rc contest_get(struct ctx *c, struct req *q)
{
	const struct booking_row *b = req_object(q, booking_row, booking);
	struct contest_page *v = new_zero(c, struct contest_page);
	struct community_card place;
	struct space_row space;
	if (b->person.v != c->actor.person.v)
		return fail(c, E_NOT_FOUND, "db.not_found");
	TRY(space_by_id(c, b->space, &space));
	TRY(community_card_get(c, b->community, &place));
	TRY(contests_of(c, b->id, &v->items));
	*v = (struct contest_page){
		b->pub,	    b->on_day, space.name,
		place.name, v->items,  !v->items.n || v->items.items[0].state != CONTEST_STATE_OPEN
	};
	page_title(q, "places", T(c, "contest.title"));
	page_crumb(q, T(c, "bookings.title"), "/bookings");
	page_crumb(q, fmt_day_long(c, b->on_day), fmt(c, "/bookings/%s", b->pub.s));
	page_crumb(q, T(c, "contest.title"), NULL);
	return page(q, contest_page, v);
}

rc contest_post(struct ctx *c, struct req *q)
{
	const struct booking_row *b = req_object(q, booking_row, booking);
	TRY(contest_make(c, b->id, req_form(q, contest_new)->reason));
	return done(c, q, T(c, "contest.sent"), "/bookings/%s/contest", b->pub.s);
}

static const char *contests_address(struct ctx *c, const char *path, const struct contests_page *v,
				    int64_t after)
{
	const char *at = fmt(c, "%s?state=%s&sort=%s", path, v->state, v->sort);
	return after ? fmt(c, "%s&after=%lld", at, (long long)after) : at;
}

/* What is asked for; those that wait, the oldest first, when nothing is. */
static struct contests_query asked(const struct req *q)
{
	struct contests_query f = { -1, -1, 0 };
	if (q->route->method == HTTP_GET)
		f = *req_form(q, contests_query);
	f.state = f.state < 0 ? CONTEST_STATE_OPEN : f.state;
	f.sort = f.sort < 0 ? CONTEST_SORT_OLDEST : f.sort;
	f.after = f.after < 0 ? 0 : f.after;
	return f;
}

static void say(struct ctx *c, const struct contests_query *f, struct contests_page *v)
{
	v->state = enum_word(&contest_state_words, f->state);
	v->sort = enum_word(&contest_sort_words, f->sort);
	v->states = ui_options(c, &contest_shown_words);
	v->sorts = ui_options(c, &contest_sort_words);
	v->waiting = f->state == CONTEST_STATE_OPEN;
	v->csv = contests_address(c, "/host/contests.csv", v, 0);
	if (v->items.n > PAGE) {
		v->items.n = PAGE;
		v->next = contests_address(c, "/host/contests", v, f->after + PAGE);
	}
}

rc host_contests_get(struct ctx *c, struct req *q)
{
	struct contests_page *v = new_zero(c, struct contests_page);
	struct contests_query f = asked(q);
	struct host_place h;
	TRY(host_place_open(c, &h));
	v->place = h.card;
	TRY(contests_find(c, h.card.id, f.state, f.sort == CONTEST_SORT_NEWEST, PAGE + 1, f.after,
			  &v->items));
	say(c, &f, v);
	page_title(q, "today", T(c, "contest.host_title"));
	page_crumb(q, T(c, "nav.today"), "/host/day");
	page_crumb(q, T(c, "contest.host_title"), NULL);
	return page(q, contests_page, v);
}

static void put_contest(struct ctx *c, struct csv_writer *w, const struct contest_line *k)
{
	csv_put(w, fmt_iso_day(c, k->on_day));
	csv_put_typed(w, k->space);
	csv_put_typed(w, k->person);
	csv_put_typed(w, k->reason);
	csv_put(w, i18n_word(c, &contest_state_words, k->state));
	csv_put_typed(w, k->answer);
	csv_put(w, fmt_iso_day(c, day_at(k->created_at, NULL)));
	csv_put(w, is_none(k->answered_at) ? NULL : fmt_iso_day(c, day_at(k->answered_at, NULL)));
	csv_end_row(w);
}

rc host_contests_csv_get(struct ctx *c, struct req *q)
{
	static const char *const head[] = { K("contest.day"),	  K("contest.space"),
					    K("contest.person"),  K("contest.reason"),
					    K("contest.state"),	  K("contest.answer"),
					    K("contest.told_on"), K("contest.answered_on") };
	struct contests_query f = asked(q);
	struct contest_line_list l;
	struct host_place h;
	struct csv_writer w;
	struct buf b;
	TRY(host_place_open(c, &h));
	TRY(contests_find(c, h.card.id, f.state, f.sort == CONTEST_SORT_NEWEST, INT32_MAX, 0, &l));
	buf_init(&b, c->mem, 1024);
	csv_begin(&w, &b, ';', true);
	csv_head(c, &w, head, sizeof head / sizeof *head);
	for (size_t i = 0; i < l.n; i++)
		put_contest(c, &w, &l.items[i]);
	return bytes(q, "text/csv; charset=utf-8", "contests.csv", b.s, b.len);
}

rc host_contest_post(struct ctx *c, struct req *q)
{
	const struct contest_answer_new *f = req_form(q, contest_answer_new);
	struct host_place h;
	TRY(host_place_open(c, &h));
	TRY(contest_answer(c, f->contest, h.card.id, f->accept, f->answer));
	return done(c, q, T(c, "contest.is_answered"), "/host/contests");
}
