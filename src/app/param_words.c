/* param_words.c - the word that screens have for each value of an address. */
#include "app/param_words.h"

#include <stdlib.h>
#include <string.h>

#include "platform/i18n.h"

/* In the order of their names. */
static const struct param_word {
	const char *name, *key;
} param_words[] = {
	{ "after", K("param.after") },
	{ "all", K("param.all") },
	{ "area", K("param.area") },
	{ "asked", K("param.asked") },
	{ "audience", K("param.audience") },
	{ "back", K("param.back") },
	{ "band", K("param.band") },
	{ "base", K("param.base") },
	{ "batch", K("param.batch") },
	{ "cae", K("param.cae") },
	{ "closed", K("param.closed") },
	{ "code", K("param.code") },
	{ "commune", K("param.commune") },
	{ "day", K("param.day") },
	{ "decision", K("param.decision") },
	{ "departement", K("param.departement") },
	{ "dominant", K("param.dominant") },
	{ "east", K("param.east") },
	{ "empty", K("param.empty") },
	{ "f", K("param.f") },
	{ "find", K("param.find") },
	{ "form", K("param.form") },
	{ "format", K("param.format") },
	{ "free", K("param.free") },
	{ "fresh", K("param.fresh") },
	{ "from", K("param.from") },
	{ "guest", K("param.guest") },
	{ "half", K("param.half") },
	{ "insee", K("param.insee") },
	{ "is", K("param.is") },
	{ "key", K("param.key") },
	{ "kind", K("param.kind") },
	{ "km", K("param.km") },
	{ "lat", K("param.lat") },
	{ "layer", K("param.layer") },
	{ "level", K("param.level") },
	{ "limit", K("param.limit") },
	{ "lon", K("param.lon") },
	{ "month", K("param.month") },
	{ "near", K("param.near") },
	{ "next", K("param.next") },
	{ "north", K("param.north") },
	{ "occupied", K("param.occupied") },
	{ "of", K("param.of") },
	{ "offices", K("param.offices") },
	{ "on", K("param.on") },
	{ "open", K("param.open") },
	{ "outcome", K("param.outcome") },
	{ "page", K("param.page") },
	{ "part", K("param.part") },
	{ "past", K("param.past") },
	{ "person", K("param.person") },
	{ "place", K("param.place") },
	{ "priority", K("param.priority") },
	{ "project", K("param.project") },
	{ "purpose", K("param.purpose") },
	{ "q", K("param.q") },
	{ "radius", K("param.radius") },
	{ "rented", K("param.rented") },
	{ "right", K("param.right") },
	{ "role", K("param.role") },
	{ "show", K("param.show") },
	{ "side", K("param.side") },
	{ "since", K("param.since") },
	{ "sites", K("param.sites") },
	{ "smallest", K("param.smallest") },
	{ "sort", K("param.sort") },
	{ "source", K("param.source") },
	{ "south", K("param.south") },
	{ "space", K("param.space") },
	{ "state", K("param.state") },
	{ "status", K("param.status") },
	{ "sub", K("param.sub") },
	{ "territory", K("param.territory") },
	{ "to", K("param.to") },
	{ "token", K("param.token") },
	{ "unit", K("param.unit") },
	{ "units", K("param.units") },
	{ "unpaid", K("param.unpaid") },
	{ "until", K("param.until") },
	{ "usable", K("param.usable") },
	{ "version", K("param.version") },
	{ "week", K("param.week") },
	{ "west", K("param.west") },
	{ "when", K("param.when") },
	{ "where", K("param.where") },
	{ "who", K("param.who") },
	{ "with", K("param.with") },
	{ "within", K("param.within") },
	{ "year", K("param.year") },
	{ "zoning", K("param.zoning") },
	{ "zoom", K("param.zoom") },
};

static int by_name(const void *name, const void *word)
{
	return strcmp(name, ((const struct param_word *)word)->name);
}

const char *param_word(struct ctx *c, const char *name)
{
	const struct param_word *w = bsearch(name, param_words, sizeof param_words / sizeof *param_words,
					     sizeof *param_words, by_name);
	return w ? i18n(c, w->key, NULL, 0) : NULL;
}
