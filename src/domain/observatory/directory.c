#include "observatory/directory.h"

#include <string.h>

#include "base/fold.h"
#include "base/words.h"
#include "observatory/directory_sql.h"
#include "people/kinds.h"

enum { WORDS = 3 };

static const char *or_empty(const char *s)
{
	return s ? s : "";
}

rc directory_find(struct ctx *c, const struct directory_query *q, int64_t most,
		  struct directory_row_list *out)
{
	const char *w[WORDS];
	words_first(c, q->q ? fold_place(c, q->q) : "", w, WORDS);
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
	words_first(c, q->q ? fold_place(c, q->q) : "", w, WORDS);
	return directory_count(c, w[0], w[1], w[2], enum_word(&community_kind_words, q->kind),
			       or_empty(q->departement), out);
}
