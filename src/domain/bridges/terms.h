/* terms.h - a convention and its versions: text and terms, hashed together.
 * What is hashed is terms_text: one "name: value" line a term, in the order of
 * terms.c, quantities in thousandths, money in cents, then the grants, then the
 * text and the charter with their length in bytes. SHA-256 of that is what parties sign; it is fixed when
 * the convention is proposed, and a version that has a hash never changes. */
#ifndef MAILLAGE_TERMS_H
#define MAILLAGE_TERMS_H

#include "base/ctx.h"
#include "base/hash.h"
#include "bridges/terms_shape.h"

/* Who may propose for her community. */
#define CONVENTION_TEAM (ROLE_MANAGER | ROLE_COORDINATOR | ROLE_SIGNATORY)
/* Who follows a convention: its figures, people, exchanges and documents. */
#define CONVENTION_FOLLOW (CONVENTION_TEAM | ROLE_HOST | ROLE_ADVISOR | ROLE_ACCOUNTANT)

/* A draft of c->actor's community, filled from the template of the study's
 * scheme: free days against workshops. Inside db_write.
 *   E_DENIED "convention.team_only"; E_INVALID on dates */
rc convention_create(struct ctx *c, const struct convention_new *f, struct convention_row *out);

/* New terms for a draft or an amendment not proposed yet; its rights have their own form
 * (grant_edit.h). E_CONFLICT "convention.not_draft"; E_INVALID on dates, "convention.payee" */
rc convention_set_terms(struct ctx *c, convention_id id, const struct terms_edit *f);

/* Give up what is not proposed yet: the whole convention (*whole), or its amendment.
 * E_CONFLICT "convention.not_draft" */
rc convention_discard(struct ctx *c, convention_id id, bool *whole);

/* The newest version while it is not proposed, its convention locked. Inside
 * db_write. E_CONFLICT "convention.not_draft" */
rc convention_open_draft(struct ctx *c, convention_id id, struct convention_row *k, struct version_row *v);

/* A line of its runner's audit. */
rc convention_note(struct ctx *c, const struct convention_row *k, const char *action);

/* Fix the hash, open it, tell the invited signatories.
 *   E_CONFLICT "convention.not_draft", "convention.nobody" (no host or no sender) */
rc convention_propose(struct ctx *c, convention_id id);

/* A copy of the newest version, to be changed and proposed like a draft: in
 * force from that day between those who sign it, the others stay on theirs.
 *   E_CONFLICT "convention.no_amendment"; E_INVALID "convention.within" */
rc convention_amend(struct ctx *c, convention_id id, day in_force);

/* By the runner: the last day of the whole convention, sooner than was signed or, within what was
 * signed, later again; all are told. E_CONFLICT "convention.not_open"; E_INVALID "booking.past",
 * "convention.not_later" */
rc convention_end_on(struct ctx *c, convention_id id, day on);

/* Job: what is over has ended. */
rc conventions_end(struct ctx *c);

/* The canonical text of a version, in c->mem, and its hash. */
rc terms_text(struct ctx *c, const struct version_row *v, const char **out);
rc terms_hash(struct ctx *c, const struct version_row *v, hash *out);

/* Recompute the hashes of every version: is each what was fixed? `broken`
 * names the first that is not, or is NULL. */
/* id 0: of every convention. */
rc versions_verify(struct ctx *c, convention_id id, int64_t *versions, const char **broken);
rc convention_verify(struct ctx *c, pubid pub, int64_t *versions, const char **broken);

/* "7f3a 91c0 …": groups of four; NULL when not fixed yet. */
const char *fingerprint(struct ctx *c, hash h);

#endif
