#include "observatory/known.h"

#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "observatory/known_sql.h"

#define STUDY_YEAR 2018

struct known_day known_day(struct ctx *c, day asked)
{
	struct known_day d = { .on = day_at(c->now, NULL), .at = c->now };
	if (asked.v != NONE && asked.v < d.on.v) {
		d.on = asked;
		d.at = local_to_utc((day){ asked.v + 1 }, (minute){ 0 }, NULL);
		d.is_past = true;
	}
	d.year = ymd_of(d.on).year;
	return d;
}

/* When the study's facts became known. */
static instant study_found(void)
{
	return local_to_utc(day_of(STUDY_YEAR, 1, 1), (minute){ 720 }, NULL);
}

static bool is_known(const struct known_day *d, instant from)
{
	return !d->is_past || from.v <= d->at.v;
}

/* Open by then: those that do not say since when, from when they were known. */
static bool is_open(const struct known_day *d, const struct place_standing *s)
{
	if (!s->is_place || s->closed != NONE)
		return false;
	return s->year == NONE ? is_known(d, s->known_from) : s->year <= d->year;
}

/* The legal form: a change that was noted, a step of a year, or the record. */
static void settle_form(struct place_record *r, bool known)
{
	bool changed = r->form_since.v != NONE;
	bool said = r->step_form && (!changed || r->step_year >= ymd_of(day_at(r->form_since, NULL)).year);
	if (said)
		r->fact.legal_form = r->step_form;
	else if (!known ||
		 (r->later_form && r->fact.legal_form && strcmp(r->later_form, r->fact.legal_form) == 0))
		r->fact.legal_form = NULL;
	r->fact.form_known = said || known;
	r->fact.known = known;
	/* The source's words are about the form that it found. */
	if (said || changed || !known)
		r->fact.legal_note = NULL;
}

rc known_places(struct ctx *c, const struct known_day *d, const char *kind, const char *code,
		const char *source, struct place_fact_list *out)
{
	struct place_record_list l;
	TRY(known_records(c, kind, code, source, d->on, d->at, d->year, study_found(), &l));
	*out = (struct place_fact_list){ new_array(c, struct place_fact, l.n + 1), 0 };
	for (size_t i = 0; i < l.n; i++) {
		struct place_record *r = &l.items[i];
		bool known = is_known(d, r->known_from);
		if (!is_open(d, &(struct place_standing){ .year = r->fact.year,
							  .known_from = r->known_from,
							  .closed = r->closed,
							  .is_place = r->is_place }))
			continue;
		settle_form(r, known);
		r->fact.is_cae = r->fact.is_cae && known;
		out->items[out->n++] = r->fact;
	}
	return OK;
}

rc known_open(struct ctx *c, const struct known_day *d, const char *source, GHashTable **out)
{
	struct place_standing_list l;
	TRY(known_standings(c, source, d->at, d->year, study_found(), &l));
	*out = g_hash_table_new(g_str_hash, g_str_equal);
	for (size_t i = 0; i < l.n; i++)
		if (is_open(d, &l.items[i]))
			g_hash_table_add(*out, l.items[i].pub.s);
	return OK;
}

rc known_there(struct ctx *c, const struct known_day *d, GHashTable **out)
{
	struct known_others_row_list l;
	TRY(known_open(c, d, "", out));
	TRY(known_others(c, d->at, d->year, study_found(), &l));
	for (size_t i = 0; i < l.n; i++)
		g_hash_table_add(*out, l.items[i].pub.s);
	return OK;
}

rc known_since(struct ctx *c, day *out)
{
	const char *at;
	bool found;
	TRY(known_since_when(c, &at, &found));
	*out = day_at(found ? (instant){ strtoll(at, NULL, 10) } : c->now, NULL);
	return OK;
}
