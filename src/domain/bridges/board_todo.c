/* board_todo.c - what waits for the network that runs a programme. */
#include <stdlib.h>

#include "base/civil.h"
#include "bridges/board.h"
#include "bridges/board_sql.h"
#include "bridges/exchange.h"
#include "platform/i18n.h"

#define MAX_TODO    8
#define ENDING_DAYS 60

static void add(struct board_page *v, struct follow_todo t)
{
	if (v->todo.n < MAX_TODO)
		v->todo.items[v->todo.n++] = t;
}

static int64_t count(const struct board_page *v, int state)
{
	int64_t n = 0;
	for (size_t i = 0; i < v->pairs.n; i++)
		n += v->pairs.items[i].state == state;
	return n;
}

static const char *at(struct ctx *c, const struct board *b, const char *where)
{
	return fmt(c, "/conventions/%s/%s", b->convention->pub.s, where);
}

static void add_contests(struct ctx *c, const struct board *b, struct board_page *v)
{
	int64_t n = count(v, BOARD_STATE_CONTESTED);
	if (!n)
		return;
	int64_t days = is_none(v->news.oldest) ? 0 : (c->now.v - v->news.oldest.v) / 86400;
	add(v, (struct follow_todo){ "garance", "message-square-warning", T_N(c, "board.contests", n),
				     T_N(c, "board.contests_text", days), at(c, b, "board?show=contested"),
				     T(c, "board.contests_do") });
}

static void add_uneven(struct ctx *c, const struct board *b, struct board_page *v)
{
	const struct board_pair *worst = NULL;
	for (size_t i = 0; i < v->pairs.n; i++) {
		const struct board_pair *p = &v->pairs.items[i];
		if (p->state == BOARD_STATE_UNEVEN &&
		    (!worst || llabs(p->balance.v) > llabs(worst->balance.v)))
			worst = p;
	}
	if (!worst)
		return;
	quantity size = { llabs(worst->balance.v) };
	int64_t credit = b->rules.workshop_credit.v;
	struct arg names[] = { { .name = "cae", .text = worst->cae.name },
			       { .name = "place", .text = worst->place.name } };
	struct arg sums[] = {
		{ .name = "credits", .text = fmt_quantity(c, size) },
		{ .name = "n", .kind = ARG_INT, .n = credit > 0 ? (size.v + credit - 1) / credit : 0 }
	};
	bool place_owes = worst->balance.v > 0 || credit <= 0;
	add(v, (struct follow_todo){
		       "ocre",
		       "scale",
		       i18n(c, "board.uneven", names, 2),
		       place_owes ? i18n(c, "board.uneven_place", sums, 1)
				  : i18n(c, "board.uneven_text", sums, 2),
		       fmt(c, "/conventions/%s/statement?with=%s&of=%s", b->convention->pub.s,
			   worst->place.pub.s, worst->cae.pub.s),
		       T(c, "follow.read_statement"),
	       });
}

/* Bridges whose debt is near its limit, or has reached it: the worst is named. */
static void add_limits(struct ctx *c, const struct board *b, struct board_page *v)
{
	const struct board_pair *worst = NULL;
	int64_t n = 0;
	for (size_t i = 0; i < v->pairs.n; i++) {
		const struct board_pair *p = &v->pairs.items[i];
		if (limit_state_of((quantity){ -p->balance.v }, b->rules.credit_limit) == LIMIT_FAR)
			continue;
		n++;
		if (!worst || p->balance.v < worst->balance.v)
			worst = p;
	}
	if (!worst)
		return;
	quantity debt = { -worst->balance.v };
	bool reached = limit_state_of(debt, b->rules.credit_limit) == LIMIT_REACHED;
	struct arg args[] = { { .name = "cae", .text = worst->cae.name },
			      { .name = "place", .text = worst->place.name },
			      { .name = "credits", .text = fmt_quantity(c, debt) },
			      { .name = "limit", .text = fmt_quantity(c, b->rules.credit_limit) } };
	add(v, (struct follow_todo){
		       reached ? "garance" : "ocre", "scale", T_N(c, "board.limits", n),
		       i18n(c, reached ? K("board.limit_reached") : K("board.limit_near"), args, 4),
		       fmt(c, "/conventions/%s/statement?with=%s&of=%s", b->convention->pub.s,
			   worst->place.pub.s, worst->cae.pub.s),
		       T(c, "follow.read_statement") });
}

