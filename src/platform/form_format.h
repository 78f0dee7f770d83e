/* form_format.h - formats of texts in forms. */
#ifndef MAILLAGE_FORM_FORMAT_H
#define MAILLAGE_FORM_FORMAT_H

#include <stdbool.h>

/* An address that ordinary mail reaches: an unquoted ASCII local part, a
 * domain with a dot (RFC 5321 lengths). Whether anybody is there, only a
 * message can tell. */
bool email_ok(const char *s);
/* http:// or https://, a host with a dot, no user or password, no blanks, none
 * of < > " ' ` \ . */
bool url_ok(const char *s);

#endif
