#include "bridges/place_welcome.h"
#include "bridges/convention_web.h"
#include "bridges/place_welcome_sql.h"
#include "platform/i18n.h"

static const char *price_words(struct ctx *c, const struct grant_at_place *g)
{
	if (g->price_kind == PRICE_KIND_FREE)
		return T(c, "price.free");
	if (g->price_kind == PRICE_KIND_PERCENT)
		return T_TEXT(c, "welcomed.percent", "n", fmt(c, "%lld", (long long)g->price_value));
	return T_TEXT(c, "place.day_at", "price", fmt_money(c, (money){ g->price_value }));
}

static const char *limit_words(struct ctx *c, const struct grant_at_place *g)
{
	if (is_none(g->per_person))
		return NULL;
	struct arg args[] = { { .name = "days", .text = fmt_quantity(c, g->per_person) },
			      { .name = "period", .text = i18n_word(c, &grant_period_words, g->period) } };
	return i18n(c, g->measure == GRANT_MEASURE_DURATION ? "welcomed.limit_hours" : "welcomed.limit", args,
		    2);
}

static struct place_welcome welcome_of(struct ctx *c, const struct grant_at_place *g, size_t most)
{
	struct place_welcome k = { .right = fmt(c, "%s · %s", g->convention, g->name),
				   .who = words_of(c, &membership_status_words, g->statuses),
				   .spaces = words_of(c, &space_kind_words, g->space_kinds),
				   .price = price_words(c, g),
				   .limit = limit_words(c, g),
				   .until = g->to_day };
	k.senders.items = new_array(c, struct community_card, most);
	return k;
}

rc welcomed_at_place(struct ctx *c, community_id place, day on, struct place_welcome_list *out)
{
	struct grant_at_place_list l;
	TRY(grants_at_place(c, place, on, &l));
	*out = (struct place_welcome_list){ .items = new_array(c, struct place_welcome, l.n + 1) };
	for (size_t i = 0; i < l.n; i++) {
		const struct grant_at_place *g = &l.items[i];
		if (!i || g->grant.v != g[-1].grant.v)
			out->items[out->n++] = welcome_of(c, g, l.n - i);
		struct place_welcome *k = &out->items[out->n - 1];
		k->senders.items[k->senders.n++] = g->sender;
	}
	return OK;
}
