/* catalogue.h - everything public that can be searched, in memory: a record for
 * each community, the words that lead to it, where it is. Made of the database
 * and made again when that has moved (platform/db_memo.h); about a quarter
 * of a kilobyte for each community. Pure but for catalogue(). */
#ifndef MAILLAGE_CATALOGUE_H
#define MAILLAGE_CATALOGUE_H

#include "base/ctx.h"
#include "observatory/catalogue_shape.h"
#include "spaces/opening.h"

/* A value of a facet, by one number: tag_of(c, SEARCH_FACET_KIND, "place"). */
typedef uint16_t tag;
#define TAG_NONE UINT16_MAX

struct record {
	community_id id;
	pubid pub;
	const char *name, *folded, *initials, *activities, *city, *departement;
	int32_t lat_e5, lon_e5; /* INT32_MIN: nobody knows */
	int32_t year;		/* 0: nobody knows */
	int32_t links;
	int32_t confirmed;	/* the day that a steward last said: this page is right; 0: never */
	int64_t created_at;
	uint32_t tags;	       /* where its own begin in catalogue.tags ... */
	uint8_t n_tags;	       /* ... and how many; in order */
	uint8_t kinds;	       /* a bit for each enum community_kind */
	int8_t dominant;       /* enum place_dominant, or -1 */
	bool closed;	       /* no more: found among communities, not among places */
	bool bookable;	       /* has spaces and has said how it receives */
	uint8_t holidays;      /* enum holiday_territory */
	bool holidays_off;
	const char *zone;	     /* NULL: it has not said how it receives */
	const struct opening *hours; /* or NULL */
};

/* A stem, and the records that have it: each number shifted by two, its weight below. */
struct term {
	uint32_t text, first, n;
};
enum term_weight { IN_REST = 1, IN_TOWN = 2, IN_NAME = 3 };

/* A stem in the name of a value. */
struct label {
	const char *stem;
	tag value;
};

struct label_list {
	const struct label *items; /* by their texts */
	size_t n;
};

struct catalogue {
	const struct record *at; /* by name */
	uint32_t n;
	const tag *tags;
	tag facet[SEARCH_FACET_COUNT + 1]; /* the first tag of each, and the number of all */
	const uint8_t *facets;		     /* of each tag, its facet */
	const struct catalogue_area *areas;  /* the names of values that the database names, by facet and code */
	uint32_t area[SEARCH_FACET_COUNT + 1]; /* where those of a facet begin; none: the words of an enumeration */
	struct labels *labels; /* see catalogue_labels() */
	const struct term *terms; /* by their texts, byte by byte */
	uint32_t n_terms;
	const char *texts;
	const uint32_t *postings;
	/* Those who are somewhere, by the cell of a grid that they are in. */
	const uint32_t *cells; /* a number of cell for each, ascending */
	const uint32_t *in;    /* the record */
	uint32_t n_in;
};

/* Inside a snapshot; lasts as long as c->mem. */
rc catalogue(struct ctx *c, const struct catalogue **out);

/* The stems of the names of values, in both languages: made when somebody first
 * looks for words. Any thread. */
const struct label_list *catalogue_labels(struct ctx *c, const struct catalogue *x);

/* Job, for PostgreSQL: each transaction that changed what is searched left a line;
 * those that have ended become one, and no change is missed by who looks meanwhile. */
rc catalogue_fold(struct ctx *c);

/* TAG_NONE: there is no such value. */
tag tag_of(const struct catalogue *x, enum search_facet f, const char *value);
/* The facet of a tag, its word, and its name in the reader's language. */
static inline enum search_facet facet_of(const struct catalogue *x, tag t)
{
	return (enum search_facet)x->facets[t];
}
const char *tag_value(const struct catalogue *x, tag t);
const char *tag_name(struct ctx *c, const struct catalogue *x, tag t);

/* The kind it is shown as: the first of its own. */
int record_kind(const struct record *r);

/* A word as it is found whatever its ending: plural and feminine taken off a
 * folded word, in place. */
void stem(char *word);
/* "de", "la", "et": words that are everywhere and say nothing. */
bool is_small_word(const char *word);
static inline const char *term_text(const struct catalogue *x, uint32_t term)
{
	return x->texts + x->terms[term].text;
}
/* The first term not before a text. */
uint32_t term_from(const struct catalogue *x, const char *text);

/* One near enough, and how far, in metres. */
struct neighbour {
	uint32_t record;
	float metres;
};
struct neighbours {
	struct neighbour *at;
	size_t n;
};
/* All within km of a point, in no order. */
struct neighbours catalogue_around(struct ctx *c, const struct catalogue *x, int64_t lat_e5, int64_t lon_e5, double km);
/* The `most` nearest, nearest first; those of the same distance by their number. */
struct neighbours catalogue_nearest(struct ctx *c, const struct catalogue *x, int64_t lat_e5, int64_t lon_e5, size_t most);

#endif
