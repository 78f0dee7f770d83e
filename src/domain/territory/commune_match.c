/* commune_match.c - the commune behind a printed name. */
#include <ctype.h>
#include <string.h>

#include "base/edits.h"
#include "base/fold.h"
#include "territory/commune.h"
#include "territory/commune_sql.h"

/* The nearest name so far; several communes at the same distance: none. */
struct nearest {
	const char *insee;
	int errors;
	bool several;
};

/* How many wrong letters a name of that length bears. */
static int tolerance(const char *name)
{
	size_t len = strlen(name);
	return len < 5 ? 0 : len < 8 ? 1 : 2;
}

static void consider(struct nearest *best, const char *insee, int errors)
{
	if (best->insee && errors > best->errors)
		return;
	bool same = best->insee && strcmp(best->insee, insee) == 0;
	if (!best->insee || errors < best->errors)
		*best = (struct nearest){ .insee = insee, .errors = errors };
	else if (!same)
		best->several = true;
}

static void look(struct nearest *best, const char *name, int most, const struct commune_name_list *names)
{
	struct edits typed;
	edits_prepare(&typed, name);
	for (size_t i = 0; i < names->n; i++) {
		const struct commune_name *n = &names->items[i];
		int errors = edits_to(&typed, n->folded, strlen(n->folded), NULL);
		if (errors <= most)
			consider(best, n->insee, errors);
	}
}

/* The next département of "91;92", with its nought: "6" is "06". */
static const char *next_departement(struct ctx *c, const char **list)
{
	*list += strspn(*list, " ;,/");
	size_t len = strcspn(*list, " ;,/");
	if (!len)
		return NULL;
	char *code = fmt(c, "%s%.*s", len == 1 ? "0" : "", (int)len, *list);
	for (char *p = code; *p; p++)
		*p = (char)toupper((unsigned char)*p);
	*list += len;
	return code;
}

typedef rc names_fn(struct ctx *c, const char *departement, struct commune_name_list *out);

static rc look_in(struct ctx *c, struct nearest *best, const char *name, int most, const char *departements,
		  names_fn *names_of)
{
	for (const char *code; (code = next_departement(c, &departements));) {
		struct commune_name_list names;
		TRY(names_of(c, code, &names));
		look(best, name, most, &names);
	}
	return OK;
}

/* A name that is right elsewhere is no misprint: the département is in doubt. */
static rc is_elsewhere(struct ctx *c, const char *name, bool *yes)
{
	struct commune_named_row_list rows;
	TRY(commune_named(c, name, &rows));
	*yes = rows.n > 0;
	return OK;
}

static rc look_everywhere(struct ctx *c, struct nearest *best, const char *name)
{
	struct commune_named_row_list rows;
	TRY(commune_named(c, name, &rows));
	for (size_t i = 0; i < rows.n; i++)
		consider(best, rows.items[i].insee, 0);
	return OK;
}

static rc look_around(struct ctx *c, struct nearest *best, const char *name, const char *departements)
{
	bool elsewhere;
	TRY(look_in(c, best, name, 0, departements, commune_names_of_departement));
	if (!best->insee)
		TRY(look_in(c, best, name, 0, departements, commune_aliases_of_departement));
	if (best->insee)
		return OK;
	TRY(is_elsewhere(c, name, &elsewhere));
	return elsewhere
		       ? OK
		       : look_in(c, best, name, tolerance(name), departements, commune_names_of_departement);
}

rc commune_match(struct ctx *c, const char *printed_name, const char *departement, struct commune_card *out,
		 bool *found, int *errors)
{
	struct nearest best = { 0 };
	const char *name = fold_place(c, printed_name);
	*found = false;
	*errors = 0;
	if (!*name)
		return OK;
	if (!departement || !*departement)
		TRY(look_everywhere(c, &best, name));
	else
		TRY(look_around(c, &best, name, departement));
	if (!best.insee || best.several)
		return OK;
	*errors = best.errors;
	return commune_card_of(c, best.insee, out, found);
}

/* ---- by what else is said of it ---- */

/* No commune's centre is farther from its own edge. */
#define FAR_M 25000

rc commune_of_signs(struct ctx *c, const char *printed_name, const char *postal_code, int64_t lat_e5,
		    int64_t lon_e5, struct commune_card *out, bool *found)
{
	struct commune_card_list l = { .n = 0 };
	const char *name = printed_name ? fold_place(c, printed_name) : "";
	double least = FAR_M;
	*found = false;
	if (postal_code)
		TRY(communes_signed(c, name, postal_code, &l));
	if (!l.n && *name) {
		TRY(communes_signed(c, name, "", &l));
		postal_code = NULL;
	}
	if (l.n == 1 && (lat_e5 == NONE || postal_code)) {
		*out = l.items[0];
		*found = true;
		return OK;
	}
	for (size_t i = 0; lat_e5 != NONE && lon_e5 != NONE && i < l.n; i++) {
		const struct commune_card *k = &l.items[i];
		double m = k->lat_e5 == NONE ? FAR_M : commune_distance(lat_e5, lon_e5, k->lat_e5, k->lon_e5);
		if (m < least) {
			least = m;
			*out = *k;
			*found = true;
		}
	}
	return OK;
}
