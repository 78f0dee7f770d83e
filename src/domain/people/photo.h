/* photo.h - the photos of a community: drawn anew from what a steward sent, in
 * a few widths, without anything else that the file held. */
#ifndef MAILLAGE_PHOTO_H
#define MAILLAGE_PHOTO_H

#include "base/ctx.h"
#include "people/community_shape.h"
#include "people/photo_shape.h"
#include "platform/out.h"

/* In their order, each with its widths, narrow to wide. */
rc photos_of(struct ctx *c, community_id community, struct photo_view_list *out);

/* <img> with its widths to choose from; `sizes` as in HTML. */
void photo_img(struct out *o, const struct photo_view *p, const char *sizes);

#endif
