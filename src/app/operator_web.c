/* operator_web.c - the server as its operator sees it: sizes, work that comes
 * back, chains, letters that wait. Nobody's affairs: of a letter only what is
 * needed to see it off, its text in a demo alone. */
#include <string.h>

#include "app/jobs_table.h"
#include "app/operator_html.h"
#include "app/operator_sql.h"
#include "audit/audit.h"
#include "ledger/ledger.h"
#include "platform/app.h"
#include "platform/config.h"
#include "platform/jobs_sql.h"
#include "platform/route.h"

#define PAGE_ROWS 50
#define WEEK	  (7 * 86400)

route_fn operator_get, operator_chains_get, operator_mail_get, operator_letter_get;
route_fn operator_mail_retry_all_post, operator_letter_retry_post, operator_letter_drop_post;
rc operator_letter_loader(struct ctx *c, pubid pub, struct loaded *out);

static bool has_smtp(const struct ctx *c)
{
	return c->app->config && c->app->config->smtp_url;
}

static rc counts(struct ctx *c, struct operator_mail_counts *out)
{
	return operator_mail_count(c, (instant){ c->now.v - WEEK }, out);
}

/* i…@example.org */
static const char *masked(struct ctx *c, const char *address)
{
	const char *at = strchr(address, '@');
	return c->app->is_demo ? address : fmt(c, "%c…%s", *address, at ? at : "");
}

/* What a server answers often repeats the address; its codes alone never do. */
static const char *codes(struct ctx *c, const char *answer)
{
	size_t n = strspn(answer, "0123456789. ");
	while (n && answer[n - 1] == ' ')
		n--;
	return talloc_strndup(c->mem, answer, n);
}

static const char *without(struct ctx *c, const char *answer, const char *address)
{
	const char *at = strcasestr(answer, address);
	return at ? fmt(c, "%.*s%s%s", (int)(at - answer), answer, masked(c, address), at + strlen(address))
		  : answer;
}

/* The row as the operator may see it. */
static void hide(struct ctx *c, struct operator_mail_row *m)
{
	const char *address = m->to_address;
	if (m->last_error)
		m->last_error = m->is_private ? codes(c, m->last_error) : without(c, m->last_error, address);
	m->to_address = m->is_private ? "" : masked(c, address);
}

rc operator_letter_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	struct operator_mail_row *m = new_zero(c, struct operator_mail_row);
	bool found;
	if (!c->actor.is_operator)
		return fail(c, E_NOT_FOUND, "db.not_found");
	TRY(operator_mail_by_pub(c, pub, m, &found));
	if (found)
		hide(c, m);
	out->object = m;
	return found ? OK : fail(c, E_NOT_FOUND, "db.not_found");
}

/* Each job of the table of the program, and what is known of its last run. */
static void list_jobs(struct ctx *c, const struct job_last_row_list *kept, struct operator_job_list *out)
{
	out->items = new_array(c, struct operator_job, n_the_jobs);
	for (size_t i = 0; i < n_the_jobs; i++) {
		struct operator_job *j = &out->items[out->n++];
		*j = (struct operator_job){ .name = the_jobs[i].name,
					    .label = i18n(c, the_job_labels[i], NULL, 0),
					    .last_at = { NONE },
					    .next_at = { NONE } };
		for (size_t k = 0; k < kept->n; k++) {
			const struct job_last_row *row = &kept->items[k];
			if (strcmp(row->name, j->name) != 0)
				continue;
			j->last_at = row->last_at;
			j->next_at = row->next_at;
			j->last_error = row->last_error;
		}
		if (j->last_error)
			j->problem = i18n_has(j->last_error) ? i18n(c, j->last_error, NULL, 0)
							     : j->last_error;
	}
}

rc operator_get(struct ctx *c, struct req *q)
{
	struct operator_page *v = new_zero(c, struct operator_page);
	struct operator_counts_row n;
	struct job_last_row_list kept;
	TRY(operator_counts(c, c->now, &n));
	TRY(operator_database_bytes(c, &v->bytes));
	TRY(counts(c, &v->mail));
	TRY(job_last(c, &kept));
	list_jobs(c, &kept, &v->jobs);
	v->version = MAILLAGE_VERSION;
	v->database = db_kind_of(c->app->db) == DB_SQLITE ? "SQLite" : "PostgreSQL";
	v->megabytes = fmt_int(c, (v->bytes + 500000) / 1000000);
	v->sessions = n.sessions;
	v->people = n.people;
	v->communities = n.communities;
	v->has_smtp = has_smtp(c);
	page_title(q, "operator", T(c, "operator.title"));
	page_crumb(q, T(c, "operator.title"), NULL);
	return page(q, operator_page, v);
}

