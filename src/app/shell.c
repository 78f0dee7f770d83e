#include <string.h>

#include "app/error_shape.h"
#include "app/fault.h"
#include "app/layout_html.h"
#include "app/shell.h"
#include "app/shell_shape.h"
#include "base/civil.h"
#include "people/people.h"
#include "platform/app.h"
#include "platform/render.h"
#include "platform/static.h"

/* One line of navigation: shown to whom. */
struct nav_rule {
	const char *key, *label, *href;
	enum { NAV_ALL, NAV_VISITOR, NAV_HOST, NAV_STAFF } who;
};
static const struct nav_rule rules[] = {
	{ "today", K("nav.today"), "/host/day", NAV_HOST },
	{ "calendar", K("nav.calendar"), "/host/calendar", NAV_HOST },
	{ "places", K("nav.places"), "/places", NAV_VISITOR },
	{ "people", K("nav.people"), "/people", NAV_STAFF },
	{ "conventions", K("nav.conventions"), "/conventions", NAV_STAFF },
	{ "workshops", K("nav.workshops"), "/agenda", NAV_ALL },
	{ "communities", K("nav.communities"), "/communities", NAV_VISITOR },
	{ "observatory", K("nav.observatory"), "/observatory", NAV_VISITOR },
};

#define STAFF (ROLE_MANAGER | ROLE_SIGNATORY | ROLE_COORDINATOR | ROLE_ADVISOR | ROLE_ACCOUNTANT | ROLE_HOST)

static bool nav_shows(const struct ctx *c, const struct shell *v, int who)
{
	bool hosts = v->acting && v->as.card.kind == COMMUNITY_KIND_PLACE &&
		     (c->actor.roles & (ROLE_HOST | ROLE_MANAGER));
	switch (who) {
	case NAV_HOST: return hosts;
	case NAV_STAFF: return c->actor.roles & STAFF;
	case NAV_VISITOR: return !hosts;
	default: return true;
	}
}

static void fill_nav(struct ctx *c, const struct req *q, struct shell *v)
{
	size_t n = sizeof rules / sizeof *rules;
	v->nav.items = new_array(c, struct nav_item, n);
	for (size_t i = 0; i < n; i++) {
		const struct nav_rule *r = &rules[i];
		if (!nav_shows(c, v, r->who))
			continue;
		bool on = q->reply.nav && strcmp(q->reply.nav, r->key) == 0;
		v->nav.items[v->nav.n++] = (struct nav_item){ r->key, i18n(c, r->label, NULL, 0), r->href,
							      on };
	}
}

static void fill_person(struct ctx *c, struct shell *v)
{
	day today;
	minute now;
	const char *name;
	utc_to_local(c->now, NULL, &today, &now);
	if (!c->actor.person.v || person_name(c, c->actor.person, &name) != OK)
		return;
	v->person = name;
	v->initial = talloc_strndup(
		c->mem, name, strcspn(name + (*name != 0), "abcdefghijklmnopqrstuvwxyz ") + (*name != 0));
	if (memberships_on(c, c->actor.person, today, &v->memberships) != OK)
		return;
	for (size_t i = 0; i < v->memberships.n; i++)
		if (v->memberships.items[i].id.v == c->actor.membership.v) {
			v->as = v->memberships.items[i];
			v->acting = true;
		}
	if (v->acting)
		v->as_line = fmt(c, "%s · %s", name, i18n_word(c, &membership_status_words, v->as.status));
}

static void fill_toast(struct ctx *c, const struct req *q, struct shell *v)
{
	if (!q->toast)
		return;
	size_t n = strcspn(q->toast, "\n");
	v->toast = talloc_strndup(c->mem, q->toast, n);
	if (q->toast[n] == '\n' && q->toast[n + 1] == '/' && q->toast[n + 2] != '/')
		v->undo = q->toast + n + 1;
}

