/* settings_web.c - what the host of a place decides: hours, spaces, prices, closures; its packs are in
 * pack_web.c. */
#include <string.h>

#include "base/civil.h"
#include "base/pubid.h"
#include "platform/route.h"
#include "platform/ui.h"
#include "spaces/booking.h"
#include "spaces/host.h"
#include "spaces/settings_html.h"
#include "spaces/settings_lists.h"
#include "spaces/settings_shape.h"
#include "spaces/settings_web.h"
#include "spaces/space_settings.h"
#include "spaces/space_sql.h"

route_fn settings_get, settings_post, spaces_get, space_post, space_archive_post, space_reopen_post,
	tariffs_get, tariff_post, closures_get, closure_post, closure_remove_post;

static const char *number(struct ctx *c, int64_t n)
{
	return fmt(c, "%lld", (long long)n);
}

rc settings_open(struct ctx *c, struct req *q, const char *tab, const char *title, struct host_place *h,
		 struct host_settings **out)
{
	struct host_settings *v = new_zero(c, struct host_settings);
	TRY(host_place_open(c, h));
	v->tab = tab;
	v->place = h->card;
	v->settings = h->place;
	v->spaces = h->spaces;
	v->kinds = ui_options(c, &space_kind_words);
	v->today = fmt_iso_day(c, h->today);
	v->in_a_year = fmt_iso_day(c, (day){ h->today.v + 365 });
	page_title(q, "today", title);
	page_crumb(q, h->card.name, fmt(c, "/places/%s", h->card.pub.s));
	page_crumb(q, title, NULL);
	*out = v;
	return OK;
}

/* The time zones of France; a place elsewhere keeps its own. */
static const char *const zones[] = { "Europe/Paris",	"America/Guadeloupe",	 "America/Martinique",
				     "America/Cayenne", "Indian/Reunion",	 "Indian/Mayotte",
				     "America/Marigot", "America/St_Barthelemy", "America/Miquelon",
				     "Pacific/Noumea",	"Pacific/Tahiti",	 "Pacific/Wallis" };

static void fill_zones(struct ctx *c, struct host_settings *v)
{
	size_t n = sizeof zones / sizeof *zones;
	bool known = false;
	v->zones.items = new_array(c, struct option, n + 1);
	for (size_t i = 0; i < n; i++) {
		known = known || strcmp(zones[i], v->settings.zone) == 0;
		v->zones.items[v->zones.n++] = (struct option){ zones[i], zones[i] };
	}
	if (!known)
		v->zones.items[v->zones.n++] = (struct option){ v->settings.zone, v->settings.zone };
}

rc settings_get(struct ctx *c, struct req *q)
{
	struct host_settings *v;
	struct host_place h;
	TRY(settings_open(c, q, "settings", T(c, "settings.title"), &h, &v));
	v->holidays = ui_options(c, &holiday_territory_words);
	v->holiday = enum_word(&holiday_territory_words, h.place.holidays);
	v->cancel_at = fmt_clock(c, h.place.cancel_minute);
	fill_zones(c, v);
	return page(q, host_settings, v);
}

rc settings_post(struct ctx *c, struct req *q)
{
	const struct place_settings *f = req_form(q, place_settings);
	struct host_place h;
	TRY(host_place_open(c, &h));
	struct place_row p = h.place;
	p.community = h.card.id;
	p.opening = f->opening;
	p.zone = f->zone && *f->zone ? f->zone : h.place.zone;
	p.holidays = f->holidays;
	p.holidays_off = f->holidays_off;
	p.cancel_day_before = f->cancel_day_before;
	p.cancel_minute = f->cancel_at;
	p.walk_in = f->walk_in;
	p.welcome = f->welcome;
	TRY(place_save(c, &p));
	return done(c, q, T(c, "settings.saved"), "/host/settings");
}

/* ---- spaces ---- */

static const struct space_row *space_of(const struct host_place *h, pubid pub)
{
	for (size_t i = 0; i < h->spaces.n; i++)
		if (pubid_eq(h->spaces.items[i].pub, pub))
			return &h->spaces.items[i];
	return NULL;
}

static const struct space_row usual_space = { .kind = SPACE_KIND_DESKS,
					      .capacity = 6,
					      .counted = true,
					      .granule = 30,
					      .shortest = 60,
					      .longest = 720,
					      .horizon = 90 };

rc spaces_get(struct ctx *c, struct req *q)
{
	struct host_settings *v;
	struct host_place h;
	TRY(settings_open(c, q, "spaces", T(c, "settings.spaces"), &h, &v));
	const struct space_row *s = NULL;
	const struct space_query *f = q->route->form == &space_query_shape ? req_form(q, space_query) : NULL;
	TRY(find_spaces(c, &h, f, v));
	v->spaces.items += settings_page(c, v, "/host/spaces", f ? f->after : 0, &v->spaces.n);
	if (f)
		s = space_of(&h, f->space);
	else if (q->route->form == &space_settings_shape)
		s = space_of(&h, req_form(q, space_settings)->space);
	v->is_new = !s;
	v->edited = s ? *s : usual_space;
	s = &v->edited;
	v->kind = enum_word(&space_kind_words, s->kind);
	v->capacity = number(c, s->capacity);
	v->granule = number(c, s->granule);
	v->shortest = number(c, s->shortest);
	v->longest = number(c, s->longest);
	v->notice = number(c, s->notice);
	v->horizon = number(c, s->horizon);
	return page(q, host_settings, v);
}

