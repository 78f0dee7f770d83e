#include "observatory/arrival_check.h"

#include <ctype.h>
#include <glib.h>
#include <string.h>

#include "base/civil.h"
#include "base/fold.h"
#include "base/siren.h"
#include "people/community_shape.h"
#include "people/typology.h"
#include "platform/form_format.h"
#include "platform/i18n.h"
#include "spaces/opening.h"
#include "territory/commune.h"

/* A field of a row while it is looked at. */
struct looking {
	struct ctx *c;
	int field;
	const char *why;   /* what is wrong, NULL: nothing */
	const char *value; /* what of it, when not all */
};

/* ---- lists ---- */

struct text_items list_items(struct ctx *c, const char *list)
{
	size_t most = 1;
	for (const char *s = list; *s; s++)
		most += *s == '|' || *s == ';';
	struct text_items l = { new_array(c, const char *, most), 0 };
	while (*list) {
		size_t n = strcspn(list, "|;"), from = strspn(list, " \t\r\n"), to = n;
		while (to > from && strchr(" \t\r\n", list[to - 1]))
			to--;
		if (from < to)
			l.items[l.n++] = mem_text(c->mem, list + from, to - from);
		list += n + (list[n] != 0);
	}
	return l;
}

static const char *join(struct ctx *c, const char *list, const char *item)
{
	return list ? fmt(c, "%s|%s", list, item) : item;
}

static const char *refuse(struct looking *k, const char *value, const char *why)
{
	k->why = why;
	k->value = value;
	return NULL;
}

/* ---- single fields ---- */

static bool is_plain(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s < ' ' && !strchr("\n\r\t", *s))
			return false;
	return true;
}

static const char *text_up_to(struct looking *k, const char *s, long most)
{
	if (!is_plain(s))
		return refuse(k, "", K("import.bad_text"));
	return g_utf8_strlen(s, -1) > most ? refuse(k, "", K("import.too_long")) : s;
}

static const char *check_name(struct looking *k, const char *s)
{
	return text_up_to(k, s, 200);
}

static const char *check_line(struct looking *k, const char *s)
{
	return strpbrk(s, "\r\n") ? refuse(k, "", K("import.bad_text")) : text_up_to(k, s, 500);
}

static const char *check_text(struct looking *k, const char *s)
{
	return text_up_to(k, s, 20000);
}

static const char *check_url(struct looking *k, const char *s)
{
	return url_ok(s) && strlen(s) <= 500 ? s : refuse(k, s, K("import.bad_url"));
}

static const char *check_urls(struct looking *k, const char *s)
{
	struct text_items l = list_items(k->c, s);
	const char *out = NULL;
	for (size_t i = 0; i < l.n; i++) {
		if (!check_url(k, l.items[i]))
			return NULL;
		out = join(k->c, out, l.items[i]);
	}
	return out;
}

static const char *check_email(struct looking *k, const char *s)
{
	return email_ok(s) ? s : refuse(k, s, K("import.bad_email"));
}

static const char *check_emails(struct looking *k, const char *s)
{
	struct text_items l = list_items(k->c, s);
	const char *out = NULL;
	for (size_t i = 0; i < l.n; i++) {
		if (!email_ok(l.items[i]))
			return refuse(k, l.items[i], K("import.bad_email"));
		out = join(k->c, out, l.items[i]);
	}
	return out;
}

static size_t digits_of(const char *s, char *out, size_t most)
{
	size_t n = 0;
	for (; *s; s++)
		if (isdigit((unsigned char)*s) && n < most)
			out[n++] = *s;
	out[n] = 0;
	return n;
}

/* A number of France, short ones too, or one with the code of its country. */
static const char *check_phone(struct looking *k, const char *s)
{
	char d[20];
	size_t n = digits_of(s, d, sizeof d - 1);
	bool foreign = *s == '+' || strncmp(s, "00", 2) == 0;
	bool shape = strspn(s, "+0123456789 ().-") == strlen(s) && !strchr(s + 1, '+');
	bool right = foreign ? n >= 8 && n <= 15 : (n == 10 && *d == '0') || n == 4 || n == 6;
	return shape && right ? s : refuse(k, s, K("import.bad_phone"));
}

