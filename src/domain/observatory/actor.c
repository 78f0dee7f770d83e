#include "observatory/actor.h"

#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "base/pubid.h"
#include "observatory/actor_sql.h"
#include "observatory/search_where.h"
#include "observatory/shipped.h"
#include "people/community.h"
#include "people/link.h"
#include "people/people.h"
#include "platform/i18n.h"
#include "platform/route.h"
#include "territory/commune.h"

enum { NAMESAKES = 6, LIKE = 3 };

#define HELP(h) (1u << ACTOR_HELP_##h)

unsigned actor_needs(int project)
{
	static const unsigned needs[ACTOR_PROJECT_COUNT] = {
		[ACTOR_PROJECT_OPEN_PLACE] = HELP(PREMISES) | HELP(MONEY) | HELP(SUPPORT) | HELP(PUBLICS),
		[ACTOR_PROJECT_SUSTAIN_PLACE] = HELP(MONEY) | HELP(SUPPORT) | HELP(PUBLICS) |
						HELP(VISIBILITY),
		[ACTOR_PROJECT_RENOVATE] = HELP(PREMISES) | HELP(MONEY) | HELP(WORKS),
		[ACTOR_PROJECT_LINK_CAE] = HELP(PUBLICS) | HELP(SUPPORT) | HELP(VISIBILITY),
		[ACTOR_PROJECT_TRAIN_TEAM] = HELP(TRAINING) | HELP(MONEY),
		[ACTOR_PROJECT_TEST_SPACE] = HELP(PREMISES) | HELP(MONEY) | HELP(SUPPORT),
		[ACTOR_PROJECT_DIGITAL_HELP] = HELP(DIGITAL) | HELP(TRAINING) | HELP(MONEY),
		[ACTOR_PROJECT_BECOME_SCIC] = HELP(LAW) | HELP(SUPPORT) | HELP(TRAINING) | HELP(MONEY),
	};
	return project >= 0 && project < ACTOR_PROJECT_COUNT ? needs[project] : 0;
}

static unsigned bits_of(struct ctx *c, const char *helps)
{
	unsigned bits = 0;
	char *rest, *all = talloc_strdup(c->mem, helps);
	for (char *w = strtok_r(all, " ", &rest); w; w = strtok_r(NULL, " ", &rest)) {
		int i = enum_find(&actor_help_words, w);
		bits |= i < 0 ? 0 : 1u << i;
	}
	return bits;
}

static const char *words_of(struct ctx *c, unsigned bits)
{
	struct buf b;
	buf_init(&b, c->mem, 64);
	for (int i = 0; i < ACTOR_HELP_COUNT; i++)
		if (bits & 1u << i)
			buf_fmt(&b, "%s%s", b.len ? ", " : "", i18n_word(c, &actor_help_words, i));
	return b.s;
}

const char *actor_helps_text(struct ctx *c, const char *helps, unsigned needs)
{
	unsigned bits = bits_of(c, helps);
	return words_of(c, needs ? bits & needs : bits);
}

const char *actor_here(struct ctx *c, const struct actor_row *row)
{
	const char *level = i18n_word(c, &actor_level_words, row->level);
	return row->territory_name ? fmt(c, "%s %s", level, row->territory_name) : level;
}

/* ---- finding ---- */

static const char *chosen(const struct enumeration *words, int i)
{
	return i < 0 ? NULL : enum_word(words, i);
}

const char *actors_address(struct ctx *c, const char *path, const struct actor_query *q, const char *after)
{
	struct buf b;
	buf_init(&b, c->mem, 100);
	buf_fmt(&b, "%s?", path);
	buf_param(&b, "q", q->q);
	buf_param(&b, "commune", q->commune);
	buf_param(&b, "insee", q->insee);
	buf_param(&b, "project", chosen(&actor_project_words, q->project));
	buf_param(&b, "kind", chosen(&actor_kind_words, q->kind));
	buf_param(&b, "priority", chosen(&actor_priority_words, q->priority));
	buf_param(&b, "after", after);
	return b.s;
}

/* The same question for another commune. */
static struct town_choice choice(struct ctx *c, const struct actor_query *q, const struct commune_found *k)
{
	struct actor_query other = *q;
	other.commune = k->label;
	other.insee = NULL;
	return (struct town_choice){ k->card.name, k->card.departement, k->card.postal_codes,
				     actors_address(c, "/actors", &other, NULL) };
}

