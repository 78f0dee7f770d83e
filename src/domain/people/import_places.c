/* import_places.c - first every row is read and checked, then all is written. */
#include "people/import_places.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/fold.h"
#include "base/pubid.h"
#include "people/community.h"
#include "people/community_sql.h"
#include "people/typology.h"
#include "people/typology_sql.h"
#include "platform/embedded.h"
#include "territory/commune.h"

#define SOURCE	  "study-2018"
#define MOST_CAES 8

enum column {
	REGION,
	NAME,
	ACTIVITIES,
	CITY,
	DEPARTEMENT,
	LAUNCH_YEAR,
	REVENUE,
	REVENUE_NOTE,
	STATUS,
	CG_MEMBER,
	LINKED_CAE,
	COLUMNS
};
static const char *const column_names[COLUMNS] = { "region",	   "name",	   "activities",
						   "city",	   "department",   "launch_year",
						   "revenue_keur", "revenue_note", "status",
						   "cg_member",	   "linked_cae" };

struct place {
	struct community_new row;
	int64_t revenue;
	const char *revenue_note;
	const char *caes[MOST_CAES];
	size_t n_caes;
};

struct import {
	struct ctx *c;
	struct csv *table;
	int columns[COLUMNS];
	struct place *places;
	GArray *problems;
	struct import_report *report;
};

/* A row while it is read. */
struct reading {
	struct import *m;
	const struct csv_row *row;
	struct place *out;
};

static const char *cell(const struct reading *r, enum column k)
{
	return csv_cell(r->row, r->m->columns[k]);
}

/* NULL for an empty cell, as the database keeps it. */
static const char *said(const struct reading *r, enum column k)
{
	const char *s = cell(r, k);
	return *s ? s : NULL;
}

static void blame(struct import *m, size_t line, const char *column, const char *value, const char *key)
{
	struct import_problem p = { line, column, value, key };
	g_array_append_val(m->problems, p);
}

static void refuse(const struct reading *r, enum column k, const char *key)
{
	blame(r->m, r->row->line, column_names[k], cell(r, k), key);
}

/* A whole number from `least` to `most`, NONE for an empty cell. */
static int64_t number(const struct reading *r, enum column k, int64_t least, int64_t most)
{
	const char *s = cell(r, k);
	char *end;
	int64_t v = strtoll(s, &end, 10);
	if (!*s)
		return NONE;
	if (*end || end == s || v < least || v > most) {
		refuse(r, k, K("import.number"));
		return NONE;
	}
	return v;
}

static int64_t yes_or_no(const struct reading *r, enum column k)
{
	const char *s = cell(r, k);
	if (!*s)
		return NONE;
	if (strcmp(s, "yes") == 0 || strcmp(s, "no") == 0)
		return *s == 'y';
	refuse(r, k, K("import.yes_no"));
	return NONE;
}

/* What somebody is, of what the table prints; "A > B" was A and is B. */
static const char *legal_form_of(const char *status)
{
	static const struct {
		const char *begins;
		int form;
	} forms[] = {
		{ "Scic", LEGAL_FORM_SCIC },
		{ "Scop", LEGAL_FORM_SCOP },
		{ "Coop 47", LEGAL_FORM_LOI47 },
		{ "Association", LEGAL_FORM_ASSOCIATION },
	};
	const char *arrow = strchr(status, '>');
	status = arrow ? arrow + 1 + strspn(arrow + 1, " ") : status;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (strncmp(status, forms[i].begins, strlen(forms[i].begins)) == 0)
			return enum_word(&legal_form_words, forms[i].form);
	return NULL;
}

/* Names that the table abbreviates. */
static const char *real_name(const char *printed)
{
	return strcmp(printed, "L'Ouvre Boites") == 0 ? "L’Ouvre-Boîtes 44" : printed;
}

static void read_caes(const struct reading *r)
{
	struct place *p = r->out;
	const char *all = cell(r, LINKED_CAE);
	if (g_str_has_suffix(all, " est une CAE")) {
		p->row.is_cae = true;
		return;
	}
	char **names = g_strsplit(all, ",", -1);
	for (char **n = names; *n; n++) {
		const char *name = g_strstrip(*n);
		if (*name && p->n_caes == MOST_CAES)
			refuse(r, LINKED_CAE, K("import.too_many"));
		else if (*name)
			p->caes[p->n_caes++] = talloc_strdup(r->m->c->mem, name);
	}
	g_strfreev(names);
}

