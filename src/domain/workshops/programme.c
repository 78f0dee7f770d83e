/* programme.c - ports of spaces: the workshops that the home page and a place's page announce. */
#include "workshops/programme.h"
#include "base/civil.h"
#include "workshops/workshop.h"

#define PROGRAMME_LINES 4
#define WEEK_LINES	3
#define WEEK_DAYS	7

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

rc workshops_week(struct ctx *c, day from, struct week_line_list *out)
{
	struct workshop_line_list l;
	TRY(workshops_coming(c, (community_id){ 0 }, from, false, WEEK_LINES, &l));
	*out = (struct week_line_list){ new_array(c, struct week_line, l.n + 1), 0 };
	for (size_t i = 0; i < l.n && l.items[i].on_day.v < from.v + WEEK_DAYS; i++) {
		const struct workshop_line *w = &l.items[i];
		out->items[out->n++] = (struct week_line){
			w->pub,	       w->title, w->on_day,	    w->from_minute,	   w->to_minute,
			w->place_name, w->city,	 w->organiser_name, w->capacity - w->taken
		};
	}
	return OK;
}
