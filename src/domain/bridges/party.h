/* party.h - the communities in a convention, their signatures, and the charter
 * that each entrepreneur accepts once per version. A party signs by a person
 * who holds `signatory` there; what she signs is the hash of the version.
 * Signatures and acceptances are append-only, in the database itself. */
#ifndef MAILLAGE_PARTY_H
#define MAILLAGE_PARTY_H

#include "bridges/party_time.h"
#include "bridges/terms.h"
#include "people/people.h"

/* By the runner, while a draft or open. E_CONFLICT "party.there_already". */
rc party_invite_one(struct ctx *c, convention_id id, pubid community, int side);

/* By the runner: an invitation is taken back. E_CONFLICT "party.has_signed". */
rc party_remove(struct ctx *c, const struct party_row *p);

/* May it be signed: the newest that was proposed, or one that others are still on? */
rc version_signable(struct ctx *c, const struct version_row *v, bool *out);

/* A host and a sender at least: E_CONFLICT "convention.nobody". */
rc parties_ready(struct ctx *c, convention_id id);
/* A letter to the signatories of each party that may sign. */
rc parties_tell(struct ctx *c, const struct convention_row *k);

/* A letter to the signatories of one: read, then sign or refuse. */
rc party_tell(struct ctx *c, const struct convention_row *k, community_id community);

/* For c->actor's community; one that left comes back so (party_time.h). E_DENIED "party.signatory_only"; E_CONFLICT
 * "party.cannot_sign" in another state; E_INVALID "party.read_first", or
 * "party.another_text" when what was read is not to be signed any more. */
rc party_sign_now(struct ctx *c, convention_id id, const struct party_sign *f);
rc party_refuse_now(struct ctx *c, convention_id id);
/* A community that was not invited joins an open programme by signing it. */
rc party_join_now(struct ctx *c, convention_id id, const struct party_join *f);
/* The actor's own party, locked, for what engages it. E_DENIED "party.signatory_only" */
rc party_for_signing(struct ctx *c, convention_id id, struct convention_row *k, struct party_row *p);
/* A line of the audit: as it was and is; NULL: it is new, or is no more. */
rc party_note(struct ctx *c, const struct convention_row *k, const char *action, const struct party_row *was,
	      const struct party_row *is);

/* Insurance is renewed while the convention goes on. */
rc party_insure_now(struct ctx *c, convention_id id, const struct party_insure *f);

/* The public map may draw it, or may not: an arc needs the yes of both its ends. */
rc party_show_on_map(struct ctx *c, convention_id id, bool shown);

/* The contribution that was called has come. E_CONFLICT "party.nothing_called". */
rc party_paid(struct ctx *c, const struct party_row *p);
/* Loader of :party, which its convention's runner governs; a struct party_row. */
struct loaded;
rc party_loader(struct ctx *c, pubid pub, struct loaded *out);

/* `who` (person, membership and its community) accepts the charter of a version,
 * once; place: signed on the spot there, or 0. Accepting twice is no error:
 * *fresh says that it was the first time. E_DENIED "charter.not_eligible". */
rc charter_accept(struct ctx *c, const struct version_row *v, const struct actor *who, community_id place,
		  bool *fresh);
/* The line of the audit for it, after everything else that locks: in the chain
 * of the place that saw her sign, else in the server's; her organisation reads
 * neither. */
rc charter_note(struct ctx *c, const struct version_row *v, person_id person, community_id place);

/* Totals of the sender's people; hidden below five, also by difference. */
rc people_totals_of(struct ctx *c, const struct convention_row *k, community_id sender, struct people_totals *out);

#endif
