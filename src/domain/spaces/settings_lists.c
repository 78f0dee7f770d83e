#include "spaces/settings_lists.h"

#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "base/pubid.h"
#include "platform/ui.h"
#include "spaces/pack.h"
#include "spaces/space_settings.h"

#define PAGE 50

static bool has_words(struct ctx *c, const char *text, const char *words)
{
	return !words || !*words || (text && strstr(fold(c, text), fold(c, words)));
}

/* What every list says of its question; `file` is the list as a table. */
static void say(struct ctx *c, struct settings_asked *a, const char *file, const struct enumeration *states,
		int state, const struct enumeration *sorts, int sort)
{
	struct buf b;
	a->q = a->q ? a->q : "";
	a->state = enum_word(states, state);
	a->sort = enum_word(sorts, sort);
	a->states = ui_options(c, states);
	a->sorts = ui_options(c, sorts);
	a->narrowed = *a->q || *a->kind || *a->audience || *a->space || state > 0;
	buf_init(&b, c->mem, 120);
	buf_fmt(&b, "%s?state=%s&sort=%s", file, a->state, a->sort);
	buf_param(&b, "q", a->q);
	buf_param(&b, "kind", a->kind);
	buf_param(&b, "audience", a->audience);
	buf_param(&b, "space", a->space);
	a->csv = b.s;
}

size_t settings_page(struct ctx *c, struct host_settings *v, const char *path, int64_t after, size_t *n)
{
	size_t before = after > 0 && (size_t)after < *n ? (size_t)after : 0;
	*n -= before;
	if (*n > PAGE) {
		*n = PAGE;
		v->next = fmt(c, "%s%s&after=%zu", path, strchr(v->asked.csv, '?'), before + PAGE);
	}
	return before;
}

/* ---- spaces ---- */

static int space_order(const void *a, const void *b, void *arg)
{
	const struct space_row *x = a, *y = b;
	struct ctx *c = arg;
	return strcmp(fold(c, x->name), fold(c, y->name));
}

static int room_order(const void *a, const void *b)
{
	const struct space_row *x = a, *y = b;
	return (x->capacity < y->capacity) - (x->capacity > y->capacity);
}

rc find_spaces(struct ctx *c, const struct host_place *h, const struct space_query *f,
	       struct host_settings *v)
{
	const struct space_query any = { .kind = -1, .state = -1, .sort = -1 };
	struct space_row_list gone;
	size_t n = 0;
	f = f ? f : &any;
	v->gone = f->state == SPACE_STATE_ARCHIVED;
	TRY(spaces_gone(c, h->card.id, &gone));
	const struct space_row_list *all = v->gone ? &gone : &h->spaces;
	v->spaces.items = new_array(c, struct space_row, all->n + 1);
	for (size_t i = 0; i < all->n; i++)
		if ((f->kind < 0 || all->items[i].kind == f->kind) && has_words(c, all->items[i].name, f->q))
			v->spaces.items[n++] = all->items[i];
	v->spaces.n = n;
	if (f->sort == SPACE_SORT_NAME)
		qsort_r(v->spaces.items, n, sizeof *v->spaces.items, space_order, c);
	if (f->sort == SPACE_SORT_CAPACITY)
		qsort(v->spaces.items, n, sizeof *v->spaces.items, room_order);
	v->asked = (struct settings_asked){ .q = f->q,
					    .kind = enum_word(&space_kind_words, f->kind),
					    .audience = "",
					    .space = "",
					    .some = h->spaces.n + gone.n > 0 };
	say(c, &v->asked, "/host/spaces.csv", &space_state_words, f->state, &space_sort_words, f->sort);
	return OK;
}

/* ---- prices ---- */

static int price_order(const void *a, const void *b)
{
	const struct tariff_line *x = a, *y = b;
	return (x->price.v > y->price.v) - (x->price.v < y->price.v);
}

static int newest_order(const void *a, const void *b)
{
	const struct tariff_line *x = a, *y = b;
	return (x->from_day.v < y->from_day.v) - (x->from_day.v > y->from_day.v);
}

/* Over by today, where that is asked: by the last day of what is listed. */
static bool is_of_state(int state, day last, day today)
{
	bool over = !is_none(last) && last.v < today.v;
	return state == TARIFF_STATE_ANY || over == (state == TARIFF_STATE_OVER);
}

