#include "observatory/report_file.h"

#include <string.h>

#include "observatory/report.h"

rc report_make(struct ctx *c, void *arg)
{
	const struct report_order *o = arg;
	struct report r;
	struct report_query ask = { .source = -1, .territory = o->territory, .year = o->year, .on = o->on };
	if (o->source && (ask.source = enum_find(&figure_source_words, o->source)) < 0)
		return fail(c, E_INVALID, "report.no_source");
	if (o->territory && !strchr(o->territory, ':'))
		ask.territory = fmt(c, "country:%s", o->territory);
	TRY(report_build(c, &ask, &r));
	return report_pdf(c, &r, o->out);
}
