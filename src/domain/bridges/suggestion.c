#include "bridges/suggestion.h"

#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "bridges/party.h"
#include "bridges/suggestion_sql.h"
#include "people/people.h"
#include "platform/i18n.h"
#include "platform/route.h"
#include "territory/commune.h"

static const int radius_km[SUGGESTION_RADIUS_COUNT] = { 10, 20, 30, 50 };
#define WORTH 1000 /* metres: people stand at the middle of their commune, less says nothing */

static day today(const struct ctx *c)
{
	day d;
	minute m;
	utc_to_local(c->now, NULL, &d, &m);
	return d;
}

/* ---- groups of five at least ---- */

static void add_group(struct home_groups *out, community_id who, int64_t lat, int64_t lon, int64_t n)
{
	out->items[out->n++] = (struct home_group){ who, lat, lon, n };
}

static int by_code(const void *a, const void *b)
{
	return strcmp(((const struct centre_row *)a)->code, ((const struct centre_row *)b)->code);
}

static const struct centre_row *centre_of(const struct centre_row_list *centres, const char *code)
{
	struct centre_row key = { .code = code };
	return code ? bsearch(&key, centres->items, centres->n, sizeof key, by_code) : NULL;
}

/* What is left of [from, to), one community's rows, by a wider territory. */
static void group_left(const struct home_row_list *l, size_t from, size_t to,
		       const struct centre_row_list *centres, bool wider, struct home_groups *out)
{
	for (size_t i = from; i < to; i++) {
		const char *code = wider ? l->items[i].arrondissement : l->items[i].epci;
		const struct centre_row *at = l->items[i].n ? centre_of(centres, code) : NULL;
		int64_t n = 0;
		for (size_t j = i; at && j < to; j++) {
			const char *other = wider ? l->items[j].arrondissement : l->items[j].epci;
			n += other && strcmp(code, other) == 0 ? l->items[j].n : 0;
		}
		if (n < GROUP_LEAST)
			continue;
		add_group(out, l->items[i].community, at->lat_e5, at->lon_e5, n);
		for (size_t j = i; j < to; j++) {
			const char *other = wider ? l->items[j].arrondissement : l->items[j].epci;
			if (other && strcmp(code, other) == 0)
				l->items[j].n = 0;
		}
	}
}

rc home_groups(struct ctx *c, community_id community, struct home_groups *out)
{
	struct home_row_list l;
	struct centre_row_list centres;
	struct ymd y = ymd_of(today(c));
	TRY(suggestion_homes(c, community, today(c), day_of(y.year, y.month, 1), &l));
	TRY(suggestion_centres(c, &centres));
	if (centres.n)
		qsort(centres.items, centres.n, sizeof *centres.items, by_code);
	*out = (struct home_groups){ new_array(c, struct home_group, l.n + 1), 0 };
	for (size_t from = 0, to; from < l.n; from = to) {
		for (to = from; to < l.n && l.items[to].community.v == l.items[from].community.v; to++) {
			struct home_row *r = &l.items[to];
			if (r->n < GROUP_LEAST)
				continue;
			add_group(out, r->community, r->lat_e5, r->lon_e5, r->n);
			r->n = 0;
		}
		group_left(&l, from, to, &centres, false, out);
		group_left(&l, from, to, &centres, true, out);
	}
	return OK;
}

/* ---- which bridges ---- */

struct view {
	struct suggestion_place_list places; /* asked about */
	struct suggestion_place_list all;    /* that may be open to people */
	struct suggestion_sender_list senders;
	struct bridge_pair_list bridges;
	struct home_groups groups;
	double metres;
};

/* A place is open to a community by a bridge, or because it is the place itself. */
static int bridge_of(const struct view *w, community_id sender, community_id place)
{
	if (sender.v == place.v)
		return SUGGESTION_BRIDGE_OPEN;
	for (size_t i = 0; i < w->bridges.n; i++)
		if (w->bridges.items[i].sender.v == sender.v && w->bridges.items[i].place.v == place.v)
			return w->bridges.items[i].active ? SUGGESTION_BRIDGE_OPEN
							  : SUGGESTION_BRIDGE_UNDER_WAY;
	return SUGGESTION_BRIDGE_MISSING;
}