static void add_ends(struct ctx *c, const struct board *b, struct board_page *v)
{
	int64_t n = count(v, BOARD_STATE_EXPIRING), left = b->convention->to_day.v - b->today.v;
	if (n)
		add(v, (struct follow_todo){ "glycine", "hourglass", T_N(c, "board.expiring", n),
					     T(c, "board.expiring_text"), at(c, b, "parties"),
					     T(c, "board.expiring_do") });
	if (left >= 0 && left <= ENDING_DAYS)
		add(v, (struct follow_todo){
			       "glycine", "file-pen",
			       T_TEXT(c, "board.ending", "end", fmt_day_short(c, b->convention->to_day)),
			       T(c, "board.ending_text"), at(c, b, "documents"), T(c, "board.ending_do") });
}

static void add_silent(struct ctx *c, const struct board *b, struct board_page *v)
{
	int64_t n = count(v, BOARD_STATE_SILENT);
	if (n)
		add(v, (struct follow_todo){ "pierre", "moon", T_N(c, "board.silent", n),
					     T(c, "board.silent_text"), at(c, b, "people"),
					     T(c, "board.silent_do") });
}

static void add_waiting(struct ctx *c, const struct board *b, struct board_page *v)
{
	if (v->news.invited)
		add(v, (struct follow_todo){ "pastel", "send", T_N(c, "board.invited", v->news.invited),
					     T(c, "board.invited_text"), at(c, b, "parties"),
					     T(c, "board.invited_do") });
	if (v->news.unpaid)
		add(v, (struct follow_todo){ "pierre", "book-open", T_N(c, "board.unpaid", v->news.unpaid),
					     T(c, "board.unpaid_text"), at(c, b, "documents"),
					     T(c, "board.unpaid_do") });
}

static const struct community_card *card_of(const struct board *b, community_id id)
{
	for (size_t i = 0; i < b->parties.n; i++)
		if (b->parties.items[i].card.id.v == id.v)
			return &b->parties.items[i].card;
	return NULL;
}

/* How many live around is said in fives: the number of a neighbourhood less that of the next tells nobody. */
static rc add_missing(struct ctx *c, const struct board *b, struct board_page *v)
{
	struct board_missing m;
	bool found;
	TRY(board_missing_of(c, b->convention->id, b->today, &m, &found));
	const struct community_card *place = found ? card_of(b, m.place) : NULL,
				    *cae = found ? card_of(b, m.sender) : NULL;
	if (!place || !cae)
		return OK;
	struct arg args[] = { { .name = "n", .kind = ARG_INT, .n = m.people / 5 * 5 },
			      { .name = "cae", .text = cae->name },
			      { .name = "place", .text = place->name } };
	add(v, (struct follow_todo){ "pastel", "map-pin-plus", T(c, "board.missing"),
				     i18n(c, "board.missing_text", args, 3),
				     fmt(c, "/communities/%s", place->pub.s), T(c, "board.missing_do") });
	return OK;
}

rc board_todo_fill(struct ctx *c, const struct board *b, struct board_page *v)
{
	v->todo.items = new_array(c, struct follow_todo, MAX_TODO);
	add_contests(c, b, v);
	add_limits(c, b, v);
	add_silent(c, b, v);
	add_uneven(c, b, v);
	add_ends(c, b, v);
	add_waiting(c, b, v);
	return add_missing(c, b, v);
}
