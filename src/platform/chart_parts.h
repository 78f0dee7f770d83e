/* chart_parts.h - what the pictures of chart.h have in common. */
#ifndef MAILLAGE_CHART_PARTS_H
#define MAILLAGE_CHART_PARTS_H

#include "base/buf.h"

/* part of whole in per cent, with hundredths: "8.33%". Cut at 0 and 100. */
void chart_percent(struct buf *b, int64_t part, int64_t whole);
/* ` name="8.33%"` */
void chart_at(struct buf *b, const char *name, int64_t part, int64_t whole);
/* The rest of an <svg> tag after its classes and sizes, and its title; or
 * aria-hidden when there is none. */
void chart_open(struct buf *b, const char *title, const char *desc);
/* <li> of a legend. */
void chart_key(struct buf *b, const char *key, const char *figure, const char *label);

#endif
