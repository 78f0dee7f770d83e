/* arrive_sheet.c - a table of somebody's own, read as its mapping says. */
#include <string.h>

#include "base/lambert.h"
#include "observatory/mapping.h"
#include "observatory/mapping_values.h"

rc arrive_sheet(struct ctx *c, octets file, const char *plan, struct arrivals *out);

/* A row while it is read. */
struct row {
	struct arrivals *l;
	struct arrival *a;
	const struct mapping *m;
	const char *x, *y; /* metres of Lambert-93 */
	const char *x_head;
};

static void blame(const struct row *r, const char *head, const char *value, const char *key)
{
	arrival_blame(r->l, r->a->line, head, value, key);
	r->l->problems[r->l->n_problems - 1].left_out = true;
}

static void say_degrees(const struct row *r, double latitude, double longitude)
{
	struct ctx *c = r->l->c;
	arrival_say(r->l, r->a, ARRIVAL_FIELD_LATITUDE, fmt(c, "%.6f", latitude));
	arrival_say(r->l, r->a, ARRIVAL_FIELD_LONGITUDE, fmt(c, "%.6f", longitude));
}

static void say_pair(const struct row *r, const struct mapping_choice *k, const char *cell)
{
	bool turned = k->target == MAPPING_ALSO(MAPPING_ALSO_LON_LAT);
	double first, second;
	if (!mapping_pair(r->l->c, cell, &first, &second))
		blame(r, k->head, cell, K("import.bad_degrees"));
	else
		say_degrees(r, turned ? second : first, turned ? first : second);
}

static void say_lambert(const struct row *r)
{
	double x, y, latitude, longitude;
	if (!r->x && !r->y)
		return;
	if (r->x && r->y && mapping_number(r->x, &x) && mapping_number(r->y, &y) &&
	    lambert93_degrees(x, y, &latitude, &longitude))
		say_degrees(r, latitude, longitude);
	else
		blame(r, r->x_head, fmt(r->l->c, "%s, %s", r->x ? r->x : "", r->y ? r->y : ""),
		      K("mapping.bad_lambert"));
}

/* What several columns say together. */
static void join(const struct row *r, int target, const char *text)
{
	const char *before = r->a->said[target];
	const char *between = mapping_is_list(target) ? "|" : target == ARRIVAL_FIELD_ADDRESS ? " " : "\n";
	if (!*text || (before && !mapping_joins(target)))
		return;
	arrival_say(r->l, r->a, target, before ? fmt(r->l->c, "%s%s%s", before, between, text) : text);
}

/* Of several addresses in a cell the first is the one, the others are beside it. */
static void say_first(const struct row *r, int target, const char *list)
{
	int others = target == ARRIVAL_FIELD_EMAIL ? ARRIVAL_FIELD_OTHER_EMAILS : ARRIVAL_FIELD_URLS;
	size_t n = strcspn(list, "|");
	join(r, target, mem_text(r->l->c->mem, list, n));
	if (list[n])
		join(r, others, list + n + 1);
}

static void say(struct row *r, const struct mapping_choice *k, const char *cell)
{
	int also = k->target - ARRIVAL_FIELD_COUNT;
	if (k->target < 0 || !*cell)
		return;
	if (also < 0) {
		const char *text = mapping_value(r->l->c, k, cell);
		if (k->target == ARRIVAL_FIELD_EMAIL || k->target == ARRIVAL_FIELD_WEBSITE)
			say_first(r, k->target, text);
		else
			join(r, k->target, text);
	} else if (also == MAPPING_ALSO_KEY) {
		r->a->key = cell;
	} else if (also == MAPPING_ALSO_LAMBERT_X) {
		r->x = cell;
		r->x_head = k->head;
	} else if (also == MAPPING_ALSO_LAMBERT_Y) {
		r->y = cell;
		r->x_head = r->x_head ? r->x_head : k->head;
	} else {
		say_pair(r, k, cell);
	}
}

/* What all of them say, when the row itself says nothing of it. */
static void say_fixed(struct row *r)
{
	for (size_t i = 0; i < r->m->n_fixed; i++) {
		const struct mapping_fixed *f = &r->m->fixed[i];
		const struct mapping_choice k = { "", f->field, LIST_MARK_SEMICOLON, -1 };
		if (!r->a->said[f->field])
			say(r, &k, f->value);
	}
}

static void name_columns(const struct mapping *m, struct arrivals *l)
{
	for (size_t i = 0; i < m->n; i++) {
		int t = m->columns[i].target;
		if (t >= 0 && t < ARRIVAL_FIELD_COUNT && !l->columns[t])
			l->columns[t] = m->columns[i].head;
	}
}

/* Spreadsheet programs write a line of separators for an empty one. */
static bool is_blank(const struct csv_row *row)
{
	for (size_t i = 0; i < row->n; i++)
		if (row->cells[i][strspn(row->cells[i], " \t\r\n")])
			return false;
	return true;
}

rc mapping_apply(struct ctx *c, const struct mapping *m, const struct spreadsheet *book, size_t most,
		 struct arrivals *out)
{
	if (m->sheet >= book->n || m->head >= book->sheets[m->sheet].n)
		return fail(c, E_INVALID, "mapping.no_such_row");
	const struct spreadsheet_sheet *s = &book->sheets[m->sheet];
	name_columns(m, out);
	for (size_t i = m->head + 1; i < s->n && out->n < most; i++) {
		struct row r = { .l = out, .m = m };
		if (is_blank(&s->rows[i]))
			continue;
		TRY(arrival_add(out, s->rows[i].line, &r.a));
		for (size_t k = 0; k < m->n; k++)
			say(&r, &m->columns[k], csv_cell(&s->rows[i], (int)k));
		say_lambert(&r);
		say_fixed(&r);
		if (!r.a->said[ARRIVAL_FIELD_KINDS])
			r.a->said[ARRIVAL_FIELD_KINDS] = enum_word(&community_kind_words, m->kind);
	}
	return OK;
}

rc arrive_sheet(struct ctx *c, octets file, const char *plan, struct arrivals *out)
{
	/* Cells outlive the bytes of the file, which belong to the answer of a query. */
	octets kept = { talloc_memdup(c->mem, file.s, file.n), file.n };
	struct spreadsheet book;
	struct mapping m;
	TRY(spreadsheet_open(c, kept, &book));
	TRY(mapping_read(c, plan, &m));
	return mapping_apply(c, &m, &book, ARRIVALS_MOST, out);
}
