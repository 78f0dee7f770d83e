#include "observatory/finder.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/civil.h"
#include "bridges/welcomed.h"
#include "observatory/finder_sql.h"
#include "observatory/finder_words.h"
#include "spaces/occupation.h"
#include "spaces/offer_of_day.h"
#include "territory/commune.h"

enum { YEAR = 365 }; /* days */

/* A search under way. */
struct search {
	struct ctx *c;
	const struct finder_ask *ask;
	struct finding *f;
	const struct catalogue *x;
	const uint8_t *score; /* NULL: no words */
	uint8_t *chosen;      /* by tag: 1 */
	int wanted[SEARCH_FACET_COUNT];
	uint32_t *counts;
	size_t room;
	struct finder_closures_row_list closed;
	struct welcoming_list welcoming; /* in the order of their ids */
	struct day_offer_list offers;	 /* of who may be free, by their ids */
};

/* ---- filters ---- */

static rc no_such_filter(struct ctx *c, const char *word)
{
	rc code = fail_with(c, E_INVALID, "search.unknown_filter", "filter", word, NULL);
	c->failure.field = "is";
	return code;
}

static rc choose(struct ctx *c, struct search *s, char *word)
{
	struct finding *f = s->f;
	const char *whole = talloc_strdup(c->mem, word);
	char *value = strchr(word, ':');
	if (value)
		*value++ = 0;
	int facet = enum_find(&search_facet_words, word);
	tag t = facet < 0 ? TAG_NONE : tag_of(s->x, (enum search_facet)facet, value);
	if (t == TAG_NONE)
		return no_such_filter(c, whole);
	if (s->chosen[t])
		return OK;
	if (f->n_chosen == FINDER_TAGS)
		return fail_field(c, "is", "search.too_many_filters");
	s->chosen[t] = 1;
	s->wanted[facet]++;
	f->chosen[f->n_chosen++] = t;
	return OK;
}

static rc choose_all(struct ctx *c, struct search *s)
{
	char *rest, *copy = talloc_strdup(c->mem, s->ask->tags ? s->ask->tags : "");
	for (char *w = strtok_r(copy, " ", &rest); w; w = strtok_r(NULL, " ", &rest))
		TRY(choose(c, s, w));
	return OK;
}

bool is_chosen(const struct finding *f, tag t)
{
	for (size_t i = 0; i < f->n_chosen; i++)
		if (f->chosen[i] == t)
			return true;
	return false;
}

/* How many facets refuse a record, and one that does. */
static int refusals(const struct search *s, const struct record *r, int *facet)
{
	int has[SEARCH_FACET_COUNT] = { 0 }, n = 0;
	if (s->f->n_chosen == 0)
		return 0;
	for (unsigned i = 0; i < r->n_tags; i++) {
		tag t = s->x->tags[r->tags + i];
		if (s->chosen[t])
			has[facet_of(s->x, t)]++;
	}
	for (int f = 0; f < SEARCH_FACET_COUNT; f++) {
		bool passes = f == SEARCH_FACET_FEATURE ? has[f] == s->wanted[f]
							: has[f] > 0 || s->wanted[f] == 0;
		if (!passes) {
			*facet = f;
			n++;
		}
	}
	return n;
}

/* ---- hours, rights ---- */

/* Its closures of these days, among those of all places: by place. */
static size_t closures_of(const struct search *s, community_id id, struct closed_days *out, size_t room)
{
	size_t n = 0;
	for (size_t i = 0; i < s->closed.n && n < room; i++) {
		const struct finder_closures_row *k = &s->closed.items[i];
		if (k->community.v == id.v)
			out[n++] = (struct closed_days){ k->from_day, k->to_day };
	}
	return n;
}

/* Hours that a source tells say no zone: overseas they are not those of Paris. */
static bool is_of_unknown_zone(const struct record *r)
{
	return !r->zone && r->departement && r->departement[0] == '9' &&
	       (r->departement[1] == '7' || r->departement[1] == '8');
}

static bool is_open(const struct search *s, const struct record *r)
{
	struct closed_days closed[8];
	day today;
	minute now;
	if (!r->hours || is_of_unknown_zone(r))
		return false;
	utc_to_local(s->c->now, r->zone, &today, &now);
	const struct opening_calendar cal = { .territory = (enum holiday_territory)r->holidays,
					      .holidays_off = r->holidays_off,
					      .closed = closed,
					      .n_closed = closures_of(s, r->id, closed,
								      sizeof closed / sizeof *closed) };
	return opening_covers(r->hours, &cal, today, now, (minute){ now.v + 1 });
}