static const char *check_opening(struct looking *k, const char *s)
{
	struct opening *o;
	struct failure before = k->c->failure;
	rc code = opening_parse(k->c, s, &o, NULL);
	k->c->failure = before;
	return code == OK ? s : refuse(k, s, K("import.bad_hours"));
}

static bool all_digits(const char *s, size_t n)
{
	return strlen(s) == n && strspn(s, "0123456789") == n;
}

static const char *check_postal(struct looking *k, const char *s)
{
	return all_digits(s, 5) ? s : refuse(k, s, K("import.bad_postal_code"));
}

static const char *check_insee(struct looking *k, const char *s)
{
	bool corsica = strlen(s) == 5 && *s == '2' && (s[1] == 'A' || s[1] == 'B') && all_digits(s + 2, 3);
	return corsica || all_digits(s, 5) ? s : refuse(k, s, K("import.bad_insee"));
}

bool degrees_read(const char *s, int64_t most, int64_t *e5)
{
	bool minus = *s == '-';
	int64_t v = 0;
	int decimals = -1, n = 0;
	s += minus || *s == '+';
	for (; *s; s++) {
		if ((*s == '.' || *s == ',') && decimals < 0) {
			decimals = 0;
			continue;
		}
		if (!isdigit((unsigned char)*s) || n++ > 40)
			return false;
		if (decimals < 5 && v <= 1000)
			v = v * 10 + (*s - '0');
		else if (decimals < 5)
			v = decimals < 0 ? 1000000 : v * 10 + (*s - '0');
		else if (decimals == 5)
			v += *s >= '5';
		decimals += decimals >= 0;
	}
	if (decimals < 0)
		decimals = 0;
	for (; decimals < 5; decimals++)
		v *= 10;
	*e5 = minus ? -v : v;
	return n > 0 && v <= most * 100000;
}

const char *degrees_write(struct ctx *c, int64_t e5)
{
	uint64_t all = (uint64_t)(e5 < 0 ? -e5 : e5);
	return fmt(c, "%s%llu.%05llu", e5 < 0 ? "-" : "", (unsigned long long)(all / 100000),
		   (unsigned long long)(all % 100000));
}

static const char *check_degrees(struct looking *k, const char *s)
{
	int64_t e5, most = k->field == ARRIVAL_FIELD_LATITUDE ? 90 : 180;
	return degrees_read(s, most, &e5) ? degrees_write(k->c, e5) : refuse(k, s, K("import.bad_degrees"));
}

static const char *without_blanks(struct ctx *c, const char *s)
{
	char *out = talloc_strdup(c->mem, s), *p = out;
	for (; *s; s++)
		if (!strchr(" .-", *s))
			*p++ = *s;
	*p = 0;
	return out;
}

static const char *check_siren(struct looking *k, const char *s)
{
	const char *d = without_blanks(k->c, s);
	return siren_ok(d) ? d : refuse(k, s, K("import.bad_siren"));
}

/* Fourteen noughts stand for "none" in many files. */
static const char *check_siret(struct looking *k, const char *s)
{
	const char *d = without_blanks(k->c, s);
	if (strspn(d, "0") == strlen(d))
		return NULL;
	return siret_ok(d) ? d : refuse(k, s, K("import.bad_siret"));
}

static const char *check_rna(struct looking *k, const char *s)
{
	bool right = strlen(s) == 10 && *s == 'W';
	for (const char *p = s; *p; p++)
		right = right && isalnum((unsigned char)*p);
	return right ? s : refuse(k, s, K("import.bad_rna"));
}

