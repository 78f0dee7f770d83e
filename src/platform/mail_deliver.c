/* mail_deliver.c - the queue of letters is emptied, one after the other. What
 * became of each is written before the next is tried, so that a crash repeats
 * one letter at most, under the same Message-ID. */
#include "platform/app.h"
#include "platform/config.h"
#include "platform/letter.h"
#include "platform/log.h"
#include "platform/mail.h"
#include "platform/mail_sql.h"
#include "platform/smtp.h"

#define BATCH	  20
#define KEEP_SENT (30 * 86400)
#define KEEP_DEAD (90 * 86400)

int64_t mail_retry_after(int64_t failed)
{
	static const int64_t waits[] = { 60, 300, 900, 3600, 4 * 3600, 12 * 3600, 86400 };
	int64_t n = sizeof waits / sizeof *waits;
	return failed >= 1 && failed <= n ? waits[failed - 1] : NONE;
}

struct outcome {
	const struct mail_letter *letter;
	enum smtp_verdict verdict;
	const char *why;
};

static rc keep(struct ctx *c, void *arg)
{
	const struct outcome *o = arg;
	int64_t wait = mail_retry_after(o->letter->attempts + 1);
	if (o->verdict == SMTP_SENT)
		return mail_mark_sent(c, o->letter->id, c->now, NULL);
	if (o->verdict == SMTP_NEVER || wait == NONE)
		return mail_mark_dead(c, o->letter->id, o->why, NULL);
	return mail_mark_later(c, o->letter->id, (instant){ c->now.v + wait }, o->why, NULL);
}

static rc send_one(struct ctx *c, struct smtp *s, const struct mail_letter *m, bool *go_on)
{
	struct outcome o = { .letter = m };
	struct buf b;
	struct letter l = {
		.site = c->app->site_name ? c->app->site_name : "Maillage",
		.from = c->app->config->mail_from,
		.to = m->to_address,
		.lang = m->lang,
		.subject = m->subject,
		.text = m->body_text,
		.html = m->body_html,
		.stop = m->stop_url,
		.pub = m->pub,
		.date = c->now,
	};
	buf_init(&b, c->mem, 8192);
	letter_write(&b, &l);
	o.verdict = smtp_send(s, l.from, l.to, b.s, b.len, &o.why);
	c->now = c->app->clock(c->app);
	if (o.verdict != SMTP_SENT)
		log_warn("letter not sent", KV("letter", m->pub.s), KV("attempts", m->attempts + 1),
			 KV("why", o.why));
	*go_on = o.verdict != SMTP_UNREACHABLE && !c->app->stopping;
	return db_write(c, keep, &o);
}

static rc ask_due(struct ctx *c, void *arg)
{
	return mail_due(c, c->now, BATCH, arg);
}

static rc send_batch(struct ctx *c, struct smtp *s, bool *more)
{
	struct mail_letter_list due;
	TRY(db_read(c, ask_due, &due));
	*more = due.n == BATCH;
	for (size_t i = 0; i < due.n; i++) {
		bool go_on;
		TRY(send_one(c, s, &due.items[i], &go_on));
		if (!go_on) {
			*more = false;
			break;
		}
	}
	return OK;
}

rc mail_deliver(struct ctx *c)
{
	const struct config *cfg = c->app->config;
	bool more = true;
	rc code = OK;
	if (!cfg || !cfg->smtp_url)
		return OK;
	struct smtp *s = smtp_open(cfg);
	if (!s)
		return fail(c, E_IO, "mail.no_client");
	while (more && code == OK) {
		struct ctx one = *c;
		one.mem = talloc_new(c->mem);
		code = send_batch(&one, s, &more);
		if (code != OK)
			c->failure = (struct failure){ .code = code, .key = one.failure.key };
		talloc_free(one.mem);
	}
	smtp_close(s);
	return code;
}

static rc sweep(struct ctx *c, void *arg)
{
	(void)arg;
	return mail_sweep_before(c, (instant){ c->now.v - KEEP_SENT }, (instant){ c->now.v - KEEP_DEAD },
				 NULL);
}

rc mail_sweep(struct ctx *c)
{
	return db_write(c, sweep, NULL);
}
