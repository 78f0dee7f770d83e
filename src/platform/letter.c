#include "platform/letter.h"

#include <sodium.h>
#include <string.h>
#include <time.h>

/* Bytes of an encoded word (RFC 2047): with =?UTF-8?B? and ?= below 75 characters. */
#define WORD_BYTES 45
#define LINE	   76

static bool is_plain(const char *s, const char *more)
{
	if (strlen(s) > 60)
		return false;
	for (; *s; s++)
		if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ", *s) &&
		    !strchr(more, *s))
			return false;
	return true;
}

/* A text in a header: as it is, or as encoded words that never cut a character. */
static void header_text(struct buf *b, const char *s, const char *also_plain)
{
	char clean[WORD_BYTES + 1],
		coded[sodium_base64_ENCODED_LEN(WORD_BYTES, sodium_base64_VARIANT_ORIGINAL)];
	if (is_plain(s, also_plain)) {
		buf_str(b, s);
		return;
	}
	while (*s) {
		size_t n = strnlen(s, WORD_BYTES);
		while (n > 1 && ((unsigned char)s[n] & 0xc0) == 0x80)
			n--;
		for (size_t i = 0; i < n; i++)
			clean[i] = (unsigned char)s[i] < ' ' || s[i] == 127 ? ' ' : s[i];
		sodium_bin2base64(coded, sizeof coded, (unsigned char *)clean, n,
				  sodium_base64_VARIANT_ORIGINAL);
		buf_fmt(b, "=?UTF-8?B?%s?=", coded);
		s += n;
		if (*s)
			buf_str(b, "\r\n ");
	}
}

static void quoted_printable(struct buf *b, const char *s)
{
	size_t column = 0;
	for (; *s; s++) {
		unsigned char ch = (unsigned char)*s;
		bool at_end = !s[1] || s[1] == '\n';
		bool coded = ch == '=' || ch > 126 || (ch < ' ' && ch != '\t') ||
			     (at_end && (ch == ' ' || ch == '\t'));
		if (ch == '\n') {
			buf_str(b, "\r\n");
			column = 0;
			continue;
		}
		if (column + (coded ? 3 : 1) > LINE - 1) {
			buf_str(b, "=\r\n");
			column = 0;
		}
		if (coded)
			buf_fmt(b, "=%02X", ch);
		else
			buf_char(b, (char)ch);
		column += coded ? 3 : 1;
	}
}

static void part(struct buf *b, const struct letter *l, const char *type, const char *body)
{
	buf_fmt(b, "\r\n--=_%s\r\nContent-Type: text/%s; charset=utf-8\r\n", l->pub.s, type);
	buf_str(b, "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
	quoted_printable(b, body);
}

static void date_header(struct buf *b, instant at)
{
	static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
					      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	time_t t = (time_t)at.v;
	struct tm tm;
	gmtime_r(&t, &tm);
	buf_fmt(b, "Date: %s, %02d %s %d %02d:%02d:%02d +0000\r\n", days[tm.tm_wday], tm.tm_mday,
		months[tm.tm_mon], tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

/* RFC 2369; the second line says that a POST alone does it (RFC 8058), over TLS only. */
static void stop_headers(struct buf *b, const char *url)
{
	buf_fmt(b, "List-Unsubscribe: <%s>\r\n", url);
	if (strncmp(url, "https://", 8) == 0)
		buf_str(b, "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
}

void letter_write(struct buf *b, const struct letter *l)
{
	const char *domain = strchr(l->from, '@');
	buf_str(b, "From: ");
	header_text(b, l->site, "");
	buf_fmt(b, " <%s>\r\nTo: <%s>\r\nSubject: ", l->from, l->to);
	header_text(b, l->subject, "!#$%&'()*+,-./:;@");
	buf_str(b, "\r\n");
	date_header(b, l->date);
	buf_fmt(b, "Message-ID: <%s%s>\r\n", l->pub.s, domain ? domain : "@localhost");
	if (l->stop && *l->stop)
		stop_headers(b, l->stop);
	buf_fmt(b, "Auto-Submitted: auto-generated\r\nContent-Language: %s\r\nMIME-Version: 1.0\r\n",
		l->lang);
	buf_fmt(b, "Content-Type: multipart/alternative; boundary=\"=_%s\"\r\n", l->pub.s);
	part(b, l, "plain", l->text);
	part(b, l, "html", l->html);
	buf_fmt(b, "\r\n--=_%s--\r\n", l->pub.s);
}
