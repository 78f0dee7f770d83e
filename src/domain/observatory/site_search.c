#include "observatory/site_search.h"

#include <string.h>

#include "base/buf.h"
#include "base/civil.h"
#include "observatory/actor.h"
#include "observatory/fiche.h"
#include "observatory/finder.h"
#include "observatory/finder_words.h"
#include "observatory/search_view.h"
#include "observatory/search_where.h"
#include "platform/i18n.h"
#include "workshops/workshop.h"

enum { WORKSHOPS = 500, FICHES = 1000, TOWNS = 3 };
#define BUT_PLACES "kind:cae kind:network kind:collective kind:public_body kind:company kind:other"

/* A group being filled. */
struct filling {
	struct ctx *c;
	const struct typed *typed;
	const char *q;
	struct site_group *g;
	size_t room;
	bool alone; /* nothing was found so far */
};

static void add(struct filling *f, struct site_line line)
{
	if (f->g->items.n < f->room)
		f->g->items.items[f->g->items.n++] = line;
	f->g->n++;
}

static const char *town_of(struct ctx *c, const char *city, const char *departement)
{
	return city && departement ? fmt(c, "%s (%s)", city, departement) : city;
}

/* ---- what the catalogue knows ---- */

static struct site_line line_of(struct ctx *c, const struct record *r)
{
	const char *town = town_of(c, r->city, r->departement), *does = r->activities;
	return (struct site_line){
		.title = r->name,
		.note = town && does ? fmt(c, "%s · %s", town, does)
			: town	     ? town
				     : does,
		.href = fmt(c, r->kinds >> COMMUNITY_KIND_PLACE & 1 ? "/places/%s" : "/communities/%s",
			    r->pub.s),
		.kind = record_kind(r),
		.initials = r->initials ? r->initials : "",
	};
}

static rc records(struct filling *f, bool places, const char *path)
{
	struct finder_ask ask = { .words = f->q,
				  .tags = places ? NULL : BUT_PLACES,
				  .places = places,
				  .lat_e5 = NONE,
				  .lon_e5 = NONE,
				  .km = NONE,
				  .order = FINDER_BEST };
	struct finding found;
	struct buf b;
	TRY(finder_find(f->c, &ask, &found));
	for (size_t i = 0; i < found.n && i < f->room; i++)
		add(f, line_of(f->c, &found.x->at[found.at[i].record]));
	f->g->n = (int64_t)found.n;
	buf_init(&b, f->c->mem, 80);
	buf_str(&b, path);
	buf_param(&b, "q", f->q);
	buf_param(&b, "is", ask.tags);
	f->g->all = b.s;
	return OK;
}

static rc find_places(struct filling *f)
{
	return records(f, true, "/places?");
}

static rc find_communities(struct filling *f)
{
	return records(f, false, "/communities?");
}

/* ---- what is short enough to be read whole ---- */

static rc find_workshops(struct filling *f)
{
	struct workshop_line_list l;
	struct ctx *c = f->c;
	TRY(workshops_coming(c, (community_id){ 0 }, day_at(c->now, NULL), false, WORKSHOPS, &l));
	for (size_t i = 0; i < l.n; i++) {
		const struct workshop_line *w = &l.items[i];
		const char *place = w->city ? fmt(c, "%s, %s", w->place_name, w->city) : w->place_name;
		if (typed_fits(c, f->typed, fmt(c, "%s %s %s", w->title, place, w->organiser_name)))
			add(f,
			    (struct site_line){ .title = w->title,
						.note = fmt(c, "%s · %s", fmt_day_week(c, w->on_day), place),
						.href = fmt(c, "/workshops/%s", w->pub.s),
						.kind = -1 });
	}
	return OK;
}

