#include "observatory/report_parts.h"

#include "base/civil.h"
#include "observatory/indicator.h"
#include "platform/app.h"
#include "platform/i18n.h"
#include "territory/outline.h"

struct rows rows_of(struct ctx *c, size_t most)
{
	return (struct rows){ new_array(c, struct document_row, most + 1), 0 };
}

void report_table(struct ctx *c, struct report *r, const struct document_column *columns, size_t n,
		  const struct rows *rows)
{
	struct document_table t = { columns, n, rows->items, rows->n };
	if (rows->n)
		document_table(c, &r->document, &t);
}

void report_picture(struct ctx *c, struct report *r, const struct picture *p, int width_pt,
		    const char *caption)
{
	if (r->n_pictures == REPORT_PICTURES)
		return;
	r->pictures[r->n_pictures++] = *p;
	document_picture(c, &r->document, p, width_pt, caption);
}

const char *report_town(struct ctx *c, const char *name, const char *departement)
{
	if (!name)
		return "";
	return departement ? fmt(c, "%s (%s)", name, departement) : name;
}

int report_below(const struct scope *s)
{
	switch (s->kind) {
	case TERRITORY_KIND_COUNTRY: return TERRITORY_KIND_REGION;
	case TERRITORY_KIND_REGION: return TERRITORY_KIND_DEPARTEMENT;
	case TERRITORY_KIND_DEPARTEMENT: return TERRITORY_KIND_EPCI;
	default: return -1;
	}
}

/* The numbers are filled in where the pages are drawn. */
static const char *page_words(struct ctx *c)
{
	struct arg args[] = { { .name = "page", .text = "{n}" }, { .name = "total", .text = "{total}" } };
	return i18n(c, "report.page", args, 2);
}

static void begin(struct ctx *c, struct report *r)
{
	const char *address = fmt(c, "%s/observatory/report?%s", c->app->public_url ? c->app->public_url : "",
				  r->scope.query);
	r->document = (struct document){
		.language = c->lang == LANG_FR ? "fr" : "en",
		.created = c->now,
		.brand = c->app->site_name ? c->app->site_name : "Maillage",
		.kind = T(c, "report.kind"),
		.title = T_TEXT(c, "report.title_of", "territory", r->scope.name),
		.subtitle = T(c, "report.subtitle"),
		.lines = { T_TEXT(c, r->scope.is_past ? "report.as_of" : "report.on_day", "day",
				  fmt_day(c, r->scope.on)),
			   T(c,
			     r->scope.source == FIGURE_SOURCE_STUDY ? "report.of_study" : "report.of_server"),
			   T(c, "report.credits") },
		.cover = true,
		.contents = T(c, "report.contents"),
		.foot = address,
		.qr = address,
		.page = page_words(c),
	};
}

/* The last day of a year, or a day. */
static day day_asked(const struct report_query *ask)
{
	return ask->on.v != NONE || ask->year == NONE ? ask->on : day_of((int)ask->year, 12, 31);
}

rc report_build(struct ctx *c, const struct report_query *ask, struct report *r)
{
	static rc (*const chapters[])(struct ctx * c, struct report * r) = {
		report_essentials,  report_places_chapter, report_generation,  report_series,
		report_density,	    report_access,	   report_where_next,  report_bridges,
		report_initiatives, report_actors,	   report_definitions, report_method,
	};
	*r = (struct report){ 0 };
	TRY(scope_read(c, ask->source, ask->territory, day_asked(ask), &r->scope));
	TRY(indicator_places_of(c, &r->scope, &r->places));
	begin(c, r);
	for (size_t i = 0; i < sizeof chapters / sizeof *chapters; i++)
		TRY(chapters[i](c, r));
	return OK;
}

rc report_pdf(struct ctx *c, const struct report *r, struct buf *out)
{
	return document_pdf(c, &r->document, out);
}

/* ---- the same for a page ---- */

static const int kinds[DOCUMENT_KINDS] = {
	[DOCUMENT_H1] = -1,
	[DOCUMENT_H2] = REPORT_KIND_TITLE,
	[DOCUMENT_H3] = REPORT_KIND_TITLE,
	[DOCUMENT_LEAD] = REPORT_KIND_LEAD,
	[DOCUMENT_TEXT] = REPORT_KIND_TEXT,
	[DOCUMENT_VOICE] = REPORT_KIND_VOICE,
	[DOCUMENT_ITEM] = REPORT_KIND_ITEM,
	[DOCUMENT_NOTE] = REPORT_KIND_NOTE,
	[DOCUMENT_TABLE] = REPORT_KIND_TABLE,
	[DOCUMENT_PICTURE] = REPORT_KIND_PICTURE,
	[DOCUMENT_BREAK] = -1,
};

static void fill_table(struct ctx *c, const struct document_block *b, struct report_block *out)
{
	out->columns = (struct report_column_list){ new_array(c, struct report_column, b->n_columns),
						    b->n_columns };
	out->rows = (struct report_row_list){ new_array(c, struct report_row, b->n_rows), b->n_rows };
	for (size_t k = 0; k < b->n_columns; k++)
		out->columns.items[k] = (struct report_column){ b->columns[k].title, b->columns[k].right };
	for (size_t i = 0; i < b->n_rows; i++) {
		struct report_row *row = &out->rows.items[i];
		row->strong = b->rows[i].strong;
		row->cells = (struct report_cell_list){ new_array(c, struct report_cell, b->n_columns),
							b->n_columns };
		for (size_t k = 0; k < b->n_columns; k++)
			row->cells.items[k] = (struct report_cell){
				b->rows[i].cells[k] ? b->rows[i].cells[k] : "", b->columns[k].right,
				k || b->columns[k].right ? b->columns[k].title : NULL
			};
	}
}

static void fill_picture(struct ctx *c, const struct picture *p, struct report_block *out)
{
	struct buf b;
	buf_init(&b, c->mem, 1 << 16);
	picture_svg(p, &b);
	out->html.s = b.s;
}

void report_chapters(struct ctx *c, const struct report *r, struct report_page *v)
{
	const struct document *d = &r->document;
	struct report_chapter *chapter = NULL;
	size_t pictures = 0;
	v->chapters.items = new_array(c, struct report_chapter, d->n_blocks + 1);
	for (size_t i = 0; i < d->n_blocks; i++) {
		const struct document_block *b = &d->blocks[i];
		if (b->kind == DOCUMENT_H1) {
			chapter = &v->chapters.items[v->chapters.n++];
			chapter->title = b->text;
			chapter->anchor = fmt(c, "c%zu", v->chapters.n);
			chapter->blocks.items = new_array(c, struct report_block, d->n_blocks);
		}
		if (!chapter || kinds[b->kind] < 0)
			continue;
		struct report_block *to = &chapter->blocks.items[chapter->blocks.n++];
		to->kind = kinds[b->kind];
		to->text = b->text;
		if (b->kind == DOCUMENT_TABLE)
			fill_table(c, b, to);
		if (b->kind == DOCUMENT_PICTURE)
			fill_picture(c, &r->pictures[pictures++], to);
	}
	/* The last is the method, which other pages lead to. */
	if (chapter)
		chapter->anchor = "method";
}
