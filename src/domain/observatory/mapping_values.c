#include "observatory/mapping_values.h"

#include <glib.h>
#include <string.h>

#include "base/fold.h"
#include "base/siren.h"
#include "people/community_shape.h"
#include "people/typology.h"
#include "platform/i18n.h"

static const int lists[] = { ARRIVAL_FIELD_KINDS,	  ARRIVAL_FIELD_URLS,
			     ARRIVAL_FIELD_EMAIL,	  ARRIVAL_FIELD_WEBSITE,
			     ARRIVAL_FIELD_OTHER_EMAILS,  ARRIVAL_FIELD_STUDY_TYPOLOGIES,
			     ARRIVAL_FIELD_FEATURES,	  ARRIVAL_FIELD_NATIONAL_TYPOLOGIES,
			     ARRIVAL_FIELD_SERVICES,	  ARRIVAL_FIELD_PUBLICS,
			     ARRIVAL_FIELD_CARE,	  ARRIVAL_FIELD_COSTS,
			     ARRIVAL_FIELD_PROGRAMMES,	  ARRIVAL_FIELD_TRAININGS,
			     ARRIVAL_FIELD_ACCESS_MODES,  ARRIVAL_FIELD_OTHER_TRAININGS,
			     ARRIVAL_FIELD_SUPPORT_MODES, ARRIVAL_FIELD_MOBILITY };

bool mapping_is_list(int target)
{
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		if (lists[i] == target)
			return true;
	return false;
}

bool mapping_joins(int target)
{
	return (mapping_is_list(target) && target != ARRIVAL_FIELD_EMAIL &&
		target != ARRIVAL_FIELD_WEBSITE) ||
	       target == ARRIVAL_FIELD_ADDRESS || target == ARRIVAL_FIELD_ACTIVITIES ||
	       target == ARRIVAL_FIELD_STORY || target == ARRIVAL_FIELD_COMPLEMENT;
}

/* ---- numbers ---- */

const char *mapping_digits(struct ctx *c, const char *s)
{
	char *out = talloc_strdup(c->mem, s), *p = out;
	for (; *s; s++)
		if (!strchr(" .-+()", *s))
			*p++ = *s;
	*p = 0;
	return out;
}

bool mapping_number(const char *s, double *out)
{
	char text[40];
	size_t n = 0;
	for (; *s && n < sizeof text - 1; s++)
		if (*s == ',')
			text[n++] = '.';
		else if (*s != ' ')
			text[n++] = *s;
	text[n] = 0;
	char *end;
	*out = g_ascii_strtod(text, &end);
	return n && !*s && !*end && strspn(text, "+-.0123456789") == n;
}

/* A comma stands between the two, unless something else does. */
bool mapping_pair(struct ctx *c, const char *s, double *first, double *second)
{
	char *text = g_strstrip(talloc_strdup(c->mem, s));
	if (g_ascii_strncasecmp(text, "POINT", 5) == 0)
		text += 5;
	for (char *p = text; *p; p++)
		if (strchr("()[]\t\n", *p))
			*p = ' ';
	text = g_strstrip(text);
	char *between = strpbrk(text, ";/|");
	if (!between)
		between = strstr(text, ", ");
	if (!between)
		between = strchr(text, ' ');
	if (!between)
		between = strchr(text, ',');
	if (!between)
		return false;
	*between = 0;
	return mapping_number(text, first) && mapping_number(between + 1, second);
}

/* Noughts in front are lost when a spreadsheet takes a code for a number. */
static const char *padded(struct ctx *c, const char *s, size_t width)
{
	size_t n = strlen(s);
	return n + 1 == width && strspn(s, "0123456789") == n && *s != '0' ? fmt(c, "0%s", s) : s;
}

/* The same of a number that says itself whether it is one. */
static const char *padded_number(struct ctx *c, const char *s, int width, bool (*ok)(const char *s))
{
	size_t n = strlen(s);
	if (!n || n >= (size_t)width || strspn(s, "0123456789") != n)
		return s;
	const char *whole = fmt(c, "%0*d%s", width - (int)n, 0, s);
	return ok(whole) ? whole : s;
}

