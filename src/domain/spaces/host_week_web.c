#include "platform/route.h"
#include "spaces/host.h"
#include "spaces/host_month_html.h"
#include "spaces/host_week_html.h"

route_fn host_week_get, host_month_get;

rc host_week_get(struct ctx *c, struct req *q)
{
	const struct week_query *ask = req_form(q, week_query);
	struct host_week *v = new_zero(c, struct host_week);
	struct host_place h;
	TRY(host_place_open(c, &h));
	TRY(host_week_fill(c, &h, is_none(ask->week) ? ask->day : ask->week, ask->day, v));
	page_title(q, "calendar", fmt(c, "%s, %s", T(c, "nav.calendar"), h.card.name));
	page_crumb(q, T(c, "nav.calendar"), NULL);
	q->reply.zone = h.place.zone;
	return page(q, host_week, v);
}

rc host_month_get(struct ctx *c, struct req *q)
{
	struct host_month *v = new_zero(c, struct host_month);
	struct host_place h;
	TRY(host_place_open(c, &h));
	TRY(host_month_fill(c, &h, req_form(q, month_query)->month, v));
	page_title(q, "calendar", fmt(c, "%s, %s", v->name, h.card.name));
	page_crumb(q, T(c, "nav.calendar"), "/host/calendar");
	page_crumb(q, v->name, NULL);
	q->reply.zone = h.place.zone;
	return page(q, host_month, v);
}
