/* openapi.h - the API described for programs (OpenAPI 3.1). */
#ifndef MAILLAGE_OPENAPI_H
#define MAILLAGE_OPENAPI_H

#include "base/buf.h"
#include "base/shape.h"

/* The JSON Schema (2020-12) of what json_write makes of a shape, or of what
 * json_read takes for a form. Nested shapes are references to
 * #/components/schemas/NAME. */
void openapi_schema(struct buf *b, const struct shape *s, bool form);

#endif
