#include "observatory/double.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "observatory/double_sql.h"
#include "observatory/import_alike.h"
#include "observatory/import_match.h"
#include "observatory/import_page.h"
#include "observatory/import_record.h"
#include "observatory/merge.h"
#include "people/community.h"
#include "people/people.h"
#include "platform/db.h"
#include "platform/i18n.h"

static const char *refusal_key(const struct double_ties *t)
{
	const struct {
		bool is;
		const char *key;
	} all[] = {
		{ t->bookings, K("doubles.has_bookings") },
		{ t->spaces, K("doubles.has_spaces") },
		{ t->workshops, K("doubles.has_workshops") },
		{ t->conventions, K("doubles.has_conventions") },
		{ t->money, K("doubles.has_money") },
		{ t->past, K("doubles.has_past") },
		{ t->both, K("doubles.same_person") },
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i].is)
			return all[i].key;
	return NULL;
}

rc double_refusal(struct ctx *c, community_id gone, community_id kept, struct double_ties *ties,
		  const char **why)
{
	TRY(double_ties_of(c, gone, kept, ties));
	const char *key = refusal_key(ties);
	*why = key ? i18n(c, key, NULL, 0) : NULL;
	return OK;
}

/* ---- merging ---- */

typedef rc move_fn(struct ctx *c, community_id gone, community_id kept, int64_t *n);
static move_fn *const moves[] = {
	double_sources,	     double_steps_were,	 double_steps,	     double_figures_were, double_figures,
	double_photos,	     double_memberships, double_invitations, double_corrections,  double_requests,
	double_periods_drop, double_links_drop,	 double_links,	     double_fiches,	  double_fiche_links,
	double_actors,	     double_runs,	 double_rows,	     double_keys,	  double_moved,
};
typedef rc drop_fn(struct ctx *c, community_id gone, int64_t *n);
static drop_fn *const drops[] = { double_distinct_drop,	  double_drop_steps,	    double_drop_steps_were,
				  double_drop_years_were, double_drop_typologies,   double_drop_features,
				  double_drop_urls,	  double_drop_facts,	    double_drop_sources,
				  double_drop_figures,	  double_drop_figures_were, double_drop };

/* What only the one that goes says. */
static rc added_to(struct ctx *c, community_id kept, const struct record *says, struct import_changes *out)
{
	struct import_known known;
	size_t n = 0;
	TRY(import_known_read(c, kept, &known));
	import_compare(c, &known, says, out);
	for (size_t i = 0; i < out->n; i++)
		if (!out->items[i].from || out->items[i].field == ARRIVAL_FIELD_KINDS)
			out->items[n++] = out->items[i];
	out->n = n;
	return OK;
}

/* A table that knows it by another road refuses: nothing is lost unseen. */
static rc in_use(struct ctx *c, rc code)
{
	bool tied = code == E_DB && strcmp(c->failure.key, "db.constraint") == 0;
	return tied ? fail(c, E_CONFLICT, "doubles.in_use") : code;
}

static rc run_all(struct ctx *c, row_id merge, community_id gone, community_id kept)
{
	for (size_t i = 0; i < sizeof moves / sizeof *moves; i++)
		TRY(in_use(c, moves[i](c, gone, kept, NULL)));
	TRY(merge_rest(c, merge, gone));
	for (size_t i = 0; i < sizeof drops / sizeof *drops; i++)
		TRY(in_use(c, drops[i](c, gone, NULL)));
	return OK;
}

static rc tell(struct ctx *c, const struct community_row *gone, const struct community_row *kept,
	       const struct record *says)
{
	const char *before = record_json(c, says);
	TRY(community_note(c, gone->pub, "community.absorbed", "community", gone->pub, NULL,
			   fmt(c, "{\"with\":\"%s\"}", kept->pub.s)));
	return community_note(c, kept->pub, "community.absorb", "community", kept->pub, before, NULL);
}

rc double_merge(struct ctx *c, const struct community_row *gone, const struct community_row *kept)
{
	struct double_ties ties;
	struct import_known known;
	struct import_changes added;
	struct double_key_of_row key;
	const char *why;
	row_id merge;
	bool found;
	if (gone->id.v == kept->id.v)
		return fail(c, E_INVALID, "doubles.itself");
	TRY(double_refusal(c, gone->id, kept->id, &ties, &why));
	if (why)
		return fail(c, E_CONFLICT, refusal_key(&ties));
	TRY(import_known_read(c, gone->id, &known));
	TRY(double_key_of(c, gone->id, &key, &found));
	TRY(added_to(c, kept->id, &known.now, &added));
	TRY(merge_begin(c, gone, kept, &added, &merge));
	if (added.n)
		TRY(import_write(c, kept->id, &added, NULL, &known.now));
	TRY(run_all(c, merge, gone->id, kept->id));
	TRY(double_key_set(c, kept->id, key.key, NULL));
	TRY(double_address(c, gone->pub, kept->id, c->now, NULL));
	return tell(c, gone, kept, &known.now);
}

