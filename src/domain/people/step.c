#include "people/step.h"

#include <string.h>

#include "base/civil.h"
#include "people/community.h"
#include "people/community_sql.h"
#include "people/step_sql.h"
#include "platform/json.h"

static bool same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

rc community_remember(struct ctx *c, community_id id, const struct community_facts *old,
		      const struct community_facts *now)
{
	if (!same(old->legal_form, now->legal_form))
		TRY(was_insert(c, id, "legal_form", old->legal_form, c->now, NULL));
	if (old->is_cae != now->is_cae)
		TRY(was_insert(c, id, "is_cae", old->is_cae ? "1" : "0", c->now, NULL));
	if (old->is_place != now->is_place)
		TRY(was_insert(c, id, "is_place", old->is_place ? "1" : "0", c->now, NULL));
	if (old->year_started != NONE && old->year_started != now->year_started)
		TRY(year_was_insert(c, id, old->year_started, c->now, NULL));
	return OK;
}

rc link_remember(struct ctx *c, link_id id)
{
	return link_period_keep(c, id, NULL);
}

rc steps_of(struct ctx *c, community_id community, struct step_row_list *out)
{
	return step_rows(c, community, out);
}

static bool is_form(int kind)
{
	return kind != STEP_KIND_BECOMING_SCIC && kind != STEP_KIND_CLOSED;
}

/* The form that was taken last is that of the record. */
static rc follow(struct ctx *c, const struct community_row *row)
{
	struct step_row_list l;
	struct community_facts facts;
	const char *form = NULL;
	TRY(step_rows(c, row->id, &l));
	for (size_t i = 0; i < l.n; i++)
		if (is_form(l.items[i].kind))
			form = enum_word(&step_kind_words, l.items[i].kind);
	TRY(community_facts_of(c, row->id, &facts));
	if (!form || same(form, facts.legal_form))
		return OK;
	facts.legal_form = form;
	return community_change(c, row, &facts);
}

/* The first of its kind counts from its year; what is told after another corrects it, from now on. */
static rc put(struct ctx *c, community_id id, const struct step_edit *f, const char *note)
{
	instant since = { NONE };
	int64_t told;
	TRY(step_ever_told(c, id, f->kind, &told));
	if (told)
		since = c->now;
	return step_put(c, id, f->kind, f->year, note, c->now, since, NULL);
}

static rc take_back(struct ctx *c, community_id id, const struct step_edit *f)
{
	int64_t n;
	TRY(step_keep(c, id, f->kind, f->year, c->now, NULL));
	TRY(step_delete(c, id, f->kind, f->year, &n));
	return n ? OK : fail(c, E_CONFLICT, "step.not_there");
}

static const char *json_of(struct ctx *c, const struct step_row *r)
{
	struct buf b;
	buf_init(&b, c->mem, 100);
	json_write(&b, &step_row_shape, r);
	return b.s;
}

rc step_say(struct ctx *c, const struct community_row *row, const struct step_edit *f)
{
	struct step_row now = { .kind = f->kind,
				.year = f->year,
				.note = f->note && *f->note ? f->note : NULL };
	if (f->year > ymd_of(day_at(c->now, NULL)).year)
		return fail_field(c, "year", "step.future");
	if (f->remove) {
		TRY(take_back(c, row->id, f));
	} else {
		TRY(put(c, row->id, f, now.note));
		if (is_form(f->kind))
			TRY(follow(c, row));
	}
	return community_note(c, row->pub, "community.step", "step", row->pub,
			      f->remove ? json_of(c, &now) : NULL, f->remove ? NULL : json_of(c, &now));
}
