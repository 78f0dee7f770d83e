/* convention_web.h - pages of conventions as texts, parties and signatures. */
#ifndef MAILLAGE_CONVENTION_WEB_H
#define MAILLAGE_CONVENTION_WEB_H

#include "platform/route.h"

route_fn conventions_get, convention_new_get, convention_new_post, terms_get, terms_post, parties_get, parties_post,
	party_propose_post, text_get, party_sign_post, party_refuse_post, party_join_post, party_leave_post, people_get, reminders_post, charter_get,
	charter_post;

route_fn party_sign_prepare, party_join_prepare;

route_fn rights_get, documents_get, amend_post, party_suspend_post, party_resume_post, party_paid_post;

/* What the tabs of a convention stand under. */
struct convention_row;
struct follow_head;
rc convention_head(struct ctx *c, const struct convention_row *k, const char *tab, struct follow_head *h);

/* "contrat CAPE, contrat CESA": the labels of a list of words. */
const char *words_of(struct ctx *c, const struct enumeration *e, const char *list);

rc agreement_loader(struct ctx *c, pubid pub, struct loaded *out);
rc known_loader(struct ctx *c, pubid pub, struct loaded *out);
rc version_loader(struct ctx *c, pubid pub, struct loaded *out);

#endif
