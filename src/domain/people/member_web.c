/* member_web.c - the people of the community that one acts for. */
#include <string.h>

#include "base/csv.h"
#include "people/member.h"
#include "people/member_html.h"
#include "people/member_sql.h"
#include "people/people.h"
#include "platform/route.h"
#include "platform/ui.h"

#define PAGE 50

route_fn members_get, members_csv_get, community_members_get, community_members_csv_get;
route_fn member_get, member_status_post, member_roles_post, member_end_post;

static const char *address(struct ctx *c, const char *path, const struct people_query *f, const char *after)
{
	struct buf b;
	buf_init(&b, c->mem, 100);
	buf_fmt(&b, "%s?", path);
	buf_param(&b, "q", f->q);
	buf_param(&b, "status", enum_word(&membership_status_words, f->status));
	buf_param(&b, "sort", enum_word(&member_sort_words, f->sort));
	buf_param(&b, "past", f->past ? "1" : NULL);
	buf_param(&b, "after", after);
	return b.s;
}

/* The page that begins after `after`; an id that is not there begins anew. */
static void cut(struct ctx *c, struct members_page *v, const struct people_query *f)
{
	size_t from = 0;
	for (size_t i = 0; f->after && i < v->items.n; i++)
		if (strcmp(v->items.items[i].pub.s, f->after) == 0)
			from = i + 1;
	v->items.items += from;
	v->items.n -= from;
	if (v->items.n > PAGE) {
		v->items.n = PAGE;
		v->next = address(c, v->base, f, v->items.items[PAGE - 1].pub.s);
	}
}

static rc show(struct ctx *c, struct req *q, community_id community, const char *base)
{
	const struct people_query *f = req_form(q, people_query);
	struct members_page *v = new_zero(c, struct members_page);
	TRY(community_get(c, community, &v->row));
	TRY(members_find(c, community, f, &v->items));
	v->base = base;
	v->q = f->q ? f->q : "";
	v->status = enum_word(&membership_status_words, f->status);
	v->sort = enum_word(&member_sort_words, f->sort);
	v->past = f->past;
	v->total = (int64_t)v->items.n;
	v->csv = address(c, fmt(c, "%s.csv", base), f, NULL);
	v->statuses = ui_options(c, &membership_status_words);
	v->sorts = ui_options(c, &member_sort_words);
	cut(c, v, f);
	page_title(q, "people", T(c, "people.title"));
	page_crumb(q, v->row.name, fmt(c, "/communities/%s", v->row.pub.s));
	page_crumb(q, T(c, "people.title"), NULL);
	return page(q, members_page, v);
}

static rc csv(struct ctx *c, struct req *q, community_id community)
{
	struct member_row_list l;
	struct csv_writer w;
	struct buf b;
	TRY(members_find(c, community, req_form(q, people_query), &l));
	buf_init(&b, c->mem, 1 << 12);
	csv_begin(&w, &b, ';', true);
	csv_put(&w, T(c, "people.email"));
	csv_put(&w, T(c, "people.name"));
	csv_put(&w, T(c, "people.status"));
	csv_put(&w, T(c, "people.roles"));
	csv_put(&w, T(c, "people.since"));
	csv_put(&w, T(c, "people.until"));
	csv_end_row(&w);
	for (size_t i = 0; i < l.n; i++) {
		const struct member_row *m = &l.items[i];
		csv_put_typed(&w, m->email);
		csv_put_typed(&w, m->name);
		csv_put(&w, i18n_word(c, &membership_status_words, m->status));
		csv_put(&w, m->role_names);
		csv_put(&w, fmt_iso_day(c, m->started));
		csv_put(&w, fmt_iso_day(c, m->ended));
		csv_end_row(&w);
	}
	return bytes(q, "text/csv; charset=utf-8", "people.csv", b.s, b.len);
}

/* /people is of the community that she acts for. */
static rc may_see(struct ctx *c)
{
	return c->actor.roles & (ROLE_MANAGER | ROLE_ADVISOR) ? OK : fail(c, E_DENIED, "people.not_yours");
}

rc members_get(struct ctx *c, struct req *q)
{
	TRY(may_see(c));
	return show(c, q, c->actor.community, "/people");
}

rc members_csv_get(struct ctx *c, struct req *q)
{
	TRY(may_see(c));
	return csv(c, q, c->actor.community);
}

rc community_members_get(struct ctx *c, struct req *q)
{
	const struct community_row *row = req_object(q, community_row, community);
	return show(c, q, row->id, fmt(c, "/communities/%s/people", row->pub.s));
}

rc community_members_csv_get(struct ctx *c, struct req *q)
{
	return csv(c, q, req_object(q, community_row, community)->id);
}

rc member_get(struct ctx *c, struct req *q)
{
	const struct member_row *m = req_object(q, member_row, membership);
	struct member_page *v = new_zero(c, struct member_page);
	v->member = *m;
	v->statuses = ui_options(c, &membership_status_words);
	v->status = enum_word(&membership_status_words, m->status);
	v->may_grant = c->actor.roles & ROLE_MANAGER;
	v->is_over = !is_none(m->ended);
	v->host = m->roles & ROLE_HOST;
	v->advisor = m->roles & ROLE_ADVISOR;
	v->accountant = m->roles & ROLE_ACCOUNTANT;
	v->manager = m->roles & ROLE_MANAGER;
	v->signatory = m->roles & ROLE_SIGNATORY;
	v->coordinator = m->roles & ROLE_COORDINATOR;
	TRY(community_get(c, m->community, &v->row));
	TRY(member_history(c, m->id, &v->history));
	for (size_t i = 0; i < v->history.n; i++)
		v->history.items[i].role_names = roles_text(c, v->history.items[i].roles);
	page_title(q, "people", m->name);
	page_crumb(q, T(c, "people.title"), "/people");
	page_crumb(q, m->name, NULL);
	return page(q, member_page, v);
}

rc member_status_post(struct ctx *c, struct req *q)
{
	const struct member_row *m = req_object(q, member_row, membership);
	TRY(member_change_status(c, m, req_form(q, member_status)->status));
	return done(c, q, T(c, "community.saved"), "/memberships/%s", m->pub.s);
}

rc member_roles_post(struct ctx *c, struct req *q)
{
	const struct member_row *m = req_object(q, member_row, membership);
	TRY(member_grant(c, m, roles_of_form(req_form(q, member_roles))));
	return done(c, q, T(c, "community.saved"), "/memberships/%s", m->pub.s);
}

rc member_end_post(struct ctx *c, struct req *q)
{
	const struct member_row *m = req_object(q, member_row, membership);
	TRY(member_finish(c, m));
	return done(c, q, T(c, "people.ended"), "/people");
}
