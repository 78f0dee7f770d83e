/* imports_web.c - files that are handed over: by operators, and by coordinators
 * for their networks, whose files operators decide. */
#include "base/civil.h"
#include "observatory/arrival.h"
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

route_fn imports_get, imports_csv_get, import_new_prepare, import_new_post, offers_get, offer_post;

static const char *asked(const struct imports_query *f)
{
	return f->q ? f->q : "";
}

static const char *address(struct ctx *c, const char *path, const struct imports_query *f)
{
	struct buf b;
	buf_init(&b, c->mem, 100);
	buf_fmt(&b, "%s?state=%s&q=", path, f->state >= 0 ? enum_word(&import_state_words, f->state) : "");
	buf_url(&b, asked(f));
	return b.s;
}

static struct option_list states(struct ctx *c)
{
	struct option_list words = ui_options(c, &import_state_words),
			   l = { new_array(c, struct option, words.n + 1), words.n + 1 };
	l.items[0] = (struct option){ "", T(c, "imports.any_state") };
	for (size_t i = 0; i < words.n; i++)
		l.items[i + 1] = words.items[i];
	return l;
}

rc imports_get(struct ctx *c, struct req *q)
{
	static const struct imports_query all = { .state = -1, .before = NONE };
	const struct imports_query *f = q->route->form == &imports_query_shape ? req_form(q, imports_query)
									       : &all;
	struct imports_page *v = new_zero(c, struct imports_page);
	v->q = asked(f);
	v->state = f->state;
	v->state_word = f->state >= 0 ? enum_word(&import_state_words, f->state) : "";
	v->next = NONE;
	v->csv = address(c, "/operator/imports.csv", f);
	v->formats = ui_options(c, &import_format_words);
	v->states = states(c);
	TRY(import_sheets(c, &v->drafts));
	TRY(import_runs(c, v->q, f->state, (community_id){ 0 }, f->before == NONE ? 0 : f->before,
			PAGE_RUNS + 1, &v->items));
	if (v->items.n > PAGE_RUNS) {
		v->items.n = PAGE_RUNS;
		v->next = v->items.items[PAGE_RUNS - 1].id.v;
	}
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
	csv_end_row(w);
}

rc imports_csv_get(struct ctx *c, struct req *q)
{
	static const char *const head[] = { K("imports.source"), K("imports.licence"), K("imports.format"),
					    K("imports.when"),	 K("imports.who"),     K("imports.for_whom"),
					    K("imports.rows"),	 K("imports.state") };
	const struct imports_query *f = req_form(q, imports_query);
	struct import_run_list l;
	struct csv_writer w;
	struct buf b;
	TRY(import_runs(c, asked(f), f->state, (community_id){ 0 }, 0, ALL_RUNS, &l));
	buf_init(&b, c->mem, 4096);
	csv_begin(&w, &b, ';', true);
	csv_head(c, &w, head, sizeof head / sizeof *head);
	for (size_t i = 0; i < l.n; i++)
		put_run(c, &w, &l.items[i]);
	return bytes(q, "text/csv; charset=utf-8", "imports.csv", b.s, b.len);
}

/* A table is told which column is what on a page of its own. */
rc import_new_prepare(struct ctx *c, struct req *q)
{
	const struct import_new *f = req_form(q, import_new);
	return f->format == IMPORT_FORMAT_SHEET ? sheet_prepare(c, q, f->file) : OK;
}

/* Keep what was sent; `where` says on which page it goes on. */
static rc take(struct ctx *c, struct req *q, pubid *pub, const char **where)
{
	const struct import_new *f = req_form(q, import_new);
	const struct import_start s = { .label = f->source,
					.licence = f->licence && *f->licence ? f->licence : NULL,
					.format = f->format,
					.file = f->file };
	if (f->format != IMPORT_FORMAT_SHEET) {
		TRY(import_run_start(c, &s, pub));
		*where = fmt(c, "/operator/imports/%s", pub->s);
		return OK;
	}
	TRY(sheet_hand_over(c, q, s.label, s.licence, pub));
	*where = fmt(c, "/operator/sheets/%s", pub->s);
	return OK;
}

rc import_new_post(struct ctx *c, struct req *q)
{
	const char *where;
	pubid pub;
	TRY(take(c, q, &pub, &where));
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
	TRY(import_runs(c, "", -1, c->actor.community, 0, PAGE_RUNS, &v->items));
	v->name = card.name;
	v->full = open >= OFFERS;
	v->formats = ui_options(c, &import_format_words);
	page_title(q, "observatory", T(c, "offers.title"));
	page_crumb(q, T(c, "open_data.title"), "/data");
	page_crumb(q, T(c, "offers.title"), NULL);
	return page(q, offers_page, v);
}

rc offer_post(struct ctx *c, struct req *q)
{
	const char *where;
	int64_t open;
	pubid pub;
	TRY(import_open_of(c, c->actor.community, &open));
	if (open >= OFFERS)
		return fail(c, E_QUOTA, "offers.full");
	TRY(take(c, q, &pub, &where));
	return created(c, q, pub, T(c, "offers.sent"), "/imports");
}
