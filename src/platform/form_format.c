#include "platform/form_format.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS	"0123456789"

/* Parts separated by single dots, of the characters of `set`. */
static bool dotted(const char *s, size_t len, const char *set)
{
	if (!len || s[0] == '.' || s[len - 1] == '.')
		return false;
	for (size_t i = 0; i < len; i++) {
		if (s[i] == '.' ? s[i + 1] == '.' : !strchr(set, s[i]))
			return false;
	}
	return true;
}

/* A domain name with a dot; its last label starts with a letter. */
static bool domain_ok(const char *s, size_t len)
{
	if (len > 253 || !memchr(s, '.', len) || !dotted(s, len, LETTERS DIGITS "-"))
		return false;
	const char *label = s, *end = s + len;
	for (const char *p = s; p <= end; p++) {
		if (p < end && *p != '.')
			continue;
		if (p - label > 63 || *label == '-' || p[-1] == '-')
			return false;
		if (p < end)
			label = p + 1;
	}
	return strchr(LETTERS, *label) != NULL;
}

bool email_ok(const char *s)
{
	const char *at = strrchr(s, '@');
	if (!at || at - s > 64 || strlen(s) > 254)
		return false;
	return dotted(s, (size_t)(at - s), LETTERS DIGITS "!#$%&'*+/=?^_`{|}~-") &&
	       domain_ok(at + 1, strlen(at + 1));
}

bool url_ok(const char *s)
{
	if (strncasecmp(s, "https://", 8) == 0)
		s += 8;
	else if (strncasecmp(s, "http://", 7) == 0)
		s += 7;
	else
		return false;
	size_t host = strcspn(s, "/?#:");
	if (!domain_ok(s, host))
		return false;
	const char *rest = s + host;
	if (*rest == ':') {
		size_t n = strspn(rest + 1, DIGITS);
		rest += 1 + n;
		if (n < 1 || n > 5 || (*rest && !strchr("/?#", *rest)))
			return false;
	}
	for (; *rest; rest++)
		if ((unsigned char)*rest <= ' ' || strchr("<>\"'`\\\x7f", *rest))
			return false;
	return true;
}
