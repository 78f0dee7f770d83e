#include "base/test.h"

#include <stdlib.h>

#include "base/civil.h"
#include "space_cast.h"
#include "spaces/contest.h"
#include "spaces/space_settings.h"
#include "world.h"

static struct {
	int n, status[40];
	bool undone[40];
} told;

static rc heard(struct ctx *c, const struct booking_row *b, int status, bool undone)
{
	(void)c, (void)b;
	told.status[told.n] = status;
	told.undone[told.n++] = undone;
	return OK;
}

/* Everything is told to `heard`; a no-show is free when `forgiving`. */
static bool forgiving;

static rc pack_no_show(struct ctx *c, const struct booking_row *b, bool *counts)
{
	(void)c, (void)b;
	*counts = !forgiving;
	return OK;
}

static struct space_cast *start(struct world *w)
{
	static const struct fact_sink sink = { heard };
	static struct right_source pack;
	static struct space_ports ports;
	struct space_cast *k = space_cast(w);
	pack = pack_source;
	pack.no_show_counts = pack_no_show;
	ports = (struct space_ports){ .sources = { &tariff_source_public, &tariff_source_member, &pack },
				      .n_sources = 3,
				      .sinks = { &sink },
				      .n_sinks = 1 };
	space_ports = &ports;
	forgiving = false;
	told.n = 0;
	return k;
}

static const char *pack_key(struct world *w, const struct space_cast *k)
{
	return fmt(w->c, "pack-%s", cast_pub(w, "pack", k->pack.v));
}

static struct booking_row booked(struct world *w, const struct space_cast *k, const struct space_row *space,
				 int64_t days, int from, int to, const char *choice)
{
	struct booking_row b;
	struct stay s;
	assert_int_equal(cast_stay(w->c, k, space, days, from, to, 1, &s), OK);
	assert_int_equal(cast_book(w, k, &s, choice, &b), OK);
	return b;
}

static void assert_pack(struct world *w, int64_t held, int64_t used)
{
	assert_int_equal(cast_number(w, "SELECT held AS value FROM counter WHERE owner_kind = 'pack'"), held);
	assert_int_equal(cast_number(w, "SELECT used AS value FROM counter WHERE owner_kind = 'pack'"), used);
	assert_int_equal(cast_broken(w), 0);
}

static const char *status_of(struct world *w, booking_id id)
{
	return cast_text(w, "SELECT status AS value FROM booking WHERE id = %lld", (long long)id.v);
}

static void test_states_move_the_pack(void **state)
{
	struct world *w = *state;
	struct space_cast *k = start(w);
	struct booking_row b = booked(w, k, &k->desks, 0, 600, 1080, pack_key(w, k));
	assert_int_equal(b.measure.v, 1000);
	assert_int_equal(b.price.v, 0);
	assert_int_equal(b.public_price.v, 1400);
	assert_pack(w, 1000, 0);
	assert_int_equal(cast_do(w, booking_arrive, b.id), OK);
	assert_pack(w, 0, 1000);
	assert_int_equal(cast_do(w, booking_arrive, b.id), E_CONFLICT);
	assert_int_equal(cast_do(w, booking_cancel, b.id), E_CONFLICT);
	assert_string_equal(world_key(w->c), "booking.wrong_state");
	assert_int_equal(cast_do(w, booking_undo_arrive, b.id), OK);
	assert_pack(w, 1000, 0);
	assert_int_equal(cast_do(w, booking_arrive, b.id), OK);
	assert_int_equal(cast_do(w, booking_leave, b.id), OK);
	assert_int_equal(cast_do(w, booking_undo_leave, b.id), OK);
	assert_string_equal(status_of(w, b.id), "present");
	assert_pack(w, 0, 1000);
	const int said[] = { BOOKING_STATUS_PRESENT, BOOKING_STATUS_PRESENT, BOOKING_STATUS_PRESENT };
	assert_int_equal(told.n, 3);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(told.status[i], said[i]);
		assert_int_equal(told.undone[i], i == 1);
	}
	assert_int_equal(cast_do(w, booking_leave, b.id), OK);
	w->c->now.v += 86400;
	assert_int_equal(cast_do(w, booking_undo_leave, b.id), E_CONFLICT);
	assert_string_equal(world_key(w->c), "booking.day_is_over");
}

