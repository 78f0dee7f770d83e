/* convention_list_web.c - the conventions of a community and the parties of one: filtered,
 * sorted, by pages, as a table for spreadsheets. */
#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "base/fold.h"
#include "bridges/convention_web.h"
#include "bridges/party.h"
#include "bridges/party_sql.h"
#include "bridges/terms_html.h"
#include "bridges/terms_sql.h"
#include "platform/csv_head.h"
#include "platform/i18n.h"
#include "platform/ui.h"

#define PAGE 50

static bool has_words(struct ctx *c, const char *name, const char *q)
{
	return !q || !*q || strstr(fold(c, name), fold(c, q));
}

static void add(struct buf *b, const char *name, const char *value)
{
	if (!value || !*value)
		return;
	buf_fmt(b, "%s%s=", strchr(b->s, '?') ? "&" : "?", name);
	buf_url(b, value);
}

/* ---- the conventions of a community ---- */

static bool is_in_role(const struct convention_line *l, int role)
{
	switch (role) {
	case CONVENTION_ROLE_RUNS: return l->runs;
	case CONVENTION_ROLE_HOST: return l->side == PARTY_SIDE_HOST || l->side == PARTY_SIDE_BOTH;
	case CONVENTION_ROLE_SENDER: return l->side == PARTY_SIDE_SENDER || l->side == PARTY_SIDE_BOTH;
	default: return true;
	}
}

static int by_name(const void *a, const void *b, void *arg)
{
	const struct convention_line *x = a, *y = b;
	return strcmp(fold(arg, x->name), fold(arg, y->name));
}

static int by_end(const void *a, const void *b, void *arg)
{
	const struct convention_line *x = a, *y = b;
	(void)arg;
	return (x->to_day.v > y->to_day.v) - (x->to_day.v < y->to_day.v);
}

static rc find(struct ctx *c, const struct conventions_query *f, struct convention_line_list *out)
{
	size_t n = 0;
	TRY(conventions_of(c, c->actor.community, out));
	for (size_t i = 0; i < out->n; i++) {
		const struct convention_line *l = &out->items[i];
		/* What is still being written is read by those who write it. */
		if (l->state == CONVENTION_STATE_DRAFT && !(c->actor.roles & CONVENTION_TEAM))
			continue;
		if ((f->state < 0 || l->state == f->state) && is_in_role(l, f->role) &&
		    has_words(c, l->name, f->q))
			out->items[n++] = *l;
	}
	out->n = n;
	if (f->sort == CONVENTION_SORT_NAME)
		qsort_r(out->items, n, sizeof *out->items, by_name, c);
	if (f->sort == CONVENTION_SORT_ENDING)
		qsort_r(out->items, n, sizeof *out->items, by_end, c);
	return OK;
}

static const char *address(struct ctx *c, const char *path, const struct conventions_query *f, size_t after)
{
	struct buf b;
	buf_init(&b, c->mem, 100);
	buf_str(&b, path);
	add(&b, "q", f->q);
	add(&b, "state", enum_word(&convention_state_words, f->state));
	add(&b, "role", enum_word(&convention_role_words, f->role));
	add(&b, "sort", enum_word(&convention_sort_words, f->sort));
	add(&b, "after", after ? fmt(c, "%zu", after) : NULL);
	return b.s;
}

/* Where the page begins, and how many lines it has; where the next one begins, or 0. */
static size_t cut(int64_t asked, size_t *n, size_t *next)
{
	size_t after = asked > 0 && (size_t)asked < *n ? (size_t)asked : 0;
	*n -= after;
	*next = *n > PAGE ? after + PAGE : 0;
	*n = *n > PAGE ? PAGE : *n;
	return after;
}

static void say(struct ctx *c, const struct conventions_query *f, struct conventions_page *v)
{
	v->query = f->q ? f->q : "";
	v->state = enum_word(&convention_state_words, f->state);
	v->role = enum_word(&convention_role_words, f->role);
	v->sort = enum_word(&convention_sort_words, f->sort);
	v->filtered = *v->query || f->state >= 0 || f->role >= 0;
	v->states = ui_options(c, &convention_state_words);
	v->convention_roles = ui_options(c, &convention_role_words);
	v->sorts = ui_options(c, &convention_sort_words);
	v->csv = address(c, "/conventions.csv", f, 0);
	v->may_propose = c->actor.roles & CONVENTION_TEAM;
	v->may_follow = c->actor.roles & CONVENTION_FOLLOW;
	v->may_suggest = c->actor.roles & (CONVENTION_TEAM | ROLE_ADVISOR);
}

