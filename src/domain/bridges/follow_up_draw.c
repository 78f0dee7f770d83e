/* follow_up_draw.c - the pictures of the follow-up page. */
#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "bridges/follow_up.h"
#include "platform/chart.h"
#include "platform/ui.h"

static struct chart_line line_of(struct ctx *c, const struct follow_point_list *l, const char *figure,
				 const char *label)
{
	struct chart_point *p = new_array(c, struct chart_point, l->n + 1);
	for (size_t i = 0; i < l->n; i++)
		p[i] = (struct chart_point){ l->items[i].x, l->items[i].y };
	return (struct chart_line){ .points = p, .n = l->n, .figure = figure, .label = label };
}

void follow_chart(struct out *o, const struct follow_lines *v)
{
	struct ctx *c = o->c;
	struct chart_month months[40];
	size_t n = 0;
	for (day d = month_start(v->from_day); d.v <= v->to_day.v && n < 40; d = month_add(d, 1), n++) {
		const char *second = fmt_day_short(c, (day){ d.v + 1 });
		months[n] = (struct chart_month){ d.v - v->from_day.v, strchr(second, ' ') + 1 };
	}
	int64_t used = v->used.n ? v->used.items[v->used.n - 1].y : 0;
	int64_t given = v->given.n ? v->given.items[v->given.n - 1].y : 0;
	struct chart_two_lines d = {
		.title = T(c, "follow.chart"),
		.days = v->to_day.v - v->from_day.v + 1,
		.months = months,
		.n_months = n,
		.used = line_of(c, &v->used, fmt_quantity(c, (quantity){ used }), T(c, "follow.chart_used")),
		.given = line_of(c, &v->given, fmt_quantity(c, (quantity){ given }),
				 T(c, "follow.chart_given")),
		.now = v->today.v <= v->to_day.v ? v->today.v - v->from_day.v : -1,
		.now_label = fmt_day_short(c, v->today),
	};
	d.given.dots = true;
	if (used > given) {
		d.gap_figure = fmt_quantity(c, (quantity){ used - given });
		d.gap_label = T(c, "follow.chart_gap");
	}
	chart_two_lines(c, o->b, &d);
}

void follow_bar(struct out *o, quantity value, quantity most)
{
	chart_balance_bar(o->b, &(struct chart_balance){ .value = value.v, .most = most.v });
}

void follow_trend(struct out *o, const struct follow_point_list *trend, quantity low, quantity high)
{
	int64_t *y = new_array(o->c, int64_t, trend->n + 1);
	for (size_t i = 0; i < trend->n; i++)
		y[i] = trend->items[i].y;
	chart_spark(o->b, &(struct chart_spark){ .values = y, .n = trend->n, .low = low.v, .high = high.v });
}

void follow_rights_bar(struct out *o, const struct follow_rights *v)
{
	struct ctx *c = o->c;
	const struct chart_part parts[] = {
		{ v->used.v, CHART_PASTEL, fmt_quantity(c, v->used), T(c, "follow.rights_used") },
		{ v->held.v, CHART_GAUDE, fmt_quantity(c, v->held), T(c, "follow.rights_held") },
		{ v->rest.v, CHART_OPEN, fmt_quantity(c, v->rest), T(c, "follow.rights_rest") },
	};
	chart_stack(o->b, &(struct chart_stack){ T(c, "follow.rights"), parts, 3 });
}

void follow_people_bars(struct out *o, const struct follow_people *v)
{
	static const char *const keys[] = { K("follow.eligible"), K("follow.charter"), K("follow.came"),
					    K("follow.again") };
	const int64_t counts[] = { v->eligible, v->charter, v->came, v->again };
	struct chart_part parts[4];
	size_t n = 0;
	for (size_t i = 0; i < 4; i++)
		if (counts[i] != NONE)
			parts[n++] = (struct chart_part){ counts[i], CHART_PASTEL, fmt_int(o->c, counts[i]),
							  T(o->c, keys[i]) };
	chart_funnel_bars(o->b, &(struct chart_funnel){ parts, n });
}

void follow_state(struct out *o, int state)
{
	static const struct {
		const char *tone, *icon;
	} looks[] = { { "", "" },
		      { "garance", "message-square-warning" },
		      { "ocre", "clock-alert" },
		      { "pierre", "moon" } };
	if (state > PAIR_STATE_FINE)
		ui_badge(o, looks[state].tone, looks[state].icon, i18n_word(o->c, &pair_state_words, state));
}

void follow_icon(struct out *o, const char *name)
{
	out_icon(o, name);
}

void follow_signed(struct out *o, quantity q)
{
	out_text_str(o, fmt_signed(o->c, q));
}

void follow_party(struct out *o, const pubid *pub, const char *name, const char *current)
{
	ui_option(o, "with", pub->s, name, current);
}
