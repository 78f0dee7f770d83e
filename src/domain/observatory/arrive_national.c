/* arrive_national.c - the national schema "lieux de médiation numérique", as
 * CSV or JSON. Its columns say which version it is. */
#include <string.h>

#include "base/csv.h"
#include "observatory/arrive_parts.h"
#include "observatory/national_columns.h"

rc arrive_national(struct ctx *c, octets file, const char *plan, struct arrivals *out);

/* What a column says; NO_FIELD: it is taken apart. */
enum { NO_FIELD = -1 };
static const int fields[COLUMNS][VERSIONS] = {
#define BOTH(f)                                      \
	{                                            \
		ARRIVAL_FIELD_##f, ARRIVAL_FIELD_##f \
	}
#define EACH(first, second)                                   \
	{                                                     \
		ARRIVAL_FIELD_##first, ARRIVAL_FIELD_##second \
	}
	[ID] = { NO_FIELD, NO_FIELD },
	[PIVOT] = { NO_FIELD, NO_FIELD },
	[NOM] = BOTH(NAME),
	[COMMUNE] = BOTH(CITY),
	[CODE_POSTAL] = BOTH(POSTAL_CODE),
	[CODE_INSEE] = BOTH(INSEE),
	[ADRESSE] = BOTH(ADDRESS),
	[COMPLEMENT] = BOTH(COMPLEMENT),
	[LATITUDE] = BOTH(LATITUDE),
	[LONGITUDE] = BOTH(LONGITUDE),
	[CLE_BAN] = BOTH(BAN_KEY),
	[TYPOLOGIE] = BOTH(NATIONAL_TYPOLOGIES),
	[TELEPHONE] = BOTH(PHONE),
	[COURRIELS] = { NO_FIELD, NO_FIELD },
	[SITE_WEB] = { NO_FIELD, NO_FIELD },
	[HORAIRES] = BOTH(OPENING),
	[RESUME] = BOTH(ACTIVITIES),
	[DETAIL] = BOTH(STORY),
	[SOURCE] = BOTH(ORIGIN),
	[ITINERANCE] = BOTH(MOBILITY),
	[PARENTE] = BOTH(PARENT),
	[DATE_MAJ] = BOTH(SAID_ON),
	[SERVICES] = EACH(FORMER_SERVICES, SERVICES),
	[PUBLICS] = EACH(FORMER_PUBLICS, PUBLICS),
	[PRISE_EN_CHARGE] = BOTH(CARE),
	[FRAIS] = EACH(FORMER_COSTS, COSTS),
	[PROGRAMMES] = EACH(FORMER_PROGRAMMES, PROGRAMMES),
	[FORMATIONS] = BOTH(TRAININGS),
	[AUTRES_FORMATIONS] = BOTH(OTHER_TRAININGS),
	[ACCES] = BOTH(ACCESS_MODES),
	[ACCOMPAGNEMENT] = EACH(FORMER_SUPPORT, SUPPORT_MODES),
	[ACCES_LIBRE] = BOTH(ACCESSIBILITY),
	[PRISE_RDV] = BOTH(APPOINTMENTS),
#undef BOTH
#undef EACH
};

static int column_named(const char *name, int version)
{
	for (int k = 0; k < COLUMNS; k++)
		if (national_names[k][version] && strcmp(national_names[k][version], name) == 0)
			return k;
	return -1;
}

/* The version that has more of these names; the second when both have as many. */
struct votes {
	int of[VERSIONS];
};

static void vote(struct votes *v, const char *name)
{
	for (int i = 0; i < VERSIONS; i++)
		v->of[i] += column_named(name, i) >= 0;
}

static int version_of(const struct votes *v)
{
	return v->of[FIRST] > v->of[SECOND] ? FIRST : SECOND;
}

static void name_columns(struct arrivals *l, int version)
{
	for (int k = 0; k < COLUMNS; k++)
		if (fields[k][version] != NO_FIELD && national_names[k][version])
			l->columns[fields[k][version]] = national_names[k][version];
	l->columns[ARRIVAL_FIELD_SIRET] = l->columns[ARRIVAL_FIELD_RNA] = national_names[PIVOT][version];
	l->columns[ARRIVAL_FIELD_EMAIL] = l->columns[ARRIVAL_FIELD_OTHER_EMAILS] =
		national_names[COURRIELS][version];
	l->columns[ARRIVAL_FIELD_WEBSITE] = l->columns[ARRIVAL_FIELD_URLS] =
		national_names[SITE_WEB][version];
}

/* The first of a list and the others. */
static void say_first(struct arrivals *l, struct arrival *a, int first, int others, const char *list)
{
	size_t n = strcspn(list, "|;");
	arrival_say(l, a, first, mem_text(l->c->mem, list, n));
	if (list[n])
		arrival_say(l, a, others, list + n + 1);
}

