#include "platform/url.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

static int hex_digit(char ch)
{
	if (ch >= '0' && ch <= '9')
		return ch - '0';
	if (ch >= 'a' && ch <= 'f')
		return ch - 'a' + 10;
	if (ch >= 'A' && ch <= 'F')
		return ch - 'A' + 10;
	return -1;
}

/* The byte at *at, unescaped, and *at moved past it; -1 when it is bad. */
static int next_byte(const char **at, const char *end)
{
	const char *s = *at;
	int byte = (unsigned char)*s;

	if (byte != '%') {
		*at = s + 1;
		return byte ? byte : -1;
	}
	if (end - s < 3 || hex_digit(s[1]) < 0 || hex_digit(s[2]) < 0)
		return -1;
	byte = hex_digit(s[1]) * 16 + hex_digit(s[2]);
	*at = s + 3;
	return byte ? byte : -1;
}

char *url_decode(TALLOC_CTX *mem, const char *s, size_t len, bool plus_is_space)
{
	char *out = talloc_array(mem, char, len + 1), *o = out;
	const char *end = s + len;

	if (!out)
		abort();
	while (s < end) {
		bool plus = plus_is_space && *s == '+';
		int byte = next_byte(&s, end);

		if (byte < 0) {
			talloc_free(out);
			return NULL;
		}
		*o++ = plus ? ' ' : (char)byte;
	}
	*o = 0;
	return out;
}

bool utf8_ok(const char *s, size_t len)
{
	const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)s;
	const utf8proc_uint8_t *end = at + len;

	while (at < end) {
		utf8proc_int32_t code;
		utf8proc_ssize_t n;

		if (*at && *at < 0x80) { /* most of it */
			at++;
			continue;
		}
		n = utf8proc_iterate(at, end - at, &code);
		if (n <= 0 || code == 0)
			return false;
		at += n;
	}
	return true;
}

bool url_text_ok(const char *s, size_t len)
{
	const char *end = s + len;
	utf8proc_uint8_t ch[4]; /* the character being gathered */
	size_t n = 0;

	while (s < end) {
		int byte = next_byte(&s, end);
		utf8proc_int32_t code;

		if (byte < 0)
			return false;
		if (n == 0 && byte < 0x80)
			continue;
		ch[n++] = (utf8proc_uint8_t)byte;
		if (utf8proc_iterate(ch, (utf8proc_ssize_t)n, &code) > 0)
			n = 0;
		else if (n == sizeof(ch))
			return false;
	}
	return n == 0;
}

void url_params_init(struct url_params *it, TALLOC_CTX *mem, const char *s, size_t len)
{
	*it = (struct url_params){ .mem = mem, .at = s, .end = s + len, .left = URL_PARAMS_MAX };
}

static const char *decode_text(struct url_params *it, const char *s, const char *end)
{
	char *text = url_decode(it->mem, s, (size_t)(end - s), true);

	if (text && !utf8_ok(text, strlen(text)))
		text = NULL;
	return text;
}

bool url_params_next(struct url_params *it, const char **name, const char **value)
{
	while (it->at < it->end && *it->at == '&')
		it->at++;
	if (it->bad || it->at == it->end)
		return false;

	size_t left = (size_t)(it->end - it->at);
	const char *amp = memchr(it->at, '&', left);
	const char *end = amp ? amp : it->end;
	const char *equals = memchr(it->at, '=', (size_t)(end - it->at));
	const char *name_end = equals ? equals : end;

	*name = decode_text(it, it->at, name_end);
	*value = decode_text(it, equals ? equals + 1 : end, end);
	it->at = end;
	it->bad = !*name || !**name || !*value || it->left-- == 0;
	return !it->bad;
}

bool url_scheme_ok(const char *url)
{
	static const char *const schemes[] = { "https://", "http://", "mailto:" };
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
		if (strncasecmp(url, schemes[i], strlen(schemes[i])) == 0)
			return true;
	return false;
}

bool url_is_local(const char *s)
{
	if (!s || s[0] != '/' || s[1] == '/')
		return false;
	for (; *s; s++)
		if ((unsigned char)*s <= ' ' || *s == '\\' || *s == 0x7f)
			return false;
	return true;
}

bool url_is_mark(const char *name)
{
	static const char *const begins[] = { "utm_", "mtm_", "pk_", "at_", "mc_", "_" };
	size_t n = strlen(name);
	for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
		if (strncmp(name, begins[i], strlen(begins[i])) == 0)
			return true;
	return n > 4 && strcmp(name + n - 4, "clid") == 0;
}
