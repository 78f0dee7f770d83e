/* siting_ask_web.c - how far from the best possible: asked for, followed, cancelled. */
#include "observatory/siting_ask.h"

#include <string.h>

#include "observatory/siting_ask_html.h"
#include "observatory/siting_ask_sql.h"
#include "observatory/siting_bound.h"
#include "platform/route.h"

route_fn bound_get, bound_prepare, bound_post, bound_cancel_post;

/* Who asks, for her to cancel: the person, or the address of the network. */
static hash asker_of(struct ctx *c, const struct req *q)
{
	const char *text = c->actor.person.v ? fmt(c, "person %lld", (long long)c->actor.person.v)
					     : fmt(c, "address %s", q->http->peer ? q->http->peer : "");
	return hash_sha256(text, strlen(text));
}

static void fill_bound(const struct bound_row *row, hash asker, struct bound_page *v)
{
	v->asked = row->state != BOUND_STATE_CANCELLED;
	v->id = row->pub;
	v->state = row->state;
	v->done = row->done;
	v->value = row->value;
	v->bound = row->bound;
	v->running = row->state == BOUND_STATE_WAITING || row->state == BOUND_STATE_RUNNING;
	v->mine = v->running && hash_eq(row->asker, asker);
	if (row->bound != NONE && row->bound > 0) /* rounded up: a promise */
		v->within.v = ((row->bound - row->value) * 1000 + row->bound - 1) / row->bound * 100;
}

rc bound_get(struct ctx *c, struct req *q)
{
	struct siting_case k;
	struct bound_row row;
	struct bound_page *v = new_zero(c, struct bound_page);
	bool found;
	TRY(siting_prepare(c, req_form(q, siting_query), &k));
	TRY(bound_by_key(c, k.key, &row, &found));
	v->most = BOUND_STEPS;
	v->bound = v->within.v = NONE;
	v->state = -1;
	if (found)
		fill_bound(&row, asker_of(c, q), v);
	v->sites = k.ask.sites;
	v->km = k.ask.km;
	v->smallest = k.ask.smallest;
	v->territory = k.ask.territory;
	v->territory_name = k.territory_name;
	v->base = k.ask.base;
	v->base_word = enum_word(&place_base_words, k.ask.base);
	v->on = is_none(k.ask.on) ? "" : fmt_iso_day(c, k.ask.on);
	v->here = fmt(c, "/observatory/where-next/bound?%s", siting_words(c, &k.ask));
	v->back = fmt(c, "/observatory/where-next?%s", siting_words(c, &k.ask));
	page_title(q, "observatory", T(c, "bound.title"));
	page_crumb(q, T(c, "observatory.title"), "/observatory");
	page_crumb(q, T(c, "siting.title"), v->back);
	page_crumb(q, T(c, "bound.title"), NULL);
	return page(q, bound_page, v);
}

rc bound_prepare(struct ctx *c, struct req *q)
{
	struct siting_case *k = new_zero(c, struct siting_case);
	TRY(siting_find(c, req_form(q, siting_query), k));
	q->prepared = k;
	return OK;
}

rc bound_post(struct ctx *c, struct req *q)
{
	const struct siting_case *k = q->prepared;
	TRY(bound_ask(c, k, asker_of(c, q)));
	return done(c, q, NULL, "/observatory/where-next/bound?%s", siting_words(c, &k->ask));
}

rc bound_cancel_post(struct ctx *c, struct req *q)
{
	struct bound_row row;
	bool stopped;
	TRY(bound_cancel_now(c, req_form(q, bound_cancel)->bound, asker_of(c, q), &row, &stopped));
	const struct siting_query ask = bound_question(&row);
	return done(c, q, stopped ? T(c, "bound.said_cancelled") : T(c, "bound.said_over"),
		    "/observatory/where-next/bound?%s", siting_words(c, &ask));
}
