#include "observatory/fiche.h"

#include <string.h>

#include "base/fold.h"
#include "base/pubid.h"
#include "base/words.h"
#include "observatory/fiche_sql.h"
#include "people/community.h"
#include "people/link.h"
#include "people/people.h"
#include "platform/i18n.h"
#include "platform/json.h"
#include "platform/mail.h"
#include "platform/markdown.h"
#include "platform/route.h"
#include "territory/commune.h"

#define MEMBERS 40

enum { WORDS = 3 };

rc fiche_find(struct ctx *c, const struct fiche_query *q, int64_t most, struct fiche_line_list *out)
{
	const char *w[WORDS];
	words_first(c, fold(c, q->q ? q->q : ""), w, WORDS);
	TRY(fiche_search(c, w[0], w[1], w[2], q->after ? q->after : "", most, out));
	for (size_t i = 0; i < out->n; i++)
		out->items[i].beginning = markdown_words(c, out->items[i].beginning);
	return OK;
}

rc fiche_total(struct ctx *c, const struct fiche_query *q, int64_t *n)
{
	const char *w[WORDS];
	words_first(c, fold(c, q->q ? q->q : ""), w, WORDS);
	return fiche_count(c, w[0], w[1], w[2], n);
}

/* ---- reading one ---- */

static void add_part(struct ctx *c, struct fiche_page *v, const char *title, const char *text)
{
	if (text && *text)
		v->parts.items[v->parts.n++] = (struct fiche_part){ title, text, markdown_render(c, text) };
}

rc fiche_view(struct ctx *c, const struct fiche_row *row, struct fiche_page *v)
{
	v->row = *row;
	v->description = markdown_render(c, row->description);
	v->parts.items = new_array(c, struct fiche_part, 6);
	add_part(c, v, T(c, "fiche.stakes"), row->stakes);
	add_part(c, v, T(c, "fiche.benefits"), row->benefits);
	add_part(c, v, T(c, "fiche.difficulties"), row->difficulties);
	add_part(c, v, T(c, "fiche.lessons"), row->lessons);
	add_part(c, v, T(c, "fiche.targets"), row->targets);
	add_part(c, v, T(c, "fiche.partners"), row->partners);
	if (row->community.v)
		TRY(community_card_get(c, row->community, &v->whose));
	return fiche_members(c, row->id, &v->members);
}

const char *fiche_members_text(struct ctx *c, const struct fiche_member_list *l)
{
	struct buf b;
	buf_init(&b, c->mem, 256);
	for (size_t i = 0; i < l->n; i++)
		buf_fmt(&b, "%s%s", i ? "\n" : "", l->items[i].name);
	return b.s;
}

rc fiche_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	struct fiche_row *row = new_zero(c, struct fiche_row);
	bool found;
	TRY(fiche_by_pub(c, pub, row, &found));
	if (!found)
		return fail(c, E_NOT_FOUND, "db.not_found");
	out->object = row;
	out->community = row->community;
	out->is_public = row->state == FICHE_STATE_PUBLISHED;
	return OK;
}

/* ---- writing ---- */

/* What is found by words: the title and the whole text, folded. */
static const char *folded_of(struct ctx *c, const char *title, const char *description)
{
	return fold(c, fmt(c, "%s %s", title, description ? description : ""));
}

static rc write_members(struct ctx *c, fiche_id fiche, const char *lines)
{
	int64_t rank = 0;
	char *rest, *all = talloc_strdup(c->mem, lines ? lines : "");
	TRY(fiche_members_clear(c, fiche, NULL));
	for (char *name = strtok_r(all, "\r\n", &rest); name; name = strtok_r(NULL, "\r\n", &rest)) {
		if (++rank > MEMBERS)
			return fail_field(c, "members", "fiche.too_many_members");
		TRY(fiche_member_put(c, fiche, rank, name, fold(c, name), NULL));
	}
	return OK;
}

static rc find_commune(struct ctx *c, const char *typed, const char **insee)
{
	struct commune_card_list l;
	*insee = NULL;
	if (!typed || !*typed)
		return OK;
	TRY(community_communes(c, typed, &l));
	if (!l.n)
		return fail_field(c, "commune", "fiche.no_commune");
	*insee = l.items[0].insee;
	return OK;
}

static rc note(struct ctx *c, const char *action, pubid fiche, const char *state)
{
	struct community_row mine;
	TRY(community_get(c, c->actor.community, &mine));
	return community_note(c, mine.pub, action, "fiche", fiche, NULL, fmt(c, "{\"state\":\"%s\"}", state));
}