/* "91;92" is kept as "91, 92". */
static rc read_departements(const struct reading *r, bool *known)
{
	struct ctx *c = r->m->c;
	char *all = talloc_strdup(c->mem, cell(r, DEPARTEMENT)), *rest;
	const char *joined = NULL, *name;
	*known = *all;
	for (char *code = strtok_r(all, ";", &rest); code && *known; code = strtok_r(NULL, ";", &rest)) {
		TRY(departement_name(c, code, &name, known));
		joined = joined ? fmt(c, "%s, %s", joined, code) : code;
	}
	r->out->row.departement = joined;
	return OK;
}

/* Several départements and no commune is a place in several towns. */
static rc read_where(const struct reading *r)
{
	struct ctx *c = r->m->c;
	struct community_new *row = &r->out->row;
	struct commune_card k;
	bool found, known;
	int errors;
	bool several = strchr(cell(r, DEPARTEMENT), ';');
	TRY(read_departements(r, &known));
	row->city_printed = said(r, CITY);
	row->region_printed = said(r, REGION);
	if (!known) {
		refuse(r, DEPARTEMENT, K("import.departement"));
		return OK;
	}
	TRY(commune_match(c, cell(r, CITY), cell(r, DEPARTEMENT), &k, &found, &errors));
	if (found) {
		row->insee = k.insee;
		row->lat_e5 = k.lat_e5;
		row->lon_e5 = k.lon_e5;
	} else if (!several) {
		refuse(r, CITY, K("import.city"));
	}
	return OK;
}

static const char *source_key(struct ctx *c, const char *kind, const char *name)
{
	return fmt(c, SOURCE ":%s:%s", kind, fold(c, name));
}

static struct community_new blank(struct ctx *c, const char *kind, const char *name, const char *printed)
{
	struct community_new row = {
		.name = name,
		.name_printed = strcmp(name, printed) ? printed : NULL,
		.folded = fold(c, name),
		.initials = community_initials(c, name),
		.lat_e5 = NONE,
		.lon_e5 = NONE,
		.year_started = NONE,
		.cg_member = NONE,
		.functions = "",
		.source = SOURCE,
		.source_key = source_key(c, kind, name),
		.created_at = c->now,
	};
	pubid_new(&row.pub);
	return row;
}

static void read_name(const struct reading *r)
{
	const char *name = cell(r, NAME);
	if (!*name)
		refuse(r, NAME, K("import.empty"));
	else if (g_utf8_strlen(name, -1) > 200)
		refuse(r, NAME, K("import.long"));
	for (struct place *p = r->m->places; *name && p < r->out; p++)
		if (strcmp(p->row.folded, r->out->row.folded) == 0) {
			refuse(r, NAME, K("import.twice"));
			return;
		}
}

static rc read_row(struct import *m, size_t i)
{
	struct reading r = { m, &m->table->rows[i], &m->places[i] };
	struct place *p = r.out;
	p->row = blank(m->c, "place", cell(&r, NAME), cell(&r, NAME));
	p->row.is_place = true;
	read_name(&r);
	p->row.activities = said(&r, ACTIVITIES);
	p->row.year_started = number(&r, LAUNCH_YEAR, 1800, 2100);
	p->revenue = number(&r, REVENUE, 0, 1000000);
	p->revenue_note = said(&r, REVENUE_NOTE);
	p->row.legal_note = said(&r, STATUS);
	p->row.legal_form = legal_form_of(cell(&r, STATUS));
	p->row.cg_member = yes_or_no(&r, CG_MEMBER);
	if (r.row->n > m->table->header.n)
		blame(m, r.row->line, column_names[REGION], cell(&r, NAME), K("import.cells"));
	read_caes(&r);
	return read_where(&r);
}

static void read_header(struct import *m)
{
	for (int k = 0; k < COLUMNS; k++) {
		m->columns[k] = csv_column(m->table, column_names[k]);
		if (m->columns[k] < 0)
			blame(m, m->table->header.line, column_names[k], "", K("import.column"));
	}
}

/* ---- writing ---- */

static rc note(struct ctx *c, const struct community_new *row)
{
	return community_note(c, row->pub, "community.import", "community", row->pub, NULL,
			      fmt(c, "{\"source\":\"" SOURCE "\"}"));
}

