#include "observatory/directory.h"

#include <string.h>

#include "observatory/known.h"
#include "observatory/search_map.h"
#include "people/kinds.h"
#include "platform/i18n.h"

enum { LINES_AT_A_TIME = 200 };

static const enum search_facet facets[] = {
	SEARCH_FACET_KIND,  SEARCH_FACET_REGION,  SEARCH_FACET_DEPARTEMENT, SEARCH_FACET_EPCI,
	SEARCH_FACET_FORM,  SEARCH_FACET_CG,	  SEARCH_FACET_CAE,	    SEARCH_FACET_LINKED,
	SEARCH_FACET_STUDY, SEARCH_FACET_FEATURE, SEARCH_FACET_SPACE,	    SEARCH_FACET_NATIONAL,
};

const char *directory_address(struct ctx *c, const char *path, const struct directory_query *q)
{
	struct buf b;
	buf_init(&b, c->mem, 100);
	buf_fmt(&b, "%s?", path);
	buf_param(&b, "q", q->q);
	buf_param(&b, "kind", q->kind < 0 ? NULL : enum_word(&community_kind_words, q->kind));
	buf_param(&b, "departement", q->departement);
	buf_param(&b, "where", q->where);
	buf_param(&b, "near", q->near);
	if (q->lat != NONE && q->lon != NONE)
		buf_param(&b, "lat", fmt(c, "%lld&lon=%lld", (long long)q->lat, (long long)q->lon));
	if (!is_none(q->on))
		buf_param(&b, "on", fmt_iso_day(c, q->on));
	if (q->km != NONE)
		buf_param(&b, "km", fmt(c, "%lld", (long long)q->km));
	buf_param(&b, "sort", q->sort < 0 ? NULL : enum_word(&directory_sort_words, q->sort));
	return b.s;
}

/* The two selects of the page are filters as the others are. */
static const char *tags_of(struct ctx *c, const struct directory_query *q)
{
	const char *kind = q->kind < 0 ? "" : fmt(c, " kind:%s", enum_word(&community_kind_words, q->kind));
	const char *area = q->departement && *q->departement ? fmt(c, " departement:%s", q->departement) : "";
	return fmt(c, "%s%s%s", q->is ? q->is : "", kind, area);
}

static enum finder_order order_of(const struct directory_query *q, bool located)
{
	switch (q->sort) {
	case DIRECTORY_SORT_NAME: return FINDER_NAME;
	case DIRECTORY_SORT_NEAR: return FINDER_NEAR;
	case DIRECTORY_SORT_RECENT: return FINDER_RECENT;
	case DIRECTORY_SORT_YEAR: return FINDER_YEAR;
	default: return located || (q->q && *q->q) ? FINDER_BEST : FINDER_NAME;
	}
}

static const char *departement_name(const struct catalogue *x, const char *code)
{
	tag t = tag_of(x, SEARCH_FACET_DEPARTEMENT, code);
	return t == TAG_NONE ? NULL
			     : x->areas[x->area[SEARCH_FACET_DEPARTEMENT] +
					(uint32_t)(t - x->facet[SEARCH_FACET_DEPARTEMENT])]
				       .name;
}

static struct directory_row line(struct ctx *c, const struct catalogue *x, const struct found *f, size_t rank)
{
	const struct record *r = &x->at[f->record];
	bool is[COMMUNITY_KIND_COUNT];
	for (int k = 0; k < COMMUNITY_KIND_COUNT; k++)
		is[k] = r->kinds >> k & 1;
	struct kind_word_list kinds = kinds_of(c, is);
	return (struct directory_row){
		.id = r->id,
		.card = { .id = r->id,
			  .pub = r->pub,
			  .name = r->name,
			  .initials = r->initials ? r->initials : "",
			  .kind = record_kind(r),
			  .city = r->city,
			  .departement = r->departement },
		.activities = r->activities,
		.departement_name = departement_name(x, r->departement),
		.year_started = r->year ? r->year : NONE,
		.links = r->links,
		.km = f->metres < 0 ? NONE : (int64_t)(f->metres / 1000 + 0.5F),
		.lat_e5 = r->lat_e5 == INT32_MIN ? NONE : r->lat_e5,
		.lon_e5 = r->lon_e5 == INT32_MIN ? NONE : r->lon_e5,
		.rank = (int64_t)rank,
		.kinds = kinds_text(c, &kinds),
	};
}

rc directory_where(struct ctx *c, const struct directory_query *q, struct where_found *out)
{
	const struct where_asked asked = { q->where, q->near, q->lat, q->lon, q->km };
	return search_where(c, &asked, out);
}

