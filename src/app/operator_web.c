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

rc operator_letter_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	struct operator_mail_row *m = new_zero(c, struct operator_mail_row);
	bool found;
	if (!c->actor.is_operator)
		return fail(c, E_NOT_FOUND, "db.not_found");
	TRY(operator_mail_by_pub(c, pub, m, &found));
	m->to_address = found ? masked(c, m->to_address) : NULL;
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
	v->has_smtp = has_smtp(c);
	TRY(counts(c, &v->counts));
	TRY(operator_mail_list(c, f->state, f->after, PAGE_ROWS + 1, &v->items));
	if (v->items.n > PAGE_ROWS)
		v->next = v->items.items[--v->items.n - 1].pub;
	for (size_t i = 0; i < v->items.n; i++)
		v->items.items[i].to_address = masked(c, v->items.items[i].to_address);
	page_title(q, "operator", T(c, "operator_mail.title"));
	page_crumb(q, T(c, "operator.title"), "/operator");
	page_crumb(q, T(c, "operator_mail.title"), NULL);
	return page(q, operator_mail_page, v);
}

rc operator_letter_get(struct ctx *c, struct req *q)
{
	struct operator_letter_page *v = new_zero(c, struct operator_letter_page);
	v->letter = *req_object(q, operator_mail_row, letter);
	v->readable = c->app->is_demo;
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
