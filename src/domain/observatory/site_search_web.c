#include "observatory/site_search.h"
#include "observatory/site_search_html.h"
#include "platform/i18n.h"
#include "platform/route.h"

route_fn search_get;

rc search_get(struct ctx *c, struct req *q)
{
	struct site_page *v = new_zero(c, struct site_page);
	TRY(site_find(c, req_form(q, site_query), v));
	page_title(q, NULL,
		   *v->q ? T_TEXT(c, "site_search.title_of", "words", v->q) : T(c, "site_search.title"));
	return page(q, site_page, v);
}