rc conventions_get(struct ctx *c, struct req *q)
{
	const struct conventions_query *f = req_form(q, conventions_query);
	struct conventions_page *v = new_zero(c, struct conventions_page);
	TRY(find(c, f, &v->mine));
	say(c, f, v);
	v->total = (int64_t)v->mine.n;
	size_t next;
	v->mine.items += cut(f->after, &v->mine.n, &next);
	v->next = next ? address(c, "/conventions", f, next) : NULL;
	TRY(conventions_open(c, c->actor.community, &v->open));
	page_title(q, "conventions", T(c, "nav.conventions"));
	return page(q, conventions_page, v);
}

static void put_convention(struct ctx *c, struct csv_writer *w, const struct convention_line *l)
{
	csv_put_typed(w, l->name);
	csv_put_typed(w, l->runner_name);
	csv_put(w, i18n_word(c, &convention_kind_words, l->kind));
	csv_put(w, i18n_word(c, &convention_state_words, l->state));
	csv_put(w, fmt_iso_day(c, l->from_day));
	csv_put(w, fmt_iso_day(c, l->to_day));
	csv_put(w, l->side < 0 ? NULL : i18n_word(c, &party_side_words, l->side));
	csv_put(w, l->party < 0 ? NULL : i18n_word(c, &party_state_words, l->party));
	csv_end_row(w);
}

rc conventions_csv_get(struct ctx *c, struct req *q)
{
	static const char *const head[] = { K("convention.name_col"), K("convention.runner_col"),
					    K("convention.kind_col"), K("convention.state_col"),
					    K("convention.from"),     K("convention.to"),
					    K("convention.role_col"), K("convention.party_col") };
	struct convention_line_list l;
	struct csv_writer w;
	struct buf b;
	TRY(find(c, req_form(q, conventions_query), &l));
	buf_init(&b, c->mem, 4096);
	csv_begin(&w, &b, ';', true);
	csv_head(c, &w, head, sizeof head / sizeof *head);
	for (size_t i = 0; i < l.n; i++)
		put_convention(c, &w, &l.items[i]);
	return bytes(q, "text/csv; charset=utf-8", "conventions.csv", b.s, b.len);
}

/* ---- the parties of one ---- */

static int by_party_name(const void *a, const void *b, void *arg)
{
	const struct party_line *x = a, *y = b;
	return strcmp(fold(arg, x->card.name), fold(arg, y->card.name));
}

static int by_answer(const void *a, const void *b, void *arg)
{
	const struct party_line *x = a, *y = b;
	(void)arg;
	return (x->answered_at.v < y->answered_at.v) - (x->answered_at.v > y->answered_at.v);
}

static rc find_parties(struct ctx *c, convention_id id, const struct parties_query *f,
		       struct party_line_list *out)
{
	size_t n = 0;
	TRY(parties_of(c, id, out));
	for (size_t i = 0; i < out->n; i++) {
		const struct party_line *l = &out->items[i];
		if ((f->side < 0 || l->side == f->side) && (f->state < 0 || l->state == f->state) &&
		    has_words(c, l->card.name, f->q))
			out->items[n++] = *l;
	}
	out->n = n;
	if (f->sort == PARTY_SORT_NAME)
		qsort_r(out->items, n, sizeof *out->items, by_party_name, c);
	if (f->sort == PARTY_SORT_SIGNED)
		qsort_r(out->items, n, sizeof *out->items, by_answer, c);
	return OK;
}

static const char *parties_address(struct ctx *c, const struct convention_row *k, const char *what,
				   const struct parties_query *f, size_t after)
{
	struct buf b;
	buf_init(&b, c->mem, 100);
	buf_fmt(&b, "/conventions/%s/%s", k->pub.s, what);
	add(&b, "q", f->q);
	add(&b, "side", enum_word(&party_side_words, f->side));
	add(&b, "state", enum_word(&party_state_words, f->state));
	add(&b, "sort", enum_word(&party_sort_words, f->sort));
	add(&b, "after", after ? fmt(c, "%zu", after) : NULL);
	return b.s;
}

static rc candidates(struct ctx *c, struct parties_page *v)
{
	struct party_candidates_row_list l;
	TRY(party_candidates(c, v->convention.id, &l));
	v->choices.items = new_array(c, struct option, l.n);
	for (size_t i = 0; i < l.n; i++)
		v->choices.items[v->choices.n++] = (struct option){ fmt(c, "%s", l.items[i].pub.s),
								    l.items[i].name };
	return OK;
}

