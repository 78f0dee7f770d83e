/* fault.h - an address with nonsense in it: which value, in the words of the screens,
 * what is expected there, and the address with what was right. */
#ifndef MAILLAGE_FAULT_H
#define MAILLAGE_FAULT_H

#include "app/error_shape.h"
#include "platform/route.h"

/* When what failed is a value of the address of a page: v->faults, v->rest. */
void fault_fill(struct ctx *c, const struct req *q, struct error_view *v);

/* Names that the page does not know, and that follow people around for no use of
 * its own (utm_source ...): what is said of the others, or NULL. */
const char *fault_aside(struct ctx *c, const struct req *q);

#endif
