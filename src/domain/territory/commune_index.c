#include "territory/commune_index.h"

#include <glib.h>
#include <string.h>

#include "base/buf.h"
#include "base/edits.h"
#include "base/fold.h"
#include "platform/db_memo.h"
#include "territory/commune_index_sql.h"

enum { SOME_KEYS = 1 << 17, SOME_TOWNS = 1 << 16, NO_TOWN = 102000 };

/* An index in the making. */
struct making {
	struct buf texts;
	GArray *keys, *towns;
	uint32_t *by_insee; /* by insee_number: index + 1 */
	struct town_departement_list *in;
};

/* The code begins with its département: two characters, three overseas. */
static void set_departement(struct town *t)
{
	int len = t->insee[0] == '9' && t->insee[1] >= '7' && t->insee[1] <= '8' ? 3 : 2;
	snprintf(t->departement, sizeof t->departement, "%.*s", len, t->insee);
}

/* A code as a number: five digits, or Corsica's 2A and 2B behind them all. */
static uint32_t insee_number(const char *insee)
{
	bool corsica = insee[0] == '2' && (insee[1] == 'A' || insee[1] == 'B');
	uint32_t n = corsica ? (uint32_t)(100 + insee[1] - 'A') : 0;
	for (int i = corsica ? 2 : 0; i < 5; i++) {
		if (insee[i] < '0' || insee[i] > '9')
			return NO_TOWN;
		n = n * 10 + (uint32_t)(insee[i] - '0');
	}
	return n;
}

static uint16_t find_departement(const struct town_departement_list *l, const char *code)
{
	size_t low = 0, high = l->n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (strcmp(l->items[middle].code, code) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return (uint16_t)(low < l->n ? low : 0);
}

static int32_t small(int64_t v)
{
	return v == NONE ? INT32_MIN : (int32_t)v;
}

static uint32_t put_text(struct making *m, const char *s)
{
	uint32_t at = (uint32_t)m->texts.len;
	buf_add(&m->texts, s, strlen(s) + 1);
	return at;
}

static rc take_town(struct ctx *c, const void *row, void *arg)
{
	const struct town_shown *r = row;
	struct making *m = arg;
	uint32_t number = insee_number(r->insee);
	struct town t = { .name = UINT32_MAX,
			  .in = find_departement(m->in, r->departement),
			  .people = small(r->population),
			  .lat_e5 = small(r->lat_e5),
			  .lon_e5 = small(r->lon_e5) };
	(void)c;
	if (number == NO_TOWN)
		return OK;
	snprintf(t.insee, sizeof t.insee, "%.5s", r->insee);
	set_departement(&t);
	t.printed = put_text(m, r->name);
	t.postal = put_text(m, r->postal_codes);
	g_array_append_val(m->towns, t);
	m->by_insee[number] = m->towns->len;
	return OK;
}

static rc take_key(struct ctx *c, const void *row, void *arg)
{
	const struct commune_key_row *r = row;
	struct making *m = arg;
	size_t len = strlen(r->key);
	uint32_t number = insee_number(r->insee);
	(void)c;
	if (len > LONGEST_KEY || number == NO_TOWN || !m->by_insee[number])
		return OK;
	struct town_key k = { .text = (uint32_t)m->texts.len,
			      .town = m->by_insee[number] - 1,
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
	x->keys = talloc_memdup(owner, m->keys->data, m->keys->len * sizeof(struct town_key));
	x->towns = talloc_memdup(owner, m->towns->data, m->towns->len * sizeof(struct town));
	sort_by_length(owner, x);
	return x;
}

static rc read_all(struct ctx *c, TALLOC_CTX *owner, struct making *m, struct commune_index **out)
{
	struct town_departement_list l;
	TRY(town_departements(c, &l));
	m->in = talloc_zero(owner, struct town_departement_list);
	m->in->items = talloc_zero_array(m->in, struct town_departement, (unsigned)l.n + 1);
	for (; m->in->n < l.n; m->in->n++)
		m->in->items[m->in->n] = (struct town_departement){
			talloc_strdup(m->in, l.items[m->in->n].code),
			talloc_strdup(m->in, l.items[m->in->n].name),
			talloc_strdup(m->in, l.items[m->in->n].region_name),
		};
	TRY(commune_towns_each(c, take_town, m));
	TRY(commune_keys_each(c, take_key, m));
	*out = made_of(owner, m);
	(*out)->in = m->in;
	return read_departements(c, owner, *out);
}

static rc build(struct ctx *c, TALLOC_CTX *owner, void **out)
{
	struct making m = { .keys = g_array_sized_new(FALSE, FALSE, sizeof(struct town_key), SOME_KEYS),
			    .towns = g_array_sized_new(FALSE, FALSE, sizeof(struct town), SOME_TOWNS),
			    .by_insee = talloc_zero_array(c->mem, uint32_t, NO_TOWN) };
	struct commune_index *x = NULL;
	buf_init(&m.texts, c->mem, 1 << 21);
	rc code = read_all(c, owner, &m, &x);
	g_array_free(m.keys, TRUE);
	g_array_free(m.towns, TRUE);
	*out = x;
	return code;
}

struct commune_card town_card(const struct commune_index *x, uint32_t town)
{
	const struct town *t = &x->towns[town];
	const struct town_departement *d = &x->in->items[t->in];
	return (struct commune_card){
		.insee = t->insee,
		.name = x->texts + t->printed,
		.postal_codes = x->texts + t->postal,
		.departement = d->code,
		.departement_name = d->name,
		.region_name = d->region_name,
		.population = t->people == INT32_MIN ? NONE : t->people,
		.lat_e5 = t->lat_e5 == INT32_MIN ? NONE : t->lat_e5,
		.lon_e5 = t->lon_e5 == INT32_MIN ? NONE : t->lon_e5,
	};
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
