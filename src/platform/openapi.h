/* openapi.h - the API described for programs (OpenAPI 3.1), from the tables
 * that the server itself works by. */
#ifndef MAILLAGE_OPENAPI_H
#define MAILLAGE_OPENAPI_H

#include "base/buf.h"
#include "base/shape.h"

struct app;

/* The JSON Schema (2020-12) of what json_write makes of a shape, or of what
 * json_read takes for a form. Nested shapes are references to
 * #/components/schemas/NAME. */
void openapi_schema(struct buf *b, const struct shape *s, bool form);

/* The schema of one field, as openapi_schema writes it. */
void openapi_field(struct buf *b, const struct field *f, bool form);

/* Does the field stand in JSON? */
bool openapi_shows(const struct field *f);

/* The whole document: every row of app->site that the API answers. */
void openapi_document(struct buf *b, const struct app *app);

#endif
