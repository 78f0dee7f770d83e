/* role_words.h - the roles of a membership in words. */
#ifndef MAILLAGE_ROLE_WORDS_H
#define MAILLAGE_ROLE_WORDS_H

#include "platform/out.h"

/* "animation, gestion"; "membre" when there is none. For {{call}}. */
void ui_roles(struct out *o, int64_t roles);
const char *role_words(struct ctx *c, int64_t roles);

#endif
