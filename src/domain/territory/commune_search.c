/* commune_search.c - the commune that somebody types. Steps, each tried when
 * those before have found nothing: the beginning of a name; the same without
 * what says where ("93"); all the words in any order; wrong letters; the first
 * words alone. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/edits.h"
#include "base/fold.h"
#include "territory/commune.h"
#include "territory/commune_index.h"
#include "territory/commune_sql.h"

/* Greater than any character: what lies between a text and the text with this
 * behind it begins with the text. */
#define LAST_CHARACTER "\xf4\x8f\xbf\xbf"
enum { MOST = 100, WORDS = 8, WHOLE_NAME = 10, LEAST_NAME = 4 };

/* What was typed, taken apart. */
struct typed {
	const char *name;	 /* folded */
	const char *departement; /* folded code, or NULL */
	const char *postal;	 /* or NULL */
};

/* A town found by a key; less is better, column by column. */
struct hit {
	int errors, tier;
	uint64_t people;
	uint32_t town, key;
	int how;
};

/* The best few, in order. */
struct best {
	struct hit at[MOST];
	size_t n, most;
};

static int hit_order(const struct hit *a, const struct hit *b)
{
	if (a->errors != b->errors)
		return a->errors - b->errors;
	if (a->tier != b->tier)
		return a->tier - b->tier;
	if (a->people != b->people)
		return a->people > b->people ? -1 : 1;
	return (a->town > b->town) - (a->town < b->town);
}

static void keep(struct best *b, const struct hit *h)
{
	if (b->n == b->most && hit_order(&b->at[b->n - 1], h) <= 0)
		return;
	size_t same = 0;
	while (same < b->n && b->at[same].town != h->town)
		same++;
	if (same < b->n && hit_order(&b->at[same], h) <= 0)
		return;
	/* Over its own worse place, or the last one's, or a new one at the end. */
	size_t i = same < b->n ? same : b->n < b->most ? b->n++ : b->n - 1;
	for (; i > 0 && hit_order(h, &b->at[i - 1]) < 0; i--)
		b->at[i] = b->at[i - 1];
	b->at[i] = *h;
}

static bool is_there(const struct commune_index *x, uint32_t town, const char *departement)
{
	return !departement || strcasecmp(x->towns[town].departement, departement) == 0;
}

/* ---- the beginning of a name ---- */

static int tier_of(const struct town_key *k, bool whole_words)
{
	switch (k->kind) {
	case COMMUNE_KEY_KIND_NAME: return whole_words ? 1 : 2;
	case COMMUNE_KEY_KIND_WORD: return 3;
	default: return 4;
	}
}

static void by_beginning(const struct commune_index *x, const char *name, const char *departement,
			 struct best *b)
{
	size_t len = strlen(name);
	for (uint32_t i = key_from(x, name); i < x->n_keys; i++) {
		const struct town_key *k = &x->keys[i];
		const char *text = key_text(x, i);
		if (strncmp(text, name, len) != 0)
			break;
		bool whole_words = text[len] == 0 || text[len] == ' ';
		if ((len == 1 && !whole_words) || !is_there(x, k->town, departement))
			continue;
		struct hit h = { .tier = tier_of(k, whole_words),
				 .people = (uint64_t)k->people * (text[len] ? 1 : WHOLE_NAME),
				 .town = k->town,
				 .key = i,
				 .how = text[len] ? COMMUNE_HOW_BEGINNING : COMMUNE_HOW_EXACT };
		keep(b, &h);
	}
}

/* ---- all the words ---- */

static size_t words_of(struct ctx *c, const char *name, const char *out[WORDS])
{
	char *rest, *copy = talloc_strdup(c->mem, name);
	size_t n = 0;
	for (char *w = strtok_r(copy, " ", &rest); w && n < WORDS; w = strtok_r(NULL, " ", &rest))
		out[n++] = w;
	return n;
}

static bool has_word(const char *text, const char *word)
{
	size_t len = strlen(word);
	for (const char *p = text; p; p = strchr(p, ' ')) {
		p += *p == ' ';
		if (strncmp(p, word, len) == 0)
			return true;
	}
	return false;
}

static bool has_words(const char *text, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!has_word(text, words[i]))
			return false;
	return true;
}

