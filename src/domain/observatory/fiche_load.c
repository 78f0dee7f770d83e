/* The sheets of the study, as they ship: facts of it, in our words. */
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/fold.h"
#include "base/pubid.h"
#include "observatory/fiche.h"
#include "observatory/fiche_sql.h"
#include "observatory/shipped.h"

static const char *filled(const char *cell)
{
	return *cell ? cell : NULL;
}

static rc put_members(struct ctx *c, fiche_id fiche, const char *names)
{
	int64_t rank = 0;
	char *rest, *all = talloc_strdup(c->mem, names);
	TRY(fiche_members_clear(c, fiche, NULL));
	for (char *name = strtok_r(all, "|", &rest); name; name = strtok_r(NULL, "|", &rest))
		TRY(fiche_member_put(c, fiche, ++rank, name, fold(c, name), NULL));
	return OK;
}

static rc put(struct ctx *c, const struct csv *t, const struct csv_row *r)
{
	static const char *const names[] = { "key",	    "title",   "insee",	   "year",
					     "description", "stakes",  "benefits", "difficulties",
					     "lessons",	    "targets", "partners", "communities" };
	const char *v[12];
	pubid pub;
	fiche_id id;
	for (size_t i = 0; i < 12; i++)
		v[i] = csv_cell(r, csv_column(t, names[i]));
	pubid_new(&pub);
	TRY(fiche_ship(c, pub, fmt(c, "study-2018:%s", v[0]), v[1], fold(c, fmt(c, "%s %s", v[1], v[4])),
		       filled(v[2]), *v[3] ? atoll(v[3]) : NONE, v[4], filled(v[5]), filled(v[6]),
		       filled(v[7]), filled(v[8]), filled(v[9]), filled(v[10]), c->now, &id));
	return put_members(c, id, v[11]);
}

rc fiches_load(struct ctx *c, int64_t *n)
{
	return shipped_load(c, "fiches.csv", put, n);
}
