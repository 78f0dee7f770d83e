/* arrival.h - places that arrive from elsewhere, before anything is believed.
 * A reader makes arrivals of the bytes of a file: what the source wrote, field
 * by field, unchecked and unchanged. Checking, finding who is here already,
 * deciding and writing are import_*.h, the same for every format.
 *
 * A reader is pure: no database, no clock; the same bytes give the same
 * arrivals. It runs on the thread of the jobs, or in a command. */
#ifndef MAILLAGE_ARRIVAL_H
#define MAILLAGE_ARRIVAL_H

#include "base/ctx.h"
#include "observatory/arrival_shape.h"

#define ARRIVALS_MOST 50000

struct arrival {
	size_t line;	 /* of the file, or the number of the item, from 1 */
	const char *key; /* what the source calls it; NULL: nothing, or nothing that lasts */
	const char *said[ARRIVAL_FIELD_COUNT]; /* as written there; NULL: it says nothing */
};

/* Why something of a row cannot be taken. */
struct arrival_problem {
	size_t line;
	const char *column; /* as the file calls it */
	const char *value;  /* what stands there, or "" */
	const char *key;    /* message, with {value}; marked with K() */
	bool left_out;	    /* only this is not taken: the rest of the row is */
};

struct arrivals {
	struct ctx *c;
	TALLOC_CTX *mem; /* of the lists */
	struct arrival *items;
	size_t n;
	struct arrival_problem *problems;
	size_t n_problems;
	const char *columns[ARRIVAL_FIELD_COUNT]; /* what the file calls a field; NULL: its word here */
	struct { size_t items, problems; } room;
};

void arrivals_init(struct arrivals *l, struct ctx *c);
/* One more, saying nothing yet; valid until the next is added. E_TOO_LARGE "import.too_many_rows". */
rc arrival_add(struct arrivals *l, size_t line, struct arrival **out);
/* Keep a text when it says something, without the blanks around. */
void arrival_say(struct arrivals *l, struct arrival *a, int field, const char *text);
void arrival_blame(struct arrivals *l, size_t line, const char *column, const char *value, const char *key);

/* Read a whole file. `plan` is what import_start said of it, or NULL.
 *   E_INVALID  it is no file of that format (with a key that says why); single
 *              rows that cannot be read are problems instead */
typedef rc arrival_reader(struct ctx *c, octets file, const char *plan, struct arrivals *out);
/* By enum import_format; NULL: none. The rows of arrival_readers.def. */
arrival_reader *arrival_reader_of(int format);

/* ---- handing a file over ---- */

/* May a source be called so? Letters of any language, digits, blanks and - _ . */
bool import_label_ok(const char *label);

struct import_start {
	const char *label;   /* the source, short: "hinaura", "osm" */
	const char *licence; /* or NULL */
	const char *filename;
	const char *plan;
	int format;
	octets file;
	person_id person;	/* who handed it over, and for whom; 0: who acts now */
	community_id community;
	bool offered;		/* for the network that one acts for; an operator decides it */
};

/* The file is kept and will be read in the background; its page is
 * /operator/imports/PUB. Inside db_write.
 *   E_INVALID  "import.bad_label" (field source), "import.empty_file" (field file) */
rc import_run_start(struct ctx *c, const struct import_start *s, pubid *out);

#endif
