/* community_web.c - the public page of a community, and what its stewards do there. */
#include <string.h>

#include "base/civil.h"
#include "base/fold.h"
#include "people/community.h"
#include "people/community_html.h"
#include "people/community_sql.h"
#include "people/kinds.h"
#include "people/link.h"
#include "people/linked_data.h"
#include "people/people.h"
#include "people/profile.h"
#include "people/step.h"
#include "platform/markdown.h"
#include "platform/route.h"
#include "platform/ui.h"

route_fn community_page_get, community_confirm_post, figures_get, figures_post, steps_post;

static const char *const function_icons[PLACE_FUNCTION_COUNT] = { "laptop",	   "lightbulb", "handshake",
								  "flask-conical", "sprout",	"rocket" };

static struct function_word_list functions_list(struct ctx *c, const char *words)
{
	struct function_word_list l = { new_array(c, struct function_word, PLACE_FUNCTION_COUNT), 0 };
	for (int i = 0; i < PLACE_FUNCTION_COUNT; i++)
		if (strstr(words, enum_word(&place_function_words, i)))
			l.items[l.n++] = (struct function_word){ i, function_icons[i] };
	return l;
}

static void fill_words(struct ctx *c, struct community_page *v)
{
	const struct community_row *r = &v->row;
	const bool is[] = { r->is_cae,	       r->is_place,   r->is_collective, r->is_network,
			    r->is_public_body, r->is_company, r->is_other };
	int form = r->legal_form ? enum_find(&legal_form_words, r->legal_form) : -1;
	v->kinds = kinds_of(c, is);
	v->functions = functions_list(c, r->functions);
	v->form_word = form >= 0 ? i18n_word(c, &legal_form_words, form) : NULL;
	v->story = markdown_render(c, r->story);
	if (r->cg_member != NONE)
		v->cg = i18n_word(c, &yes_no_words, r->cg_member ? YES_NO_YES : YES_NO_NO);
}

/* Case, accents and hyphens are no correction. */
static bool corrected(struct ctx *c, const char *printed, const char *ours)
{
	return printed && ours && strcmp(fold_place(c, printed), fold_place(c, ours)) != 0;
}

rc community_page_get(struct ctx *c, struct req *q)
{
	const struct community_row *row = req_object(q, community_row, community);
	struct community_page *v = new_zero(c, struct community_page);
	bool within = c->actor.community.v == row->id.v;
	v->row = *row;
	v->may_edit = within && (c->actor.roles & ROLE_MANAGER);
	v->may_manage = within && (c->actor.roles & (ROLE_MANAGER | ROLE_ADVISOR));
	fill_words(c, v);
	TRY(community_card_get(c, row->id, &v->card));
	TRY(community_source(c, row->id, &v->printed));
	v->town_corrected = corrected(c, row->city_printed, row->city);
	v->region_corrected = corrected(c, v->printed.region_printed, v->printed.region);
	TRY(profile_fill(c, row, &v->profile));
	v->profile.linked_data = linked_data_block(c, linked_data_of(c, row, &v->profile));
	TRY(links_now(c, row->id, &v->links));
	TRY(public_members(c, row->id, day_at(c->now, NULL), within, &v->members));
	page_title(q, "communities", row->name);
	page_crumb(q, T(c, "communities.title"), "/communities");
	page_crumb(q, row->name, NULL);
	return page(q, community_page, v);
}

rc community_confirm_post(struct ctx *c, struct req *q)
{
	const struct community_row *row = req_object(q, community_row, community);
	TRY(community_confirm(c, row));
	return done(c, q, T(c, "community.confirmed_now"), "/communities/%s", row->pub.s);
}

rc figures_get(struct ctx *c, struct req *q)
{
	const struct community_row *row = req_object(q, community_row, community);
	struct figures_page *v = new_zero(c, struct figures_page);
	v->row = *row;
	v->kinds = ui_options(c, &figure_kind_words);
	v->step_kinds = ui_options(c, &step_kind_words);
	TRY(figures_of(c, row->id, &v->items));
	TRY(figures_were(c, row->id, &v->were));
	TRY(steps_of(c, row->id, &v->steps));
	page_title(q, "communities", T(c, "community.figures"));
	page_crumb(q, row->name, fmt(c, "/communities/%s", row->pub.s));
	page_crumb(q, T(c, "community.figures"), NULL);
	return page(q, figures_page, v);
}

rc figures_post(struct ctx *c, struct req *q)
{
	const struct community_row *row = req_object(q, community_row, community);
	TRY(community_figure(c, row, req_form(q, figure_edit)));
	return done(c, q, T(c, "community.saved"), "/communities/%s/figures", row->pub.s);
}

rc steps_post(struct ctx *c, struct req *q)
{
	const struct community_row *row = req_object(q, community_row, community);
	TRY(step_say(c, row, req_form(q, step_edit)));
	return done(c, q, T(c, "community.saved"), "/communities/%s/figures#steps", row->pub.s);
}