/* The way of a group to the nearest place that is open to it, but for one; -1: none is. */
static double way_today(const struct view *w, const struct home_group *g, community_id but)
{
	double best = -1;
	for (size_t i = 0; i < w->all.n; i++) {
		const struct suggestion_place *p = &w->all.items[i];
		if (p->id.v == but.v || bridge_of(w, g->community, p->id) != SUGGESTION_BRIDGE_OPEN)
			continue;
		double m = commune_distance(g->lat_e5, g->lon_e5, p->lat_e5, p->lon_e5);
		best = best < 0 || m < best ? m : best;
	}
	return best;
}

struct way {
	double metres;
	int64_t n;
};

static int by_metres(const void *a, const void *b)
{
	const struct way *x = a, *y = b;
	return (x->metres > y->metres) - (x->metres < y->metres);
}

/* The median of ways weighted by people, km; NONE when it is of those who have none. */
static int64_t median_km(struct way *ways, size_t n, int64_t people)
{
	int64_t seen = 0;
	if (n)
		qsort(ways, n, sizeof *ways, by_metres);
	for (size_t i = 0; i < n; i++) {
		seen += ways[i].n;
		if (2 * seen >= people)
			return ways[i].metres < 0 ? NONE : (int64_t)(ways[i].metres / 1000 + 0.5);
	}
	return NONE;
}

/* People are shown in fives. */
static int64_t shown(int64_t n)
{
	return n - n % GROUP_LEAST;
}

static void measure(struct ctx *c, const struct view *w, community_id sender,
		    const struct suggestion_place *p, struct suggestion_line *line)
{
	struct way *then = new_array(c, struct way, w->groups.n + 1);
	struct way *now = new_array(c, struct way, w->groups.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < w->groups.n; i++) {
		const struct home_group *g = &w->groups.items[i];
		double m = commune_distance(g->lat_e5, g->lon_e5, p->lat_e5, p->lon_e5);
		if (g->community.v != sender.v || m > w->metres)
			continue;
		double before = way_today(w, g, p->id);
		line->near += g->n;
		if (before >= 0 && before < m + WORTH)
			continue;
		line->gain += g->n;
		then[n] = (struct way){ m, g->n };
		now[n++] = (struct way){ before, g->n };
	}
	line->km = median_km(then, n, line->gain);
	line->before = median_km(now, n, line->gain);
	line->near = shown(line->near);
	line->gain = shown(line->gain);
}

static void consider(struct ctx *c, const struct view *w, const struct suggestion_sender *s,
		     const struct suggestion_place *p, bool as_place, struct suggestions_page *v)
{
	struct suggestion_line line = { .community = s->pub,
					.community_name = s->name,
					.place = p->pub,
					.place_name = p->name,
					.city = p->city,
					.departement = p->departement,
					.bridge = bridge_of(w, s->id, p->id),
					.answers = as_place ? s->answers : p->answers };
	if (s->id.v == p->id.v || (!v->all && line.bridge != SUGGESTION_BRIDGE_MISSING))
		return;
	measure(c, w, s->id, p, &line);
	if (v->all ? line.near : line.gain)
		v->items.items[v->items.n++] = line;
}

static int by_gain(const void *a, const void *b)
{
	const struct suggestion_line *x = a, *y = b;
	if (x->gain != y->gain)
		return x->gain < y->gain ? 1 : -1;
	if (x->km != y->km)
		return x->km > y->km ? 1 : -1;
	int names = strcmp(x->place_name, y->place_name);
	return names ? names : strcmp(x->community_name, y->community_name);
}

/* ---- from whose side ---- */

