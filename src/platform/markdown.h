/* markdown.h - what people write, made into HTML that is safe to show. No raw
 * HTML (it is shown as typed), no pictures (their description stays), links to
 * http, https and mailto only (others lose their link), headings from h3 down:
 * the page has its own h1 and h2. */
#ifndef MAILLAGE_MARKDOWN_H
#define MAILLAGE_MARKDOWN_H

#include "base/ctx.h"

/* The most that is read, in bytes; what comes after is left out, so that a
 * hostile text costs milliseconds. Forms set lower bounds. */
#define MARKDOWN_MAX 65536

/* CommonMark, any bytes (what is no UTF-8 becomes U+FFFD). NULL gives none.
 * In c->mem. */
html markdown_render(struct ctx *c, const char *text);

/* Its words alone, each paragraph and each line of a list on its own line: for lists and letters. NULL gives NULL. */
const char *markdown_words(struct ctx *c, const char *text);

#endif
