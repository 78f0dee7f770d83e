/* mapping_guess.c - what a column says, by its head, else by what stands in it. */
#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "base/siren.h"
#include "observatory/arrival_check.h"
#include "observatory/mapping.h"
#include "observatory/mapping_values.h"
#include "platform/form_format.h"
#include "spaces/opening.h"
#include "territory/commune.h"

#define LOOKED_AT 40 /* cells of a column */

static const struct {
	int target;
	const char *names;
} heads[] = {
#define HEAD(target, names) { target, names },
#include "observatory/mapping_heads.def"
#undef HEAD
};

static bool is_one_of(const char *word, const char *names)
{
	size_t n = strlen(word);
	for (const char *at = names; n && *at; at += strcspn(at, "|"), at += *at == '|')
		if (strcspn(at, "|") == n && strncmp(at, word, n) == 0)
			return true;
	return false;
}

static int by_head(struct ctx *c, const char *head)
{
	const char *folded = fold(c, head);
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		if (is_one_of(folded, heads[i].names))
			return heads[i].target;
	return MAPPING_NOTHING;
}

/* ---- by what stands there ---- */

struct cells {
	const char *items[LOOKED_AT];
	size_t n;
};

static struct cells cells_of(const struct spreadsheet_sheet *s, size_t head, size_t column)
{
	struct cells l = { .n = 0 };
	for (size_t i = head + 1; i < s->n && l.n < LOOKED_AT; i++) {
		const char *cell = csv_cell(&s->rows[i], (int)column);
		if (*cell)
			l.items[l.n++] = cell;
	}
	return l;
}

typedef bool like_fn(struct ctx *c, const char *s);

static bool like_siret(struct ctx *c, const char *s)
{
	return siret_ok(mapping_digits(c, s));
}

static bool like_siren(struct ctx *c, const char *s)
{
	return siren_ok(mapping_digits(c, s));
}

static bool like_email(struct ctx *c, const char *s)
{
	(void)c;
	return email_ok(s);
}

static bool like_url(struct ctx *c, const char *s)
{
	return strchr(s, '.') && !strchr(s, '@') && (strstr(s, "://") || strncmp(s, "www.", 4) == 0) &&
	       url_ok(mapping_url(c, s));
}

static bool like_phone(struct ctx *c, const char *s)
{
	const char *d = mapping_digits(c, s);
	return strspn(s, "+0123456789 .-()") == strlen(s) &&
	       ((strlen(d) == 10 && *d == '0') || (*s == '+' && strlen(d) >= 10));
}

static bool like_opening(struct ctx *c, const char *s)
{
	struct opening *o;
	struct failure before = c->failure;
	rc code = strpbrk(s, ":-") ? opening_parse(c, s, &o, NULL) : E_INVALID;
	c->failure = before;
	return code == OK;
}

static bool like_postal(struct ctx *c, const char *s)
{
	(void)c;
	return strlen(s) == 5 && strspn(s, "0123456789") == 5;
}

/* A postal code is rarely also the code of a commune. */
static bool like_insee(struct ctx *c, const char *s)
{
	struct commune_card k;
	struct failure before = c->failure;
	rc code = strlen(s) == 5 ? commune_by_insee(c, s, &k) : E_INVALID;
	c->failure = before;
	return code == OK && strcmp(k.insee, s) == 0;
}

static bool between(const char *s, double least, double most)
{
	double v;
	return mapping_number(s, &v) && v >= least && v <= most;
}

static bool like_latitude(struct ctx *c, const char *s)
{
	(void)c;
	return strpbrk(s, ".,") && between(s, 41, 51.5);
}

static bool like_longitude(struct ctx *c, const char *s)
{
	const char *point = strpbrk(s, ".,");
	(void)c;
	return point && strlen(point) > 3 && between(s, -5.5, 10);
}

static bool like_lat_lon(struct ctx *c, const char *s)
{
	double a, b;
	return mapping_pair(c, s, &a, &b) && a >= 41 && a <= 51.5 && b >= -5.5 && b <= 10;
}

static bool like_lon_lat(struct ctx *c, const char *s)
{
	double a, b;
	return mapping_pair(c, s, &a, &b) && b >= 41 && b <= 51.5 && a >= -5.5 && a <= 10;
}

static bool like_lambert_y(struct ctx *c, const char *s)
{
	(void)c;
	return between(s, 6000000, 7200000);
}

