#include "observatory/map_towns.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "observatory/map_sql.h"
#include "platform/db_memo.h"
#include "territory/commune_index_sql.h"

/* Largest first; names as offsets, so that a town is sixteen bytes. */
struct town_mark {
	int32_t lat_e5, lon_e5;
	uint32_t population, name;
};

struct town_marks {
	const struct town_mark *at;
	size_t n;
	const char *names;
};

struct making {
	GArray *marks;
	GString *names;
};

static rc take(struct ctx *c, const void *row, void *arg)
{
	const struct town_dot *r = row;
	struct making *m = arg;
	(void)c;
	struct town_mark k = { (int32_t)r->lat_e5, (int32_t)r->lon_e5, (uint32_t)r->population,
			       (uint32_t)m->names->len };
	g_string_append_len(m->names, r->name, (gssize)strlen(r->name) + 1);
	g_array_append_val(m->marks, k);
	return OK;
}

/* Of the same size in the order that they came in, which is that of their names' places. */
static int largest_first(const void *a, const void *b)
{
	const struct town_mark *x = a, *y = b;
	if (x->population != y->population)
		return x->population > y->population ? -1 : 1;
	return (x->name > y->name) - (x->name < y->name);
}

static rc build(struct ctx *c, TALLOC_CTX *owner, bool all, void **out)
{
	struct making m = { g_array_new(FALSE, FALSE, sizeof(struct town_mark)), g_string_new(NULL) };
	struct town_marks *x = talloc_zero(owner, struct town_marks);
	rc code = all ? map_towns_all_each(c, take, &m) : map_towns_large_each(c, take, &m);
	x->n = m.marks->len;
	if (x->n && all)
		qsort(m.marks->data, x->n, sizeof(struct town_mark), largest_first);
	x->at = talloc_memdup(x, m.marks->data, x->n * sizeof *x->at);
	x->names = talloc_memdup(x, m.names->str, m.names->len + 1);
	g_array_free(m.marks, TRUE);
	g_string_free(m.names, TRUE);
	*out = x;
	return code;
}

static rc build_all(struct ctx *c, TALLOC_CTX *owner, void **out)
{
	return build(c, owner, true, out);
}

static rc build_large(struct ctx *c, TALLOC_CTX *owner, void **out)
{
	return build(c, owner, false, out);
}

static rc find(struct ctx *c, const struct memo_kind *kind, const struct town_window *w,
	       struct town_dot_list *out)
{
	const struct town_marks *x;
	TRY(memo_get(c, kind, (const void **)&x));
	*out = (struct town_dot_list){ new_array(c, struct town_dot, w->most < x->n ? w->most : x->n), 0 };
	for (size_t i = 0; i < x->n && out->n < w->most; i++) {
		const struct town_mark *k = &x->at[i];
		if (k->lat_e5 >= w->south && k->lat_e5 <= w->north && k->lon_e5 >= w->west &&
		    k->lon_e5 <= w->east)
			out->items[out->n++] = (struct town_dot){ x->names + k->name, k->population,
								  k->lat_e5, k->lon_e5 };
	}
	return OK;
}

rc map_towns_large_in(struct ctx *c, const struct town_window *w, struct town_dot_list *out)
{
	static const struct memo_kind kind = { "large towns", commune_index_version, build_large };
	return find(c, &kind, w, out);
}

rc map_towns_in(struct ctx *c, const struct town_window *w, struct town_dot_list *out)
{
	static const struct memo_kind kind = { "towns", commune_index_version, build_all };
	TRY(map_towns_large_in(c, w, out));
	return out->n == w->most ? OK : find(c, &kind, w, out);
}
