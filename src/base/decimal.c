#include "base/decimal.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static bool accept(const char **s, const char *what)
{
	size_t n = strlen(what);
	if (strncmp(*s, what, n) != 0)
		return false;
	*s += n;
	return true;
}

static void skip_blanks(const char **s)
{
	/* space, tab, U+00A0, U+202F, U+2009 */
	while (accept(s, " ") || accept(s, "\t") || accept(s, "\u00a0") || accept(s, "\u202f") ||
	       accept(s, "\u2009"))
		;
}

static bool add_digit(int64_t *v, char ch)
{
	*v = *v * 10 + (ch - '0');
	return *v <= DECIMAL_MAX;
}

static bool is_digit(char ch)
{
	return ch >= '0' && ch <= '9';
}

/* Digits with blanks between them; how many. -1: too large. */
static int read_whole(const char **s, int64_t *v)
{
	int n = 0;
	for (; is_digit(**s); n++) {
		if (!add_digit(v, *(*s)++))
			return -1;
		skip_blanks(s);
	}
	return n;
}

/* What follows the comma, filled up with zeros to `places`. */
static bool read_part(const char **s, int places, int64_t *v)
{
	int n = 0;
	bool comma = places > 0 && (accept(s, ",") || accept(s, "."));
	for (; comma && is_digit(**s); n++)
		if (n == places || !add_digit(v, *(*s)++))
			return false;
	if (comma && n == 0)
		return false;
	for (; n < places; n++)
		if (!add_digit(v, '0'))
			return false;
	return true;
}

rc decimal_parse(const char *s, int places, int64_t *out)
{
	int64_t v = 0;
	if (!s)
		return E_INVALID;
	skip_blanks(&s);
	bool minus = accept(&s, "-") || accept(&s, "\u2212");
	skip_blanks(&s);
	if (read_whole(&s, &v) <= 0 || !read_part(&s, places, &v))
		return E_INVALID;
	skip_blanks(&s);
	if (places == 2 && accept(&s, "€"))
		skip_blanks(&s);
	if (*s)
		return E_INVALID;
	*out = minus ? -v : v;
	return OK;
}
