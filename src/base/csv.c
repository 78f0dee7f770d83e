/* csv.c - libcsv splits; here are the bounds, the encodings, the positions. */
#include "base/csv.h"

#include <csv.h>
#include <glib.h>
#include <string.h>

const struct csv_limits csv_usual_limits = { 5 * 1000 * 1000, 50000, 100, 10000 };

static const char mark_utf8[] = "\xef\xbb\xbf";

struct reading {
	struct ctx *c;
	const struct csv_limits *limits;
	char *store; /* all cells, each with its NUL; never moves */
	size_t stored;
	const char **pointers; /* into store, the row being read last */
	size_t n_pointers, cap_pointers, n_cells;
	struct csv_row *rows;
	size_t n_rows, cap_rows;
	size_t row_line; /* where the row being read begins */
	bool row_ended;	 /* in the piece of text being read */
	const char *wrong;
};

/* Room for one more. */
static void *grow(struct ctx *c, void *array, size_t n, size_t *cap, size_t size)
{
	if (n < *cap)
		return array;
	size_t wider = *cap ? *cap * 2 : 64;
	void *out = mem_array(c->mem, size, wider, "csv");
	if (n)
		memcpy(out, array, n * size);
	*cap = wider;
	return out;
}

static void on_cell(void *text, size_t len, void *arg)
{
	struct reading *r = arg;
	if (r->wrong)
		return;
	if (len > r->limits->cell) {
		r->wrong = K("csv.cell");
		return;
	}
	if (r->n_cells == r->limits->columns) {
		r->wrong = K("csv.columns");
		return;
	}
	r->pointers = grow(r->c, r->pointers, r->n_pointers, &r->cap_pointers, sizeof *r->pointers);
	r->pointers[r->n_pointers++] = r->store + r->stored;
	r->n_cells++;
	if (len)
		memcpy(r->store + r->stored, text, len);
	r->stored += len;
	r->store[r->stored++] = 0;
}

static void on_row(int end, void *arg)
{
	struct reading *r = arg;
	(void)end;
	r->row_ended = true;
	if (r->wrong)
		return;
	if (r->n_rows == r->limits->rows) {
		r->wrong = K("csv.rows");
		return;
	}
	r->rows = grow(r->c, r->rows, r->n_rows, &r->cap_rows, sizeof *r->rows);
	r->rows[r->n_rows++] = (struct csv_row){ .line = r->row_line, .n = r->n_cells };
	r->n_cells = 0;
}

/* The most frequent separator outside quotes on the first line that says
 * something. */
static char separator_of(const char *s, size_t len)
{
	static const char candidates[] = ",;\t|";
	size_t counts[4] = { 0 }, best = 0;
	bool quoted = false;
	while (len && strchr(" \r\n", *s))
		s++, len--;
	for (size_t i = 0; i < len && (quoted || (s[i] != '\n' && s[i] != '\r')); i++) {
		const char *p = s[i] ? strchr(candidates, s[i]) : NULL;
		if (s[i] == '"')
			quoted = !quoted;
		else if (p && !quoted)
			counts[p - candidates]++;
	}
	for (size_t i = 1; i < sizeof counts / sizeof *counts; i++)
		if (counts[i] > counts[best])
			best = i;
	return candidates[best];
}

static bool has_controls(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (g_ascii_iscntrl(s[i]) && s[i] != '\t' && s[i] != '\r' && s[i] != '\n')
			return true;
	return false;
}

/* To UTF-8 without a mark. A text that is not UTF-8 comes from an older
 * spreadsheet, which writes Windows-1252. */
static rc decode(struct ctx *c, const char **s, size_t *len, bool *converted)
{
	if (*len >= 3 && memcmp(*s, mark_utf8, 3) == 0) {
		*s += 3;
		*len -= 3;
	}
	*converted = !g_utf8_validate(*s, (gssize)*len, NULL);
	if (*converted && !memchr(*s, 0, *len)) {
		gsize n;
		char *text = g_convert(*s, (gssize)*len, "UTF-8", "WINDOWS-1252", NULL, &n, NULL);
		if (!text)
			return fail(c, E_INVALID, "csv.encoding");
		char *copy = mem_array(c->mem, 1, n + 1, "csv");
		memcpy(copy, text, n);
		g_free(text);
		*s = copy;
		*len = n;
	}
	if (has_controls(*s, *len))
		return fail(c, E_INVALID, "csv.encoding");
	return OK;
}

/* The length of the line at s, with its end. */
static size_t line_length(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (s[i] == '\n' || (s[i] == '\r' && !(i + 1 < len && s[i + 1] == '\n')))
			return i + 1;
	return len;
}