static void take_space(const struct space_settings *f, struct space_row *s)
{
	s->name = f->name;
	s->note = f->note;
	s->kind = f->kind;
	s->capacity = f->capacity;
	s->counted = f->counted;
	s->granule = f->granule;
	s->shortest = f->shortest;
	s->longest = f->longest;
	s->notice = f->notice == NONE ? 0 : f->notice;
	s->horizon = f->horizon;
	s->opening = f->opening && *f->opening ? f->opening : NULL;
	s->needs_approval = f->needs_approval;
	s->qualification = f->qualification && *f->qualification ? f->qualification : NULL;
}

rc space_post(struct ctx *c, struct req *q)
{
	const struct space_settings *f = req_form(q, space_settings);
	struct host_place h;
	TRY(host_place_open(c, &h));
	const struct space_row *old = space_of(&h, f->space);
	if (!old && !pubid_is_none(f->space))
		return fail(c, E_NOT_FOUND, "db.not_found");
	struct space_row s = old ? *old
				 : (struct space_row){ .community = h.card.id,
						       .rank = (int64_t)h.spaces.n + 1 };
	take_space(f, &s);
	TRY(old ? space_edit(c, &s) : space_add(c, &s));
	return done(c, q, T(c, "settings.saved"), "/host/spaces");
}

rc space_archive_post(struct ctx *c, struct req *q)
{
	struct host_place h;
	TRY(host_place_open(c, &h));
	const struct space_row *s = space_of(&h, req_form(q, space_ref)->space);
	if (!s)
		return fail(c, E_NOT_FOUND, "db.not_found");
	TRY(space_archive(c, s->id));
	return done(c, q, T(c, "settings.archived"), "/host/spaces");
}

rc space_reopen_post(struct ctx *c, struct req *q)
{
	struct host_place h;
	TRY(host_place_open(c, &h));
	TRY(space_reopen(c, h.card.id, req_form(q, space_ref)->space));
	return done(c, q, T(c, "settings.reopened"), "/host/spaces");
}

/* ---- prices ---- */

rc tariffs_get(struct ctx *c, struct req *q)
{
	struct host_settings *v;
	struct host_place h;
	TRY(settings_open(c, q, "tariffs", T(c, "settings.tariffs"), &h, &v));
	v->audiences = ui_options(c, &audience_words);
	v->units = ui_options(c, &tariff_unit_words);
	const struct tariffs_query *f = q->route->form == &tariffs_query_shape ? req_form(q, tariffs_query)
									       : NULL;
	TRY(find_tariffs(c, &h, f, v));
	v->tariffs.items += settings_page(c, v, "/host/tariffs", f ? f->after : 0, &v->tariffs.n);
	return page(q, host_settings, v);
}

rc tariff_post(struct ctx *c, struct req *q)
{
	const struct tariff_new *f = req_form(q, tariff_new);
	struct host_place h;
	TRY(host_place_open(c, &h));
	TRY(tariff_set(c, h.card.id, f->kind, f->audience, f->unit, f->price, f->from));
	return done(c, q, T(c, "settings.saved"), "/host/tariffs");
}

/* ---- closures ---- */

rc closures_get(struct ctx *c, struct req *q)
{
	struct host_settings *v;
	struct host_place h;
	TRY(settings_open(c, q, "closures", T(c, "settings.closures"), &h, &v));
	v->spaces_choice.items = new_array(c, struct option, h.spaces.n + 1);
	v->spaces_choice.items[v->spaces_choice.n++] = (struct option){ "", T(c, "settings.whole_place") };
	for (size_t i = 0; i < h.spaces.n; i++)
		v->spaces_choice.items[v->spaces_choice.n++] = (struct option){ h.spaces.items[i].pub.s,
										h.spaces.items[i].name };
	v->spaces_known = (struct option_list){ v->spaces_choice.items + 1, v->spaces_choice.n - 1 };
	const struct closures_query *f = q->route->form == &closures_query_shape ? req_form(q, closures_query)
										 : NULL;
	TRY(find_closures(c, &h, f, v));
	v->closures.items += settings_page(c, v, "/host/closures", f ? f->after : 0, &v->closures.n);
	return page(q, host_settings, v);
}

rc closure_post(struct ctx *c, struct req *q)
{
	const struct closure_new *f = req_form(q, closure_new);
	struct host_place h;
	int64_t touched;
	bool there;
	TRY(host_place_open(c, &h));
	const struct space_row *s = space_of(&h, f->space);
	if (!s && !pubid_is_none(f->space))
		return fail(c, E_NOT_FOUND, "db.not_found");
	space_id of = s ? s->id : (space_id){ 0 };
	TRY(closure_there(c, h.card.id, of, f->from, f->to, &there));
	if (!there || !f->cancel)
		TRY(closure_add(c, h.card.id, of, f->from, f->to, f->reason, &touched));
	if (f->cancel)
		TRY(bookings_cancel_within(c, h.card.id, of, f->from, f->to, &touched));
	const char *toast = !touched	? T(c, "settings.saved")
			    : f->cancel ? T_N(c, "settings.closure_cancelled", touched)
					: T_N(c, "settings.closure_touches", touched);
	return done(c, q, toast, "/host/closures");
}

rc closure_remove_post(struct ctx *c, struct req *q)
{
	struct host_place h;
	TRY(host_place_open(c, &h));
	TRY(closure_remove(c, h.card.id, req_form(q, closure_ref)->closure));
	return done(c, q, T(c, "settings.saved"), "/host/closures");
}
