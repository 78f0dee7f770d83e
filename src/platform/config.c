#include "platform/config.h"

#include <arpa/inet.h>
#include <errno.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/civil.h"
#include "base/speeds.h"
#include "platform/url.h"

/* A check returns NULL, or why the value is refused. It may replace *value. */
typedef const char *check_fn(TALLOC_CTX *mem, const char **value);

enum kind { TEXT, WHOLE, LANGUAGE, SECRET_FILE };

struct key {
	const char *section, *name;
	enum kind kind;
	size_t offset;
	int64_t min, max; /* WHOLE: value; TEXT: bytes */
	check_fn *check;
	const char *preset;
	const char *variable; /* of the environment, or NULL */
};

static check_fn check_listen, check_public_url, check_address, check_database, check_smtp_url, check_email,
	check_zone, check_line, check_tiles, check_speeds, check_web;

#define AT(member) offsetof(struct config, member)
static const struct key keys[] = {
	{ "server", "listen", TEXT, AT(listen), 1, 110, check_listen, "127.0.0.1:8080", "MAILLAGE_LISTEN" },
	{ "server", "public_url", TEXT, AT(public_url), 1, 180, check_public_url, NULL,
	  "MAILLAGE_PUBLIC_URL" },
	{ "server", "trusted_proxy", TEXT, AT(trusted_proxy), 1, 64, check_address, NULL, NULL },
	{ "server", "threads", WHOLE, AT(threads), 0, 64, NULL, "0", NULL },
	{ "server", "workers", WHOLE, AT(workers), 1, 64, NULL, "32", NULL },
	{ "database", "url", TEXT, AT(database), 1, 180, check_database, "maillage.db", "MAILLAGE_DB" },
	{ "database", "erasures", TEXT, AT(erasures), 1, 180, check_line, NULL, NULL },
	{ "database", "readers", WHOLE, AT(database_readers), 1, 256, NULL, "16", NULL },
	{ "mail", "smtp_url", TEXT, AT(smtp_url), 1, 180, check_smtp_url, NULL, "MAILLAGE_SMTP_URL" },
	{ "mail", "user", TEXT, AT(smtp_user), 1, 180, check_line, NULL, "MAILLAGE_SMTP_USER" },
	{ "mail", "password_file", SECRET_FILE, AT(smtp_password), 1, 180, NULL, NULL, NULL },
	{ "mail", "from", TEXT, AT(mail_from), 3, 180, check_email, NULL, NULL },
	{ "site", "name", TEXT, AT(site_name), 1, 80, check_line, "Maillage", NULL },
	{ "site", "language", LANGUAGE, AT(language), 0, 0, NULL, "fr", NULL },
	{ "site", "operator_email", TEXT, AT(operator_email), 3, 180, check_email, NULL, NULL },
	{ "site", "time_zone", TEXT, AT(time_zone), 1, 64, check_zone, "Europe/Paris", NULL },
	{ "site", "map_tiles", TEXT, AT(map_tiles), 12, 300, check_tiles, NULL, NULL },
	{ "site", "map_tiles_credit", TEXT, AT(map_tiles_credit), 1, 200, check_line, NULL, NULL },
	{ "site", "data_licence", TEXT, AT(data_licence), 2, 120, check_line, DATA_LICENCE, NULL },
	{ "site", "data_licence_url", TEXT, AT(data_licence_url), 9, 300, check_web, DATA_LICENCE_URL, NULL },
	{ "limits", "max_connections", WHOLE, AT(max_connections), 8, 65536, NULL, "2048", NULL },
	{ "limits", "idle_seconds", WHOLE, AT(idle_seconds), 1, 3600, NULL, "30", NULL },
	{ "limits", "request_seconds", WHOLE, AT(request_seconds), 1, 3600, NULL, "20", NULL },
	{ "limits", "body_kb", WHOLE, AT(body_kb), 16, 16384, NULL, "256", NULL },
	{ "limits", "upload_kb", WHOLE, AT(upload_kb), 64, 1048576, NULL, "8192", NULL },
	{ "limits", "queue", WHOLE, AT(queue), 16, 65536, NULL, "1024", NULL },
	{ "travel", "speeds", TEXT, AT(travel_speeds), 3, 80, check_speeds, TRAVEL_SPEEDS, NULL },
	{ "travel", "detour_percent", WHOLE, AT(travel_detour), 100, 300, NULL, "130", NULL },
};
enum { N_KEYS = sizeof keys / sizeof *keys };

