/* actor_web.c - who acts on a territory, and whom to mobilise for a project. */
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/pubid.h"
#include "observatory/actor.h"
#include "observatory/actor_html.h"
#include "people/community.h"
#include "people/people.h"
#include "platform/csv_head.h"
#include "platform/i18n.h"
#include "platform/route.h"
#include "platform/ui.h"

route_fn actors_get, actors_csv, actor_get, actor_new_get, actor_new_post, actor_edit_get, actor_edit_post,
	actor_remove_post;

#define KEEPERS (ROLE_MANAGER | ROLE_COORDINATOR)

static rc read_actors(struct ctx *c, struct req *q, struct actors_page *v)
{
	const struct actor_query *f = req_form(q, actor_query);
	v->q = f->q ? f->q : "";
	v->commune = f->commune ? f->commune : "";
	v->project = f->project < 0 ? "" : enum_word(&actor_project_words, f->project);
	v->kind = f->kind < 0 ? "" : enum_word(&actor_kind_words, f->kind);
	v->priority = f->priority < 0 ? "" : enum_word(&actor_priority_words, f->priority);
	return actor_find(c, f, v);
}

/* Those after the one named, a page of them. */
static void cut_page(struct ctx *c, const struct actor_query *f, struct actors_page *v)
{
	size_t from = 0;
	for (size_t i = 0; f->after && i < v->items.n; i++)
		if (strcmp(v->items.items[i].row.pub.s, f->after) == 0)
			from = i + 1;
	v->items.items += from;
	v->items.n -= from;
	if (v->items.n <= ACTORS_PAGE)
		return;
	v->items.n = ACTORS_PAGE;
	v->next = actors_address(c, "/actors", f, v->items.items[ACTORS_PAGE - 1].row.pub.s);
}

rc actors_get(struct ctx *c, struct req *q)
{
	struct actors_page *v = new_zero(c, struct actors_page);
	TRY(read_actors(c, q, v));
	cut_page(c, req_form(q, actor_query), v);
	v->csv = actors_address(c, "/actors.csv", req_form(q, actor_query), NULL);
	v->may_write = c->actor.roles & KEEPERS;
	v->projects = ui_options(c, &actor_project_words);
	v->kinds = ui_options(c, &actor_kind_words);
	v->priorities = ui_options(c, &actor_priority_words);
	page_title(q, "observatory", T(c, "actor.title"));
	return page(q, actors_page, v);
}

static void put_row(struct ctx *c, struct csv_writer *w, const struct actor_line *r)
{
	csv_put_typed(w, r->row.name);
	csv_put(w, i18n_word(c, &actor_kind_words, r->row.kind));
	csv_put_typed(w, r->here);
	csv_put(w, i18n_word(c, &actor_priority_words, r->row.priority));
	csv_put(w, r->helps);
	csv_put_typed(w, r->row.intention);
	csv_put_typed(w, r->row.offer);
	csv_put_typed(w, r->row.website);
	csv_end_row(w);
}

rc actors_csv(struct ctx *c, struct req *q)
{
	static const char *const columns[] = { K("actor.name"),	    K("actor.kind"),   K("actor.where"),
					       K("actor.priority"), K("actor.helps"),  K("actor.intention"),
					       K("actor.offer"),    K("actor.website") };
	struct actors_page *v = new_zero(c, struct actors_page);
	struct csv_writer w;
	struct buf b;
	TRY(read_actors(c, q, v));
	buf_init(&b, c->mem, 1 << 14);
	csv_begin(&w, &b, ';', true);
	csv_head(c, &w, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < v->items.n; i++)
		put_row(c, &w, &v->items.items[i]);
	return bytes(q, "text/csv; charset=utf-8", "acteurs.csv", b.s, b.len);
}

static void stand(struct ctx *c, struct req *q, const char *title)
{
	page_title(q, "observatory", title);
	page_crumb(q, T(c, "actor.title"), "/actors");
	page_crumb(q, title, NULL);
}

