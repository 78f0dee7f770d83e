/* Chapters of words: bridges that exist, what was tried, who acts, how it was made. */
#include <string.h>

#include "observatory/actor.h"
#include "observatory/fiche.h"
#include "observatory/indicator.h"
#include "observatory/known.h"
#include "observatory/reach_sql.h"
#include "observatory/report_parts.h"
#include "platform/i18n.h"

#define ADD(kind, text) document_add(c, &r->document, DOCUMENT_##kind, text)
#define FICHES		40

rc report_bridges(struct ctx *c, struct report *r)
{
	const struct document_column columns[] = { { T(c, "report.place"), 0, false },
						   { T(c, "report.town"), 150, false },
						   { T(c, "report.caes"), 90, true } };
	struct place_fact_list l = indicator_records(c, INDICATOR_CAE, RECORD_PART_COUNTED, &r->places);
	struct rows rows = rows_of(c, l.n);
	for (size_t i = 0; i < l.n; i++)
		rows.items[rows.n++] = (struct document_row){
			.cells = { l.items[i].name, report_town(c, l.items[i].city, l.items[i].departement),
				   fmt_int(c, l.items[i].caes) }
		};
	ADD(H1, T(c, "report.bridges"));
	ADD(LEAD, l.n ? T_N(c, "report.bridges_lead", (int64_t)l.n) : T(c, "report.no_bridges"));
	report_table(c, r, columns, 3, &rows);
	return OK;
}

/* The first sentence or two. */
static const char *beginning(struct ctx *c, const char *text)
{
	size_t n = text ? strcspn(text, "\n") : 0;
	return fmt(c, "%.*s", (int)n, text ? text : "");
}

/* For a part of the country, their names and where: they are told in full elsewhere. */
static void list_initiatives(struct ctx *c, struct report *r, const struct fiche_line_list *l)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct fiche_line *f = &l->items[i];
		ADD(ITEM, f->city ? fmt(c, "%s – %s", f->title, report_town(c, f->city, f->departement))
				  : f->title);
	}
}

rc report_initiatives(struct ctx *c, struct report *r)
{
	const struct fiche_query all = { .q = "" };
	struct fiche_line_list l;
	if (r->scope.is_past) /* how they were told then is not kept */
		return OK;
	TRY(fiche_find(c, &all, FICHES, &l));
	if (!l.n)
		return OK;
	ADD(H1, T(c, "report.initiatives"));
	ADD(LEAD, T(c, "report.initiatives_lead"));
	if (!r->scope.is_whole) {
		list_initiatives(c, r, &l);
		return OK;
	}
	for (size_t i = 0; i < l.n; i++) {
		ADD(H3, l.items[i].title);
		if (l.items[i].city)
			ADD(NOTE, report_town(c, l.items[i].city, l.items[i].departement));
		ADD(VOICE, beginning(c, l.items[i].beginning));
	}
	return OK;
}

/* Does it act on a ground that the report speaks of? */
static rc acts_here(struct ctx *c, const struct scope *s, const struct actor_row *a, bool *out)
{
	int64_t n;
	*out = true;
	if (a->level == ACTOR_LEVEL_COUNTRY || s->is_whole)
		return OK;
	TRY(territories_meet(c, enum_word(&actor_level_words, a->level), a->territory,
			     enum_word(&territory_kind_words, s->kind), s->code, &n));
	*out = n > 0;
	return OK;
}

rc report_actors(struct ctx *c, struct report *r)
{
	const struct document_column columns[] = { { T(c, "report.actor"), 140, false },
						   { T(c, "report.intention"), 0, false },
						   { T(c, "report.brings"), 110, false } };
	const struct actor_query all = { .q = "", .project = -1, .kind = -1, .priority = -1 };
	struct actors_page *v = new_zero(c, struct actors_page);
	if (r->scope.is_past)
		return OK;
	TRY(actor_find(c, &all, v));
	struct rows rows = rows_of(c, v->items.n);
	for (size_t i = 0; i < v->items.n; i++) {
		bool here;
		TRY(acts_here(c, &r->scope, &v->items.items[i].row, &here));
		if (here)
			rows.items[rows.n++] = (struct document_row){
				.cells = { v->items.items[i].row.name, v->items.items[i].row.intention,
					   v->items.items[i].helps }
			};
	}
	if (!rows.n)
		return OK;
	ADD(H1, T(c, "report.actors"));
	ADD(LEAD, T(c, "report.actors_lead"));
	report_table(c, r, columns, 3, &rows);
	return OK;
}

/* What the directory cannot say of that day. */
static rc tell_gaps(struct ctx *c, struct report *r)
{
	day since;
	int64_t unformed = 0, undated = 0;
	TRY(known_since(c, &since));
	for (size_t i = 0; i < r->places.n; i++) {
		unformed += !r->places.items[i].form_known;
		undated += r->places.items[i].year == NONE;
	}
	struct arg args[] = { { "n", ARG_INT, NULL, unformed },
			      { "total", ARG_TEXT, fmt_int(c, (int64_t)r->places.n), 0 } };
	ADD(H2, T_TEXT(c, "report.known", "day", fmt_day(c, r->scope.on)));
	if (unformed)
		ADD(ITEM, i18n(c, "report.known_forms", args, 2));
	if (undated)
		ADD(ITEM, T_N(c, "report.known_years", undated));
	ADD(ITEM, T_TEXT(c, "report.known_changes", "day", fmt_day(c, since)));
	ADD(ITEM, T(c, "report.known_ground"));
	if (r->scope.is_past)
		ADD(ITEM, T(c, "report.known_voices"));
	return OK;
}

rc report_method(struct ctx *c, struct report *r)
{
	ADD(H1, T(c, "report.method"));
	ADD(TEXT, T(c, "report.method_live"));
	ADD(TEXT, T(c, "report.method_date"));
	ADD(TEXT, T(c, "report.method_distance"));
	ADD(TEXT, T(c, "report.method_codes"));
	TRY(tell_gaps(c, r));
	ADD(H2, T(c, "report.sources"));
	ADD(ITEM, T(c, "report.source_study"));
	ADD(ITEM, T(c, "report.source_insee"));
	ADD(ITEM, T(c, "report.source_points"));
	ADD(ITEM, T(c, "report.source_outlines"));
	return OK;
}
