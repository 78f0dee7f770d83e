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
	const char *facts[ARRIVAL_FIELD_COUNT]; /* what sources say beside its columns; lists with | between */
};
struct open_records {
	struct open_record *items; /* in the order in which they came to be */
	size_t n;
};

/* All communities, or one. */
rc open_records_read(struct ctx *c, community_id only, struct open_records *out);
/* When its public record was last written or confirmed. */
instant open_changed(const struct open_row *r);
/* The day of its record: the one its source gives, when nobody has written to it since it arrived. */
day open_day(const struct open_row *r);
/* The postal code, when it is certain: a source says it, the commune has one only, or the address has it. NULL: it is not. */
const char *open_postal_code(struct ctx *c, const struct open_record *record);
/* Its page here; NULL when the site has no public address. */
const char *open_page(struct ctx *c, const struct open_row *r);

/* ---- the files ---- */

typedef void open_writer(struct ctx *c, const struct open_records *l, struct buf *out);
struct open_file {
	const char *name;    /* of the command: "national-2.csv" */
	const char *path;    /* "/data/national-2.csv" */
	const char *type;
	const char *format;  /* "CSV" */
	const char *schema;  /* where its fields are told */
	const char *title, *about; /* message keys */
	enum { OPEN_ALL, OPEN_PLACES, OPEN_LOCATED } holds;
	open_writer *write;
};
extern const struct open_file open_files[];
extern const size_t n_open_files;
/* By name or by path; NULL: none. */
const struct open_file *open_file_named(const char *name);

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

/* JSON in the buffer, with an end of line; `o` is taken. Set a name only to
 * what is known; a list only when it is not empty. */
void open_json(struct buf *out, json_t *o);
void open_set(json_t *o, const char *name, const char *value);
void open_set_list(json_t *o, const char *name, json_t *list);
json_t *open_degrees(int64_t e5);

#endif
