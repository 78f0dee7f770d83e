#include "base/siren.h"

#include <stddef.h>
#include <string.h>

static bool digits_only(const char *s, size_t n)
{
	return s && strlen(s) == n && strspn(s, "0123456789") == n;
}

static bool luhn_ok(const char *s, size_t n)
{
	int sum = 0;
	for (size_t i = 0; i < n; i++) {
		int d = s[n - 1 - i] - '0';
		if (i % 2)
			d = d > 4 ? 2 * d - 9 : 2 * d;
		sum += d;
	}
	return sum % 10 == 0;
}

bool siren_ok(const char *s)
{
	return digits_only(s, 9) && luhn_ok(s, 9);
}

bool siret_ok(const char *s)
{
	if (!digits_only(s, 14) || !luhn_ok(s, 9))
		return false;
	if (luhn_ok(s, 14))
		return true;
	int sum = 0;
	for (const char *p = s; *p; p++)
		sum += *p - '0';
	return strncmp(s, "356000000", 9) == 0 && sum % 5 == 0;
}
