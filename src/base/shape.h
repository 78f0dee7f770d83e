/* shape.h - the description of a struct: its fields, their types and where
 * they lie. Shapes are declared in .shape files and made into C by
 * tools/shapegen; one description serves the database (rows), JSON (answers
 * and bodies), forms (parsing and bounds) and the OpenAPI document. */
#ifndef MAILLAGE_SHAPE_H
#define MAILLAGE_SHAPE_H

#include <stddef.h>
#include <stdint.h>

#include "base/types.h"

/* A closed list of words, kept as text in the database and as its index in C. */
struct enumeration {
	const char *name;
	const char *const *words;
	size_t n;
};

enum field_type {	      /* C type of the member */
		  F_BOOL,     /* bool */
		  F_INT,      /* int64_t */
		  F_TEXT,     /* const char *, UTF-8 */
		  F_HTML,     /* html */
		  F_PUBID,    /* pubid; s[0] == 0 is none */
		  F_INSTANT,  /* instant */
		  F_DAY,      /* day */
		  F_MINUTE,   /* minute */
		  F_MONEY,    /* money */
		  F_QUANTITY, /* quantity */
		  F_HASH,     /* hash */
		  F_JSON,     /* const char *, a JSON text */
		  F_OCTETS,   /* octets; never in what JSON answers */
		  F_ID,	      /* any *_id: 0 is none; never in JSON */
		  F_ENUM,     /* int; -1 is none */
		  F_SHAPE,    /* a struct by value */
		  F_LIST      /* struct NAME_list { struct NAME *items; size_t n; } */
};

enum field_flag {
	FF_NULL = 1,	 /* may be absent */
	FF_REQUIRED = 2, /* forms: an empty value is refused */
	FF_PRIVATE = 4,	 /* never in JSON */
	FF_EMAIL = 8,	 /* forms: format */
	FF_URL = 16,
	FF_SIREN = 32,
	FF_PASSWORD = 64, /* forms: never shown again */
	FF_LINES = 128	  /* forms: may hold line breaks */
};

struct field {
	const char *name;
	enum field_type type;
	unsigned flags;
	size_t offset;
	const struct enumeration *words; /* F_ENUM */
	const struct shape *shape;	 /* F_SHAPE, F_LIST */
	int64_t min, max;		 /* forms: value, or length: of text in characters, of octets in bytes */
};

struct shape {
	const char *name;
	size_t size;
	size_t n;
	const struct field *fields;
};

/* Any list of a shape has this layout. */
struct any_list {
	void *items;
	size_t n;
};

/* The index of a word, or -1. */
int enum_find(const struct enumeration *e, const char *word);
/* The word of an index; "" when it has none. */
const char *enum_word(const struct enumeration *e, int index);
/* The field of that name, or NULL. */
const struct field *shape_field(const struct shape *s, const char *name);

#endif
