#include "platform/ui.h"

void ui_emblem(struct out *o, int kind, const char *initials)
{
	static const char *const shapes[] = { "cae", "place", "collective", "network" };
	const char *shape = kind >= 0 && kind < 4 ? shapes[kind] : "cae";
	buf_fmt(o->b, "<span class=\"emblem emblem--%s\" aria-hidden=\"true\">", shape);
	buf_html(o->b, initials ? initials : "");
	buf_str(o->b, "</span>");
}