/* Only names that hold the longest word are looked at. */
static void by_words(struct ctx *c, const struct commune_index *x, const char *name, const char *departement,
		     struct best *b)
{
	const char *words[WORDS], *longest = "";
	size_t n = words_of(c, name, words);
	for (size_t i = 0; i < n; i++)
		longest = strlen(words[i]) > strlen(longest) ? words[i] : longest;
	if (n < 2 || strlen(longest) < 2)
		return;
	for (uint32_t i = key_from(x, longest); i < x->n_keys; i++) {
		const struct town_key *k = &x->keys[i];
		if (strncmp(key_text(x, i), longest, strlen(longest)) != 0)
			break;
		uint32_t whole = x->towns[k->town].name;
		if (!is_there(x, k->town, departement) || whole == UINT32_MAX ||
		    !has_words(key_text(x, whole), words, n))
			continue;
		struct hit h = {
			.people = k->people, .town = k->town, .key = whole, .how = COMMUNE_HOW_WORDS
		};
		keep(b, &h);
	}
}

/* ---- wrong letters ---- */

static int tolerance(size_t len)
{
	return len < 4 ? 0 : len < 8 ? 1 : 2;
}

/* Has the set at most n members? */
static bool has_at_most(uint32_t set, int n)
{
	for (; n > 0; n--)
		set &= set - 1;
	return set == 0;
}

/* Names that differ in a few letters; `beginnings`: whose beginning does. Length
 * rules out most, their letters nearly all others. */
static void by_letters(const struct commune_index *x, const char *name, const char *departement,
		       bool beginnings, struct best *b)
{
	struct edits typed;
	int len = (int)strlen(name), most = tolerance((size_t)(beginnings ? len - 1 : len));
	int shortest = len - most, longest = beginnings ? LONGEST_KEY : len + most,
	    apart = beginnings ? most : 2 * most;
	uint32_t letters = edits_letters(name, (size_t)len);
	if (!most || shortest > LONGEST_KEY)
		return;
	edits_prepare(&typed, name);
	for (uint32_t i = x->long_as[shortest];
	     i < x->long_as[(longest < LONGEST_KEY ? longest : LONGEST_KEY) + 1]; i++) {
		if (!has_at_most(beginnings ? letters & ~x->letters[i] : letters ^ x->letters[i], apart))
			continue;
		const struct town_key *k = &x->keys[x->by_length[i]];
		int start, errors = edits_to(&typed, key_text(x, x->by_length[i]), k->len, &start);
		errors = beginnings ? start : errors;
		if (errors > most || !is_there(x, k->town, departement))
			continue;
		struct hit h = { .errors = errors,
				 .tier = tier_of(k, true),
				 .people = k->people,
				 .town = k->town,
				 .key = x->by_length[i],
				 .how = COMMUNE_HOW_NEAR };
		keep(b, &h);
	}
}

/* ---- what was typed ---- */

/* A postal or INSEE code, or its beginning. */
static bool is_code(const char *word)
{
	size_t len = strlen(word);
	bool corsica = len == 5 && word[0] == '2' && (word[1] == 'a' || word[1] == 'b');
	return len && len <= 5 &&
	       (corsica ? strspn(word + 2, "0123456789") == 3 : strspn(word, "0123456789") == len);
}

/* The last words when they are a département's; they are cut off. */
static const char *cut_departement(const struct commune_index *x, char *name)
{
	const struct folded_departement_list *l = x->departements;
	for (char *p = name; (p = strchr(p, ' '));) {
		p++;
		for (size_t i = 0; i < l->n; i++)
			if (strcmp(p, l->items[i].code) == 0 ||
			    strcmp(without_article(p), l->items[i].name) == 0) {
				p[-1] = 0;
				return l->items[i].code;
			}
	}
	return NULL;
}

/* "Saint-Denis (93)"; other words in parentheses are words. */
static const char *in_parentheses(struct ctx *c, const struct commune_index *x, const char *text,
				  const char **before)
{
	const char *open = strrchr(text, '('), *close = open ? strchr(open, ')') : NULL;
	*before = text;
	if (!close || open == text)
		return NULL;
	const char *code = fold(c, talloc_strndup(c->mem, open + 1, (size_t)(close - open - 1)));
	for (size_t i = 0; i < x->departements->n; i++)
		if (strcmp(code, x->departements->items[i].code) == 0) {
			*before = talloc_strndup(c->mem, text, (size_t)(open - text));
			return code;
		}
	return NULL;
}

