/* report_parts.h - the chapters of a report (report_figures.c, report_series.c,
 * report_ground.c, report_voices.c), and what they are written with. */
#ifndef MAILLAGE_REPORT_PARTS_H
#define MAILLAGE_REPORT_PARTS_H

#include "observatory/map.h"
#include "observatory/report.h"
#include "observatory/scope_map.h"

/* A table that grows. */
struct rows {
	struct document_row *items;
	size_t n;
};
struct rows rows_of(struct ctx *c, size_t most);
void report_table(struct ctx *c, struct report *r, const struct document_column *columns, size_t n,
		  const struct rows *rows);
/* A picture with a sentence below it. */
void report_picture(struct ctx *c, struct report *r, const struct picture *p, int width_pt, const char *caption);
/* "Vienne (86)"; "" for none. */
const char *report_town(struct ctx *c, const char *name, const char *departement);
/* The kind of territory that a scope is told by: regions of a country, and so on; -1: none below. */
int report_below(const struct scope *s);

rc report_essentials(struct ctx *c, struct report *r);
rc report_places_chapter(struct ctx *c, struct report *r);
rc report_definitions(struct ctx *c, struct report *r);
rc report_generation(struct ctx *c, struct report *r);
rc report_series(struct ctx *c, struct report *r);
rc report_density(struct ctx *c, struct report *r);
rc report_access(struct ctx *c, struct report *r);
rc report_where_next(struct ctx *c, struct report *r);
rc report_bridges(struct ctx *c, struct report *r);
rc report_initiatives(struct ctx *c, struct report *r);
rc report_actors(struct ctx *c, struct report *r);
rc report_method(struct ctx *c, struct report *r);

#endif