struct loader {
	TALLOC_CTX *mem;
	struct config *out;
	struct config_error *err;
	FILE *file;
	int line;
	int seen[N_KEYS];	   /* the line that gave it */
	struct config_error *last; /* of those told */
	bool failed, too_long;
};

/* ---- values ---- */

static const char *check_line(TALLOC_CTX *mem, const char **value)
{
	(void)mem;
	for (const char *s = *value; *s; s++)
		if ((unsigned char)*s < ' ' || *s == 127)
			return "holds a control character";
	return NULL;
}

static const char *check_speeds(TALLOC_CTX *mem, const char **value)
{
	struct speeds s;
	(void)mem;
	return speeds_parse(*value, &s) == OK ? NULL : "steps minutes:km/h that rise, such as " TRAVEL_SPEEDS;
}

static bool port_is_good(const char *s)
{
	char *end;
	long port = strtol(s, &end, 10);
	return *s >= '0' && *s <= '9' && *end == '\0' && port <= 65535;
}

static bool address_is_good(const char *s)
{
	unsigned char b[16];
	return inet_pton(AF_INET, s, b) == 1 || inet_pton(AF_INET6, s, b) == 1;
}

static const char *check_address(TALLOC_CTX *mem, const char **value)
{
	(void)mem;
	return address_is_good(*value) ? NULL : "a numeric address, such as 127.0.0.1 or ::1";
}

static const char *check_listen(TALLOC_CTX *mem, const char **value)
{
	static const char why[] = "an address and port, such as 127.0.0.1:8080 or [::1]:8080, or unix:/path";
	const char *v = *value, *colon = strrchr(v, ':');
	if (strncmp(v, "unix:", 5) == 0)
		return v[5] == '/' ? NULL : why;
	if (!colon || !port_is_good(colon + 1))
		return why;
	bool bracketed = v[0] == '[' && colon[-1] == ']';
	char *host = bracketed ? talloc_strndup(mem, v + 1, (size_t)(colon - v) - 2)
			       : talloc_strndup(mem, v, (size_t)(colon - v));
	return address_is_good(host) && bracketed == (strchr(host, ':') != NULL) ? NULL : why;
}

/* The host and port after a scheme: what remains holds no user, path or blank. */
static bool authority_is_good(const char *s)
{
	size_t n = strcspn(s, "/?#@ \t\"<>\\");
	return n > 0 && s[n] == '\0' && s[0] != ':';
}

static const char *check_public_url(TALLOC_CTX *mem, const char **value)
{
	size_t n = strlen(*value);
	char *v = talloc_strndup(mem, *value, n && (*value)[n - 1] == '/' ? n - 1 : n);
	const char *host = strncmp(v, "https://", 8) == 0  ? v + 8
			   : strncmp(v, "http://", 7) == 0 ? v + 7
							   : "";
	if (!authority_is_good(host))
		return "https:// or http:// and a host, without a path, such as https://maillage.example.org";
	*value = v;
	return NULL;
}

static const char *check_smtp_url(TALLOC_CTX *mem, const char **value)
{
	(void)mem;
	const char *v = *value;
	const char *host = strncmp(v, "smtps://", 8) == 0  ? v + 8
			   : strncmp(v, "smtp://", 7) == 0 ? v + 7
							   : "";
	if (strchr(host, '@'))
		return "without a user: say it in mail.user, the password in mail.password_file";
	return authority_is_good(host) ? NULL : "smtp:// or smtps://, a host and a port";
}

const char *config_database_wrong(const char *url)
{
	bool known = !strstr(url, "://") || strncmp(url, "postgresql://", 13) == 0 ||
		     strncmp(url, "postgres://", 11) == 0;
	return known ? NULL : "a path, or postgresql://...";
}

static const char *check_database(TALLOC_CTX *mem, const char **value)
{
	const char *why = config_database_wrong(*value);
	if (why)
		return why;
	return check_line(mem, value);
}

