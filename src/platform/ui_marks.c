/* Badges, emblems and stitches. */
#include "platform/chart_parts.h"
#include "platform/ui.h"

void ui_badge(struct out *o, const char *tone, const char *icon, const char *text)
{
	buf_str(o->b, "<span class=\"badge badge--");
	buf_html(o->b, tone);
	buf_str(o->b, "\">");
	if (icon && *icon)
		out_icon(o, icon);
	buf_str(o->b, "<span>");
	buf_html(o->b, text);
	buf_str(o->b, "</span></span>");
}

static void link_or_text(struct out *o, const char *scheme, const char *target, const char *text)
{
	if (target)
		buf_fmt(o->b, "<a href=\"%s:%s\">", scheme, target);
	buf_html(o->b, text);
	if (target)
		buf_str(o->b, "</a>");
}

void ui_phone(struct out *o, const char *phone)
{
	char digits[24] = "";
	size_t n = 0;
	for (const char *p = phone; *p && n < sizeof digits - 1; p++) {
		if (digits[0] == '+' && n > 1 && strncmp(p, "(0)", 3) == 0)
			p += 2;
		else if ((*p >= '0' && *p <= '9') || (*p == '+' && n == 0))
			digits[n++] = *p;
	}
	digits[n] = '\0';
	link_or_text(o, "tel", n < 3 || n > 16 ? NULL : digits, phone);
}

void ui_mail(struct out *o, const char *address)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-@";
	link_or_text(o, "mailto", address[strspn(address, plain)] ? NULL : address, address);
}

void ui_emblem(struct out *o, int kind, const char *initials)
{
	static const char *const shapes[] = { "cae", "place", "collective", "network" };
	bool known = kind >= 0 && (size_t)kind < sizeof(shapes) / sizeof(*shapes);
	buf_fmt(o->b, "<span class=\"emblem emblem--%s\" aria-hidden=\"true\">",
		known ? shapes[kind] : "other");
	buf_html(o->b, initials);
	buf_str(o->b, "</span>");
}

/* ---- stitches: a unit is two leaves, a half is one ---- */

#define LEAF	    500 /* thousandths of a unit */
#define MOST_LEAVES 20	/* in a row of stitches */
#define BAR_WIDTH   132

static void stitches(struct out *o, const char *symbol, int64_t n)
{
	for (; n > 0; n--)
		buf_fmt(o->b, "<svg class=\"stitch\"><use href=\"/s/icons.svg#%s\"/></svg>", symbol);
}

/* Full, gold, hollow. A lone gold leaf takes a full one beside it when there
 * is one, so that a stitch is never gold first and full after. */
static void row(struct out *o, int64_t left, int64_t gold, int64_t used)
{
	bool beside = gold % 2 && left > 0, alone = gold % 2 && left == 0;
	left -= beside;
	buf_str(o->b, "<span class=\"stitches\" aria-hidden=\"true\">");
	stitches(o, "stitch", left / 2);
	stitches(o, "stitch-gold-half", beside);
	stitches(o, "stitch-gold", gold / 2);
	stitches(o, "stitch-half", left % 2);
	stitches(o, "stitch-gold-open", alone);
	used -= left % 2 || alone;
	stitches(o, "stitch-hollow", (used + 1) / 2);
	buf_str(o->b, "</span>");
}

static void bar(struct out *o, int64_t left, int64_t gold, int64_t total)
{
	buf_fmt(o->b,
		"<svg class=\"stitches-bar\" width=\"%d\" height=\"8\" aria-hidden=\"true\" focusable=\"false\">"
		"<rect class=\"fill-sunken\" width=\"100%%\" height=\"8\" rx=\"2\"/><rect class=\"fill-pastel\"",
		BAR_WIDTH);
	chart_at(o->b, "width", left, total);
	buf_str(o->b, " height=\"8\" rx=\"2\"/>");
	if (gold > 0) {
		buf_str(o->b, "<rect class=\"fill-gaude\"");
		chart_at(o->b, "x", left, total);
		chart_at(o->b, "width", gold, total);
		buf_str(o->b, " height=\"8\" rx=\"2\"/>");
	}
	buf_str(o->b, "</svg>");
}

/* Absent and negative amounts count for nothing. */
static int64_t amount(quantity q)
{
	return q.v > 0 ? q.v : 0;
}

void ui_stitches(struct out *o, quantity left, quantity this_one, quantity used)
{
	int64_t l = amount(left), g = amount(this_one), u = amount(used), total = l + g + u;
	if (total == 0)
		return;
	if (l % LEAF || g % LEAF || u % LEAF || total > (int64_t)MOST_LEAVES * LEAF)
		bar(o, l, g, total);
	else
		row(o, l / LEAF, g / LEAF, u / LEAF);
	struct arg args[] = { ARG(o, "now", (quantity){ l + g }), ARG(o, "total", (quantity){ total }),
			      ARG(o, "after", (quantity){ l }) };
	buf_str(o->b, "<span class=\"visually-hidden\">");
	out_message(o, g ? K("ui.stitches_after") : K("ui.stitches"), args, g ? 3 : 2);
	buf_str(o->b, "</span>");
}
