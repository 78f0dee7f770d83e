/* territory.c - files become rows in lists of a thousand, which costs one
 * statement each; the database is the same for SQLite and PostgreSQL. */
#include "territory/territory.h"

#include <glib.h>
#include <string.h>

#include "base/buf.h"
#include "base/csv.h"
#include "base/fold.h"
#include "base/hash.h"
#include "platform/db.h"
#include "platform/embedded.h"
#include "territory/territory_sql.h"

enum { BATCH = 1000 };

/* Rows on their way into a table. */
typedef rc put_fn(struct ctx *c, const char *rows, int64_t *affected);
struct batch {
	put_fn *put;
	struct buf json;
	int n;
};

static void batch_begin(struct ctx *c, struct batch *b, put_fn *put)
{
	b->put = put;
	b->n = 0;
	buf_init(&b->json, c->mem, 1 << 17);
}

static rc batch_flush(struct ctx *c, struct batch *b)
{
	int64_t affected;
	if (!b->n)
		return OK;
	buf_char(&b->json, ']');
	TRY(b->put(c, b->json.s, &affected));
	b->json.len = 0;
	b->n = 0;
	return OK;
}

static void row_begin(struct batch *b)
{
	buf_str(&b->json, b->n++ ? ",[" : "[[");
}

/* NULL: null. */
static void row_cell(struct batch *b, const char *s)
{
	struct buf *json = &b->json;
	if (json->s[json->len - 1] != '[')
		buf_char(json, ',');
	if (s)
		buf_json(json, s);
	else
		buf_str(json, "null");
}

static rc row_end(struct ctx *c, struct batch *b)
{
	buf_char(&b->json, ']');
	return b->n < BATCH ? OK : batch_flush(c, b);
}

/* ---- what stands in which file, and where it goes ---- */

struct column {
	const char *name;
	enum {
		AS_IS,
		MAYBE,	/* empty is NULL */
		WORD,	/* of an @enum: hyphens become underscores */
		FOLDED, /* fold_place of it */
		DEGREES /* in hundred-thousandths; empty is NULL */
	} how;
};

static const struct source {
	const char *file;
	put_fn *put;
	struct column columns[13];
} sources[] = {
	{ "regions.csv",
	  region_put,
	  { { "code", AS_IS }, { "name", AS_IS }, { "chef_lieu", AS_IS }, { "zone", AS_IS } } },
	{ "departements.csv",
	  departement_put,
	  { { "code", AS_IS },
	    { "name", AS_IS },
	    { "region", AS_IS },
	    { "chef_lieu", AS_IS },
	    { "zone", AS_IS } } },
	{ "arrondissements.csv",
	  arrondissement_put,
	  { { "code", AS_IS }, { "name", AS_IS }, { "departement", AS_IS }, { "chef_lieu", AS_IS } } },
	{ "epci.csv",
	  epci_put,
	  { { "siren", AS_IS },
	    { "name", AS_IS },
	    { "type", AS_IS },
	    { "financing", AS_IS },
	    { "population", MAYBE } } },
	{ "communes.csv",
	  commune_put,
	  { { "insee", AS_IS },
	    { "name", AS_IS },
	    { "name", FOLDED },
	    { "postal_codes", AS_IS },
	    { "lat", DEGREES },
	    { "lon", DEGREES },
	    { "coord_source", MAYBE },
	    { "population", MAYBE },
	    { "departement", AS_IS },
	    { "region", AS_IS },
	    { "epci", MAYBE },
	    { "arrondissement", MAYBE } } },
	{ "communes_anciennes.csv",
	  commune_alias_put,
	  { { "old_code", AS_IS },
	    { "name", AS_IS },
	    { "name", FOLDED },
	    { "type", WORD },
	    { "insee", AS_IS } } },
	{ "communes_renommees.csv",
	  commune_renamed_put,
	  { { "insee", AS_IS }, { "old_name", AS_IS }, { "old_name", FOLDED }, { "until", AS_IS } } },
};
enum { SOURCES = sizeof sources / sizeof *sources, COMMUNES = 4, ALIASES = 5, RENAMED = 6 };

static rc damaged(struct ctx *c, const char *file, size_t line)
{
	return fail_with(c, E_CORRUPT, "territory.data", "file", file, "line", fmt(c, "%zu", line), NULL);
}

/* "-4.9247" is "-492470"; NULL when it is not so. */
static const char *degrees(struct ctx *c, const char *s)
{
	char *end;
	double v = g_ascii_strtod(s, &end);
	if (end == s || *end || v < -180 || v > 180)
		return NULL;
	return fmt(c, "%d", (int)(v * 100000 + (v < 0 ? -0.5 : 0.5)));
}

static rc cell_of(struct ctx *c, const struct column *col, const char *s, const char **out)
{
	*out = s;
	if (!*s) {
		*out = col->how == MAYBE || col->how == DEGREES ? NULL : s;
		return OK;
	}
	if (col->how == FOLDED)
		*out = fold_place(c, s);
	if (col->how == DEGREES)
		*out = degrees(c, s);
	if (col->how == WORD) {
		char *word = fmt(c, "%s", s);
		for (char *p = word; (p = strchr(p, '-'));)
			*p = '_';
		*out = word;
	}
	return *out ? OK : E_CORRUPT;
}

static rc load_rows(struct ctx *c, const struct source *s, const struct csv *t)
{
	struct batch b;
	int at[13], n = 0;
	for (; s->columns[n].name; n++) {
		at[n] = csv_column(t, s->columns[n].name);
		if (at[n] < 0)
			return damaged(c, s->file, 1);
	}
	batch_begin(c, &b, s->put);
	for (size_t i = 0; i < t->n; i++) {
		row_begin(&b);
		for (int k = 0; k < n; k++) {
			const char *cell;
			if (t->rows[i].n != t->header.n ||
			    cell_of(c, &s->columns[k], csv_cell(&t->rows[i], at[k]), &cell) != OK)
				return damaged(c, s->file, t->rows[i].line);
			row_cell(&b, cell);
		}
		TRY(row_end(c, &b));
	}
	return batch_flush(c, &b);
}

