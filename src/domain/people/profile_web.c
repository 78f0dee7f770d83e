/* profile_web.c - what stewards tick of their page. */
#include <string.h>

#include "people/community.h"
#include "people/profile.h"
#include "people/profile_html.h"
#include "people/typology.h"
#include "people/typology_sql.h"
#include "platform/route.h"
#include "platform/ui.h"

route_fn profile_get, profile_post;

static struct tick_list ticks(struct ctx *c, const char *prefix, const struct enumeration *e,
			      const struct code_set *set, int group)
{
	struct tick_list l = { new_array(c, struct tick, e->n), 0 };
	for (int i = 0; i < (int)e->n; i++)
		if (group < 0 || feature_group_of(i) == group)
			l.items[l.n++] = (struct tick){ fmt(c, "%s_%s", prefix, enum_word(e, i)),
							i18n_word(c, e, i), set->has[i] };
	return l;
}

static void fill_national(const struct code_set *set, struct profile_edit_page *v)
{
	const char **at[] = { &v->national_1, &v->national_2, &v->national_3 };
	size_t n = 0;
	for (int i = 0; i < NATIONAL_TYPOLOGY_COUNT && n < 3; i++)
		if (set->has[i])
			*at[n++] = enum_word(&national_typology_words, i);
}

/* The options of an enumeration after one that chooses none. */
static struct option_list with_none(struct ctx *c, const struct enumeration *e, const char *none)
{
	struct option_list all = ui_options(c, e), l = { new_array(c, struct option, all.n + 1), 0 };
	l.items[l.n++] = (struct option){ "", none };
	for (size_t i = 0; i < all.n; i++)
		l.items[l.n++] = all.items[i];
	return l;
}

static rc fill(struct ctx *c, struct profile_edit_page *v)
{
	struct code_set sets[TYPOLOGY_VOCABULARY_COUNT], features;
	struct profile_facts facts;
	TRY(typology_read(c, v->row.id, sets));
	TRY(features_read(c, v->row.id, &features));
	TRY(profile_facts_read(c, v->row.id, &facts));
	v->study = ticks(c, "s", &study_typology_words, &sets[TYPOLOGY_VOCABULARY_STUDY], -1);
	v->besson = ticks(c, "b", &besson_typology_words, &sets[TYPOLOGY_VOCABULARY_BESSON], -1);
	fill_national(&sets[TYPOLOGY_VOCABULARY_NATIONAL], v);
	v->features.items = new_array(c, struct tick_set, FEATURE_GROUP_COUNT);
	for (int g = 0; g < FEATURE_GROUP_COUNT; g++)
		v->features.items[v->features.n++] = (struct tick_set){
			i18n_word(c, &feature_group_words, g),
			ticks(c, "f", &community_feature_words, &features, g)
		};
	v->national = with_none(c, &national_typology_words, "–");
	v->dominants = with_none(c, &place_dominant_words, T(c, "profile.dominant_follows"));
	v->dominant = facts.dominant ? facts.dominant : "";
	v->urls = facts.urls;
	return OK;
}

rc profile_get(struct ctx *c, struct req *q)
{
	const struct community_row *row = req_object(q, community_row, community);
	struct profile_edit_page *v = new_zero(c, struct profile_edit_page);
	v->row = *row;
	TRY(fill(c, v));
	page_title(q, "communities", T(c, "profile.edit_title"));
	page_crumb(q, row->name, fmt(c, "/communities/%s", row->pub.s));
	page_crumb(q, T(c, "profile.edit"), NULL);
	return page(q, profile_edit_page, v);
}

rc profile_post(struct ctx *c, struct req *q)
{
	const struct community_row *row = req_object(q, community_row, community);
	TRY(profile_change(c, row, req_form(q, profile_edit)));
	return done(c, q, T(c, "profile.saved"), "/communities/%s", row->pub.s);
}
