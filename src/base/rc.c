#include "base/rc.h"

#include <stddef.h>

static const struct {
	int status;
	const char *name;
} codes[RC_COUNT] = {
	[OK] = { 200, "ok" },
	[E_INVALID] = { 422, "invalid" },
	[E_AUTH] = { 401, "auth" },
	[E_DENIED] = { 403, "denied" },
	[E_NOT_FOUND] = { 404, "not_found" },
	[E_CONFLICT] = { 409, "conflict" },
	[E_QUOTA] = { 409, "quota" },
	[E_GONE] = { 410, "gone" },
	[E_TOO_LARGE] = { 413, "too_large" },
	[E_MEDIA] = { 415, "media" },
	[E_RATE] = { 429, "rate" },
	[E_METHOD] = { 405, "method" },
	[E_BAD_REQUEST] = { 400, "bad_request" },
	[E_BUSY] = { 503, "busy" },
	[E_AWAY] = { 503, "away" },
	[E_IO] = { 500, "io" },
	[E_DB] = { 500, "db" },
	[E_CORRUPT] = { 500, "corrupt" },
	[E_INTERNAL] = { 500, "internal" },
};

static size_t index_of(rc code)
{
	size_t i = (size_t)code;
	return i < RC_COUNT ? i : E_INTERNAL;
}

int rc_status(rc code)
{
	return codes[index_of(code)].status;
}

const char *rc_name(rc code)
{
	return codes[index_of(code)].name;
}
