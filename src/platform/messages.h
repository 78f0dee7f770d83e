/* messages.h - the table that tools/pogen writes from po/. */
#ifndef MAILLAGE_MESSAGES_H
#define MAILLAGE_MESSAGES_H

#include "base/ctx.h"

struct message {
	const char *key;
	/* The sentence for one and for many; NULL for many: the same for all. */
	struct {
		const char *one, *many;
	} lang[LANG_COUNT];
};

extern const struct message messages[]; /* sorted by key, bytewise */
extern const size_t n_messages;

#endif
