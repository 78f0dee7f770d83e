/* national_schema.c - places in the columns of the national schema. A place
 * without SIRET has an empty pivot, one whose position is not known has none:
 * nothing stands in for what nobody has said. */
#include <string.h>

#include "base/civil.h"
#include "base/csv.h"
#include "observatory/national_columns.h"
#include "observatory/open_data.h"
#include "platform/i18n.h"

static const char *const separators[VERSIONS] = { ";", "|" };

struct row {
	const char *cells[COLUMNS]; /* NULL: not known */
};

static const char *degrees_text(struct ctx *c, int64_t e5)
{
	struct buf b;
	uint64_t all = (uint64_t)(e5 < 0 ? -e5 : e5);
	buf_init(&b, c->mem, 16);
	if (e5 < 0)
		buf_char(&b, '-');
	buf_int(&b, (int64_t)(all / 100000));
	buf_char(&b, '.');
	buf_digits(&b, all % 100000, 5);
	return b.s;
}

/* Kinds of place that came with version 2. */
static const int newer[] = {
	NATIONAL_TYPOLOGY_AVIP,		NATIONAL_TYPOLOGY_CDAS,
	NATIONAL_TYPOLOGY_CFP,		NATIONAL_TYPOLOGY_CMP,
	NATIONAL_TYPOLOGY_CMS,		NATIONAL_TYPOLOGY_CPAM,
	NATIONAL_TYPOLOGY_CSC,		NATIONAL_TYPOLOGY_ENM,
	NATIONAL_TYPOLOGY_EPI,		NATIONAL_TYPOLOGY_EPN,
	NATIONAL_TYPOLOGY_ES,		NATIONAL_TYPOLOGY_ESAT,
	NATIONAL_TYPOLOGY_EVS,		NATIONAL_TYPOLOGY_FABLAB,
	NATIONAL_TYPOLOGY_FABRIQUE,	NATIONAL_TYPOLOGY_LA_POSTE,
	NATIONAL_TYPOLOGY_MDH,		NATIONAL_TYPOLOGY_MSAP,
	NATIONAL_TYPOLOGY_PI,		NATIONAL_TYPOLOGY_RELAIS_LECTURE,
	NATIONAL_TYPOLOGY_RESSOURCERIE,
};

/* The same in the words of version 1: what it does not have is "Autre", and
 * the employment service had its former name. */
static struct code_set older(const struct code_set *codes)
{
	struct code_set o = *codes;
	for (size_t i = 0; i < sizeof newer / sizeof *newer; i++) {
		o.has[NATIONAL_TYPOLOGY_AUTRE] |= o.has[newer[i]];
		o.has[newer[i]] = false;
	}
	return o;
}

static const char *typologies(struct ctx *c, const struct open_record *r, int version)
{
	struct code_set codes = r->typologies[TYPOLOGY_VOCABULARY_NATIONAL];
	struct buf b;
	buf_init(&b, c->mem, 64);
	if (version == FIRST)
		codes = older(&codes);
	for (int i = 0; i < NATIONAL_TYPOLOGY_COUNT; i++)
		if (codes.has[i]) {
			buf_str(&b, b.len ? separators[version] : "");
			buf_str(&b,
				version == FIRST && i == NATIONAL_TYPOLOGY_FT ? "PE" : national_code(c, i));
		}
	return b.s;
}

/* A separator inside an address would make two of it. */
static void add_url(struct buf *b, const char *url, const char *separator)
{
	if (!url || !*url)
		return;
	buf_str(b, b->len ? separator : "");
	for (; *url; url++)
		if (*url == *separator)
			buf_fmt(b, "%%%02X", (unsigned char)*url);
		else
			buf_char(b, *url);
}

static const char *sites(struct ctx *c, const struct open_record *r, const char *separator)
{
	struct buf b;
	buf_init(&b, c->mem, 64);
	add_url(&b, r->row.website, separator);
	for (size_t i = 0; i < r->n_urls; i++)
		add_url(&b, r->urls[i], separator);
	return b.s;
}

static size_t characters(const char *s)
{
	size_t n = 0;
	for (; *s; s++)
		n += ((unsigned char)*s & 0xC0) != 0x80;
	return n;
}

static bool begins(const char *s, const char *with)
{
	return s && strncmp(s, with, strlen(with)) == 0;
}

/* What it does is its short text; too long for it, the beginning of the long one. */
static void tell(struct ctx *c, const struct open_row *p, struct row *r)
{
	r->cells[RESUME] = p->activities;
	r->cells[DETAIL] = p->story;
	if (p->activities && characters(p->activities) > RESUME_MOST) {
		r->cells[RESUME] = NULL;
		r->cells[DETAIL] = p->story ? fmt(c, "%s\n\n%s", p->activities, p->story) : p->activities;
	}
}

/* Version 1 has room for one. */
static const char *emails(struct ctx *c, const struct open_record *r, int version)
{
	const char *others = r->facts[ARRIVAL_FIELD_OTHER_EMAILS];
	return version == SECOND && r->row.email && others ? fmt(c, "%s|%s", r->row.email, others)
							   : r->row.email;
}