static const char *check_year(struct looking *k, const char *s)
{
	bool right = all_digits(s, 4) && strcmp(s, "1000") >= 0 && strcmp(s, "2100") <= 0;
	return right ? s : refuse(k, s, K("import.number"));
}

/* 2026-11-24, whatever the hour; 24/11/2026. */
static const char *check_day(struct looking *k, const char *s)
{
	const char *iso = mem_text(k->c->mem, s, strnlen(s, 10));
	day d;
	if (strlen(iso) == 10 && iso[2] == '/' && iso[5] == '/')
		iso = fmt(k->c, "%.4s-%.2s-%.2s", iso + 6, iso + 3, iso);
	return day_parse(iso, &d) == OK ? iso : refuse(k, s, K("import.bad_day"));
}

static const char *check_ban_key(struct looking *k, const char *s)
{
	bool right = strlen(s) <= 40;
	for (const char *p = s; *p; p++)
		right = right && (isalnum((unsigned char)*p) || *p == '_');
	return right ? s : refuse(k, s, K("import.bad_ban_key"));
}

/* ---- words of lists ---- */

static const struct {
	int field;
	const char *word;
} national[] = {
#define WORD(f, text) { ARRIVAL_FIELD_##f, text },
#include "observatory/national_words.def"
#undef WORD
};

/* As the schema writes it; version 1 explains its words after a colon, which many leave out. */
static const char *national_word(struct ctx *c, int field, const char *typed)
{
	const char *folded = fold(c, typed);
	for (size_t i = 0; i < sizeof national / sizeof *national; i++) {
		const char *word = national[i].word, *colon = strstr(word, " : ");
		if (national[i].field != field)
			continue;
		if (strcmp(fold(c, word), folded) == 0)
			return word;
		if (colon && strcmp(fold(c, mem_text(c->mem, word, (size_t)(colon - word))), folded) == 0)
			return word;
	}
	return NULL;
}

/* A word of an enumeration of ours. */
static const char *our_word(struct ctx *c, int field, const char *typed)
{
	const struct enumeration *const all[ARRIVAL_FIELD_COUNT] = {
		[ARRIVAL_FIELD_KINDS] = &community_kind_words,
		[ARRIVAL_FIELD_STUDY_TYPOLOGIES] = &study_typology_words,
		[ARRIVAL_FIELD_FEATURES] = &community_feature_words,
	};
	if (field == ARRIVAL_FIELD_NATIONAL_TYPOLOGIES) {
		int code = strcmp(typed, "PE") == 0 ? NATIONAL_TYPOLOGY_FT : national_find(c, typed);
		return code < 0 ? NULL : national_code(c, code);
	}
	if (!all[field])
		return national_word(c, field, typed);
	int i = enum_find(all[field], typed);
	return i < 0 ? NULL : enum_word(all[field], i);
}

static bool holds(const struct text_items *l, const char *word)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->items[i], word) == 0)
			return true;
	return false;
}

/* What our enumerations hold comes in their order, as the database keeps sets. */
static const char *in_order(struct ctx *c, int field, const struct text_items *l)
{
	const char *out = NULL;
	const struct enumeration *e = field == ARRIVAL_FIELD_KINDS		? &community_kind_words
				      : field == ARRIVAL_FIELD_STUDY_TYPOLOGIES ? &study_typology_words
				      : field == ARRIVAL_FIELD_FEATURES		? &community_feature_words
										: NULL;
	if (field == ARRIVAL_FIELD_NATIONAL_TYPOLOGIES)
		for (int i = 0; i < NATIONAL_TYPOLOGY_COUNT; i++)
			out = holds(l, national_code(c, i)) ? join(c, out, national_code(c, i)) : out;
	for (int i = 0; e && i < (int)e->n; i++)
		out = holds(l, enum_word(e, i)) ? join(c, out, enum_word(e, i)) : out;
	for (size_t i = 0; !e && field != ARRIVAL_FIELD_NATIONAL_TYPOLOGIES && i < l->n; i++)
		out = join(c, out, l->items[i]);
	return out;
}

