/* rights_web.c - what a convention gives, what was signed and paid; what its
 * runner changes. */
#include "base/civil.h"
#include "bridges/convention_web.h"
#include "bridges/exchange_seen_sql.h"
#include "bridges/follow_up.h"
#include "bridges/grant.h"
#include "bridges/party.h"
#include "bridges/party_sql.h"
#include "bridges/rights_html.h"
#include "bridges/terms_sql.h"
#include "ledger/counter.h"
#include "platform/csv_head.h"
#include "platform/i18n.h"

rc convention_head(struct ctx *c, const struct convention_row *k, const char *tab, struct follow_head *h)
{
	struct community_card runner;
	struct exchange_party_list l;
	TRY(community_card_get(c, k->runner, &runner));
	TRY(exchange_parties(c, k->id, &l));
	*h = (struct follow_head){ .pub = k->pub,
				   .name = k->name,
				   .kind = k->kind,
				   .state = k->state,
				   .runner = runner.name,
				   .from_day = k->from_day,
				   .to_day = k->to_day,
				   .tab = tab,
				   .runs = k->runner.v == c->actor.community.v,
				   .follows = c->actor.roles & CONVENTION_FOLLOW };
	h->board = h->runs;
	h->leaves_on.v = NONE;
	for (size_t i = 0; i < l.n; i++) {
		if (l.items[i].card.id.v == c->actor.community.v) {
			h->joined = true;
			h->board = false;
			h->leaves_on = l.items[i].leaves_on;
			h->left = l.items[i].state == PARTY_STATE_LEFT;
			h->suspended = l.items[i].state == PARTY_STATE_SUSPENDED;
		}
		h->caes += l.items[i].side != PARTY_SIDE_HOST;
		h->places += l.items[i].side != PARTY_SIDE_SENDER;
	}
	return OK;
}

static void stand(struct ctx *c, struct req *q, const struct convention_row *k, const char *title)
{
	page_title(q, "conventions", title);
	page_crumb(q, T(c, "nav.conventions"), "/conventions");
	page_crumb(q, k->name, fmt(c, "/conventions/%s/text", k->pub.s));
	page_crumb(q, title, NULL);
}

static const char *price_words(struct ctx *c, const struct grant_row *g)
{
	if (g->price_kind == PRICE_KIND_PERCENT)
		return i18n(c, "convention.price_percent",
			    &(struct arg){ .name = "n", .kind = ARG_INT, .n = g->price_value }, 1);
	if (g->price_kind == PRICE_KIND_FIXED)
		return T_TEXT(c, "convention.price_fixed", "amount", fmt_money(c, (money){ g->price_value }));
	return i18n_word(c, &price_kind_words, g->price_kind);
}

/* What a sender's people have taken of it in the period that runs. */
static rc taken(struct ctx *c, const struct grant_row *g, struct right_line *r)
{
	quantity held = { 0 }, used = { 0 };
	day today = day_at(c->now, NULL);
	r->left.v = NONE;
	if (is_none(g->per_sender))
		return OK;
	struct counter_key key = {
		COUNTER_OWNER_GRANT,  g->lineage.v ? g->lineage.v : g->id.v, COUNTER_SCOPE_SENDER,
		c->actor.community.v, grant_period_of(c, g->period, today),  g->per_sender
	};
	TRY(grant_taken(c, &key, g->period, today, &held, &used));
	r->used.v = held.v + used.v;
	r->left.v = r->used.v < g->per_sender.v ? g->per_sender.v - r->used.v : 0;
	return OK;
}

static rc fill_right(struct ctx *c, const struct grant_row *g, bool sends, struct right_line *r)
{
	*r = (struct right_line){ .pub = g->pub,
				  .name = g->name,
				  .measure = g->measure,
				  .price_kind = g->price_kind,
				  .period = g->period,
				  .per_person = g->per_person,
				  .per_sender = g->per_sender,
				  .per_place = g->per_place,
				  .left = { NONE },
				  .from_day = g->from_day,
				  .to_day = g->to_day };
	r->statuses = words_of(c, &membership_status_words, g->statuses);
	r->space_kinds = words_of(c, &space_kind_words, g->space_kinds);
	r->price = price_words(c, g);
	return sends ? taken(c, g, r) : OK;
}

rc rights_in_words(struct ctx *c, version_id version, bool sends, struct right_line_list *out)
{
	struct grant_row_list l;
	TRY(grants_of_version(c, version, &l));
	out->items = new_array(c, struct right_line, l.n);
	for (out->n = 0; out->n < l.n; out->n++)
		TRY(fill_right(c, &l.items[out->n], sends, &out->items[out->n]));
	return OK;
}