/* 2014 of 2014-05-02, of 02/05/2014. */
static const char *year_of(struct ctx *c, const char *s)
{
	size_t n = strlen(s);
	if (n >= 10 && s[4] == '-')
		return mem_text(c->mem, s, 4);
	return n == 10 && s[2] == '/' && s[5] == '/' ? s + 6 : s;
}

const char *mapping_url(struct ctx *c, const char *s)
{
	return *s && !strstr(s, "://") && strchr(s, '.') && !strpbrk(s, " @\t\n") ? fmt(c, "https://%s", s)
										  : s;
}

/* ---- lists ---- */

static const struct enumeration *words_of(int target)
{
	return target == ARRIVAL_FIELD_KINDS		  ? &community_kind_words
	       : target == ARRIVAL_FIELD_STUDY_TYPOLOGIES ? &study_typology_words
	       : target == ARRIVAL_FIELD_FEATURES	  ? &community_feature_words
							  : NULL;
}

/* A label, in either language, is its word; so is the word itself, as people write it. */
static const char *word_for(struct ctx *c, const struct enumeration *e, const char *typed)
{
	const char *folded = fold(c, typed), *word = typed;
	enum lang before = c->lang;
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		c->lang = (enum lang)lang;
		for (int i = 0; i < (int)e->n; i++)
			if (strcmp(fold(c, i18n_word(c, e, i)), folded) == 0 ||
			    strcmp(fold(c, enum_word(e, i)), folded) == 0)
				word = enum_word(e, i);
	}
	c->lang = before;
	return word;
}

static const char *mark_text(int mark)
{
	static const char *const texts[LIST_MARK_COUNT] = {
		[LIST_MARK_COMMA] = ",", [LIST_MARK_SEMICOLON] = ";", [LIST_MARK_SLASH] = "/",
		[LIST_MARK_BAR] = "|",	 [LIST_MARK_DASH] = " - ",    [LIST_MARK_LINE] = "\n",
	};
	return texts[mark];
}

static const char *item_of(struct ctx *c, int target, const char *item)
{
	const struct enumeration *e = words_of(target);
	if (target == ARRIVAL_FIELD_URLS || target == ARRIVAL_FIELD_WEBSITE)
		return mapping_url(c, item);
	return e ? word_for(c, e, item) : item;
}

static const char *list_of(struct ctx *c, const struct mapping_choice *k, const char *cell)
{
	const char *mark = mark_text(k->mark), *out = "";
	if (!mark)
		return item_of(c, k->target, cell);
	char **all = g_strsplit(cell, mark, 1000);
	for (char **p = all; *p; p++)
		if (*g_strstrip(*p))
			out = fmt(c, "%s%s%s", out, *out ? "|" : "", item_of(c, k->target, *p));
	g_strfreev(all);
	return out;
}

/* An apostrophe that keeps a spreadsheet from taking a text for a formula is none of its. */
static const char *bare(const char *cell)
{
	return *cell == '\'' && cell[1] && strchr("=+-@", cell[1]) ? cell + 1 : cell;
}

const char *mapping_value(struct ctx *c, const struct mapping_choice *k, const char *cell)
{
	const char *s = g_strstrip(talloc_strdup(c->mem, bare(cell)));
	if (mapping_is_list(k->target))
		return list_of(c, k, s);
	switch (k->target) {
	case ARRIVAL_FIELD_POSTAL_CODE:
	case ARRIVAL_FIELD_INSEE: return padded(c, s, 5);
	case ARRIVAL_FIELD_PHONE: return padded(c, s, 10);
	case ARRIVAL_FIELD_SIREN: return padded_number(c, s, 9, siren_ok);
	case ARRIVAL_FIELD_SIRET: return padded_number(c, s, 14, siret_ok);
	case ARRIVAL_FIELD_YEAR_STARTED: return year_of(c, s);
	default: return s;
	}
}

const char *mapping_shown(struct ctx *c, int field, const char *value)
{
	const struct enumeration *e = words_of(field);
	const char *out = "";
	if (!mapping_is_list(field))
		return value;
	char **all = g_strsplit(value, "|", 1000);
	for (char **p = all; *p; p++) {
		int i = e ? enum_find(e, *p) : -1;
		out = fmt(c, "%s%s%s", out, *out ? ", " : "", i < 0 ? *p : i18n_word(c, e, i));
	}
	g_strfreev(all);
	return out;
}
