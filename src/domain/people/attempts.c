#include "people/attempts.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "people/account.h"
#include "platform/app.h"
#include "platform/ratelimit.h"

#define KEYS 8192

/* Who tries an account from one address runs out there long before its owner does elsewhere. */
static const struct {
	int address, every_s, both, account, account_every_s;
} rules[] = {
	[ATTEMPT_PASSWORD] = { 30, 60, 10, 30, 15 },
	[ATTEMPT_LETTER] = { 12, 600, 0, 4, 600 },
	[ATTEMPT_LINK] = { 20, 60, 0, 0, 0 },
};
#define KINDS (sizeof rules / sizeof *rules)

struct attempts {
	struct ratelimit *address[KINDS], *both[KINDS], *account[KINDS]; /* NULL: not limited so */
};

static struct ratelimit *limit_new(int burst, int every_s)
{
	return burst ? ratelimit_new(KEYS, burst, every_s) : NULL;
}

struct attempts *attempts_new(void)
{
	struct attempts *a = calloc(1, sizeof *a);
	if (!a)
		abort();
	for (size_t i = 0; i < KINDS; i++) {
		a->address[i] = limit_new(rules[i].address, rules[i].every_s);
		a->both[i] = limit_new(rules[i].both, rules[i].every_s);
		a->account[i] = limit_new(rules[i].account, rules[i].account_every_s);
	}
	return a;
}

void attempts_free(struct attempts *a)
{
	for (size_t i = 0; a && i < KINDS; i++) {
		ratelimit_free(a->address[i]);
		ratelimit_free(a->both[i]);
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

/* The account as tried from there. */
static const char *both_of(struct ctx *c, const char *account, const char *peer)
{
	return fmt(c, "%s %s", network_of(c, peer), account_email_key(c, account));
}

static rc take(struct ctx *c, struct ratelimit *r, const char *key)
{
	if (!r || ratelimit_take(r, key, c->now.v))
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
	if (!account)
		return OK;
	TRY(take(c, a->both[kind], both_of(c, account, peer)));
	return take(c, a->account[kind], account_email_key(c, account));
}

static void forget(struct ratelimit *r, const char *key)
{
	if (r)
		ratelimit_forget(r, key);
}

void attempt_forget(struct ctx *c, enum attempt kind, const char *account, const char *peer)
{
	struct attempts *a = c->app->attempts;
	if (!a)
		return;
	forget(a->both[kind], both_of(c, account, peer));
	forget(a->account[kind], account_email_key(c, account));
}
