/* pass_web.c - the code shown at the door, and reading it there. */
#include "platform/render.h"
#include "platform/route.h"
#include "spaces/host.h"
#include "spaces/pass.h"
#include "spaces/pass_page_html.h"
#include "spaces/pass_page_sql.h"

route_fn pass_get, host_pass_get;

rc pass_get(struct ctx *c, struct req *q)
{
	struct pass_page *v = new_zero(c, struct pass_page);
	char *code = talloc_zero_size(c->mem, PASS_CODE_SIZE);
	int seconds;
	TRY(pass_show(c, c->actor.person, code, &seconds, &v->payload));
	TRY(person_name(c, c->actor.person, &v->name));
	v->code = code;
	v->seconds = seconds;
	page_title(q, NULL, T(c, "pass.title"));
	page_crumb(q, T(c, "pass.title"), NULL);
	return page(q, pass_page, v);
}

rc host_pass_get(struct ctx *c, struct req *q)
{
	struct pass_found *v = new_zero(c, struct pass_found);
	struct pass_person_row who;
	struct host_place h;
	person_id person;
	v->code = req_form(q, pass_query)->code;
	v->asked = v->code && *v->code;
	TRY(host_place_open(c, &h));
	if (v->asked) {
		rc code = pass_find(c, h.card.id, v->code, &person);
		if (code == OK)
			TRY(pass_person(c, person, &who, &v->found));
		else if (code == E_INVALID)
			v->problem = failure_text(c, &c->failure);
		else
			return code;
	}
	if (v->found) {
		v->person = who.name;
		v->person_pub = who.pub;
		TRY(pass_bookings(c, person, h.card.id, h.today, &v->bookings));
		TRY(usable_now(c, h.card.id, person, &v->spaces));
	}
	page_title(q, "today", T(c, "pass.read"));
	page_crumb(q, T(c, "nav.today"), "/host/day");
	page_crumb(q, T(c, "pass.read"), NULL);
	return page(q, pass_found, v);
}