static const char *check_email(TALLOC_CTX *mem, const char **value)
{
	const char *at = strchr(*value, '@');
	if (check_line(mem, value) || !at || at == *value || !at[1] || strchr(at + 1, '@') ||
	    strpbrk(*value, " \t,;<>\"()"))
		return "one e-mail address, such as contact@example.org";
	return NULL;
}

static const char *check_zone(TALLOC_CTX *mem, const char **value)
{
	(void)mem;
	return zone_exists(*value) ? NULL
				   : "a time zone of the IANA list, such as Europe/Paris or Indian/Reunion";
}

/* It goes into a header: https, and none of the signs that mean something there. */
static const char *check_tiles(TALLOC_CTX *mem, const char **value)
{
	(void)mem;
	if (strncmp(*value, "https://", 8) != 0 || strpbrk(*value, " \t;,'\"<>\\"))
		return "an https address with {z}, {x} and {y} in it, or one that ends in .pmtiles";
	size_t n = strlen(*value), host = strcspn(*value + 8, "/?#@*");
	bool pmtiles = n > 8 && strcmp(*value + n - 8, ".pmtiles") == 0;
	bool images = strstr(*value, "{z}") && strstr(*value, "{x}") && strstr(*value, "{y}");
	if (host == 0 || (*value)[8 + host] != '/' || (!pmtiles && !images))
		return "an https address with {z}, {x} and {y} in it, or one that ends in .pmtiles";
	return NULL;
}

/* An address that a page may link to. */
static const char *check_web(TALLOC_CTX *mem, const char **value)
{
	const char *v = *value;
	bool web = strncmp(v, "https://", 8) == 0 || strncmp(v, "http://", 7) == 0;
	(void)mem;
	return web && !strpbrk(v, " \t\"<>\\") ? NULL : "an address that begins with https://";
}

static const char *store_whole(const struct key *k, const char *value, TALLOC_CTX *mem, int64_t *out)
{
	char *end;
	errno = 0;
	long long n = strtoll(value, &end, 10);
	if (errno || end == value || *end || n < k->min || n > k->max)
		return talloc_asprintf(mem, "a whole number from %lld to %lld", (long long)k->min,
				       (long long)k->max);
	*out = n;
	return NULL;
}

/* The first line of a file that nobody else may read. */
static const char *store_secret(const char *path, TALLOC_CTX *mem, const char **out)
{
	char text[256];
	struct stat st;
	FILE *f = fopen(path, "r");
	if (!f)
		return talloc_asprintf(mem, "%s: %s", path, strerror(errno));
	const char *why = fstat(fileno(f), &st)	 ? "cannot be read"
			  : st.st_mode & S_IROTH ? "the file may be read by everyone: chmod o-r"
			  : !fgets(text, sizeof text, f) || text[0] == '\n' ? "the file is empty"
									    : NULL;
	fclose(f);
	if (why)
		return why;
	text[strcspn(text, "\r\n")] = '\0';
	*out = talloc_strdup(mem, text);
	return NULL;
}

/* NULL, or why. */
static const char *store(struct loader *l, const struct key *k, const char *value)
{
	void *member = (char *)l->out + k->offset;
	const char *why;
	if (k->kind == WHOLE)
		return store_whole(k, value, l->mem, member);
	if (k->kind == LANGUAGE) {
		if (strcmp(value, "fr") && strcmp(value, "en"))
			return "fr or en";
		*(enum lang *)member = value[0] == 'f' ? LANG_FR : LANG_EN;
		return NULL;
	}
	if ((int64_t)strlen(value) < k->min || (int64_t)strlen(value) > k->max)
		return talloc_asprintf(l->mem, "%lld to %lld bytes", (long long)k->min, (long long)k->max);
	if (k->kind == SECRET_FILE)
		return store_secret(value, l->mem, member);
	if ((why = k->check(l->mem, &value)))
		return why;
	*(const char **)member = talloc_strdup(l->mem, value);
	return NULL;
}

/* ---- sources: defaults, file, environment ---- */

static void complain(struct loader *l, const char *where, const char *section, const char *name,
		     const char *why)
{
	struct config_error *e = l->failed ? talloc_zero(l->mem, struct config_error) : l->err;
	if (!e)
		abort();
	if (l->failed)
		l->last->next = e;
	l->last = e;
	l->failed = true;
	*e = (struct config_error){ .where = where, .line = l->line };
	if (section)
		snprintf(e->key, sizeof e->key, "%s%s%s", section, *section ? "." : "", name);
	snprintf(e->reason, sizeof e->reason, "%s", why);
}

