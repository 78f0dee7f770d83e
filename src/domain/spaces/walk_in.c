/* walk_in.c - somebody at the door: who she is, and what she may use now. */
#include <string.h>

#include "base/civil.h"
#include "base/fold.h"
#include "base/pubid.h"
#include "platform/render.h"
#include "spaces/booking.h"
#include "spaces/booking_step.h"
#include "spaces/host.h"
#include "spaces/host_day_sql.h"

#define NOON (13 * 60)

static const struct space_row *space_of(const struct host_place *h, pubid pub)
{
	for (size_t i = 0; i < h->spaces.n; i++)
		if (pubid_eq(h->spaces.items[i].pub, pub))
			return &h->spaces.items[i];
	return h->spaces.n && pubid_is_none(pub) ? &h->spaces.items[0] : NULL;
}

/* The end of the morning, the end of the day, and one and two hours from now. */
static rc fill_untils(struct ctx *c, const struct host_place *h, const struct space_row *s, minute asked,
		      struct host_day *v)
{
	struct spans hours;
	const char *reason;
	TRY(space_hours(c, &h->place, s, h->today, &hours, &reason));
	minute from = { h->now.v / s->granule * s->granule }, close = { NONE };
	for (size_t i = 0; i < hours.n; i++)
		if (hours.at[i].from.v <= from.v && from.v < hours.at[i].to.v)
			close = hours.at[i].to;
	if (is_none(close))
		return OK;
	int64_t ends[] = { from.v + 60, from.v + 120, NOON, close.v };
	v->untils.items = new_array(c, struct host_until, 4);
	for (size_t i = 0; i < 4; i++) {
		bool fits = ends[i] - from.v >= s->shortest && ends[i] - from.v <= s->longest &&
			    ends[i] <= close.v;
		if (fits && (!v->untils.n || v->untils.items[v->untils.n - 1].at.v < ends[i]))
			v->untils.items[v->untils.n++] = (struct host_until){ { ends[i] },
									      asked.v == ends[i] };
	}
	v->until = v->untils.n ? v->untils.items[v->untils.n - 1].at : close;
	bool any = false;
	for (size_t i = 0; i < v->untils.n; i++)
		if (v->untils.items[i].chosen) {
			v->until = v->untils.items[i].at;
			any = true;
		}
	if (v->untils.n && !any)
		v->untils.items[v->untils.n - 1].chosen = true;
	return OK;
}

/* For the database: what may be typed with or without a mark, and all that is
 * no letter, stands for any character. What it lets through is folded and read again. */
static const char *loose_pattern(struct ctx *c, const char *folded)
{
	char *p = fmt(c, "%%%s%%", folded);
	for (char *s = p + 1; s[1]; s++)
		if (strchr("aceinouyszdl ", *s))
			*s = '_';
	return p;
}

/* At the beginning of a word of the name: "ver" finds Octave Verdillac, "tave" nobody. */
static bool is_meant(const char *name, const char *typed)
{
	size_t n = strlen(typed);
	for (const char *s = name; n && (s = strstr(s, typed)); s++)
		if (s == name || s[-1] == ' ')
			return true;
	return false;
}

#define MATCHES 6

static rc find_person(struct ctx *c, const struct host_place *h, const struct host_query *ask,
		      struct host_day *v)
{
	struct person_match_list l;
	const char *typed = fold(c, v->who);
	if (!*typed)
		return OK;
	TRY(persons_known(c, h->card.id, loose_pattern(c, typed), h->today, &l));
	v->matches.items = new_array(c, struct person_match, MATCHES);
	for (size_t i = 0; i < l.n && v->matches.n < MATCHES; i++)
		if (is_meant(fold(c, l.items[i].name), typed))
			v->matches.items[v->matches.n++] = l.items[i];
	for (size_t i = 0; i < v->matches.n; i++)
		if (v->matches.n == 1 || pubid_eq(v->matches.items[i].pub, ask->person)) {
			v->match = v->matches.items[i];
			v->has_match = true;
			v->matches.items[i] = v->matches.items[0]; /* who is chosen stands first */
			v->matches.items[0] = v->match;
			break;
		}
	return OK;
}

