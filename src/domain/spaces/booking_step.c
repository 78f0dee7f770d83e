#include <string.h>

#include "audit/audit.h"
#include "spaces/booking_letter.h"
#include "spaces/booking_sql.h"
#include "spaces/booking_step.h"

static const char *const count_words[] = { "", "held", "used", "released" };

const struct right_source *right_source_of(int kind)
{
	for (size_t i = 0; i < space_ports->n_sources; i++)
		if (space_ports->sources[i]->kind == kind)
			return space_ports->sources[i];
	return NULL;
}

rc booking_hold(struct ctx *c, booking_id booking, const struct counter_key *keys, size_t n, quantity q)
{
	counter_id *ids = new_array(c, counter_id, n);
	if (q.v <= 0)
		return OK;
	TRY(counter_hold(c, keys, n, q, ids));
	for (size_t i = 0; i < n; i++)
		TRY(booking_counter_insert(c, booking, ids[i], q, NULL));
	return OK;
}

static enum count count_of(const char *state)
{
	enum count k = COUNT_HELD;
	while (k < COUNT_GIVEN_BACK && strcmp(state, count_words[k]) != 0)
		k++;
	return k;
}

static rc count_one(struct ctx *c, counter_id id, quantity q, enum count from, enum count to)
{
	if (from == COUNT_GIVEN_BACK) {
		TRY(counter_retake(c, id, q));
		from = COUNT_HELD;
	}
	if (from == to)
		return OK;
	if (to == COUNT_USED)
		return counter_use(c, id, q);
	if (to == COUNT_HELD)
		return counter_rehold(c, id, q);
	return from == COUNT_USED ? counter_unuse(c, id, q) : counter_release(c, id, q);
}

static bool is_given_back(const struct booking_counters_row_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (count_of(l->items[i].state) == COUNT_GIVEN_BACK)
			return true;
	return false;
}

rc booking_count(struct ctx *c, const struct booking_row *b, enum count to)
{
	struct booking_counters_row_list l;
	const struct right_source *source = right_source_of(b->right_kind);
	if (to == COUNT_AS_IS)
		return OK;
	TRY(booking_counters(c, b->id, &l));
	if (to != COUNT_GIVEN_BACK && is_given_back(&l) && source && source->again)
		TRY(source->again(c, b));
	for (size_t i = 0; i < l.n; i++) {
		const struct booking_counters_row *k = &l.items[i];
		enum count from = count_of(k->state);
		if (from == to)
			continue;
		TRY(count_one(c, k->counter, k->quantity, from, to));
		TRY(booking_counter_set(c, b->id, k->counter, count_words[to], NULL));
	}
	return OK;
}

static bool has_come(int status)
{
	return status == BOOKING_STATUS_PRESENT || status == BOOKING_STATUS_DONE;
}

rc right_goes_on(struct ctx *c, const struct booking_row *b, const struct right_offer *o, bool *same)
{
	const struct right_source *source = right_source_of(b->right_kind);
	bool tariff = o->kind == RIGHT_KIND_PUBLIC || o->kind == RIGHT_KIND_MEMBER;
	*same = o->kind == b->right_kind && (tariff || o->right_id == b->right_id);
	if (o->kind != b->right_kind || !source || !source->goes_on)
		return OK;
	return source->goes_on(c, b, o, same);
}

/* The first of the same right, under whatever version of it; id 0: none. */
static rc find_heir(struct ctx *c, const struct booking_row *b, booking_id *out)
{
	struct booking_heirs_row_list l;
	bool same = false;
	TRY(booking_heirs(c, b->id, b->person, b->community, b->on_day, b->right_kind, b->membership, &l));
	for (size_t i = 0; i < l.n && !same; i++) {
		const struct right_offer o = { .kind = b->right_kind,
					       .right_id = l.items[i].right_id,
					       .membership = b->membership };
		TRY(right_goes_on(c, b, &o, &same));
		*out = same ? l.items[i].id : (booking_id){ 0 };
	}
	return OK;
}

rc booking_pass_on(struct ctx *c, const struct booking_row *b, struct booking_row *heir)
{
	booking_id id = { 0 };
	int status;
	heir->id.v = 0;
	if (!b->person.v || !b->membership.v || b->measure.v <= 0)
		return OK;
	TRY(find_heir(c, b, &id));
	if (!id.v)
		return OK;
	TRY(booking_lock(c, id, &status));
	TRY(booking_counters_drop(c, id, NULL));
	TRY(booking_counters_pass(c, b->id, id, NULL));
	TRY(booking_set_measure(c, id, b->measure, NULL));
	TRY(booking_set_measure(c, b->id, (quantity){ 0 }, NULL));
	TRY(booking_by_id(c, id, heir));
	return booking_count(c, heir, has_come(heir->status) ? COUNT_USED : COUNT_HELD);
}

