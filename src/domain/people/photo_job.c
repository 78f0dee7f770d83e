/* photo_job.c - photos of before WebP was made get theirs, from their widest picture. */
#include "people/photo.h"
#include "people/photo_sql.h"
#include "platform/db.h"
#include "platform/log.h"

static rc find(struct ctx *c, void *arg)
{
	return photos_without_webp(c, arg);
}

struct completing {
	const struct photos_without_webp_row *row;
	struct photo_file file;
	struct raster_images images;
};

static rc read_file(struct ctx *c, void *arg)
{
	struct completing *k = arg;
	return photo_image_file(c, k->row->image, &k->file);
}

/* Whoever removed it meanwhile has the last word. */
static rc put(struct ctx *c, void *arg)
{
	struct completing *k = arg;
	bool is;
	TRY(photo_is_without_webp(c, k->row->photo, &is));
	for (size_t i = 0; is && i < k->images.n; i++)
		TRY(photo_image_add(c, k->row->photo, &k->images.items[i], PHOTO_FORMAT_WEBP,
				    k->images.items[i].webp));
	return OK;
}

static rc complete(struct ctx *c, struct completing *k)
{
	TRY(db_read(c, read_file, k));
	TRY(raster_images_of(c, k->file.bytes, &k->images));
	return db_write(c, put, k);
}

/* One that cannot be drawn does not hold up the others. */
rc photos_complete(struct ctx *c)
{
	struct photos_without_webp_row_list l;
	TALLOC_CTX *whole = c->mem;
	TRY(db_read(c, find, &l));
	for (size_t i = 0; i < l.n; i++) {
		struct completing k = { .row = &l.items[i] };
		c->mem = talloc_new(whole);
		if (complete(c, &k) != OK)
			log_error("photo without WebP", KV("key", c->failure.key ? c->failure.key : ""));
		talloc_free(c->mem);
		c->mem = whole;
	}
	return OK;
}
