/* choose_web.c - the territories to choose from, for a page of the observatory. */
#include "observatory/choose.h"

#include "observatory/choose_html.h"
#include "platform/i18n.h"
#include "platform/route.h"

route_fn choose_get;

static const char *const paths[CHOOSE_PAGE_COUNT] = {
	[CHOOSE_PAGE_OBSERVATORY] = "/observatory",
	[CHOOSE_PAGE_FIGURES] = "/observatory/figures",
	[CHOOSE_PAGE_TERRITORIES] = "/territories",
	[CHOOSE_PAGE_REPORT] = "/observatory/report",
	[CHOOSE_PAGE_ACCESS] = "/observatory/access",
	[CHOOSE_PAGE_SERIES] = "/observatory/series",
	[CHOOSE_PAGE_WHERE_NEXT] = "/observatory/where-next",
	[CHOOSE_PAGE_TYPOLOGIES] = "/observatory/typologies",
};

static const char *rest_of(struct ctx *c, int source, day on)
{
	return fmt(c, "%s%s%s%s",
		   source < 0 ? "" : "&source=", source < 0 ? "" : enum_word(&figure_source_words, source),
		   is_none(on) ? "" : "&on=", is_none(on) ? "" : fmt_iso_day(c, on));
}

static const char *address(struct ctx *c, int page, const char *ref, int source, day on)
{
	struct buf b;
	buf_init(&b, c->mem, 120);
	buf_fmt(&b, "%s?territory=", paths[page]);
	buf_url(&b, ref);
	/* Whose places count is asked there in other words, or not at all. */
	bool asked = page != CHOOSE_PAGE_ACCESS && page != CHOOSE_PAGE_WHERE_NEXT &&
		     page != CHOOSE_PAGE_TYPOLOGIES;
	buf_str(&b, rest_of(c, asked ? source : -1, on));
	return b.s;
}

rc choose_sent(struct ctx *c, struct req *q, const char *typed, int page, const struct scope *s, bool *sent)
{
	struct territory_found_list l;
	struct buf b;
	day on = s->is_past ? s->on : (day){ NONE };
	*sent = typed && *typed && !q->api;
	if (!*sent)
		return OK;
	TRY(choose_find(c, typed, &l));
	if (l.n == 1)
		return done(c, q, NULL, "%s", address(c, page, l.items[0].ref, s->source, on));
	buf_init(&b, c->mem, 120);
	buf_fmt(&b, "/territories/choose?page=%s", enum_word(&choose_page_words, page));
	buf_str(&b, rest_of(c, s->source, on));
	buf_str(&b, "&q=");
	buf_url(&b, typed);
	return done(c, q, NULL, "%s", b.s);
}

rc choose_get(struct ctx *c, struct req *q)
{
	const struct choose_query *ask = req_form(q, choose_query);
	struct choose_results *v = new_zero(c, struct choose_results);
	int leads = ask->page < 0 ? CHOOSE_PAGE_TERRITORIES : ask->page;
	v->q = ask->q;
	v->page = enum_word(&choose_page_words, leads);
	v->source = ask->source < 0 ? "" : enum_word(&figure_source_words, ask->source);
	v->on = is_none(ask->on) ? "" : fmt_iso_day(c, ask->on);
	TRY(choose_find(c, ask->q, &v->items));
	for (size_t i = 0; i < v->items.n; i++)
		v->items.items[i].link = address(c, leads, v->items.items[i].ref, ask->source, ask->on);
	page_title(q, "observatory", T(c, "choose.title"));
	page_crumb(q, T(c, "observatory.title"), "/observatory");
	page_crumb(q, T(c, "choose.title"), NULL);
	return page(q, choose_results, v);
}