rc operator_chains_get(struct ctx *c, struct req *q)
{
	struct operator_chains_page *v = new_zero(c, struct operator_chains_page);
	TRY(audit_verify(c, &v->audit_chains, &v->audit_rows, &v->audit_broken));
	TRY(ledger_verify(c, &v->ledger_chains, &v->ledger_rows, &v->ledger_broken));
	page_title(q, "operator", T(c, "operator.chains"));
	page_crumb(q, T(c, "operator.title"), "/operator");
	page_crumb(q, T(c, "operator.chains"), NULL);
	return page(q, operator_chains_page, v);
}

/* ---- letters ---- */

rc operator_mail_get(struct ctx *c, struct req *q)
{
	const struct operator_mail_query *f = req_form(q, operator_mail_query);
	struct operator_mail_page *v = new_zero(c, struct operator_mail_page);
	v->state = f->state;
	v->is_demo = c->app->is_demo;
	v->has_smtp = has_smtp(c);
	TRY(counts(c, &v->counts));
	TRY(operator_mail_list(c, f->state, f->after, PAGE_ROWS + 1, &v->items));
	if (v->items.n > PAGE_ROWS)
		v->next = v->items.items[--v->items.n - 1].pub;
	for (size_t i = 0; i < v->items.n; i++)
		hide(c, &v->items.items[i]);
	page_title(q, "operator", T(c, "operator_mail.title"));
	page_crumb(q, T(c, "operator.title"), "/operator");
	page_crumb(q, T(c, "operator_mail.title"), NULL);
	return page(q, operator_mail_page, v);
}

static const char *family_of(struct ctx *c, const char *kind)
{
	static const struct {
		const char *begins, *label;
	} families[] = {
		{ "account", K("mail_family.account") },
		{ "invitation", K("mail_family.invitation") },
		{ "booking", K("mail_family.booking") },
		{ "workshop", K("mail_family.workshop") },
		{ "convention", K("mail_family.convention") },
		{ "grant", K("mail_family.grant") },
		{ "link", K("mail_family.link") },
		{ "page", K("mail_family.page") },
		{ "correction", K("mail_family.correction") },
		{ "fiche", K("mail_family.fiche") },
	};
	for (size_t i = 0; i < sizeof families / sizeof *families; i++)
		if (strncmp(kind, families[i].begins, strlen(families[i].begins)) == 0)
			return i18n(c, families[i].label, NULL, 0);
	return kind;
}

rc operator_letter_get(struct ctx *c, struct req *q)
{
	struct operator_letter_page *v = new_zero(c, struct operator_letter_page);
	v->letter = *req_object(q, operator_mail_row, letter);
	v->family = family_of(c, v->letter.kind);
	v->readable = c->app->is_demo && !v->letter.is_private;
	if (v->readable)
		TRY(operator_mail_body(c, v->letter.id, &v->body));
	page_title(q, "operator", v->letter.subject);
	page_crumb(q, T(c, "operator.title"), "/operator");
	page_crumb(q, T(c, "operator_mail.title"), "/operator/mail");
	page_crumb(q, v->letter.subject, NULL);
	return page(q, operator_letter_page, v);
}

static rc note(struct ctx *c, const char *action, pubid letter)
{
	struct audit_event e = { "server", action, "mail", letter, NULL, NULL };
	return audit_note(c, &e);
}

rc operator_mail_retry_all_post(struct ctx *c, struct req *q)
{
	TRY(operator_mail_retry_all(c, c->now, NULL));
	TRY(note(c, "mail.retry_all", (pubid){ "" }));
	c->wake_jobs = true;
	return done(c, q, T(c, "operator_mail.retried"), "/operator/mail");
}

rc operator_letter_retry_post(struct ctx *c, struct req *q)
{
	const struct operator_mail_row *m = req_object(q, operator_mail_row, letter);
	int64_t n;
	TRY(operator_mail_retry(c, m->id, c->now, &n));
	if (!n)
		return fail(c, E_CONFLICT, "operator_mail.is_sent");
	TRY(note(c, "mail.retry", m->pub));
	c->wake_jobs = true;
	return done(c, q, T(c, "operator_mail.retried_one"), "/operator/mail");
}

rc operator_letter_drop_post(struct ctx *c, struct req *q)
{
	const struct operator_mail_row *m = req_object(q, operator_mail_row, letter);
	int64_t n;
	TRY(operator_mail_drop(c, m->id, &n));
	if (!n)
		return fail(c, E_CONFLICT, "operator_mail.is_sent");
	TRY(note(c, "mail.drop", m->pub));
	return done(c, q, T(c, "operator_mail.dropped"), "/operator/mail");
}
