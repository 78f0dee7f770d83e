#include "bridges/party_news.h"

#include "bridges/party_news_sql.h"
#include "bridges/party_sql.h"
#include "bridges/terms.h"
#include "ledger/ledger.h"
#include "people/people.h"
#include "platform/i18n.h"
#include "platform/mail.h"

#define MAX_ARGS 6

/* What a letter says: about a party, or about all of it when there is none. */
struct story {
	const struct convention_row *k;
	const char *kind, *subject, *text, *what;
	const char *own_text, *own_what;    /* to the party itself; NULL: as to the others */
	const struct community_card *about; /* NULL: the convention ends */
	const char *why;
	const char *runner;
	day until;
	bool honoured, ends;
	int64_t version;
	person_id *told;
	size_t n_told;
};

/* Whom a letter is for, and what is open between them and whom it is about. */
struct reader {
	community_id id;
	const char *name, *path;
	unsigned roles;
	bool own;   /* it is the one that the letter is about */
	bool whole; /* the sum with all others, not with one */
	bool owes;  /* is anything to say of it? */
};

static rc owed(struct ctx *c, const struct story *s, const struct reader *r, quantity *out)
{
	if (s->about && !r->whole)
		return ledger_owed(c, s->k->chain, s->about->id, r->id, out);
	return exchange_net(c, s->k->chain, s->about ? s->about->id : r->id, out);
}

/* "À ce jour, Cardamine doit 3 crédits aux Usines": who owes, whichever way. */
static const char *owed_words(struct ctx *c, const struct story *s, const struct reader *r, quantity debt)
{
	const char *one = s->about ? s->about->name : r->name;
	const char *all = debt.v > 0 ? K("party_news.owes_all") : K("party_news.owed_all");
	quantity sum = { debt.v < 0 ? -debt.v : debt.v };
	struct arg args[] = { { .name = "n", .kind = ARG_INT, .n = sum.v / 1000 },
			      { .name = "credits", .text = fmt_quantity(c, sum) },
			      { .name = "from", .text = debt.v > 0 ? one : r->name },
			      { .name = "to", .text = debt.v > 0 ? r->name : one },
			      { .name = "with", .text = r->name },
			      { .name = "party", .text = one } };
	bool pair = s->about && !r->whole;
	if (!debt.v)
		return i18n(c, pair ? K("party_news.even") : K("party_news.even_all"), args, 6);
	return i18n(c, pair ? K("party_news.owes") : all, args, 6);
}

static rc write_letter(struct ctx *c, const struct story *s, const struct reader *r, quantity debt,
		       const struct recipient *to)
{
	struct arg args[MAX_ARGS] = { { .name = "name", .text = s->k->name },
				      { .name = "party", .text = s->about ? s->about->name : s->runner },
				      { .name = "day", .text = fmt_day_long(c, s->until) },
				      { .name = "n", .kind = ARG_INT, .n = s->version },
				      { .name = "runner", .text = s->runner },
				      { .name = "why", .text = s->why ? s->why : "" } };
	const char *text = r->own && s->own_text ? s->own_text : s->text;
	const char *what = r->own && s->own_what ? s->own_what : s->what;
	struct mail_draft d = {
		.to = to->email,
		.lang = to->lang,
		.kind = s->kind,
		.subject = i18n(c, s->subject, args, MAX_ARGS),
		.paragraphs = { i18n(c, text, args, MAX_ARGS), i18n(c, what, args, MAX_ARGS) },
		.action_label = T(c, "party_news.action"),
		.action_path = fmt(c, "/conventions/%s%s", s->k->pub.s, r->path),
	};
	size_t n = 2;
	if (s->ends)
		d.paragraphs[n++] = s->honoured ? T(c, "party_news.honoured") : T(c, "party_news.cancelled");
	if (r->owes) {
		d.paragraphs[n++] = owed_words(c, s, r, debt);
		if (debt.v)
			d.paragraphs[n++] = T(c, "party_news.settle");
	}
	return mail_queue(c, &d);
}

static bool is_told(const struct story *s, person_id who)
{
	for (size_t i = 0; i < s->n_told; i++)
		if (s->told[i].v == who.v)
			return true;
	return false;
}

static rc tell(struct ctx *c, struct story *s, const struct reader *r)
{
	struct recipients to;
	quantity debt = { 0 };
	TRY(people_with_role(c, r->id, r->roles, &to));
	if (to.n && r->owes)
		TRY(owed(c, s, r, &debt));
	s->told = talloc_realloc(c->mem, s->told, person_id, (unsigned)(s->n_told + to.n + 1));
	for (size_t i = 0; i < to.n; i++) {
		if (is_told(s, to.items[i].person))
			continue;
		s->told[s->n_told++] = to.items[i].person;
		enum lang before = mail_lang(c, to.items[i].lang);
		rc code = write_letter(c, s, r, debt, &to.items[i]);
		(void)mail_lang(c, before);
		TRY(code);
	}
	return OK;
}

