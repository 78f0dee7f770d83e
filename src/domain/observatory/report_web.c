/* report_web.c - the "état des lieux", as a page and as paper. */
#include "observatory/report.h"

#include "observatory/choose.h"
#include "observatory/indicator.h"
#include "observatory/report_html.h"
#include "observatory/scope.h"
#include "platform/i18n.h"
#include "platform/route.h"
#include "platform/ui.h"

route_fn report_page_get, report_pdf_get;

rc report_page_get(struct ctx *c, struct req *q)
{
	const struct report_query *ask = req_form(q, report_query);
	struct report_page *v = new_zero(c, struct report_page);
	struct report r;
	bool sent;
	TRY(scope_read(c, ask->source, NULL, ask->on, &v->scope));
	TRY(choose_sent(c, q, ask->find, CHOOSE_PAGE_REPORT, &v->scope, &sent));
	if (sent)
		return OK;
	TRY(report_build(c, ask, &r));
	report_chapters(c, &r, v);
	v->scope = r.scope;
	TRY(scope_choices(c, &v->scope));
	v->at = c->now;
	v->pdf = fmt(c, "/observatory/report.pdf?%s", r.scope.query);
	page_title(q, "observatory", r.document.title);
	page_crumb(q, T(c, "observatory.title"), "/observatory");
	page_crumb(q, T(c, "report.kind"), NULL);
	return page(q, report_page, v);
}

rc report_pdf_get(struct ctx *c, struct req *q)
{
	struct report r;
	struct buf b;
	TRY(report_build(c, req_form(q, report_query), &r));
	buf_init(&b, c->mem, 1 << 18);
	TRY(report_pdf(c, &r, &b));
	return bytes(q, "application/pdf", "etat-des-lieux.pdf", b.s, b.len);
}
