/* visits.h - when sessions and API tokens were last used, without a write per
 * read: what is older than an hour is noted in memory and written by a job.
 * What a crash forgets is an hour of "last seen". */
#ifndef MAILLAGE_VISITS_H
#define MAILLAGE_VISITS_H

#include "base/ctx.h"

struct visits;
struct visits *visits_new(void);
void visits_free(struct visits *v);

/* Any thread. `seen` is what the database says. */
void visit_session(struct ctx *c, session_id session, instant seen);
void visit_token(struct ctx *c, token_id token, instant seen);

/* From then on a session last seen at that time is noted. */
instant visit_due(instant seen);

/* Job: write them; a session lasts SESSION_SECONDS from its last use. */
rc visits_write(struct ctx *c);

#endif
