#include "people/password.h"

#include <ctype.h>
#include <pthread.h>
#include <string.h>

#include "base/secret.h"
#include "platform/pool.h"

#define WAITING 64

static struct pool *hashers;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void start(void)
{
	hashers = pool_new(1, WAITING);
}

static rc on_hasher(struct ctx *c, pool_fn *fn, void *arg)
{
	pthread_once(&once, start);
	return hashers && pool_call(hashers, fn, arg) ? OK : fail(c, E_BUSY, "http.busy");
}

struct work {
	const char *stored, *password;
	char hash[PASSWORD_HASH_SIZE];
	bool good, renewed;
	rc code;
};

static void make(void *arg)
{
	struct work *w = arg;
	w->code = password_hash(w->password, w->hash);
}

static void check(void *arg)
{
	struct work *w = arg;
	w->good = password_verify(w->stored, w->password);
	w->renewed = w->good && password_needs_rehash(w->stored) && password_hash(w->password, w->hash) == OK;
}

rc password_make(struct ctx *c, const char *password, const char **out)
{
	struct work *w = new_zero(c, struct work);
	w->password = password;
	TRY(on_hasher(c, make, w));
	if (w->code != OK)
		return fail(c, w->code, "http.busy");
	*out = w->hash;
	return OK;
}

rc password_check(struct ctx *c, const char *stored, const char *password, bool *good, const char **renewed)
{
	struct work *w = new_zero(c, struct work);
	w->stored = stored;
	w->password = password;
	TRY(on_hasher(c, check, w));
	*good = w->good;
	*renewed = w->renewed ? w->hash : NULL;
	return OK;
}

/* ---- which may be one ---- */

static const char *const commonest[] = {
	"motdepasse",
	"password",
	"azertyuiop",
	"qwertyuiop",
	"azerty",
	"qwerty",
	"bonjour",
	"jetaime",
	"iloveyou",
	"doudou",
	"soleil",
	"loulou",
	"marseille",
	"paris",
	"france",
	"admin",
	"administrateur",
	"administrator",
	"welcome",
	"bienvenue",
	"letmein",
	"changeme",
	"secret",
	"maillage",
	"cooperative",
	"tierslieu",
	"coworking",
	"football",
	"dragon",
	"monkey",
	"princess",
	"superman",
	"batman",
	"starwars",
	"pokemon",
	"chocolat",
	"abcdefghijkl",
	"abcdefghijklmnopqrstuvwxyz",
	"qsdfghjklm",
	"wxcvbn",
	"asdfghjkl",
	"zxcvbnm",
	"motdepassemotdepasse",
	"passwordpassword",
	"azertyazerty",
	"qwertyqwerty",
	"azertyqsdfgh",
	"qwertyasdfgh",
	"correcthorsebatterystaple",
};

/* Letters alone, in lower case: "Bonjour-2024!" is still "bonjour". */
static char *letters(struct ctx *c, const char *s)
{
	char *out = talloc_strdup(c->mem, s), *p = out;
	for (; *s; s++)
		if (isalpha((unsigned char)*s) || (unsigned char)*s >= 0x80)
			*p++ = (char)tolower((unsigned char)*s);
	*p = 0;
	return out;
}

static bool is_common(const char *core)
{
	for (size_t i = 0; i < sizeof commonest / sizeof *commonest; i++)
		if (strcmp(core, commonest[i]) == 0)
			return true;
	return false;
}

static size_t distinct(const char *s)
{
	bool seen[256] = { false };
	size_t n = 0;
	for (; *s; s++) {
		n += !seen[(unsigned char)*s];
		seen[(unsigned char)*s] = true;
	}
	return n;
}

static size_t characters(const char *s)
{
	size_t n = 0;
	for (; *s; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

rc password_allowed(struct ctx *c, const char *field, const char *password, const char *email,
		    const char *name)
{
	const char *core = letters(c, password);
	const char *local = talloc_strndup(c->mem, email, strcspn(email, "@"));
	if (characters(password) < PASSWORD_LEAST)
		return fail_field(c, field, "password.short");
	if (distinct(password) < 5 || is_common(core) || (!*core && distinct(password) < 8))
		return fail_field(c, field, "password.common");
	if (*core && (strcmp(core, letters(c, email)) == 0 || strcmp(core, letters(c, local)) == 0 ||
		      strcmp(core, letters(c, name)) == 0))
		return fail_field(c, field, "password.yourself");
	return OK;
}