static void test_no_show(void **state)
{
	struct world *w = *state;
	struct space_cast *k = start(w);
	struct booking_row b = booked(w, k, &k->desks, 0, 600, 1080, pack_key(w, k));
	struct booking_row later = booked(w, k, &k->desks, 1, 600, 720, pack_key(w, k));
	assert_int_equal(later.measure.v, 500);
	assert_int_equal(cast_do(w, booking_no_show, later.id), E_CONFLICT);
	assert_int_equal(cast_do(w, booking_arrive, later.id), E_CONFLICT);
	assert_string_equal(world_key(w->c), "booking.not_yet");
	assert_int_equal(cast_do(w, booking_no_show, b.id), OK);
	assert_pack(w, 500, 1000);
	/* She was there after all: used once. */
	assert_int_equal(cast_do(w, booking_arrive, b.id), OK);
	assert_pack(w, 500, 1000);
	assert_int_equal(told.n, 3);
	assert_true(told.status[1] == BOOKING_STATUS_NO_SHOW && told.undone[1]);
	assert_true(told.status[2] == BOOKING_STATUS_PRESENT && !told.undone[2]);
	assert_int_equal(cast_do(w, booking_undo_arrive, b.id), OK);
	forgiving = true;
	assert_int_equal(cast_do(w, booking_no_show, b.id), OK);
	assert_pack(w, 500, 0);
	assert_int_equal(cast_do(w, booking_undo_no_show, b.id), OK);
	assert_pack(w, 1500, 0);
	assert_int_equal(cast_do(w, booking_no_show, b.id), OK);
	assert_int_equal(cast_do(w, booking_arrive, b.id), OK);
	assert_pack(w, 500, 1000);
}

static void test_cancelling(void **state)
{
	struct world *w = *state;
	struct space_cast *k = start(w);
	struct booking_row today = booked(w, k, &k->desks, 0, 660, 1080, pack_key(w, k));
	struct booking_row tomorrow = booked(w, k, &k->desks, 1, 540, 1080, pack_key(w, k));
	struct booking_row third = booked(w, k, &k->desks, 0, 660, 1080, pack_key(w, k));
	/* Until 18:00 of the day before. */
	assert_int_equal(booking_cancel_until(&k->row, &tomorrow).v, WORLD_NOW + 8 * 3600);
	assert_int_equal(cast_do(w, booking_cancel, tomorrow.id), OK);
	assert_pack(w, 2000, 0);
	assert_int_equal(cast_do(w, booking_cancel, today.id), OK);
	assert_pack(w, 1000, 1000);
	/* The host gives everything back, whatever the hour. */
	w->c->actor = (struct actor){ .person = k->host, .community = k->place, .roles = ROLE_HOST };
	assert_int_equal(cast_do(w, booking_cancel, third.id), OK);
	assert_pack(w, 0, 1000);
}

struct change {
	booking_id id;
	struct stay s;
	struct booking_row out;
};

static rc change(struct ctx *c, void *arg)
{
	struct change *x = arg;
	return booking_change(c, x->id, &x->s, &x->out);
}

static void test_change(void **state)
{
	struct world *w = *state;
	struct space_cast *k = start(w);
	struct booking_row b = booked(w, k, &k->desks, 2, 540, 1080, pack_key(w, k));
	struct booking_row full = booked(w, k, &k->room, 2, 600, 720, "public");
	struct booking_row other = booked(w, k, &k->room, 2, 780, 840, "public");
	struct change x = { .id = b.id };
	assert_int_equal(other.price.v, 1000);
	/* Shorter: half a day, on the other pool too. */
	assert_int_equal(cast_stay(w->c, k, &k->annex, 3, 540, 780, 1, &x.s), OK);
	assert_int_equal(db_write(w->c, change, &x), OK);
	assert_int_equal(x.out.measure.v, 500);
	assert_int_equal(x.out.space.v, k->annex.id.v);
	assert_pack(w, 500, 0);
	/* Over another's hours: refused, nothing moves. */
	x.id = other.id;
	assert_int_equal(cast_stay(w->c, k, &k->room, 2, 690, 810, 1, &x.s), OK);
	assert_int_equal(db_write(w->c, change, &x), E_CONFLICT);
	assert_string_equal(world_key(w->c), "booking.full");
	assert_int_equal(cast_number(w, "SELECT from_minute AS value FROM booking WHERE id = %lld",
				     (long long)other.id.v),
			 780);
	/* Over its own hours: they are free to it. */
	x.id = full.id;
	assert_int_equal(cast_stay(w->c, k, &k->room, 2, 660, 780, 1, &x.s), OK);
	assert_int_equal(db_write(w->c, change, &x), OK);
	assert_int_equal(x.out.price.v, 2000);
	/* Past its hour of cancelling. */
	w->c->now = booking_cancel_until(&k->row, &x.out);
	assert_int_equal(cast_stay(w->c, k, &k->room, 4, 660, 780, 1, &x.s), OK);
	assert_int_equal(db_write(w->c, change, &x), E_CONFLICT);
	assert_string_equal(world_key(w->c), "booking.too_late");
	assert_int_equal(cast_broken(w), 0);
}

