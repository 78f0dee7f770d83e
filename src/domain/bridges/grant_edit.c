#include "bridges/grant_edit.h"

#include <stddef.h>

#include "base/pubid.h"
#include "base/words.h"
#include "bridges/terms_note.h"
#include "bridges/terms_sql.h"

#define STATUS(w)                                                                            \
	{                                                                                    \
#w, offsetof(struct grant_edit, s_##w), offsetof(struct grant_fields, s_##w) \
	}
#define KIND(w)                                                                              \
	{                                                                                    \
#w, offsetof(struct grant_edit, k_##w), offsetof(struct grant_fields, k_##w) \
	}

/* A word of a list, its box in the form and in the page. */
struct box {
	const char *word;
	size_t sent, shown;
};
static const struct box status_boxes[] = { STATUS(prospect),  STATUS(cape),	   STATUS(cesa),
					   STATUS(associate), STATUS(staff),	   STATUS(resident),
					   STATUS(nomad),     STATUS(facilitator), STATUS(volunteer),
					   STATUS(friend) };
static const struct box kind_boxes[] = { KIND(desks),	KIND(room), KIND(workshop), KIND(machine),
					 KIND(kitchen), KIND(plot), KIND(storage),  KIND(equipment) };

static const char *ticked(struct ctx *c, const struct grant_edit *f, const struct box *boxes, size_t n)
{
	const char *list = "";
	for (size_t i = 0; i < n; i++)
		if (*(const bool *)((const char *)f + boxes[i].sent))
			list = words_add(c, list, boxes[i].word);
	return list;
}

static void tick(const char *list, const struct box *boxes, size_t n, struct grant_fields *v)
{
	for (size_t i = 0; i < n; i++)
		*(bool *)((char *)v + boxes[i].shown) = words_have(list, boxes[i].word);
}

void grant_tick(const struct grant_row *g, struct grant_fields *v)
{
	tick(g->statuses, status_boxes, sizeof status_boxes / sizeof *status_boxes, v);
	tick(g->space_kinds, kind_boxes, sizeof kind_boxes / sizeof *kind_boxes, v);
}

rc grant_fill(struct ctx *c, const struct grant_edit *f, struct grant_row *g)
{
	g->name = f->name;
	g->statuses = ticked(c, f, status_boxes, sizeof status_boxes / sizeof *status_boxes);
	g->space_kinds = ticked(c, f, kind_boxes, sizeof kind_boxes / sizeof *kind_boxes);
	g->measure = f->measure;
	g->price_kind = f->price_kind;
	g->price_value = f->price_value == NONE ? 0 : f->price_value;
	g->period = f->period;
	g->per_person = f->per_person;
	g->per_sender = f->per_sender;
	g->per_place = f->per_place;
	return *g->statuses && *g->space_kinds ? OK : fail(c, E_INVALID, "convention.no_right");
}

rc grant_dates(struct ctx *c, const struct convention_row *k, const struct version_row *v, day from, day to,
	       struct grant_row *g)
{
	g->from_day = is_none(from) ? v->in_force : from;
	g->to_day = is_none(to) ? k->to_day : to;
	if (g->to_day.v < g->from_day.v)
		return fail_field(c, "to", "convention.dates");
	if (g->from_day.v < v->in_force.v || g->to_day.v > k->to_day.v)
		return fail_field(c, "from", "grant_edit.within");
	return OK;
}

/* The draft that a right is of, and all its rights. */
static rc draft_of(struct ctx *c, const struct grant_row *g, struct convention_row *k, struct version_row *v,
		   struct grant_row_list *all)
{
	TRY(convention_of_grant(c, g->id, k));
	TRY(convention_open_draft(c, k->id, k, v));
	if (v->id.v != g->version.v)
		return fail(c, E_CONFLICT, "convention.not_draft");
	return grants_of_version(c, v->id, all);
}

rc grant_add(struct ctx *c, convention_id id, const struct grant_edit *f, pubid *out)
{
	struct convention_row k;
	struct version_row v;
	struct grant_row_list all;
	TRY(convention_open_draft(c, id, &k, &v));
	TRY(grants_of_version(c, v.id, &all));
	if (all.n >= MAX_GRANTS)
		return fail(c, E_CONFLICT, "grant_edit.many");
	struct grant_row g = { .version = v.id, .rank = all.items[all.n - 1].rank + 1 };
	pubid_new(&g.pub);
	*out = g.pub;
	TRY(grant_fill(c, f, &g));
	TRY(grant_dates(c, &k, &v, f->from, f->to, &g));
	TRY(grant_insert(c, &g, &g.id));
	return grant_note(c, &k, NULL, &g);
}

rc grant_set(struct ctx *c, const struct grant_row *g, const struct grant_edit *f)
{
	struct convention_row k;
	struct version_row v;
	struct grant_row_list all;
	struct grant_row changed = *g;
	TRY(draft_of(c, g, &k, &v, &all));
	TRY(grant_fill(c, f, &changed));
	TRY(grant_dates(c, &k, &v, f->from, f->to, &changed));
	TRY(grant_update(c, &changed, NULL));
	return grant_note(c, &k, g, &changed);
}

rc grant_remove(struct ctx *c, const struct grant_row *g)
{
	struct convention_row k;
	struct version_row v;
	struct grant_row_list all;
	TRY(draft_of(c, g, &k, &v, &all));
	if (all.n < 2)
		return fail(c, E_CONFLICT, "grant_edit.last");
	TRY(grant_delete(c, g->id, NULL));
	return grant_note(c, &k, g, NULL);
}

/* Ranks are written anew: those of before were all 0 in some versions. */
rc grant_up(struct ctx *c, const struct grant_row *g)
{
	struct convention_row k;
	struct version_row v;
	struct grant_row_list all, now;
	TRY(draft_of(c, g, &k, &v, &all));
	for (size_t i = 0; i < all.n; i++) {
		bool moves = all.items[i].id.v == g->id.v && i > 0;
		bool gives_way = i + 1 < all.n && all.items[i + 1].id.v == g->id.v;
		TRY(grant_rank(c, all.items[i].id, (int64_t)i - moves + gives_way, NULL));
	}
	TRY(grants_of_version(c, v.id, &now));
	return grant_order_note(c, &k, &all, &now);
}