static bool may_be_meant(struct ctx *c, const struct commune_found *taken, const struct commune_found *other)
{
	return other->errors || strcmp(fold_place(c, taken->card.name), fold_place(c, other->card.name)) == 0;
}

/* Spelling is forgiven as it is where places are looked for. */
static rc read_town(struct ctx *c, const struct actor_query *q, struct actors_page *v)
{
	struct commune_found_list l;
	TRY(commune_suggest(c, q->commune, NAMESAKES, &l));
	v->choices.items = new_array(c, struct commune_card, l.n + 1);
	for (; v->choices.n < l.n; v->choices.n++)
		v->choices.items[v->choices.n] = l.items[v->choices.n].card;
	if (!v->choices.n)
		TRY(search_towns_like(c, q->commune, LIKE, &l));
	v->meant.items = new_array(c, struct town_choice, l.n + 1);
	for (size_t i = 0; i < l.n; i++)
		if (!v->choices.n || (i && may_be_meant(c, &l.items[0], &l.items[i])))
			v->meant.items[v->meant.n++] = choice(c, q, &l.items[i]);
	return OK;
}

static rc find_town(struct ctx *c, const struct actor_query *q, struct actors_page *v, struct place_codes *at)
{
	bool found;
	*at = (struct place_codes){ "", "", "", "" };
	if (q->insee && *q->insee) {
		TRY(place_codes_of(c, q->insee, at, &found));
		if (found)
			return OK;
	}
	if (!q->commune || !*q->commune)
		return OK;
	TRY(read_town(c, q, v));
	return !v->choices.n ? OK : place_codes_of(c, v->choices.items[0].insee, at, &found);
}

static int by_matches(const void *a, const void *b)
{
	const struct actor_line *x = a, *y = b;
	if (x->matches != y->matches)
		return x->matches > y->matches ? -1 : 1;
	return x < y ? -1 : 1; /* the order they came in */
}

static void add_lines(struct ctx *c, const struct actor_row_list *l, unsigned needs, struct actors_page *v)
{
	v->items.items = new_array(c, struct actor_line, l->n + 1);
	for (size_t i = 0; i < l->n; i++) {
		const struct actor_row *r = &l->items[i];
		unsigned bits = bits_of(c, r->helps), useful = bits & needs;
		if (needs && !useful)
			continue;
		v->items.items[v->items.n++] = (struct actor_line){
			.row = *r,
			.helps = words_of(c, bits),
			.matches = __builtin_popcount(useful),
			.needed = words_of(c, useful),
			.here = actor_here(c, r),
		};
	}
	if (needs)
		qsort(v->items.items, v->items.n, sizeof *v->items.items, by_matches);
	v->total = (int64_t)v->items.n;
}

rc actor_find(struct ctx *c, const struct actor_query *q, struct actors_page *v)
{
	struct place_codes at;
	struct actor_row_list l = { 0 };
	unsigned needs = q->project >= 0 ? actor_needs(q->project) : 0;
	TRY(find_town(c, q, v, &at));
	v->lost = q->commune && *q->commune && !*at.insee;
	v->needs = words_of(c, needs);
	v->town = *at.insee && v->choices.n ? fmt(c, "%s (%s)", v->choices.items[0].name, at.departement)
					    : NULL;
	if (!v->lost)
		TRY(actors_found(c, q->q ? fold(c, q->q) : "",
				 q->kind < 0 ? "" : enum_word(&actor_kind_words, q->kind),
				 q->priority < 0 ? "" : enum_word(&actor_priority_words, q->priority),
				 at.insee, at.epci ? at.epci : "", at.departement, at.region, &l));
	add_lines(c, &l, needs, v);
	return *at.departement ? actors_around(c, at.departement, &v->around) : OK;
}

rc actor_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	struct actor_row *row = new_zero(c, struct actor_row);
	bool found;
	TRY(actor_by_pub(c, pub, row, &found));
	if (!found)
		return fail(c, E_NOT_FOUND, "db.not_found");
	out->object = row;
	out->community = row->steward;
	out->is_public = true;
	return OK;
}

/* ---- writing ---- */

struct checked {
	const char *territory, *helps, *folded;
	community_id community;
};

