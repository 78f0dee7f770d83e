/* open_changes_web.c - which public records changed when, for programs that keep
 * a copy: as Atom and as JSON, latest first. */
#include "base/civil.h"
#include "observatory/open_changes_shape.h"
#include "observatory/open_changes_sql.h"
#include "people/linked_data.h"
#include "platform/i18n.h"
#include "platform/json.h"
#include "platform/route.h"

enum { PAGE = 500 };

route_fn changes_atom_get, changes_json_get;

/* The same question about what is older, or NULL. */
static const char *next_of(struct ctx *c, const struct req *q, const struct open_change *last)
{
	const struct changes_query *f = req_form(q, changes_query);
	const char *since = is_none(f->since) ? "" : fmt(c, "&since=%s", fmt_iso_day(c, f->since));
	return linked_data_url(c, fmt(c, "%s?after=%s%s", q->route->path, last->pub.s, since));
}

static rc read_changes(struct ctx *c, const struct req *q, struct data_changes *out)
{
	const struct changes_query *f = req_form(q, changes_query);
	instant since = { 0 };
	struct open_change_list l;
	if (!is_none(f->since))
		since = local_to_utc(f->since, (minute){ 0 }, NULL);
	TRY(open_changes_since(c, since, f->after ? f->after : "", PAGE + 1, &l));
	*out = (struct data_changes){ .items = { new_array(c, struct data_change, PAGE), 0 } };
	for (size_t i = 0; i < l.n && i < PAGE; i++) {
		const struct open_change *k = &l.items[i];
		const char *path = fmt(c, "/%s/%s", k->is_place ? "places" : "communities", k->pub.s);
		const char *into = k->merged_into.s[0] ? k->merged_into.s : NULL;
		out->items.items[out->items.n++] = (struct data_change){
			k->pub.s, k->name, linked_data_url(c, path), k->updated, into,
		};
	}
	if (l.n > PAGE)
		out->next = next_of(c, q, &l.items[PAGE - 1]);
	return OK;
}

rc changes_json_get(struct ctx *c, struct req *q)
{
	struct data_changes v;
	struct buf b;
	TRY(read_changes(c, q, &v));
	buf_init(&b, c->mem, 1 << 14);
	json_write(&b, &data_changes_shape, &v);
	return bytes(q, "application/json", NULL, b.s, b.len);
}

/* ---- Atom, RFC 4287; what is gone by RFC 6721 ---- */

static const char *time_text(struct ctx *c, instant at)
{
	day d;
	minute m;
	utc_to_local(at, "UTC", &d, &m);
	return fmt(c, "%sT%02d:%02d:%02dZ", fmt_iso_day(c, d), (int)(m.v / 60), (int)(m.v % 60),
		   (int)(at.v % 60));
}

static void put_time(struct ctx *c, struct buf *b, instant at)
{
	buf_fmt(b, "<updated>%s</updated>", time_text(c, at));
}

static void put_link(struct buf *b, const char *rel, const char *url)
{
	buf_fmt(b, "<link rel=\"%s\" href=\"", rel);
	buf_html(b, url);
	buf_str(b, "\"/>");
}

static void put_gone(struct ctx *c, struct buf *b, const struct data_change *k)
{
	buf_str(b, "<at:deleted-entry ref=\"");
	buf_html(b, k->url);
	buf_fmt(b, "\" when=\"%s\"><at:comment>%s</at:comment></at:deleted-entry>\n",
		time_text(c, k->updated), k->merged_into);
}

static void put_entry(struct ctx *c, struct buf *b, const struct data_change *k)
{
	if (k->merged_into) {
		put_gone(c, b, k);
		return;
	}
	buf_str(b, "<entry><id>");
	buf_html(b, k->url);
	buf_str(b, "</id><title>");
	buf_html(b, k->name);
	buf_str(b, "</title>");
	put_time(c, b, k->updated);
	put_link(b, "alternate", k->url);
	buf_str(b, "</entry>\n");
}

rc changes_atom_get(struct ctx *c, struct req *q)
{
	struct data_changes v;
	struct buf b;
	TRY(read_changes(c, q, &v));
	buf_init(&b, c->mem, 1 << 14);
	buf_str(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" "
		    "xmlns:at=\"http://purl.org/atompub/tombstones/1.0\"><id>");
	buf_html(&b, linked_data_url(c, q->route->path));
	buf_str(&b, "</id><title>Maillage</title><author><name>Maillage</name></author>");
	put_time(c, &b, v.items.n ? v.items.items[0].updated : (instant){ 0 });
	put_link(&b, "self", linked_data_url(c, q->route->path));
	if (v.next)
		put_link(&b, "next", v.next);
	buf_char(&b, '\n');
	for (size_t i = 0; i < v.items.n; i++)
		put_entry(c, &b, &v.items.items[i]);
	buf_str(&b, "</feed>\n");
	return bytes(q, "application/atom+xml; charset=utf-8", NULL, b.s, b.len);
}
