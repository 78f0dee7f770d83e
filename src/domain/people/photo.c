#include "people/photo.h"

#include <string.h>

#include "base/pubid.h"
#include "people/community.h"
#include "people/photo_sql.h"
#include "platform/json.h"
#include "platform/route.h"

rc photo_loader(struct ctx *c, pubid pub, struct loaded *out);
rc photo_image_loader(struct ctx *c, pubid pub, struct loaded *out);

rc photo_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	struct photo_object *p = new_zero(c, struct photo_object);
	bool found;
	TRY(photo_by_pub(c, pub, p, &found));
	if (!found)
		return fail(c, E_NOT_FOUND, "db.not_found");
	out->object = p;
	out->community = p->community;
	return OK;
}

rc photo_image_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	struct photo_image_object *p = new_zero(c, struct photo_image_object);
	bool found;
	TRY(photo_image_by_pub(c, pub, p, &found));
	if (!found)
		return fail(c, E_NOT_FOUND, "db.not_found");
	out->object = p;
	out->community = p->community;
	out->is_public = true;
	return OK;
}

static void take_images(struct ctx *c, const struct photo_image_row_list *all, int format,
			const struct photo_view *of, struct photo_image_row_list *out)
{
	out->items = new_array(c, struct photo_image_row, all->n + 1);
	for (size_t i = 0; i < all->n; i++)
		if (all->items[i].photo.v == of->photo.id.v && all->items[i].format == format)
			out->items[out->n++] = all->items[i];
}

rc photos_of(struct ctx *c, community_id community, struct photo_view_list *out)
{
	struct photo_image_row_list images;
	struct photo_row_list photos;
	TRY(photo_rows(c, community, &photos));
	TRY(photo_images_of(c, community, &images));
	*out = (struct photo_view_list){ new_array(c, struct photo_view, photos.n + 1), photos.n };
	for (size_t i = 0; i < out->n; i++) {
		struct photo_view *p = &out->items[i];
		*p = (struct photo_view){ .photo = photos.items[i] };
		take_images(c, &images, PHOTO_FORMAT_JPEG, p, &p->images);
		take_images(c, &images, PHOTO_FORMAT_WEBP, p, &p->smaller);
	}
	return OK;
}

static void srcset(struct out *o, const struct photo_image_row_list *l, const char *sizes)
{
	buf_str(o->b, " srcset=\"");
	for (size_t i = 0; i < l->n; i++)
		buf_fmt(o->b, "%s/photos/%s %lldw", i ? ", " : "", l->items[i].pub.s,
			(long long)l->items[i].width);
	buf_fmt(o->b, "\" sizes=\"%s\"", sizes);
}

static void picture(struct out *o, const struct photo_view *p, const char *sizes, const char *when)
{
	if (!p->images.n)
		return;
	const struct photo_image_row *widest = &p->images.items[p->images.n - 1];
	buf_str(o->b, "<picture>");
	if (p->smaller.n) {
		buf_str(o->b, "<source type=\"image/webp\"");
		srcset(o, &p->smaller, sizes);
		buf_char(o->b, '>');
	}
	buf_fmt(o->b, "<img src=\"/photos/%s\"", widest->pub.s);
	srcset(o, &p->images, sizes);
	buf_fmt(o->b, " width=\"%lld\" height=\"%lld\" alt=\"", (long long)widest->width,
		(long long)widest->height);
	out_text_str(o, p->photo.alt);
	buf_fmt(o->b, "\" %s></picture>", when);
}

void photo_img(struct out *o, const struct photo_view *p, const char *sizes)
{
	picture(o, p, sizes, "loading=\"lazy\" decoding=\"async\"");
}

void photo_img_first(struct out *o, const struct photo_view *p, const char *sizes)
{
	picture(o, p, sizes, "fetchpriority=\"high\"");
}

/* ---- what a steward does ---- */

