#include "bridges/exchange_seen.h"

#include <string.h>

#include "base/civil.h"
#include "bridges/exchange_seen_sql.h"

rc convention_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	struct convention_seen *v = new_zero(c, struct convention_seen);
	bool found;
	TRY(convention_seen_by(c, pub, c->actor.community, v, &found));
	if (!found)
		return fail(c, E_NOT_FOUND, "db.not_found");
	out->object = v;
	out->community = c->actor.community;
	return OK;
}

static bool is_party(const struct convention_seen *v)
{
	return v->side >= 0;
}

rc exchange_book_open(struct ctx *c, const struct convention_seen *v, struct exchange_book *b)
{
	minute now;
	bool found;
	*b = (struct exchange_book){ .convention = v };
	if (is_party(v))
		b->me = c->actor.community;
	utc_to_local(c->now, NULL, &b->today, &now);
	TRY(exchange_parties(c, v->id, &b->parties));
	return exchange_rules_of(c, v->id, b->me, &b->rules, &found);
}

rc exchange_book_sum(struct ctx *c, day cut, struct exchange_book *b)
{
	return exchange_sums(c, b->convention->id, b->me, b->today, cut, &b->parts);
}

rc exchange_book_gifts(struct ctx *c, day from, day to, struct exchange_book *b)
{
	day until = to.v < b->today.v ? to : b->today;
	return exchange_gifts(c, b->convention->id, b->me, from, until, &b->lines);
}

rc exchange_book_lines(struct ctx *c, day from, day to, struct exchange_book *b)
{
	day until = to.v < b->today.v ? to : b->today;
	return exchange_lines(c, b->convention->id, b->me, from, until, &b->lines);
}

rc exchange_book_names(struct ctx *c, struct exchange_book *b)
{
	if (!is_party(b->convention))
		return OK;
	if (b->convention->side == PARTY_SIDE_SENDER)
		return exchange_names_shared(c, b->convention->id, b->me, &b->names);
	return exchange_names_at(c, b->convention->id, b->me, &b->names);
}

day exchange_last_day(const struct convention_seen *k)
{
	return is_none(k->leaves_on) || k->leaves_on.v > k->to_day.v ? k->to_day : k->leaves_on;
}

const struct exchange_party *exchange_party_of(const struct exchange_book *b, community_id id)
{
	for (size_t i = 0; i < b->parties.n; i++)
		if (b->parties.items[i].card.id.v == id.v)
			return &b->parties.items[i];
	return NULL;
}

const struct exchange_party *exchange_party_named(const struct exchange_book *b, const char *pub)
{
	for (size_t i = 0; pub && i < b->parties.n; i++)
		if (strcmp(b->parties.items[i].card.pub.s, pub) == 0)
			return &b->parties.items[i];
	return NULL;
}

/* A host keeps names until so many months after the month of the presence. */
static bool is_kept(const struct exchange_book *b, const struct exchange_line *l)
{
	return b->me.v != l->place.v ||
	       month_add(month_start(l->on_day), (int)l->retention + 1).v > b->today.v;
}

const struct exchange_name *exchange_name_of(const struct exchange_book *b, const struct exchange_line *l)
{
	size_t low = 0, high = b->names.n;
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (b->names.items[mid].fact.v < l->id.v)
			low = mid + 1;
		else
			high = mid;
	}
	if (low < b->names.n && b->names.items[low].fact.v == l->id.v && is_kept(b, l))
		return &b->names.items[low];
	return NULL;
}

int64_t exchange_gain(const struct exchange_book *b, const struct exchange_line *l)
{
	return l->place.v == b->me.v ? l->owed.v : -l->owed.v;
}

int64_t exchange_part_gain(const struct exchange_book *b, const struct exchange_part *p)
{
	return p->place.v == b->me.v ? p->due.v - p->given.v : p->given.v - p->due.v;
}

bool exchange_is_use(const struct exchange_line *l)
{
	return l->origin != FACT_KIND_WORKSHOP;
}
