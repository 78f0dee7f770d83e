#include "base/pubid.h"
#include "people/people.h"
#include "platform/route.h"
#include "spaces/book.h"
#include "spaces/book_html.h"
#include "spaces/space_sql.h"

rc space_loader(struct ctx *c, pubid pub, struct loaded *out);
route_fn book_get, book_post;

/* Spaces are known to everybody, but those put away. */
rc space_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	struct space_row *row = new_zero(c, struct space_row);
	bool found;
	TRY(space_by_pub(c, pub, row, &found));
	if (!found)
		return fail(c, E_NOT_FOUND, "db.not_found");
	*out = (struct loaded){ .object = row, .community = row->community, .is_public = true };
	return OK;
}

/* What was sent when there is no form yet: nothing. */
static const struct book *asked(struct ctx *c, const struct req *q)
{
	if (q->form)
		return q->form;
	struct book *none = new_zero(c, struct book);
	form_empty(&book_shape, none);
	return none;
}

rc book_get(struct ctx *c, struct req *q)
{
	const struct space_row *space = req_object(q, space_row, space);
	const struct book *ask = asked(c, q);
	struct book_page *v = new_zero(c, struct book_page);
	struct wanted w;
	TRY(wanted_make(c, space, ask, &w));
	TRY(book_page_fill(c, &w, ask->right, v));
	if (v->problem && !q->form_state.n_errors)
		form_state_add_failure(c, &q->form_state, &book_shape, &c->failure);
	page_title(q, "places", T_TEXT(c, "book.title", "day", fmt_day_week(c, v->on_day)));
	page_crumb(q, T(c, "places.title"), "/places");
	page_crumb(q, v->place.name, fmt(c, "/places/%s", v->place.pub.s));
	page_crumb(q, T(c, "place.book"), NULL);
	q->reply.zone = w.place.zone;
	return page(q, book_page, v);
}

rc book_post(struct ctx *c, struct req *q)
{
	const struct book *ask = req_form(q, book);
	struct booking_row b;
	struct wanted w;
	TRY(wanted_make(c, req_object(q, space_row, space), ask, &w));
	TRY(book_make(c, &w, ask, &b));
	const char *toast = b.status == BOOKING_STATUS_REQUESTED ? K("book.asked") : K("book.done");
	return created(c, q, b.pub, T_TEXT(c, toast, "day", fmt_day_long(c, b.on_day)),
		       "/bookings/%s?fresh=1", b.pub.s);
}
