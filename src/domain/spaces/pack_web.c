/* pack_web.c - packs that a place sells, and those on sale. */
#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "base/fold.h"
#include "base/pubid.h"
#include "people/account.h"
#include "platform/csv_head.h"
#include "platform/i18n.h"
#include "platform/ui.h"
#include "spaces/pack.h"
#include "spaces/settings_html.h"
#include "spaces/settings_lists.h"
#include "spaces/settings_sql.h"
#include "spaces/settings_web.h"

route_fn packs_get, packs_csv_get, pack_post, pack_other_get, pack_sell_post, pack_offers_get,
	pack_offer_post, pack_offer_withdraw_post;

static rc fill_buyers(struct ctx *c, struct host_settings *v)
{
	struct pack_buyers_row_list l;
	TRY(pack_buyers(c, &l));
	v->buyers.items = new_array(c, struct option, l.n + 1);
	v->buyers.items[v->buyers.n++] = (struct option){ "", "—" };
	for (size_t i = 0; i < l.n; i++)
		v->buyers.items[v->buyers.n++] = (struct option){ fmt(c, "%s", l.items[i].pub.s),
								  l.items[i].name };
	return OK;
}

static void fill_offers(struct ctx *c, struct host_settings *v)
{
	v->offers_choice.items = new_array(c, struct option, v->offers.n + 1);
	for (size_t i = 0; i < v->offers.n; i++) {
		const struct pack_offer *o = &v->offers.items[i];
		v->offers_choice.items[v->offers_choice.n++] = (struct option){
			fmt(c, "%s", o->pub.s), fmt(c, "%s, %s", o->name, fmt_money(c, o->price))
		};
	}
}

static int state_of(const struct pack_line *p, day today)
{
	if (p->left.v <= 0)
		return PACK_STATE_USED_UP;
	return p->to_day.v < today.v ? PACK_STATE_OVER : PACK_STATE_RUNNING;
}

static int by_end(const void *a, const void *b)
{
	const struct pack_line *x = a, *y = b;
	return (x->to_day.v > y->to_day.v) - (x->to_day.v < y->to_day.v);
}

static int by_left(const void *a, const void *b)
{
	const struct pack_line *x = a, *y = b;
	return (x->left.v > y->left.v) - (x->left.v < y->left.v);
}

static bool has_words(struct ctx *c, const struct pack_line *p, const char *words)
{
	return !words || !*words || strstr(fold(c, p->name), fold(c, words)) ||
	       strstr(fold(c, p->owner), fold(c, words));
}

static rc find_packs(struct ctx *c, const struct host_place *h, const struct packs_query *f,
		     struct pack_line_list *out)
{
	size_t n = 0;
	TRY(packs_of_place(c, h->card.id, (day){ INT32_MIN }, out));
	for (size_t i = 0; i < out->n; i++)
		if ((f->state < 0 || state_of(&out->items[i], h->today) == f->state) &&
		    has_words(c, &out->items[i], f->q))
			out->items[n++] = out->items[i];
	out->n = n;
	if (n && f->sort > PACK_SORT_SOLD)
		qsort(out->items, n, sizeof *out->items, f->sort == PACK_SORT_ENDING ? by_end : by_left);
	return OK;
}

static void say(struct ctx *c, const struct packs_query *f, struct host_settings *v)
{
	struct buf b;
	v->asked = (struct settings_asked){ .q = f->q ? f->q : "",
					    .state = enum_word(&pack_state_words, f->state),
					    .sort = enum_word(&pack_sort_words, f->sort),
					    .states = ui_options_or(c, &pack_state_words,
								    T(c, "settings.any_state")),
					    .sorts = ui_options(c, &pack_sort_words) };
	v->asked.narrowed = *v->asked.q || f->state >= 0;
	buf_init(&b, c->mem, 80);
	buf_fmt(&b, "/host/packs.csv?state=%s&sort=%s&q=", v->asked.state, v->asked.sort);
	buf_url(&b, v->asked.q);
	v->asked.csv = b.s;
}

static void put_pack(struct ctx *c, struct csv_writer *w, const struct pack_line *p, day today)
{
	csv_put_typed(w, p->name);
	csv_put(w, i18n_word(c, &space_kind_words, p->space_kind));
	csv_put_typed(w, p->owner);
	csv_put(w, fmt_iso_day(c, day_at(p->sold_at, NULL)));
	csv_put(w, fmt_iso_day(c, p->from_day));
	csv_put(w, fmt_iso_day(c, p->to_day));
	csv_put(w, fmt_quantity(c, p->units));
	csv_put(w, fmt_quantity(c, p->left));
	csv_put_money(c, w, p->price);
	csv_put(w, i18n_word(c, &pack_state_words, state_of(p, today)));
	csv_end_row(w);
}

