#include "platform/route.h"
#include "spaces/host.h"
#include "spaces/host_week_html.h"

route_fn host_week_get;

rc host_week_get(struct ctx *c, struct req *q)
{
	const struct week_query *ask = req_form(q, week_query);
	struct host_week *v = new_zero(c, struct host_week);
	struct host_place h;
	TRY(host_place_open(c, &h));
	TRY(host_week_fill(c, &h, ask->week, ask->day, v));
	page_title(q, "calendar", fmt(c, "%s, %s", T(c, "nav.calendar"), h.card.name));
	page_crumb(q, T(c, "nav.calendar"), NULL);
	q->reply.zone = h.place.zone;
	return page(q, host_week, v);
}
