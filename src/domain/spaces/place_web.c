#include "people/people.h"
#include "platform/route.h"
#include "spaces/place_page.h"
#include "spaces/place_page_html.h"

route_fn place_get_page;

rc place_get_page(struct ctx *c, struct req *q)
{
	const struct community_row *place = req_object(q, community_row, place);
	struct place_page *v = new_zero(c, struct place_page);
	TRY(place_page_fill(c, place, req_form(q, place_query), v));
	page_title(q, "places", v->name);
	page_crumb(q, T(c, "places.title"), "/places");
	page_crumb(q, v->name, NULL);
	return page(q, place_page, v);
}
