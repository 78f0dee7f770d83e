/* sheet_parts.h - what stands around a statement's table: head, parties,
 * boxes, foot. Lengths in points; each returns the y below what it drew. */
#ifndef MAILLAGE_SHEET_PARTS_H
#define MAILLAGE_SHEET_PARTS_H

#include "platform/pdf.h"
#include "platform/sheet.h"

#define SHEET_X	       51.0
#define SHEET_RIGHT_X  544.3
#define SHEET_WIDTH    (SHEET_RIGHT_X - SHEET_X)
#define SHEET_BOTTOM   760.0 /* of what may stand above the foot */
#define SHEET_TOP_NEXT 124.0 /* of the table, on the pages that follow */

/* What every paper begins with: the mark, its top left at x, y; one row of stitches. */
void sheet_mark(struct pdf *p, double x, double y);
void sheet_stitches(struct pdf *p, double x, double y, double width);

double sheet_head(struct pdf *p, const struct sheet *s);
double sheet_head_next(struct pdf *p, const struct sheet *s);
/* Only measured unless `draw`: returns the height. */
double sheet_boxes(struct pdf *p, const struct sheet *s, double y, bool draw);
/* E_INVALID: the QR text is too long. */
rc sheet_foot(struct ctx *c, struct pdf *p, const struct sheet *s, size_t page, size_t pages);

#endif
