#include "bridges/board.h"

#include <stdlib.h>

#include "base/civil.h"
#include "base/csv.h"
#include "bridges/board_sql.h"
#include "bridges/exchange_seen_sql.h"
#include "bridges/follow_up.h"
#include "platform/i18n.h"

rc board_open(struct ctx *c, const struct convention_seen *v, struct board *b)
{
	minute now;
	bool found;
	*b = (struct board){ .convention = v };
	if (v->side >= 0)
		return fail(c, E_NOT_FOUND, "db.not_found");
	utc_to_local(c->now, NULL, &b->today, &now);
	b->monday.v = b->today.v - weekday_of(b->today);
	TRY(exchange_rules_of(c, v->id, (community_id){ 0 }, &b->rules, &found));
	TRY(board_parties(c, v->id, &b->parties));
	day before = { b->today.v - BEFORE_DAYS };
	TRY(board_sums(c, v->id, (day){ b->today.v - BOARD_DAYS }, b->today, month_start(b->today),
		       (day){ before.v - BOARD_DAYS }, before, &b->sums));
	return exchange_contests_open(c, v->id, (community_id){ 0 }, &b->contests);
}

static const struct board_party *party_of(const struct board *b, community_id id)
{
	for (size_t i = 0; i < b->parties.n; i++)
		if (b->parties.items[i].card.id.v == id.v)
			return &b->parties.items[i];
	return NULL;
}

static bool is_contested(const struct board *b, const struct board_sum *s)
{
	for (size_t i = 0; i < b->contests.n; i++)
		if (b->contests.items[i].place.v == s->place.v &&
		    b->contests.items[i].sender.v == s->sender.v)
			return true;
	return false;
}

/* The convention's own end is everybody's: the list of things to do says it once. */
static bool ends_soon(const struct board *b, const struct board_party *p)
{
	int64_t soon = b->today.v + EXPIRING_DAYS;
	if (!is_none(p->leaves_on) && p->leaves_on.v <= soon)
		return true;
	if (!is_none(p->insured_until) && p->insured_until.v <= soon)
		return true;
	return !is_none(p->until) && p->until.v <= soon && p->until.v < b->convention->to_day.v;
}

static int state_of(const struct board *b, const struct board_sum *s)
{
	if (is_contested(b, s))
		return BOARD_STATE_CONTESTED;
	if (llabs(s->owed.v) >= UNEVEN_DAYS * b->rules.credit_per_day.v && s->owed.v)
		return BOARD_STATE_UNEVEN;
	if (ends_soon(b, party_of(b, s->place)) || ends_soon(b, party_of(b, s->sender)))
		return BOARD_STATE_EXPIRING;
	return s->used.v > 0 ? BOARD_STATE_USED : BOARD_STATE_SILENT;
}

static void fill_pairs(struct ctx *c, const struct board *b, struct board_page *v)
{
	v->pairs.items = new_array(c, struct board_pair, b->sums.n + 1);
	for (size_t i = 0; i < b->sums.n; i++) {
		const struct board_sum *s = &b->sums.items[i];
		const struct board_party *place = party_of(b, s->place), *cae = party_of(b, s->sender);
		if (place && cae)
			v->pairs.items[v->pairs.n++] = (struct board_pair){ .place = place->card,
									    .cae = cae->card,
									    .state = state_of(b, s),
									    .used = s->used,
									    .given = s->given,
									    .balance = { -s->owed.v } };
	}
}

static const struct board_pair *pair_of(const struct board_page *v, community_id place, community_id cae)
{
	for (size_t i = 0; i < v->pairs.n; i++)
		if (v->pairs.items[i].place.id.v == place.v && v->pairs.items[i].cae.id.v == cae.v)
			return &v->pairs.items[i];
	return NULL;
}

static const char *tint_of(quantity days)
{
	static const struct {
		int64_t from;
		const char *class;
	} tints[] = { { 16000, "m4" }, { 9000, "m3" }, { 4000, "m2" } };
	for (size_t i = 0; i < sizeof tints / sizeof *tints; i++)
		if (days.v >= tints[i].from)
			return tints[i].class;
	return "m1";
}