static rc find_fiches(struct filling *f)
{
	const struct fiche_query all = { 0 };
	struct fiche_line_list l;
	struct ctx *c = f->c;
	TRY(fiche_find(c, &all, FICHES, &l));
	for (size_t i = 0; i < l.n; i++) {
		const struct fiche_line *k = &l.items[i];
		if (typed_fits(c, f->typed,
			       fmt(c, "%s %s %s", k->title, k->city ? k->city : "",
				   k->beginning ? k->beginning : "")))
			add(f, (struct site_line){ .title = k->title,
						   .note = town_of(c, k->city, k->departement),
						   .href = fmt(c, "/fiches/%s", k->pub.s),
						   .kind = -1 });
	}
	return OK;
}

static rc find_actors(struct filling *f)
{
	const struct actor_query all = { .project = -1, .kind = -1, .priority = -1 };
	struct actors_page *v = new_zero(f->c, struct actors_page);
	struct ctx *c = f->c;
	TRY(actor_find(c, &all, v));
	for (size_t i = 0; i < v->items.n; i++) {
		const struct actor_row *r = &v->items.items[i].row;
		const char *kind = i18n_word(c, &actor_kind_words, r->kind);
		if (typed_fits(c, f->typed,
			       fmt(c, "%s %s %s %s", r->name, kind, r->intention, r->offer ? r->offer : "")))
			add(f, (struct site_line){ .title = r->name,
						   .note = fmt(c, "%s · %s", kind, v->items.items[i].here),
						   .href = fmt(c, "/actors/%s", r->pub.s),
						   .kind = -1 });
	}
	return OK;
}

/* ---- the whole ---- */

/* ---- towns: what is looked for may be near one ---- */

static rc find_towns(struct filling *f)
{
	struct commune_found_list l;
	struct ctx *c = f->c;
	TRY(search_towns(c, f->q, f->alone, TOWNS, &l));
	for (size_t i = 0; i < l.n; i++) {
		const struct commune_card *k = &l.items[i].card;
		struct buf b;
		buf_init(&b, c->mem, 80);
		buf_str(&b, "/places?");
		buf_param(&b, "where", l.items[i].label);
		add(f, (struct site_line){ .title = T_TEXT(c, "site_search.around", "name", k->name),
					   .note = fmt(c, "%s (%s) · %s", k->departement_name, k->departement,
						       k->postal_codes),
					   .href = b.s,
					   .kind = -1 });
	}
	return OK;
}

rc site_find(struct ctx *c, const struct site_query *q, struct site_page *v)
{
	static rc (*const find[SITE_KIND_COUNT])(struct filling * f) = {
		[SITE_KIND_PLACES] = find_places,	[SITE_KIND_COMMUNITIES] = find_communities,
		[SITE_KIND_WORKSHOPS] = find_workshops, [SITE_KIND_FICHES] = find_fiches,
		[SITE_KIND_ACTORS] = find_actors,	[SITE_KIND_TOWNS] = find_towns,
	};
	const struct typed *typed = typed_read(c, q->q);
	v->q = q->q ? q->q : "";
	v->groups.items = new_array(c, struct site_group, SITE_KIND_COUNT);
	for (int kind = 0; typed && kind < SITE_KIND_COUNT; kind++) {
		struct site_group *g = &v->groups.items[v->groups.n];
		size_t room = q->all == kind ? SITE_MANY : SITE_FEW;
		struct filling f = { c, typed, v->q, g, room, v->n == 0 };
		if (q->all >= 0 && q->all != kind)
			continue;
		*g = (struct site_group){ .kind = kind,
					  .items = { new_array(c, struct site_line, room), 0 } };
		TRY(find[kind](&f));
		if (!g->all) {
			struct buf b;
			buf_init(&b, c->mem, 80);
			buf_str(&b, "/search?");
			buf_param(&b, "q", v->q);
			buf_param(&b, "all", enum_word(&site_kind_words, kind));
			g->all = b.s;
		}
		if (g->n <= (int64_t)g->items.n)
			g->all = NULL;
		v->n += g->n;
		v->groups.n += g->n > 0;
	}
	return OK;
}
