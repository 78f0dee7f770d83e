#include <string.h>

#include "base/civil.h"
#include "platform/i18n.h"
#include "platform/markdown.h"
#include "platform/route.h"
#include "spaces/space_sql.h"
#include "workshops/enrolment_sql.h"
#include "workshops/workshop.h"
#include "workshops/workshop_html.h"
#include "workshops/workshop_sql.h"
#include "workshops/workshop_web.h"

/* One that is not public is for those who know its address. */
static rc load(struct ctx *c, pubid pub, struct loaded *out, bool of_place)
{
	struct workshop_row *w = new_zero(c, struct workshop_row);
	bool found;
	TRY(workshop_by_pub(c, pub, w, &found));
	if (!found)
		return fail(c, E_NOT_FOUND, "db.not_found");
	out->object = w;
	out->community = of_place ? w->place : w->organiser;
	out->is_public = true;
	return OK;
}

rc workshop_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	return load(c, pub, out, false);
}

rc workshop_held_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	return load(c, pub, out, true);
}

static rc describe(struct ctx *c, const struct workshop_row *w, const char **out)
{
	*out = NULL;
	return workshop_port ? workshop_port->describe(c, w, out) : OK;
}

static rc fill_mine(struct ctx *c, struct workshop_page *v)
{
	struct enrolment_row e;
	struct community_card as;
	bool found;
	v->signed_in = c->actor.person.v != 0;
	if (!v->signed_in)
		return OK;
	TRY(enrolment_of(c, v->row.id, c->actor.person, &e, &found));
	v->enrolled = found && e.status != ENROLMENT_STATUS_EXCUSED;
	v->mine = found ? e.status : -1;
	if (found)
		v->my_pub = e.pub;
	if (!c->actor.community.v)
		return OK;
	TRY(community_card_get(c, c->actor.community, &as));
	v->as_name = as.name;
	return OK;
}

rc workshop_get(struct ctx *c, struct req *q)
{
	struct workshop_page *v = new_zero(c, struct workshop_page);
	const struct workshop_row *w = req_object(q, workshop_row, workshop);
	unsigned roles = c->actor.roles;
	v->row = *w;
	TRY(workshop_line_by_id(c, w->id, &v->line));
	TRY(community_card_get(c, w->organiser, &v->organiser));
	TRY(community_card_get(c, w->place, &v->place));
	TRY(enrolment_counts(c, w->id, &v->counts));
	TRY(describe(c, w, &v->counterpart));
	TRY(fill_mine(c, v));
	v->story = markdown_render(c, w->story ? w->story : "");
	v->left = w->capacity - v->counts.enrolled - v->counts.present;
	v->full = v->left <= 0;
	v->coming = w->status == WORKSHOP_STATUS_ANNOUNCED && w->starts_at.v > c->now.v;
	v->can_edit = c->actor.community.v == w->organiser.v && (roles & WORKSHOP_STAFF);
	v->can_attend = c->actor.community.v == w->place.v && (roles & ROLE_HOST);
	page_title(q, "workshops", w->title);
	page_crumb(q, T(c, "nav.workshops"), "/agenda");
	page_crumb(q, w->title, NULL);
	return page(q, workshop_page, v);
}

static const struct workshop_row *row_of(const struct req *q)
{
	return req_object(q, workshop_row, workshop);
}

rc workshop_enrol_post(struct ctx *c, struct req *q)
{
	int status;
	TRY(workshop_enrol(c, row_of(q)->id, &status));
	const char *said = status == ENROLMENT_STATUS_WAITING ? T(c, "workshop.said_waiting")
							      : T(c, "workshop.said_enrolled");
	return done(c, q, said, "/workshops/%s", row_of(q)->pub.s);
}

rc workshop_withdraw_post(struct ctx *c, struct req *q)
{
	TRY(workshop_withdraw(c, row_of(q)->id));
	return done(c, q, T(c, "workshop.said_withdrawn"), "/workshops/%s", row_of(q)->pub.s);
}

