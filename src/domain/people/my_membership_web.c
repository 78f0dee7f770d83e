/* my_membership_web.c - a person among her communities. */
#include "people/my_membership.h"

#include "audit/audit.h"
#include "base/civil.h"
#include "base/pubid.h"
#include "people/my_membership_html.h"
#include "people/my_membership_shape.h"
#include "people/my_membership_sql.h"
#include "platform/route.h"

route_fn memberships_get, my_membership_post, my_membership_leave_post;
rc my_membership_loader(struct ctx *c, pubid pub, struct loaded *out);

/* Her own, while it holds. */
rc my_membership_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	struct membership_row_list all;
	day today = day_at(c->now, NULL);
	TRY(memberships_ever(c, c->actor.person, &all));
	for (size_t i = 0; i < all.n; i++)
		if (pubid_eq(all.items[i].pub, pub) && membership_holds(&all.items[i], today)) {
			out->object = &all.items[i];
			return OK;
		}
	return fail(c, E_NOT_FOUND, "db.not_found");
}

rc memberships_get(struct ctx *c, struct req *q)
{
	struct memberships_page *v = new_zero(c, struct memberships_page);
	struct membership_row_list all;
	day today = day_at(c->now, NULL);
	TRY(memberships_ever(c, c->actor.person, &all));
	v->items.items = new_array(c, struct membership_row, all.n + 1);
	v->past.items = new_array(c, struct membership_row, all.n + 1);
	for (size_t i = 0; i < all.n; i++) {
		struct membership_row_list *to = membership_holds(&all.items[i], today) ? &v->items
											: &v->past;
		to->items[to->n++] = all.items[i];
		if (all.items[i].id.v == c->actor.membership.v)
			v->acting = all.items[i].pub.s;
	}
	page_title(q, "account", T(c, "memberships.title"));
	page_crumb(q, T(c, "account.title"), "/account");
	page_crumb(q, T(c, "memberships.title"), NULL);
	return page(q, memberships_page, v);
}

rc my_membership_post(struct ctx *c, struct req *q)
{
	const struct my_membership *f = req_form(q, my_membership);
	const struct membership_row *m = req_object(q, membership_row, mine);
	TRY(membership_choose(c, m, f->visibility, f->shares_use));
	return done(c, q, T(c, "account.saved"), "/account/memberships");
}

rc my_membership_leave_post(struct ctx *c, struct req *q)
{
	TRY(membership_leave(c, req_object(q, membership_row, mine)));
	return done(c, q, T(c, "memberships.left"), "/account/memberships");
}
