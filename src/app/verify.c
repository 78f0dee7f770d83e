#include "app/verify.h"
#include "base/hash.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "app/verify_sql.h"
#include "audit/audit.h"
#include "bridges/exchange.h"
#include "bridges/terms.h"
#include "ledger/ledger.h"
#include "platform/db.h"

static void add(struct findings *f, const char *what, int64_t n, const char *broken)
{
	f->at[f->n++] = (struct finding){ what, n, broken };
	f->n_broken += broken != NULL;
}

static rc chains(struct ctx *c, struct findings *f)
{
	int64_t n, rows;
	const char *broken;
	TRY(ledger_verify(c, &n, &rows, &broken));
	add(f, fmt(c, "entries in %lld ledgers", (long long)n), rows, broken);
	TRY(audit_verify(c, &n, &rows, &broken));
	add(f, fmt(c, "lines in %lld audits", (long long)n), rows, broken);
	TRY(exchange_verify(c, &rows, &broken));
	add(f, "facts and their entries", rows, broken);
	return OK;
}

static const char *named(struct ctx *c, const char *kind, const char *bad)
{
	return bad ? fmt(c, "%s %s", kind, bad) : NULL;
}

static rc counts(struct ctx *c, struct findings *f)
{
	struct verify_counters_row k;
	struct verify_booking_states_row b;
	struct verify_spans_row s;
	struct verify_capacity_row live;
	struct verify_enrolments_row w;
	TRY(verify_counters(c, &k));
	add(f, "counters and what bookings count on them", k.n, named(c, "counter", k.bad));
	TRY(verify_booking_states(c, &b));
	add(f, "counts of bookings and their states", b.n, named(c, "booking", b.bad));
	TRY(verify_spans(c, &s));
	add(f, "bookings and their spaces", s.n, named(c, "booking", s.bad));
	TRY(verify_capacity(c, c->now, &live));
	add(f, "live bookings within the capacity of each space", live.n, named(c, "space", live.bad));
	TRY(verify_enrolments(c, &w));
	add(f, "workshops and their seats", w.n, named(c, "workshop", w.bad));
	return OK;
}

static rc promises(struct ctx *c, struct findings *f)
{
	struct verify_facts_of_bookings_row b;
	struct verify_accounts_row a;
	struct verify_signatures_row s;
	const char *altered;
	int64_t versions;
	TRY(verify_facts_of_bookings(c, &b));
	add(f, "bookings on a grant and their facts", b.n, named(c, "booking", b.bad));
	TRY(verify_accounts(c, &a));
	add(f, "entries between accounts of one chain and unit", a.n, named(c, "entry", a.bad));
	TRY(verify_signatures(c, &s));
	add(f, "signatures and the text signed", s.n, named(c, "signature", s.bad));
	TRY(versions_verify(c, (convention_id){ 0 }, &versions, &altered));
	add(f, "texts and terms of conventions and their fingerprints", versions, altered);
	return OK;
}

static rc walk(struct ctx *c, void *arg)
{
	struct findings *f = arg;
	TRY(chains(c, f));
	TRY(counts(c, f));
	return promises(c, f);
}

rc verify_all(struct ctx *c, struct findings *out)
{
	*out = (struct findings){ 0 };
	return db_read(c, walk, out);
}

rc verify_heads(struct ctx *c, struct chain_head_list *out)
{
	return verify_chain_heads(c, out);
}

rc verify_head(struct ctx *c, const char *line, const char **broken)
{
	char kind[16], subject[64], hex[65];
	long long seq;
	hash want, have;
	bool found;
	*broken = NULL;
	if (sscanf(line, "%15s %63s %lld %64s", kind, subject, &seq, hex) != 4 ||
	    hash_parse(hex, &want) != OK || enum_find(&chain_kind_words, kind) < 0)
		return fail(c, E_INVALID, "verify.bad_head");
	if (seq == 0)
		return OK;
	TRY(verify_hash_at(c, enum_find(&chain_kind_words, kind), subject, seq, &have, &found));
	if (!found)
		*broken = fmt(c, "%s of %s: line %lld is gone", kind, subject, seq);
	else if (!hash_eq(want, have))
		*broken = fmt(c, "%s of %s: line %lld is another than it was", kind, subject, seq);
	return OK;
}

rc verify_convention(struct ctx *c, const char *pub, struct chain_head *head,
		     struct verify_version_list *versions, struct verify_balance_list *balances)
{
	bool found;
	TRY(verify_convention_chain(c, pub, head, &found));
	if (!found)
		return fail(c, E_NOT_FOUND, "db.not_found");
	TRY(verify_versions(c, pub, versions));
	return verify_balances(c, pub, balances);
}
