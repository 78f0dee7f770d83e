/* demo_random.c - while the demo is made, public ids and salts come from its
 * seed: the same world twice. Never while anything is served. */
#include <sodium.h>
#include <string.h>

#include "app/demo_parts.h"
#include "base/hash.h"
#include "base/pubid.h"

static uint64_t state;

static const char *name(void)
{
	return "demo";
}

static void fill(void *const out, const size_t len)
{
	unsigned char *bytes = out;
	for (size_t i = 0; i < len;) {
		uint64_t in[2] = { state++, len };
		hash h = hash_sha256(in, sizeof in);
		size_t n = len - i < sizeof h.b ? len - i : sizeof h.b;
		memcpy(bytes + i, h.b, n);
		i += n;
	}
}

static uint32_t number(void)
{
	uint32_t n;
	fill(&n, sizeof n);
	return n;
}

static randombytes_implementation from_seed = { .implementation_name = name, .random = number, .buf = fill };

void demo_random_begin(uint64_t seed)
{
	state = seed << 32;
	randombytes_set_implementation(&from_seed);
	pubid_source_changed();
}

void demo_random_end(void)
{
	randombytes_set_implementation(&randombytes_sysrandom_implementation);
	randombytes_stir();
	pubid_source_changed();
}
