#include "people/attempts.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "people/account.h"
#include "platform/app.h"
#include "platform/ratelimit.h"

#define KEYS 8192

static const struct {
	int by_account, by_address, every_s;
} rules[] = {
	[ATTEMPT_PASSWORD] = { 10, 30, 60 },
	[ATTEMPT_LETTER] = { 4, 12, 600 },
	[ATTEMPT_LINK] = { 0, 20, 60 },
};
#define KINDS (sizeof rules / sizeof *rules)

struct attempts {
	struct ratelimit *account[KINDS], *address[KINDS];
};

struct attempts *attempts_new(void)
{
	struct attempts *a = calloc(1, sizeof *a);
	if (!a)
		abort();
	for (size_t i = 0; i < KINDS; i++) {
		a->address[i] = ratelimit_new(KEYS, rules[i].by_address, rules[i].every_s);
		if (rules[i].by_account)
			a->account[i] = ratelimit_new(KEYS, rules[i].by_account, rules[i].every_s);
	}
	return a;
}

void attempts_free(struct attempts *a)
{
	for (size_t i = 0; a && i < KINDS; i++) {
		ratelimit_free(a->address[i]);
		if (a->account[i])
			ratelimit_free(a->account[i]);
	}
	free(a);
}

/* One household has one IPv6 network of 64 bits: it counts as one. */
static const char *network_of(struct ctx *c, const char *peer)
{
	struct in6_addr v6;
	char text[INET6_ADDRSTRLEN];
	if (!peer || inet_pton(AF_INET6, peer, &v6) != 1)
		return peer ? peer : "";
	memset(v6.s6_addr + 8, 0, 8);
	return talloc_strdup(c->mem, inet_ntop(AF_INET6, &v6, text, sizeof text));
}

static rc take(struct ctx *c, struct ratelimit *r, const char *key)
{
	if (ratelimit_take(r, key, c->now.v))
		return OK;
	int64_t minutes = (ratelimit_wait(r, key, c->now.v) + 59) / 60;
	return fail_with(c, E_RATE, "account.too_many", "minutes", fmt(c, "%lld", (long long)minutes), NULL);
}

rc attempt_take(struct ctx *c, enum attempt kind, const char *account, const char *peer)
{
	struct attempts *a = c->app->attempts;
	if (!a)
		return OK;
	TRY(take(c, a->address[kind], network_of(c, peer)));
	return account && a->account[kind] ? take(c, a->account[kind], account_email_key(c, account)) : OK;
}

void attempt_forget(struct ctx *c, enum attempt kind, const char *account)
{
	struct attempts *a = c->app->attempts;
	if (a && a->account[kind])
		ratelimit_forget(a->account[kind], account_email_key(c, account));
}
