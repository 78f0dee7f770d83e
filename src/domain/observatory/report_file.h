/* report_file.h - a report asked for by a command, in words. */
#ifndef MAILLAGE_REPORT_FILE_H
#define MAILLAGE_REPORT_FILE_H

#include "base/buf.h"
#include "base/ctx.h"

struct report_order {
	const char *source;	/* word of enum figure_source; NULL: as the page does */
	const char *territory;	/* "FR", "METRO", "region:75", or as somebody types it: "Vienne", "86";
				 * NULL: metropolitan France */
	int64_t year;		/* as things stood at its end; NONE: on the day */
	day on;			/* NONE: today */
	struct buf *out;	/* the PDF */
};

/* Inside a snapshot; arg is a struct report_order.
 *   E_INVALID "report.no_source", "report.which" several bear that name; E_NOT_FOUND "territories.not_found" */
rc report_make(struct ctx *c, void *arg);

#endif
