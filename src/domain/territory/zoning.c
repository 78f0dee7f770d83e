/* zoning.c - first every row is read and checked, then each zoning is written whole. */
#include "territory/zoning.h"

#include <ctype.h>
#include <glib.h>
#include <string.h>

#include "base/csv.h"
#include "base/hash.h"
#include "platform/db.h"
#include "territory/commune.h"
#include "territory/zoning_sql.h"

enum { INSEE, ZONING, CODE, LABEL, COLUMNS };
static const char *const column_names[COLUMNS] = { "insee", "zoning", "code", "label" };
enum { LONGEST_KEY = 12, LONGEST_CODE = 12, LONGEST_LABEL = 200, BATCH = 1000 };

/* A row that was read: the commune of today, and whether the row names it as today. */
struct member {
	const char *insee, *zoning, *code, *label;
	bool older;
	size_t line;
};

struct import {
	struct ctx *c;
	struct csv *table;
	int columns[COLUMNS];
	struct member *members;
	size_t n;
	GHashTable *of;	    /* "zoning insee": struct member */
	GHashTable *labels; /* "zoning code": label */
	GPtrArray *zonings; /* names, in their order */
	GArray *problems;
	struct zoning_report *report;
};

static void blame(struct import *m, size_t line, int column, const char *value, const char *key)
{
	struct zoning_problem p = { line, column_names[column], value, key };
	g_array_append_val(m->problems, p);
}

/* Names stand in addresses: "ze2020". */
static bool is_name(const char *s, size_t longest)
{
	size_t n = strlen(s);
	for (size_t i = 0; i < n; i++)
		if (!isalnum((unsigned char)s[i]) && !strchr("-_.", s[i]))
			return false;
	return n > 0 && n <= longest;
}

static const char *lower(struct ctx *c, const char *s)
{
	char *copy = talloc_strdup(c->mem, s);
	for (char *p = copy; *p; p++)
		*p = (char)tolower((unsigned char)*p);
	return copy;
}

/* The commune of today. False: there is none, which is blamed. */
static rc find_commune(struct import *m, const struct csv_row *row, struct member *k, bool *found)
{
	struct commune_card card;
	const char *insee = csv_cell(row, m->columns[INSEE]);
	rc code = commune_by_insee(m->c, insee, &card);
	*found = code == OK;
	if (code == E_NOT_FOUND) {
		blame(m, row->line, INSEE, insee, K("zoning.commune"));
		return OK;
	}
	TRY(code);
	k->insee = card.insee;
	k->older = strcmp(card.insee, insee) != 0;
	return OK;
}

/* A zone has one label; a label needs words. */
static void check_label(struct import *m, const struct member *k)
{
	const char *zone = fmt(m->c, "%s %s", k->zoning, k->code);
	const char *known = g_hash_table_lookup(m->labels, zone);
	if (!*k->label)
		blame(m, k->line, LABEL, "", K("import.empty"));
	else if (g_utf8_strlen(k->label, -1) > LONGEST_LABEL)
		blame(m, k->line, LABEL, k->label, K("import.long"));
	else if (known && strcmp(known, k->label) != 0)
		blame(m, k->line, LABEL, k->label, K("zoning.label_differs"));
	else if (!known)
		g_hash_table_insert(m->labels, (void *)zone, (void *)k->label);
}

/* A row of today's commune wins over those of older ones; two of a kind must agree. */
static void enter(struct import *m, struct member *k)
{
	const char *key = fmt(m->c, "%s %s", k->zoning, k->insee);
	struct member *other = g_hash_table_lookup(m->of, key);
	if (!other) {
		g_hash_table_insert(m->of, (void *)key, k);
		return;
	}
	m->report->older += k->older || other->older;
	if (!k->older && other->older)
		g_hash_table_replace(m->of, (void *)key, k);
	else if (k->older == other->older && (!k->older || strcmp(k->code, other->code) != 0))
		blame(m, k->line, INSEE, k->insee, K("import.twice"));
}

static void note_zoning(struct import *m, const char *zoning)
{
	for (guint i = 0; i < m->zonings->len; i++)
		if (strcmp(g_ptr_array_index(m->zonings, i), zoning) == 0)
			return;
	g_ptr_array_add(m->zonings, (void *)zoning);
}

static rc read_row(struct import *m, const struct csv_row *row)
{
	struct member *k = &m->members[m->n];
	bool found;
	*k = (struct member){ .zoning = lower(m->c, csv_cell(row, m->columns[ZONING])),
			      .code = csv_cell(row, m->columns[CODE]),
			      .label = csv_cell(row, m->columns[LABEL]),
			      .line = row->line };
	size_t before = m->problems->len;
	if (row->n > m->table->header.n)
		blame(m, row->line, LABEL, k->label, K("import.cells"));
	if (!is_name(k->zoning, LONGEST_KEY))
		blame(m, row->line, ZONING, k->zoning, K("zoning.name"));
	if (!is_name(k->code, LONGEST_CODE))
		blame(m, row->line, CODE, k->code, K("zoning.name"));
	TRY(find_commune(m, row, k, &found));
	check_label(m, k);
	if (m->problems->len > before)
		return OK;
	note_zoning(m, k->zoning);
	enter(m, k);
	m->n++;
	return OK;
}

