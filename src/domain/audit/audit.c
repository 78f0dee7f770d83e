#include <string.h>

#include "audit/audit.h"
#include "audit/audit_sql.h"
#include "audit/chain_sql.h"
#include "base/pubid.h"

static void add(struct hasher *h, const char *s)
{
	hash_add(h, s, strlen(s) + 1); /* the NUL keeps fields apart */
}

static hash commitment_of(const char *salt, const char *before, const char *after)
{
	struct hasher h;
	hash_begin(&h);
	add(&h, salt);
	add(&h, before ? before : "");
	add(&h, after ? after : "");
	return hash_end(&h);
}

static hash hash_of(struct ctx *c, const struct audit_row *r)
{
	struct hasher h;
	hash_begin(&h);
	hash_add(&h, r->prev.b, sizeof r->prev.b);
	add(&h, fmt(c, "%lld %lld %lld %lld %lld", (long long)r->seq, (long long)r->at.v,
		    (long long)r->person, (long long)r->membership, (long long)r->community));
	add(&h, r->action);
	add(&h, r->object_kind);
	add(&h, r->object_pub);
	add(&h, r->request_id);
	hash_add(&h, r->commitment.b, sizeof r->commitment.b);
	return hash_end(&h);
}

rc audit_note(struct ctx *c, const struct audit_event *e)
{
	pubid salt;
	row_id id;
	struct audit_row r = {
		.at = c->now,
		.person = c->actor.person.v,
		.membership = c->actor.membership.v,
		.community = c->actor.community.v,
		.action = e->action,
		.object_kind = e->object_kind,
		.object_pub = e->object.s,
		.request_id = c->request_id ? c->request_id : "",
	};
	pubid_new(&salt);
	r.commitment = commitment_of(salt.s, e->before, e->after);
	TRY(chain_begin(c, CHAIN_KIND_AUDIT, e->chain, &r.chain, &r.seq, &r.prev));
	r.hash = hash_of(c, &r);
	TRY(audit_insert(c, &r, &id));
	TRY(audit_detail_insert(c, id, salt.s, e->before, e->after, NULL));
	return chain_advance(c, r.chain, r.seq, r.hash);
}

struct walk {
	hash head;
	int64_t seq, rows;
	bool broken;
};

/* Is the row the next one, unaltered, and its detail the one committed to? */
static rc check(struct ctx *c, const void *row, void *arg)
{
	const struct audit_check *a = row;
	struct walk *w = arg;
	struct audit_row r = { a->id,	      a->chain,	     a->seq,	a->at,		a->person,
			       a->membership, a->community,  a->action, a->object_kind, a->object_pub,
			       a->request_id, a->commitment, a->prev,	a->hash };
	bool detail = !a->salt || hash_eq(a->commitment, commitment_of(a->salt, a->before, a->after));
	w->rows++;
	w->seq++;
	if (a->seq != w->seq || !hash_eq(a->prev, w->head) || !hash_eq(a->hash, hash_of(c, &r)) || !detail)
		w->broken = true;
	w->head = a->hash;
	return w->broken ? E_CORRUPT : OK;
}

rc audit_verify(struct ctx *c, int64_t *chains, int64_t *rows, const char **broken)
{
	struct chain_row_list list;
	*broken = NULL;
	TRY(chain_list(c, CHAIN_KIND_AUDIT, &list));
	*chains = (int64_t)list.n;
	*rows = 0;
	for (size_t i = 0; i < list.n && !*broken; i++) {
		const struct chain_row *k = &list.items[i];
		struct walk w = { 0 };
		rc code = audit_of_chain_each(c, k->id, check, &w);
		if (code != OK && !w.broken)
			return code;
		if (w.broken || w.seq != k->seq || !hash_eq(w.head, k->head))
			*broken = fmt(c, "audit of %s, row %lld", k->subject, (long long)w.seq);
		*rows += w.rows;
	}
	return OK;
}
