/* suggestion_web.c - "a bridge is missing": a page, a table, one press to propose it. */
#include "bridges/suggestion.h"

#include "base/csv.h"
#include "bridges/suggestion_html.h"
#include "bridges/terms.h"
#include "platform/csv_head.h"
#include "platform/route.h"
#include "platform/ui.h"

#define PAGE 30

route_fn suggestions_get, suggestions_csv_get, suggestion_propose_post;

static const char *address(struct ctx *c, const char *path, const struct suggestions_page *v, int64_t after)
{
	return fmt(c, "%s?side=%s&radius=%s%s%s", path, v->side_word, v->radius_word, v->all ? "&all=1" : "",
		   after ? fmt(c, "&after=%lld", (long long)after) : "");
}

/* Only the sides that the community has. */
static void fill_choices(struct ctx *c, struct suggestions_page *v)
{
	const bool may[] = { v->is_sender, v->is_host, v->is_network };
	struct option_list all = ui_options(c, &suggestion_side_words);
	v->sides.items = new_array(c, struct option, all.n);
	for (size_t i = 0; i < all.n; i++)
		if (may[i])
			v->sides.items[v->sides.n++] = all.items[i];
	v->radii = ui_options(c, &suggestion_radius_words);
	v->side_word = enum_word(&suggestion_side_words, v->side);
	v->radius_word = enum_word(&suggestion_radius_words, v->radius);
	v->may_propose = c->actor.roles & CONVENTION_TEAM;
}

/* After a refused proposal the form of the POST stands in q: the page is asked plainly. */
static const struct suggestion_query *question(struct ctx *c, const struct req *q)
{
	if (q->route->method == HTTP_GET)
		return req_form(q, suggestion_query);
	struct suggestion_query *f = new_zero(c, struct suggestion_query);
	form_empty(&suggestion_query_shape, f);
	return f;
}

rc suggestions_get(struct ctx *c, struct req *q)
{
	const struct suggestion_query *f = question(c, q);
	struct suggestions_page *v = new_zero(c, struct suggestions_page);
	TRY(suggestions_find(c, f, v));
	fill_choices(c, v);
	size_t skip = f->after == NONE ? 0 : (size_t)f->after;
	skip = skip < v->items.n ? skip : v->items.n;
	v->items.items += skip;
	v->items.n -= skip;
	if (v->items.n > PAGE) {
		v->items.n = PAGE;
		v->next = address(c, "/conventions/suggestions", v, (int64_t)skip + PAGE);
	}
	v->json = address(c, "/api/v1/conventions/suggestions", v, 0);
	v->csv = address(c, "/conventions/suggestions.csv", v, 0);
	page_title(q, "conventions", T(c, "suggestion.title"));
	page_crumb(q, T(c, "nav.conventions"), "/conventions");
	page_crumb(q, T(c, "suggestion.title"), NULL);
	return page(q, suggestions_page, v);
}

static void put_line(struct ctx *c, struct csv_writer *w, const struct suggestion_line *l)
{
	csv_put_typed(w, l->community_name);
	csv_put_typed(w, l->place_name);
	csv_put_typed(w, l->city);
	csv_put(w, l->departement);
	csv_put_int(w, l->near);
	csv_put_int(w, l->gain);
	csv_put_int(w, l->km);
	csv_put_int(w, l->before);
	csv_put(w, i18n_word(c, &suggestion_bridge_words, l->bridge));
	csv_end_row(w);
}

rc suggestions_csv_get(struct ctx *c, struct req *q)
{
	static const char *const columns[] = { K("suggestion.community"), K("suggestion.place"),
					       K("suggestion.town"),	  K("suggestion.departement"),
					       K("suggestion.near"),	  K("suggestion.gain"),
					       K("suggestion.km"),	  K("suggestion.before"),
					       K("suggestion.bridge") };
	struct suggestions_page *v = new_zero(c, struct suggestions_page);
	struct csv_writer w;
	struct buf b;
	TRY(suggestions_find(c, req_form(q, suggestion_query), v));
	buf_init(&b, c->mem, 1 << 14);
	csv_begin(&w, &b, ';', true);
	csv_head(c, &w, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < v->items.n; i++)
		put_line(c, &w, &v->items.items[i]);
	return bytes(q, "text/csv; charset=utf-8", "ponts.csv", b.s, b.len);
}

rc suggestion_propose_post(struct ctx *c, struct req *q)
{
	struct convention_row k;
	TRY(suggestion_propose_now(c, req_form(q, suggestion_propose), &k));
	return created(c, q, k.pub, T(c, "suggestion.said"), "/conventions/%s/terms", k.pub.s);
}