rc said_terms_fill(struct ctx *c, struct said_terms *s)
{
	struct community_card payee;
	TRY(rights_in_words(c, s->version.id, false, &s->rights));
	if (!s->version.contribution_payee.v)
		return OK;
	TRY(community_card_get(c, s->version.contribution_payee, &payee));
	s->payee = payee.name;
	return OK;
}

rc rights_get(struct ctx *c, struct req *q)
{
	const struct convention_row *k = req_object(q, convention_row, followed);
	struct rights_page *v = new_zero(c, struct rights_page);
	struct exchange_rules rules;
	struct party_row p;
	bool found, party;
	TRY(party_of(c, k->id, c->actor.community, &p, &party));
	v->sends = party && p.side != PARTY_SIDE_HOST;
	TRY(convention_head(c, k, "rights", &v->head));
	TRY(exchange_rules_of(c, k->id, c->actor.community, &rules, &found));
	TRY(rights_in_words(c, rules.version, v->sends, &v->rights));
	stand(c, q, k, T(c, "rights.title"));
	return page(q, rights_page, v);
}

/* All for who runs it, a party's own else; those unpaid, when they alone are asked for. */
static rc find_contributions(struct ctx *c, const struct convention_row *k, bool runs, bool unpaid,
			     struct contribution_line_list *out)
{
	size_t n = 0;
	TRY(contributions_of(c, k->id, runs ? (community_id){ 0 } : c->actor.community, out));
	for (size_t i = 0; i < out->n; i++)
		if (!unpaid || is_none(out->items[i].paid_on))
			out->items[n++] = out->items[i];
	out->n = n;
	return OK;
}

static rc fill_contributions(struct ctx *c, const struct convention_row *k, bool unpaid,
			     struct documents_page *v)
{
	v->unpaid = unpaid;
	v->csv = fmt(c, "/conventions/%s/contributions.csv%s", k->pub.s, unpaid ? "?unpaid=1" : "");
	TRY(find_contributions(c, k, v->runs, unpaid, &v->contributions));
	for (size_t i = 0; i < v->contributions.n; i++) {
		const struct contribution_line *l = &v->contributions.items[i];
		v->called.v += l->amount.v;
		v->paid.v += is_none(l->paid_on) ? 0 : l->amount.v;
	}
	return OK;
}

static rc fill_insurance(struct ctx *c, const struct convention_row *k, struct documents_page *v)
{
	struct party_row p;
	TRY(party_of(c, k->id, c->actor.community, &p, &v->party));
	v->insured_until.v = NONE;
	v->insurance_kind = v->insurer = "";
	if (!v->party)
		return OK;
	v->may_insure = k->state == CONVENTION_STATE_OPEN && c->actor.roles & (ROLE_SIGNATORY | ROLE_MANAGER);
	v->insurance_kind = p.insurance_kind ? p.insurance_kind : "";
	v->insurer = p.insurer ? p.insurer : "";
	v->insured_until = p.insured_until;
	return OK;
}

static bool is_runner(const struct ctx *c, const struct convention_row *k)
{
	return k->runner.v == c->actor.community.v && (c->actor.roles & CONVENTION_TEAM);
}

rc contributions_csv_get(struct ctx *c, struct req *q)
{
	static const char *const head[] = { K("documents.party"), K("documents.amount"),
					    K("documents.called"), K("documents.paid") };
	const struct convention_row *k = req_object(q, convention_row, followed);
	struct contribution_line_list l;
	struct csv_writer w;
	struct buf b;
	TRY(find_contributions(c, k, is_runner(c, k), req_form(q, contributions_query)->unpaid, &l));
	buf_init(&b, c->mem, 4096);
	csv_begin(&w, &b, ';', true);
	csv_head(c, &w, head, sizeof head / sizeof *head);
	for (size_t i = 0; i < l.n; i++) {
		int64_t cents = l.items[i].amount.v;
		csv_put_typed(&w, l.items[i].name);
		csv_put(&w, fmt(c, "%lld,%02lld", (long long)cents / 100, (long long)cents % 100));
		csv_put(&w, fmt_iso_day(c, l.items[i].called_on));
		csv_put(&w, fmt_iso_day(c, l.items[i].paid_on));
		csv_end_row(&w);
	}
	return bytes(q, "text/csv; charset=utf-8", "contributions.csv", b.s, b.len);
}

