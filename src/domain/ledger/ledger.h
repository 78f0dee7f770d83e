/* ledger.h - one engine for what is owed. An entry moves a positive quantity
 * from the account of who owes to the account of who is owed, inside one
 * chain; a correction is a reversal. Nothing is ever updated. Quantities are
 * thousandths of the account's unit (cents for eur). */
#ifndef MAILLAGE_LEDGER_H
#define MAILLAGE_LEDGER_H

#include "audit/chain.h"
#include "ledger/ledger_shape.h"

/* The account of a community in a chain, made when new. */
rc ledger_account(struct ctx *c, chain_id chain, community_id owner, int purpose, int unit, account_id *out);

struct ledger_posting {
	chain_id chain;
	account_id from, to; /* owes, is owed */
	quantity quantity;   /* > 0 */
	day on_day;
	const char *fact_kind;
	pubid fact;
};

/* Append one entry. E_CONFLICT "ledger.unbalanced" when the accounts differ in
 * chain, unit or purpose (the database refuses it). */
rc ledger_post(struct ctx *c, const struct ledger_posting *p, entry_id *out);

/* Append the opposite of an entry, once. E_CONFLICT "ledger.already_reversed". */
rc ledger_reverse(struct ctx *c, entry_id entry, day on_day, const char *fact_kind, pubid fact, entry_id *out);

/* What `debtor` owes `creditor` in credits of their exchange on that chain; negative
 * when it is owed, 0 without accounts. A sum of entries, never a stored figure. */
rc ledger_owed(struct ctx *c, chain_id chain, community_id debtor, community_id creditor, quantity *out);

/* Walk every ledger chain; see audit_verify. */
rc ledger_verify(struct ctx *c, int64_t *chains, int64_t *rows, const char **broken);

#endif