/* More than is left: the old span, its count and its price stay. */
static void test_change_beyond_the_pack(void **state)
{
	struct world *w = *state;
	struct space_cast *k = start(w);
	for (int i = 1; i <= 4; i++)
		booked(w, k, &k->desks, i < 4 ? i : 6, 540, 1080, pack_key(w, k));
	booked(w, k, &k->annex, 1, 540, 780, pack_key(w, k));
	struct booking_row half = booked(w, k, &k->annex, 2, 540, 780, pack_key(w, k));
	struct change x = { .id = half.id };
	assert_pack(w, 5000, 0);
	assert_int_equal(cast_stay(w->c, k, &k->annex, 2, 540, 1080, 1, &x.s), OK);
	assert_int_equal(db_write(w->c, change, &x), E_QUOTA);
	assert_pack(w, 5000, 0);
	assert_int_equal(cast_number(w, "SELECT to_minute AS value FROM booking WHERE id = %lld",
				     (long long)half.id.v),
			 780);
	/* And nothing more fits, by name or by choice of the best. */
	struct booking_row b;
	struct stay s;
	assert_int_equal(cast_stay(w->c, k, &k->annex, 3, 540, 600, 1, &s), OK);
	assert_int_equal(cast_book(w, k, &s, pack_key(w, k), &b), E_INVALID);
	assert_int_equal(cast_book(w, k, &s, NULL, &b), OK);
	assert_int_equal(b.right_kind, RIGHT_KIND_PUBLIC);
	assert_int_equal(b.price.v, 300);
}

struct several {
	struct booking_wish wish[3];
	struct booking_row out[3];
};

static rc book_all(struct ctx *c, void *arg)
{
	struct several *x = arg;
	return booking_create_all(c, x->wish, 3, x->out);
}

static void test_several_days(void **state)
{
	struct world *w = *state;
	struct space_cast *k = start(w);
	struct several x = { 0 };
	for (int i = 0; i < 3; i++) {
		x.wish[i].choice = "public";
		assert_int_equal(cast_stay(w->c, k, &k->room, 1 + i, 540, 600 + 60 * i, 1, &x.wish[i].span),
				 OK);
	}
	assert_int_equal(db_write(w->c, book_all, &x), OK);
	assert_string_equal(x.out[0].batch, x.out[2].batch);
	for (int i = 0; i < 3; i++)
		assert_int_equal(x.out[i].price.v, 1000 * (i + 1));
	/* One day is taken: none is booked. */
	for (int i = 0; i < 3; i++)
		assert_int_equal(
			cast_stay(w->c, k, &k->room, 3 - i + (i == 0) * 3, 540, 600, 1, &x.wish[i].span), OK);
	assert_int_equal(db_write(w->c, book_all, &x), E_CONFLICT);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM booking"), 3);
}

struct closing {
	const struct space_cast *k;
	struct day_decision d[3];
	size_t n;
};

static rc close_day(struct ctx *c, void *arg)
{
	struct closing *x = arg;
	return day_close(c, x->k->place, (day){ CAST_TODAY }, x->d, x->n);
}

