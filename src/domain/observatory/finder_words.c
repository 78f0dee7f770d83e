#include "observatory/finder_words.h"

#include <string.h>

#include "base/edits.h"
#include "base/fold.h"

enum { WORDS = 8, ONE_WRONG = 4, TWO_WRONG = 8, WHOLE_NAME = 16 };
enum { BY_LABEL = 1 }; /* less than any word of its own */

/* What has been found so far: how many words each record has, what they weigh. */
struct tally {
	const struct catalogue *x;
	const struct label_list *labels;
	uint8_t *words, *score;
	uint8_t *now;	 /* of the word that is looked at */
	uint8_t *values; /* of facets: whose names have it */
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

/* Values whose names have it: "fablab" finds who is one without saying it. */
static bool by_label(struct tally *t, const char *stemmed)
{
	const struct catalogue *x = t->x;
	const struct label *labels = t->labels->items;
	size_t len = strlen(stemmed), low = 0, high = t->labels->n;
	bool any = false;
	memset(t->values, 0, x->facet[SEARCH_FACET_COUNT]);
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (strcmp(labels[middle].stem, stemmed) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < t->labels->n && strncmp(labels[low].stem, stemmed, len) == 0; low++) {
		bool whole = !labels[low].stem[len];
		t->values[labels[low].value] |= whole || len > 2;
		any = any || whole || len > 2;
	}
	return any;
}

static void count_labels(struct tally *t, uint8_t word)
{
	for (uint32_t i = 0; i < t->x->n; i++) {
		const struct record *r = &t->x->at[i];
		bool has = false;
		if (t->words[i] + 1 != word)
			continue;
		for (unsigned k = 0; k < r->n_tags && !has; k++)
			has = t->values[t->x->tags[r->tags + k]];
		if (has) {
			t->words[i] = word;
			t->now[i] = BY_LABEL;
		}
	}
}

static void one_word(struct tally *t, char *typed, uint8_t word)
{
	memset(t->now, 0, t->x->n);
	stem(typed);
	bool any = by_beginning(t, typed, word);
	if (by_label(t, typed))
		count_labels(t, word);
	else if (!any)
		by_wrong_letters(t, typed, word);
	for (uint32_t i = 0; i < t->x->n; i++)
		t->score[i] = (uint8_t)(t->score[i] + t->now[i]);
}

/* Small words count only when nothing else was typed. */
static size_t words_of(struct ctx *c, const char *whole, bool small, char *out[WORDS])
{
	char *rest, *copy = talloc_strdup(c->mem, whole);
	size_t n = 0;
	for (char *w = strtok_r(copy, " ", &rest); w && n < WORDS; w = strtok_r(NULL, " ", &rest))
		if (small || !is_small_word(w))
			out[n++] = w;
	return n;
}

const uint8_t *finder_words(struct ctx *c, const struct catalogue *x, const char *typed)
{
	const char *whole = typed ? fold_place(c, typed) : "";
	char *words[WORDS];
	size_t n = words_of(c, whole, false, words);
	n = n ? n : words_of(c, whole, true, words);
	if (n == 0)
		return NULL;
	struct tally t = { x,
			   catalogue_labels(c, x),
			   talloc_zero_size(c->mem, x->n + 1),
			   talloc_zero_size(c->mem, x->n + 1),
			   talloc_zero_size(c->mem, x->n + 1),
			   talloc_zero_size(c->mem, x->facet[SEARCH_FACET_COUNT] + 1U) };
	for (size_t i = 0; i < n; i++)
		one_word(&t, words[i], (uint8_t)(i + 1));
	for (uint32_t i = 0; i < x->n; i++) {
		if (t.words[i] != n)
			t.score[i] = 0;
		else if (strcmp(x->at[i].folded, whole) == 0)
			t.score[i] = (uint8_t)(t.score[i] + WHOLE_NAME);
	}
	return t.score;
}

/* ---- other texts ---- */

struct typed {
	char *words[WORDS];
	size_t n;
};

const struct typed *typed_read(struct ctx *c, const char *typed)
{
	struct typed *t = new_zero(c, struct typed);
	const char *whole = typed ? fold_place(c, typed) : "";
	t->n = words_of(c, whole, false, t->words);
	t->n = t->n ? t->n : words_of(c, whole, true, t->words);
	for (size_t i = 0; i < t->n; i++)
		stem(t->words[i]);
	return t->n ? t : NULL;
}

bool typed_fits(struct ctx *c, const struct typed *t, const char *text)
{
	char *rest, *copy = talloc_strdup(c->mem, fold_place(c, text));
	unsigned found = 0, all = (1U << t->n) - 1;
	for (char *w = strtok_r(copy, " ", &rest); w && found != all; w = strtok_r(NULL, " ", &rest)) {
		stem(w);
		for (size_t i = 0; i < t->n; i++)
			if (strncmp(w, t->words[i], strlen(t->words[i])) == 0)
				found |= 1U << i;
	}
	talloc_free(copy);
	return found == all;
}
