#include "observatory/directory.h"

#include <string.h>

#include "base/fold.h"
#include "observatory/directory_sql.h"
#include "people/kinds.h"

enum { WORDS = 3 };

/* The first words of what was typed; "" finds everything. */
static void words_of(struct ctx *c, const char *typed, const char *out[WORDS])
{
	char *rest, *folded = talloc_strdup(c->mem, typed ? fold_place(c, typed) : "");
	char *word = strtok_r(folded, " ", &rest);
	for (int i = 0; i < WORDS; i++) {
		out[i] = word ? word : "";
		word = word ? strtok_r(NULL, " ", &rest) : NULL;
	}
}

static const char *or_empty(const char *s)
{
	return s ? s : "";
}

rc directory_find(struct ctx *c, const struct directory_query *q, int64_t most,
		  struct directory_row_list *out)
{
	const char *w[WORDS];
	words_of(c, q->q, w);
	TRY(directory_search(c, w[0], w[1], w[2], enum_word(&community_kind_words, q->kind),
			     or_empty(q->departement), enum_word(&directory_sort_words, q->sort),
			     or_empty(q->after), most, out));
	for (size_t i = 0; i < out->n; i++) {
		struct directory_row *r = &out->items[i];
		const bool is[] = { r->is_cae,	       r->is_place,   r->is_collective, r->is_network,
				    r->is_public_body, r->is_company, r->is_other };
		struct kind_word_list kinds = kinds_of(c, is);
		r->kinds = kinds_text(c, &kinds);
	}
	return OK;
}

rc directory_total(struct ctx *c, const struct directory_query *q, int64_t *out)
{
	const char *w[WORDS];
	words_of(c, q->q, w);
	return directory_count(c, w[0], w[1], w[2], enum_word(&community_kind_words, q->kind),
			       or_empty(q->departement), out);
}
