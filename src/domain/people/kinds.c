#include "people/kinds.h"
#include "platform/i18n.h"

struct kind_word_list kinds_of(struct ctx *c, const bool is[COMMUNITY_KIND_COUNT])
{
	struct kind_word_list l = { new_array(c, struct kind_word, COMMUNITY_KIND_COUNT), 0 };
	for (int k = 0; k < COMMUNITY_KIND_COUNT; k++)
		if (is[k])
			l.items[l.n++].kind = k;
	return l;
}

const char *kinds_text(struct ctx *c, const struct kind_word_list *kinds)
{
	const char *s = "";
	for (size_t i = 0; i < kinds->n; i++)
		s = fmt(c, "%s%s%s", s, i ? ", " : "",
			i18n_word(c, &community_kind_words, kinds->items[i].kind));
	return s;
}