/* "Nantes Cedex 1", as envelopes say. */
static const char *without_cedex(struct ctx *c, const char *name)
{
	const char *at = strstr(name, " cedex");
	return at && (!at[6] || at[6] == ' ') ? talloc_strndup(c->mem, name, (size_t)(at - name)) : name;
}

/* A whole code among the words; the others are the name. */
static void cut_postal(struct ctx *c, struct typed *t)
{
	const char *words[WORDS];
	struct buf rest;
	size_t n = words_of(c, t->name, words);
	buf_init(&rest, c->mem, 32);
	for (size_t i = 0; i < n; i++) {
		if (!t->postal && is_code(words[i]) && (strlen(words[i]) == 5 || n == 1))
			t->postal = words[i];
		else
			buf_fmt(&rest, "%s%s", rest.len ? " " : "", words[i]);
	}
	if (t->postal)
		t->name = rest.s;
}

/* ---- the steps ---- */

static void by_name(struct ctx *c, const struct commune_index *x, const struct typed *t, bool forgiving,
		    struct best *b)
{
	char *shorter = talloc_strdup(c->mem, t->name);
	const char *there = t->departement ? NULL : cut_departement(x, shorter);
	for (int step = 0; !b->n && step < (forgiving ? 4 : 2); step++)
		for (int where = 0; !b->n && where < (there ? 2 : 1); where++) {
			const char *name = where ? shorter : t->name, *dep = where ? there : t->departement;
			if (step == 0)
				by_beginning(x, name, dep, b);
			else if (step == 1)
				by_words(c, x, name, dep, b);
			else
				by_letters(x, name, dep, step == 3, b);
		}
}

/* "Montreuil-sous-Bois" is Montreuil's name to many: whole names of a few letters
 * that begin what was typed, the longest. */
static void by_first_words(struct ctx *c, const struct commune_index *x, const struct typed *t,
			   struct best *b)
{
	char *name = talloc_strdup(c->mem, t->name);
	for (char *cut; !b->n && (cut = strrchr(name, ' ')) && cut - name >= LEAST_NAME;) {
		*cut = 0;
		by_beginning(x, name, t->departement, b);
		size_t whole = 0;
		for (size_t i = 0; i < b->n; i++)
			if (b->at[i].how == COMMUNE_HOW_EXACT &&
			    x->keys[b->at[i].key].kind != COMMUNE_KEY_KIND_WORD)
				b->at[whole++] = b->at[i];
		b->n = whole;
	}
	for (size_t i = 0; i < b->n; i++)
		b->at[i].how = COMMUNE_HOW_NEAR;
}

static bool is_exact(const struct best *b)
{
	return b->n && (b->at[0].how == COMMUNE_HOW_EXACT || b->at[0].how == COMMUNE_HOW_NEAR);
}

/* ---- the cards ---- */

/* Another commune of the département bears the same name. */
static bool has_namesake(const struct commune_index *x, const char *name, const struct commune_card *card)
{
	for (uint32_t i = key_from(x, name); i < x->n_keys && strcmp(key_text(x, i), name) == 0; i++)
		if (x->keys[i].kind == COMMUNE_KEY_KIND_NAME &&
		    strcasecmp(x->towns[x->keys[i].town].departement, card->departement) == 0 &&
		    strcmp(x->towns[x->keys[i].town].insee, card->insee) != 0)
			return true;
	return false;
}

static const char *label_of(struct ctx *c, const struct commune_index *x, const struct commune_card *card)
{
	if (has_namesake(x, fold_place(c, card->name), card) && *card->postal_codes)
		return fmt(c, "%s %.5s", card->name, card->postal_codes);
	return fmt(c, "%s (%s)", card->name, card->departement);
}

/* Not its own name: a part of it, or what it was called before. */
static rc name_found_by(struct ctx *c, const char *key, struct commune_found *f)
{
	bool found;
	TRY(commune_alias_of(c, f->card.insee, key, &f->card.alias, &found));
	return found ? OK : commune_renamed_of(c, f->card.insee, key, &f->was, &found);
}

