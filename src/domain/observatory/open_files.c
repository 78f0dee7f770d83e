/* open_files.c - the files of open data: which there are, under which licence, of
 * which day, and how one is written whole. */
#include <string.h>

#include "base/civil.h"
#include "observatory/open_data.h"
#include "observatory/open_data_sql.h"
#include "platform/app.h"
#include "platform/config.h"
#include "platform/embedded.h"
#include "platform/i18n.h"

#define NATIONAL_SCHEMA "https://lamednum.coop/schema-de-donnees-des-lieux-de-mediation-numerique-2/"
#define OURS(part)	"/data#" part "-fields"
#define GEOJSON_TYPE	"application/geo+json"
#define CSV_TYPE	"text/csv; charset=utf-8"
#define JSON_TYPE	"application/json"

/* One data set as a table and as a list. */
#define TABLE_AND_LIST(name, schema, title, about, holds, parts, write)                                     \
	{ name ".csv", "/data/" name ".csv", CSV_TYPE, "CSV", schema, title, about, holds,                  \
	  parts,       write##_csv,	     NULL },                                                        \
	{                                                                                                   \
		name ".json", "/data/" name ".json", JSON_TYPE, "JSON", schema, title, about, holds, parts, \
			write##_json, NULL                                                                  \
	}
#define MAP(name, schema, title, about, holds, parts, write, outline)                                     \
	{                                                                                                 \
		name ".geojson", "/data/" name ".geojson", GEOJSON_TYPE, "GeoJSON", schema, title, about, \
			holds, parts, write, outline                                                      \
	}

const struct open_file open_files[] = {
	TABLE_AND_LIST("national-2", NATIONAL_SCHEMA, K("open_data.national_2"),
		       K("open_data.national_2_about"), OPEN_PLACES, OPEN_PROFILE, national_2),
	TABLE_AND_LIST("national-1", NATIONAL_SCHEMA, K("open_data.national_1"),
		       K("open_data.national_1_about"), OPEN_PLACES, OPEN_PROFILE, national_1),
	MAP("communities", OURS("communities"), K("open_data.geojson"), K("open_data.geojson_about"),
	    OPEN_ALL, OPEN_PROFILE | OPEN_SOURCES, geojson_communities, NULL),
	MAP("osm", "https://wiki.openstreetmap.org/wiki/Map_features", K("open_data.osm"),
	    K("open_data.osm_about"), OPEN_LOCATED, OPEN_PROFILE, geojson_osm, NULL),
	{ "murmurations.json", "/data/murmurations.json", JSON_TYPE, "JSON",
	  "https://library.murmurations.network/v2/schemas/organizations_schema-v1.0.0",
	  K("open_data.murmurations"), K("open_data.murmurations_about"), OPEN_ALL, 0, murmurations_list,
	  NULL },
	TABLE_AND_LIST("sources", OURS("sources"), K("open_data.sources"), K("open_data.sources_about"),
		       OPEN_SOURCE_ROWS, OPEN_SOURCES, sources),
	TABLE_AND_LIST("figures", OURS("figures"), K("open_data.figures"), K("open_data.figures_about"),
		       OPEN_FIGURE_ROWS, OPEN_FIGURES, figures),
	TABLE_AND_LIST("links", OURS("links"), K("open_data.links"), K("open_data.links_about"),
		       OPEN_LINK_ROWS, OPEN_LINKS, links),
	TABLE_AND_LIST("prices", OURS("prices"), K("open_data.prices"), K("open_data.prices_about"),
		       OPEN_PRICE_ROWS, OPEN_PRICES, prices),
	{ "communes.csv", "/data/communes.csv", CSV_TYPE, "CSV", OURS("communes"), K("open_data.communes"),
	  K("open_data.communes_about"), OPEN_COMMUNES, 0, NULL, NULL },
	MAP("regions", OURS("outlines"), K("open_data.regions"), K("open_data.regions_about"), OPEN_REGIONS,
	    0, NULL, "outlines/regions.geojson"),
	MAP("departements", OURS("outlines"), K("open_data.departements"), K("open_data.departements_about"),
	    OPEN_DEPARTEMENTS, 0, NULL, "outlines/departements.geojson"),
};
const size_t n_open_files = sizeof open_files / sizeof *open_files;

const struct open_file *open_file_named(const char *name)
{
	for (size_t i = 0; i < n_open_files; i++)
		if (strcmp(open_files[i].name, name) == 0 || strcmp(open_files[i].path, name) == 0)
			return &open_files[i];
	return NULL;
}

/* ---- one, whole ---- */

enum { AT_A_TIME = 250 };

/* A file that is being written, and how far it has come. */
struct writing {
	const struct open_file *file;
	struct buf *out;
	community_id after;
	bool last;
};

static rc write_records(struct ctx *c, void *arg)
{
	struct writing *w = arg;
	struct open_records l;
	TRY(open_records_read(c, w->after, AT_A_TIME, w->file->parts, &l));
	l.first = w->after.v == 0;
	l.last = w->last = l.n < AT_A_TIME;
	w->file->write(c, &l, w->out);
	w->after.v = l.n ? l.items[l.n - 1].row.id.v : w->after.v;
	return OK;
}

rc open_file_write(struct ctx *c, const struct open_file *f, struct buf *out)
{
	struct writing w = { .file = f, .out = out };
	if (f->holds == OPEN_COMMUNES)
		return communes_csv(c, out);
	if (f->outline) {
		const struct embedded *e = embedded_find(embedded_web, n_embedded_web, f->outline);
		if (!e)
			return fail(c, E_NOT_FOUND, "db.not_found");
		buf_add(out, (const char *)e->data, e->len);
		return OK;
	}
	while (!w.last)
		TRY(ctx_apart(c, write_records, &w));
	return OK;
}

/* ---- all of them ---- */

/* What comes from elsewhere, under a licence that is not ours to choose. */
static const struct {
	const char *licence, *url, *edition; /* message keys, but the address; no licence: DATA_LICENCE */
} upstream[] = {
	[OPEN_COMMUNES] = { NULL, DATA_LICENCE_URL, K("open_data.communes_edition") },
	[OPEN_REGIONS] = { K("open_data.public_domain"),
			   "https://www.naturalearthdata.com/about/terms-of-use/",
			   K("open_data.outlines_edition") },
	[OPEN_DEPARTEMENTS] = { K("open_data.public_domain"),
				"https://www.naturalearthdata.com/about/terms-of-use/",
				K("open_data.outlines_edition") },
};

static const char *why_empty(struct ctx *c, enum open_count holds)
{
	static const char *const keys[] = {
		[OPEN_ALL] = K("open_data.empty_all"),
		[OPEN_PLACES] = K("open_data.empty_places"),
		[OPEN_LOCATED] = K("open_data.empty_located"),
		[OPEN_SOURCE_ROWS] = K("open_data.empty_sources"),
		[OPEN_FIGURE_ROWS] = K("open_data.empty_figures"),
		[OPEN_LINK_ROWS] = K("open_data.empty_links"),
		[OPEN_PRICE_ROWS] = K("open_data.empty_prices"),
		[OPEN_COMMUNES] = K("open_data.empty_communes"),
		[OPEN_DEPARTEMENTS] = NULL,
	};
	return keys[holds] ? i18n(c, keys[holds], NULL, 0) : NULL;
}

static int64_t features_of(const char *outline)
{
	const struct embedded *e = embedded_find(embedded_web, n_embedded_web, outline);
	int64_t n = 0;
	for (const char *s = e ? (const char *)e->data : ""; (s = strstr(s, "\"Feature\"")); s++)
		n++;
	return n;
}

static struct data_set *add_set(struct ctx *c, const struct open_file *f, struct data_page *v)
{
	struct data_set *s = &v->items.items[v->items.n++];
	*s = (struct data_set){ .id = talloc_strndup(c->mem, f->name, strcspn(f->name, ".")),
				.name = i18n(c, f->title, NULL, 0),
				.about = i18n(c, f->about, NULL, 0),
				.schema = f->schema,
				.licence = v->licence,
				.licence_url = v->licence_url,
				.updated = { NONE },
				.files.items = new_array(c, struct data_file, n_open_files) };
	if (f->holds >= OPEN_COMMUNES) {
		const char *key = upstream[f->holds].licence;
		s->licence = key ? i18n(c, key, NULL, 0) : DATA_LICENCE;
		s->licence_url = upstream[f->holds].url;
		s->edition = i18n(c, upstream[f->holds].edition, NULL, 0);
	}
	return s;
}

/* The day of a table is that of the records that it is about. */
static instant date_of(const struct open_file *f, const struct open_dates_row *d)
{
	switch (f->holds) {
	case OPEN_PLACES:
	case OPEN_LOCATED:
	case OPEN_PRICE_ROWS: return d->places;
	case OPEN_SOURCE_ROWS: return d->sources;
	default: return f->holds >= OPEN_COMMUNES ? (instant){ NONE } : d->communities;
	}
}

rc open_data_sets(struct ctx *c, struct data_page *v)
{
	const struct config *cfg = c->app->config;
	struct open_counts_row n;
	struct open_dates_row dates;
	struct data_set *s = NULL;
	const char *before = NULL;
	v->licence = cfg && cfg->data_licence ? cfg->data_licence : DATA_LICENCE;
	v->licence_url = cfg && cfg->data_licence_url ? cfg->data_licence_url : DATA_LICENCE_URL;
	v->items.items = new_array(c, struct data_set, n_open_files);
	TRY(open_counts(c, day_at(c->now, NULL), &n));
	TRY(open_dates(c, &dates));
	const int64_t counts[] = { n.communities,
				   n.places,
				   n.located,
				   n.sources,
				   n.figures,
				   n.links,
				   n.prices,
				   n.communes,
				   features_of("outlines/regions.geojson"),
				   features_of("outlines/departements.geojson") };
	for (size_t i = 0; i < n_open_files; before = open_files[i++].title) {
		const struct open_file *f = &open_files[i];
		if (!before || strcmp(before, f->title) != 0) {
			s = add_set(c, f, v);
			s->count = counts[f->holds];
			s->why_empty = s->count ? NULL : why_empty(c, f->holds);
			s->updated = date_of(f, &dates);
		}
		s->files.items[s->files.n++] = (struct data_file){ f->name, f->path, f->format, f->type };
	}
	return open_origins(c, &v->origins);
}
