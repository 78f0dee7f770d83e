/* settings_lists.h - the lists of a place's settings, as they are looked through, and as files.
 * A query that is NULL asks for nothing: a page shown again after a form of another kind. */
#ifndef MAILLAGE_SETTINGS_LISTS_H
#define MAILLAGE_SETTINGS_LISTS_H

#include "base/csv.h"
#include "spaces/settings_web.h"

/* What is found goes to v->spaces, v->tariffs, v->closures, v->offers; what was asked to v->asked. */
rc find_spaces(struct ctx *c, const struct host_place *h, const struct space_query *f, struct host_settings *v);
rc find_tariffs(struct ctx *c, const struct host_place *h, const struct tariffs_query *f, struct host_settings *v);
rc find_closures(struct ctx *c, const struct host_place *h, const struct closures_query *f, struct host_settings *v);
rc find_offers(struct ctx *c, const struct host_place *h, const struct offers_query *f, struct host_settings *v);

/* Those of a page, from `after` on, of the *n that were found: how many come before it. v->next is where the
 * next one begins, at `path` with what was asked. */
size_t settings_page(struct ctx *c, struct host_settings *v, const char *path, int64_t after, size_t *n);

/* "14,00", for a table. */
void csv_put_money(struct ctx *c, struct csv_writer *w, money m);

#endif
