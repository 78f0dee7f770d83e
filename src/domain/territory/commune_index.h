/* commune_index.h - what communes are looked up by, in memory: sorted texts that
 * lead to towns. Made of the table commune_key once per load of the communes
 * (platform/db_memo.h), with what is shown of each town, so that a search asks the
 * database nothing; about 6 MB. */
#ifndef MAILLAGE_COMMUNE_INDEX_H
#define MAILLAGE_COMMUNE_INDEX_H

#include "base/ctx.h"
#include "territory/commune_index_shape.h"
#include "territory/commune_shape.h"

enum { LONGEST_KEY = 255 };

struct town {
	char insee[6], departement[4];
	uint16_t in;   /* of index.in */
	uint32_t name; /* the key that is its whole name */
	uint32_t printed, postal; /* its name and its postal codes, in `texts` */
	int32_t people, lat_e5, lon_e5; /* INT32_MIN: not known */
};

struct town_key {
	uint32_t text; /* where it begins in `texts` */
	uint32_t town;
	uint32_t people;
	uint8_t kind; /* enum commune_key_kind */
	uint8_t len;
};

struct commune_index {
	const char *texts; /* NUL after each */
	const struct town_key *keys; /* in the order of their texts, byte by byte */
	/* The keys by length, for names with letters wrong: those of n bytes stand from long_as[n] to long_as[n + 1]. */
	const uint32_t *by_length, *letters; /* the key; its edits_letters */
	uint32_t long_as[LONGEST_KEY + 2];
	uint32_t n_keys, n_towns;
	const struct town *towns;
	const struct folded_departement_list *departements;
	const struct town_departement_list *in; /* by code */
};

rc commune_index(struct ctx *c, const struct commune_index **out);

static inline const char *key_text(const struct commune_index *x, uint32_t key)
{
	return x->texts + x->keys[key].text;
}

/* What is shown of a town; lasts as the index does. */
struct commune_card town_card(const struct commune_index *x, uint32_t town);

/* The first key not before a text. */
uint32_t key_from(const struct commune_index *x, const char *text);

/* Of a folded name: "la reunion" is also called reunion. */
const char *without_article(const char *name);

#endif
