/* imports_web.c - files that are handed over: by operators, and by coordinators
 * for their networks, whose files operators decide. */
#include "base/civil.h"
#include "observatory/arrival.h"
#include "observatory/import_offer.h"
#include "observatory/import_page.h"
#include "observatory/import_page_html.h"
#include "observatory/import_page_shape.h"
#include "observatory/import_sql.h"
#include "observatory/mapping_sql.h"
#include "observatory/mapping_web.h"
#include "people/people.h"
#include "platform/csv_head.h"
#include "platform/i18n.h"
#include "platform/route.h"
#include "platform/ui.h"

#define PAGE_RUNS 50
#define ALL_RUNS  10000
#define OFFERS	  10 /* of a network that wait at a time */

route_fn imports_get, imports_csv_get, import_new_prepare, import_new_post, offers_get;
route_fn offers_csv_get, offer_post;

static const char *asked(const struct imports_query *f)
{
	return f->q ? f->q : "";
}

static const char *address(struct ctx *c, const char *path, const struct imports_query *f)
{
	struct buf b;
	buf_init(&b, c->mem, 100);
	buf_fmt(&b, "%s?q=", path);
	buf_url(&b, asked(f));
	query_word(&b, "state", &import_state_words, f->state);
	query_word(&b, "format", &import_format_words, f->format);
	query_word(&b, "sort", &import_sort_words, f->sort);
	return b.s;
}

/* A failed form of the page shows its list whole. */
static const struct imports_query *query_of(const struct req *q)
{
	static const struct imports_query all = { NULL, -1, -1, -1, NONE };
	return q->route->form == &imports_query_shape ? req_form(q, imports_query) : &all;
}

/* A page of the list, and what it is narrowed by; `offered`: what was offered for that community alone. */
static rc fill_runs(struct ctx *c, const struct imports_query *f, const char *path, community_id offered,
		    struct imports_narrowed *by, struct import_run_list *items)
{
	int64_t skip = f->after == NONE ? 0 : f->after;
	*by = (struct imports_narrowed){
		.path = path,
		.q = asked(f),
		.state = f->state,
		.format = f->format,
		.sort = f->sort,
		.next = NONE,
		.csv = address(c, fmt(c, "%s.csv", path), f),
		.states = ui_options_or(c, &import_state_words, T(c, "imports.any_state")),
		.formats = ui_options_or(c, &import_format_words, T(c, "imports.any_state")),
		.sorts = ui_options(c, &import_sort_words),
		.state_word = f->state >= 0 ? enum_word(&import_state_words, f->state) : "",
		.format_word = f->format >= 0 ? enum_word(&import_format_words, f->format) : "",
		.sort_word = enum_word(&import_sort_words, f->sort < 0 ? 0 : f->sort)
	};
	TRY(import_runs(c, asked(f), f->state, f->format, offered, f->sort, skip, PAGE_RUNS + 1, items));
	if (items->n <= PAGE_RUNS)
		return OK;
	items->n = PAGE_RUNS;
	by->next = skip + PAGE_RUNS;
	by->more = fmt(c, "%s&after=%lld", address(c, path, f), (long long)by->next);
	return OK;
}

rc imports_get(struct ctx *c, struct req *q)
{
	struct imports_page *v = new_zero(c, struct imports_page);
	v->formats = ui_options(c, &import_format_words);
	TRY(import_sheets(c, (community_id){ 0 }, &v->drafts));
	TRY(fill_runs(c, query_of(q), "/operator/imports", (community_id){ 0 }, &v->by, &v->items));
	page_title(q, "operator", T(c, "imports.title"));
	page_crumb(q, T(c, "operator.title"), "/operator");
	page_crumb(q, T(c, "imports.title"), NULL);
	return page(q, imports_page, v);
}