rc packs_csv_get(struct ctx *c, struct req *q)
{
	static const char *const head[] = { K("settings.pack"),	     K("settings.kind"), K("settings.owner"),
					    K("settings.sold_on"),   K("settings.from"), K("settings.to"),
					    K("settings.pack_days"), K("settings.left"), K("settings.price"),
					    K("booking.state") };
	struct pack_line_list l;
	struct host_place h;
	struct csv_writer w;
	struct buf b;
	TRY(host_place_open(c, &h));
	TRY(find_packs(c, &h, req_form(q, packs_query), &l));
	buf_init(&b, c->mem, 4096);
	csv_begin(&w, &b, ';', true);
	csv_head(c, &w, head, sizeof head / sizeof *head);
	for (size_t i = 0; i < l.n; i++)
		put_pack(c, &w, &l.items[i], h.today);
	return bytes(q, "text/csv; charset=utf-8", "carnets.csv", b.s, b.len);
}

rc packs_get(struct ctx *c, struct req *q)
{
	struct host_settings *v;
	struct host_place h;
	TRY(settings_open(c, q, "packs", T(c, "settings.packs"), &h, &v));
	const struct packs_query any = { .state = -1, .sort = -1 };
	const struct packs_query *f = q->route->form == &packs_query_shape ? req_form(q, packs_query) : &any;
	TRY(find_packs(c, &h, f, &v->packs));
	say(c, f, v);
	v->packs.items += settings_page(c, v, "/host/packs", f->after, &v->packs.n);
	TRY(pack_offers_of(c, h.card.id, &v->offers));
	fill_offers(c, v);
	v->selling = v->offers.n || q->route->method != HTTP_GET;
	TRY(fill_buyers(c, v));
	return page(q, host_settings, v);
}

/* The one who buys: a person or a community, never both. */
static rc find_buyer(struct ctx *c, const char *email, pubid buyer, struct pack_row *p)
{
	bool person = email && *email, found = true;
	struct loaded community = { 0 };
	if (person == (buyer.s[0] != 0))
		return fail_field(c, "email", "settings.one_buyer");
	if (person)
		TRY(person_of_email(c, account_email_key(c, email), &p->owner_person, &found));
	else
		TRY(community_loader(c, buyer, &community));
	p->owner_community = community.community;
	return found ? OK : fail_field(c, "email", "settings.no_person");
}

/* One of those on sale: its words, price and length. */
rc pack_sell_post(struct ctx *c, struct req *q)
{
	const struct pack_sale *f = req_form(q, pack_sale);
	struct host_place h;
	struct pack_offer o;
	pack_id id;
	TRY(host_place_open(c, &h));
	TRY(pack_offer_find(c, h.card.id, f->offer, &o));
	struct pack_row p = { .community = h.card.id,
			      .name = o.name,
			      .space_kind = o.space_kind,
			      .units = o.units,
			      .price = o.price,
			      .from_day = f->from,
			      .to_day = { month_add(f->from, (int)o.valid_months).v - 1 } };
	TRY(find_buyer(c, f->email, f->community, &p));
	TRY(pack_sell(c, &p, &id));
	return created(c, q, p.pub, T(c, "settings.pack_sold"), "/host/packs");
}

rc pack_other_get(struct ctx *c, struct req *q)
{
	struct host_settings *v;
	struct host_place h;
	TRY(settings_open(c, q, "other", T(c, "settings.packs"), &h, &v));
	TRY(fill_buyers(c, v));
	return page(q, host_settings, v);
}

rc pack_post(struct ctx *c, struct req *q)
{
	const struct pack_new *f = req_form(q, pack_new);
	struct host_place h;
	struct pack_row p = { .name = f->name,
			      .space_kind = f->kind,
			      .units = f->units,
			      .price = f->price,
			      .from_day = f->from,
			      .to_day = f->to };
	pack_id id;
	TRY(host_place_open(c, &h));
	p.community = h.card.id;
	TRY(find_buyer(c, f->email, f->community, &p));
	TRY(pack_sell(c, &p, &id));
	return created(c, q, p.pub, T(c, "settings.pack_sold"), "/host/packs");
}

/* ---- packs on sale ---- */

rc pack_offers_get(struct ctx *c, struct req *q)
{
	struct host_settings *v;
	struct host_place h;
	TRY(settings_open(c, q, "offers", T(c, "settings.offers"), &h, &v));
	const struct offers_query *f = q->route->form == &offers_query_shape ? req_form(q, offers_query)
									     : NULL;
	TRY(find_offers(c, &h, f, v));
	v->offers.items += settings_page(c, v, "/host/packs/offers", f ? f->after : 0, &v->offers.n);
	return page(q, host_settings, v);
}

rc pack_offer_post(struct ctx *c, struct req *q)
{
	const struct pack_offer_new *f = req_form(q, pack_offer_new);
	struct host_place h;
	TRY(host_place_open(c, &h));
	struct pack_offer o = { .name = f->name,
				.space_kind = f->kind,
				.units = f->units,
				.price = f->price,
				.valid_months = f->months };
	TRY(pack_offer_add(c, h.card.id, &o));
	return created(c, q, o.pub, T(c, "settings.saved"), "/host/packs/offers");
}

rc pack_offer_withdraw_post(struct ctx *c, struct req *q)
{
	struct host_place h;
	TRY(host_place_open(c, &h));
	TRY(pack_offer_withdraw(c, h.card.id, req_form(q, pack_offer_ref)->offer));
	return done(c, q, T(c, "settings.withdrawn"), "/host/packs/offers");
}
