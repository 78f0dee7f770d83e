/* open_data.h - what is public of communities, whole, and the files that are
 * made from it. A file is the same for every reader, byte for byte, until a
 * public record changes. Nothing is invented to fill a field: what is not
 * known is left out. Inside a snapshot. */
#ifndef MAILLAGE_OPEN_DATA_H
#define MAILLAGE_OPEN_DATA_H

#include <jansson.h>

#include "base/buf.h"
#include "observatory/arrival_shape.h"
#include "observatory/open_data_shape.h"
#include "people/typology.h"

struct open_record {
	struct open_row row;
	struct code_set typologies[TYPOLOGY_VOCABULARY_COUNT], features;
	const char **urls; /* beside its website */
	size_t n_urls;
	const struct open_membership *memberships;
	size_t n_memberships;
	const struct open_source *sources;
	size_t n_sources;
	const char *facts[ARRIVAL_FIELD_COUNT]; /* what sources say beside its columns; lists with | between */
};
enum open_part { OPEN_PROFILE = 1, OPEN_SOURCES = 2, OPEN_FIGURES = 4, OPEN_LINKS = 8, OPEN_PRICES = 16 };
/* Some of them, in the order in which they came to be. */
struct open_records {
	struct open_record *items;
	size_t n;
	bool first, last; /* nothing came before, nothing comes after */
	struct open_source_list sources;
	struct open_figure_list figures;
	struct open_link_list links;
	struct open_price_list prices;
};

/* One, whole. */
rc open_record_read(struct ctx *c, community_id id, struct open_records *out);
/* The next `most` communities after one, with the parts that are asked for. */
rc open_records_read(struct ctx *c, community_id after, int64_t most, unsigned parts, struct open_records *out);
/* When its public record was last written or confirmed. */
instant open_changed(const struct open_row *r);
/* The day of its record: the one its source gives, when nobody has written to it since it arrived. */
day open_day(const struct open_row *r);
/* The postal code, when it is certain: a source says it, the commune has one only, or the address has it. NULL: it is not. */
const char *open_postal_code(struct ctx *c, const struct open_record *record);
/* Its page here; NULL when the site has no public address. */
const char *open_page(struct ctx *c, const struct open_row *r);

/* ---- the files ---- */

/* Adds some records to a file, after those before: with `first` its head, with `last` its end. */
typedef void open_writer(struct ctx *c, const struct open_records *l, struct buf *out);
enum open_count {
	OPEN_ALL, OPEN_PLACES, OPEN_LOCATED, OPEN_SOURCE_ROWS, OPEN_FIGURE_ROWS, OPEN_LINK_ROWS, OPEN_PRICE_ROWS,
	OPEN_COMMUNES, OPEN_REGIONS, OPEN_DEPARTEMENTS
};
struct open_file {
	const char *name;    /* of the command: "national-2.csv" */
	const char *path;    /* "/data/national-2.csv" */
	const char *type;
	const char *format;  /* "CSV" */
	const char *schema;  /* where its fields are told */
	const char *title, *about; /* message keys; files of one title hold the same */
	enum open_count holds;
	unsigned parts;
	open_writer *write;
	const char *outline; /* or: one of our outlines, as it is */
};
extern const struct open_file open_files[];
extern const size_t n_open_files;
/* By name or by path; NULL: none. */
const struct open_file *open_file_named(const char *name);
/* The whole file. Records are read and written some at a time, and forgotten: what stays is the file. */
rc open_file_write(struct ctx *c, const struct open_file *f, struct buf *out);
/* Every data set: its licence, date, number of records, files. */
rc open_data_sets(struct ctx *c, struct data_page *v);
/* The same as a catalogue: DCAT in JSON-LD. */
void open_catalog(struct ctx *c, const struct data_page *v, struct buf *out);
/* In French, whoever asks: the same bytes for all. */
rc open_catalog_write(struct ctx *c, struct buf *out);

/* One that receives, and has not closed: what lists of places are about. */
bool open_is_place(const struct open_row *p);

/* Places in the national schema "lieux de médiation numérique". */
open_writer national_2_csv, national_2_json, national_1_csv, national_1_json;
/* A list of it in the words of a version, its separator between; NULL: nothing is said. */
const char *national_list(struct ctx *c, const struct open_record *r, int field, char separator);
/* RFC 7946: every community, those of unknown position with a null geometry;
 * and places of known position with the tags of OpenStreetMap. */
open_writer geojson_communities, geojson_osm;
/* Addresses of the profiles that an index of Murmurations may fetch. */
open_writer murmurations_list;
/* The profile of one, by organizations_schema-v1.0.0. */
void murmurations_profile(struct ctx *c, const struct open_record *r, struct buf *out);

/* Tables: who said what, figures of years, links, prices, communes. */
open_writer sources_csv, sources_json, figures_csv, figures_json, links_csv, links_json, prices_csv, prices_json;
rc communes_csv(struct ctx *c, struct buf *out);

/* A list of JSON that is written in several times: `head` ends with its bracket. Items are taken. */
void open_list_begin(struct buf *out, const struct open_records *l, const char *head);
void open_list_item(struct buf *out, json_t *o);
void open_list_end(struct buf *out, const struct open_records *l, const char *tail);

/* JSON in the buffer, with an end of line; `o` is taken. Set a name only to
 * what is known; a list only when it is not empty. */
void open_json(struct buf *out, json_t *o);
void open_set(json_t *o, const char *name, const char *value);
void open_set_list(json_t *o, const char *name, json_t *list);
json_t *open_degrees(int64_t e5);

#endif