static rc stay_of(struct ctx *c, const struct host_place *h, const struct space_row *s, person_id person,
		  minute until, struct membership_row_list *mine, struct stay *out)
{
	TRY(stay_now(c, s, &h->place, until, 1, out));
	*mine = (struct membership_row_list){ 0 };
	if (person.v)
		TRY(memberships_on(c, person, h->today, mine));
	out->person = person;
	out->memberships = mine;
	return OK;
}

/* "Usable here now, and why." What forbids it is said, not failed with. */
static rc quote_now(struct ctx *c, const struct host_place *h, const struct space_row *s, struct host_day *v)
{
	struct membership_row_list mine;
	struct right_offer_list offers;
	struct stay stay;
	int64_t units;
	rc code = stay_of(c, h, s, v->match.person, v->until, &mine, &stay);
	if (code == OK)
		code = stay_free(c, &stay, (booking_id){ 0 }, &units);
	if (code == OK && units < (s->counted ? 1 : s->capacity))
		code = fail(c, E_CONFLICT, "booking.full");
	if (code == OK)
		code = stay_quote(c, &stay, NULL, &offers);
	if (code == E_INVALID || code == E_CONFLICT) {
		v->problem = failure_text(c, &c->failure);
		return OK;
	}
	TRY(code);
	for (size_t i = 0; i < offers.n; i++)
		if (offers.items[i].chosen) {
			v->right = offers.items[i];
			v->has_right = true;
		}
	if (!v->has_right)
		v->problem = T(c, "right.none");
	return OK;
}

rc walk_in_fill(struct ctx *c, const struct host_place *h, const struct host_query *ask, struct host_day *v)
{
	const struct space_row *s = space_of(h, ask->space);
	v->who = ask->who;
	v->guest = ask->guest;
	v->until.v = NONE;
	if (!v->is_today || !s)
		return OK;
	v->spaces.items = new_array(c, struct host_space, h->spaces.n);
	for (size_t i = 0; i < h->spaces.n; i++) {
		const struct space_row *k = &h->spaces.items[i];
		v->spaces.items[v->spaces.n++] = (struct host_space){ k->pub, k->name, k == s };
	}
	v->asked_space = s->pub;
	TRY(fill_untils(c, h, s, ask->until, v));
	if (!v->who || !*v->who || is_none(v->until))
		return OK;
	if (!v->guest)
		TRY(find_person(c, h, ask, v));
	return v->has_match || v->guest ? quote_now(c, h, s, v) : OK;
}

/* She reads and accepts the charter of the chosen right at the counter;
 * *accepted: the right whose charter it was, or NULL. */
static rc accept_here(struct ctx *c, struct stay *s, const char *choice, const struct right_offer **accepted)
{
	struct right_offer_list offers;
	*accepted = NULL;
	TRY(stay_quote(c, s, choice, &offers));
	for (size_t i = 0; i < offers.n; i++) {
		const struct right_offer *o = &offers.items[i];
		const struct right_source *source = right_source_of(o->kind);
		if (o->chosen && o->needs_charter && source && source->accept_charter) {
			*accepted = o;
			return source->accept_charter(c, s, o);
		}
	}
	return OK;
}

rc walk_in_make(struct ctx *c, const struct host_place *h, const struct walk_in *ask, struct booking_row *out)
{
	struct booking_wish wish = { .choice = ask->right, .walk_in = true, .approved = true };
	const struct space_row *s = space_of(h, ask->space);
	struct membership_row_list mine;
	struct person_known_by_pub_row who = { 0 };
	const struct right_offer *accepted = NULL;
	bool found = false;
	if (!s)
		return fail(c, E_NOT_FOUND, "db.not_found");
	if (!ask->guest)
		TRY(person_known_by_pub(c, ask->person, &who, &found));
	if (!found && !(ask->guest && ask->who && *ask->who))
		return fail_field(c, "who", "host.who_missing");
	if (!found)
		wish.guest = ask->who;
	TRY(stay_of(c, h, s, who.id, ask->until, &mine, &wish.span));
	if (found && ask->charter)
		TRY(accept_here(c, &wish.span, ask->right, &accepted));
	TRY(booking_create(c, &wish, out));
	return accepted ? right_source_of(accepted->kind)->note_charter(c, &wish.span, accepted) : OK;
}