/* What is sure comes first. */
static const struct {
	like_fn *like;
	int target, reason;
} likes[] = {
	{ like_siret, ARRIVAL_FIELD_SIRET, MAPPING_REASON_SIRET },
	{ like_email, ARRIVAL_FIELD_EMAIL, MAPPING_REASON_EMAIL },
	{ like_url, ARRIVAL_FIELD_WEBSITE, MAPPING_REASON_URL },
	{ like_lat_lon, MAPPING_ALSO(MAPPING_ALSO_LAT_LON), MAPPING_REASON_DEGREES },
	{ like_lon_lat, MAPPING_ALSO(MAPPING_ALSO_LON_LAT), MAPPING_REASON_DEGREES },
	{ like_lambert_y, MAPPING_ALSO(MAPPING_ALSO_LAMBERT_Y), MAPPING_REASON_LAMBERT },
	{ like_latitude, ARRIVAL_FIELD_LATITUDE, MAPPING_REASON_DEGREES },
	{ like_longitude, ARRIVAL_FIELD_LONGITUDE, MAPPING_REASON_DEGREES },
	{ like_siren, ARRIVAL_FIELD_SIREN, MAPPING_REASON_SIREN },
	{ like_phone, ARRIVAL_FIELD_PHONE, MAPPING_REASON_PHONE },
	{ like_insee, ARRIVAL_FIELD_INSEE, MAPPING_REASON_INSEE },
	{ like_postal, ARRIVAL_FIELD_POSTAL_CODE, MAPPING_REASON_POSTAL_CODE },
	{ like_opening, ARRIVAL_FIELD_OPENING, MAPPING_REASON_OPENING },
};

/* Nine in ten. */
static bool most_are(struct ctx *c, const struct cells *l, like_fn *like)
{
	size_t yes = 0;
	for (size_t i = 0; i < l->n; i++)
		yes += like(c, l->items[i]);
	return l->n && yes * 10 >= l->n * 9;
}

/* ---- the whole table ---- */

struct guessing {
	struct ctx *c;
	const struct spreadsheet_sheet *s;
	struct mapping *out;
	bool taken[ARRIVAL_FIELD_COUNT + MAPPING_ALSO_COUNT];
};

/* A field that is guessed twice is the first of them, unless its columns are joined. */
static void choose(struct guessing *g, size_t i, int target, int reason)
{
	if (target < 0 || (g->taken[target] && !mapping_joins(target)))
		return;
	g->taken[target] = true;
	g->out->columns[i].target = target;
	g->out->columns[i].reason = reason;
}

static void by_cells(struct guessing *g, size_t i)
{
	struct cells l = cells_of(g->s, g->out->head, i);
	for (size_t k = 0; k < sizeof likes / sizeof *likes && g->out->columns[i].target < 0; k++)
		if (!g->taken[likes[k].target] && most_are(g->c, &l, likes[k].like))
			choose(g, i, likes[k].target, likes[k].reason);
}

static bool like_lambert_x(struct ctx *c, const char *s)
{
	(void)c;
	return between(s, 90000, 1300000);
}

/* "x" and "y" are metres when there is a column of metres to the north. */
static void find_lambert_x(struct guessing *g)
{
	for (size_t i = 0; i < g->out->n; i++) {
		struct cells l = cells_of(g->s, g->out->head, i);
		if (g->out->columns[i].target < 0 && most_are(g->c, &l, like_lambert_x))
			choose(g, i, MAPPING_ALSO(MAPPING_ALSO_LAMBERT_X), MAPPING_REASON_LAMBERT);
	}
}

/* What stands between the items of most cells that hold several. */
static int mark_of(const struct cells *l, int target)
{
	static const struct {
		const char *text;
		int mark;
	} marks[] = { { "|", LIST_MARK_BAR },
		      { ";", LIST_MARK_SEMICOLON },
		      { "\n", LIST_MARK_LINE },
		      { ",", LIST_MARK_COMMA },
		      { " / ", LIST_MARK_SLASH } };
	for (size_t k = 0; mapping_is_list(target) && k < sizeof marks / sizeof *marks; k++)
		for (size_t i = 0; i < l->n; i++)
			if (strstr(l->items[i], marks[k].text))
				return marks[k].mark;
	return LIST_MARK_NONE;
}

rc mapping_guess(struct ctx *c, const struct spreadsheet *book, size_t sheet, size_t head,
		 struct mapping *out)
{
	if (sheet >= book->n || head >= book->sheets[sheet].n)
		return fail(c, E_INVALID, "mapping.no_such_row");
	const struct spreadsheet_sheet *s = &book->sheets[sheet];
	struct guessing g = { .c = c, .s = s, .out = out };
	size_t n = spreadsheet_width(s);
	*out = (struct mapping){ .sheet = sheet,
				 .head = head,
				 .kind = COMMUNITY_KIND_PLACE,
				 .columns = new_array(c, struct mapping_choice, n + 1),
				 .n = n };
	for (size_t i = 0; i < n; i++) {
		const char *title = csv_cell(&s->rows[head], (int)i);
		out->columns[i] = (struct mapping_choice){ title, MAPPING_NOTHING, LIST_MARK_NONE, -1 };
		choose(&g, i, by_head(c, title), MAPPING_REASON_HEAD);
	}
	for (size_t i = 0; i < n; i++)
		if (out->columns[i].target < 0)
			by_cells(&g, i);
	if (g.taken[MAPPING_ALSO(MAPPING_ALSO_LAMBERT_Y)] && !g.taken[MAPPING_ALSO(MAPPING_ALSO_LAMBERT_X)])
		find_lambert_x(&g);
	for (size_t i = 0; i < n; i++) {
		struct cells l = cells_of(s, head, i);
		out->columns[i].mark = mark_of(&l, out->columns[i].target);
	}
	return OK;
}