static struct shell make(struct ctx *c, struct req *q)
{
	struct app *a = c->app;
	bool fr = c->lang == LANG_FR;
	struct shell v = {
		.title = q->reply.title,
		.site = a->site_name,
		.wide = q->reply.wide,
		.is_demo = a->is_demo,
		.is_operator = c->actor.is_operator,
		.here = *q->http->query ? fmt(c, "%s?%s", q->http->path, q->http->query) : q->http->path,
		.fingerprint = static_fingerprint(),
		.lang = fr ? "fr" : "en",
		.other_lang = fr ? "en" : "fr",
		.other_label = fr ? "English" : "Français",
	};
	if (q->route && q->route->method != HTTP_GET)
		v.here = "/";
	fill_person(c, &v);
	fill_nav(c, q, &v);
	fill_toast(c, q, &v);
	if (!c->failure.code)
		v.aside = fault_aside(c, q);
	return v;
}

static void crumb(struct out *o, const struct crumb *k)
{
	if (k->href) {
		buf_str(o->b, "<li><a href=\"");
		out_url_whole(o, k->href);
		buf_str(o->b, "\">");
	} else {
		buf_str(o->b, "<li aria-current=\"page\">");
	}
	buf_html(o->b, k->label);
	buf_str(o->b, k->href ? "</a></li>" : "</li>");
}

/* Who one acts as, and where one is. */
static void context(struct out *o, const struct req *q, const struct shell *v)
{
	if (!v->person && !q->reply.n_crumbs)
		return;
	buf_str(o->b, "<div class=\"context\">");
	if (v->person)
		tpl_shell_acting(o, v);
	if (q->reply.n_crumbs) {
		buf_str(o->b, "<nav class=\"crumbs\" aria-label=\"");
		buf_html(o->b, T(o->c, "shell.crumbs"));
		buf_str(o->b, "\"><ol>");
		for (int i = 0; i < q->reply.n_crumbs; i++)
			crumb(o, &q->reply.crumbs[i]);
		buf_str(o->b, "</ol></nav>");
	}
	buf_str(o->b, "</div>");
}

void shell_layout(struct out *o, struct req *q, page_fn *content, const void *view)
{
	struct shell v = make(o->c, q);
	tpl_shell_head(o, &v);
	buf_fmt(o->b, "<main class=\"%s\" id=\"main\" tabindex=\"-1\">", v.wide ? "wrap wrap--wide" : "wrap");
	context(o, q, &v);
	if (v.aside)
		tpl_shell_aside(o, &v);
	content(o, view);
	if (v.toast)
		tpl_shell_toast(o, &v);
	buf_str(o->b, "</main>");
	tpl_shell_foot(o, &v);
}

/* Passwords and files are not there; the form says so when it is sent again. */
static void fill_kept(struct ctx *c, const struct req *q, struct error_view *v)
{
	const struct form_state *st = &q->form_state;
	v->signed_in = c->actor.person.v;
	v->may_sign_in = c->failure.code == E_AUTH;
	v->link_over = c->failure.key && strcmp(c->failure.key, "account.link_over") == 0;
	v->action = q->http->path;
	v->kept = q->kept;
	if (!q->kept || !st->form || !st->raw)
		return;
	v->fields.items = new_array(c, struct kept_field, st->form->n);
	for (size_t i = 0; i < st->form->n; i++)
		if (st->raw[i])
			v->fields.items[v->fields.n++] = (struct kept_field){
				st->form->fields[i].name, st->raw[i],
				st->form->fields[i].type == F_TEXT && strchr(st->raw[i], ' ')
			};
}

void shell_error(struct out *o, const struct req *q)
{
	struct ctx *c = o->c;
	static const char *const titles[] = {
		[E_NOT_FOUND] = K("error.not_found"), [E_DENIED] = K("error.denied"),
		[E_RATE] = K("error.rate"),	      [E_BUSY] = K("error.busy"),
		[E_AWAY] = K("error.away"),	      [RC_COUNT] = NULL,
	};
	rc code = c->failure.code;
	const char *title = q->kept ? c->failure.code == E_AUTH ? K("error.session_over")
								: K("error.look_again")
				    : titles[code];
	if (!title)
		title = rc_status(code) >= 500 ? K("error.server") : K("error.other");
	struct error_view v = {
		.status = rc_status(code),
		.title = i18n(c, title, NULL, 0),
		.detail = failure_text(c, &c->failure),
		.request = c->request_id,
	};
	fill_kept(c, q, &v);
	if (!q->kept)
		fault_fill(c, q, &v);
	if (v.faults.n) {
		v.title = T(c, "fault.title");
		v.detail = T(c, "fault.lead");
	}
	tpl_error_body(o, &v);
}
