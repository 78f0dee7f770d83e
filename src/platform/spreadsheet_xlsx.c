/* spreadsheet_xlsx.c - Office Open XML: a book names its sheets, texts are kept
 * in one list, and whether a number is a day is said by its format alone. */
#include <glib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "platform/i18n.h"
#include "platform/spreadsheet_parts.h"

#define LIST_MOST 2000000 /* texts, formats, parts */

enum format_kind { PLAIN, DAY, CLOCK, DAY_CLOCK, PADDED };

struct style {
	enum format_kind kind;
	size_t width;
};
struct named {
	const char *id, *name;
};
struct list {
	void *items;
	size_t n, room;
};

struct xlsx {
	struct package *p;
	struct book *b;
	struct list parts;  /* struct named: relation → part */
	struct list sheets; /* struct named: relation, title */
	struct list texts;  /* const char * */
	struct list codes;  /* struct named: number of a format → its code */
	struct list styles; /* struct style */
	const char *book_part, *texts_part, *styles_part;
	bool since_1904;
};

static bool is(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

static void add(struct book *b, struct list *l, size_t size, const void *item)
{
	if (l->n == LIST_MOST)
		b->wrong = K("spreadsheet.too_large");
	if (b->wrong)
		return;
	if (l->n == l->room) {
		l->room = l->room ? l->room * 2 : 64;
		l->items = talloc_realloc_size(b->c->mem, l->items, l->room * size);
	}
	memcpy((char *)l->items + l->n++ * size, item, size);
}

static const char *keep(struct book *b, const char *s)
{
	return s ? book_text(b, s, strlen(s)) : NULL;
}

static const char *name_of(const struct list *l, const char *id)
{
	const struct named *all = l->items;
	for (size_t i = 0; id && i < l->n; i++)
		if (is(all[i].id, id))
			return all[i].name;
	return NULL;
}

/* ---- relations: which part is what ---- */

struct relations {
	struct xml x;
	struct xlsx *r;
	const char *base; /* folder of the part that they are of */
};

static void on_relation(struct xml *x, const char *name, const char **a)
{
	struct relations *l = (struct relations *)x;
	struct book *b = l->r->b;
	const char *type = xml_get(a, "Type"), *target = xml_get(a, "Target"), *id = xml_get(a, "Id");
	if (!is(name, "Relationship") || !type || !target || !id)
		return;
	const char *part = *target == '/' ? target + 1 : fmt(b->c, "%s%s", l->base, target);
	struct named n = { keep(b, id), keep(b, part) };
	const char *what = strrchr(type, '/');
	what = what ? what + 1 : type;
	if (is(what, "officeDocument"))
		l->r->book_part = n.name;
	else if (is(what, "sharedStrings"))
		l->r->texts_part = n.name;
	else if (is(what, "styles"))
		l->r->styles_part = n.name;
	else if (is(what, "worksheet"))
		add(b, &l->r->parts, sizeof n, &n);
	x->wrong = b->wrong;
}

static rc read_relations(struct xlsx *r, const char *of, const char *base)
{
	struct relations l = { .x = { .start = on_relation }, .r = r, .base = base };
	return package_xml(r->p, of, &l.x);
}

/* ---- the book ---- */

struct workbook {
	struct xml x;
	struct xlsx *r;
};

static void on_workbook(struct xml *x, const char *name, const char **a)
{
	struct xlsx *r = ((struct workbook *)x)->r;
	const char *state = xml_get(a, "state"), *on = xml_get(a, "date1904");
	if (is(name, "workbookPr") && on)
		r->since_1904 = is(on, "1") || is(on, "true");
	if (!is(name, "sheet") || (state && !is(state, "visible")))
		return;
	const char *id = NULL;
	for (const char **p = a; *p; p += 2)
		if (g_str_has_suffix(p[0], ":id"))
			id = p[1];
	const char *title = xml_get(a, "name");
	struct named n = { keep(r->b, id ? id : ""), keep(r->b, title ? title : "") };
	add(r->b, &r->sheets, sizeof n, &n);
	x->wrong = r->b->wrong;
}

/* ---- texts ---- */

struct texts {
	struct xml x;
	struct xlsx *r;
	struct buf text;
	bool in_t;
	size_t aside; /* depth of how a text is spoken (Japanese), or 0 */
};

static void on_texts_start(struct xml *x, const char *name, const char **a)
{
	struct texts *t = (struct texts *)x;
	(void)a;
	if (is(name, "si"))
		t->text.len = 0;
	if (is(name, "rPh") && !t->aside)
		t->aside = x->depth;
	t->in_t = is(name, "t") && !t->aside;
}

static void on_texts_end(struct xml *x, const char *name)
{
	struct texts *t = (struct texts *)x;
	t->in_t = false;
	if (t->aside && x->depth < t->aside)
		t->aside = 0;
	if (!is(name, "si"))
		return;
	const char *s = book_text(t->r->b, t->text.s, t->text.len);
	add(t->r->b, &t->r->texts, sizeof s, &s);
	x->wrong = t->r->b->wrong;
}

static void take_text(struct xml *x, struct buf *into, const char *s, size_t n)
{
	if (into->len + n > SPREADSHEET_CELL)
		x->wrong = K("spreadsheet.cell");
	else
		buf_add(into, s, n);
}

static void on_texts_text(struct xml *x, const char *s, size_t n)
{
	struct texts *t = (struct texts *)x;
	if (t->in_t)
		take_text(x, &t->text, s, n);
}

/* ---- formats ---- */

/* What a code shows, without colours, quoted words and what a backslash hides. */
static struct style style_of_code(const char *s)
{
	size_t noughts = 0, others = 0;
	bool date = false, clock = false, months = false;
	for (; *s && *s != ';'; s++) {
		if (*s == '"' || *s == '[') {
			const char *end = strchr(s + 1, *s == '"' ? '"' : ']');
			clock = clock || (*s == '[' && strchr("hHmMsS", s[1]) && s[1]);
			if (!end)
				break;
			s = end;
			continue;
		}
		if ((*s == '\\' || *s == '_' || *s == '*') && s[1]) {
			s++;
			continue;
		}
		date = date || strchr("yYdD", *s);
		clock = clock || strchr("hHsS", *s);
		months = months || strchr("mM", *s);
		noughts += *s == '0';
		others += *s != '0' && *s != ' ';
	}
	date = date || (months && !clock);
	if (date || clock)
		return (struct style){ date && clock ? DAY_CLOCK : date ? DAY : CLOCK, 0 };
	return noughts > 1 && !others ? (struct style){ PADDED, noughts } : (struct style){ PLAIN, 0 };
}

/* Those that need no code. */
static struct style style_of_number(size_t n)
{
	if ((n >= 14 && n <= 17) || (n >= 27 && n <= 31) || n == 36 || (n >= 50 && n <= 58))
		return (struct style){ DAY, 0 };
	if ((n >= 18 && n <= 21) || (n >= 32 && n <= 35) || (n >= 45 && n <= 47))
		return (struct style){ CLOCK, 0 };
	return (struct style){ n == 22 ? DAY_CLOCK : PLAIN, 0 };
}

struct styles {
	struct xml x;
	struct xlsx *r;
	bool in_cells;
};

static void on_styles_start(struct xml *x, const char *name, const char **a)
{
	struct styles *s = (struct styles *)x;
	struct book *b = s->r->b;
	const char *id = xml_get(a, "numFmtId"), *code = xml_get(a, "formatCode");
	if (is(name, "numFmt") && id && code) {
		struct named n = { keep(b, id), keep(b, code) };
		add(b, &s->r->codes, sizeof n, &n);
	}
	if (is(name, "cellXfs"))
		s->in_cells = true;
	if (s->in_cells && is(name, "xf")) {
		const char *own = name_of(&s->r->codes, id);
		struct style v = own ? style_of_code(own)
				     : style_of_number(xml_count(a, "numFmtId", 1000, 0));
		add(b, &s->r->styles, sizeof v, &v);
	}
	x->wrong = b->wrong;
}

static void on_styles_end(struct xml *x, const char *name)
{
	if (is(name, "cellXfs"))
		((struct styles *)x)->in_cells = false;
}

/* ---- a sheet ---- */

struct merge {
	size_t column, first, last;
};

struct cells {
	struct xml x;
	struct xlsx *r;
	size_t line, column;
	char type[12];
	size_t style;
	bool in_v;
	size_t aside;
	struct buf text;
	struct list merges;
};

/* "AB12": the column from 0, the line from 1; false when it is no such thing. */
static bool cell_name(const char *s, size_t *column, size_t *line)
{
	size_t k = 0, n = 0;
	for (; *s >= 'A' && *s <= 'Z' && n < 4; s++, n++)
		k = k * 26 + (size_t)(*s - 'A') + 1;
	if (!n || !g_ascii_isdigit(*s))
		return false;
	*column = k - 1;
	*line = strtoul(s, NULL, 10);
	return *line > 0 && *line < 10000000;
}

/* Days since 1900 (Excel believes that there was a 29 February) or 1904. */
static const char *moment(struct xlsx *r, double v, enum format_kind kind)
{
	struct ctx *c = r->b->c;
	if (!(v >= 0 && v < 2958466))
		return NULL;
	int64_t minutes = llround((v - floor(v)) * 1440), days = (int64_t)floor(v);
	if (minutes == 1440) {
		minutes = 0;
		days++;
	}
	const char *clock = fmt(c, "%02d:%02d", (int)(minutes / 60), (int)(minutes % 60));
	if (kind == CLOCK)
		return clock;
	days += r->since_1904 ? 1462 : days < 60;
	const char *date = fmt_iso_day(c, (day){ days - 25569 });
	return kind == DAY || !minutes ? date : fmt(c, "%s %s", date, clock);
}

static const char *number(struct cells *k, const char *s)
{
	const struct style *all = k->r->styles.items;
	struct style style = k->style < k->r->styles.n ? all[k->style] : (struct style){ PLAIN, 0 };
	char *end, text[G_ASCII_DTOSTR_BUF_SIZE];
	double v = g_ascii_strtod(s, &end);
	if (end == s || *end || !isfinite(v))
		return s;
	if (style.kind == DAY || style.kind == CLOCK || style.kind == DAY_CLOCK) {
		const char *at = moment(k->r, v, style.kind);
		if (at)
			return at;
	}
	/* Fifteen digits are what Excel knows; it writes 46.580124000000002. */
	g_ascii_formatd(text, sizeof text, "%.15g", v);
	size_t n = strlen(text);
	if (style.kind == PADDED && strspn(text, "0123456789") == n && n < style.width && style.width <= 32)
		return fmt(k->r->b->c, "%.*s%s", (int)(style.width - n), "00000000000000000000000000000000",
			   text);
	return talloc_strdup(k->r->b->c->mem, text);
}

static const char *shared(struct cells *k, const char *s)
{
	const char *const *all = k->r->texts.items;
	char *end;
	unsigned long i = strtoul(s, &end, 10);
	return *s && !*end && i < k->r->texts.n ? all[i] : "";
}

static void end_cell(struct cells *k)
{
	struct book *b = k->r->b;
	const char *s = k->text.s;
	if (!k->text.len)
		return;
	if (is(k->type, "s")) {
		book_cell(b, k->column, shared(k, s));
		return;
	}
	if (is(k->type, "b"))
		s = is(s, "1") ? "true" : "false";
	else if (!*k->type || is(k->type, "n"))
		s = number(k, s);
	else if (is(k->type, "d") && strlen(s) > 10 && g_str_has_prefix(s + 10, "T00:00:00"))
		s = mem_text(b->c->mem, s, 10);
	book_cell(b, k->column, keep(b, s));
}

static void begin_cell(struct cells *k, const char **a)
{
	const char *name = xml_get(a, "r"), *type = xml_get(a, "t");
	size_t line;
	if (name && !cell_name(name, &k->column, &line))
		k->x.wrong = K("spreadsheet.broken");
	snprintf(k->type, sizeof k->type, "%s", type ? type : "");
	k->style = xml_count(a, "s", LIST_MOST, 0);
	k->text.len = 0;
	k->text.s[0] = 0;
}

static void add_merge(struct cells *k, const char *ref)
{
	struct merge m;
	size_t column;
	const char *colon = ref ? strchr(ref, ':') : NULL;
	if (colon && cell_name(ref, &m.column, &m.first) && cell_name(colon + 1, &column, &m.last) &&
	    m.last > m.first && k->merges.n < 20000)
		add(k->r->b, &k->merges, sizeof m, &m);
}

static void on_cells_start(struct xml *x, const char *name, const char **a)
{
	struct cells *k = (struct cells *)x;
	if (is(name, "row")) {
		k->line = xml_count(a, "r", 10000000, k->line + 1);
		k->column = 0;
	} else if (is(name, "c")) {
		begin_cell(k, a);
	} else if (is(name, "rPh") && !k->aside) {
		k->aside = x->depth;
	} else if ((is(name, "v") || is(name, "t")) && !k->aside) {
		k->in_v = true;
	} else if (is(name, "mergeCell")) {
		add_merge(k, xml_get(a, "ref"));
	}
}

static void on_cells_end(struct xml *x, const char *name)
{
	struct cells *k = (struct cells *)x;
	if (k->aside && x->depth < k->aside)
		k->aside = 0;
	k->in_v = false;
	if (is(name, "c")) {
		end_cell(k);
		k->column++;
	} else if (is(name, "row")) {
		book_row(k->r->b, k->line);
	}
	x->wrong = k->r->b->wrong;
}

static void on_cells_text(struct xml *x, const char *s, size_t n)
{
	struct cells *k = (struct cells *)x;
	if (k->in_v)
		take_text(x, &k->text, s, n);
}

static rc read_sheet(struct xlsx *r, const struct named *sheet)
{
	const char *part = name_of(&r->parts, sheet->id);
	struct cells k = { .x = { .start = on_cells_start, .end = on_cells_end, .text = on_cells_text },
			   .r = r };
	if (!part) /* a chart that fills a sheet of its own */
		return OK;
	buf_init(&k.text, r->b->c->mem, 256);
	book_sheet(r->b, sheet->name);
	TRY(package_xml(r->p, part, &k.x));
	const struct merge *all = k.merges.items;
	for (size_t i = 0; i < k.merges.n; i++)
		book_fill_down(r->b, all[i].column, all[i].first, all[i].last);
	return OK;
}

/* ---- the whole ---- */

static rc read_lists(struct xlsx *r)
{
	struct texts t = { .x = { .start = on_texts_start, .end = on_texts_end, .text = on_texts_text },
			   .r = r };
	struct styles s = { .x = { .start = on_styles_start, .end = on_styles_end }, .r = r };
	buf_init(&t.text, r->b->c->mem, 256);
	if (r->texts_part && package_has(r->p, r->texts_part))
		TRY(package_xml(r->p, r->texts_part, &t.x));
	if (r->styles_part && package_has(r->p, r->styles_part))
		TRY(package_xml(r->p, r->styles_part, &s.x));
	return OK;
}

rc spreadsheet_xlsx(struct package *p, struct book *b)
{
	struct xlsx r = { .p = p, .b = b };
	struct workbook w = { .x = { .start = on_workbook }, .r = &r };
	TRY(read_relations(&r, "_rels/.rels", ""));
	if (!r.book_part)
		return spreadsheet_fail(b->c, K("spreadsheet.unknown"));
	const char *slash = strrchr(r.book_part, '/');
	const char *base = slash ? mem_text(b->c->mem, r.book_part, (size_t)(slash + 1 - r.book_part)) : "";
	const char *own = fmt(b->c, "%s_rels/%s.rels", base, r.book_part + strlen(base));
	if (!package_has(p, own)) /* a letter or slides of the same family */
		return spreadsheet_fail(b->c, K("spreadsheet.unknown"));
	TRY(read_relations(&r, own, base));
	TRY(package_xml(p, r.book_part, &w.x));
	TRY(read_lists(&r));
	const struct named *all = r.sheets.items;
	for (size_t i = 0; i < r.sheets.n; i++)
		TRY(read_sheet(&r, &all[i]));
	return OK;
}
