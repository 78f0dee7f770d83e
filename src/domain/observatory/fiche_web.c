/* fiche_web.c - technical sheets: list, page, paper, writing, asking. */
#include <string.h>

#include "base/csv.h"
#include "observatory/fiche.h"
#include "observatory/fiche_html.h"
#include "observatory/fiche_sql.h"
#include "people/community.h"
#include "people/link.h"
#include "people/people.h"
#include "platform/csv_head.h"
#include "platform/i18n.h"
#include "platform/route.h"
#include "platform/ui.h"

route_fn fiches_get, fiches_csv, fiche_get, fiche_pdf, fiche_new_get, fiche_new_post, fiche_edit_get,
	fiche_edit_post, fiche_publish_post, fiche_withdraw_post, fiche_ask_get, fiche_ask_post;

static const char *address(struct ctx *c, const char *path, const char *q, const char *after)
{
	struct buf b;
	buf_init(&b, c->mem, 100);
	buf_fmt(&b, "%s?q=", path);
	buf_url(&b, q);
	if (after)
		buf_fmt(&b, "&after=%s", after);
	return b.s;
}

static bool may_write(const struct ctx *c)
{
	return c->actor.roles & (ROLE_MANAGER | ROLE_COORDINATOR);
}

/* The first words, for a list. */
static void shorten(struct ctx *c, struct fiche_line_list *l)
{
	for (size_t i = 0; i < l->n; i++) {
		const char *s = l->items[i].beginning;
		size_t n = s ? strcspn(s, "\n") : 0, room = 220;
		if (!s)
			continue;
		while (n > room && room > 160 && s[room] != ' ')
			room--;
		l->items[i].beginning = n > room ? fmt(c, "%.*s…", (int)room, s) : fmt(c, "%.*s", (int)n, s);
	}
}

rc fiches_get(struct ctx *c, struct req *q)
{
	const struct fiche_query *f = req_form(q, fiche_query);
	struct fiches_page *v = new_zero(c, struct fiches_page);
	v->q = f->q ? f->q : "";
	v->csv = address(c, "/fiches.csv", v->q, NULL);
	v->may_write = may_write(c);
	TRY(fiche_total(c, f, &v->total));
	TRY(fiche_find(c, f, FICHES_PAGE + 1, &v->items));
	if (v->items.n > FICHES_PAGE) {
		v->items.n = FICHES_PAGE;
		v->next = address(c, "/fiches", v->q, v->items.items[FICHES_PAGE - 1].pub.s);
	}
	if (v->may_write)
		TRY(fiches_of_community(c, c->actor.community, &v->mine));
	shorten(c, &v->items);
	page_title(q, "observatory", T(c, "fiche.title"));
	return page(q, fiches_page, v);
}

static void put_row(struct ctx *c, struct csv_writer *w, const struct fiche_line *r)
{
	csv_put(w, r->pub.s);
	csv_put_typed(w, r->title);
	csv_put_typed(w, r->city);
	csv_put(w, r->departement);
	csv_put_int(w, r->year);
	csv_put_typed(w, r->whose ? r->whose : T(c, "fiche.of_study"));
	csv_put_typed(w, r->beginning);
	csv_end_row(w);
}

rc fiches_csv(struct ctx *c, struct req *q)
{
	static const char *const columns[] = { K("fiche.id"),	       K("fiche.name"), K("fiche.town"),
					       K("fiche.departement"), K("fiche.year"), K("fiche.whose"),
					       K("fiche.description") };
	struct fiche_line_list l;
	struct csv_writer w;
	struct buf b;
	TRY(fiche_find(c, req_form(q, fiche_query), FICHES_ALL, &l));
	buf_init(&b, c->mem, 1 << 14);
	csv_begin(&w, &b, ';', true);
	csv_head(c, &w, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < l.n; i++)
		put_row(c, &w, &l.items[i]);
	return bytes(q, "text/csv; charset=utf-8", "fiches.csv", b.s, b.len);
}

static void stand(struct ctx *c, struct req *q, const char *title)
{
	page_title(q, "observatory", title);
	page_crumb(q, T(c, "fiche.title"), "/fiches");
	page_crumb(q, title, NULL);
}

static bool is_mine(const struct ctx *c, const struct fiche_row *row)
{
	return may_write(c) && row->community.v && row->community.v == c->actor.community.v;
}

