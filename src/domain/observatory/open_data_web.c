/* open_data_web.c - the page of open data, and the files it names. */
#include "base/civil.h"
#include "observatory/open_data.h"
#include "observatory/open_data_html.h"
#include "observatory/open_data_sql.h"
#include "people/community_shape.h"
#include "platform/i18n.h"
#include "platform/route.h"

route_fn open_data_get, open_file_get, murmurations_get;

static void add_file(struct ctx *c, const struct open_file *f, const int64_t counts[3], struct data_page *v)
{
	v->items.items[v->items.n++] = (struct data_set){
		.name = i18n(c, f->title, NULL, 0),
		.about = i18n(c, f->about, NULL, 0),
		.address = f->path,
		.format = f->format,
		.schema = f->schema,
		.count = counts[f->holds],
	};
}

rc open_data_get(struct ctx *c, struct req *q)
{
	struct data_page *v = new_zero(c, struct data_page);
	struct open_counts_row n;
	TRY(open_counts(c, &n));
	const int64_t counts[] = {
		[OPEN_ALL] = n.communities, [OPEN_PLACES] = n.places, [OPEN_LOCATED] = n.located
	};
	v->items.items = new_array(c, struct data_set, n_open_files);
	for (size_t i = 0; i < n_open_files; i++)
		add_file(c, &open_files[i], counts, v);
	page_title(q, "observatory", T(c, "open_data.title"));
	return page(q, data_page, v);
}

rc open_file_get(struct ctx *c, struct req *q)
{
	const struct open_file *f = open_file_named(q->route->path);
	struct open_records l;
	struct buf b;
	TRY(open_records_read(c, (community_id){ 0 }, &l));
	buf_init(&b, c->mem, 1 << 16);
	f->write(c, &l, &b);
	return bytes(q, f->type, NULL, b.s, b.len);
}

rc murmurations_get(struct ctx *c, struct req *q)
{
	const struct community_row *row = req_object(q, community_row, community);
	struct open_records l;
	struct buf b;
	TRY(open_records_read(c, row->id, &l));
	buf_init(&b, c->mem, 1024);
	murmurations_profile(c, &l.items[0], &b);
	return bytes(q, "application/json", NULL, b.s, b.len);
}
