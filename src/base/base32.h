/* base32.h - bytes as lower-case Crockford base 32 (no i, l, o, u): safe in
 * addresses, picked whole by a double click, hard to misread. */
#ifndef MAILLAGE_BASE32_H
#define MAILLAGE_BASE32_H

#include <stddef.h>

/* Characters for n bytes, without the NUL. */
#define BASE32_LEN(n) (((n)*8 + 4) / 5)

/* The bytes as one big-endian number, zero bits in front to fill the first
 * character; NUL at the end. */
void base32_encode(const unsigned char *bytes, size_t n, char *out);
/* The value of a character, or -1. Upper case is not read. */
int base32_value(char ch);

#endif
