#include "bridges/limit.h"

#include "base/civil.h"
#include "bridges/exchange.h"
#include "bridges/grant.h"
#include "bridges/limit_sql.h"
#include "ledger/ledger.h"
#include "people/people.h"
#include "platform/db.h"
#include "platform/i18n.h"
#include "platform/mail.h"

#define NAMED 6 /* the follow-up shows them all */

/* The pairs of one sender in one convention. */
struct debtor {
	const struct limit_pair *pairs;
	size_t n;
};

static rc write_letter(struct ctx *c, const struct limit_pair *p, const quantity *debts, const size_t *near,
		       size_t n, const struct recipient *to)
{
	struct mail_draft d = {
		.to = to->email,
		.lang = to->lang,
		.kind = "convention.limit",
		.subject = T_TEXT(c, "limit.subject", "name", p->name),
		.paragraphs = { T_TEXT(c, "limit.text", "name", p->name) },
		.action_label = T(c, "limit.action"),
		.action_path = fmt(c, "/conventions/%s", p->pub.s),
	};
	size_t k = 1;
	for (size_t i = 0; i < n && k <= NAMED; i++) {
		const struct limit_pair *one = &p[near[i]];
		struct arg args[] = { { .name = "place", .text = one->place },
				      { .name = "credits", .text = fmt_quantity(c, debts[i]) },
				      { .name = "limit", .text = fmt_quantity(c, one->most) } };
		d.paragraphs[k++] = i18n(c, "limit.line", args, 3);
	}
	d.paragraphs[k] = T(c, "limit.what");
	return mail_queue(c, &d);
}

static rc tell(struct ctx *c, void *arg)
{
	const struct debtor *x = arg;
	struct recipients to;
	size_t n = 0, *near = new_array(c, size_t, x->n);
	quantity *debts = new_array(c, quantity, x->n), debt;
	int64_t first;
	for (size_t i = 0; i < x->n; i++) {
		TRY(ledger_owed(c, x->pairs[i].chain, x->pairs[i].sender, x->pairs[i].host, &debt));
		if (limit_state_of(debt, x->pairs[i].most) == LIMIT_FAR)
			continue;
		debts[n] = debt;
		near[n++] = i;
	}
	if (!n)
		return OK;
	TRY(limit_letter_insert(c, x->pairs->convention, x->pairs->sender,
				grant_period_of(c, GRANT_PERIOD_MONTH, day_at(c->now, NULL)), c->now,
				&first));
	if (!first)
		return OK;
	TRY(people_with_role(c, x->pairs->sender, ROLE_MANAGER, &to));
	for (size_t i = 0; i < to.n; i++) {
		enum lang before = mail_lang(c, to.items[i].lang);
		rc code = write_letter(c, x->pairs, debts, near, n, &to.items[i]);
		(void)mail_lang(c, before);
		TRY(code);
	}
	return OK;
}

static rc read_pairs(struct ctx *c, void *arg)
{
	return limit_pairs(c, day_at(c->now, NULL), arg);
}

rc limits_tell(struct ctx *c)
{
	struct limit_pair_list l;
	TRY(db_read(c, read_pairs, &l));
	for (size_t i = 0; i < l.n;) {
		struct debtor x = { &l.items[i], 0 };
		while (i < l.n && l.items[i].convention.v == x.pairs->convention.v &&
		       l.items[i].sender.v == x.pairs->sender.v) {
			x.n++;
			i++;
		}
		TRY(db_write(c, tell, &x));
	}
	return OK;
}
