/* programme.c - port of spaces: the workshops that a place's page announces. */
#include "workshops/programme.h"
#include "base/civil.h"
#include "workshops/programme_sql.h"
#include "workshops/workshop.h"

#define PROGRAMME_LINES 4

rc workshops_programme(struct ctx *c, community_id place, day from, struct programme_line_list *out)
{
	struct workshop_line_list l;
	TRY(workshops_coming(c, place, from, false, PROGRAMME_LINES, &l));
	out->items = new_array(c, struct programme_line, l.n);
	out->n = 0;
	for (size_t i = 0; i < l.n; i++) {
		const struct workshop_line *w = &l.items[i];
		out->items[out->n++] = (struct programme_line){
			w->pub,	      w->title,	     w->on_day,		w->from_minute,
			w->to_minute, w->space_name, w->organiser_name, w->capacity - w->taken
		};
	}
	return OK;
}

rc workshops_of_host(struct ctx *c, community_id place, day from, day to, struct host_workshop_list *out)
{
	TRY(host_workshops_on(c, place, from, to, out));
	for (size_t i = 0; i < out->n; i++)
		out->items[i].may_mark = (c->actor.roles & ROLE_HOST) && c->actor.community.v == place.v;
	return OK;
}
