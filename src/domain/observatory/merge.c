#include "observatory/merge.h"

#include <jansson.h>
#include <string.h>

#include "base/fold.h"
#include "base/pubid.h"
#include "observatory/double.h"
#include "observatory/merge_sql.h"
#include "people/community.h"
#include "people/people.h"
#include "people/people_sql.h"

/* ---- what is kept of a merge ---- */

/* [[field, from, to]] */
static const char *changes_text(struct ctx *c, const struct import_changes *l)
{
	json_t *all = json_array();
	for (size_t i = 0; i < l->n; i++) {
		const struct import_change *k = &l->items[i];
		json_array_append_new(all, json_pack("[s,s?,s?]", enum_word(&arrival_field_words, k->field),
						     k->from, k->to));
	}
	return json_taken(c, all);
}

static const char *text_of(struct ctx *c, const json_t *v)
{
	return json_is_string(v) ? talloc_strdup(c->mem, json_string_value(v)) : NULL;
}

static void changes_read(struct ctx *c, const char *text, struct import_changes *out)
{
	json_t *all = json_loads(text, 0, NULL), *k;
	size_t i;
	out->n = 0;
	json_array_foreach(all, i, k)
	{
		const char *word = json_string_value(json_array_get(k, 0));
		int field = word ? enum_find(&arrival_field_words, word) : -1;
		if (field >= 0 && out->n < ARRIVAL_FIELD_COUNT)
			out->items[out->n++] = (struct import_change){ field,
								       text_of(c, json_array_get(k, 1)),
								       text_of(c, json_array_get(k, 2)),
								       false };
	}
	json_decref(all);
}

rc merge_begin(struct ctx *c, const struct community_row *gone, const struct community_row *kept,
	       const struct import_changes *added, row_id *merge)
{
	const char *theirs, *own;
	pubid pub;
	pubid_new(&pub);
	TRY(merge_key_of(c, gone->id, &theirs));
	TRY(merge_key_of(c, kept->id, &own));
	TRY(merge_insert(c, pub, gone->id, kept->pub, c->now, c->actor.person, theirs && !own,
			 changes_text(c, added), merge));
	TRY(merge_keep_links(c, *merge, gone->id, kept->id, NULL));
	return merge_keep_moved(c, *merge, gone->id, kept->id, NULL);
}

rc merge_rest(struct ctx *c, row_id merge, community_id gone)
{
	TRY(merge_keep_stayed(c, merge, gone, NULL));
	return merge_keep_rest(c, merge, gone, NULL);
}

/* ---- what comes back ---- */

typedef rc back_fn(struct ctx *c, row_id merge, community_id kept, community_id back, int64_t *n);
static back_fn *const backs[] = {
	merge_back_photos,	 merge_back_memberships,  merge_back_invitations, merge_back_corrections,
	merge_back_requests,	 merge_back_links_from,	  merge_back_links_to,	  merge_back_fiches,
	merge_back_asked_fiches, merge_back_fiche_links,  merge_back_actors,	  merge_back_stewards,
	merge_back_runs,	 merge_back_rows,	  merge_back_keys,	  merge_back_addresses,
	merge_back_figures,	 merge_back_figures_were, merge_back_steps,	  merge_back_steps_were,
};
typedef rc put_fn(struct ctx *c, row_id merge, community_id back, int64_t *n);
static put_fn *const puts_back[] = {
	merge_put_typologies,	  merge_put_features,	 merge_put_urls,      merge_put_facts,
	merge_put_sources,	  merge_put_own_figures, merge_put_own_steps, merge_put_own_figures_were,
	merge_put_own_steps_were, merge_put_years_were,	 merge_put_links,     merge_put_distinct,
};