/* NULL, or why no reader could make something of it. */
static const char *broken(const char *text)
{
	const char *s = text + strspn(text, " \t\r\n\f\v");
	if (!utf8_ok(text, strlen(text)))
		return "is no UTF-8";
	bool read = !*s || *s == ';' || *s == '#' || (*s == '[' ? strchr(s, ']') : strpbrk(s, "=:"));
	return read ? NULL : "neither [section], key = value nor a comment";
}

#define BOM "\xEF\xBB\xBF" /* some editors begin a file with it */

/* One line to inih, counted and looked at here: Debian's build gives its handler no line,
 * and tells of the first broken one alone. */
static char *read_line(char *text, int size, void *arg)
{
	struct loader *l = arg;
	if (l->too_long || !fgets(text, size, l->file))
		return NULL;
	l->line++;
	if (l->line == 1 && strncmp(text, BOM, strlen(BOM)) == 0)
		memmove(text, text + strlen(BOM), strlen(text) - strlen(BOM) + 1);
	if (!strchr(text, '\n') && !feof(l->file))
		l->too_long = true;
	const char *why = l->too_long ? "the line is too long, or holds a NUL" : broken(text);
	if (why) {
		complain(l, l->err->where, NULL, NULL, why);
		*text = '\0';
	}
	return l->too_long ? NULL : text;
}

/* Right words, wrong room. */
static const char *no_such(struct loader *l, const char *name)
{
	for (int i = 0; i < N_KEYS; i++)
		if (strcmp(keys[i].name, name) == 0)
			return talloc_asprintf(l->mem, "no such key; %s stands in [%s]", name,
					       keys[i].section);
	return "no such key";
}

static int on_key(void *arg, const char *section, const char *name, const char *value)
{
	struct loader *l = arg;
	const char *where = l->err->where;
	for (int i = 0; i < N_KEYS; i++) {
		const struct key *k = &keys[i];
		if (strcmp(k->section, section) || strcmp(k->name, name))
			continue;
		const char *why = l->seen[i] ? talloc_asprintf(l->mem, "already given on line %d", l->seen[i])
					     : store(l, k, value);
		l->seen[i] = l->line;
		if (why)
			complain(l, where, section, name, why);
		return 1;
	}
	complain(l, where, section, name, no_such(l, name));
	return 1;
}

static rc load_file(struct loader *l, const char *path)
{
	l->err->where = path;
	l->file = fopen(path, "r");
	if (!l->file) {
		complain(l, path, NULL, NULL, strerror(errno));
		return E_IO;
	}
	int line = ini_parse_stream(read_line, l, on_key, l);
	bool unread = ferror(l->file);
	fclose(l->file);
	if (unread) {
		l->line = 0;
		complain(l, path, NULL, NULL, "cannot be read");
		return E_IO;
	}
	if (line && !l->failed) {
		l->line = line;
		complain(l, path, NULL, NULL, "neither [section], key = value nor a comment");
	}
	l->line = 0;
	return l->failed ? E_INVALID : OK;
}

static rc load_environment(struct loader *l)
{
	for (int i = 0; i < N_KEYS; i++) {
		const char *value = keys[i].variable ? getenv(keys[i].variable) : NULL;
		const char *why = value && *value ? store(l, &keys[i], value) : NULL;
		if (why)
			complain(l, keys[i].variable, keys[i].section, keys[i].name, why);
	}
	const char *password = getenv("MAILLAGE_SMTP_PASSWORD");
	if (password && *password)
		l->out->smtp_password = talloc_strdup(l->mem, password);
	return l->failed ? E_INVALID : OK;
}