rc fiche_get(struct ctx *c, struct req *q)
{
	const struct fiche_row *row = req_object(q, fiche_row, fiche);
	struct fiche_page *v = new_zero(c, struct fiche_page);
	if (row->state != FICHE_STATE_PUBLISHED && !is_mine(c, row))
		return fail(c, E_NOT_FOUND, "db.not_found");
	TRY(fiche_view(c, row, v));
	v->may_edit = is_mine(c, row);
	stand(c, q, row->title);
	return page(q, fiche_page, v);
}

rc fiche_pdf(struct ctx *c, struct req *q)
{
	const struct fiche_row *row = req_object(q, fiche_row, fiche);
	struct buf b;
	if (row->state != FICHE_STATE_PUBLISHED && !is_mine(c, row))
		return fail(c, E_NOT_FOUND, "db.not_found");
	buf_init(&b, c->mem, 1 << 16);
	TRY(fiche_print(c, row, &b));
	return bytes(q, "application/pdf", "fiche.pdf", b.s, b.len);
}

static rc edit_page_of(struct ctx *c, struct req *q, const struct fiche_row *row, const char *action)
{
	struct fiche_edit_page *v = new_zero(c, struct fiche_edit_page);
	struct fiche_member_list members = { 0 };
	struct community_card asker;
	v->action = action;
	v->is_new = !row;
	v->year = "";
	v->commune = "";
	v->row = row ? *row : (struct fiche_row){ .title = "" };
	if (row) {
		TRY(fiche_members(c, row->id, &members));
		v->commune = row->city ? commune_typed(c, row->city, row->departement) : "";
		v->year = row->year == NONE ? "" : fmt(c, "%lld", (long long)row->year);
	}
	if (row && row->asked_for.v) {
		TRY(community_card_get(c, row->asked_for, &asker));
		v->asker = asker.name;
	}
	v->members = fiche_members_text(c, &members);
	stand(c, q, row ? row->title : T(c, "fiche.new"));
	return page(q, fiche_edit_page, v);
}

rc fiche_new_get(struct ctx *c, struct req *q)
{
	return edit_page_of(c, q, NULL, "/fiches/new");
}

rc fiche_new_post(struct ctx *c, struct req *q)
{
	pubid pub;
	TRY(fiche_begin(c, req_form(q, fiche_edit), &pub));
	return created(c, q, pub, T(c, "fiche.kept"), "/fiches/%s", pub.s);
}

rc fiche_edit_get(struct ctx *c, struct req *q)
{
	const struct fiche_row *row = req_object(q, fiche_row, fiche);
	return edit_page_of(c, q, row, fmt(c, "/fiches/%s/edit", row->pub.s));
}

rc fiche_edit_post(struct ctx *c, struct req *q)
{
	const struct fiche_row *row = req_object(q, fiche_row, fiche);
	TRY(fiche_change(c, row, req_form(q, fiche_edit)));
	return done(c, q, T(c, "fiche.kept"), "/fiches/%s", row->pub.s);
}

rc fiche_publish_post(struct ctx *c, struct req *q)
{
	const struct fiche_row *row = req_object(q, fiche_row, fiche);
	TRY(fiche_publish(c, row));
	return done(c, q, T(c, "fiche.published"), "/fiches/%s", row->pub.s);
}

rc fiche_withdraw_post(struct ctx *c, struct req *q)
{
	const struct fiche_row *row = req_object(q, fiche_row, fiche);
	TRY(fiche_withdraw(c, row));
	return done(c, q, T(c, "fiche.withdrawn"), "/fiches/%s", row->pub.s);
}

rc fiche_ask_get(struct ctx *c, struct req *q)
{
	struct fiche_ask_page *v = new_zero(c, struct fiche_ask_page);
	const struct fiche_ask *f = form_error_of(&q->form_state, "name") ? req_form(q, fiche_ask) : NULL;
	struct community_row mine;
	if (f && f->name) {
		TRY(community_get(c, c->actor.community, &mine));
		TRY(link_candidates(c, &mine, f->name, &v->choices));
	}
	stand(c, q, T(c, "fiche.ask"));
	return page(q, fiche_ask_page, v);
}

rc fiche_ask_post(struct ctx *c, struct req *q)
{
	pubid pub;
	TRY(fiche_request(c, req_form(q, fiche_ask), &pub));
	return created(c, q, pub, T(c, "fiche.asked"), "/fiches");
}
