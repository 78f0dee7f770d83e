#include "bridges/grant_edit.h"

#include "base/pubid.h"
#include "base/words.h"
#include "bridges/terms_sql.h"

static void add_word(struct ctx *c, const char **list, bool on, const char *word)
{
	if (on)
		*list = words_add(c, *list, word);
}

rc grant_fill(struct ctx *c, const struct grant_edit *f, struct grant_row *g)
{
	g->name = f->name;
	g->statuses = g->space_kinds = "";
	add_word(c, &g->statuses, f->s_cape, "cape");
	add_word(c, &g->statuses, f->s_cesa, "cesa");
	add_word(c, &g->statuses, f->s_associate, "associate");
	add_word(c, &g->statuses, f->s_staff, "staff");
	add_word(c, &g->statuses, f->s_resident, "resident");
	add_word(c, &g->space_kinds, f->k_desks, "desks");
	add_word(c, &g->space_kinds, f->k_room, "room");
	add_word(c, &g->space_kinds, f->k_workshop, "workshop");
	add_word(c, &g->space_kinds, f->k_machine, "machine");
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
	return convention_note(c, &k, "convention.terms");
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
	return convention_note(c, &k, "convention.terms");
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
	return convention_note(c, &k, "convention.terms");
}

/* Ranks are written anew: those of before were all 0 in some versions. */
rc grant_up(struct ctx *c, const struct grant_row *g)
{
	struct convention_row k;
	struct version_row v;
	struct grant_row_list all;
	TRY(draft_of(c, g, &k, &v, &all));
	for (size_t i = 0; i < all.n; i++) {
		bool moves = all.items[i].id.v == g->id.v && i > 0;
		bool gives_way = i + 1 < all.n && all.items[i + 1].id.v == g->id.v;
		TRY(grant_rank(c, all.items[i].id, (int64_t)i - moves + gives_way, NULL));
	}
	return convention_note(c, &k, "convention.terms");
}