static rc write_links(struct import *m, const struct place *p, community_id place)
{
	struct ctx *c = m->c;
	for (size_t i = 0; i < p->n_caes; i++) {
		struct community_new row = blank(c, "cae", real_name(p->caes[i]), p->caes[i]);
		struct community_of_source_row old;
		int64_t written;
		pubid pub;
		bool found;
		TRY(community_of_source(c, row.source_key, &old, &found));
		if (!found) {
			row.is_cae = true;
			TRY(community_insert(c, &row, &old.id));
			TRY(note(c, &row));
			m->report->caes++;
		}
		pubid_new(&pub);
		TRY(link_insert(c, pub, place, old.id, LINK_KIND_LINKED_CAE, (instant){ NONE },
				(instant){ NONE }, (day){ NONE }, SOURCE, &written));
		m->report->links += written;
	}
	return OK;
}

/* What the table said of each field, as it is printed there. */
static rc write_sources(struct ctx *c, const struct place *p, community_id place)
{
	const struct community_new *row = &p->row;
	const char *year = row->year_started == NONE ? NULL : fmt(c, "%lld", (long long)row->year_started);
	const char *keur = p->revenue == NONE ? NULL : fmt(c, "%lld", (long long)p->revenue);
	const char *member = row->cg_member == NONE ? NULL : row->cg_member ? "yes" : "no";
	const struct {
		const char *field, *said;
	} cells[] = {
		{ "name", row->name_printed ? row->name_printed : row->name },
		{ "activities", row->activities },
		{ "insee", row->city_printed },
		{ "region", row->region_printed },
		{ "departement", row->departement },
		{ "legal_form", row->legal_note },
		{ "year_started", year },
		{ "cg_member", member },
		{ "figures", p->revenue_note ? p->revenue_note : keur },
	};
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
		if (cells[i].said)
			TRY(field_source_note(c, place, cells[i].field, SOURCE, cells[i].said));
	return OK;
}

/* Once; what stewards make of it afterwards stays. */
static rc write_typologies(struct ctx *c, const struct place *p, community_id place)
{
	instant at;
	bool done;
	TRY(field_source_has(c, place, "typologies", SOURCE, &at, &done));
	if (done)
		return OK;
	TRY(typology_seed(c, place, true, p->row.activities));
	TRY(field_source_note(c, place, "typologies", SOURCE, NULL));
	return write_sources(c, p, place);
}

static rc write_place(struct import *m, const struct place *p)
{
	struct ctx *c = m->c;
	struct community_of_source_row old;
	bool found;
	TRY(community_of_source(c, p->row.source_key, &old, &found));
	if (found)
		return write_typologies(c, p, old.id);
	TRY(community_insert(c, &p->row, &old.id));
	if (p->revenue != NONE || p->revenue_note)
		TRY(community_figure_insert(c, old.id, NONE, FIGURE_KIND_REVENUE_KEUR, p->revenue,
					    p->revenue_note, (instant){ NONE }, NULL));
	m->report->places++;
	TRY(write_typologies(c, p, old.id));
	TRY(write_links(m, p, old.id));
	return note(c, &p->row);
}

static rc run(struct import *m)
{
	read_header(m);
	if (m->problems->len)
		return fail(m->c, E_INVALID, "import.bad_rows");
	m->places = new_array(m->c, struct place, m->table->n + 1);
	m->report->rows = (int64_t)m->table->n;
	for (size_t i = 0; i < m->table->n; i++)
		TRY(read_row(m, i));
	if (m->problems->len)
		return fail(m->c, E_INVALID, "import.bad_rows");
	for (size_t i = 0; i < m->table->n; i++)
		TRY(write_place(m, &m->places[i]));
	return OK;
}

rc import_places(struct ctx *c, const char *text, size_t len, struct import_report *out)
{
	struct import m = { .c = c, .report = out };
	*out = (struct import_report){ 0 };
	TRY(csv_read(c, text, len, NULL, &m.table));
	m.problems = g_array_new(false, false, sizeof(struct import_problem));
	rc code = run(&m);
	out->n_problems = m.problems->len;
	out->problems = talloc_memdup(c->mem, m.problems->data,
				      m.problems->len * sizeof(struct import_problem));
	g_array_free(m.problems, true);
	return code;
}

rc import_places_shipped(struct ctx *c, struct import_report *out)
{
	const struct embedded *file = embedded_find(embedded_data, n_embedded_data, "places.csv");
	return file ? import_places(c, (const char *)file->data, file->len, out)
		    : fail(c, E_INTERNAL, "import.no_file");
}