static rc note_apart(struct ctx *c, const struct community_row *of, const struct community_row *other)
{
	return community_note(c, of->pub, "community.distinguish", "community", of->pub, NULL,
			      fmt(c, "{\"with\":\"%s\"}", other->pub.s));
}

rc double_distinguish(struct ctx *c, const struct community_row *one, const struct community_row *other)
{
	bool first = one->id.v < other->id.v;
	int64_t changed;
	if (one->id.v == other->id.v)
		return fail(c, E_INVALID, "doubles.itself");
	TRY(double_say_distinct(c, first ? one->id : other->id, first ? other->id : one->id, c->now,
				&changed));
	if (!changed) /* said before */
		return OK;
	TRY(note_apart(c, one, other));
	return note_apart(c, other, one);
}

/* ---- finding ---- */

static const char *why_of(struct ctx *c, const struct match_pair *p)
{
	return match_words(c, alike_reasons(c, p->one, p->other, p->alike));
}

static gpointer apart_key(struct ctx *c, community_id one, community_id other)
{
	return fmt(c, "%lld %lld", (long long)one.v, (long long)other.v);
}

static bool has(struct ctx *c, const char *text, const char *folded)
{
	return text && strstr(fold(c, text), folded);
}

static bool is_asked(struct ctx *c, const struct match_pair *p, const char *folded)
{
	return !*folded || has(c, p->one->name, folded) || has(c, p->other->name, folded) ||
	       has(c, p->one->city, folded) || has(c, p->other->city, folded) || has(c, why_of(c, p), folded);
}

static int by_name(const void *a, const void *b)
{
	const struct match_pair *x = a, *y = b;
	int order = strcmp(x->one->folded, y->one->folded);
	return order ? order : (x->one->id.v > y->one->id.v) - (x->one->id.v < y->one->id.v);
}

static int by_newest(const void *a, const void *b)
{
	const struct match_pair *x = a, *y = b;
	return (x->other->id.v < y->other->id.v) - (x->other->id.v > y->other->id.v);
}

static void sort_pairs(struct match_pairs *l, int sort)
{
	if (sort == DOUBLE_SORT_NAME)
		qsort(l->items, l->n, sizeof *l->items, by_name);
	else if (sort == DOUBLE_SORT_RECENT)
		qsort(l->items, l->n, sizeof *l->items, by_newest);
}

/* Those told apart and those not asked for leave the list. */
static rc narrow(struct ctx *c, const char *q, struct match_pairs *l)
{
	struct double_distinct_row_list apart;
	GHashTable *told = g_hash_table_new(g_str_hash, g_str_equal);
	const char *folded = fold(c, q ? q : "");
	size_t n = 0;
	rc code = double_distinct(c, &apart);
	for (size_t i = 0; code == OK && i < apart.n; i++)
		g_hash_table_add(told, apart_key(c, apart.items[i].one, apart.items[i].other));
	for (size_t i = 0; code == OK && i < l->n; i++) {
		const struct match_pair *p = &l->items[i];
		bool is_told = apart.n && g_hash_table_contains(told, apart_key(c, p->one->id, p->other->id));
		if (!is_told && is_asked(c, p, folded))
			l->items[n++] = *p;
	}
	l->n = n;
	g_hash_table_destroy(told);
	return code;
}

static struct double_end end_of(const struct match_row *r)
{
	return (struct double_end){ r->pub, r->name, r->city };
}

rc doubles_find(struct ctx *c, const struct doubles_query *f, size_t from, size_t most,
		struct double_pair_list *out, int64_t *n)
{
	struct match_index *x;
	struct match_pairs pairs;
	TRY(match_read(c, "", &x));
	match_pairs_find(c, x, &pairs);
	TRY(narrow(c, f->q, &pairs));
	sort_pairs(&pairs, f->sort);
	*n = (int64_t)pairs.n;
	*out = (struct double_pair_list){ new_array(c, struct double_pair, most + 1), 0 };
	for (size_t i = from; i < pairs.n && out->n < most; i++) {
		const struct match_pair *p = &pairs.items[i];
		out->items[out->n++] = (struct double_pair){ end_of(p->one), end_of(p->other),
							     (p->score + 5) / 10, why_of(c, p) };
	}
	return OK;
}

rc double_alike(struct ctx *c, community_id one, community_id other, int64_t *percent, const char **why)
{
	struct match_index *x;
	struct match_pair p;
	*percent = 0;
	*why = NULL;
	TRY(match_read(c, "", &x));
	if (!match_pair_of(x, one, other, &p))
		return OK;
	*percent = (p.score + 5) / 10;
	*why = why_of(c, &p);
	return OK;
}