rc booking_tell(struct ctx *c, const struct booking_row *b, int status, bool undone)
{
	for (size_t i = 0; i < space_ports->n_sinks; i++)
		TRY(space_ports->sinks[i]->happened(c, b, status, undone));
	return OK;
}

rc booking_retell(struct ctx *c, const struct booking_row *heir)
{
	if (!heir->id.v || !has_come(heir->status))
		return OK;
	TRY(booking_tell(c, heir, BOOKING_STATUS_PRESENT, true));
	return booking_tell(c, heir, BOOKING_STATUS_PRESENT, false);
}

rc booking_note(struct ctx *c, const struct booking_row *b, const char *action, int before)
{
	pubid place;
	TRY(booking_place_pub(c, b->community, &place));
	struct audit_event e = {
		.chain = place.s, .action = action, .object_kind = "booking", .object = b->pub
	};
	if (before >= 0)
		e.before = fmt(c, "{\"status\":\"%s\"}", enum_word(&booking_status_words, before));
	e.after = fmt(c, "{\"status\":\"%s\"}", enum_word(&booking_status_words, b->status));
	return audit_note(c, &e);
}

rc no_show_count(struct ctx *c, const struct booking_row *b, enum count *out)
{
	const struct right_source *source = right_source_of(b->right_kind);
	bool counts = true;
	if (source && source->no_show_counts)
		TRY(source->no_show_counts(c, b, &counts));
	*out = counts ? COUNT_USED : COUNT_GIVEN_BACK;
	return OK;
}

rc step_open(struct ctx *c, booking_id id, unsigned allowed, const char *action, struct step *s)
{
	int64_t capacity;
	int status;
	*s = (struct step){ .told = -1, .undone = -1, .action = action };
	TRY(booking_by_id(c, id, &s->b));
	TRY(space_hold(c, s->b.space, &capacity));
	TRY(booking_lock(c, id, &status));
	TRY(booking_by_id(c, id, &s->b));
	s->before = s->b.status;
	return allowed & (1u << s->b.status) ? OK : fail(c, E_CONFLICT, "booking.wrong_state");
}

/* Who is neither coming nor counted any more leaves the day's count to another. */
static bool gives_up(const struct step *s)
{
	return s->count == COUNT_GIVEN_BACK || s->b.status == BOOKING_STATUS_CANCELLED;
}

static rc store(struct ctx *c, struct step *s)
{
	if (gives_up(s))
		TRY(booking_pass_on(c, &s->b, &s->heir));
	if (s->heir.id.v)
		s->b.measure.v = 0;
	if (s->b.status == BOOKING_STATUS_CANCELLED && s->count == COUNT_USED &&
	    (s->b.measure.v > 0 || s->b.price.v > 0))
		s->b.late_at = c->now;
	TRY(booking_count(c, &s->b, s->count));
	return booking_set_status(c, s->b.id, s->b.status, s->b.arrived_at, s->b.left_at, s->b.settled_at,
				  s->b.late_at, NULL);
}

static rc tell(struct ctx *c, struct step *s)
{
	if (s->undone >= 0)
		TRY(booking_tell(c, &s->b, s->undone, true));
	if (s->told >= 0)
		TRY(booking_tell(c, &s->b, s->told, false));
	return booking_retell(c, &s->heir);
}

static bool is_recorded(const struct step *s)
{
	return s->told == BOOKING_STATUS_PRESENT || s->told == BOOKING_STATUS_NO_SHOW ||
	       (s->told == BOOKING_STATUS_CANCELLED && !is_none(s->b.late_at));
}

rc steps_run(struct ctx *c, struct step *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		TRY(store(c, &s[i]));
	for (size_t i = 0; i < n; i++)
		TRY(tell(c, &s[i]));
	for (size_t i = 0; i < n; i++)
		if (is_recorded(&s[i]))
			TRY(booking_letter(c, &s[i].b, s[i].count != COUNT_GIVEN_BACK));
	for (size_t i = 0; i < n; i++)
		TRY(booking_news(c, &s[i].b, s[i].before));
	for (size_t i = 0; i < n; i++)
		TRY(booking_note(c, &s[i].b, s[i].action, s[i].before));
	return OK;
}