static rc choose_side(struct ctx *c, const struct suggestion_query *f, struct suggestions_page *v)
{
	struct community_row me;
	TRY(community_get(c, c->actor.community, &me));
	v->as_name = me.name;
	v->is_sender = me.is_cae || me.is_collective;
	v->is_host = me.is_place;
	v->is_network = me.is_network;
	const bool may[] = { v->is_sender, v->is_host, v->is_network };
	v->side = f->side;
	for (int i = 0; i < SUGGESTION_SIDE_COUNT && v->side < 0; i++)
		v->side = may[i] ? i : -1;
	return v->side >= 0 && may[v->side] ? OK : fail(c, E_DENIED, "suggestion.not_this_side");
}

static rc read_view(struct ctx *c, const struct suggestions_page *v, struct view *w)
{
	const community_id none = { 0 }, me = c->actor.community;
	community_id sender = v->side == SUGGESTION_SIDE_SENDER ? me : none;
	TRY(suggestion_places(c, v->side == SUGGESTION_SIDE_HOST ? me : none,
			      v->side == SUGGESTION_SIDE_NETWORK ? me : none, today(c), &w->places));
	TRY(suggestion_places(c, none, none, today(c), &w->all));
	TRY(suggestion_senders(c, sender, today(c), &w->senders));
	TRY(suggestion_bridges(c, today(c), &w->bridges));
	w->metres = radius_km[v->radius] * 1000.0;
	return home_groups(c, sender, &w->groups);
}

/* Has it a group at all? Most communities of a large server have none. */
static bool has_group(const struct view *w, community_id sender)
{
	for (size_t i = 0; i < w->groups.n; i++)
		if (w->groups.items[i].community.v == sender.v)
			return true;
	return false;
}

rc suggestions_find(struct ctx *c, const struct suggestion_query *f, struct suggestions_page *v)
{
	struct view w = { 0 };
	v->radius = f->radius < 0 ? SUGGESTION_RADIUS_KM30 : f->radius;
	v->all = f->all;
	TRY(choose_side(c, f, v));
	TRY(read_view(c, v, &w));
	v->items.items = new_array(c, struct suggestion_line, w.senders.n * w.places.n + 1);
	for (size_t i = 0; i < w.senders.n; i++)
		for (size_t j = 0; j < w.places.n && has_group(&w, w.senders.items[i].id); j++)
			consider(c, &w, &w.senders.items[i], &w.places.items[j],
				 v->side == SUGGESTION_SIDE_HOST, v);
	v->n = (int64_t)v->items.n;
	qsort(v->items.items, v->items.n, sizeof *v->items.items, by_gain);
	return OK;
}

/* ---- proposing one ---- */

static rc find_both(struct ctx *c, const struct suggestion_propose *f, struct community_row *sender,
		    struct community_row *place)
{
	struct loaded a = { 0 }, b = { 0 };
	struct community_row me;
	TRY(community_loader(c, f->community, &a));
	TRY(community_loader(c, f->place, &b));
	TRY(community_get(c, a.community, sender));
	TRY(community_get(c, b.community, place));
	TRY(community_get(c, c->actor.community, &me));
	if (!(sender->is_cae || sender->is_collective) || !place->is_place || sender->id.v == place->id.v)
		return fail(c, E_INVALID, "suggestion.kinds");
	bool mine = sender->id.v == me.id.v || place->id.v == me.id.v || me.is_network;
	return mine ? OK : fail(c, E_DENIED, "suggestion.not_yours");
}

rc suggestion_propose_now(struct ctx *c, const struct suggestion_propose *f, struct convention_row *out)
{
	struct community_row sender, place;
	TRY(find_both(c, f, &sender, &place));
	struct arg args[] = { { "community", ARG_TEXT, sender.name, 0 },
			      { "place", ARG_TEXT, place.name, 0 } };
	struct convention_new n = { .name = i18n(c, "suggestion.name", args, 2),
				    .from = today(c),
				    .to = { today(c).v + 365 } };
	TRY(convention_create(c, &n, out));
	TRY(party_invite_one(c, out->id, sender.pub, PARTY_SIDE_SENDER));
	return party_invite_one(c, out->id, place.pub, PARTY_SIDE_HOST);
}