/* ---- writing ---- */

/* JSON lists of two texts, written in lists of a thousand. */
struct batch {
	rc (*put)(struct ctx *c, const char *zoning, const char *rows, int64_t *affected);
	const char *zoning;
	struct buf json;
	int n;
};

static rc flush(struct ctx *c, struct batch *b)
{
	int64_t affected;
	if (!b->n)
		return OK;
	buf_char(&b->json, ']');
	TRY(b->put(c, b->zoning, b->json.s, &affected));
	b->json.len = 0;
	b->n = 0;
	return OK;
}

static rc add(struct ctx *c, struct batch *b, const char *first, const char *second)
{
	buf_str(&b->json, b->n++ ? ",[" : "[[");
	buf_json(&b->json, first);
	buf_char(&b->json, ',');
	buf_json(&b->json, second);
	buf_char(&b->json, ']');
	return b->n < BATCH ? OK : flush(c, b);
}

static rc write_members(struct import *m, const char *zoning)
{
	struct ctx *c = m->c;
	struct batch zones = { .put = zoning_zone_put, .zoning = zoning },
		     communes = { .put = zoning_commune_put, .zoning = zoning };
	GHashTable *done = g_hash_table_new(g_str_hash, g_str_equal);
	rc code = OK;
	buf_init(&zones.json, c->mem, 1 << 14);
	buf_init(&communes.json, c->mem, 1 << 15);
	for (size_t i = 0; i < m->n && code == OK; i++) {
		const struct member *k = &m->members[i];
		if (strcmp(k->zoning, zoning) != 0 ||
		    g_hash_table_lookup(m->of, fmt(c, "%s %s", zoning, k->insee)) != k)
			continue;
		if (g_hash_table_add(done, (void *)k->code)) {
			m->report->zones++;
			code = add(c, &zones, k->code, k->label);
		}
		m->report->communes++;
		if (code == OK)
			code = add(c, &communes, k->insee, k->code);
	}
	g_hash_table_destroy(done);
	TRY(code);
	TRY(flush(c, &zones));
	return flush(c, &communes);
}

/* What the file says of a zoning, in its order. */
static hash digest_of(struct import *m, const char *zoning)
{
	struct buf b;
	buf_init(&b, m->c->mem, 1 << 16);
	for (size_t i = 0; i < m->n; i++)
		if (strcmp(m->members[i].zoning, zoning) == 0)
			buf_fmt(&b, "%s\t%s\t%s\t%d\n", m->members[i].insee, m->members[i].code,
				m->members[i].label, m->members[i].older);
	return hash_sha256(b.s, b.len);
}

static rc write_zoning(struct import *m, const char *zoning)
{
	struct ctx *c = m->c;
	hash had, now = digest_of(m, zoning);
	bool found;
	int64_t affected;
	TRY(zoning_digest(c, zoning, &had, &found));
	if (found && hash_eq(had, now))
		return OK;
	TRY(zoning_clear_communes(c, zoning, &affected));
	TRY(zoning_clear_zones(c, zoning, &affected));
	TRY(zoning_put(c, zoning, now, c->now, &affected));
	m->report->zonings++;
	return write_members(m, zoning);
}

static rc run(struct import *m)
{
	struct ctx *c = m->c;
	for (int k = 0; k < COLUMNS; k++) {
		m->columns[k] = csv_column(m->table, column_names[k]);
		if (m->columns[k] < 0)
			blame(m, m->table->header.line, k, "", K("import.column"));
	}
	if (m->problems->len)
		return fail(c, E_INVALID, "import.bad_rows");
	m->members = new_array(c, struct member, m->table->n + 1);
	m->report->rows = (int64_t)m->table->n;
	for (size_t i = 0; i < m->table->n; i++)
		TRY(read_row(m, &m->table->rows[i]));
	if (m->problems->len)
		return fail(c, E_INVALID, "import.bad_rows");
	m->report->names = "";
	for (guint i = 0; i < m->zonings->len; i++) {
		const char *zoning = g_ptr_array_index(m->zonings, i);
		m->report->names = fmt(c, "%s%s%s", m->report->names, i ? ", " : "", zoning);
		TRY(write_zoning(m, zoning));
	}
	return OK;
}

rc zoning_import(struct ctx *c, const char *text, size_t len, struct zoning_report *out)
{
	static const struct csv_limits limits = { 20 << 20, 300000, 20, 1000 };
	struct import m = { .c = c, .report = out };
	*out = (struct zoning_report){ 0 };
	TRY(csv_read(c, text, len, &limits, &m.table));
	m.of = g_hash_table_new(g_str_hash, g_str_equal);
	m.labels = g_hash_table_new(g_str_hash, g_str_equal);
	m.zonings = g_ptr_array_new();
	m.problems = g_array_new(false, false, sizeof(struct zoning_problem));
	rc code = run(&m);
	out->n_problems = m.problems->len;
	out->problems = talloc_memdup(c->mem, m.problems->data,
				      m.problems->len * sizeof(struct zoning_problem));
	g_array_free(m.problems, true);
	g_ptr_array_free(m.zonings, true);
	g_hash_table_destroy(m.labels);
	g_hash_table_destroy(m.of);
	return code;
}
