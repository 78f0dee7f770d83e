/* shell.h - the page around the page: head, who one acts as, foot. */
#ifndef MAILLAGE_SHELL_H
#define MAILLAGE_SHELL_H

#include "platform/route.h"

/* For struct site. */
void shell_layout(struct out *o, struct req *q, page_fn *content, const void *view);
void shell_error(struct out *o, const struct req *q);

#endif
