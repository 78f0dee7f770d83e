#include "observatory/finder_words.h"

#include <string.h>

#include "base/edits.h"
#include "base/fold.h"

enum { WORDS = 8, ONE_WRONG = 4, TWO_WRONG = 8, WHOLE_NAME = 16 };

/* What has been found so far: how many words each record has, what they weigh. */
struct tally {
	const struct catalogue *x;
	uint8_t *words, *score;
	uint8_t *now; /* of the word that is looked at */
};

static void count(struct tally *t, uint32_t term, bool whole, uint8_t word)
{
	const struct term *k = &t->x->terms[term];
	for (uint32_t i = k->first; i < k->first + k->n; i++) {
		uint32_t record = t->x->postings[i] >> 2;
		uint8_t weight = (uint8_t)((t->x->postings[i] & 3) * 2 + (whole ? 1 : 0));
		if (t->words[record] != word && t->words[record] + 1 != word)
			continue;
		t->words[record] = word;
		t->now[record] = weight > t->now[record] ? weight : t->now[record];
	}
}

static bool by_beginning(struct tally *t, const char *stemmed, uint8_t word)
{
	size_t len = strlen(stemmed);
	bool any = false;
	for (uint32_t i = term_from(t->x, stemmed); i < t->x->n_terms; i++) {
		const char *text = term_text(t->x, i);
		if (strncmp(text, stemmed, len) != 0)
			break;
		if (len > 1 || !text[len])
			count(t, i, !text[len], word);
		any = true;
	}
	return any;
}

static void by_wrong_letters(struct tally *t, const char *stemmed, uint8_t word)
{
	struct edits e;
	size_t len = strlen(stemmed);
	int most = len >= TWO_WRONG ? 2 : len >= ONE_WRONG ? 1 : 0;
	if (most == 0)
		return;
	edits_prepare(&e, stemmed);
	for (uint32_t i = 0; i < t->x->n_terms; i++) {
		const char *text = term_text(t->x, i);
		size_t n = strlen(text);
		if (n + 2 >= len && n <= len + 2 && edits_to(&e, text, n, NULL) <= most)
			count(t, i, false, word);
	}
}

static void one_word(struct tally *t, char *typed, uint8_t word)
{
	memset(t->now, 0, t->x->n);
	stem(typed);
	if (!by_beginning(t, typed, word))
		by_wrong_letters(t, typed, word);
	for (uint32_t i = 0; i < t->x->n; i++)
		t->score[i] = (uint8_t)(t->score[i] + t->now[i]);
}

const uint8_t *finder_words(struct ctx *c, const struct catalogue *x, const char *typed)
{
	const char *whole = typed ? fold_place(c, typed) : "";
	char *rest, *copy = talloc_strdup(c->mem, whole);
	struct tally t = { x, talloc_zero_size(c->mem, x->n + 1), talloc_zero_size(c->mem, x->n + 1),
			   talloc_zero_size(c->mem, x->n + 1) };
	uint8_t n = 0;
	for (char *w = strtok_r(copy, " ", &rest); w && n < WORDS; w = strtok_r(NULL, " ", &rest))
		one_word(&t, w, ++n);
	if (n == 0)
		return NULL;
	for (uint32_t i = 0; i < x->n; i++) {
		if (t.words[i] != n)
			t.score[i] = 0;
		else if (strcmp(x->at[i].folded, whole) == 0)
			t.score[i] = (uint8_t)(t.score[i] + WHOLE_NAME);
	}
	return t.score;
}
