#include "observatory/observatory.h"

#include "observatory/choose.h"
#include "observatory/density.h"
#include "observatory/observatory_html.h"
#include "observatory/siting_find.h"
#include "platform/route.h"
#include "platform/ui.h"

route_fn observatory_get;

/* The records of a figure's base, further down on its page. */
static const char *base_of(struct ctx *c, const struct scope *s, int indicator)
{
	return fmt(c, "%s#records", indicator_link(c, s, indicator, RECORD_PART_BASE));
}

static void add_links(struct ctx *c, struct observatory_page *v)
{
	const struct scope *s = &v->scope;
	v->figures_link = fmt(c, "/observatory/figures?%s", s->query);
	v->territory_link = territory_link(c, s, s->ref);
	v->dated_link = indicator_link(c, s, INDICATOR_LAUNCHED_DATED, RECORD_PART_COUNTED);
	v->dated_records = base_of(c, s, INDICATOR_LAUNCHED_DATED);
	v->status_link = indicator_link(c, s, INDICATOR_SCIC, RECORD_PART_COUNTED);
	v->status_records = base_of(c, s, INDICATOR_SCIC);
}

/* Where to open next, for the country alone: a region has its own page for that. */
static rc add_next(struct ctx *c, struct observatory_page *v)
{
	struct siting_case k;
	struct siting_query *ask = new_zero(c, struct siting_query);
	form_empty(&siting_query_shape, ask);
	ask->base = v->scope.source == FIGURE_SOURCE_STUDY ? PLACE_BASE_STUDY : PLACE_BASE_ALL;
	ask->on = v->scope.on;
	TRY(siting_find(c, ask, &k));
	TRY(siting_fill(c, &k, &v->next));
	TRY(siting_map(c, &k, &v->next, &v->next.map));
	v->next.query = fmt(c, "/observatory/where-next?%s", siting_words(c, &k.ask));
	v->has_next = v->next.items.n > 0;
	return OK;
}

rc observatory_get(struct ctx *c, struct req *q)
{
	const struct scope_query *ask = req_form(q, scope_query);
	struct observatory_page *v = new_zero(c, struct observatory_page);
	bool sent;
	TRY(scope_read(c, ask->source, ask->territory, ask->on, &v->scope));
	TRY(choose_sent(c, q, ask->find, CHOOSE_PAGE_OBSERVATORY, &v->scope, &sent));
	if (sent)
		return OK;
	TRY(observatory_fill(c, v));
	if (v->scope.is_whole && v->n_places)
		TRY(add_next(c, v));
	TRY(scope_choices(c, &v->scope));
	add_links(c, v);
	page_title(q, "observatory", T(c, "observatory.title"));
	return page(q, observatory_page, v);
}
