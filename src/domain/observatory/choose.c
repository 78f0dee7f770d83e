#include "observatory/choose.h"

#include <string.h>
#include <strings.h>

#include "base/fold.h"
#include "observatory/choose_sql.h"
#include "observatory/indicator_sql.h"
#include "observatory/scope.h"
#include "platform/i18n.h"
#include "territory/commune.h"

#define MOST	 60
#define COMMUNES 3

/* How well a folded name fits what was typed; 0: not at all. */
static int fit(const char *name, const char *code, const char *word)
{
	size_t n = strlen(word);
	if (strcmp(name, word) == 0 || strcasecmp(code, word) == 0)
		return 4;
	if (strncmp(name, word, n) == 0)
		return 3;
	const char *at = strstr(name, word);
	return !at ? 0 : at[-1] == ' ' ? 2 : n > 2;
}

static const char *label_of(struct ctx *c, int kind, const char *code, const char *name)
{
	const char *word = i18n_word(c, &territory_kind_words, kind);
	return kind == TERRITORY_KIND_DEPARTEMENT || kind == TERRITORY_KIND_COMMUNE
		       ? fmt(c, "%s (%s %s)", name, word, code)
		       : fmt(c, "%s (%s)", name, word);
}

static void put(struct ctx *c, struct territory_found_list *l, int kind, const char *code, const char *name,
		const char *through)
{
	const char *ref = territory_ref(c, kind, code);
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->items[i].ref, ref) == 0)
			return;
	if (l->n < MOST)
		l->items[l->n++] = (struct territory_found){ .kind = kind,
							     .code = code,
							     .ref = ref,
							     .name = name,
							     .label = label_of(c, kind, code, name),
							     .through = through };
}

static rc add_communes(struct ctx *c, const char *typed, struct territory_found_list *out)
{
	struct commune_card_list l;
	bool alone = !out->n;
	TRY(commune_search(c, typed, COMMUNES, &l));
	for (size_t i = 0; i < l.n; i++) {
		/* Beside a territory of that name, only the commune that bears it. */
		if (!alone && strcmp(fold(c, l.items[i].name), fold(c, typed)) != 0)
			continue;
		struct territories_of_commune_row_list of;
		TRY(territories_of_commune(c, l.items[i].insee, &of));
		for (size_t k = 0; k < of.n; k++)
			put(c, out, of.items[k].kind, of.items[k].code, of.items[k].name,
			    fmt(c, "%s (%s)", l.items[i].name, l.items[i].departement));
	}
	return OK;
}

/* The label of a commune, which is not among the names: there are 35,000 of them. */
static rc labelled_commune(struct ctx *c, const char *typed, struct territory_found_list *out)
{
	const char *open = strrchr(typed, ' '), *name = NULL;
	bool found = false;
	if (!open || strlen(open) != 7 || open[6] != ')')
		return OK;
	const char *insee = fmt(c, "%.5s", open + 1);
	TRY(territory_named(c, "commune", insee, &name, &found));
	if (found && strcmp(fold(c, label_of(c, TERRITORY_KIND_COMMUNE, insee, name)), fold(c, typed)) == 0)
		put(c, out, TERRITORY_KIND_COMMUNE, insee, name, NULL);
	return OK;
}

rc choose_find(struct ctx *c, const char *typed, struct territory_found_list *out)
{
	const char *word = fold(c, typed);
	struct territory_names_row_list all;
	*out = (struct territory_found_list){ new_array(c, struct territory_found, MOST), 0 };
	TRY(labelled_commune(c, typed, out));
	if (out->n)
		return OK;
	TRY(territory_names(c, &all));
	for (size_t i = 0; i < all.n; i++)
		if (strcmp(fold(c, label_of(c, all.items[i].kind, all.items[i].code, all.items[i].name)),
			   word) == 0) {
			put(c, out, all.items[i].kind, all.items[i].code, all.items[i].name, NULL);
			return OK;
		}
	for (int how = 4; how && *word; how--)
		for (size_t i = 0; i < all.n; i++)
			if (fit(fold(c, all.items[i].name), all.items[i].code, word) == how)
				put(c, out, all.items[i].kind, all.items[i].code, all.items[i].name, NULL);
	return *word ? add_communes(c, typed, out) : OK;
}
