/* catalogue_words.c - the words that lead to records: stems, in order, each with
 * the records that have it and how much that says. */
#include <glib.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/fold.h"
#include "observatory/catalogue_parts.h"

enum { SHORTEST_STEM = 3 };

/* An end, and what stands for it; the longest first. */
static const struct ending {
	const char *end, *becomes;
} endings[] = {
	{ "trices", "teur" }, { "trice", "teur" }, { "euses", "eur" }, { "euse", "eur" },
	{ "eaux", "eau" },    { "aux", "al" },	   { "ives", "if" },   { "ive", "if" },
};

static bool cut(char *word, const struct ending *e)
{
	size_t len = strlen(word), n = strlen(e->end);
	if (len < n + SHORTEST_STEM - 1 || strcmp(word + len - n, e->end) != 0)
		return false;
	memcpy(word + len - n, e->becomes, strlen(e->becomes) + 1);
	return true;
}

static bool drop(char *word, const char *letters)
{
	size_t len = strlen(word);
	if (len <= SHORTEST_STEM || !strchr(letters, word[len - 1]))
		return false;
	word[len - 1] = 0;
	return true;
}

/* locaux, local: one; ateliers, atelier; partagées, partagé; créatrice, créateur;
 * professionnelles, professionnel. Light on purpose: what is cut off two words
 * must not make them one that mean different things. */
void stem(char *word)
{
	if (strlen(word) <= SHORTEST_STEM || strspn(word, "0123456789"))
		return;
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (cut(word, &endings[i]))
			return;
	if (word[strlen(word) - 2] != 's')
		drop(word, "sx");
	while (drop(word, "e"))
		;
	size_t len = strlen(word);
	if (len > SHORTEST_STEM && word[len - 1] == word[len - 2])
		word[len - 1] = 0;
}

bool is_small_word(const char *word)
{
	static const char *const small[] = { "a",  "and", "au",	  "aux", "chez", "d",  "dans", "de",  "des",
					     "du", "en",  "et",	  "in",	 "l",	 "la", "le",   "les", "of",
					     "ou", "par", "pour", "sur", "the",	 "un", "une" };
	for (size_t i = 0; i < sizeof small / sizeof *small; i++)
		if (strcmp(word, small[i]) == 0)
			return true;
	return false;
}

struct posting {
	uint32_t record;
	uint32_t weight;
};

struct word_maker {
	GHashTable *terms; /* stem: GArray of postings */
};

static void free_list(gpointer l)
{
	g_array_free(l, TRUE);
}

struct word_maker *word_maker_new(void)
{
	struct word_maker *w = g_new0(struct word_maker, 1);
	w->terms = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_list);
	return w;
}

void word_maker_free(struct word_maker *w)
{
	g_hash_table_destroy(w->terms);
	g_free(w);
}

/* A record's words come one text after the other: the last posting of a list may be its own. */
static void put(struct word_maker *w, const char *term, uint32_t record, enum term_weight weight)
{
	GArray *l = g_hash_table_lookup(w->terms, term);
	if (!l) {
		l = g_array_new(FALSE, FALSE, sizeof(struct posting));
		g_hash_table_insert(w->terms, g_strdup(term), l);
	}
	struct posting *last = l->len ? &g_array_index(l, struct posting, l->len - 1) : NULL;
	struct posting p = { record, weight };
	if (!last || last->record != record)
		g_array_append_val(l, p);
	else if (last->weight < weight)
		last->weight = weight;
}

void word_maker_add(struct ctx *c, struct word_maker *w, uint32_t record, const char *text,
		    enum term_weight weight)
{
	char *rest, *all = text ? talloc_strdup(c->mem, fold_place(c, text)) : NULL;
	for (char *word = all ? strtok_r(all, " ", &rest) : NULL; word; word = strtok_r(NULL, " ", &rest)) {
		stem(word);
		put(w, word, record, weight);
	}
	talloc_free(all);
}

