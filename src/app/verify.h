/* verify.h - are the books right? Everything that is summed, chained or
 * counted is walked again from its rows. */
#ifndef MAILLAGE_VERIFY_H
#define MAILLAGE_VERIFY_H

#include "app/verify_shape.h"
#include "base/ctx.h"

/* One thing that was checked: its words in English, how many rows, and the
 * first that is wrong ("booking 4kd...: ...") or NULL. */
struct finding {
	const char *what;
	int64_t n;
	const char *broken;
};

struct findings {
	struct finding at[16];
	size_t n, n_broken;
};

/* All of it, in one snapshot. Opens it. */
rc verify_all(struct ctx *c, struct findings *out);

/* The head of every chain: to be kept elsewhere, and compared later. */
rc verify_heads(struct ctx *c, struct chain_head_list *out);

/* Is what was the head then still in its chain, unchanged? One line of text as
 * `verify --print-heads` writes it, "ledger SUBJECT SEQ HASH". *broken: NULL, or why not.
 *   E_INVALID  verify.bad_head */
rc verify_head(struct ctx *c, const char *line, const char **broken);

/* A convention's chain, the texts that were proposed and what its parties owe each other.
 * E_NOT_FOUND. */
rc verify_convention(struct ctx *c, const char *pub, struct chain_head *head, struct verify_version_list *versions,
		     struct verify_balance_list *balances);

#endif
