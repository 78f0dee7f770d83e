/* open_tables.c - plain tables of open data, by the shapes of their rows: the
 * columns of the CSV are the names of the JSON. */
#include <stdio.h>
#include <string.h>

#include "base/civil.h"
#include "base/csv.h"
#include "observatory/open_data.h"
#include "observatory/open_data_sql.h"
#include "platform/json.h"

static bool is_shown(const struct field *f)
{
	return f->type != F_ID && !(f->flags & FF_PRIVATE);
}

/* An instant, or the day that it begins. */
static void put_time(struct csv_writer *w, const struct field *f, int64_t v)
{
	char text[21];
	if (v == NONE) {
		csv_put(w, NULL);
		return;
	}
	instant_iso((instant){ f->type == F_DAY ? v * 86400 : v }, text);
	text[f->type == F_DAY ? 10 : 20] = 0;
	csv_put(w, text);
}

static void put_field(struct csv_writer *w, const struct field *f, const void *at)
{
	switch (f->type) {
	case F_BOOL: csv_put(w, *(const bool *)at ? "true" : "false"); break;
	case F_TEXT: csv_put_typed(w, *(const char *const *)at); break;
	case F_PUBID: csv_put(w, at); break;
	case F_ENUM: csv_put(w, enum_word(f->words, *(const int *)at)); break;
	case F_INSTANT:
	case F_DAY: put_time(w, f, *(const int64_t *)at); break;
	default: csv_put_int(w, *(const int64_t *)at);
	}
}

static void write_csv(const struct shape *s, const void *list, bool first, struct buf *out)
{
	const struct any_list *l = list;
	struct csv_writer w;
	csv_begin(&w, out, ',', false);
	for (size_t k = 0; k < s->n && first; k++)
		if (is_shown(&s->fields[k]))
			csv_put(&w, s->fields[k].name);
	if (first)
		csv_end_row(&w);
	for (size_t i = 0; i < l->n; i++) {
		for (size_t k = 0; k < s->n; k++)
			if (is_shown(&s->fields[k]))
				put_field(&w, &s->fields[k],
					  (const char *)l->items + i * s->size + s->fields[k].offset);
		csv_end_row(&w);
	}
}

static void write_json(const struct shape *s, const void *list, const struct open_records *of,
		       struct buf *out)
{
	const struct any_list *l = list;
	open_list_begin(out, of, "[");
	for (size_t i = 0; i < l->n; i++) {
		if (out->s[out->len - 1] != '[')
			buf_char(out, ',');
		json_write(out, s, (const char *)l->items + i * s->size);
	}
	open_list_end(out, of, "]\n");
}

#define TABLE(name, shape)                                                             \
	void name##_csv(struct ctx *c, const struct open_records *l, struct buf *out)  \
	{                                                                              \
		(void)c;                                                               \
		write_csv(&shape, &l->name, l->first, out);                            \
	}                                                                              \
	void name##_json(struct ctx *c, const struct open_records *l, struct buf *out) \
	{                                                                              \
		(void)c;                                                               \
		write_json(&shape, &l->name, l, out);                                  \
	}
TABLE(sources, open_source_shape)
TABLE(figures, open_figure_shape)
TABLE(links, open_link_shape)
TABLE(prices, open_price_shape)

/* How far the table of communes has come. */
struct communes {
	struct buf *out;
	char after[8]; /* an INSEE code; "": nothing is written */
	bool last;
};
enum { COMMUNES_AT_A_TIME = 500 };

static rc some_communes(struct ctx *c, void *arg)
{
	struct communes *w = arg;
	struct open_commune_list l;
	TRY(open_communes(c, w->after, COMMUNES_AT_A_TIME, &l));
	write_csv(&open_commune_shape, &l, !*w->after, w->out);
	w->last = l.n < COMMUNES_AT_A_TIME;
	if (l.n)
		snprintf(w->after, sizeof w->after, "%s", l.items[l.n - 1].insee);
	return OK;
}

rc communes_csv(struct ctx *c, struct buf *out)
{
	struct communes w = { .out = out };
	while (!w.last)
		TRY(ctx_apart(c, some_communes, &w));
	return OK;
}
