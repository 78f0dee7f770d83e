/* fiche.h - technical sheets: what somebody tried, told so that others can do it
 * again. Anybody reads those that are published. A community's managers write
 * its own; those of the study came with the program and are nobody's. A
 * community with something to tell can be asked for one by another. */
#ifndef MAILLAGE_FICHE_H
#define MAILLAGE_FICHE_H

#include "base/buf.h"
#include "base/ctx.h"
#include "observatory/fiche_shape.h"

#define FICHES_PAGE 20
#define FICHES_ALL  10000

/* Published ones that hold all words of q (three at most), by title. */
rc fiche_find(struct ctx *c, const struct fiche_query *q, int64_t most, struct fiche_line_list *out);
rc fiche_total(struct ctx *c, const struct fiche_query *q, int64_t *n);

/* What a page shows: its parts that hold something, who takes part. */
rc fiche_view(struct ctx *c, const struct fiche_row *row, struct fiche_page *v);
/* On paper. E_BUSY, E_INTERNAL: see platform/document.h. */
rc fiche_print(struct ctx *c, const struct fiche_row *row, struct buf *out);

/* Inside db_write, as who acts: a draft of the community acted for; what it
 * says; shown to everybody; taken away again.
 *   E_INVALID   commune: fiche.no_commune; fiche.too_many_members
 *   E_CONFLICT  fiche.nothing_said: nothing is written yet */
rc fiche_begin(struct ctx *c, const struct fiche_edit *in, pubid *out);
rc fiche_change(struct ctx *c, const struct fiche_row *row, const struct fiche_edit *in);
rc fiche_publish(struct ctx *c, const struct fiche_row *row);
rc fiche_withdraw(struct ctx *c, const struct fiche_row *row);

/* Ask a community for one: it waits among its own, its managers get a letter.
 *   E_INVALID  name: link.no_community, link.which_community; fiche.itself */
rc fiche_request(struct ctx *c, const struct fiche_ask *in, pubid *out);

/* Names, one a line. */
const char *fiche_members_text(struct ctx *c, const struct fiche_member_list *l);

/* Load those that ship (data/fiches.csv), all or nothing; *n: how many were
 * written, 0 when this very file is loaded. E_CORRUPT "territory.data". */
rc fiches_load(struct ctx *c, int64_t *n);

struct loaded;
rc fiche_loader(struct ctx *c, pubid pub, struct loaded *out);

#endif
