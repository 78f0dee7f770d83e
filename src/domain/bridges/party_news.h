/* party_news.h - letters to those whom a convention binds, when one of its parties
 * refuses, leaves, stays after all, comes back, is suspended (the party itself reads why, and what it may do)
 * or is active again, and when all of it ends: what
 * happened, until when rights hold, what is still owed between the reader's
 * community and the other. They go to who runs it and to the signatories of the
 * parties that signed; each person has one. Inside the transaction of the cause. */
#ifndef MAILLAGE_PARTY_NEWS_H
#define MAILLAGE_PARTY_NEWS_H

#include "base/ctx.h"
#include "bridges/terms_shape.h"

enum party_news {
	PARTY_NEWS_LEAVES, PARTY_NEWS_STAYS, PARTY_NEWS_RETURNS, PARTY_NEWS_REFUSES,
	PARTY_NEWS_SUSPENDED, PARTY_NEWS_RESUMED
};

/* Of one party, as it is now. */
rc party_news_tell(struct ctx *c, const struct convention_row *k, const struct party_row *p, enum party_news what);

/* Of the whole convention: its last day is k->to_day; over: that day has passed. */
rc convention_news_tell(struct ctx *c, const struct convention_row *k, bool over);

#endif
