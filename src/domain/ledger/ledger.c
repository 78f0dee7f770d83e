#include <string.h>

#include "audit/chain_sql.h"
#include "base/pubid.h"
#include "ledger/ledger.h"
#include "ledger/ledger_sql.h"

rc ledger_account(struct ctx *c, chain_id chain, community_id owner, int purpose, int unit, account_id *out)
{
	bool found;
	pubid pub;
	TRY(account_find(c, chain, owner, purpose, unit, out, &found));
	if (found)
		return OK;
	pubid_new(&pub);
	TRY(account_insert(c, pub, chain, owner, purpose, unit, NULL));
	TRY(account_find(c, chain, owner, purpose, unit, out, &found));
	return found ? OK : fail(c, E_CORRUPT, "http.internal");
}

static hash hash_of(struct ctx *c, const struct ledger_entry_row *e)
{
	const char *text = fmt(c, "%s %lld %lld %lld %lld %lld %lld %s %s %lld", e->pub.s, (long long)e->seq,
			       (long long)e->from_account.v, (long long)e->to_account.v,
			       (long long)e->quantity.v, (long long)e->on_day.v, (long long)e->posted_at.v,
			       e->fact_kind, e->fact_pub, (long long)e->reverses.v);
	struct hasher h;
	hash_begin(&h);
	hash_add(&h, e->prev.b, sizeof e->prev.b);
	hash_add(&h, text, strlen(text));
	return hash_end(&h);
}

static rc append(struct ctx *c, struct ledger_entry_row *e, entry_id *out)
{
	pubid_new(&e->pub);
	e->posted_at = c->now;
	TRY(chain_next(c, e->chain, &e->seq, &e->prev));
	e->hash = hash_of(c, e);
	rc code = entry_insert(c, e, out);
	if (code == E_CONFLICT) /* the trigger: accounts of other chains, units or purposes */
		return fail(c, E_CONFLICT, "ledger.unbalanced");
	TRY(code);
	return chain_advance(c, e->chain, e->seq, e->hash);
}

rc ledger_post(struct ctx *c, const struct ledger_posting *p, entry_id *out)
{
	struct ledger_entry_row e = {
		.chain = p->chain,
		.from_account = p->from,
		.to_account = p->to,
		.quantity = p->quantity,
		.on_day = p->on_day,
		.fact_kind = p->fact_kind,
		.fact_pub = p->fact.s,
	};
	return append(c, &e, out);
}

rc ledger_reverse(struct ctx *c, entry_id entry, day on_day, const char *fact_kind, pubid fact, entry_id *out)
{
	struct ledger_entry_row e;
	entry_id earlier;
	bool found;
	TRY(entry_get(c, entry, &e));
	TRY(entry_reversal(c, entry, &earlier, &found));
	if (found)
		return fail(c, E_CONFLICT, "ledger.already_reversed");
	account_id from = e.from_account;
	e.from_account = e.to_account;
	e.to_account = from;
	e.reverses = entry;
	e.on_day = on_day;
	e.fact_kind = fact_kind;
	e.fact_pub = fact.s;
	return append(c, &e, out);
}

rc ledger_owed(struct ctx *c, chain_id chain, community_id debtor, community_id creditor, quantity *out)
{
	bool found;
	TRY(owed_between(c, chain, debtor, creditor, out, &found));
	if (!found)
		out->v = 0;
	return OK;
}

struct walk {
	hash head;
	int64_t seq;
	bool broken;
};

static rc check(struct ctx *c, const void *row, void *arg)
{
	const struct ledger_entry_row *e = row;
	struct walk *w = arg;
	w->seq++;
	if (e->seq != w->seq || !hash_eq(e->prev, w->head) || !hash_eq(e->hash, hash_of(c, e)) ||
	    e->quantity.v <= 0)
		w->broken = true;
	w->head = e->hash;
	return w->broken ? E_CORRUPT : OK;
}

rc ledger_verify(struct ctx *c, int64_t *chains, int64_t *rows, const char **broken)
{
	struct chain_row_list list;
	*broken = NULL;
	TRY(chain_list(c, CHAIN_KIND_LEDGER, &list));
	*chains = (int64_t)list.n;
	*rows = 0;
	for (size_t i = 0; i < list.n && !*broken; i++) {
		const struct chain_row *k = &list.items[i];
		struct walk w = { 0 };
		rc code = entries_of_chain_each(c, k->id, check, &w);
		if (code != OK && !w.broken)
			return code;
		if (w.broken || w.seq != k->seq || !hash_eq(w.head, k->head))
			*broken = fmt(c, "ledger of %s, entry %lld", k->subject, (long long)w.seq);
		*rows += w.seq;
	}
	return OK;
}
