/* steward_web.c - the operator asks somebody to keep a page that nobody keeps. */
#include "base/civil.h"
#include "people/invitation.h"
#include "people/invitation_html.h"
#include "people/invitation_sql.h"
#include "people/people.h"
#include "people/profile_sql.h"
#include "platform/route.h"

route_fn steward_get, steward_post;

/* Of a community that is kept, whom it asked is its own affair. */
rc steward_get(struct ctx *c, struct req *q)
{
	struct steward_page *v = new_zero(c, struct steward_page);
	bool kept;
	v->row = *req_object(q, community_row, community);
	TRY(page_is_kept(c, v->row.id, ROLE_MANAGER, day_at(c->now, NULL), &kept));
	if (kept)
		return fail(c, E_CONFLICT, "steward.kept");
	TRY(invitations_of(c, v->row.id, c->now, &v->items));
	page_title(q, "communities", T(c, "steward.title"));
	page_crumb(q, v->row.name, fmt(c, "/communities/%s", v->row.pub.s));
	page_crumb(q, T(c, "steward.title"), NULL);
	return page(q, steward_page, v);
}

rc steward_post(struct ctx *c, struct req *q)
{
	const struct community_row *row = req_object(q, community_row, community);
	TRY(invitation_steward(c, row, req_form(q, steward_invite)));
	return done(c, q, T_N(c, "invite.sent", 1), "/communities/%s/steward", row->pub.s);
}
