#include "people/photo.h"

#include "people/photo_sql.h"

rc photos_of(struct ctx *c, community_id community, struct photo_view_list *out)
{
	struct photo_image_row_list images;
	struct photo_row_list photos;
	TRY(photo_rows(c, community, &photos));
	TRY(photo_images_of(c, community, &images));
	*out = (struct photo_view_list){ new_array(c, struct photo_view, photos.n + 1), photos.n };
	for (size_t i = 0; i < out->n; i++) {
		struct photo_view *p = &out->items[i];
		p->photo = photos.items[i];
		p->images.items = new_array(c, struct photo_image_row, images.n + 1);
		for (size_t k = 0; k < images.n; k++)
			if (images.items[k].photo.v == p->photo.id.v)
				p->images.items[p->images.n++] = images.items[k];
	}
	return OK;
}

void photo_img(struct out *o, const struct photo_view *p, const char *sizes)
{
	if (!p->images.n)
		return;
	const struct photo_image_row *widest = &p->images.items[p->images.n - 1];
	buf_fmt(o->b, "<img src=\"/photos/%s\" srcset=\"", widest->pub.s);
	for (size_t i = 0; i < p->images.n; i++)
		buf_fmt(o->b, "%s/photos/%s %lldw", i ? ", " : "", p->images.items[i].pub.s,
			(long long)p->images.items[i].width);
	buf_fmt(o->b, "\" sizes=\"%s\" width=\"%lld\" height=\"%lld\" alt=\"", sizes,
		(long long)widest->width, (long long)widest->height);
	out_text_str(o, p->photo.alt);
	buf_str(o->b, "\">");
}