rc workshop_cancel_post(struct ctx *c, struct req *q)
{
	TRY(workshop_cancel(c, row_of(q)->id));
	return done(c, q, T(c, "workshop.said_cancelled"), "/workshops/%s", row_of(q)->pub.s);
}

rc workshop_edit_get(struct ctx *c, struct req *q)
{
	struct workshop_edit_page *v = new_zero(c, struct workshop_edit_page);
	v->row = *row_of(q);
	page_title(q, "workshops", T(c, "workshop.edit_title"));
	page_crumb(q, v->row.title, fmt(c, "/workshops/%s", v->row.pub.s));
	page_crumb(q, T(c, "workshop.edit_title"), NULL);
	return page(q, workshop_edit_page, v);
}

rc workshop_edit_post(struct ctx *c, struct req *q)
{
	TRY(workshop_change(c, row_of(q)->id, req_form(q, workshop_edit)));
	return done(c, q, T(c, "workshop.said_changed"), "/workshops/%s", row_of(q)->pub.s);
}

/* ---- announcing ---- */

static void add_choice(struct ctx *c, struct option_list *l, const char *value, const char *label)
{
	l->items = talloc_realloc(c->mem, l->items, struct option, (unsigned)l->n + 1);
	l->items[l->n++] = (struct option){ value, label };
}

static rc fill_places(struct ctx *c, struct workshop_new_page *v)
{
	struct workshop_places_row_list l;
	TRY(workshop_places(c, &l));
	for (size_t i = 0; i < l.n; i++)
		add_choice(c, &v->places, fmt(c, "%s", l.items[i].pub.s),
			   l.items[i].city ? fmt(c, "%s, %s", l.items[i].name, l.items[i].city)
					   : l.items[i].name);
	return OK;
}

static rc fill_spaces(struct ctx *c, struct workshop_new_page *v, pubid place)
{
	struct loaded found = { 0 };
	struct space_row_list l;
	TRY(place_loader(c, place, &found));
	const struct community_row *p = found.object;
	v->place = fmt(c, "%s", p->pub.s);
	v->place_name = p->name;
	TRY(spaces_of_place(c, p->id, &l));
	for (size_t i = 0; i < l.n; i++)
		add_choice(c, &v->spaces, fmt(c, "%s", l.items[i].pub.s),
			   T_TEXT(c, "workshop.space_of", "name",
				  fmt(c, "%s · %lld", l.items[i].name, (long long)l.items[i].capacity)));
	return workshop_port ? workshop_port->choices(c, c->actor.community, p->id, &v->conventions) : OK;
}

rc workshop_new_get(struct ctx *c, struct req *q)
{
	struct workshop_new_page *v = new_zero(c, struct workshop_new_page);
	bool again = q->route->method == HTTP_POST;
	pubid place = again ? req_form(q, workshop_new)->place : req_form(q, workshop_place)->place;
	minute now;
	if (!(c->actor.roles & WORKSHOP_STAFF))
		return fail(c, E_DENIED, "workshop.staff_only");
	utc_to_local(c->now, NULL, &v->today, &now);
	if (!place.s[0])
		add_choice(c, &v->places, "", T(c, "workshop.no_place_yet"));
	TRY(fill_places(c, v));
	if (place.s[0])
		TRY(fill_spaces(c, v, place));
	page_title(q, "workshops", T(c, "workshop.new_title"));
	page_crumb(q, T(c, "nav.workshops"), "/agenda");
	page_crumb(q, T(c, "workshop.new_title"), NULL);
	return page(q, workshop_new_page, v);
}

rc workshop_new_post(struct ctx *c, struct req *q)
{
	struct workshop_row w;
	TRY(workshop_announce(c, req_form(q, workshop_new), &w));
	return created(c, q, w.pub, T(c, "workshop.said_announced"), "/workshops/%s", w.pub.s);
}