static void test_closing_the_day(void **state)
{
	struct world *w = *state;
	struct space_cast *k = start(w);
	booking_id came = booked(w, k, &k->desks, 0, 600, 1080, pack_key(w, k)).id;
	booking_id absent = booked(w, k, &k->desks, 0, 600, 780, pack_key(w, k)).id;
	booking_id silent = booked(w, k, &k->annex, 0, 600, 780, pack_key(w, k)).id;
	booking_id there = booked(w, k, &k->annex, 0, 600, 780, "public").id;
	assert_int_equal(cast_do(w, booking_arrive, there), OK);
	told.n = 0;
	w->c->now.v += 10 * 3600;
	struct closing x = { .k = k, .d = { { came, true }, { absent, false } }, .n = 2 };
	assert_int_equal(db_write(w->c, close_day, &x), OK);
	assert_string_equal(status_of(w, came), "done");
	assert_string_equal(status_of(w, absent), "no_show");
	assert_string_equal(status_of(w, silent), "unrecorded");
	assert_string_equal(status_of(w, there), "done");
	assert_int_equal(told.n, 2);
	assert_pack(w, 500, 1500);
	/* Again, another answer: only what differs changes. */
	x.d[0].came = false;
	assert_int_equal(db_write(w->c, close_day, &x), OK);
	assert_string_equal(status_of(w, came), "no_show");
	assert_int_equal(told.n, 4);
	x.d[0].booking = booked(w, k, &k->desks, 1, 600, 780, "public").id;
	assert_int_equal(db_write(w->c, close_day, &x), E_NOT_FOUND);
}

static void test_jobs(void **state)
{
	struct world *w = *state;
	struct space_cast *k = start(w);
	cast_run(w, "UPDATE space SET needs_approval = TRUE WHERE id = %lld", (long long)k->annex.id.v);
	k->annex.needs_approval = true;
	booking_id asked = booked(w, k, &k->annex, 6, 600, 780, pack_key(w, k)).id;
	booking_id accepted = booked(w, k, &k->annex, 6, 600, 780, pack_key(w, k)).id;
	booking_id refused = booked(w, k, &k->annex, 6, 600, 780, pack_key(w, k)).id;
	booking_id forgotten = booked(w, k, &k->desks, 0, 600, 780, pack_key(w, k)).id;
	assert_string_equal(status_of(w, asked), "requested");
	assert_int_equal(cast_do(w, booking_accept, accepted), OK);
	assert_int_equal(cast_do(w, booking_refuse, refused), OK);
	assert_pack(w, 1500, 0);
	assert_int_equal(bookings_expire(w->c), OK);
	assert_int_equal(bookings_unrecorded(w->c), OK);
	assert_string_equal(status_of(w, forgotten), "confirmed");
	w->c->now.v += REQUEST_SECONDS;
	assert_int_equal(cast_do(w, booking_accept, asked), E_GONE);
	told.n = 0;
	assert_int_equal(bookings_expire(w->c), OK);
	assert_int_equal(bookings_unrecorded(w->c), OK);
	assert_string_equal(status_of(w, asked), "expired");
	assert_string_equal(status_of(w, accepted), "confirmed");
	assert_string_equal(status_of(w, forgotten), "unrecorded");
	assert_int_equal(told.n, 1); /* the expiry; nothing of what was forgotten */
	assert_pack(w, 1000, 0);
}

struct contesting {
	booking_id id;
	pubid pub;
	community_id place;
	bool accept;
};

static rc contest(struct ctx *c, void *arg)
{
	struct contesting *x = arg;
	return contest_make(c, x->id, "Je n’y étais pas.");
}

static rc answer(struct ctx *c, void *arg)
{
	struct contesting *x = arg;
	return contest_answer(c, x->pub, x->place, x->accept, "Vu.");
}

static rc open_contests(struct ctx *c, void *arg)
{
	struct contesting *x = arg;
	struct contest_line_list l;
	TRY(contests_open(c, x->place, &l));
	assert_int_equal(l.n, 1);
	assert_string_equal(l.items[0].person, "Inès");
	x->pub = l.items[0].pub;
	return OK;
}

