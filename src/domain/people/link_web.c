/* link_web.c - the links of a community, for its managers and signatories. */
#include "people/link.h"
#include "people/link_html.h"
#include "people/people.h"
#include "platform/route.h"
#include "platform/ui.h"

route_fn links_get, links_post, link_confirm_post, link_end_post;

rc links_get(struct ctx *c, struct req *q)
{
	const struct community_row *row = req_object(q, community_row, community);
	const struct form_error *e = form_error_of(&q->form_state, "name");
	struct links_page *v = new_zero(c, struct links_page);
	v->row = *row;
	v->kinds = ui_options(c, &link_kind_words);
	v->ways = ui_options(c, &link_way_words);
	TRY(links_all(c, row->id, &v->items));
	if (e && q->form) {
		const struct link_propose *f = req_form(q, link_propose);
		TRY(link_candidates(c, row, f->name ? f->name : "", &v->choices));
	}
	page_title(q, "communities", T(c, "links.title"));
	page_crumb(q, row->name, fmt(c, "/communities/%s", row->pub.s));
	page_crumb(q, T(c, "links.title"), NULL);
	return page(q, links_page, v);
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
