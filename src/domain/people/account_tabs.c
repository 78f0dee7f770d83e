#include "people/account_tabs.h"

void ui_account_tabs(struct out *o, const char *here)
{
	static const struct {
		const char *name, *href, *label;
	} tabs[] = {
		{ "account", "/account", K("account.tab") },
		{ "memberships", "/account/memberships", K("memberships.title") },
		{ "reminders", "/account/reminders", K("reminder.title") },
		{ "sessions", "/account/sessions", K("sessions.title") },
		{ "tokens", "/account/tokens", K("tokens.title") },
	};
	buf_str(o->b, "<nav class=\"tabs\" aria-label=\"");
	out_message_plain(o, K("account.title"), NULL, 0);
	buf_str(o->b, "\">");
	for (size_t i = 0; i < sizeof tabs / sizeof *tabs; i++) {
		buf_fmt(o->b, "<a href=\"%s\"%s>", tabs[i].href,
			same_str(tabs[i].name, here) ? " aria-current=\"page\"" : "");
		out_message_plain(o, tabs[i].label, NULL, 0);
		buf_str(o->b, "</a>");
	}
	buf_str(o->b, "</nav>");
}
