/* history_web.c - the history of a community for its managers, as a page and as CSV. */
#include "base/csv.h"
#include "people/history.h"
#include "people/history_html.h"
#include "people/people.h"
#include "platform/csv_head.h"
#include "platform/route.h"

#define PAGE_LINES 30
#define CSV_LINES  10000

route_fn history_get, history_csv, unkept_history_get, unkept_history_csv;
rc unkept_loader(struct ctx *c, pubid pub, struct loaded *out);

/* A page that nobody keeps, for who may follow it. */
rc unkept_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	bool may;
	TRY(community_loader(c, pub, out));
	TRY(history_may_follow(c, ((const struct community_row *)out->object)->id, &may));
	return may ? OK : fail(c, E_NOT_FOUND, "db.not_found");
}

/* Kinds that there may be lines of. */
static void fill_kinds(struct ctx *c, const struct history_query *f, struct history_page *v)
{
	static const bool of_page[AUDIT_KIND_COUNT] = {
		[AUDIT_KIND_COMMUNITY] = true, [AUDIT_KIND_LINK] = true, [AUDIT_KIND_PHOTO] = true,
		[AUDIT_KIND_FIGURE] = true,    [AUDIT_KIND_STEP] = true,
	};
	v->kinds.items = new_array(c, struct history_kind, AUDIT_KIND_COUNT);
	for (int i = 0; i < AUDIT_KIND_COUNT; i++)
		if (!v->page_only || of_page[i])
			v->kinds.items[v->kinds.n++] = (struct history_kind){ i, i == f->kind };
}

static rc show(struct ctx *c, struct req *q, const struct community_row *row, bool page_only,
	       const char *here)
{
	const struct history_query *f = req_form(q, history_query);
	struct history_page *v = new_zero(c, struct history_page);
	v->kind = f->kind;
	v->next = NONE;
	v->here = here;
	v->page_only = page_only;
	v->csv = fmt(c, "%s.csv?kind=%s", here, f->kind < 0 ? "" : enum_word(&audit_kind_words, f->kind));
	fill_kinds(c, f, v);
	TRY(community_card_get(c, row->id, &v->card));
	TRY(history_find(c, &v->card, f, page_only, PAGE_LINES + 1, &v->items));
	if (v->items.n > PAGE_LINES)
		v->next = v->items.items[--v->items.n - 1].seq;
	page_title(q, "communities", T(c, "history.title"));
	page_crumb(q, row->name, fmt(c, "/communities/%s", row->pub.s));
	page_crumb(q, T(c, "history.title"), NULL);
	return page(q, history_page, v);
}

rc history_get(struct ctx *c, struct req *q)
{
	const struct community_row *row = req_object(q, community_row, community);
	return show(c, q, row, false, fmt(c, "/communities/%s/audit", row->pub.s));
}

rc unkept_history_get(struct ctx *c, struct req *q)
{
	const struct community_row *row = req_object(q, community_row, unkept);
	return show(c, q, row, true, fmt(c, "/unkept/%s/audit", row->pub.s));
}

/* A row for each changed field; an event that changed none has one. */
static void put_line(struct ctx *c, struct csv_writer *w, const struct history_event *l)
{
	static const struct history_change none = { "", "", "" };
	for (size_t i = 0; i < (l->changes.n ? l->changes.n : 1); i++) {
		const struct history_change *k = l->changes.n ? &l->changes.items[i] : &none;
		csv_put_int(w, l->seq);
		csv_put(w, fmt_when(c, l->at, NULL));
		csv_put_typed(w, l->who);
		csv_put_typed(w, l->as);
		csv_put(w, l->action);
		csv_put_typed(w, l->whose);
		csv_put(w, k->field);
		csv_put_typed(w, k->from);
		csv_put_typed(w, k->to);
		csv_end_row(w);
	}
}

static rc tell(struct ctx *c, struct req *q, const struct community_row *row, bool page_only)
{
	static const char *const columns[] = { K("history.number"), K("history.when"), K("history.who"),
					       K("history.as"),	    K("history.what"), K("history.whose"),
					       K("history.field"),  K("history.from"), K("history.to") };
	struct history_event_list l;
	struct community_card card;
	struct csv_writer w;
	struct buf b;
	TRY(community_card_get(c, row->id, &card));
	TRY(history_find(c, &card, req_form(q, history_query), page_only, CSV_LINES, &l));
	buf_init(&b, c->mem, 8192);
	csv_begin(&w, &b, ';', true);
	csv_head(c, &w, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < l.n; i++)
		put_line(c, &w, &l.items[i]);
	return bytes(q, "text/csv; charset=utf-8", "historique.csv", b.s, b.len);
}

rc history_csv(struct ctx *c, struct req *q)
{
	return tell(c, q, req_object(q, community_row, community), false);
}

rc unkept_history_csv(struct ctx *c, struct req *q)
{
	return tell(c, q, req_object(q, community_row, unkept), true);
}