rc actor_get(struct ctx *c, struct req *q)
{
	const struct actor_row *row = req_object(q, actor_row, actor);
	struct actor_page *v = new_zero(c, struct actor_page);
	v->row = *row;
	v->helps = actor_helps_text(c, row->helps, 0);
	v->here = actor_here(c, row);
	v->may_edit = row->steward.v && row->steward.v == c->actor.community.v && (c->actor.roles & KEEPERS);
	stand(c, q, row->name);
	return page(q, actor_page, v);
}

static bool has(const struct actor_row *row, int help)
{
	const char *word = enum_word(&actor_help_words, help), *at = row ? strstr(row->helps, word) : NULL;
	return at && (at == row->helps || at[-1] == ' ') && (!at[strlen(word)] || at[strlen(word)] == ' ');
}

static void fill_helps(struct actor_edit_page *v, const struct actor_row *row)
{
	v->premises = has(row, ACTOR_HELP_PREMISES);
	v->money = has(row, ACTOR_HELP_MONEY);
	v->support = has(row, ACTOR_HELP_SUPPORT);
	v->training = has(row, ACTOR_HELP_TRAINING);
	v->law = has(row, ACTOR_HELP_LAW);
	v->works = has(row, ACTOR_HELP_WORKS);
	v->digital = has(row, ACTOR_HELP_DIGITAL);
	v->publics = has(row, ACTOR_HELP_PUBLICS);
	v->visibility = has(row, ACTOR_HELP_VISIBILITY);
}

static rc edit_page_of(struct ctx *c, struct req *q, const struct actor_row *row, const char *action)
{
	struct actor_edit_page *v = new_zero(c, struct actor_edit_page);
	struct loaded page_of;
	v->is_new = !row;
	v->action = action;
	v->row = row ? *row : (struct actor_row){ .name = "", .intention = "", .helps = "" };
	v->territory = row && row->level != ACTOR_LEVEL_COUNTRY ? row->territory : "";
	v->community = "";
	if (row && !pubid_is_none(row->community) && community_loader(c, row->community, &page_of) == OK)
		v->community = ((const struct community_row *)page_of.object)->name;
	fill_helps(v, row);
	v->kind = row ? enum_word(&actor_kind_words, row->kind) : "";
	v->level = row ? enum_word(&actor_level_words, row->level) : "";
	v->priority = row ? enum_word(&actor_priority_words, row->priority) : "";
	v->kinds = ui_options(c, &actor_kind_words);
	v->levels = ui_options(c, &actor_level_words);
	v->priorities = ui_options(c, &actor_priority_words);
	stand(c, q, row ? row->name : T(c, "actor.new"));
	return page(q, actor_edit_page, v);
}

rc actor_new_get(struct ctx *c, struct req *q)
{
	return edit_page_of(c, q, NULL, "/actors/new");
}

rc actor_new_post(struct ctx *c, struct req *q)
{
	pubid pub;
	TRY(actor_add(c, req_form(q, actor_edit), &pub));
	return created(c, q, pub, T(c, "actor.kept"), "/actors/%s", pub.s);
}

rc actor_edit_get(struct ctx *c, struct req *q)
{
	const struct actor_row *row = req_object(q, actor_row, actor);
	return edit_page_of(c, q, row, fmt(c, "/actors/%s/edit", row->pub.s));
}

rc actor_edit_post(struct ctx *c, struct req *q)
{
	const struct actor_row *row = req_object(q, actor_row, actor);
	TRY(actor_change(c, row, req_form(q, actor_edit)));
	return done(c, q, T(c, "actor.kept"), "/actors/%s", row->pub.s);
}

rc actor_remove_post(struct ctx *c, struct req *q)
{
	TRY(actor_remove(c, req_object(q, actor_row, actor)));
	return done(c, q, T(c, "actor.removed"), "/actors");
}