static bool is_blank(const char *s, size_t len, char separator)
{
	for (size_t i = 0; i < len; i++)
		if (s[i] == separator || !strchr(" \t\r\n", s[i]))
			return false;
	return true;
}

/* Line by line, for libcsv does not say where it is. */
static void split(struct csv_parser *p, struct reading *r, const char *s, size_t len)
{
	bool inside = false;
	char separator = (char)csv_get_delim(p);
	for (size_t line = 1, n; len && !r->wrong; s += n, len -= n, line++) {
		n = line_length(s, len);
		if (!inside)
			r->row_line = line;
		r->row_ended = false;
		if (csv_parse(p, s, n, on_cell, on_row, r) != n)
			r->wrong = K("csv.quote");
		inside = !r->row_ended && (inside || !is_blank(s, n, separator));
	}
	if (!r->wrong && csv_fini(p, on_cell, on_row, r) != 0)
		r->wrong = K("csv.quote");
}

static rc finish(struct reading *r, struct csv *t)
{
	if (r->wrong)
		return fail_with(r->c, E_INVALID, r->wrong, "line", fmt(r->c, "%zu", r->row_line), NULL);
	if (!r->n_rows)
		return fail(r->c, E_INVALID, "csv.empty");
	const char **cells = r->pointers;
	for (size_t i = 0; i < r->n_rows; i++) {
		r->rows[i].cells = cells;
		cells += r->rows[i].n;
	}
	t->header = r->rows[0];
	t->rows = r->rows + 1;
	t->n = r->n_rows - 1;
	return OK;
}

rc csv_read(struct ctx *c, const char *text, size_t len, const struct csv_limits *limits, struct csv **out)
{
	struct reading r = { .c = c, .limits = limits ? limits : &csv_usual_limits };
	if (len > r.limits->bytes)
		return fail(c, E_TOO_LARGE, "csv.too_large");
	struct csv *t = new_zero(c, struct csv);
	TRY(decode(c, &text, &len, &t->converted));
	t->separator = separator_of(text, len);
	/* A cell takes its text and one separator or line end; the last has none. */
	r.store = mem_array(c->mem, 1, len + 2, "csv");

	struct csv_parser p;
	csv_init(&p, CSV_STRICT | CSV_STRICT_FINI); /* fails without a parser only */
	csv_set_delim(&p, (unsigned char)t->separator);
	split(&p, &r, text, len);
	csv_free(&p);
	TRY(finish(&r, t));
	*out = t;
	return OK;
}

int csv_column(const struct csv *t, const char *name)
{
	for (size_t i = 0; i < t->header.n; i++)
		if (g_ascii_strcasecmp(t->header.cells[i], name) == 0)
			return (int)i;
	return -1;
}

const char *csv_cell(const struct csv_row *row, int column)
{
	return column >= 0 && (size_t)column < row->n ? row->cells[column] : "";
}

/* ---- writing ---- */

void csv_begin(struct csv_writer *w, struct buf *out, char separator, bool mark)
{
	*w = (struct csv_writer){ .out = out, .separator = separator };
	if (mark)
		buf_str(out, mark_utf8);
}

static void put(struct csv_writer *w, const char *before, const char *s)
{
	bool first = !w->in_row;
	if (!first)
		buf_char(w->out, w->separator);
	w->in_row = true;
	size_t len = strlen(s);
	bool edges = len && (strchr(" \t", s[0]) || strchr(" \t", s[len - 1]));
	/* An empty first cell is quoted: alone, it would make a blank line. What
	 * could pass for a separator is quoted whichever is in use, for readers
	 * guess; a bar in the first row only, which is where they look. */
	if (!edges && !*before && (len || !first) &&
	    !strpbrk(s, w->after_first ? "\"\r\n,;\t" : "\"\r\n,;\t|")) {
		buf_str(w->out, s);
		return;
	}
	buf_char(w->out, '"');
	buf_str(w->out, before);
	for (const char *p = s; *p; p++) {
		if (*p == '"')
			buf_char(w->out, '"');
		buf_char(w->out, *p);
	}
	buf_char(w->out, '"');
}

void csv_put(struct csv_writer *w, const char *s)
{
	put(w, "", s ? s : "");
}

void csv_put_int(struct csv_writer *w, int64_t v)
{
	char text[24];
	g_snprintf(text, sizeof text, "%" G_GINT64_FORMAT, (gint64)v);
	put(w, "", v == NONE ? "" : text);
}

void csv_put_typed(struct csv_writer *w, const char *s)
{
	bool formula = s && *s && (strchr("=+-@", *s) || (unsigned char)*s < ' ');
	put(w, formula ? "'" : "", s ? s : "");
}

void csv_end_row(struct csv_writer *w)
{
	buf_str(w->out, "\r\n");
	w->in_row = false;
	w->after_first = true;
}
