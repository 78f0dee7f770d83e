/* static.h - style, script, fonts and icons, from inside the binary, under
 * /s/. Their address carries a fingerprint of all of them (/s/FINGERPRINT/x),
 * so browsers keep them for a year. */
#ifndef MAILLAGE_STATIC_H
#define MAILLAGE_STATIC_H

#include <stdbool.h>

#include "platform/http.h"

struct app;

bool static_is(const char *path);
/* Answers when the path is one of ours. */
bool static_answer(struct app *app, const struct http_req *r, struct http_resp *p);
/* Eight hex digits that change with any of the files. */
const char *static_fingerprint(void);

#endif
