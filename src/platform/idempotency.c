#include <string.h>

#include "base/hash.h"
#include "base/pubid.h"
#include "platform/form.h"
#include "platform/idempotency.h"
#include "platform/idempotency_sql.h"

#define KEPT_SECONDS (48 * 3600)

static const char *key_of(struct ctx *c, const struct req *q)
{
	const char *key = http_header(q->http, "Idempotency-Key");
	if (!key)
		key = form_control(c, q->http->body, q->http->body_len, http_header(q->http, "Content-Type"),
				   "_idempotency");
	return key && *key && strlen(key) <= 200 ? key : NULL;
}

static const char *scope_of(struct ctx *c, const struct req *q, const char *key)
{
	const char *who = c->actor.person.v ? fmt(c, "p%lld", (long long)c->actor.person.v)
					    : (q->anonymous ? q->anonymous : q->http->peer);
	const char *text = fmt(c, "%s\n%s\n%s\n%s", who, q->route->name, q->http->path, key);
	hash h = hash_sha256(text, strlen(text));
	char *hex = talloc_size(c->mem, 65);
	hash_hex(h, hex);
	return hex;
}

rc idempotency_find(struct ctx *c, struct req *q, bool *replayed)
{
	const char *key = key_of(c, q);
	struct idempotency_by_scope_row row;
	if (!key)
		return OK;
	TRY(idempotency_by_scope(c, scope_of(c, q, key), &row, replayed));
	if (!*replayed)
		return OK;
	hash sent = hash_sha256(q->http->body, q->http->body_len);
	if (memcmp(sent.b, row.body_hash.b, sizeof sent.b) != 0)
		return http_header(q->http, "Idempotency-Key") ? fail(c, E_INVALID, "http.key_reused")
							       : fail(c, E_INVALID, "http.form_reused");
	q->reply.status = (int)row.status;
	q->reply.location = row.location;
	if (row.body)
		(void)pubid_parse(row.body, &q->reply.created);
	return OK;
}

rc idempotency_keep(struct ctx *c, struct req *q)
{
	const char *key = key_of(c, q);
	if (!key || !q->reply.location)
		return OK;
	const char *made = q->reply.created.s[0] ? q->reply.created.s : NULL;
	return idempotency_insert(c, scope_of(c, q, key), hash_sha256(q->http->body, q->http->body_len),
				  q->reply.status, q->reply.location, made, c->now, NULL);
}

static rc sweep(struct ctx *c, void *arg)
{
	(void)arg;
	return idempotency_delete_before(c, (instant){ c->now.v - KEPT_SECONDS }, NULL);
}

rc idempotency_sweep(struct ctx *c)
{
	return db_write(c, sweep, NULL);
}
