#include "base/base32.h"

#include <string.h>

static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";

void base32_encode(const unsigned char *bytes, size_t n, char *out)
{
	size_t len = BASE32_LEN(n);
	unsigned bits = (unsigned)(len * 5 - n * 8), acc = 0;
	for (size_t i = 0, o = 0; i < n; i++) {
		acc = (acc << 8 | bytes[i]) & 0x1fff;
		for (bits += 8; bits >= 5; bits -= 5)
			out[o++] = alphabet[acc >> (bits - 5) & 31];
	}
	out[len] = 0;
}

int base32_value(char ch)
{
	const char *p = ch ? strchr(alphabet, ch) : NULL;
	return p ? (int)(p - alphabet) : -1;
}