/* What the merge added and nobody has changed since, each turned round. */
static rc still_there(struct ctx *c, const struct merge_row *m, struct import_changes *out)
{
	struct import_changes added;
	struct import_known known;
	TRY(import_known_read(c, m->kept_id, &known));
	changes_read(c, m->changes, &added);
	out->n = 0;
	for (size_t i = 0; i < added.n; i++) {
		const struct import_change *k = &added.items[i];
		const char *now = known.now.is[k->field];
		if (now && k->to && strcmp(now, k->to) == 0)
			out->items[out->n++] = (struct import_change){ k->field, k->to, k->from, false };
	}
	return OK;
}

static const char *side_json(struct ctx *c, const struct import_changes *l, bool to)
{
	struct record r = { { NULL } };
	for (size_t i = 0; i < l->n; i++)
		r.is[l->items[i].field] = to ? l->items[i].to : l->items[i].from;
	return record_json(c, &r);
}

static rc tell(struct ctx *c, const struct merge_row *m, const struct import_changes *off)
{
	const char *from = side_json(c, off, false), *to = side_json(c, off, true);
	TRY(community_note(c, m->gone, "community.restore", "community", m->gone, NULL,
			   fmt(c, "{\"with\":\"%s\"}", m->kept.s)));
	return community_note(c, m->kept, "community.release", "community", m->kept, from, to);
}

static rc bring_back(struct ctx *c, const struct merge_row *m, community_id back)
{
	for (size_t i = 0; i < sizeof backs / sizeof *backs; i++)
		TRY(backs[i](c, m->id, m->kept_id, back, NULL));
	for (size_t i = 0; i < sizeof puts_back / sizeof *puts_back; i++)
		TRY(puts_back[i](c, m->id, back, NULL));
	return merge_put_periods(c, m->id, NULL);
}

rc merge_undo(struct ctx *c, const struct merge_row *m)
{
	struct import_changes off;
	struct community_row kept, gone;
	struct record nothing = { { NULL } };
	community_id back;
	int64_t n;
	if (!m->kept_id.v && is_none(m->undone_at))
		return fail(c, E_CONFLICT, "merges.later");
	TRY(merge_mark_undone(c, m->id, c->now, c->actor.person, &n));
	if (!n)
		return fail(c, E_CONFLICT, "merges.was_undone");
	TRY(merge_key_back(c, m->id, m->kept_id, NULL));
	TRY(merge_address_back(c, m->id, NULL));
	TRY(merge_page_back(c, m->id, &back));
	TRY(merge_sources_off(c, m->id, m->kept_id, NULL));
	TRY(still_there(c, m, &off));
	if (off.n)
		TRY(import_write(c, m->kept_id, &off, NULL, &nothing));
	TRY(bring_back(c, m, back));
	TRY(community_get(c, m->kept_id, &kept));
	TRY(community_get(c, back, &gone));
	TRY(double_distinguish(c, &kept, &gone));
	return tell(c, m, &off);
}

/* ---- telling ---- */

rc merge_preview(struct ctx *c, const struct merge_row *m, struct merge_page *out)
{
	struct import_changes added, off;
	struct import_known known;
	out->row = *m;
	out->may = m->kept_id.v && is_none(m->undone_at);
	if (!out->may)
		return OK;
	TRY(merge_counts(c, m->id, m->kept_id, &out->counts));
	TRY(import_known_read(c, m->kept_id, &known));
	TRY(still_there(c, m, &off));
	changes_read(c, m->changes, &added);
	out->fields = (struct merge_line_list){ new_array(c, struct merge_line, added.n + 1), 0 };
	for (size_t i = 0; i < added.n; i++) {
		const struct import_change *k = &added.items[i];
		bool stays = true;
		for (size_t j = 0; j < off.n; j++)
			stays = stays && off.items[j].field != k->field;
		out->fields.items[out->fields.n++] = (struct merge_line){ k->field, k->from, k->to,
									  known.now.is[k->field], stays };
	}
	return OK;
}

rc merges_find(struct ctx *c, const struct merges_query *f, int64_t from, int64_t most,
	       struct merge_row_list *out, int64_t *n)
{
	const char *q = fold(c, f->q ? f->q : "");
	TRY(merges_count(c, q, f->state, n));
	return merges_found(c, q, f->state, f->sort, from, most, out);
}
