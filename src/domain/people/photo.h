/* photo.h - the photos of a community: drawn anew from what a steward sent, in
 * a few widths, without anything else that the file held. */
#ifndef MAILLAGE_PHOTO_H
#define MAILLAGE_PHOTO_H

#include "base/ctx.h"
#include "people/community_shape.h"
#include "people/photo_shape.h"
#include "platform/out.h"
#include "platform/raster.h"

/* In their order, each with its widths, narrow to wide. */
rc photos_of(struct ctx *c, community_id community, struct photo_view_list *out);

/* <picture> with its widths to choose from; `sizes` as in HTML. What is seen
 * first on a page is asked for at once, the others when they come into sight. */
void photo_img(struct out *o, const struct photo_view *p, const char *sizes);
void photo_img_first(struct out *o, const struct photo_view *p, const char *sizes);

/* Job: photos that were added before WebP was made get theirs. */
rc photos_complete(struct ctx *c);

/* What a steward does; the audit log is told. Inside db_write. */

#define PHOTOS_MAX 12

/* Draw what was sent anew: slow, before the transaction.
 *   E_INVALID  blaming image: photo.not_an_image, heif, too_small, too_many_pixels
 *   E_BUSY     photo.too_slow */
rc photo_draw(struct ctx *c, octets file, struct raster_images *out);
/* Behind the others.  E_QUOTA "photo.enough" */
rc photo_add(struct ctx *c, community_id community, pubid place, const struct photo_new *f,
	     const struct raster_images *images, pubid *out);
/* Nothing is written when nothing differs. */
rc photo_change(struct ctx *c, const struct photo_object *p, const struct photo_edit *f);
/* One place up or down, or to the front: the main photo; the first stays first. direction: of enum photo_direction. */
rc photo_shift(struct ctx *c, const struct photo_object *p, int direction);
rc photo_remove(struct ctx *c, const struct photo_object *p);
rc photo_image_add(struct ctx *c, row_id photo, const struct raster_image *k, int format, octets file);

#endif