static void test_contest(void **state)
{
	struct world *w = *state;
	struct space_cast *k = start(w);
	struct contesting x = { .id = booked(w, k, &k->desks, 0, 600, 1080, pack_key(w, k)).id,
				.place = k->place };
	assert_int_equal(db_write(w->c, contest, &x), E_CONFLICT);
	assert_int_equal(cast_do(w, booking_arrive, x.id), OK);
	assert_int_equal(db_write(w->c, contest, &x), OK);
	assert_int_equal(db_write(w->c, contest, &x), E_CONFLICT);
	assert_int_equal(db_read(w->c, open_contests, &x), OK);
	w->c->actor = (struct actor){ .person = k->host, .community = k->place, .roles = ROLE_HOST };
	assert_int_equal(db_write(w->c, contest, &x), E_NOT_FOUND);
	x.place = k->cae;
	assert_int_equal(db_write(w->c, answer, &x), E_NOT_FOUND);
	x.place = k->place;
	x.accept = true;
	assert_int_equal(db_write(w->c, answer, &x), OK);
	assert_int_equal(db_write(w->c, answer, &x), E_CONFLICT);
	assert_string_equal(status_of(w, x.id), "unrecorded");
	assert_pack(w, 0, 0);
	assert_int_equal(told.n, 2);
	assert_true(told.undone[1]);
}

static int64_t letters(struct world *w)
{
	return cast_number(w, "SELECT COUNT(*) AS value FROM mail WHERE kind = 'booking.recorded'");
}

/* What is recorded is told once, with what was counted and where to contest. */
/* Who is there takes her place like who is awaited; one span ends where the next begins; and a
 * request holds until its time has passed, whether or not the job has been by. */
static void test_what_takes_room(void **state)
{
	struct world *w = *state;
	struct space_cast *k = start(w);
	struct booking_row b = booked(w, k, &k->room, 0, 600, 720, "public");
	struct stay s;
	assert_int_equal(cast_do(w, booking_arrive, b.id), OK);
	assert_int_equal(cast_stay(w->c, k, &k->room, 0, 660, 780, 1, &s), OK);
	assert_int_equal(cast_book(w, k, &s, "public", &b), E_CONFLICT);
	assert_int_equal(cast_stay(w->c, k, &k->room, 0, 720, 780, 1, &s), OK);
	assert_int_equal(cast_book(w, k, &s, "public", &b), OK);
	for (int i = 0; i < 4; i++)
		(void)booked(w, k, &k->desks, 2, i < 2 ? 540 : 600, i < 2 ? 600 : 660, "public");
	assert_int_equal(cast_stay(w->c, k, &k->desks, 2, 540, 660, 2, &s), OK);
	assert_int_equal(cast_book(w, k, &s, "public", &b), OK);
	cast_run(w, "UPDATE space SET needs_approval = TRUE WHERE id = %lld", (long long)k->room.id.v);
	k->room.needs_approval = true;
	(void)booked(w, k, &k->room, 6, 600, 780, "public");
	assert_int_equal(cast_stay(w->c, k, &k->room, 6, 600, 780, 1, &s), OK);
	assert_int_equal(cast_book(w, k, &s, "public", &b), E_CONFLICT);
	w->c->now.v += REQUEST_SECONDS;
	assert_int_equal(cast_book(w, k, &s, "public", &b), OK);
}

/* Days bought for its people are not for who only thinks of joining. */
static void test_prospects_use_no_pack(void **state)
{
	struct world *w = *state;
	struct space_cast *k = start(w);
	struct booking_row b;
	struct stay s;
	cast_run(w, "UPDATE membership SET status = 'prospect' WHERE id = %lld", (long long)k->member.v);
	assert_int_equal(cast_stay(w->c, k, &k->desks, 2, 540, 1140, 1, &s), OK);
	assert_int_equal(cast_book(w, k, &s, pack_key(w, k), &b), E_INVALID);
	assert_string_equal(world_key(w->c), "right.not_yours");
}

static void test_a_pack_has_a_last_day(void **state)
{
	struct world *w = *state;
	struct space_cast *k = start(w);
	struct booking_row b;
	struct stay s;
	cast_run(w, "UPDATE pack SET to_day = %d", CAST_TODAY + 1);
	assert_int_equal(cast_stay(w->c, k, &k->desks, 2, 540, 1140, 1, &s), OK);
	assert_int_equal(cast_book(w, k, &s, pack_key(w, k), &b), E_INVALID);
	assert_string_equal(world_key(w->c), "right.not_yours");
	(void)booked(w, k, &k->desks, 1, 540, 1140, pack_key(w, k));
}