/* A group of the study stands with each of its kinds. */
static void add_groups(struct ctx *c, struct text_items *l)
{
	struct text_items all = { new_array(c, const char *, l->n * 2 + 1), 0 };
	for (size_t i = 0; i < l->n; i++) {
		int code = enum_find(&study_typology_words, l->items[i]);
		const char *group = enum_word(&study_typology_words, study_group(code));
		all.items[all.n++] = l->items[i];
		if (!holds(l, group) && !holds(&all, group))
			all.items[all.n++] = group;
	}
	*l = all;
}

static const char *check_words(struct looking *k, const char *s)
{
	struct text_items typed = list_items(k->c, s), l = { new_array(k->c, const char *, typed.n + 1), 0 };
	for (size_t i = 0; i < typed.n; i++) {
		const char *word = our_word(k->c, k->field, typed.items[i]);
		if (!word)
			return refuse(k, typed.items[i], K("import.not_in_list"));
		if (!holds(&l, word))
			l.items[l.n++] = word;
	}
	if (k->field == ARRIVAL_FIELD_STUDY_TYPOLOGIES)
		add_groups(k->c, &l);
	return in_order(k->c, k->field, &l);
}

/* Texts of no list, as they are. */
static const char *check_items(struct looking *k, const char *s)
{
	struct text_items l = list_items(k->c, s);
	return text_up_to(k, s, 5000) ? in_order(k->c, k->field, &l) : NULL;
}

/* "91, 92" for what stands in several. */
static const char *check_departement(struct looking *k, const char *s)
{
	bool right = strlen(s) <= 40 && strspn(s, "0123456789AB, ") == strlen(s);
	return right ? s : refuse(k, s, K("import.departement"));
}

typedef const char *check_fn(struct looking *k, const char *s);
static check_fn *const checks[ARRIVAL_FIELD_COUNT] = {
	[ARRIVAL_FIELD_NAME] = check_name,
	[ARRIVAL_FIELD_KINDS] = check_words,
	[ARRIVAL_FIELD_ACTIVITIES] = check_text,
	[ARRIVAL_FIELD_STORY] = check_text,
	[ARRIVAL_FIELD_ADDRESS] = check_line,
	[ARRIVAL_FIELD_COMPLEMENT] = check_line,
	[ARRIVAL_FIELD_POSTAL_CODE] = check_postal,
	[ARRIVAL_FIELD_CITY] = check_line,
	[ARRIVAL_FIELD_INSEE] = check_insee,
	[ARRIVAL_FIELD_DEPARTEMENT] = check_departement,
	[ARRIVAL_FIELD_LATITUDE] = check_degrees,
	[ARRIVAL_FIELD_LONGITUDE] = check_degrees,
	[ARRIVAL_FIELD_SIREN] = check_siren,
	[ARRIVAL_FIELD_SIRET] = check_siret,
	[ARRIVAL_FIELD_RNA] = check_rna,
	[ARRIVAL_FIELD_YEAR_STARTED] = check_year,
	[ARRIVAL_FIELD_WEBSITE] = check_url,
	[ARRIVAL_FIELD_URLS] = check_urls,
	[ARRIVAL_FIELD_EMAIL] = check_email,
	[ARRIVAL_FIELD_OTHER_EMAILS] = check_emails,
	[ARRIVAL_FIELD_PHONE] = check_phone,
	[ARRIVAL_FIELD_OPENING] = check_opening,
	[ARRIVAL_FIELD_ACCESSIBILITY] = check_text,
	[ARRIVAL_FIELD_STUDY_TYPOLOGIES] = check_words,
	[ARRIVAL_FIELD_NATIONAL_TYPOLOGIES] = check_words,
	[ARRIVAL_FIELD_FEATURES] = check_words,
	[ARRIVAL_FIELD_ORIGIN] = check_line,
	[ARRIVAL_FIELD_SAID_ON] = check_day,
	[ARRIVAL_FIELD_MOBILITY] = check_words,
	[ARRIVAL_FIELD_PARENT] = check_line,
	[ARRIVAL_FIELD_SERVICES] = check_words,
	[ARRIVAL_FIELD_PUBLICS] = check_words,
	[ARRIVAL_FIELD_CARE] = check_words,
	[ARRIVAL_FIELD_COSTS] = check_words,
	[ARRIVAL_FIELD_PROGRAMMES] = check_words,
	[ARRIVAL_FIELD_TRAININGS] = check_words,
	[ARRIVAL_FIELD_OTHER_TRAININGS] = check_items,
	[ARRIVAL_FIELD_ACCESS_MODES] = check_words,
	[ARRIVAL_FIELD_SUPPORT_MODES] = check_words,
	[ARRIVAL_FIELD_APPOINTMENTS] = check_url,
	[ARRIVAL_FIELD_BAN_KEY] = check_ban_key,
	[ARRIVAL_FIELD_FORMER_SERVICES] = check_words,
	[ARRIVAL_FIELD_FORMER_PUBLICS] = check_words,
	[ARRIVAL_FIELD_FORMER_COSTS] = check_words,
	[ARRIVAL_FIELD_FORMER_PROGRAMMES] = check_words,
	[ARRIVAL_FIELD_FORMER_SUPPORT] = check_words,
};

