/* link_web.c - the links of a community, for its managers and signatories. */
#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "base/fold.h"
#include "people/link.h"
#include "people/link_html.h"
#include "people/people.h"
#include "platform/csv_head.h"
#include "platform/i18n.h"
#include "platform/route.h"
#include "platform/ui.h"

route_fn links_get, links_csv_get, links_post, link_confirm_post, link_end_post;

static int by_name(const void *a, const void *b, void *arg)
{
	const struct link_row *x = a, *y = b;
	return strcmp(fold(arg, x->other.name), fold(arg, y->other.name));
}

/* The newest first; those of which nobody said it come last. */
static int by_start(const void *a, const void *b, void *arg)
{
	const struct link_row *x = a, *y = b;
	(void)arg;
	return (x->started.v < y->started.v) - (x->started.v > y->started.v);
}

static rc find(struct ctx *c, community_id community, const struct links_query *f, struct link_row_list *out)
{
	size_t n = 0;
	TRY(links_all(c, community, out));
	for (size_t i = 0; i < out->n; i++) {
		const struct link_row *l = &out->items[i];
		bool named = !f->q || !*f->q || strstr(fold(c, l->other.name), fold(c, f->q));
		if (named && (f->kind < 0 || l->kind == f->kind) && (f->state < 0 || l->state == f->state))
			out->items[n++] = *l;
	}
	out->n = n;
	if (f->sort == LINK_SORT_NAME)
		qsort_r(out->items, n, sizeof *out->items, by_name, c);
	if (f->sort == LINK_SORT_SINCE)
		qsort_r(out->items, n, sizeof *out->items, by_start, c);
	return OK;
}

static void say(struct ctx *c, const struct community_row *row, const struct links_query *f,
		struct links_page *v)
{
	struct buf b;
	v->query = f->q ? f->q : "";
	v->kind = enum_word(&link_kind_words, f->kind);
	v->state = enum_word(&link_state_words, f->state);
	v->sort = enum_word(&link_sort_words, f->sort);
	v->filtered = *v->query || f->kind >= 0 || f->state >= 0;
	v->states = ui_options(c, &link_state_words);
	v->sorts = ui_options(c, &link_sort_words);
	buf_init(&b, c->mem, 120);
	buf_fmt(&b, "/communities/%s/links.csv?kind=%s&state=%s&sort=%s&q=", row->pub.s, v->kind, v->state,
		v->sort);
	buf_url(&b, v->query);
	v->csv = b.s;
}

rc links_get(struct ctx *c, struct req *q)
{
	const struct community_row *row = req_object(q, community_row, community);
	const struct form_error *e = form_error_of(&q->form_state, "name");
	struct links_page *v = new_zero(c, struct links_page);
	v->row = *row;
	v->kinds = ui_options(c, &link_kind_words);
	v->ways = ui_options(c, &link_way_words);
	const struct links_query any = { .kind = -1, .state = -1, .sort = -1 };
	const struct links_query *f = q->route->form == &links_query_shape ? req_form(q, links_query) : &any;
	TRY(find(c, row->id, f, &v->items));
	say(c, row, f, v);
	if (e && q->form) {
		const struct link_propose *typed = req_form(q, link_propose);
		TRY(link_candidates(c, row, typed->name ? typed->name : "", &v->choices));
	}
	page_title(q, "communities", T(c, "links.title"));
	page_crumb(q, row->name, fmt(c, "/communities/%s", row->pub.s));
	page_crumb(q, T(c, "links.title"), NULL);
	return page(q, links_page, v);
}

rc links_csv_get(struct ctx *c, struct req *q)
{
	static const char *const head[] = { K("links.what"),  K("links.with"),	  K("links.city"),
					    K("links.state"), K("links.started"), K("links.until") };
	const struct community_row *row = req_object(q, community_row, community);
	struct link_row_list l;
	struct csv_writer w;
	struct buf b;
	TRY(find(c, row->id, req_form(q, links_query), &l));
	buf_init(&b, c->mem, 4096);
	csv_begin(&w, &b, ';', true);
	csv_head(c, &w, head, sizeof head / sizeof *head);
	for (size_t i = 0; i < l.n; i++) {
		const struct link_row *k = &l.items[i];
		csv_put(&w, i18n_word(c, k->outward ? &link_kind_words : &link_back_words, k->kind));
		csv_put_typed(&w, k->other.name);
		csv_put_typed(&w, k->other.city);
		csv_put(&w, i18n_word(c, &link_state_words, k->state));
		csv_put(&w, fmt_iso_day(c, k->started));
		csv_put(&w, fmt_iso_day(c, k->ended));
		csv_end_row(&w);
	}
	return bytes(q, "text/csv; charset=utf-8", "liens.csv", b.s, b.len);
}

rc links_post(struct ctx *c, struct req *q)
{
	const struct community_row *row = req_object(q, community_row, community);
	pubid pub;
	TRY(link_propose(c, row, req_form(q, link_propose), &pub));
	return created(c, q, pub, T(c, "links.proposed"), "/communities/%s/links", row->pub.s);
}

/* Back to the links of the side that acted. */
static rc back(struct ctx *c, struct req *q, const char *toast)
{
	struct community_card mine;
	TRY(community_card_get(c, c->actor.community, &mine));
	return done(c, q, toast, "/communities/%s/links", mine.pub.s);
}

rc link_confirm_post(struct ctx *c, struct req *q)
{
	TRY(link_confirm(c, req_object(q, link_row, link)));
	return back(c, q, T(c, "links.confirmed"));
}

rc link_end_post(struct ctx *c, struct req *q)
{
	TRY(link_finish(c, req_object(q, link_row, link)));
	return back(c, q, T(c, "links.ended"));
}