rc find_tariffs(struct ctx *c, const struct host_place *h, const struct tariffs_query *f,
		struct host_settings *v)
{
	const struct tariffs_query any = { .kind = -1, .audience = -1, .state = -1, .sort = -1 };
	struct tariff_line_list *l = &v->tariffs;
	size_t n = 0;
	f = f ? f : &any;
	TRY(tariffs_of_place(c, h->card.id, (day){ INT32_MIN }, l));
	bool some = l->n > 0;
	for (size_t i = 0; i < l->n; i++)
		if (is_of_state(f->state, l->items[i].to_day, h->today) &&
		    (f->kind < 0 || l->items[i].space_kind == f->kind) &&
		    (f->audience < 0 || l->items[i].audience == f->audience))
			l->items[n++] = l->items[i];
	l->n = n;
	if (n && f->sort > TARIFF_SORT_KIND)
		qsort(l->items, n, sizeof *l->items,
		      f->sort == TARIFF_SORT_PRICE ? price_order : newest_order);
	v->asked = (struct settings_asked){ .some = some,
					    .kind = enum_word(&space_kind_words, f->kind),
					    .audience = enum_word(&audience_words, f->audience),
					    .space = "" };
	say(c, &v->asked, "/host/tariffs.csv", &tariff_state_words, f->state, &tariff_sort_words, f->sort);
	return OK;
}

/* ---- closures ---- */

static int last_order(const void *a, const void *b)
{
	const struct closure_line *x = a, *y = b;
	return (x->from_day.v < y->from_day.v) - (x->from_day.v > y->from_day.v);
}

rc find_closures(struct ctx *c, const struct host_place *h, const struct closures_query *f,
		 struct host_settings *v)
{
	const struct closures_query any = { .state = -1, .sort = -1 };
	struct closure_line_list *l = &v->closures;
	size_t n = 0;
	f = f ? f : &any;
	TRY(closures_of_place(c, h->card.id, (day){ INT32_MIN }, l));
	bool some = l->n > 0;
	for (size_t i = 0; i < l->n; i++) {
		const struct closure_line *k = &l->items[i];
		bool of_space = pubid_is_none(f->space) || pubid_is_none(k->space) ||
				pubid_eq(k->space, f->space);
		if (of_space && is_of_state(f->state, k->to_day, h->today) && has_words(c, k->reason, f->q))
			l->items[n++] = *k;
	}
	l->n = n;
	if (n && f->sort == CLOSURE_SORT_LAST)
		qsort(l->items, n, sizeof *l->items, last_order);
	v->asked = (struct settings_asked){
		.some = some, .q = f->q, .kind = "", .audience = "", .space = fmt(c, "%s", f->space.s)
	};
	say(c, &v->asked, "/host/closures.csv", &closure_state_words, f->state, &closure_sort_words, f->sort);
	return OK;
}

/* ---- packs on sale ---- */

static int day_order(const void *a, const void *b)
{
	const struct pack_offer *x = a, *y = b;
	return (x->a_day.v > y->a_day.v) - (x->a_day.v < y->a_day.v);
}

rc find_offers(struct ctx *c, const struct host_place *h, const struct offers_query *f,
	       struct host_settings *v)
{
	const struct offers_query any = { .kind = -1, .state = -1, .sort = -1 };
	struct pack_offer_list *l = &v->offers;
	size_t n = 0;
	f = f ? f : &any;
	TRY(pack_offers_ever(c, h->card.id, l));
	bool some = l->n > 0;
	for (size_t i = 0; i < l->n; i++)
		if (is_none(l->items[i].withdrawn_at) == (f->state != OFFER_STATE_WITHDRAWN) &&
		    (f->kind < 0 || l->items[i].space_kind == f->kind))
			l->items[n++] = l->items[i];
	l->n = n;
	if (n && f->sort == OFFER_SORT_A_DAY)
		qsort(l->items, n, sizeof *l->items, day_order);
	v->asked = (struct settings_asked){
		.some = some, .kind = enum_word(&space_kind_words, f->kind), .audience = "", .space = ""
	};
	say(c, &v->asked, "/host/packs/offers.csv", &offer_state_words, f->state, &offer_sort_words, f->sort);
	return OK;
}
