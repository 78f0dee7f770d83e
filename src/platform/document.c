#include "platform/document.h"

#include <cmark.h>
#include <stdlib.h>
#include <string.h>

#include "platform/child.h"
#include "platform/markdown.h"
#include "platform/parcel.h"
#include "platform/picture.h"

static struct document_block *grow(struct ctx *c, struct document *d)
{
	if ((d->n_blocks & (d->n_blocks - 1)) == 0) { /* 0, or a power of two: full */
		size_t room = d->n_blocks ? 2 * d->n_blocks : 16;
		struct document_block *more = new_array(c, struct document_block, room);
		if (d->n_blocks)
			memcpy(more, d->blocks, d->n_blocks * sizeof *more);
		d->blocks = more;
	}
	return &d->blocks[d->n_blocks++];
}

void document_add(struct ctx *c, struct document *d, enum document_kind kind, const char *text)
{
	*grow(c, d) = (struct document_block){ .kind = kind, .text = text };
}

void document_table(struct ctx *c, struct document *d, const struct document_table *t)
{
	struct document_block *b = grow(c, d);
	*b = (struct document_block){
		.kind = DOCUMENT_TABLE, .n_columns = t->n_columns, .rows = t->rows, .n_rows = t->n_rows
	};
	memcpy(b->columns, t->columns, t->n_columns * sizeof *t->columns);
}

void document_picture(struct ctx *c, struct document *d, const struct picture *p, int width_pt,
		      const char *caption)
{
	struct buf json;
	buf_init(&json, c->mem, 1 << 16);
	picture_json(p, &json);
	*grow(c, d) = (struct document_block){
		.kind = DOCUMENT_PICTURE, .text = caption, .picture = json.s, .width_pt = width_pt
	};
}

/* ---- Markdown ---- */

/* The words below a node, without what dresses them. */
static const char *words_of(struct ctx *c, cmark_node *root)
{
	struct buf b;
	buf_init(&b, c->mem, 256);
	cmark_iter *iter = cmark_iter_new(root);
	for (cmark_event_type e; (e = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
		cmark_node *node = cmark_iter_get_node(iter);
		cmark_node_type type = cmark_node_get_type(node);
		if (e != CMARK_EVENT_ENTER)
			continue;
		if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
			buf_char(&b, ' ');
		else if (cmark_node_get_literal(node))
			buf_str(&b, cmark_node_get_literal(node));
	}
	cmark_iter_free(iter);
	return b.s;
}

static bool in_item(cmark_node *node)
{
	for (; node; node = cmark_node_parent(node))
		if (cmark_node_get_type(node) == CMARK_NODE_ITEM)
			return true;
	return false;
}

void document_markdown(struct ctx *c, struct document *d, const char *text)
{
	if (!text)
		return;
	cmark_node *root = cmark_parse_document(text, strnlen(text, MARKDOWN_MAX), CMARK_OPT_VALIDATE_UTF8);
	cmark_iter *iter = cmark_iter_new(root);
	for (cmark_event_type e; (e = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
		cmark_node *node = cmark_iter_get_node(iter);
		if (e != CMARK_EVENT_ENTER)
			continue;
		switch (cmark_node_get_type(node)) {
		case CMARK_NODE_HEADING: document_add(c, d, DOCUMENT_H3, words_of(c, node)); break;
		case CMARK_NODE_PARAGRAPH:
		case CMARK_NODE_CODE_BLOCK:
		case CMARK_NODE_HTML_BLOCK:
			document_add(c, d, in_item(node) ? DOCUMENT_ITEM : DOCUMENT_VOICE, words_of(c, node));
			break;
		default: break;
		}
	}
	cmark_iter_free(iter);
	cmark_node_free(root);
}

/* ---- the way to the child ---- */

static const struct parcel_member column_members[] = {
	PARCEL(TEXT, struct document_column, title),
	PARCEL(NUMBER, struct document_column, width_pt),
	PARCEL(FLAG, struct document_column, right),
};
PARCEL_LAYOUT(column, struct document_column);

static const struct parcel_member row_members[] = {
	PARCEL_MANY(struct document_row, cells, DOCUMENT_COLUMNS),
	PARCEL(FLAG, struct document_row, strong),
};
PARCEL_LAYOUT(row, struct document_row);

static const struct parcel_member block_members[] = {
	PARCEL(NUMBER, struct document_block, kind),
	PARCEL(TEXT, struct document_block, text),
	PARCEL_OF(LIST, struct document_block, columns, DOCUMENT_COLUMNS, column),
	PARCEL_OF(ROWS, struct document_block, rows, DOCUMENT_ROWS, row),
	PARCEL(TEXT, struct document_block, picture),
	PARCEL(NUMBER, struct document_block, width_pt),
};
PARCEL_LAYOUT(block, struct document_block);

static const struct parcel_member document_members[] = {
	PARCEL(TEXT, struct document, language),
	PARCEL(INSTANT, struct document, created),
	PARCEL(TEXT, struct document, brand),
	PARCEL(TEXT, struct document, kind),
	PARCEL(TEXT, struct document, title),
	PARCEL(TEXT, struct document, subtitle),
	PARCEL_MANY(struct document, lines, DOCUMENT_LINES),
	PARCEL(FLAG, struct document, cover),
	PARCEL(TEXT, struct document, contents),
	PARCEL(TEXT, struct document, foot),
	PARCEL(TEXT, struct document, qr),
	PARCEL(TEXT, struct document, page),
	PARCEL_OF(ROWS, struct document, blocks, DOCUMENT_BLOCKS, block),
};
PARCEL_LAYOUT(document, struct document);

void document_json(const struct document *d, struct buf *out)
{
	parcel_write(out, &document, d);
}

rc document_read(struct ctx *c, const char *json, size_t len, struct document *d)
{
	*d = (struct document){ 0 };
	return parcel_read(c, &document, json, len, d);
}

rc document_pdf(struct ctx *c, const struct document *d, struct buf *out)
{
	if (d->n_blocks > DOCUMENT_BLOCKS)
		return fail(c, E_TOO_LARGE, "paper.too_many_rows");
	for (size_t i = 0; i < d->n_blocks; i++)
		if (d->blocks[i].n_rows > DOCUMENT_ROWS)
			return fail(c, E_TOO_LARGE, "paper.too_many_rows");
	if (!child_enabled())
		return document_draw(c, d, out);
	struct buf json;
	buf_init(&json, c->mem, 1 << 16);
	document_json(d, &json);
	return child_run(c, "document", json.s, json.len, out);
}