/* ---- a whole row ---- */

struct checking {
	struct arrivals *l;
	const struct arrival *a;
	bool strict;
	struct record *out;
	bool bad;
};

static void tell(struct checking *k, int field, const char *value, const char *why)
{
	const char *column = k->l->columns[field];
	/* A town that is not found is kept as it was written. */
	bool left = field == ARRIVAL_FIELD_CITY || (!k->strict && field != ARRIVAL_FIELD_NAME);
	arrival_blame(k->l, k->a->line, column ? column : enum_word(&arrival_field_words, field), value, why);
	k->l->problems[k->l->n_problems - 1].left_out = left;
	k->bad = k->bad || !left;
}

static void check_fields(struct checking *k)
{
	for (int f = 0; f < ARRIVAL_FIELD_COUNT; f++) {
		struct looking look = { .c = k->l->c, .field = f };
		if (!k->a->said[f])
			continue;
		k->out->is[f] = checks[f](&look, k->a->said[f]);
		if (look.why)
			tell(k, f, look.value, look.why);
	}
}

/* One half of a position says nothing. */
static void check_position(struct checking *k)
{
	const char **lat = &k->out->is[ARRIVAL_FIELD_LATITUDE], **lon = &k->out->is[ARRIVAL_FIELD_LONGITUDE];
	if (!*lat != !*lon && k->a->said[ARRIVAL_FIELD_LATITUDE] && k->a->said[ARRIVAL_FIELD_LONGITUDE])
		*lat = *lon = NULL;
	else if (!*lat != !*lon)
		tell(k, *lat ? ARRIVAL_FIELD_LONGITUDE : ARRIVAL_FIELD_LATITUDE, "",
		     K("import.half_position"));
	if (!*lat || !*lon)
		*lat = *lon = NULL;
}

/* The département of a postal code, as far as it tells. */
static const char *departement_of(struct ctx *c, const char *postal)
{
	if (!postal || strncmp(postal, "20", 2) == 0)
		return NULL;
	return mem_text(c->mem, postal, strncmp(postal, "97", 2) == 0 ? 3 : 2);
}

