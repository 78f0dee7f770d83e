/* about_web.c - what is behind the data, for whom the pages work, who sees
 * what of a person, where the source is. The words are Markdown in po/. */
#include "app/about_html.h"
#include "platform/app.h"
#include "platform/config.h"
#include "platform/markdown.h"
#include "platform/route.h"

route_fn about_get, about_data_get, about_accessibility_get, about_privacy_get, about_source_get;

struct part {
	const char *heading, *words;
	const char *host; /* named in the words, or NULL */
};

static const char *words_of(struct ctx *c, const struct part *p)
{
	const struct arg host = { .name = "host", .kind = ARG_TEXT, .text = p->host };
	return i18n(c, p->words, &host, p->host ? 1 : 0);
}

static rc show(struct ctx *c, struct req *q, const char *title, const struct part *parts, size_t n)
{
	struct about_page *v = new_zero(c, struct about_page);
	v->title = i18n(c, title, NULL, 0);
	v->parts = (struct about_part_list){ new_array(c, struct about_part, n), n };
	for (size_t i = 0; i < n; i++)
		v->parts.items[i] = (struct about_part){
			.heading = parts[i].heading ? i18n(c, parts[i].heading, NULL, 0) : NULL,
			.words = markdown_render(c, words_of(c, &parts[i])),
		};
	page_title(q, NULL, v->title);
	return page(q, about_page, v);
}

rc about_get(struct ctx *c, struct req *q)
{
	static const struct {
		const char *path, *title, *what;
	} links[] = {
		{ "/about/data", K("about.data_title"), K("about.data_what") },
		{ "/data", K("shell.data"), K("about.open_what") },
		{ "/about/privacy", K("about.privacy_title"), K("about.privacy_what") },
		{ "/about/accessibility", K("about.accessibility_title"), K("about.accessibility_what") },
		{ "/about/api", K("api.title"), K("about.api_what") },
		{ "/about/source", K("about.source_title"), K("about.source_what") },
	};
	struct about_index *v = new_zero(c, struct about_index);
	v->operator= c->app->config ? c->app->config->operator_email : NULL;
	v->links.n = sizeof links / sizeof *links;
	v->links.items = new_array(c, struct about_link, v->links.n);
	for (size_t i = 0; i < v->links.n; i++)
		v->links.items[i] = (struct about_link){ links[i].path, i18n(c, links[i].title, NULL, 0),
							 i18n(c, links[i].what, NULL, 0) };
	page_title(q, NULL, T(c, "about.title"));
	return page(q, about_index, v);
}

rc about_data_get(struct ctx *c, struct req *q)
{
	static const struct part parts[] = {
		{ NULL, K("about.data"), NULL },
		{ K("about.communes_title"), K("about.communes"), NULL },
		{ K("about.points_title"), K("about.points"), NULL },
		{ K("about.outlines_title"), K("about.outlines"), NULL },
		{ K("about.study_title"), K("about.study"), NULL },
	};
	return show(c, q, K("about.data_title"), parts, 5);
}

rc about_accessibility_get(struct ctx *c, struct req *q)
{
	static const struct part parts[] = {
		{ NULL, K("about.accessibility"), NULL },
		{ K("about.limits_title"), K("about.limits"), NULL },
	};
	return show(c, q, K("about.accessibility_title"), parts, 2);
}

rc about_privacy_get(struct ctx *c, struct req *q)
{
	const char *host = c->app->config ? config_tiles_host(c->mem, c->app->config) : NULL;
	const struct part parts[] = {
		{ NULL, K("about.privacy"), NULL },
		{ K("about.you_title"), K("about.you"), NULL },
		{ K("about.place_title"), K("about.place"), NULL },
		{ K("about.cae_title"), K("about.cae"), NULL },
		{ K("about.coordinator_title"), K("about.coordinator"), NULL },
		{ K("about.public_title"), K("about.public"), NULL },
		{ K("about.yours_title"), K("about.yours"), NULL },
		{ K("about.tiles_title"), K("about.tiles"), host },
	};
	return show(c, q, K("about.privacy_title"), parts, host ? 8 : 7);
}

rc about_source_get(struct ctx *c, struct req *q)
{
	static const struct part parts[] = { { NULL, K("about.source"), NULL },
					     { K("about.made_title"), K("about.made"), NULL } };
	return show(c, q, K("about.source_title"), parts, 2);
}
