/* convention_web.h - pages of conventions as texts, parties and signatures. */
#ifndef MAILLAGE_CONVENTION_WEB_H
#define MAILLAGE_CONVENTION_WEB_H

#include "platform/route.h"

route_fn conventions_get, convention_new_get, convention_new_post, terms_get, terms_post, parties_get, parties_post,
	party_propose_post, text_get, party_sign_post, party_refuse_post, party_join_post, party_leave_post, people_get, reminders_post, charter_get,
	charter_post;

rc agreement_loader(struct ctx *c, pubid pub, struct loaded *out);
rc known_loader(struct ctx *c, pubid pub, struct loaded *out);
rc version_loader(struct ctx *c, pubid pub, struct loaded *out);

#endif
