/* arrival_fuzz.h - any bytes to a reader of places; what it reads is checked,
 * and what is checked is right when it is checked again. */
#ifndef MAILLAGE_ARRIVAL_FUZZ_H
#define MAILLAGE_ARRIVAL_FUZZ_H

#include <stdlib.h>
#include <string.h>

#include "observatory/arrival_check.h"

static inline void arrival_again(struct arrivals *l, const struct record *r)
{
	struct arrival a = { .line = 1 };
	struct record back;
	bool bad;
	size_t before = l->n_problems;
	memcpy(a.said, r->is, sizeof a.said);
	arrival_check_fields(l, &a, true, &back, &bad);
	if (l->n_problems != before)
		abort();
	for (int f = 0; f < ARRIVAL_FIELD_COUNT; f++)
		if (!r->is[f] != !back.is[f] || (r->is[f] && strcmp(r->is[f], back.is[f]) != 0))
			abort();
}

static inline void arrival_fuzz(int format, const uint8_t *data, size_t size)
{
	struct ctx c = { .mem = talloc_new(NULL) };
	struct arrivals l;
	arrivals_init(&l, &c);
	if (arrival_reader_of(format)(&c, (octets){ (const char *)data, size }, NULL, &l) == OK)
		for (size_t i = 0; i < l.n; i++) {
			struct record r;
			bool bad;
			for (int f = 0; f < ARRIVAL_FIELD_COUNT; f++)
				if (l.items[i].said[f] && !*l.items[i].said[f])
					abort();
			arrival_check_fields(&l, &l.items[i], format == IMPORT_FORMAT_NATIONAL, &r, &bad);
			if (!bad && r.is[ARRIVAL_FIELD_NAME])
				arrival_again(&l, &r);
		}
	talloc_free(c.mem);
}

#endif
