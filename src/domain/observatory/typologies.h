/* typologies.h - what third places are and do, counted, and what is none. In a snapshot. */
#ifndef MAILLAGE_TYPOLOGIES_H
#define MAILLAGE_TYPOLOGIES_H

#include "base/ctx.h"
#include "observatory/typologies_shape.h"

/* Of all places of v->scope, open on its day. A place may be several kinds. */
rc typologies_fill(struct ctx *c, struct typologies_page *v);

#endif