static rc fill(struct ctx *c, const struct commune_index *x, const struct best *b,
	       struct commune_found_list *out)
{
	*out = (struct commune_found_list){ new_array(c, struct commune_found, b->n + 1), 0 };
	for (size_t i = 0; i < b->n; i++) {
		const struct hit *h = &b->at[i];
		const struct commune_card card = town_card(x, h->town);
		struct commune_found *f = &out->items[out->n++];
		*f = (struct commune_found){ card, label_of(c, x, &card), h->how, h->errors, NULL };
		if (x->keys[h->key].kind == COMMUNE_KEY_KIND_ALIAS)
			TRY(name_found_by(c, key_text(x, h->key), f));
	}
	return OK;
}

/* ---- by code ---- */

/* The arrondissement that a postal code is of: its number ends both codes. */
static rc name_arrondissement(struct ctx *c, const char *postal, struct commune_card *card)
{
	static const struct {
		const char *insee;
		int first;
	} cities[] = { { "75056", 75100 }, { "69123", 69380 }, { "13055", 13200 } };
	bool found;
	int number = strlen(postal) == 5 ? atoi(postal + 3) : 0;
	for (size_t i = 0; number && i < sizeof cities / sizeof *cities; i++)
		if (strcmp(card->insee, cities[i].insee) == 0 && strstr(card->postal_codes, postal))
			TRY(commune_alias_name(c, fmt(c, "%d", cities[i].first + number), &card->alias,
					       &found));
	return OK;
}

/* Those that also bear the name typed beside the code, if any does. */
static void narrow(struct ctx *c, const char *name, struct commune_card_list *l)
{
	const char *words[WORDS];
	size_t n = words_of(c, name, words), kept = 0;
	struct commune_card *fitting = new_array(c, struct commune_card, l->n + 1);
	for (size_t i = 0; i < l->n; i++)
		if (has_words(fold_place(c, l->items[i].name), words, n))
			fitting[kept++] = l->items[i];
	if (kept)
		*l = (struct commune_card_list){ fitting, kept };
}

static rc by_code(struct ctx *c, const struct commune_index *x, const struct typed *t, size_t limit,
		  struct commune_found_list *out)
{
	struct commune_card_list l;
	char *code = talloc_strdup(c->mem, t->postal);
	for (char *p = code; *p; p++)
		*p = (char)toupper((unsigned char)*p);
	TRY(commune_found_by_code(c, code, fmt(c, "%s" LAST_CHARACTER, code),
				  *t->name ? MOST : (int64_t)limit, &l));
	narrow(c, t->name, &l);
	*out = (struct commune_found_list){ new_array(c, struct commune_found, l.n + 1), 0 };
	for (size_t i = 0; i < l.n && i < limit; i++) {
		TRY(name_arrondissement(c, code, &l.items[i]));
		out->items[out->n++] = (struct commune_found){ l.items[i], label_of(c, x, &l.items[i]),
							       COMMUNE_HOW_CODE, 0, NULL };
	}
	return OK;
}

/* ---- the whole ---- */

static rc find(struct ctx *c, const char *text, int limit, bool forgiving, struct commune_found_list *out)
{
	const struct commune_index *x;
	struct best b = { .most = (size_t)(limit < 1 ? 1 : limit > MOST ? MOST : limit) };
	struct typed t = { 0 };
	*out = (struct commune_found_list){ 0 };
	TRY(commune_index(c, &x));
	t.departement = in_parentheses(c, x, text, &text);
	t.name = without_cedex(c, fold_place(c, text));
	cut_postal(c, &t);
	if (t.postal) {
		TRY(by_code(c, x, &t, b.most, out));
		if (out->n)
			return OK;
	}
	if (!*t.name)
		return OK;
	by_name(c, x, &t, forgiving, &b);
	if (forgiving && !b.n)
		by_first_words(c, x, &t, &b);
	/* The beginning of small names may be a large one with a letter wrong. */
	if (forgiving && b.n < b.most && !is_exact(&b))
		by_letters(x, t.name, t.departement, false, &b);
	return fill(c, x, &b, out);
}

rc commune_suggest(struct ctx *c, const char *text, int limit, struct commune_found_list *out)
{
	return find(c, text, limit, true, out);
}

rc commune_search(struct ctx *c, const char *text, int limit, struct commune_card_list *out)
{
	struct commune_found_list l;
	TRY(find(c, text, limit, false, &l));
	*out = (struct commune_card_list){ new_array(c, struct commune_card, l.n + 1), l.n };
	for (size_t i = 0; i < l.n; i++)
		out->items[i] = l.items[i].card;
	return OK;
}
