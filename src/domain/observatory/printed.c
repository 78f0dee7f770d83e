#include "observatory/printed.h"

#include <string.h>

#include "base/decimal.h"
#include "observatory/printed_sql.h"
#include "observatory/shipped.h"

enum { NATIONAL, REGION, BAND, KEY, POPULATION, FILES };

/* The column that names a line, and one that is a name beside a code. */
static const struct printed_file {
	const char *file, *source, *sheet, *line, *beside;
	int year;
} files[FILES] = {
	[NATIONAL] = { "national.csv", "study-2018", "national", "scope", NULL, 2018 },
	[REGION] = { "region_density.csv", "study-2018", "region", "region", NULL, 2018 },
	[BAND] = { "employment_zone_density.csv", "study-2018", "zone_band", "population_band", NULL, 2018 },
	[KEY] = { "key_figures.csv", "study-2018", "key", "figure", NULL, 2018 },
	[POPULATION] = { "region_population_2021.csv", "insee", "population", "code", "region", 2021 },
};
static rc damaged(struct ctx *c, const char *file, size_t line)
{
	return fail_with(c, E_CORRUPT, "territory.data", "file", file, "line", fmt(c, "%zu", line), NULL);
}

/* Empty cells print nothing. Tables print decimals with a point. */
static rc load_cell(struct ctx *c, const struct printed_file *f, const char *line, const char *figure,
		    const char *printed)
{
	struct printed_fact fact = {
		.sheet = f->sheet, .line = line, .figure = figure, .printed = printed, .year = f->year
	};
	int64_t affected;
	if (!*printed || strcmp(figure, f->line) == 0 || (f->beside && strcmp(figure, f->beside) == 0))
		return OK;
	TRY(decimal_parse(printed, 3, &fact.milli));
	return printed_fact_put(c, &fact, f->source, &affected);
}

/* Every cell of a row but the one that names it. */
static rc put_row(struct ctx *c, const struct printed_file *f, const struct csv *t, const struct csv_row *r)
{
	int line = csv_column(t, f->line);
	if (line < 0)
		return damaged(c, f->file, 1);
	for (size_t k = 0; k < t->header.n; k++) {
		rc code = load_cell(c, f, csv_cell(r, line), t->header.cells[k], csv_cell(r, (int)k));
		if (code == E_INVALID)
			return damaged(c, f->file, r->line);
		TRY(code);
	}
	return OK;
}

static rc put_national(struct ctx *c, const struct csv *t, const struct csv_row *r)
{
	return put_row(c, &files[NATIONAL], t, r);
}

static rc put_region(struct ctx *c, const struct csv *t, const struct csv_row *r)
{
	return put_row(c, &files[REGION], t, r);
}

static rc put_band(struct ctx *c, const struct csv *t, const struct csv_row *r)
{
	return put_row(c, &files[BAND], t, r);
}

static rc put_key(struct ctx *c, const struct csv *t, const struct csv_row *r)
{
	return put_row(c, &files[KEY], t, r);
}

static rc put_population(struct ctx *c, const struct csv *t, const struct csv_row *r)
{
	return put_row(c, &files[POPULATION], t, r);
}

rc printed_load(struct ctx *c)
{
	static shipped_put *const puts[FILES] = { put_national, put_region, put_band, put_key,
						  put_population };
	int64_t n;
	for (size_t i = 0; i < FILES; i++)
		TRY(shipped_load(c, files[i].file, puts[i], &n));
	return OK;
}

rc printed_sheet(struct ctx *c, const char *sheet, struct printed_fact_list *out)
{
	return printed_facts(c, sheet, out);
}

const struct printed_fact *printed_find(const struct printed_fact_list *l, const char *line,
					const char *figure)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->items[i].line, line) == 0 && strcmp(l->items[i].figure, figure) == 0)
			return &l->items[i];
	return NULL;
}

int64_t printed_units(const struct printed_fact_list *l, const char *line, const char *figure)
{
	const struct printed_fact *f = printed_find(l, line, figure);
	return f ? f->milli / 1000 : 0;
}