static void cut_parties(struct ctx *c, const struct parties_query *f, struct parties_page *v)
{
	size_t next;
	v->parties.items += cut(f->after, &v->parties.n, &next);
	v->next = next ? parties_address(c, &v->convention, "parties", f, next) : NULL;
}

static void say_parties(struct ctx *c, const struct parties_query *f, struct parties_page *v)
{
	v->query = f->q ? f->q : "";
	v->side = enum_word(&party_side_words, f->side);
	v->state = enum_word(&party_state_words, f->state);
	v->sort = enum_word(&party_sort_words, f->sort);
	v->sides = ui_options(c, &party_side_words);
	v->states = ui_options(c, &party_state_words);
	v->sorts = ui_options(c, &party_sort_words);
	v->csv = parties_address(c, &v->convention, "parties.csv", f, 0);
}

static rc show_parties(struct ctx *c, struct req *q, const struct convention_row *k)
{
	static const struct parties_query all = { NULL, -1, -1, -1, 0 };
	/* Shown again after a form with errors, which is not this one. */
	const struct parties_query *f = q->route->method == HTTP_GET ? req_form(q, parties_query) : &all;
	struct parties_page *v = new_zero(c, struct parties_page);
	struct version_row last;
	v->convention = *k;
	TRY(version_last(c, v->convention.id, &last));
	v->draft = is_none(last.proposed_at);
	TRY(find_parties(c, v->convention.id, f, &v->parties));
	TRY(candidates(c, v));
	v->total = (int64_t)v->parties.n;
	cut_parties(c, f, v);
	say_parties(c, f, v);
	TRY(party_returns_of(c, v->convention.id, &v->returns));
	TRY(parties_suspended(c, v->convention.id, &v->suspended));
	v->may_end = v->convention.state == CONVENTION_STATE_OPEN;
	v->asked_to_end = q->route->form == &convention_end_shape;
	convention_stand(c, q, &v->convention, T(c, "convention.parties_title"));
	return page(q, parties_page, v);
}

rc parties_get(struct ctx *c, struct req *q)
{
	return show_parties(c, q, req_object(q, convention_row, agreement));
}

/* The list that a button stood in, with why it did nothing. */
rc party_again(struct ctx *c, struct req *q)
{
	struct convention_row k;
	TRY(convention_by_id(c, req_object(q, party_row, party)->convention, &k));
	return show_parties(c, q, &k);
}

static void put_party(struct ctx *c, struct csv_writer *w, const struct party_line *l)
{
	csv_put_typed(w, l->card.name);
	csv_put_typed(w, l->card.city);
	csv_put(w, i18n_word(c, &party_side_words, l->side));
	csv_put(w, i18n_word(c, &party_state_words, l->state));
	csv_put_typed(w, l->signed_by);
	csv_put(w, is_none(l->answered_at) ? NULL : fmt_iso_day(c, day_at(l->answered_at, NULL)));
	csv_put_int(w, l->version);
	csv_put(w, fmt_iso_day(c, l->leaves_on));
	csv_put(w, fmt_iso_day(c, l->back_on));
	csv_put_typed(w, l->insurer);
	csv_put(w, fmt_iso_day(c, l->insured_until));
	csv_end_row(w);
}

rc parties_csv_get(struct ctx *c, struct req *q)
{
	static const char *const head[] = { K("convention.community"),	   K("suggestion.town"),
					    K("convention.side_col"),	   K("convention.state_col"),
					    K("convention.signed_by_col"), K("convention.signed_on_col"),
					    K("convention.version_col"),   K("convention.leaves_col"),
					    K("convention.back_col"),	   K("convention.insurer"),
					    K("convention.insured_until") };
	const struct convention_row *k = req_object(q, convention_row, agreement);
	struct party_line_list l;
	struct csv_writer w;
	struct buf b;
	TRY(find_parties(c, k->id, req_form(q, parties_query), &l));
	buf_init(&b, c->mem, 4096);
	csv_begin(&w, &b, ';', true);
	csv_head(c, &w, head, sizeof head / sizeof *head);
	for (size_t i = 0; i < l.n; i++)
		put_party(c, &w, &l.items[i]);
	return bytes(q, "text/csv; charset=utf-8", "parties.csv", b.s, b.len);
}

rc parties_post(struct ctx *c, struct req *q)
{
	const struct convention_row *k = req_object(q, convention_row, agreement);
	const struct party_invite *f = req_form(q, party_invite);
	TRY(party_invite_one(c, k->id, f->community, f->side));
	return done(c, q, T(c, "convention.said_invited"), "/conventions/%s/parties", k->pub.s);
}