static float metres_to(const struct finder_ask *ask, const struct record *r)
{
	if (ask->lat_e5 == NONE || r->lat_e5 == INT32_MIN)
		return -1;
	return (float)commune_distance(ask->lat_e5, ask->lon_e5, r->lat_e5, r->lon_e5);
}

static const struct day_offer *offer_of(const struct search *s, const struct record *r)
{
	return r->bookable ? offer_at(&s->offers, r->id) : NULL;
}

static bool is_free(const struct search *s, const struct record *r)
{
	const struct day_offer *o = offer_of(s, r);
	return o && o->takings.n > 0;
}

static size_t first_welcoming(const struct search *s, community_id place)
{
	size_t low = 0, high = s->welcoming.n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (s->welcoming.items[middle].place.v < place.v)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* A space takes a booking that day, no longer than what a right to its kind still covers. */
static bool is_usable(const struct search *s, const struct record *r)
{
	const struct welcoming_list *l = &s->welcoming;
	const struct day_offer *o = offer_of(s, r);
	for (size_t i = first_welcoming(s, r->id); o && i < l->n && l->items[i].place.v == r->id.v; i++)
		for (size_t k = 0; k < o->takings.n; k++)
			if (l->items[i].kinds >> o->takings.items[k].kind & 1 &&
			    o->takings.items[k].least <= l->items[i].longest)
				return true;
	return false;
}

static bool lets_through(const struct search *s, const struct record *r)
{
	return (!s->ask->open || is_open(s, r)) && (!s->ask->usable || is_usable(s, r)) &&
	       (!s->ask->free || is_free(s, r));
}

static rc offers_to(struct ctx *c, struct search *s, const struct buf *ids)
{
	return ids->len ? offers_of_day(c, fmt(c, "%s]", ids->s), s->ask->on, &s->offers) : OK;
}

static void add_id(struct buf *ids, const struct record *r)
{
	if (r->bookable)
		buf_fmt(ids, "%s\"%lld\"", ids->len ? "," : "[", (long long)r->id.v);
}

/* Those who may be found, whom the database is asked about all at once. */
static rc read_offers(struct ctx *c, struct search *s)
{
	struct buf ids;
	buf_init(&ids, c->mem, 1024);
	for (uint32_t i = 0; i < s->x->n; i++) {
		const struct record *r = &s->x->at[i];
		float metres = metres_to(s->ask, r);
		if (s->ask->km == NONE || s->ask->lat_e5 == NONE ||
		    (metres >= 0 && metres <= (float)s->ask->km * 1000))
			add_id(&ids, r);
	}
	return offers_to(c, s, &ids);
}

static rc read_what_is_asked(struct ctx *c, struct search *s)
{
	const struct finder_ask *ask = s->ask;
	day today = day_at(c->now, NULL);
	if (ask->open || ask->uses)
		TRY(finder_closures(c, (day){ today.v - 1 }, (day){ today.v + 1 }, &s->closed));
	if (ask->free || ask->usable)
		TRY(read_offers(c, s));
	if (ask->usable || (ask->uses && c->actor.person.v))
		TRY(places_welcoming(c, c->actor.person, ask->on, &s->welcoming));
	return OK;
}

/* Of those found: another filter than its own lifts nothing off a yes or no. */
static rc count_uses(struct ctx *c, struct search *s)
{
	struct finding *f = s->f;
	struct buf ids;
	buf_init(&ids, c->mem, 1024);
	for (size_t i = 0; !s->ask->free && !s->ask->usable && i < f->n; i++)
		add_id(&ids, &s->x->at[f->at[i].record]);
	TRY(offers_to(c, s, &ids));
	for (size_t i = 0; i < f->n; i++) {
		const struct record *r = &s->x->at[f->at[i].record];
		f->uses.open += is_open(s, r);
		f->uses.free += is_free(s, r);
		f->uses.usable += is_usable(s, r);
	}
	return OK;
}

/* ---- one record after the other ---- */

static void take(struct search *s, uint32_t number, float metres)
{
	struct finding *f = s->f;
	if (f->n == s->room)
		f->at = talloc_realloc(s->c->mem, f->at, struct found,
				       (unsigned)(s->room = s->room * 2 + 256));
	f->at[f->n++] = (struct found){ number, s->score ? s->score[number] : 0, metres };
}

/* What is refused by one facet alone would be found with another value of it. */
static void count(struct search *s, const struct record *r, int only)
{
	for (unsigned i = 0; i < r->n_tags; i++) {
		tag t = s->x->tags[r->tags + i];
		if (only < 0 || (int)facet_of(s->x, t) == only)
			s->counts[t]++;
	}
}

static void look_at(struct search *s, uint32_t number, float metres)
{
	const struct record *r = &s->x->at[number];
	int facet = -1;
	if ((s->score && !s->score[number]) ||
	    (s->ask->places && (r->closed || !(r->kinds >> COMMUNITY_KIND_PLACE & 1))))
		return;
	int refused = refusals(s, r, &facet);
	if (refused > 1 || (refused == 1 && facet == SEARCH_FACET_FEATURE) || !lets_through(s, r))
		return;
	count(s, r, facet);
	if (!refused)
		take(s, number, metres);
}

static void look_at_all(struct ctx *c, struct search *s)
{
	const struct finder_ask *ask = s->ask;
	if (ask->lat_e5 != NONE && ask->km != NONE) {
		struct neighbours l = catalogue_around(c, s->x, ask->lat_e5, ask->lon_e5, (double)ask->km);
		for (size_t i = 0; i < l.n; i++)
			look_at(s, l.at[i].record, l.at[i].metres);
		return;
	}
	for (uint32_t i = 0; i < s->x->n; i++)
		look_at(s, i, metres_to(ask, &s->x->at[i]));
}

/* ---- order ---- */

static int compare(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int by_metres(const struct found *a, const struct found *b)
{
	if ((a->metres < 0) != (b->metres < 0))
		return a->metres < 0 ? 1 : -1;
	return (a->metres > b->metres) - (a->metres < b->metres);
}

/* Somebody said within a year that the page is right. */
static bool is_fresh(const struct finding *f, const struct record *r)
{
	return r->confirmed && r->confirmed >= f->today - YEAR;
}

/* Records are numbered by their names. */
static int found_order(const void *pa, const void *pb, void *arg)
{
	const struct found *a = pa, *b = pb;
	const struct finding *f = arg;
	const struct record *x = &f->x->at[a->record], *y = &f->x->at[b->record];
	int way = 0;
	switch (f->ask.order) {
	case FINDER_NAME: break;
	case FINDER_NEAR: way = by_metres(a, b); break;
	case FINDER_RECENT: way = compare(y->created_at, x->created_at); break;
	case FINDER_YEAR: way = compare(y->year, x->year); break;
	case FINDER_BEST:
		way = compare(b->score, a->score);
		way = way ? way : by_metres(a, b);
		way = way ? way : compare(y->bookable, x->bookable);
		way = way ? way : compare(is_fresh(f, y), is_fresh(f, x));
	}
	return way ? way : compare(a->record, b->record);
}

rc finder_find(struct ctx *c, const struct finder_ask *ask, struct finding *out)
{
	struct search s = { .c = c, .ask = ask, .f = out };
	*out = (struct finding){ .ask = *ask, .today = (int32_t)day_at(c->now, NULL).v };
	TRY(catalogue(c, &out->x));
	s.x = out->x;
	s.chosen = talloc_zero_array(c->mem, uint8_t, s.x->facet[SEARCH_FACET_COUNT] + 1U);
	out->counts = s.counts = talloc_zero_array(c->mem, uint32_t, s.x->facet[SEARCH_FACET_COUNT] + 1U);
	TRY(choose_all(c, &s));
	TRY(read_what_is_asked(c, &s));
	out->score = s.score = finder_words(c, s.x, ask->words);
	look_at_all(c, &s);
	if (ask->uses)
		TRY(count_uses(c, &s));
	if (out->n)
		qsort_r(out->at, out->n, sizeof *out->at, found_order, out);
	return OK;
}

size_t finder_after(const struct finding *f, const char *pub, finder_order_fn *order, void *arg)
{
	struct found last;
	uint32_t k = 0;
	size_t low = 0, high = f->n;
	while (k < f->x->n && (!pub || strcmp(f->x->at[k].pub.s, pub) != 0))
		k++;
	if (k == f->x->n)
		return 0;
	last = (struct found){ k, f->score ? f->score[k] : 0, metres_to(&f->ask, &f->x->at[k]) };
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if ((order ? order(&f->at[middle], &last, arg)
			   : found_order(&f->at[middle], &last, (void *)f)) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}
