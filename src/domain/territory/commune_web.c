/* commune_web.c - towns to choose from, as a page and for the list that opens
 * under a field. */
#include <string.h>

#include "base/buf.h"
#include "platform/i18n.h"
#include "platform/route.h"
#include "territory/commune.h"
#include "territory/commune_page_html.h"

enum { CHOICES = 12, CODES_SHOWN = 3 };

route_fn communes_get;

/* Département and postal codes: what tells namesakes apart. */
static const char *detail_of(struct ctx *c, const struct commune_card *card)
{
	struct buf b;
	const char *p = card->postal_codes;
	buf_init(&b, c->mem, 64);
	buf_fmt(&b, "%s (%s)", card->departement_name, card->departement);
	for (int i = 0; *p && i < CODES_SHOWN; i++) {
		size_t len = strcspn(p, " ");
		buf_fmt(&b, "%s%.*s", i ? ", " : " · ", (int)len, p);
		p += len + (p[len] == ' ');
	}
	if (*p)
		buf_str(&b, " …");
	return b.s;
}

rc communes_get(struct ctx *c, struct req *q)
{
	const struct communes_query *f = req_form(q, communes_query);
	struct communes_page *v = new_zero(c, struct communes_page);
	struct commune_found_list l;
	v->q = f->q ? f->q : "";
	TRY(commune_suggest(c, v->q, CHOICES, &l));
	v->items.items = new_array(c, struct commune_choice, l.n + 1);
	for (size_t i = 0; i < l.n; i++) {
		struct buf href;
		buf_init(&href, c->mem, 64);
		buf_str(&href, "/places?where=");
		buf_url(&href, l.items[i].label);
		v->items.items[v->items.n++] = (struct commune_choice){ l.items[i],
									detail_of(c, &l.items[i].card),
									href.s };
	}
	page_title(q, "places", T(c, "communes.title"));
	return page(q, communes_page, v);
}