/* A child that dies was given something made to kill it. */
rc photo_draw(struct ctx *c, octets file, struct raster_images *out)
{
	switch (raster_images_of(c, file, out)) {
	case OK: return OK;
	case E_INVALID: return fail_field(c, "image", "photo.too_small");
	case E_TOO_LARGE: return fail_field(c, "image", "photo.too_many_pixels");
	case E_BUSY: return fail(c, E_BUSY, "photo.too_slow");
	default: return fail_field(c, "image", raster_is_heif(file) ? "photo.heif" : "photo.not_an_image");
	}
}

rc photo_image_add(struct ctx *c, row_id photo, const struct raster_image *k, int format, octets file)
{
	pubid pub;
	pubid_new(&pub);
	return photo_image_insert(c, pub, photo, k->width, k->height, format, file, NULL);
}

rc photo_add(struct ctx *c, community_id community, pubid place, const struct photo_new *f,
	     const struct raster_images *images, pubid *out)
{
	struct photo_row_list all;
	int64_t last;
	row_id photo;
	struct buf after;
	TRY(photos_hold(c, community, NULL));
	TRY(photo_rows(c, community, &all));
	if (all.n >= PHOTOS_MAX)
		return fail(c, E_QUOTA, "photo.enough");
	TRY(photo_last_rank(c, community, &last));
	pubid_new(out);
	TRY(photo_insert(c, *out, community, last + 1, f->alt, f->credit, f->licence, c->now, c->actor.person,
			 &photo));
	for (size_t i = 0; i < images->n; i++) {
		const struct raster_image *k = &images->items[i];
		TRY(photo_image_add(c, photo, k, PHOTO_FORMAT_JPEG, k->jpeg));
		TRY(photo_image_add(c, photo, k, PHOTO_FORMAT_WEBP, k->webp));
	}
	buf_init(&after, c->mem, 200);
	json_write(&after, &photo_new_shape, f);
	return community_note(c, place, "photo.add", "photo", *out, NULL, after.s);
}

static struct photo_edit said_of(const struct photo_object *p)
{
	return (struct photo_edit){ .alt = p->alt, .credit = p->credit, .licence = p->licence };
}

rc photo_change(struct ctx *c, const struct photo_object *p, const struct photo_edit *f)
{
	struct photo_edit old = said_of(p);
	const char *before, *after;
	if (!changes_json(c, &photo_edit_shape, &old, f, &before, &after))
		return OK;
	TRY(photo_update(c, p->id, f->alt, f->credit, f->licence, NULL));
	return community_note(c, p->place_pub, "photo.edit", "photo", p->pub, before, after);
}

rc photo_shift(struct ctx *c, const struct photo_object *p, int direction)
{
	struct photo_row_list all;
	size_t at = 0;
	TRY(photo_rows(c, p->community, &all));
	while (at < all.n && all.items[at].id.v != p->id.v)
		at++;
	size_t to = direction == PHOTO_DIRECTION_FIRST	   ? 0
		    : direction == PHOTO_DIRECTION_EARLIER ? at - 1
							   : at + 1;
	if (at >= all.n || to >= all.n || at == to)
		return OK;
	struct photo_row moved = all.items[at];
	size_t between = to < at ? at - to : to - at;
	memmove(&all.items[to < at ? to + 1 : at], &all.items[to < at ? to : at + 1], between * sizeof moved);
	all.items[to] = moved;
	for (size_t i = 0; i < all.n; i++)
		TRY(photo_rank_set(c, all.items[i].id, (int64_t)i + 1, NULL));
	return community_note(c, p->place_pub, "photo.edit", "photo", p->pub,
			      fmt(c, "{\"rank\":%zu}", at + 1), fmt(c, "{\"rank\":%zu}", to + 1));
}

rc photo_remove(struct ctx *c, const struct photo_object *p)
{
	struct photo_edit old = said_of(p);
	struct buf before;
	TRY(photo_images_delete(c, p->id, NULL));
	TRY(photo_delete(c, p->id, NULL));
	buf_init(&before, c->mem, 200);
	json_write(&before, &photo_edit_shape, &old);
	return community_note(c, p->place_pub, "photo.remove", "photo", p->pub, before.s, NULL);
}
