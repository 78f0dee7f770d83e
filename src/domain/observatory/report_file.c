#include "observatory/report_file.h"

#include <string.h>
#include <strings.h>

#include "base/fold.h"
#include "observatory/choose.h"
#include "observatory/report.h"

#define NAMED 6 /* territories that a refusal names */

/* Several may be meant: their codes, to say which. */
static rc which(struct ctx *c, const struct territory_found_list *l)
{
	struct buf b;
	buf_init(&b, c->mem, 200);
	for (size_t i = 0; i < l->n && i < NAMED; i++)
		buf_fmt(&b, "%s%s (%s)", i ? ", " : "", l->items[i].ref, l->items[i].name);
	if (l->n > NAMED)
		buf_str(&b, " …");
	return fail_with(c, E_INVALID, "report.which", "list", b.s, NULL);
}

/* A name or code as somebody types it: the only one that bears it, or that fits. */
static rc territory_typed(struct ctx *c, const char *typed, const char **ref)
{
	struct territory_found_list l;
	const struct territory_found *meant = NULL;
	const char *word = fold(c, typed);
	size_t n = 0;
	TRY(choose_find(c, typed, &l));
	for (size_t i = 0; i < l.n; i++)
		if (strcmp(fold(c, l.items[i].name), word) == 0 || strcasecmp(l.items[i].code, typed) == 0) {
			meant = &l.items[i];
			n++;
		}
	if (n != 1 && l.n > 1)
		return which(c, &l);
	if (!l.n)
		return fail(c, E_NOT_FOUND, "territories.not_found");
	*ref = meant ? meant->ref : l.items[0].ref;
	return OK;
}

rc report_make(struct ctx *c, void *arg)
{
	const struct report_order *o = arg;
	struct report r;
	struct report_query ask = { .source = -1, .territory = o->territory, .year = o->year, .on = o->on };
	if (o->source && (ask.source = enum_find(&figure_source_words, o->source)) < 0)
		return fail(c, E_INVALID, "report.no_source");
	if (o->territory && (strcmp(o->territory, "FR") == 0 || strcmp(o->territory, "METRO") == 0))
		ask.territory = fmt(c, "country:%s", o->territory);
	else if (o->territory && !strchr(o->territory, ':'))
		TRY(territory_typed(c, o->territory, &ask.territory));
	TRY(report_build(c, &ask, &r));
	return report_pdf(c, &r, o->out);
}