static int text_order(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int posting_order(const void *a, const void *b)
{
	const struct posting *x = a, *y = b;
	return x->record != y->record ? (x->record < y->record ? -1 : 1) : (int)y->weight - (int)x->weight;
}

/* One of each record, the heaviest. */
static uint32_t write_postings(GArray *l, uint32_t *to)
{
	uint32_t n = 0;
	qsort(l->data, l->len, sizeof(struct posting), posting_order);
	for (guint i = 0; i < l->len; i++) {
		const struct posting *p = &g_array_index(l, struct posting, i);
		if (n == 0 || to[n - 1] >> 2 != p->record)
			to[n++] = p->record << 2 | p->weight;
	}
	return n;
}

void word_maker_finish(struct word_maker *w, TALLOC_CTX *owner, struct catalogue *x)
{
	guint n;
	gpointer *names = g_hash_table_get_keys_as_array(w->terms, &n);
	size_t bytes = 1, all = 1;
	qsort(names, n, sizeof *names, text_order);
	for (guint i = 0; i < n; i++) {
		bytes += strlen(names[i]) + 1;
		all += ((GArray *)g_hash_table_lookup(w->terms, names[i]))->len;
	}
	struct term *terms = talloc_array(owner, struct term, n + 1);
	char *texts = talloc_size(owner, bytes);
	uint32_t *postings = talloc_array(owner, uint32_t, (unsigned)all), text = 0, first = 0;
	for (guint i = 0; i < n; i++) {
		size_t len = strlen(names[i]) + 1;
		memcpy(texts + text, names[i], len);
		terms[i] = (struct term){
			text, first, write_postings(g_hash_table_lookup(w->terms, names[i]), postings + first)
		};
		text += (uint32_t)len;
		first += terms[i].n;
	}
	x->terms = terms;
	x->n_terms = n;
	x->texts = texts;
	x->postings = postings;
	g_free(names);
}

uint32_t term_from(const struct catalogue *x, const char *text)
{
	uint32_t low = 0, high = x->n_terms;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (strcmp(term_text(x, middle), text) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* ---- the names of values ---- */

static int label_order(const void *a, const void *b)
{
	const struct label *x = a, *y = b;
	int texts = strcmp(x->stem, y->stem);
	return texts ? texts : x->value - y->value;
}

static void add_label(struct ctx *c, TALLOC_CTX *owner, GArray *all, tag t, const char *name)
{
	char *rest, *copy = talloc_strdup(c->mem, fold_place(c, name));
	for (char *word = strtok_r(copy, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
		if (is_small_word(word))
			continue;
		stem(word);
		struct label l = { talloc_strdup(owner, word), t };
		g_array_append_val(all, l);
	}
	talloc_free(copy);
}

static void make_labels(struct ctx *c, TALLOC_CTX *owner, const struct catalogue *x, struct label_list *out)
{
	GArray *all = g_array_new(FALSE, FALSE, sizeof(struct label));
	enum lang lang = c->lang;
	for (tag t = 0; t < x->facet[SEARCH_FACET_COUNT]; t++) {
		enum search_facet f = facet_of(x, t);
		if (f == SEARCH_FACET_LINKED || f == SEARCH_FACET_CG)
			continue; /* yes and no are said of everything */
		bool named = x->area[f] != x->area[f + 1];
		for (int l = 0; l < (named ? 1 : LANG_COUNT); l++) {
			c->lang = (enum lang)l;
			add_label(c, owner, all, t, tag_name(c, x, t));
		}
	}
	c->lang = lang;
	if (all->len)
		qsort(all->data, all->len, sizeof(struct label), label_order);
	*out = (struct label_list){ array_kept(owner, all, sizeof(struct label)), all->len };
	g_array_free(all, TRUE);
}

/* Most who come look for no words: the first who does makes them, the others wait. Whoever
 * has got the list reads it without the lock, it does not change any more. */
struct labels {
	pthread_mutex_t lock;
	struct label_list list;
};

static int labels_free(struct labels *k)
{
	pthread_mutex_destroy(&k->lock);
	return 0;
}

struct labels *labels_new(TALLOC_CTX *owner)
{
	struct labels *k = talloc_zero(owner, struct labels);
	pthread_mutex_init(&k->lock, NULL);
	talloc_set_destructor(k, labels_free);
	return k;
}

const struct label_list *catalogue_labels(struct ctx *c, const struct catalogue *x)
{
	struct labels *k = x->labels;
	pthread_mutex_lock(&k->lock);
	if (!k->list.items)
		make_labels(c, k, x, &k->list);
	pthread_mutex_unlock(&k->lock);
	return &k->list;
}
