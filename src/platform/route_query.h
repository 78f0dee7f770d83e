/* route_query.h - what stands in an address beside its path, for those whom no
 * page can tell: programs and files. */
#ifndef MAILLAGE_ROUTE_QUERY_H
#define MAILLAGE_ROUTE_QUERY_H

#include "platform/route.h"

/* Asked by a program, which reads no page: errors of such addresses are problems (RFC 9457). */
bool query_of_program(const struct req *q);

/* A program, and who opens a file, would take a name that nothing reads for a filter
 * that was heard: it is refused. A page says above its list that it left it aside, so
 * there it passes; marks of letters and sites (url_is_mark) pass everywhere.
 *   E_INVALID  "query.unknown", "query.none"; form_state says which names */
rc query_check(struct ctx *c, struct req *q);

#endif