/* Columns that hold what sources said, by field and version. */
static const struct {
	int column, field[VERSIONS];
} said[] = {
#define SAID(column, first, second)                                   \
	{                                                             \
		column,                                               \
		{                                                     \
			ARRIVAL_FIELD_##first, ARRIVAL_FIELD_##second \
		}                                                     \
	}
	SAID(COMPLEMENT, COMPLEMENT, COMPLEMENT),
	SAID(CLE_BAN, BAN_KEY, BAN_KEY),
	SAID(ITINERANCE, MOBILITY, MOBILITY),
	SAID(PARENTE, PARENT, PARENT),
	SAID(SERVICES, FORMER_SERVICES, SERVICES),
	SAID(PUBLICS, FORMER_PUBLICS, PUBLICS),
	SAID(PRISE_EN_CHARGE, CARE, CARE),
	SAID(FRAIS, FORMER_COSTS, COSTS),
	SAID(PROGRAMMES, FORMER_PROGRAMMES, PROGRAMMES),
	SAID(FORMATIONS, TRAININGS, TRAININGS),
	SAID(AUTRES_FORMATIONS, OTHER_TRAININGS, OTHER_TRAININGS),
	SAID(ACCES, ACCESS_MODES, ACCESS_MODES),
	SAID(ACCOMPAGNEMENT, FORMER_SUPPORT, SUPPORT_MODES),
	SAID(PRISE_RDV, APPOINTMENTS, APPOINTMENTS),
#undef SAID
};

static bool is_list(int column)
{
	return column != COMPLEMENT && column != PARENTE && column != PRISE_RDV && column != CLE_BAN;
}

static void put_said(struct ctx *c, const struct open_record *record, int version, struct row *r)
{
	for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
		int field = said[i].field[version];
		r->cells[said[i].column] = is_list(said[i].column)
						   ? national_list(c, record, field, *separators[version])
						   : record->facts[field];
	}
}

static struct row row_of(struct ctx *c, const struct open_record *record, int version)
{
	const struct open_row *p = &record->row;
	struct row r = { .cells = {
				 [ID] = p->pub.s,
				 [PIVOT] = p->siret ? p->siret : record->facts[ARRIVAL_FIELD_RNA],
				 [NOM] = p->name,
				 [COMMUNE] = p->city,
				 [CODE_POSTAL] = open_postal_code(c, record),
				 [CODE_INSEE] = p->insee,
				 [ADRESSE] = p->address,
				 [TYPOLOGIE] = typologies(c, record, version),
				 [TELEPHONE] = p->phone,
				 [COURRIELS] = emails(c, record, version),
				 [SITE_WEB] = sites(c, record, separators[version]),
				 [HORAIRES] = p->opening,
				 [SOURCE] = p->source,
				 [DATE_MAJ] = fmt_iso_day(c, open_day(p)),
			 } };
	if (p->located) {
		r.cells[LATITUDE] = degrees_text(c, p->lat_e5);
		r.cells[LONGITUDE] = degrees_text(c, p->lon_e5);
	}
	if (begins(p->accessibility, "https://acceslibre.beta.gouv.fr/"))
		r.cells[ACCES_LIBRE] = p->accessibility;
	tell(c, p, &r);
	put_said(c, record, version, &r);
	return r;
}

/* Numbers and telephones are no formula, whatever sign they begin with. */
static void put_cell(struct csv_writer *w, const char *s)
{
	if (!s || strspn(s, "+-0123456789 ().") == strlen(s))
		csv_put(w, s);
	else
		csv_put_typed(w, s);
}

static void write_csv(struct ctx *c, const struct open_records *l, int version, struct buf *out)
{
	struct csv_writer w;
	csv_begin(&w, out, ',', false);
	for (int k = 0; k < COLUMNS && l->first; k++)
		if (national_names[k][version])
			csv_put(&w, national_names[k][version]);
	if (l->first)
		csv_end_row(&w);
	for (size_t i = 0; i < l->n; i++) {
		if (!open_is_place(&l->items[i].row))
			continue;
		struct row r = row_of(c, &l->items[i], version);
		for (int k = 0; k < COLUMNS; k++)
			if (national_names[k][version])
				put_cell(&w, r.cells[k]);
		csv_end_row(&w);
	}
}

static json_t *object_of(const struct open_record *record, const struct row *r, int version)
{
	json_t *o = json_object();
	for (int k = 0; k < COLUMNS; k++)
		if (national_names[k][version] && r->cells[k] && (k == LATITUDE || k == LONGITUDE))
			json_object_set_new(
				o, national_names[k][version],
				open_degrees(k == LATITUDE ? record->row.lat_e5 : record->row.lon_e5));
		else if (national_names[k][version])
			open_set(o, national_names[k][version], r->cells[k]);
	return o;
}

static void write_json(struct ctx *c, const struct open_records *l, int version, struct buf *out)
{
	open_list_begin(out, l, "[");
	for (size_t i = 0; i < l->n; i++) {
		if (!open_is_place(&l->items[i].row))
			continue;
		struct row r = row_of(c, &l->items[i], version);
		open_list_item(out, object_of(&l->items[i], &r, version));
	}
	open_list_end(out, l, "]\n");
}

void national_2_csv(struct ctx *c, const struct open_records *l, struct buf *out)
{
	write_csv(c, l, SECOND, out);
}

void national_2_json(struct ctx *c, const struct open_records *l, struct buf *out)
{
	write_json(c, l, SECOND, out);
}

void national_1_csv(struct ctx *c, const struct open_records *l, struct buf *out)
{
	write_csv(c, l, FIRST, out);
}

void national_1_json(struct ctx *c, const struct open_records *l, struct buf *out)
{
	write_json(c, l, FIRST, out);
}
