#include "audit/chain.h"
#include "audit/chain_sql.h"

rc chain_of(struct ctx *c, int kind, const char *subject, chain_id *out)
{
	bool found;
	TRY(chain_find(c, kind, subject, out, &found));
	if (found)
		return OK;
	TRY(chain_insert(c, kind, subject, (hash){ { 0 } }, NULL));
	TRY(chain_find(c, kind, subject, out, &found));
	return found ? OK : fail(c, E_CORRUPT, "http.internal");
}

rc chain_begin(struct ctx *c, int kind, const char *subject, chain_id *chain, int64_t *seq, hash *prev)
{
	struct chain_take_row row;
	bool found;
	TRY(chain_take(c, kind, subject, &row, &found));
	if (!found) {
		TRY(chain_of(c, kind, subject, chain));
		return chain_next(c, *chain, seq, prev);
	}
	*chain = row.id;
	*seq = row.seq + 1;
	*prev = row.head;
	return OK;
}

rc chain_next(struct ctx *c, chain_id chain, int64_t *seq, hash *prev)
{
	struct chain_lock_row row;
	TRY(chain_lock(c, chain, &row));
	*seq = row.seq + 1;
	*prev = row.head;
	return OK;
}

rc chain_advance(struct ctx *c, chain_id chain, int64_t seq, hash head)
{
	return chain_set(c, chain, seq, head, NULL);
}