/* ---- what communes are looked up by ---- */

static bool is_among(const char *const *words, const char *s, size_t len)
{
	for (; *words; words++)
		if (strlen(*words) == len && memcmp(*words, s, len) == 0)
			return true;
	return false;
}

/* The commune that keys lead to. */
struct target {
	const char *insee, *weight;
};

static rc add_key(struct ctx *c, struct batch *b, const char *key, const char *kind, struct target to)
{
	row_begin(b);
	row_cell(b, key);
	row_cell(b, kind);
	row_cell(b, to.insee);
	row_cell(b, *to.weight ? to.weight : "0");
	return row_end(c, b);
}

/* The whole name, and what begins at each word that says something. A name
 * without its article is still the name: "rochelle" is La Rochelle. */
static rc add_name_keys(struct ctx *c, struct batch *b, const char *name, const char *whole, const char *part,
			struct target to)
{
	static const char *const articles[] = { "l", "le", "la", "les", NULL };
	static const char *const small[] = { "l",  "le", "la", "les", "d",   "de",  "du",   "des",
					     "en", "et", "a",  "au",  "aux", "sur", "sous", NULL };
	const char *folded = fold_place(c, name);
	TRY(add_key(c, b, folded, whole, to));
	bool after_article = is_among(articles, folded, strcspn(folded, " "));
	for (const char *p = folded; (p = strchr(p, ' ')); after_article = false) {
		p++;
		if (!is_among(small, p, strcspn(p, " ")))
			TRY(add_key(c, b, p, after_article ? whole : part, to));
	}
	return OK;
}

static rc add_postal_keys(struct ctx *c, struct batch *b, const char *codes, struct target to)
{
	for (const char *p = codes; *p;) {
		size_t len = strcspn(p, " ");
		TRY(add_key(c, b, fmt(c, "%.*s", (int)len, p), "postal", to));
		p += len + (p[len] == ' ');
	}
	return OK;
}

/* Names that lead to a commune beside its own. */
static rc add_other_names(struct ctx *c, struct batch *b, const struct csv *t, const char *named)
{
	int name = csv_column(t, named), insee = csv_column(t, "insee"), people = csv_column(t, "population");
	for (size_t i = 0; i < t->n; i++) {
		const struct csv_row *r = &t->rows[i];
		struct target to = { csv_cell(r, insee), csv_cell(r, people) };
		TRY(add_name_keys(c, b, csv_cell(r, name), "alias", "alias", to));
	}
	return OK;
}

static rc load_keys(struct ctx *c, const struct csv *communes, const struct csv *aliases,
		    const struct csv *renamed)
{
	struct batch b;
	int64_t affected;
	TRY(commune_keys_clear(c, &affected));
	batch_begin(c, &b, commune_key_put);
	int name = csv_column(communes, "name"), insee = csv_column(communes, "insee");
	int postal = csv_column(communes, "postal_codes"), people = csv_column(communes, "population");
	for (size_t i = 0; i < communes->n; i++) {
		const struct csv_row *r = &communes->rows[i];
		struct target to = { csv_cell(r, insee), csv_cell(r, people) };
		TRY(add_name_keys(c, &b, csv_cell(r, name), "name", "word", to));
		TRY(add_postal_keys(c, &b, csv_cell(r, postal), to));
	}
	TRY(add_other_names(c, &b, aliases, "name"));
	TRY(add_other_names(c, &b, renamed, "old_name"));
	TRY(batch_flush(c, &b));
	TRY(commune_key_measure(c, &affected));
	return commune_measure(c, &affected);
}

/* ---- the whole ---- */

static rc file_find(struct ctx *c, const char *name, const struct embedded **out)
{
	*out = embedded_find(embedded_data, n_embedded_data, name);
	return *out ? OK : damaged(c, name, 0);
}

static rc is_loaded(struct ctx *c, const struct embedded *file, bool *yes)
{
	hash had;
	bool found;
	TRY(data_file_digest(c, file->path, &had, &found));
	*yes = found && hash_eq(had, hash_sha256(file->data, file->len));
	return OK;
}

static rc load_file(struct ctx *c, const struct source *s, const struct embedded *file, struct csv **out)
{
	int64_t affected;
	TRY(csv_read(c, (const char *)file->data, file->len, NULL, out));
	TRY(load_rows(c, s, *out));
	return data_file_put(c, file->path, hash_sha256(file->data, file->len), c->now, &affected);
}

static rc load(struct ctx *c, void *arg)
{
	int64_t *n = arg;
	const struct embedded *files[SOURCES];
	struct csv *tables[SOURCES];
	bool all = true;
	*n = 0;
	for (size_t i = 0; i < SOURCES; i++) {
		bool yes;
		TRY(file_find(c, sources[i].file, &files[i]));
		TRY(is_loaded(c, files[i], &yes));
		all = all && yes;
	}
	if (all)
		return OK;
	for (size_t i = 0; i < SOURCES; i++)
		TRY(load_file(c, &sources[i], files[i], &tables[i]));
	TRY(load_keys(c, tables[COMMUNES], tables[ALIASES], tables[RENAMED]));
	*n = (int64_t)tables[COMMUNES]->n;
	return OK;
}

rc territory_load(struct ctx *c, int64_t *n)
{
	return db_write(c, load, n);
}