static void fill_cell(struct ctx *c, const struct board *b, const struct board_pair *p, struct board_cell *k)
{
	static const struct {
		const char *class, *icon;
	} looks[] = { [BOARD_STATE_SILENT] = { "is-silent", "moon" },
		      [BOARD_STATE_EXPIRING] = { "is-expiring", "hourglass" },
		      [BOARD_STATE_UNEVEN] = { "is-uneven", "scale" },
		      [BOARD_STATE_CONTESTED] = { "is-contested", "message-square-warning" } };
	k->state = p->state;
	k->class = p->state == BOARD_STATE_USED ? tint_of(p->used) : looks[p->state].class;
	k->icon = looks[p->state].icon;
	if (p->state == BOARD_STATE_UNEVEN)
		k->figure = fmt_signed(c, p->balance);
	else if (p->state != BOARD_STATE_SILENT)
		k->figure = fmt_quantity(c, p->used);
	if (p->state != BOARD_STATE_USED)
		k->says = i18n_word(c, &board_state_words, p->state);
	k->href = fmt(c, "/conventions/%s/statement?with=%s&of=%s", b->convention->pub.s, p->place.pub.s,
		      p->cae.pub.s);
}

static void fill_columns(struct ctx *c, const struct board *b, struct board_page *v)
{
	v->columns.items = new_array(c, struct board_column, b->parties.n + 1);
	for (size_t i = 0; i < b->parties.n; i++)
		if (b->parties.items[i].side != PARTY_SIDE_HOST)
			v->columns.items[v->columns.n++].card = b->parties.items[i].card;
}

/* The cells of one place; false when the filter leaves nothing of it. */
static bool fill_row(struct ctx *c, const struct board *b, const struct board_party *place, int64_t show,
		     struct board_page *v, struct board_row *r)
{
	bool any = false;
	*r = (struct board_row){ .place = place->card, .cells.n = v->columns.n };
	r->cells.items = new_array(c, struct board_cell, v->columns.n + 1);
	for (size_t i = 0; i < v->columns.n; i++) {
		struct board_column *column = &v->columns.items[i];
		const struct board_pair *p = pair_of(v, place->card.id, column->card.id);
		r->cells.items[i] = (struct board_cell){ .class = "is-none", .cae = column->card.name };
		if (!p || (show > BOARD_STATE_NONE && p->state != show))
			continue;
		fill_cell(c, b, p, &r->cells.items[i]);
		r->days.v += p->used.v;
		column->days.v += p->used.v;
		any = true;
	}
	return any || show <= BOARD_STATE_NONE;
}

static bool same_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

static void fill_rows(struct ctx *c, const struct board *b, int64_t show, struct board_page *v)
{
	v->rows.items = new_array(c, struct board_row, b->parties.n + 1);
	for (size_t i = 0; i < b->parties.n; i++) {
		struct board_row *r = &v->rows.items[v->rows.n];
		const struct board_party *place = &b->parties.items[i];
		if (place->side == PARTY_SIDE_SENDER || !fill_row(c, b, place, show, v, r))
			continue;
		r->departement = place->card.departement;
		r->first = !v->rows.n || !same_text(r[-1].departement, r->departement);
		v->days.v += r->days.v;
		v->rows.n++;
	}
}

static void fill_chips(struct ctx *c, const struct board *b, int64_t show, struct board_page *v)
{
	static const struct {
		int state;
		const char *icon;
	} chips[] = { { BOARD_STATE_NONE, NULL },
		      { BOARD_STATE_USED, NULL },
		      { BOARD_STATE_SILENT, "moon" },
		      { BOARD_STATE_UNEVEN, "scale" },
		      { BOARD_STATE_CONTESTED, "message-square-warning" },
		      { BOARD_STATE_EXPIRING, "hourglass" } };
	int64_t counts[sizeof chips / sizeof *chips] = { 0 };
	counts[BOARD_STATE_NONE] = (int64_t)v->pairs.n;
	for (size_t i = 0; i < v->pairs.n; i++)
		counts[v->pairs.items[i].state]++;
	v->chips.items = new_array(c, struct board_chip, sizeof chips / sizeof *chips);
	for (size_t i = 0; i < sizeof chips / sizeof *chips; i++) {
		int state = chips[i].state;
		const char *ask = state ? fmt(c, "?show=%s", enum_word(&board_state_words, state)) : "";
		v->chips.items[v->chips.n++] = (struct board_chip){
			.state = state,
			.icon = chips[i].icon,
			.n = counts[state],
			.href = fmt(c, "/conventions/%s/board%s", b->convention->pub.s, ask),
			.current = state == (show > 0 ? show : 0),
		};
	}
}

