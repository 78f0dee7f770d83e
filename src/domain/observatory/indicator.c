/* indicator.c - one list of places, each rule a question to a place; a figure
 * is how many say yes over how many may be asked, kept as whole numbers. */
#include "observatory/indicator.h"

#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "observatory/indicator_sql.h"
#include "observatory/known.h"
#include "observatory/printed.h"
#include "people/community_shape.h"
#include "platform/i18n.h"

/* ---- which places count ---- */

typedef bool rule(const struct place_fact *p);

static bool every(const struct place_fact *p)
{
	return p->pub.s[0];
}

/* Those whose form, whose links were known on the day looked at: all, today. */
static bool formed(const struct place_fact *p)
{
	return p->form_known;
}

static bool known(const struct place_fact *p)
{
	return p->known;
}

/* The study prints "Association > Scic" for one on its way. */
static bool printed_on_its_way(const struct place_fact *p)
{
	return p->legal_note && strncmp(p->legal_note, "Association", 11) == 0 &&
	       strstr(p->legal_note, "Scic");
}

static bool has_form(const struct place_fact *p, int form)
{
	return p->legal_form && strcmp(p->legal_form, enum_word(&legal_form_words, form)) == 0;
}

/* Or its stewards say since which year it is. */
static bool becoming_scic(const struct place_fact *p)
{
	return printed_on_its_way(p) || (p->becoming != NONE && !has_form(p, LEGAL_FORM_SCIC));
}

static bool scic_or_becoming(const struct place_fact *p)
{
	return has_form(p, LEGAL_FORM_SCIC) || becoming_scic(p);
}

static bool scop(const struct place_fact *p)
{
	return has_form(p, LEGAL_FORM_SCOP);
}

static bool loi47(const struct place_fact *p)
{
	return has_form(p, LEGAL_FORM_LOI47);
}

static bool association(const struct place_fact *p)
{
	return has_form(p, LEGAL_FORM_ASSOCIATION) && !becoming_scic(p);
}

static bool dated(const struct place_fact *p)
{
	return p->year != NONE;
}

static bool launched(const struct place_fact *p)
{
	return dated(p) && p->year >= 2015 && p->year <= 2018;
}

static bool in_2016(const struct place_fact *p)
{
	return p->year == 2016;
}

static bool in_2017(const struct place_fact *p)
{
	return p->year == 2017;
}

static bool publishing(const struct place_fact *p)
{
	return p->revenue != NONE;
}

static bool with_cae(const struct place_fact *p)
{
	return p->is_cae || p->caes > 0;
}

