/* open_data_web.c - the page of open data, and the files it names. */
#include "observatory/open_archive.h"
#include "observatory/open_data_html.h"
#include "people/community_shape.h"
#include "platform/route.h"

route_fn open_data_get, open_file_get, catalog_get, murmurations_get;

rc open_data_get(struct ctx *c, struct req *q)
{
	struct data_page *v = new_zero(c, struct data_page);
	TRY(open_data_sets(c, v));
	TRY(open_archive_told(c, &v->archive));
	v->archive_size = T_TEXT(c, "operator.megabytes", "size",
				 fmt_int(c, (v->archive.size + 500000) / 1000000));
	v->may_offer = !c->actor.person.v || (c->actor.roles & ROLE_COORDINATOR);
	page_title(q, "observatory", T(c, "open_data.title"));
	return page(q, data_page, v);
}

rc open_file_get(struct ctx *c, struct req *q)
{
	const struct open_file *f = open_file_named(q->route->path);
	struct buf b;
	spool_begin(c, &b);
	TRY(open_file_write(c, f, &b));
	return spooled(c, q, f->type, NULL, &b);
}

rc catalog_get(struct ctx *c, struct req *q)
{
	struct buf b;
	buf_init(&b, c->mem, 1 << 14);
	TRY(open_catalog_write(c, &b));
	return bytes(q, "application/ld+json", NULL, b.s, b.len);
}

rc murmurations_get(struct ctx *c, struct req *q)
{
	const struct community_row *row = req_object(q, community_row, community);
	struct open_records l;
	struct buf b;
	TRY(open_record_read(c, row->id, &l));
	if (l.items[0].row.closed != NONE) /* an index lets go of what is found no more */
		return fail(c, E_NOT_FOUND, "db.not_found");
	buf_init(&b, c->mem, 1024);
	murmurations_profile(c, &l.items[0], &b);
	return bytes(q, "application/json", NULL, b.s, b.len);
}
