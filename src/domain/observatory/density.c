#include "observatory/density.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/fold.h"
#include "observatory/density_sql.h"
#include "observatory/indicator.h"

static int by_name(const void *a, const void *b)
{
	const struct density_row *x = a, *y = b;
	int d = strcmp(x->folded, y->folded);
	return d ? d : strcmp(x->code, y->code);
}

static void count_places(const struct territory_places_list *places, struct density_row_list *rows)
{
	GHashTable *of = g_hash_table_new(g_str_hash, g_str_equal);
	for (size_t i = 0; i < places->n; i++)
		g_hash_table_insert(of, (void *)places->items[i].code, &places->items[i].n);
	for (size_t i = 0; i < rows->n; i++) {
		struct density_row *r = &rows->items[i];
		const int64_t *n = g_hash_table_lookup(of, r->code);
		r->places = n ? *n : 0;
		r->inhabitants = ratio_rounded(r->population, 1, r->places, 1);
	}
	g_hash_table_destroy(of);
}

const char *territory_link(struct ctx *c, int source, const char *ref)
{
	struct buf b;
	buf_init(&b, c->mem, 80);
	buf_fmt(&b, "/territories?source=%s&territory=", enum_word(&figure_source_words, source));
	buf_url(&b, ref);
	return b.s;
}

rc zoning_newest(struct ctx *c, const char **key)
{
	bool found;
	TRY(zoning_latest(c, key, &found));
	*key = found ? *key : NULL;
	return OK;
}

static struct density_row row_of(struct ctx *c, const struct scope *s, int kind,
				 const struct territory_people *p)
{
	struct density_row r = { .code = p->code,
				 .name = p->name,
				 .folded = fold(c, p->name),
				 .communes = p->communes,
				 .population = p->population,
				 .outside = p->outside,
				 .unpeopled = p->unpeopled,
				 .in_metropole = p->in_metropole,
				 .ref = territory_ref(c, kind, p->code) };
	r.link = territory_link(c, s->source, r.ref);
	return r;
}

rc density_own(struct ctx *c, const struct scope *s, int64_t places, struct density_row *out, bool *found)
{
	struct territory_people p;
	TRY(territory_own(c, enum_word(&territory_kind_words, s->kind), s->code, s->name, &p, found));
	if (!*found)
		return OK;
	*out = row_of(c, s, s->kind, &p);
	out->places = places;
	out->inhabitants = ratio_rounded(out->population, 1, places, 1);
	return OK;
}

rc density_rows(struct ctx *c, const struct scope *s, int kind, struct density_row_list *out)
{
	const char *word = enum_word(&territory_kind_words, kind);
	struct territory_people_list people;
	struct territory_places_list places;
	TRY(territory_people(c, word, enum_word(&territory_kind_words, s->kind), s->code, &people));
	TRY(territory_places(c, word, scope_source(s), &places));
	*out = (struct density_row_list){ new_array(c, struct density_row, people.n + 1), people.n };
	for (size_t i = 0; i < people.n; i++)
		out->items[i] = row_of(c, s, kind, &people.items[i]);
	count_places(&places, out);
	if (out->n)
		qsort(out->items, out->n, sizeof *out->items, by_name);
	return OK;
}
