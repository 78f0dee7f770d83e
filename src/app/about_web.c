/* about_web.c - what is behind the data, for whom the pages work, who sees
 * what of a person, where the source is. The words are Markdown in po/. */
#include "app/about_html.h"
#include "platform/markdown.h"
#include "platform/route.h"

route_fn about_data_get, about_accessibility_get, about_privacy_get, about_source_get;

struct part {
	const char *heading, *words;
};

static rc show(struct ctx *c, struct req *q, const char *title, const struct part *parts, size_t n)
{
	struct about_page *v = new_zero(c, struct about_page);
	v->title = i18n(c, title, NULL, 0);
	v->parts = (struct about_part_list){ new_array(c, struct about_part, n), n };
	for (size_t i = 0; i < n; i++)
		v->parts.items[i] = (struct about_part){
			.heading = parts[i].heading ? i18n(c, parts[i].heading, NULL, 0) : NULL,
			.words = markdown_render(c, i18n(c, parts[i].words, NULL, 0)),
		};
	page_title(q, NULL, v->title);
	return page(q, about_page, v);
}

rc about_data_get(struct ctx *c, struct req *q)
{
	static const struct part parts[] = {
		{ NULL, K("about.data") },
		{ K("about.communes_title"), K("about.communes") },
		{ K("about.points_title"), K("about.points") },
		{ K("about.study_title"), K("about.study") },
	};
	return show(c, q, K("about.data_title"), parts, 4);
}

rc about_accessibility_get(struct ctx *c, struct req *q)
{
	static const struct part parts[] = {
		{ NULL, K("about.accessibility") },
		{ K("about.limits_title"), K("about.limits") },
	};
	return show(c, q, K("about.accessibility_title"), parts, 2);
}

rc about_privacy_get(struct ctx *c, struct req *q)
{
	static const struct part parts[] = {
		{ NULL, K("about.privacy") },
		{ K("about.you_title"), K("about.you") },
		{ K("about.place_title"), K("about.place") },
		{ K("about.cae_title"), K("about.cae") },
		{ K("about.coordinator_title"), K("about.coordinator") },
		{ K("about.public_title"), K("about.public") },
		{ K("about.yours_title"), K("about.yours") },
	};
	return show(c, q, K("about.privacy_title"), parts, 7);
}

rc about_source_get(struct ctx *c, struct req *q)
{
	static const struct part parts[] = { { NULL, K("about.source") },
					     { K("about.made_title"), K("about.made") } };
	return show(c, q, K("about.source_title"), parts, 2);
}
