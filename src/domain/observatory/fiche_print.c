/* A sheet on paper. */
#include "base/civil.h"
#include "observatory/fiche.h"
#include "platform/app.h"
#include "platform/document.h"
#include "platform/i18n.h"

static void add_members(struct ctx *c, struct document *d, const struct fiche_member_list *l)
{
	if (!l->n)
		return;
	document_add(c, d, DOCUMENT_H2, T(c, "fiche.members"));
	for (size_t i = 0; i < l->n; i++)
		document_add(c, d, DOCUMENT_ITEM, l->items[i].name);
}

static const char *where_and_when(struct ctx *c, const struct fiche_row *row)
{
	if (row->city && row->year != NONE)
		return fmt(c, "%s (%s), %lld", row->city, row->departement, (long long)row->year);
	if (row->city)
		return fmt(c, "%s (%s)", row->city, row->departement);
	return row->year == NONE ? NULL : fmt(c, "%lld", (long long)row->year);
}

/* The numbers are filled in where the pages are drawn. */
static const char *page_words(struct ctx *c)
{
	struct arg args[] = { { .name = "page", .text = "{n}" }, { .name = "total", .text = "{total}" } };
	return i18n(c, "fiche.page", args, 2);
}

rc fiche_print(struct ctx *c, const struct fiche_row *row, struct buf *out)
{
	struct fiche_page *v = new_zero(c, struct fiche_page);
	const char *address = fmt(c, "%s/fiches/%s", c->app->public_url ? c->app->public_url : "",
				  row->pub.s);
	TRY(fiche_view(c, row, v));
	struct document d = {
		.language = c->lang == LANG_FR ? "fr" : "en",
		.created = row->updated_at,
		.brand = c->app->site_name ? c->app->site_name : "Maillage",
		.kind = T(c, "fiche.kind"),
		.title = row->title,
		.subtitle = where_and_when(c, row),
		.lines = { v->whose.name ? v->whose.name
			   : row->source ? T(c, "fiche.of_study")
					 : NULL },
		.foot = address,
		.qr = address,
		.page = page_words(c),
	};
	document_markdown(c, &d, row->description);
	for (size_t i = 0; i < v->parts.n; i++) {
		document_add(c, &d, DOCUMENT_H2, v->parts.items[i].title);
		document_markdown(c, &d, v->parts.items[i].text);
	}
	add_members(c, &d, &v->members);
	return document_pdf(c, &d, out);
}