/* Somebody is shown how a machine works, until a day. */
static void test_qualified_until(void **state)
{
	struct world *w = *state;
	struct space_cast *k = start(w);
	struct booking_row b;
	struct stay s;
	cast_run(w, "UPDATE space SET qualification = 'Scie' WHERE id = %lld", (long long)k->room.id.v);
	k->room.qualification = "Scie";
	cast_run(
		w,
		"INSERT INTO qualification (person, space, granted_by, granted_on, until) VALUES (%lld, %lld, %lld, "
		"0, %d)",
		(long long)k->ines.v, (long long)k->room.id.v, (long long)k->host.v, CAST_TODAY + 2);
	assert_int_equal(cast_stay(w->c, k, &k->room, 2, 540, 600, 1, &s), OK);
	assert_int_equal(cast_book(w, k, &s, "public", &b), OK);
	assert_int_equal(cast_stay(w->c, k, &k->room, 3, 540, 600, 1, &s), OK);
	assert_int_equal(cast_book(w, k, &s, "public", &b), E_DENIED);
	assert_string_equal(world_key(w->c), "booking.not_qualified");
}

static rc archive(struct ctx *c, void *arg)
{
	return space_archive(c, *(const space_id *)arg);
}

/* A space goes when nobody is to come to it any more, and takes no booking then. */
static void test_put_away(void **state)
{
	struct world *w = *state;
	struct space_cast *k = start(w);
	struct booking_row b = booked(w, k, &k->annex, 2, 540, 600, "public"), more;
	struct stay s;
	assert_int_equal(db_write(w->c, archive, &k->annex.id), E_CONFLICT);
	assert_string_equal(world_key(w->c), "space.booked");
	assert_int_equal(cast_do(w, booking_cancel, b.id), OK);
	assert_int_equal(cast_stay(w->c, k, &k->annex, 2, 540, 600, 1, &s), OK);
	assert_int_equal(db_write(w->c, archive, &k->annex.id), OK);
	assert_int_equal(cast_book(w, k, &s, "public", &more), E_CONFLICT);
	assert_string_equal(world_key(w->c), "booking.full");
}

static void test_told(void **state)
{
	struct world *w = *state;
	struct space_cast *k = start(w);
	struct booking_row b = booked(w, k, &k->desks, 0, 600, 1080, pack_key(w, k));
	assert_int_equal(letters(w), 0);
	assert_int_equal(cast_do(w, booking_arrive, b.id), OK);
	assert_int_equal(letters(w), 1);
	const char *text = cast_text(w,
				     "SELECT body_text AS value FROM mail WHERE kind = 'booking.recorded'");
	assert_non_null(strstr(text, "La Fabrique a enregistré votre présence."));
	assert_non_null(strstr(text, "mardi 24 novembre 2026, 10"));
	assert_non_null(strstr(text, "Cinq jours"));
	assert_non_null(strstr(text, fmt(w->c, "/bookings/%s/contest", b.pub.s)));
	assert_int_equal(cast_do(w, booking_undo_arrive, b.id), OK);
	assert_int_equal(cast_do(w, booking_arrive, b.id), OK);
	assert_int_equal(letters(w), 1);
	cast_run(w, "UPDATE person SET lang = 'en' WHERE id = %lld", (long long)k->ines.v);
	b = booked(w, k, &k->room, 0, 600, 660, NULL);
	w->c->now.v += 3600;
	assert_int_equal(cast_do(w, booking_no_show, b.id), OK);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM mail WHERE subject = "
					"'Absence recorded: La Fabrique'"),
			 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_states_move_the_pack),
		BOTH(test_no_show),
		BOTH(test_cancelling),
		BOTH(test_change),
		BOTH(test_change_beyond_the_pack),
		BOTH(test_several_days),
		BOTH(test_closing_the_day),
		BOTH(test_jobs),
		BOTH(test_contest),
		BOTH(test_what_takes_room),
		BOTH(test_prospects_use_no_pack),
		BOTH(test_a_pack_has_a_last_day),
		BOTH(test_qualified_until),
		BOTH(test_put_away),
		BOTH(test_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
