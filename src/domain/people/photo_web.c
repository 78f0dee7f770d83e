/* photo_web.c - the photos of a community for its stewards, and each picture for everybody. */
#include "people/photo.h"
#include "people/photo_html.h"
#include "people/photo_sql.h"
#include "platform/route.h"
#include "platform/ui.h"

route_fn photos_get, photo_prepare, photo_post, photo_edit_get, photo_edit_post, photo_move_post,
	photo_remove_post, photo_image_get;

rc photos_get(struct ctx *c, struct req *q)
{
	const struct community_row *row = req_object(q, community_row, community);
	struct photos_page *v = new_zero(c, struct photos_page);
	v->row = *row;
	v->licences = ui_options(c, &photo_licence_words);
	TRY(photos_of(c, row->id, &v->photos));
	v->full = v->photos.n >= PHOTOS_MAX;
	page_title(q, "communities", T(c, "photo.title"));
	page_crumb(q, row->name, fmt(c, "/communities/%s", row->pub.s));
	page_crumb(q, T(c, "photo.title"), NULL);
	return page(q, photos_page, v);
}

rc photo_prepare(struct ctx *c, struct req *q)
{
	struct raster_images *images = new_zero(c, struct raster_images);
	q->prepared = images;
	return photo_draw(c, req_form(q, photo_new)->image, images);
}

rc photo_post(struct ctx *c, struct req *q)
{
	const struct community_row *row = req_object(q, community_row, community);
	pubid pub;
	TRY(photo_add(c, row->id, row->pub, req_form(q, photo_new), q->prepared, &pub));
	return created(c, q, pub, T(c, "photo.added"), "/communities/%s/photos", row->pub.s);
}

rc photo_edit_get(struct ctx *c, struct req *q)
{
	const struct photo_object *p = req_object(q, photo_object, photo);
	struct photo_page *v = new_zero(c, struct photo_page);
	struct photo_view_list all;
	v->photo = *p;
	v->licences = ui_options(c, &photo_licence_words);
	v->licence = enum_word(&photo_licence_words, p->licence);
	TRY(photos_of(c, p->community, &all));
	for (size_t i = 0; i < all.n; i++)
		if (all.items[i].photo.id.v == p->id.v)
			v->view = all.items[i];
	page_title(q, "communities", T(c, "photo.edit_title"));
	page_crumb(q, p->place_name, fmt(c, "/communities/%s", p->place_pub.s));
	page_crumb(q, T(c, "photo.title"), fmt(c, "/communities/%s/photos", p->place_pub.s));
	page_crumb(q, T(c, "photo.edit_title"), NULL);
	return page(q, photo_page, v);
}

rc photo_edit_post(struct ctx *c, struct req *q)
{
	const struct photo_object *p = req_object(q, photo_object, photo);
	TRY(photo_change(c, p, req_form(q, photo_edit)));
	return done(c, q, T(c, "photo.saved"), "/communities/%s/photos", p->place_pub.s);
}

rc photo_move_post(struct ctx *c, struct req *q)
{
	const struct photo_object *p = req_object(q, photo_object, photo);
	TRY(photo_shift(c, p, req_form(q, photo_move)->direction));
	return done(c, q, T(c, "photo.moved"), "/communities/%s/photos", p->place_pub.s);
}

rc photo_remove_post(struct ctx *c, struct req *q)
{
	const struct photo_object *p = req_object(q, photo_object, photo);
	TRY(photo_remove(c, p));
	return done(c, q, T(c, "photo.removed"), "/communities/%s/photos", p->place_pub.s);
}

rc photo_image_get(struct ctx *c, struct req *q)
{
	struct photo_file f;
	TRY(photo_image_file(c, req_object(q, photo_image_object, image)->id, &f));
	return bytes(q, f.format == PHOTO_FORMAT_WEBP ? "image/webp" : "image/jpeg", NULL, f.bytes.s,
		     f.bytes.n);
}
