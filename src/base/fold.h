/* fold.h - text as it is searched and sorted: "L'Œuvre à  Bâgé-la-Ville" is
 * "l oeuvre a bage la ville". Letters and digits in lower case without marks
 * (œ is oe, æ is ae, ß is ss), single spaces for everything else, none at the
 * ends. Folding what is folded changes nothing. */
#ifndef MAILLAGE_FOLD_H
#define MAILLAGE_FOLD_H

#include "base/ctx.h"

/* In c->mem. Bytes that are not UTF-8 count as spaces. */
const char *fold(struct ctx *c, const char *s);
/* The same for names of towns: the words st, ste, sts, stes are written out
 * (saint, sainte, saints, saintes), which is how INSEE writes them. */
const char *fold_place(struct ctx *c, const char *s);

#endif
