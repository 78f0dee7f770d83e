/* actor.h - who acts on a territory, with what intention, what they can bring, and
 * whom to mobilise for a project at a place. Those of the study came with the
 * program; others are kept by the community that wrote them down. */
#ifndef MAILLAGE_ACTOR_H
#define MAILLAGE_ACTOR_H

#include "base/ctx.h"
#include "observatory/actor_shape.h"

#define ACTORS_PAGE 30

/* All that a search finds. With a project, those who bring something it needs, most
 * needs first; then by priority, then the nearest ground. v: the page, filled but
 * for its addresses and options. An unknown town finds nobody; v->meant tells those like it. */
rc actor_find(struct ctx *c, const struct actor_query *q, struct actors_page *v);
/* The question as an address: PATH?... */
const char *actors_address(struct ctx *c, const char *path, const struct actor_query *q, const char *after);

/* What a project needs: bits of enum actor_help. */
unsigned actor_needs(int project);

/* "locaux, argent" of words with spaces between; only those among `needs` when it is not 0. */
const char *actor_helps_text(struct ctx *c, const char *helps, unsigned needs);
/* "région Nouvelle-Aquitaine". */
const char *actor_here(struct ctx *c, const struct actor_row *row);

/* Inside db_write, for the community acted for.
 *   E_INVALID  territory: actor.no_territory; community: link.no_community */
rc actor_add(struct ctx *c, const struct actor_edit *in, pubid *out);
rc actor_change(struct ctx *c, const struct actor_row *row, const struct actor_edit *in);
rc actor_remove(struct ctx *c, const struct actor_row *row);

/* Load those that ship (data/actors.csv): see shipped.h. */
rc actors_load(struct ctx *c, int64_t *n);

struct loaded;
rc actor_loader(struct ctx *c, pubid pub, struct loaded *out);

#endif