static const struct rule_of {
	int unit;
	enum { COUNT, SHARE, MEAN, MEDIAN, CENSUS } how;
	rule *numerator, *denominator;
	int digits;
	const char *definition, *why, *note;
} rules[INDICATOR_COUNT] = {
#define INDICATOR(word, unit, how, numerator, denominator, digits, definition, why, note) \
	[INDICATOR_##                                                                     \
		word] = { FIGURE_UNIT_##unit, how, numerator, denominator, digits, definition, why, note },
#include "observatory/indicator.def"
#undef INDICATOR
};

/* ---- whole fractions ---- */

int64_t ratio_rounded(int64_t numerator, int64_t unit, int64_t denominator, int64_t step)
{
	if (denominator <= 0)
		return NONE;
	return (2 * numerator * unit + step * denominator) / (2 * step * denominator) * step;
}

const char *fmt_milli(struct ctx *c, int64_t milli, int digits)
{
	int64_t step = digits == 0 ? 1000 : digits == 1 ? 100 : digits == 2 ? 10 : 1;
	return is_none((quantity){ milli }) ? ""
					    : fmt_quantity(c, (quantity){ ratio_rounded(milli, 1, 1, step) });
}

static int64_t count(const struct place_fact_list *l, rule *counts)
{
	int64_t n = 0;
	for (size_t i = 0; i < l->n; i++)
		n += counts(&l->items[i]);
	return n;
}

static int64_t revenue_of(const struct place_fact_list *l)
{
	int64_t sum = 0;
	for (size_t i = 0; i < l->n; i++)
		sum += publishing(&l->items[i]) ? l->items[i].revenue : 0;
	return sum;
}

static int by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

/* The middle one, or the two middle ones over two. */
static void median_of(struct ctx *c, const struct place_fact_list *l, int64_t *numerator,
		      int64_t *denominator)
{
	int64_t *all = mem_array(c->mem, sizeof *all, l->n + 1, "int64_t");
	size_t n = 0;
	for (size_t i = 0; i < l->n; i++)
		if (publishing(&l->items[i]))
			all[n++] = l->items[i].revenue;
	*numerator = *denominator = 0;
	if (!n)
		return;
	qsort(all, n, sizeof *all, by_size);
	*denominator = n % 2 ? 1 : 2;
	*numerator = all[n / 2] + (n % 2 ? 0 : all[n / 2 - 1]);
}

struct table {
	const struct scope *scope;
	const struct place_fact_list *places;
	struct printed_fact_list key;
	int64_t census;
};

static void fraction(struct ctx *c, const struct table *t, const struct rule_of *r, struct figure *f)
{
	f->numerator = count(t->places, r->numerator);
	f->denominator = count(t->places, r->denominator);
	/* Among none of whom anything is known nothing is counted; no place at all is a count. */
	if (r->how == COUNT)
		f->denominator = f->denominator || !t->places->n;
	if (r->how == MEAN)
		f->numerator = revenue_of(t->places);
	else if (r->how == MEDIAN)
		median_of(c, t->places, &f->numerator, &f->denominator);
	else if (r->how == CENSUS)
		f->denominator = t->census;
}

/* ---- in words ---- */

static const char *with_unit(struct ctx *c, int unit, const char *number)
{
	if (!*number || unit == FIGURE_UNIT_PLACES)
		return number;
	return T_TEXT(c, unit == FIGURE_UNIT_SHARE ? K("figures.percent") : K("figures.keur"), "value",
		      number);
}

static const char *note_of(struct ctx *c, const struct table *t, const struct rule_of *r,
			   const struct figure *f)
{
	int64_t middle, of, all = (int64_t)t->places->n, on = count(t->places, dated);
	median_of(c, t->places, &middle, &of);
	int64_t launches = ratio_rounded(count(t->places, launched), 100000, on, 1);
	struct arg args[] = {
		{ "n", ARG_INT, NULL,
		  r->how == MEAN || r->how == MEDIAN ? count(t->places, publishing) : f->numerator },
		{ "total", ARG_TEXT, fmt_int(c, r->how == COUNT ? all : f->denominator), 0 },
		{ "situated", ARG_TEXT, fmt_int(c, indicator_situated(t->places)), 0 },
		{ "median", ARG_TEXT, fmt_milli(c, ratio_rounded(middle, 1000, of, 1), 0), 0 },
		{ "dated", ARG_TEXT, fmt_int(c, on), 0 },
		{ "of_dated", ARG_TEXT, fmt_milli(c, launches, 1), 0 },
	};
	return i18n(c, r->note, args, sizeof args / sizeof *args);
}

const char *indicator_link(struct ctx *c, const struct scope *s, int indicator, int part)
{
	return fmt(c, "/observatory/figure?key=%s&%s%s", enum_word(&indicator_words, indicator), s->query,
		   part == RECORD_PART_BASE ? "&part=base" : "");
}

/* Rounded as the print is, do both say the same? */
static void compare(struct ctx *c, const struct table *t, const struct rule_of *r, struct figure *f)
{
	const char *word = enum_word(&indicator_words, f->key);
	const struct printed_fact *printed = printed_find(&t->key, word, "printed");
	int64_t unit = f->unit == FIGURE_UNIT_SHARE ? 100000 : 1000;
	f->agreement = AGREEMENT_UNPRINTED;
	if (!printed || t->scope->source != FIGURE_SOURCE_STUDY || !t->scope->is_whole ||
	    ymd_of(t->scope->on).year < printed->year)
		return;
	int64_t ours = ratio_rounded(f->numerator, unit, f->denominator,
				     printed_units(&t->key, word, "step") * 1000);
	f->printed = with_unit(c, f->unit, fmt_milli(c, printed->milli, 1));
	f->agreement = ours == printed->milli ? AGREEMENT_AGREES : AGREEMENT_DIFFERS;
	f->why = r->why ? i18n(c, r->why, NULL, 0) : NULL;
}

static const char *vintage_of(struct ctx *c, const struct scope *s)
{
	if (s->source == FIGURE_SOURCE_STUDY)
		return T(c, "figures.vintage_study");
	return s->is_past ? T_TEXT(c, "figures.vintage_past", "day", fmt_day(c, s->on))
			  : T(c, "figures.vintage_all");
}

static struct figure figure_of(struct ctx *c, const struct table *t, int key)
{
	const struct rule_of *r = &rules[key];
	struct figure f = { .key = key, .unit = r->unit, .at = c->now };
	fraction(c, t, r, &f);
	f.label = i18n_word(c, &indicator_words, key);
	f.definition = i18n(c, r->definition, NULL, 0);
	f.milli = ratio_rounded(f.numerator, f.unit == FIGURE_UNIT_SHARE ? 100000 : 1000, f.denominator, 1);
	f.value = with_unit(c, f.unit, fmt_milli(c, f.milli, f.unit == FIGURE_UNIT_SHARE ? 1 : 0));
	f.exact = with_unit(c, f.unit, fmt_milli(c, f.milli, r->digits));
	f.note = note_of(c, t, r, &f);
	f.vintage = vintage_of(c, t->scope);
	f.link = indicator_link(c, t->scope, key, RECORD_PART_COUNTED);
	f.records = fmt(c, "%s#records", f.link);
	compare(c, t, r, &f);
	return f;
}

const char *indicator_status(struct ctx *c, const struct place_fact *p)
{
	int form = p->legal_form ? enum_find(&legal_form_words, p->legal_form) : -1;
	return p->legal_note ? p->legal_note : form >= 0 ? i18n_word(c, &legal_form_words, form) : NULL;
}

int64_t indicator_situated(const struct place_fact_list *places)
{
	int64_t n = 0;
	for (size_t i = 0; i < places->n; i++)
		n += places->items[i].situated;
	return n;
}

rc indicator_figures(struct ctx *c, const struct scope *s, const struct place_fact_list *places,
		     struct figure_list *out)
{
	struct table t = { .scope = s, .places = places };
	struct printed_fact_list national;
	bool census = s->is_whole && s->source == FIGURE_SOURCE_STUDY && !s->is_past;
	TRY(printed_sheet(c, "key", &t.key));
	TRY(printed_sheet(c, "national", &national));
	t.census = printed_units(&national, "FRANCE ENTIÈRE", "places_total");
	*out = (struct figure_list){ new_array(c, struct figure, INDICATOR_COUNT), 0 };
	for (int k = 0; k < INDICATOR_COUNT; k++)
		if (rules[k].how != CENSUS || census)
			out->items[out->n++] = figure_of(c, &t, k);
	return OK;
}

struct place_fact_list indicator_records(struct ctx *c, int indicator, int part,
					 const struct place_fact_list *places)
{
	const struct rule_of *r = &rules[indicator];
	rule *counts = part == RECORD_PART_BASE ? r->denominator : r->numerator;
	struct place_fact_list l = { new_array(c, struct place_fact, places->n + 1), 0 };
	for (size_t i = 0; i < places->n; i++)
		if (counts(&places->items[i]))
			l.items[l.n++] = places->items[i];
	return l;
}

rc indicator_places_of(struct ctx *c, const struct scope *s, struct place_fact_list *out)
{
	struct known_day d = known_day(c, s->on);
	return known_places(c, &d, enum_word(&territory_kind_words, s->kind), s->code, scope_source(s), out);
}