static void fill_share(struct board_share *s, int64_t part, int64_t all, int64_t part_before,
		       int64_t all_before)
{
	*s = (struct board_share){ NONE, NONE, 0 };
	if (!all)
		return;
	s->percent = (100 * part + all / 2) / all;
	if (!all_before)
		return;
	int64_t points = s->percent - (100 * part_before + all_before / 2) / all_before;
	s->sign = (points > 0) - (points < 0);
	s->trend = llabs(points);
}

static rc fill_pulse(struct ctx *c, const struct board *b, struct board_page *v)
{
	struct board_recorded r;
	int64_t used = 0, used_before = 0, before = 0;
	for (size_t i = 0; i < b->sums.n; i++) {
		const struct board_sum *s = &b->sums.items[i];
		used += s->used.v > 0;
		used_before += s->used_before.v > 0;
		before += s->first.v <= b->today.v - BEFORE_DAYS;
	}
	fill_share(&v->used, used, (int64_t)b->sums.n, used_before, before);
	TRY(board_recorded_of(c, b->convention->id, (day){ b->today.v - 2 * BEFORE_DAYS - 3 },
			      (day){ b->today.v - BEFORE_DAYS - 3 }, (day){ b->today.v - 3 }, &r));
	fill_share(&v->recorded, r.soon, r.all, r.soon_before, r.all_before);
	return OK;
}

static rc fill_news(struct ctx *c, const struct board *b, struct board_page *v)
{
	struct board_signers_row_list l;
	instant monday = local_to_utc(b->monday, (minute){ 0 }, NULL);
	v->monday = b->monday;
	TRY(board_news_of(c, b->convention->id, b->monday, monday, (day){ b->monday.v - 7 }, b->today,
			  &v->news));
	v->fresh_hidden = v->news.fresh > 0 && v->news.fresh < SHOWN_FROM;
	if (v->fresh_hidden)
		v->news.fresh = 0;
	TRY(board_signers(c, b->convention->id, monday, &l));
	for (size_t i = 0; i < l.n; i++)
		v->signers = i ? fmt(c, "%s, %s", v->signers, l.items[i].name) : l.items[i].name;
	return OK;
}

/* "14 lieux, 7 coopératives, 34 ponts" */
static const char *title_of(struct ctx *c, const struct board_page *v)
{
	return fmt(c, "%s, %s, %s", T_N(c, "board.n_places", v->head.places),
		   T_N(c, "board.n_caes", v->head.caes), T_N(c, "board.n_bridges", (int64_t)v->pairs.n));
}

static rc fill_report(struct ctx *c, const struct board *b, struct board_page *v)
{
	const char *region;
	bool found;
	TRY(board_region(c, b->convention->runner, &region, &found));
	v->report = found ? fmt(c, "/observatory/report?territory=region:%s", region) : "/observatory/report";
	return OK;
}

rc board_fill(struct ctx *c, const struct board *b, int64_t show, struct board_page *v)
{
	struct exchange_book head = { .convention = b->convention };
	follow_head_fill(&head, "board", &v->head);
	for (size_t i = 0; i < b->parties.n; i++) {
		v->head.caes += b->parties.items[i].side != PARTY_SIDE_HOST;
		v->head.places += b->parties.items[i].side != PARTY_SIDE_SENDER;
	}
	v->today = b->today;
	v->csv = fmt(c, "/conventions/%s/board.csv", b->convention->pub.s);
	TRY(fill_report(c, b, v));
	fill_pairs(c, b, v);
	v->title = title_of(c, v);
	fill_columns(c, b, v);
	fill_rows(c, b, show, v);
	fill_chips(c, b, show, v);
	TRY(fill_pulse(c, b, v));
	TRY(fill_news(c, b, v));
	return board_todo_fill(c, b, v);
}