static rc find_commune(struct checking *k, struct commune_card *out, bool *found)
{
	struct ctx *c = k->l->c;
	const char **is = k->out->is;
	int errors;
	*found = false;
	if (is[ARRIVAL_FIELD_INSEE]) {
		rc code = commune_by_insee(c, is[ARRIVAL_FIELD_INSEE], out);
		*found = code == OK;
		if (code == E_NOT_FOUND)
			tell(k, ARRIVAL_FIELD_INSEE, is[ARRIVAL_FIELD_INSEE], K("import.no_insee"));
		else if (code != OK)
			return code;
	} else if (is[ARRIVAL_FIELD_CITY]) {
		TRY(commune_match(c, is[ARRIVAL_FIELD_CITY], departement_of(c, is[ARRIVAL_FIELD_POSTAL_CODE]),
				  out, found, &errors));
	}
	return OK;
}

/* "12 rue de l'Orme, Lyon" may end in a town: where it stands will tell. */
static const char *end_of(const char *address)
{
	const char *comma = address ? strrchr(address, ',') : NULL;
	return comma ? comma + 1 : address;
}

/* A name that several bear, or none: its postal code and where it stands say more. */
static rc find_by_signs(struct checking *k, struct commune_card *out, bool *found)
{
	const char **is = k->out->is;
	const char *name = is[ARRIVAL_FIELD_CITY], *postal = is[ARRIVAL_FIELD_POSTAL_CODE];
	int64_t lat = NONE, lon = NONE;
	if (!name && !postal && is[ARRIVAL_FIELD_LATITUDE])
		name = end_of(is[ARRIVAL_FIELD_ADDRESS]);
	if (is[ARRIVAL_FIELD_LATITUDE]) {
		(void)degrees_read(is[ARRIVAL_FIELD_LATITUDE], 90, &lat);
		(void)degrees_read(is[ARRIVAL_FIELD_LONGITUDE], 180, &lon);
	}
	TRY(commune_of_signs(k->l->c, name, postal, lat, lon, out, found));
	if (!*found && is[ARRIVAL_FIELD_CITY])
		tell(k, ARRIVAL_FIELD_CITY, is[ARRIVAL_FIELD_CITY], K("import.no_city"));
	return OK;
}

static rc check_town(struct checking *k)
{
	const char **is = k->out->is;
	struct commune_card town;
	bool found;
	TRY(find_commune(k, &town, &found));
	if (!found && !is[ARRIVAL_FIELD_INSEE])
		TRY(find_by_signs(k, &town, &found));
	is[ARRIVAL_FIELD_INSEE] = found ? town.insee : NULL;
	if (!found)
		return OK;
	is[ARRIVAL_FIELD_CITY] = is[ARRIVAL_FIELD_DEPARTEMENT] = NULL;
	if (is[ARRIVAL_FIELD_POSTAL_CODE] && strcmp(is[ARRIVAL_FIELD_POSTAL_CODE], town.postal_codes) == 0)
		is[ARRIVAL_FIELD_POSTAL_CODE] = NULL;
	return OK;
}

static void check_alone(struct checking *k)
{
	*k->out = (struct record){ { NULL } };
	check_fields(k);
	if (!k->a->said[ARRIVAL_FIELD_NAME])
		tell(k, ARRIVAL_FIELD_NAME, "", K("import.empty"));
	check_position(k);
}

void arrival_check_fields(struct arrivals *l, const struct arrival *a, bool strict, struct record *out,
			  bool *bad)
{
	struct checking k = { l, a, strict, out, false };
	check_alone(&k);
	*bad = k.bad;
}

rc arrival_check(struct arrivals *l, const struct arrival *a, bool strict, struct record *out, bool *bad)
{
	struct checking k = { l, a, strict, out, false };
	check_alone(&k);
	TRY(check_town(&k));
	const char *siren = out->is[ARRIVAL_FIELD_SIREN], *siret = out->is[ARRIVAL_FIELD_SIRET];
	if (siren && siret && strncmp(siren, siret, 9) != 0) {
		tell(&k, ARRIVAL_FIELD_SIRET, siret, K("import.other_siren"));
		out->is[ARRIVAL_FIELD_SIRET] = NULL;
	}
	*bad = k.bad;
	return OK;
}