/* Bound by it, or still to settle. */
static bool is_bound(int state)
{
	return state == PARTY_STATE_ACTIVE || state == PARTY_STATE_SUSPENDED || state == PARTY_STATE_LEAVING;
}

/* The party that it is about, then who runs it, then the others. */
static rc tell_all(struct ctx *c, struct story *s, bool owes)
{
	struct party_line_list l;
	struct community_card runner;
	TRY(parties_of(c, s->k->id, &l));
	TRY(community_card_get(c, s->k->runner, &runner));
	s->runner = runner.name;
	struct reader own = {
		.path = "/text", .roles = ROLE_SIGNATORY, .own = true, .whole = true, .owes = owes
	};
	struct reader runs = { runner.id, runner.name, "/board",	CONVENTION_TEAM,
			       false,	  true,	       owes && s->about };
	if (s->about) {
		own.id = s->about->id;
		own.name = s->about->name;
		TRY(tell(c, s, &own));
	}
	TRY(tell(c, s, &runs));
	for (size_t i = 0; i < l.n; i++) {
		const struct party_line *p = &l.items[i];
		bool left_owing = p->state == PARTY_STATE_LEFT && !s->about;
		if ((!is_bound(p->state) && !left_owing) || (s->about && p->card.id.v == s->about->id.v))
			continue;
		struct reader r = { p->card.id, p->card.name, "", ROLE_SIGNATORY, false, !s->about, owes };
		TRY(tell(c, s, &r));
	}
	return OK;
}

static rc fill_expiry(struct ctx *c, version_id version, struct story *s)
{
	struct expiry_of_row e = { 0 };
	bool found;
	TRY(expiry_of(c, s->k->id, version, &e, &found));
	s->honoured = e.rule == EXPIRY_RULE_HONOURED;
	s->version = e.number;
	return OK;
}

rc party_news_tell(struct ctx *c, const struct convention_row *k, const struct party_row *p,
		   enum party_news what)
{
	static const struct {
		const char *kind, *subject, *text, *what, *own_text, *own_what;
		bool owes;
	} all[] = {
		[PARTY_NEWS_LEAVES] = { "convention.leave", K("party_news.leaves_subject"),
					K("party_news.leaves_text"), K("party_news.leaves_what"), NULL, NULL,
					true },
		[PARTY_NEWS_STAYS] = { "convention.stay", K("party_news.stays_subject"),
				       K("party_news.stays_text"), K("party_news.stays_what"), NULL, NULL,
				       false },
		[PARTY_NEWS_RETURNS] = { "convention.return", K("party_news.returns_subject"),
					 K("party_news.returns_text"), K("party_news.returns_what"), NULL,
					 NULL, true },
		[PARTY_NEWS_REFUSES] = { "convention.refuse", K("party_news.refuses_subject"),
					 K("party_news.refuses_text"), K("party_news.refuses_what"), NULL,
					 NULL, false },
		[PARTY_NEWS_SUSPENDED] = { "convention.suspend", K("party_news.suspended_subject"),
					   K("party_news.suspended_text"), K("party_news.suspended_what"),
					   K("party_news.suspended_own"), K("party_news.suspended_own_what"),
					   true },
		[PARTY_NEWS_RESUMED] = { "convention.resume", K("party_news.resumed_subject"),
					 K("party_news.resumed_text"), K("party_news.resumed_what"), NULL,
					 NULL, false },
	};
	struct community_card card;
	TRY(community_card_get(c, p->community, &card));
	struct story s = { .k = k,
			   .kind = all[what].kind,
			   .subject = all[what].subject,
			   .text = all[what].text,
			   .what = all[what].what,
			   .own_text = all[what].own_text,
			   .own_what = all[what].own_what,
			   .about = &card,
			   .why = p->suspended_why,
			   .ends = what == PARTY_NEWS_LEAVES,
			   .until = p->leaves_on };
	TRY(fill_expiry(c, p->version, &s));
	return tell_all(c, &s, all[what].owes);
}

rc convention_news_tell(struct ctx *c, const struct convention_row *k, bool over)
{
	struct story s = { .k = k,
			   .kind = over ? "convention.over" : "convention.end",
			   .subject = over ? K("party_news.over_subject") : K("party_news.ends_subject"),
			   .text = over ? K("party_news.over_text") : K("party_news.ends_text"),
			   .what = over ? K("party_news.over_what") : K("party_news.ends_what"),
			   .ends = !over,
			   .until = k->to_day };
	TRY(fill_expiry(c, (version_id){ 0 }, &s));
	return tell_all(c, &s, true);
}
