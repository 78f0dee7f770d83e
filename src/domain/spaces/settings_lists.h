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

/* "14,00", for a table. */
void csv_put_money(struct ctx *c, struct csv_writer *w, money m);

#endif
