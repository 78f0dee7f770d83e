/* Chapters of figures: the essentials, the definitions, a generation. */
#include "observatory/indicator.h"
#include "observatory/observatory.h"
#include "observatory/report_parts.h"
#include "platform/i18n.h"

#define ADD(kind, text) document_add(c, &r->document, DOCUMENT_##kind, text)

static rc figures_of(struct ctx *c, struct report *r, struct figure_list *out)
{
	return indicator_figures(c, &r->scope, &r->places, out);
}

static const char *printed_words(struct ctx *c, const struct figure *f)
{
	if (!f->printed)
		return "";
	return fmt(c, "%s · %s", f->printed, i18n_word(c, &agreement_words, f->agreement));
}

rc report_essentials(struct ctx *c, struct report *r)
{
	const struct document_column columns[] = { { T(c, "report.figure"), 0, false },
						   { T(c, "report.value"), 70, true },
						   { T(c, "report.counted_on"), 150, false },
						   { T(c, "report.printed"), 110, false } };
	struct figure_list l;
	TRY(figures_of(c, r, &l));
	struct rows rows = rows_of(c, l.n);
	ADD(H1, T(c, "report.essentials"));
	ADD(LEAD, r->places.n ? T_N(c, "report.lead", (int64_t)r->places.n) : T(c, "report.no_places"));
	for (size_t i = 0; i < l.n; i++)
		if (l.items[i].milli != NONE)
			rows.items[rows.n++] = (struct document_row){
				.cells = { l.items[i].label, l.items[i].value,
					   l.items[i].note ? l.items[i].note : "",
					   printed_words(c, &l.items[i]) }
			};
	/* The study prints figures of the country alone. */
	bool printed = r->scope.source == FIGURE_SOURCE_STUDY && r->scope.is_whole;
	report_table(c, r, columns, printed ? 4 : 3, &rows);
	if (printed)
		ADD(NOTE, T(c, "report.printed_note"));
	return OK;
}

rc report_definitions(struct ctx *c, struct report *r)
{
	struct figure_list l;
	TRY(figures_of(c, r, &l));
	ADD(H1, T(c, "report.definitions"));
	ADD(LEAD, T(c, "report.definitions_lead"));
	for (size_t i = 0; i < l.n; i++) {
		ADD(H3, l.items[i].label);
		ADD(TEXT, l.items[i].definition);
		if (l.items[i].why && l.items[i].printed)
			ADD(NOTE, l.items[i].why);
	}
	return OK;
}

enum { WIDE = 600, HIGH = 220, FLOOR = 190, TOP = 24 };

/* A bar for each year, as fields; years as words. */
static void draw_years(struct ctx *c, const struct year_count_list *l, struct picture *p)
{
	/* A few years make no bars as wide as the page. */
	int64_t most = 1, slot = WIDE / (int64_t)(l->n < 10 ? 10 : l->n);
	for (size_t i = 0; i < l->n; i++)
		most = l->items[i].n > most ? l->items[i].n : most;
	for (size_t i = 0; i < l->n; i++) {
		const struct year_count *y = &l->items[i];
		int64_t x = (int64_t)i * slot, high = y->n * (FLOOR - TOP) / most;
		if (y->n) {
			picture_field(
				c, p,
				(struct picture_field){
					.ink = PICTURE_RAMP + (y->year >= 2015 && y->year <= 2018 ? 5 : 3),
					.path = fmt(c, "M%lld %lldl%lld 0l0 %lldl%lld 0z",
						    (long long)(4 * x + 4), (long long)(4 * (FLOOR - high)),
						    (long long)(4 * slot - 8), (long long)(4 * high),
						    (long long)(8 - 4 * slot)) });
			picture_word(c, p,
				     (struct picture_word){ .x = x + slot / 2,
							    .y = FLOOR - high - 6,
							    .ink = PICTURE_KEY_WORD,
							    .anchor = PICTURE_MIDDLE,
							    .s = fmt_int(c, y->n) });
		}
		if (i == 0 || i + 1 == l->n || (y->year % 5 == 0 && i > 2 && i + 3 < l->n))
			picture_word(c, p,
				     (struct picture_word){ .x = x + slot / 2,
							    .y = HIGH - 10,
							    .ink = PICTURE_KEY_WORD,
							    .anchor = PICTURE_MIDDLE,
							    .s = fmt(c, "%lld", (long long)y->year) });
	}
}

rc report_generation(struct ctx *c, struct report *r)
{
	struct year_count_list l = years_of(c, &r->places);
	struct picture p = {
		.width = WIDE, .height = HIGH, .class = "map--bars", .title = T(c, "report.years")
	};
	const struct document_column columns[] = { { T(c, "report.status"), 0, false },
						   { T(c, "report.places"), 70, true } };
	static const int statuses[] = { INDICATOR_SCIC, INDICATOR_SCOP, INDICATOR_LOI47,
					INDICATOR_ASSOCIATION };
	struct figure_list all;
	struct rows rows = rows_of(c, 5);
	ADD(H1, T(c, "report.generation"));
	if (l.n) {
		draw_years(c, &l, &p);
		report_picture(c, r, &p, 0, T(c, "report.years_note"));
	} else {
		ADD(TEXT, T(c, "report.no_years"));
	}
	TRY(figures_of(c, r, &all));
	for (size_t k = 0; k < sizeof statuses / sizeof *statuses; k++)
		for (size_t i = 0; i < all.n; i++)
			if (all.items[i].key == statuses[k] && all.items[i].milli != NONE)
				rows.items[rows.n++] = (struct document_row){
					.cells = { all.items[i].label, fmt_int(c, all.items[i].numerator) }
				};
	int64_t unknown = 0;
	for (size_t i = 0; i < r->places.n; i++)
		unknown += !r->places.items[i].form_known;
	if (unknown)
		rows.items[rows.n++] = (struct document_row){ .cells = { T(c, "report.form_unknown"),
									 fmt_int(c, unknown) } };
	ADD(H2, T(c, "report.statuses"));
	report_table(c, r, columns, 2, &rows);
	return OK;
}
