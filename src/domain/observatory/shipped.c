#include "observatory/shipped.h"

#include "base/hash.h"
#include "observatory/actor.h"
#include "observatory/fiche.h"
#include "observatory/printed.h"
#include "platform/db.h"
#include "platform/embedded.h"
#include "territory/territory_sql.h"

struct job {
	const char *name;
	shipped_put *put;
	int64_t n;
};

static rc load(struct ctx *c, void *arg)
{
	struct job *j = arg;
	const struct embedded *file = embedded_find(embedded_data, n_embedded_data, j->name);
	struct csv *t;
	hash had;
	bool found;
	j->n = 0;
	if (!file)
		return fail_with(c, E_CORRUPT, "territory.data", "file", j->name, "line", "0", NULL);
	hash now = hash_sha256(file->data, file->len);
	TRY(data_file_digest(c, j->name, &had, &found));
	if (found && hash_eq(had, now))
		return OK;
	TRY(csv_read(c, (const char *)file->data, file->len, NULL, &t));
	for (size_t i = 0; i < t->n; i++)
		TRY(j->put(c, t, &t->rows[i]));
	j->n = (int64_t)t->n;
	return data_file_put(c, j->name, now, c->now, NULL);
}

rc shipped_load(struct ctx *c, const char *name, shipped_put *put, int64_t *n)
{
	struct job j = { name, put, 0 };
	TRY(db_write(c, load, &j));
	*n = j.n;
	return OK;
}

rc shipped_load_all(struct ctx *c)
{
	int64_t n;
	TRY(printed_load(c));
	TRY(fiches_load(c, &n));
	return actors_load(c, &n);
}
