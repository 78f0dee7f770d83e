#include "platform/smtp.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "platform/late_curl.h"

#define CONNECT_MS 15000
#define LETTER_MS  60000

struct smtp {
	CURL *curl;
	char curl_says[CURL_ERROR_SIZE];
	char server_says[200];
	const char *data;
	size_t left;
};

static void curl_ready(void)
{
	if (late_curl_load())
		curl_global_init(CURL_GLOBAL_DEFAULT);
}

static size_t give(char *out, size_t size, size_t n, void *arg)
{
	struct smtp *s = arg;
	size_t take = size * n < s->left ? size * n : s->left;
	memcpy(out, s->data, take);
	s->data += take;
	s->left -= take;
	return take;
}

/* The server's last refusal, without what would break a page or a log. */
static size_t hear(char *line, size_t size, size_t n, void *arg)
{
	struct smtp *s = arg;
	size_t len = 0;
	if (size * n < 3 || (line[0] != '4' && line[0] != '5'))
		return size * n;
	for (size_t i = 0; i < size * n && len < sizeof s->server_says - 1; i++)
		if (line[i] != '\r' && line[i] != '\n')
			s->server_says[len++] = line[i] >= ' ' && line[i] < 127 ? line[i] : '?';
	s->server_says[len] = 0;
	return size * n;
}

/* Is it this very machine? Nobody stands between. */
static bool is_local(const char *url)
{
	static const char *const names[] = { "localhost", "127.0.0.1", "[::1]" };
	const char *host = strstr(url, "://") + 3;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		size_t n = strlen(names[i]);
		if (strncmp(host, names[i], n) == 0 && (!host[n] || host[n] == ':'))
			return true;
	}
	return false;
}

/* The address with the name that we greet with: the domain of our letters. */
static void set_url(CURL *h, const struct config *cfg)
{
	char url[512];
	const char *at = cfg->mail_from ? strrchr(cfg->mail_from, '@') : NULL;
	snprintf(url, sizeof url, "%s/%s", cfg->smtp_url, at ? at + 1 : "localhost");
	curl_easy_setopt(h, CURLOPT_URL, url);
}

static void set_security(CURL *h, const struct config *cfg)
{
	bool local = is_local(cfg->smtp_url);
	curl_easy_setopt(h, CURLOPT_USE_SSL,
			 (long)(cfg->smtp_user && !local ? CURLUSESSL_ALL : CURLUSESSL_TRY));
	curl_easy_setopt(h, CURLOPT_SSL_VERIFYPEER, local ? 0L : 1L);
	curl_easy_setopt(h, CURLOPT_SSL_VERIFYHOST, local ? 0L : 2L);
	curl_easy_setopt(h, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(h, CURLOPT_PROXY, "");
	if (cfg->smtp_user) {
		curl_easy_setopt(h, CURLOPT_USERNAME, cfg->smtp_user);
		curl_easy_setopt(h, CURLOPT_PASSWORD, cfg->smtp_password);
	}
}

struct smtp *smtp_open(const struct config *cfg)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, curl_ready);
	struct smtp *s = late_curl_load() ? calloc(1, sizeof *s) : NULL;
	if (!s || !(s->curl = curl_easy_init())) {
		free(s);
		return NULL;
	}
	set_url(s->curl, cfg);
	set_security(s->curl, cfg);
	curl_easy_setopt(s->curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(s->curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(s->curl, CURLOPT_READFUNCTION, give);
	curl_easy_setopt(s->curl, CURLOPT_READDATA, s);
	curl_easy_setopt(s->curl, CURLOPT_HEADERFUNCTION, hear);
	curl_easy_setopt(s->curl, CURLOPT_HEADERDATA, s);
	curl_easy_setopt(s->curl, CURLOPT_ERRORBUFFER, s->curl_says);
	smtp_patience(s, CONNECT_MS, LETTER_MS);
	return s;
}

void smtp_patience(struct smtp *s, long connect_ms, long letter_ms)
{
	curl_easy_setopt(s->curl, CURLOPT_CONNECTTIMEOUT_MS, connect_ms);
	curl_easy_setopt(s->curl, CURLOPT_TIMEOUT_MS, letter_ms);
}

/* curl answers SEND_ERROR when sender, recipient or the letter itself was
 * refused, and what comes after the whole letter is about the letter too; any
 * other refusal (greeting, password) is about us, and no letter would pass. */
static enum smtp_verdict judge(const struct smtp *s, CURLcode code)
{
	bool about_letter = code == CURLE_SEND_ERROR || (code == CURLE_WEIRD_SERVER_REPLY && s->left == 0);
	if (code == CURLE_OK)
		return SMTP_SENT;
	if (!about_letter || !s->server_says[0] || strncmp(s->server_says, "421", 3) == 0)
		return SMTP_UNREACHABLE;
	return s->server_says[0] == '5' ? SMTP_NEVER : SMTP_LATER;
}

enum smtp_verdict smtp_send(struct smtp *s, const char *from, const char *to, const char *data, size_t len,
			    const char **why)
{
	struct curl_slist *recipients = curl_slist_append(NULL, to);
	s->data = data;
	s->left = len;
	s->curl_says[0] = s->server_says[0] = 0;
	curl_easy_setopt(s->curl, CURLOPT_MAIL_FROM, from);
	curl_easy_setopt(s->curl, CURLOPT_MAIL_RCPT, recipients);
	CURLcode code = curl_easy_perform(s->curl);
	curl_easy_setopt(s->curl, CURLOPT_MAIL_RCPT, NULL);
	curl_slist_free_all(recipients);
	*why = s->server_says[0] ? s->server_says : s->curl_says[0] ? s->curl_says : curl_easy_strerror(code);
	return judge(s, code);
}

void smtp_close(struct smtp *s)
{
	if (!s)
		return;
	curl_easy_cleanup(s->curl);
	free(s);
}
