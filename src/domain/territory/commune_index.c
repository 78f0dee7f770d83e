#include "territory/commune_index.h"

#include <glib.h>
#include <string.h>

#include "base/buf.h"
#include "base/edits.h"
#include "base/fold.h"
#include "platform/db_memo.h"
#include "territory/commune_index_sql.h"

enum { SOME_KEYS = 1 << 17, SOME_TOWNS = 1 << 16 };

/* An index in the making. */
struct making {
	struct buf texts;
	GArray *keys, *towns;
	GHashTable *by_insee; /* INSEE code, in the array's own order: index + 1 */
};

/* The code begins with its département: two characters, three overseas. */
static void set_departement(struct town *t)
{
	int len = t->insee[0] == '9' && t->insee[1] >= '7' && t->insee[1] <= '8' ? 3 : 2;
	snprintf(t->departement, sizeof t->departement, "%.*s", len, t->insee);
}

static uint32_t town_of(struct making *m, const char *insee)
{
	guint number = GPOINTER_TO_UINT(g_hash_table_lookup(m->by_insee, insee));
	if (number)
		return number - 1;
	struct town t = { .name = UINT32_MAX };
	snprintf(t.insee, sizeof t.insee, "%.5s", insee);
	set_departement(&t);
	g_array_append_val(m->towns, t);
	g_hash_table_insert(m->by_insee, g_strdup(insee), GUINT_TO_POINTER(m->towns->len));
	return m->towns->len - 1;
}

static rc take_key(struct ctx *c, const void *row, void *arg)
{
	const struct commune_key_row *r = row;
	struct making *m = arg;
	size_t len = strlen(r->key);
	(void)c;
	if (len > LONGEST_KEY)
		return OK;
	struct town_key k = { .text = (uint32_t)m->texts.len,
			      .town = town_of(m, r->insee),
			      .people = (uint32_t)r->weight,
			      .kind = (uint8_t)r->kind,
			      .len = (uint8_t)len };
	buf_add(&m->texts, r->key, len + 1);
	struct town *t = &g_array_index(m->towns, struct town, k.town);
	uint32_t at = m->keys->len;
	if (k.kind == COMMUNE_KEY_KIND_NAME &&
	    (t->name == UINT32_MAX || g_array_index(m->keys, struct town_key, t->name).len < len))
		t->name = at;
	g_array_append_val(m->keys, k);
	return OK;
}

const char *without_article(const char *name)
{
	static const char *const articles[] = { "l ", "la ", "le ", "les " };
	for (size_t i = 0; i < sizeof articles / sizeof *articles; i++)
		if (strncmp(name, articles[i], strlen(articles[i])) == 0)
			return name + strlen(articles[i]);
	return name;
}

static rc read_departements(struct ctx *c, TALLOC_CTX *owner, struct commune_index *x)
{
	struct folded_departement_list all;
	TRY(departements_named(c, &all));
	struct folded_departement_list *l = talloc_zero(owner, struct folded_departement_list);
	l->items = talloc_zero_array(l, struct folded_departement, (unsigned)all.n + 1);
	for (; l->n < all.n; l->n++) {
		l->items[l->n].code = talloc_strdup(l, fold(c, all.items[l->n].code));
		l->items[l->n].name = talloc_strdup(l, without_article(fold(c, all.items[l->n].name)));
	}
	x->departements = l;
	return OK;
}

/* Counted, then put: keys of one length stay in the order of their texts. */
static void sort_by_length(TALLOC_CTX *owner, struct commune_index *x)
{
	uint32_t *keys = talloc_array(owner, uint32_t, x->n_keys + 1);
	uint32_t *letters = talloc_array(owner, uint32_t, x->n_keys + 1), next[LONGEST_KEY + 1];
	for (uint32_t i = 0; i < x->n_keys; i++)
		x->long_as[x->keys[i].len + 1]++;
	for (int len = 0; len <= LONGEST_KEY; len++) {
		next[len] = x->long_as[len];
		x->long_as[len + 1] += x->long_as[len];
	}
	for (uint32_t i = 0; i < x->n_keys; i++) {
		uint32_t to = next[x->keys[i].len]++;
		keys[to] = i;
		letters[to] = edits_letters(key_text(x, i), x->keys[i].len);
	}
	x->by_length = keys;
	x->letters = letters;
}

static struct commune_index *made_of(TALLOC_CTX *owner, const struct making *m)
{
	struct commune_index *x = talloc_zero(owner, struct commune_index);
	x->n_keys = m->keys->len;
	x->n_towns = m->towns->len;
	x->texts = talloc_memdup(owner, m->texts.s, m->texts.len + 1);
	x->keys = talloc_memdup(owner, m->keys->data, m->keys->len * sizeof(struct town_key) + 1);
	x->towns = talloc_memdup(owner, m->towns->data, m->towns->len * sizeof(struct town) + 1);
	sort_by_length(owner, x);
	return x;
}

static rc build(struct ctx *c, TALLOC_CTX *owner, void **out)
{
	struct making m = { .keys = g_array_sized_new(FALSE, FALSE, sizeof(struct town_key), SOME_KEYS),
			    .towns = g_array_sized_new(FALSE, FALSE, sizeof(struct town), SOME_TOWNS),
			    .by_insee = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL) };
	struct commune_index *x = NULL;
	buf_init(&m.texts, c->mem, 1 << 21);
	rc code = commune_keys_each(c, take_key, &m);
	if (code == OK) {
		x = made_of(owner, &m);
		code = read_departements(c, owner, x);
	}
	g_array_free(m.keys, TRUE);
	g_array_free(m.towns, TRUE);
	g_hash_table_destroy(m.by_insee);
	*out = x;
	return code;
}

rc commune_index(struct ctx *c, const struct commune_index **out)
{
	static const struct memo_kind kind = { "communes", commune_index_version, build };
	return memo_get(c, &kind, (const void **)out);
}

uint32_t key_from(const struct commune_index *x, const char *text)
{
	uint32_t low = 0, high = x->n_keys;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (strcmp(key_text(x, middle), text) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}