static rc write_text(struct ctx *c, fiche_id fiche, const struct fiche_edit *in)
{
	const char *insee;
	TRY(find_commune(c, in->commune, &insee));
	TRY(fiche_write(c, in, fiche, insee, folded_of(c, in->title, in->description), c->now, NULL));
	return write_members(c, fiche, in->members);
}

rc fiche_begin(struct ctx *c, const struct fiche_edit *in, pubid *out)
{
	fiche_id id;
	pubid_new(out);
	TRY(fiche_insert(c, *out, FICHE_STATE_DRAFT, c->actor.community, (community_id){ 0 }, NULL, in->title,
			 folded_of(c, in->title, in->description), c->now, &id));
	TRY(write_text(c, id, in));
	return note(c, "fiche.create", *out, "draft");
}

rc fiche_change(struct ctx *c, const struct fiche_row *row, const struct fiche_edit *in)
{
	TRY(write_text(c, row->id, in));
	if (row->state == FICHE_STATE_ASKED)
		TRY(fiche_set_state(c, row->id, FICHE_STATE_DRAFT, c->now, NULL));
	return note(c, "fiche.edit", row->pub,
		    row->state == FICHE_STATE_ASKED ? "draft" : enum_word(&fiche_state_words, row->state));
}

/* Whoever asked for it learns, the first time, that it can be read. */
static rc tell_who_asked(struct ctx *c, const struct fiche_row *row)
{
	struct recipients who;
	TRY(people_with_role(c, row->asked_for, ROLE_MANAGER | ROLE_COORDINATOR, &who));
	for (size_t i = 0; i < who.n; i++) {
		enum lang before = mail_lang(c, who.items[i].lang);
		struct mail_draft d = {
			.to = who.items[i].email,
			.lang = c->lang,
			.kind = "fiche.published",
			.subject = T_TEXT(c, "fiche_mail.told", "title", row->title),
			.paragraphs = { T(c, "fiche_mail.told_what") },
			.action_label = T(c, "fiche_mail.read"),
			.action_path = fmt(c, "/fiches/%s", row->pub.s),
		};
		mail_lang(c, before);
		TRY(mail_queue(c, &d));
	}
	return OK;
}

rc fiche_publish(struct ctx *c, const struct fiche_row *row)
{
	if (!row->description || !*row->description)
		return fail(c, E_CONFLICT, "fiche.nothing_said");
	TRY(fiche_set_state(c, row->id, FICHE_STATE_PUBLISHED, c->now, NULL));
	if (row->asked_for.v && is_none(row->published_at))
		TRY(tell_who_asked(c, row));
	return note(c, "fiche.publish", row->pub, "published");
}

rc fiche_withdraw(struct ctx *c, const struct fiche_row *row)
{
	TRY(fiche_set_state(c, row->id, FICHE_STATE_WITHDRAWN, c->now, NULL));
	return note(c, "fiche.withdraw", row->pub, "withdrawn");
}

/* ---- asking for one ---- */

static rc write_letter(struct ctx *c, const char *asker, const struct fiche_ask *in, pubid fiche,
		       const struct recipient *r)
{
	enum lang before = mail_lang(c, r->lang);
	struct mail_draft d = {
		.to = r->email,
		.lang = c->lang,
		.kind = "fiche.asked",
		.subject = T_TEXT(c, "fiche_mail.subject", "name", asker),
		.paragraphs = { T_TEXT(c, "fiche_mail.what", "name", asker), in->request,
				T(c, "fiche_mail.how") },
		.action_label = T(c, "fiche_mail.action"),
		.action_path = fmt(c, "/fiches/%s/edit", fiche.s),
	};
	mail_lang(c, before);
	return mail_queue(c, &d);
}

rc fiche_request(struct ctx *c, const struct fiche_ask *in, pubid *out)
{
	struct community_row mine;
	struct community_card_list l;
	struct recipients who;
	fiche_id id;
	TRY(community_get(c, c->actor.community, &mine));
	TRY(link_candidates(c, &mine, in->name, &l));
	if (!l.n)
		return fail_field(c, "name", "link.no_community");
	if (l.n > 1 && strcmp(fold(c, l.items[0].name), fold(c, in->name)) != 0)
		return fail_field(c, "name", "link.which_community");
	pubid_new(out);
	TRY(fiche_insert(c, *out, FICHE_STATE_ASKED, l.items[0].id, mine.id, in->request, in->title,
			 folded_of(c, in->title, NULL), c->now, &id));
	TRY(people_with_role(c, l.items[0].id, ROLE_MANAGER, &who));
	for (size_t i = 0; i < who.n; i++)
		TRY(write_letter(c, mine.name, in, *out, &who.items[i]));
	return note(c, "fiche.ask", *out, "asked");
}