static size_t characters(const char *s)
{
	size_t n = 0;
	for (; *s; s++)
		n += ((unsigned char)*s & 0xC0) != 0x80;
	return n;
}

static void say(struct arrivals *l, struct arrival *a, int version, int k, const char *text)
{
	int field = fields[k][version];
	if (!text || !*text)
		return;
	if (k == ID)
		a->key = talloc_strdup(l->c->mem, text);
	else if (k == PIVOT)
		arrival_say(l, a, *text == 'W' ? ARRIVAL_FIELD_RNA : ARRIVAL_FIELD_SIRET, text);
	else if (k == COURRIELS)
		say_first(l, a, ARRIVAL_FIELD_EMAIL, ARRIVAL_FIELD_OTHER_EMAILS, text);
	else if (k == SITE_WEB)
		say_first(l, a, ARRIVAL_FIELD_WEBSITE, ARRIVAL_FIELD_URLS, text);
	else
		arrival_say(l, a, field, text);
	if (k == RESUME && characters(text) > RESUME_MOST)
		arrival_blame(l, a->line, national_names[k][version], "", K("import.resume_too_long"));
}

static void finish(struct arrivals *l, struct arrival *a)
{
	a->said[ARRIVAL_FIELD_KINDS] = "place";
	if (!a->key)
		arrival_blame(l, a->line, "id", "", K("import.empty"));
}

/* ---- CSV ---- */

/* An apostrophe that keeps a spreadsheet from taking a text for a formula is none of its. */
static const char *bare(const char *cell)
{
	return *cell == '\'' && cell[1] && strchr("=+-@\t\r", cell[1]) ? cell + 1 : cell;
}

static void blame_columns(struct arrivals *l, const struct csv *t, int version)
{
	for (size_t i = 0; i < t->header.n; i++)
		if (column_named(t->header.cells[i], version) < 0) {
			arrival_blame(l, t->header.line, t->header.cells[i], "", K("import.unknown_column"));
			l->problems[l->n_problems - 1].left_out = true;
		}
}

static rc read_csv(struct ctx *c, octets file, struct arrivals *l)
{
	static const struct csv_limits limits = { 20 << 20, ARRIVALS_MOST + 1, 200, 40000 };
	struct votes v = { { 0 } };
	struct csv *t;
	struct arrival *a;
	TRY(csv_read(c, file.s, file.n, &limits, &t));
	for (size_t i = 0; i < t->header.n; i++)
		vote(&v, t->header.cells[i]);
	int version = version_of(&v);
	if (csv_column(t, "id") < 0 || csv_column(t, "nom") < 0)
		return fail(c, E_INVALID, "import.not_national");
	name_columns(l, version);
	blame_columns(l, t, version);
	for (size_t i = 0; i < t->n; i++) {
		TRY(arrival_add(l, t->rows[i].line, &a));
		for (int k = 0; k < COLUMNS; k++)
			if (national_names[k][version])
				say(l, a, version, k,
				    bare(csv_cell(&t->rows[i], csv_column(t, national_names[k][version]))));
		if (t->rows[i].n > t->header.n)
			arrival_blame(l, a->line, "id", a->key ? a->key : "", K("import.cells"));
		finish(l, a);
	}
	return OK;
}

/* ---- JSON ---- */

static rc read_object(struct arrivals *l, size_t at, int version, json_t *o)
{
	struct arrival *a;
	const char *name;
	json_t *v;
	TRY(arrival_add(l, at, &a));
	json_object_foreach(o, name, v)
	{
		int k = column_named(name, version);
		if (k >= 0) {
			say(l, a, version, k, arrive_text(l->c, v));
			continue;
		}
		arrival_blame(l, at, talloc_strdup(l->c->mem, name), "", K("import.unknown_column"));
		l->problems[l->n_problems - 1].left_out = true;
	}
	finish(l, a);
	return OK;
}

static rc read_list(struct ctx *c, const json_t *all, struct arrivals *l)
{
	struct votes votes = { { 0 } };
	const char *name;
	json_t *o, *v;
	size_t i;
	if (!json_is_array(all))
		return fail(c, E_INVALID, "import.not_national");
	json_array_foreach(all, i, o) json_object_foreach(o, name, v) vote(&votes, name);
	name_columns(l, version_of(&votes));
	json_array_foreach(all, i, o) TRY(read_object(l, i + 1, version_of(&votes), o));
	return OK;
}

rc arrive_national(struct ctx *c, octets file, const char *plan, struct arrivals *out)
{
	size_t at = 0;
	json_t *o;
	(void)plan;
	while (at < file.n && strchr("\xEF\xBB\xBF \t\r\n", file.s[at]))
		at++;
	if (at == file.n || file.s[at] != '[')
		return read_csv(c, file, out);
	TRY(arrive_json(c, file, &o));
	rc code = read_list(c, o, out);
	json_decref(o);
	return code;
}