/* What no key shows alone. */
static rc check_whole(struct loader *l, const char *path)
{
	const struct config *c = l->out;
	const char *where = path ? path : "environment";
	if (c->smtp_url && !c->mail_from)
		complain(l, where, "mail", "from", "needed as soon as there is mail.smtp_url");
	if (c->smtp_user && !c->smtp_password)
		complain(l, where, "mail", "password_file",
			 "needed with mail.user; or MAILLAGE_SMTP_PASSWORD in the environment");
	if (strncmp(c->listen, "unix:", 5) == 0 && !c->public_url)
		complain(l, where, "server", "public_url", "needed when listening on a unix socket");
	if (c->trusted_proxy && !c->public_url)
		complain(l, where, "server", "public_url",
			 "needed behind a proxy: links in mail are made from it");
	return l->failed ? E_INVALID : OK;
}

rc config_load(TALLOC_CTX *mem, const char *path, struct config *out, struct config_error *err)
{
	struct loader l = { .mem = mem, .out = out, .err = err };
	*out = (struct config){ 0 };
	*err = (struct config_error){ 0 };
	for (int i = 0; i < N_KEYS; i++) {
		const char *why = keys[i].preset ? store(&l, &keys[i], keys[i].preset) : NULL;
		if (why)
			complain(&l, "default", keys[i].section, keys[i].name, why);
	}
	if (l.failed)
		return E_INTERNAL;
	if (path)
		TRY(load_file(&l, path));
	TRY(load_environment(&l));
	TRY(check_whole(&l, path));
	if (!out->public_url)
		out->public_url = talloc_asprintf(mem, "http://%s", out->listen);
	return OK;
}

void config_listen(TALLOC_CTX *mem, struct config *cfg, const char *listen)
{
	bool follows = strcmp(cfg->public_url, talloc_asprintf(mem, "http://%s", cfg->listen)) == 0;
	cfg->listen = listen;
	if (follows && strncmp(listen, "unix:", 5) != 0)
		cfg->public_url = talloc_asprintf(mem, "http://%s", listen);
}

const char *config_database_name(TALLOC_CTX *mem, const char *url)
{
	const char *host = strstr(url, "://");
	if (!host)
		return url;
	host += 3;
	const char *query = strstr(url, "password=") ? strchr(url, '?') : NULL;
	const char *end = query ? query : url + strlen(url), *at = memchr(host, '@', (size_t)(end - host));
	const char *colon = at ? memchr(host, ':', (size_t)(at - host)) : NULL;
	if (!colon)
		return talloc_strndup(mem, url, (size_t)(end - url));
	return talloc_asprintf(mem, "%.*s%.*s", (int)(colon - url), url, (int)(end - at), at);
}

static void print_database(FILE *out, const char *name, const char *url)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	fprintf(out, "%s = %s\n", name, config_database_name(mem, url));
	talloc_free(mem);
}

void config_print(const struct config *c, FILE *out)
{
	const char *section = "";
	for (int i = 0; i < N_KEYS; i++) {
		const struct key *k = &keys[i];
		const void *member = (const char *)c + k->offset;
		if (strcmp(section, k->section))
			fprintf(out, "%s[%s]\n", *section ? "\n" : "", k->section);
		section = k->section;
		const char *text = k->kind == TEXT || k->kind == SECRET_FILE ? *(const char *const *)member
									     : "";
		if (k->kind == WHOLE)
			fprintf(out, "%s = %lld\n", k->name, (long long)*(const int64_t *)member);
		else if (k->kind == LANGUAGE)
			fprintf(out, "%s = %s\n", k->name,
				*(const enum lang *)member == LANG_FR ? "fr" : "en");
		else if (!text)
			fprintf(out, "; %s is not set\n", k->name);
		else if (k->kind == SECRET_FILE)
			fprintf(out, "; %s is set\n", k->name);
		else if (k->offset == AT(database))
			print_database(out, k->name, text);
		else
			fprintf(out, "%s = %s\n", k->name, text);
	}
}

char *config_error_text(TALLOC_CTX *mem, const struct config_error *err)
{
	char *s = talloc_strdup(mem, err->where);
	if (err->line)
		s = talloc_asprintf_append(s, ":%d", err->line);
	if (err->key[0])
		s = talloc_asprintf_append(s, ": %s", err->key);
	return talloc_asprintf_append(s, ": %s", err->reason);
}

const char *config_tiles_host(TALLOC_CTX *mem, const struct config *c)
{
	return c->map_tiles ? talloc_strndup(mem, c->map_tiles, 8 + strcspn(c->map_tiles + 8, "/")) : NULL;
}
