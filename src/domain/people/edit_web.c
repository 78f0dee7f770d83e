/* edit_web.c - the form of a community: a new one, or what its stewards change. */
#include <string.h>

#include "base/civil.h"
#include "people/community.h"
#include "people/community_html.h"
#include "people/community_sql.h"
#include "people/people.h"
#include "people/session.h"
#include "platform/route.h"
#include "platform/ui.h"

route_fn community_new_get, community_new_post, community_edit_get, community_edit_post;

/* What was typed in a field of the form being shown again, or NULL. */
static const char *typed(const struct req *q, const char *name)
{
	const struct form_state *s = &q->form_state;
	const struct field *f = s->form && s->raw ? shape_field(s->form, name) : NULL;
	return f ? s->raw[f - s->form->fields] : NULL;
}

/* Several communes bear that name: she picks. */
static rc fill_choices(struct ctx *c, const struct req *q, struct edit_page *v)
{
	const struct form_error *e = form_error_of(&q->form_state, "commune");
	const char *town = typed(q, "commune");
	if (!e || !town)
		return OK;
	return community_communes(c, town, &v->choices);
}

static rc fill(struct ctx *c, struct req *q, struct edit_page *v)
{
	const struct community_row *r = &v->row;
	v->forms = ui_options(c, &legal_form_words);
	v->commune = commune_typed(c, r->city, r->departement);
	v->year = r->year_started == NONE ? "" : fmt(c, "%lld", (long long)r->year_started);
	v->cg = r->cg_member == NONE ? "" : r->cg_member ? "yes" : "no";
	v->work = strstr(r->functions, "work");
	v->inspire = strstr(r->functions, "inspire");
	v->share = strstr(r->functions, "share");
	v->experiment = strstr(r->functions, "experiment");
	v->spread = strstr(r->functions, "spread");
	v->innovate = strstr(r->functions, "innovate");
	TRY(fill_choices(c, q, v));
	return page(q, edit_page, v);
}

rc community_new_get(struct ctx *c, struct req *q)
{
	struct edit_page *v = new_zero(c, struct edit_page);
	v->row.functions = "";
	v->row.year_started = v->row.cg_member = NONE;
	v->is_new = true;
	v->action = "/communities/new";
	page_title(q, "communities", T(c, "community.new"));
	page_crumb(q, T(c, "communities.title"), "/communities");
	page_crumb(q, T(c, "community.new"), NULL);
	return fill(c, q, v);
}

/* Who acted for nobody acts for what she founded. */
static rc act_for(struct ctx *c, const struct req *q, pubid community, bool *acts)
{
	struct membership_row_list l;
	*acts = false;
	if (c->actor.membership.v || !q->session_token)
		return OK;
	TRY(memberships_on(c, c->actor.person, day_at(c->now, NULL), &l));
	for (size_t i = 0; i < l.n; i++)
		if (strcmp(l.items[i].card.pub.s, community.s) == 0) {
			*acts = true;
			return session_act_as(c, q, l.items[i].pub);
		}
	return OK;
}

rc community_new_post(struct ctx *c, struct req *q)
{
	bool acts;
	struct community_facts facts;
	pubid pub;
	TRY(community_read(c, req_form(q, community_edit), NULL, &facts));
	TRY(community_create(c, &facts, &pub));
	TRY(act_for(c, q, pub, &acts));
	return created(c, q, pub, acts ? T(c, "community.created_acting") : T(c, "community.created"),
		       "/communities/%s", pub.s);
}

rc community_edit_get(struct ctx *c, struct req *q)
{
	const struct community_row *row = req_object(q, community_row, community);
	struct edit_page *v = new_zero(c, struct edit_page);
	v->row = *row;
	v->action = fmt(c, "/communities/%s/edit", row->pub.s);
	page_title(q, "communities", T(c, "community.edit"));
	page_crumb(q, row->name, fmt(c, "/communities/%s", row->pub.s));
	page_crumb(q, T(c, "community.edit"), NULL);
	return fill(c, q, v);
}

rc community_edit_post(struct ctx *c, struct req *q)
{
	const struct community_row *row = req_object(q, community_row, community);
	struct community_facts before, after;
	TRY(community_facts_of(c, row->id, &before));
	TRY(community_read(c, req_form(q, community_edit), &before, &after));
	TRY(community_change(c, row, &after));
	return done(c, q, T(c, "community.saved"), "/communities/%s", row->pub.s);
}