/* Of those found, those that were there on a day that has passed. */
static rc keep_known(struct ctx *c, day on, struct finding *f)
{
	struct known_day d = known_day(c, on);
	GHashTable *there;
	size_t n = 0;
	if (!d.is_past)
		return OK;
	TRY(known_there(c, &d, &there));
	for (size_t i = 0; i < f->n; i++)
		if (g_hash_table_contains(there, f->x->at[f->at[i].record].pub.s))
			f->at[n++] = f->at[i];
	f->n = n;
	g_hash_table_destroy(there);
	return OK;
}

rc directory_search(struct ctx *c, const struct directory_query *q, struct finding *out)
{
	struct where_found where;
	TRY(directory_where(c, q, &where));
	const struct finder_ask ask = { .words = q->q,
					.tags = tags_of(c, q),
					.lat_e5 = where.lat_e5,
					.lon_e5 = where.lon_e5,
					.km = where.km,
					.order = order_of(q, where.lat_e5 != NONE) };
	TRY(finder_find(c, &ask, out));
	return keep_known(c, q->on, out);
}

rc directory_find(struct ctx *c, const struct directory_query *q, size_t most, struct directory_row_list *out,
		  int64_t *total, struct search_panel *panel)
{
	struct finding f;
	TRY(directory_search(c, q, &f));
	size_t from = finder_after(&f, q->after, NULL, NULL), to = f.n - from < most ? f.n : from + most;
	*total = (int64_t)f.n;
	*out = (struct directory_row_list){ new_array(c, struct directory_row, to - from), 0 };
	for (size_t i = from; i < to; i++)
		out->items[out->n++] = line(c, f.x, &f.at[i], i + 1);
	if (panel) {
		struct directory_query plain = *q;
		plain.kind = -1;
		plain.departement = NULL;
		search_panel(c, &f, facets, sizeof facets / sizeof *facets,
			     directory_address(c, "/communities", &plain), panel);
	}
	return OK;
}

/* How far a list has come. */
struct telling {
	const struct finding *f;
	directory_line_fn *each;
	void *arg;
	size_t next;
};

static rc tell(struct ctx *c, void *arg)
{
	struct telling *t = arg;
	for (size_t n = 0; n < LINES_AT_A_TIME && t->next < t->f->n; n++, t->next++) {
		struct directory_row r = line(c, t->f->x, &t->f->at[t->next], t->next + 1);
		t->each(c, &r, t->arg);
	}
	return OK;
}

rc directory_each(struct ctx *c, const struct directory_query *q, directory_line_fn *each, void *arg)
{
	struct finding f;
	struct telling t = { &f, each, arg, 0 };
	TRY(directory_search(c, q, &f));
	t.next = finder_after(&f, q->after, NULL, NULL);
	while (t.next < f.n)
		TRY(ctx_apart(c, tell, &t));
	return OK;
}

/* The shape of the emblem, as far as marks have it. */
static enum picture_form form_of(int kind)
{
	switch (kind) {
	case COMMUNITY_KIND_CAE: return PICTURE_SQUARE;
	case COMMUNITY_KIND_PLACE: return PICTURE_CIRCLE;
	default: return PICTURE_DIAMOND;
	}
}

/* The same search around one of those found. */
static const char *closer(struct ctx *c, const void *of, const char *ref, int km)
{
	struct directory_query ask = *(const struct directory_query *)of;
	ask.where = NULL;
	ask.lat = ask.lon = NONE;
	ask.near = ref;
	ask.km = km;
	return search_address_of(c, directory_address(c, "/communities", &ask), ask.is);
}

rc directory_map(struct ctx *c, const struct directory_query *q, const struct directory_row_list *l,
		 const struct where_found *where, html *out)
{
	struct map_mark *k = new_array(c, struct map_mark, l->n + 1);
	for (size_t i = 0; i < l->n; i++) {
		const struct directory_row *r = &l->items[i];
		k[i] = (struct map_mark){
			.lat_e5 = r->lat_e5,
			.lon_e5 = r->lon_e5,
			.rank = r->rank,
			.form = form_of(r->card.kind),
			.name = fmt(c, "%lld. %s", (long long)r->rank, r->card.name),
			.href = fmt(c, "/communities/%s", r->card.pub.s),
			.ref = r->card.pub.s,
			.id = fmt(c, "m-%lld", (long long)r->rank),
		};
	}
	const struct search_map m = { .title = T(c, "communities.map"),
				      .lat_e5 = where->lat_e5,
				      .lon_e5 = where->lon_e5,
				      .km = where->km,
				      .around = MAP_SQUARE,
				      .marks = k,
				      .n_marks = l->n,
				      .closer = closer,
				      .ask = q };
	return search_map_draw(c, &m, out);
}
