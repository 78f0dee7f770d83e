/* import_alike.h - how alike two records are: their names, where they stand,
 * what they share. */
#ifndef MAILLAGE_IMPORT_ALIKE_H
#define MAILLAGE_IMPORT_ALIKE_H

#include "base/ctx.h"
#include "observatory/import_shape.h"

/* The pairs of letters of a folded name, in order. */
#define NAME_PAIRS_MOST 60
struct name_pairs {
	uint16_t at[NAME_PAIRS_MOST];
	size_t n;
};
void alike_name(struct ctx *c, const char *folded, struct name_pairs *out);
/* Thousandths: the pairs that they share, without the words that many names share. */
int64_t alike_names(const struct name_pairs *a, const struct name_pairs *b);

/* The same of two names as they are written. */
int64_t name_likeness(struct ctx *c, const char *one, const char *other);

/* Beyond this two of a position of their own are not near; twice this where one stands in for its town. */
#define ALIKE_NEAR_M 5000
/* With names less alike than this nothing but the SIRET makes two one. */
#define ALIKE_LEAST_NAME 300

/* Neither town, département nor position is known. */
bool is_nowhere(const struct match_row *r);
/* Thousandths, of how likely it is that they are one; `alike`: their names. */
int64_t alike_score(const struct match_row *a, const struct match_row *b, int64_t alike);
/* Why: words with a number, | between. */
const char *alike_reasons(struct ctx *c, const struct match_row *a, const struct match_row *b, int64_t alike);

#endif
