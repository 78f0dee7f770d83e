#include "bridges/follow_up.h"
#include "bridges/follow_up_html.h"
#include "platform/i18n.h"

route_fn convention_get;

rc convention_get(struct ctx *c, struct req *q)
{
	const struct convention_seen *v = req_object(q, convention_seen, convention);
	struct follow_page *p = new_zero(c, struct follow_page);
	struct exchange_book b;
	TRY(exchange_book_open(c, v, &b));
	TRY(exchange_book_sum(c, (day){ b.today.v - b.rules.due_days }, &b));
	p->sort = req_form(q, follow_query)->sort < 0 ? FOLLOW_SORT_USED : req_form(q, follow_query)->sort;
	TRY(follow_up_fill(c, &b, p));
	page_title(q, "conventions", v->name);
	page_crumb(q, T(c, "nav.conventions"), "/conventions");
	page_crumb(q, v->name, NULL);
	return page(q, follow_page, p);
}
