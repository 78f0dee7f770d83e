#include "territory/commune.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "base/fold.h"
#include "territory/commune_sql.h"

/* Greater than any character: what lies between a text and the text with this
 * behind it begins with the text. */
#define LAST_CHARACTER "\xf4\x8f\xbf\xbf"

rc commune_by_insee(struct ctx *c, const char *insee, struct commune_card *out)
{
	bool found;
	TRY(commune_card_of(c, insee, out, &found));
	if (found)
		return OK;
	TRY(commune_of_alias(c, insee, &insee, &found));
	if (found)
		TRY(commune_card_of(c, insee, out, &found));
	return found ? OK : fail(c, E_NOT_FOUND, "commune.not_found");
}

rc commune_details(struct ctx *c, const char *insee, struct commune_row *out)
{
	bool found;
	struct commune_card today;
	TRY(commune_by_insee(c, insee, &today));
	TRY(commune_row_of(c, today.insee, out, &found));
	return found ? OK : fail(c, E_NOT_FOUND, "commune.not_found");
}

/* The code that the text begins with, in upper case; NULL: a name. */
static const char *code_in(struct ctx *c, const char *text)
{
	text += strspn(text, " ");
	if (!isdigit((unsigned char)*text))
		return NULL;
	char *code = fmt(c, "%.5s", text);
	for (char *p = code; *p; p++) {
		*p = (char)toupper((unsigned char)*p);
		if (!isdigit((unsigned char)*p) && !strchr("AB", *p))
			*p-- = 0;
	}
	return code;
}

rc commune_search(struct ctx *c, const char *text, int limit, struct commune_card_list *out)
{
	limit = limit < 1 ? 1 : limit > 100 ? 100 : limit;
	*out = (struct commune_card_list){ 0 };
	const char *code = code_in(c, text);
	if (code)
		return commune_found_by_code(c, code, fmt(c, "%s" LAST_CHARACTER, code), limit, out);
	const char *key = fold_place(c, text);
	if (!*key)
		return OK;
	/* "!" comes right after the blank that ends a word. */
	const char *after_word = fmt(c, "%s!", key);
	const char *beyond = key[1] ? fmt(c, "%s" LAST_CHARACTER, key) : after_word;
	return commune_found_by_name(c, key, beyond, fmt(c, "%s ", key), after_word, limit, out);
}

double commune_distance(int64_t lat_e5, int64_t lon_e5, int64_t other_lat_e5, int64_t other_lon_e5)
{
	const double radius = 6371008.8, unit = M_PI / 180 / 100000;
	double up = sin((double)(other_lat_e5 - lat_e5) * unit / 2);
	double along = sin((double)(other_lon_e5 - lon_e5) * unit / 2);
	double h = up * up + cos((double)lat_e5 * unit) * cos((double)other_lat_e5 * unit) * along * along;
	return 2 * radius * asin(sqrt(h < 1 ? h : 1));
}
