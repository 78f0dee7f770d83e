/* render.h - a reply becomes bytes: a page in its shell, JSON, a redirect, a
 * problem (RFC 9457). */
#ifndef MAILLAGE_RENDER_H
#define MAILLAGE_RENDER_H

#include "platform/route.h"

void render_reply(struct ctx *c, struct req *q, struct http_resp *p);

/* The answer for c->failure: an error page, a problem, or for pages that need
 * a sign-in a redirect to it. */
void render_failure(struct ctx *c, struct req *q, struct http_resp *p);

/* The sentence for c->failure in the reader's language. */
const char *failure_text(struct ctx *c, const struct failure *f);

/* What a template is given: where to write, for whom, and the form as sent. */
struct out render_out(struct ctx *c, struct req *q, struct buf *b);

#endif