static const char *helps_of(struct ctx *c, const struct actor_edit *in)
{
	const bool on[ACTOR_HELP_COUNT] = {
		[ACTOR_HELP_PREMISES] = in->premises,
		[ACTOR_HELP_MONEY] = in->money,
		[ACTOR_HELP_SUPPORT] = in->support,
		[ACTOR_HELP_TRAINING] = in->training,
		[ACTOR_HELP_LAW] = in->law,
		[ACTOR_HELP_WORKS] = in->works,
		[ACTOR_HELP_DIGITAL] = in->digital,
		[ACTOR_HELP_PUBLICS] = in->publics,
		[ACTOR_HELP_VISIBILITY] = in->visibility,
	};
	struct buf b;
	buf_init(&b, c->mem, 64);
	for (int i = 0; i < ACTOR_HELP_COUNT; i++)
		if (on[i])
			buf_fmt(&b, "%s%s", b.len ? " " : "", enum_word(&actor_help_words, i));
	return b.s;
}

/* A commune may be typed by its name; everything else by its code. */
static rc territory_of(struct ctx *c, const struct actor_edit *in, const char **code)
{
	struct commune_card_list l;
	int64_t n;
	*code = in->territory ? in->territory : "";
	if (in->level == ACTOR_LEVEL_COUNTRY) {
		*code = "FR";
		return OK;
	}
	if (in->level == ACTOR_LEVEL_COMMUNE) {
		TRY(community_communes(c, *code, &l));
		*code = l.n ? l.items[0].insee : "";
	}
	TRY(territory_known(c, in->level, *code, &n));
	return n ? OK : fail_field(c, "territory", "actor.no_territory");
}

static rc check(struct ctx *c, const struct actor_edit *in, struct checked *out)
{
	struct community_row mine;
	struct community_card_list l;
	*out = (struct checked){ .helps = helps_of(c, in), .folded = fold(c, in->name) };
	TRY(territory_of(c, in, &out->territory));
	if (!in->community || !*in->community)
		return OK;
	TRY(community_get(c, c->actor.community, &mine));
	mine.id.v = 0; /* itself may be the actor */
	TRY(link_candidates(c, &mine, in->community, &l));
	if (!l.n)
		return fail_field(c, "community", "link.no_community");
	out->community = l.items[0].id;
	return OK;
}

static rc note(struct ctx *c, const char *action, pubid actor, const char *before, const char *after)
{
	struct community_row mine;
	TRY(community_get(c, c->actor.community, &mine));
	return community_note(c, mine.pub, action, "actor", actor, before, after);
}

static const char *name_json(struct ctx *c, const char *name)
{
	struct buf b;
	buf_init(&b, c->mem, 64);
	buf_str(&b, "{\"name\":");
	buf_json(&b, name);
	buf_char(&b, '}');
	return b.s;
}

rc actor_add(struct ctx *c, const struct actor_edit *in, pubid *out)
{
	struct checked k;
	TRY(check(c, in, &k));
	pubid_new(out);
	TRY(actor_insert(c, *out, c->actor.community, in->name, k.folded, in->kind, k.community, in->level,
			 k.territory, in->intention, in->offer, k.helps, in->priority, in->website, c->now,
			 NULL));
	return note(c, "actor.create", *out, NULL, name_json(c, in->name));
}

rc actor_change(struct ctx *c, const struct actor_row *row, const struct actor_edit *in)
{
	struct checked k;
	TRY(check(c, in, &k));
	TRY(actor_update(c, row->id, in->name, k.folded, in->kind, k.community, in->level, k.territory,
			 in->intention, in->offer, k.helps, in->priority, in->website, c->now, NULL));
	return note(c, "actor.edit", row->pub, name_json(c, row->name), name_json(c, in->name));
}

rc actor_remove(struct ctx *c, const struct actor_row *row)
{
	TRY(actor_delete(c, row->id, NULL));
	return note(c, "actor.remove", row->pub, name_json(c, row->name), NULL);
}

/* ---- those that ship ---- */

static rc put(struct ctx *c, const struct csv *t, const struct csv_row *r)
{
	const char *name = csv_cell(r, csv_column(t, "name")), *offer = csv_cell(r, csv_column(t, "offer"));
	pubid pub;
	pubid_new(&pub);
	return actor_ship(c, pub, fmt(c, "study-2018:actor:%s", csv_cell(r, csv_column(t, "key"))), name,
			  fold(c, name), csv_cell(r, csv_column(t, "kind")),
			  csv_cell(r, csv_column(t, "level")), csv_cell(r, csv_column(t, "territory")),
			  csv_cell(r, csv_column(t, "intention")), *offer ? offer : NULL,
			  csv_cell(r, csv_column(t, "helps")), csv_cell(r, csv_column(t, "priority")), c->now,
			  NULL);
}

rc actors_load(struct ctx *c, int64_t *n)
{
	return shipped_load(c, "actors.csv", put, n);
}