rc versions_csv_get(struct ctx *c, struct req *q)
{
	static const char *const head[] = { K("documents.number"), K("documents.in_force"),
					    K("documents.proposed_on"), K("documents.signatures"),
					    K("convention.fingerprint") };
	struct versions_signed_row_list l;
	struct csv_writer w;
	struct buf b;
	TRY(versions_signed(c, req_object(q, convention_row, followed)->id, &l));
	buf_init(&b, c->mem, 1024);
	csv_begin(&w, &b, ';', true);
	csv_head(c, &w, head, sizeof head / sizeof *head);
	for (size_t i = 0; i < l.n; i++) {
		char hex[65];
		hash_hex(l.items[i].hash, hex);
		csv_put_int(&w, l.items[i].number);
		csv_put(&w, fmt_iso_day(c, l.items[i].in_force));
		csv_put(&w, fmt_iso_day(c, day_at(l.items[i].proposed_at, NULL)));
		csv_put_int(&w, l.items[i].n);
		csv_put(&w, hex);
		csv_end_row(&w);
	}
	return bytes(q, "text/csv; charset=utf-8", "versions.csv", b.s, b.len);
}

static rc show_documents(struct ctx *c, struct req *q, const struct convention_row *k)
{
	struct documents_page *v = new_zero(c, struct documents_page);
	struct versions_signed_row_list l;
	struct version_row last;
	TRY(convention_head(c, k, "documents", &v->head));
	TRY(versions_signed(c, k->id, &l));
	TRY(version_last(c, k->id, &last));
	v->runs = is_runner(c, k);
	v->draft = v->runs && is_none(last.proposed_at);
	v->may_amend = v->runs && !v->draft && k->state == CONVENTION_STATE_OPEN;
	v->versions.items = new_array(c, struct version_line, l.n);
	for (size_t i = 0; i < l.n; i++) {
		const struct versions_signed_row *r = &l.items[i];
		v->versions.items[v->versions.n++] = (struct version_line){
			r->pub, r->number, r->in_force, r->proposed_at, r->n, fingerprint(c, r->hash)
		};
	}
	TRY(fill_insurance(c, k, v));
	TRY(fill_contributions(c, k, q->route->method == HTTP_GET && req_form(q, contributions_query)->unpaid,
			       v));
	stand(c, q, k, T(c, "documents.title"));
	return page(q, documents_page, v);
}

rc documents_get(struct ctx *c, struct req *q)
{
	return show_documents(c, q, req_object(q, convention_row, followed));
}

/* The page that an amendment was asked from, with why there is none. */
rc amend_again(struct ctx *c, struct req *q)
{
	return show_documents(c, q, req_object(q, convention_row, agreement));
}

/* The same for a contribution that was said to have come. */
rc paid_again(struct ctx *c, struct req *q)
{
	struct convention_row k;
	TRY(convention_by_id(c, req_object(q, party_row, party)->convention, &k));
	return show_documents(c, q, &k);
}

rc amend_post(struct ctx *c, struct req *q)
{
	const struct convention_row *k = req_object(q, convention_row, agreement);
	TRY(convention_amend(c, k->id, req_form(q, convention_amend)->in_force));
	return done(c, q, T(c, "convention.said_amend"), "/conventions/%s/terms", k->pub.s);
}

static rc back(struct ctx *c, struct req *q, const char *said, const char *tab)
{
	struct convention_row k;
	TRY(convention_by_id(c, req_object(q, party_row, party)->convention, &k));
	return done(c, q, said, "/conventions/%s/%s", k.pub.s, tab);
}

rc party_suspend_post(struct ctx *c, struct req *q)
{
	TRY(party_suspend(c, req_object(q, party_row, party), req_form(q, party_suspend)->why));
	return back(c, q, T(c, "convention.said_suspended"), "parties");
}

rc party_resume_post(struct ctx *c, struct req *q)
{
	TRY(party_resume(c, req_object(q, party_row, party)));
	return back(c, q, T(c, "convention.said_resumed"), "parties");
}

rc party_ask_back_post(struct ctx *c, struct req *q)
{
	TRY(party_ask_back(c, req_object(q, party_row, party)));
	return back(c, q, T(c, "convention.said_asked"), "parties");
}

rc party_insure_post(struct ctx *c, struct req *q)
{
	const struct convention_row *k = req_object(q, convention_row, followed);
	TRY(party_insure_now(c, k->id, req_form(q, party_insure)));
	return done(c, q, T(c, "documents.said_insured"), "/conventions/%s/documents", k->pub.s);
}

rc party_remove_post(struct ctx *c, struct req *q)
{
	struct convention_row k;
	const struct party_row *p = req_object(q, party_row, party);
	TRY(convention_by_id(c, p->convention, &k));
	TRY(party_remove(c, p));
	return done(c, q, T(c, "convention.said_removed"), "/conventions/%s/parties", k.pub.s);
}

rc party_paid_post(struct ctx *c, struct req *q)
{
	TRY(party_paid(c, req_object(q, party_row, party)));
	return back(c, q, T(c, "documents.said_paid"), "documents");
}
