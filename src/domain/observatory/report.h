/* report.h - the "état des lieux": what the study of 2018 was, made again from
 * living data for any territory, as web pages and as paper. Chapters are built once
 * and shown both ways. Inside a snapshot; takes a second or two: on a worker. */
#ifndef MAILLAGE_REPORT_H
#define MAILLAGE_REPORT_H

#include "base/ctx.h"
#include "observatory/report_shape.h"
#include "platform/document.h"
#include "platform/picture.h"

#define REPORT_PICTURES 8

/* What it speaks of: of whose places, where, on which day. */
struct report {
	struct scope scope;
	struct place_fact_list places;
	struct document document;
	struct picture pictures[REPORT_PICTURES]; /* those of the document, in its order, as pages show them */
	size_t n_pictures;
};

/* E_NOT_FOUND "territories.not_found" */
rc report_build(struct ctx *c, const struct report_query *ask, struct report *out);
/* Its chapters, for a page. */
void report_chapters(struct ctx *c, const struct report *r, struct report_page *v);
/* On paper: see platform/document.h. */
rc report_pdf(struct ctx *c, const struct report *r, struct buf *out);

#endif