static void put_run(struct ctx *c, struct csv_writer *w, const struct import_run *r)
{
	csv_put_typed(w, r->label);
	csv_put_typed(w, r->licence);
	csv_put(w, i18n_word(c, &import_format_words, r->format));
	csv_put(w, fmt_iso_day(c, day_at(r->created_at, NULL)));
	csv_put_typed(w, r->person);
	csv_put_typed(w, r->as_name);
	csv_put_int(w, r->total);
	csv_put(w, i18n_word(c, &import_state_words, r->state));
	csv_put_typed(w, r->reason);
	csv_end_row(w);
}

static rc runs_csv(struct ctx *c, struct req *q, community_id offered)
{
	static const char *const head[] = { K("imports.source"), K("imports.licence"), K("imports.format"),
					    K("imports.when"),	 K("imports.who"),     K("imports.for_whom"),
					    K("imports.rows"),	 K("imports.state"),   K("offers.reason") };
	const struct imports_query *f = req_form(q, imports_query);
	struct import_run_list l;
	struct csv_writer w;
	struct buf b;
	TRY(import_runs(c, asked(f), f->state, f->format, offered, f->sort, 0, ALL_RUNS, &l));
	buf_init(&b, c->mem, 4096);
	csv_begin(&w, &b, ';', true);
	csv_head(c, &w, head, sizeof head / sizeof *head);
	for (size_t i = 0; i < l.n; i++)
		put_run(c, &w, &l.items[i]);
	return bytes(q, "text/csv; charset=utf-8", "imports.csv", b.s, b.len);
}

rc imports_csv_get(struct ctx *c, struct req *q)
{
	return runs_csv(c, q, (community_id){ 0 });
}

/* A table is told which column is what on a page of its own. */
rc import_new_prepare(struct ctx *c, struct req *q)
{
	const struct import_new *f = req_form(q, import_new);
	return f->format == IMPORT_FORMAT_SHEET ? sheet_prepare(c, q, f->file) : OK;
}

/* Keep what was sent; `where` says on which page it goes on. */
static rc take(struct ctx *c, struct req *q, bool offered, pubid *pub, const char **where)
{
	const struct import_new *f = req_form(q, import_new);
	const struct import_start s = { .label = f->source,
					.licence = f->licence && *f->licence ? f->licence : NULL,
					.format = f->format,
					.file = f->file,
					.offered = offered };
	bool sheet = f->format == IMPORT_FORMAT_SHEET;
	TRY(sheet ? sheet_hand_over(c, q, &s, pub) : import_run_start(c, &s, pub));
	*where = fmt(c, "/operator/%s/%s", sheet ? "sheets" : "imports", pub->s);
	return OK;
}

rc import_new_post(struct ctx *c, struct req *q)
{
	const char *where;
	pubid pub;
	TRY(take(c, q, false, &pub, &where));
	return created(c, q, pub, NULL, "%s", where);
}

/* ---- for a network ---- */

rc offers_get(struct ctx *c, struct req *q)
{
	struct offers_page *v = new_zero(c, struct offers_page);
	struct community_card card;
	int64_t open;
	TRY(community_card_get(c, c->actor.community, &card));
	TRY(import_open_of(c, c->actor.community, &open));
	TRY(import_sheets(c, c->actor.community, &v->drafts));
	TRY(fill_runs(c, query_of(q), "/imports", c->actor.community, &v->by, &v->items));
	v->name = card.name;
	v->full = open >= OFFERS;
	v->formats = ui_options(c, &import_format_words);
	page_title(q, "observatory", T(c, "offers.title"));
	page_crumb(q, T(c, "open_data.title"), "/data");
	page_crumb(q, T(c, "offers.title"), NULL);
	return page(q, offers_page, v);
}

rc offers_csv_get(struct ctx *c, struct req *q)
{
	return runs_csv(c, q, c->actor.community);
}

rc offer_post(struct ctx *c, struct req *q)
{
	const char *where;
	int64_t open;
	pubid pub;
	TRY(import_open_of(c, c->actor.community, &open));
	if (open >= OFFERS)
		return fail(c, E_QUOTA, "offers.full");
	TRY(take(c, q, true, &pub, &where));
	TRY(offer_tell_waits(c, req_form(q, import_new)->source, where));
	return created(c, q, pub, T(c, "offers.sent"), "/imports");
}
