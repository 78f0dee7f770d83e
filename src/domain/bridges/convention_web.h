/* convention_web.h - pages of conventions as texts, parties and signatures. */
#ifndef MAILLAGE_CONVENTION_WEB_H
#define MAILLAGE_CONVENTION_WEB_H

#include "bridges/convention_shape.h"
#include "platform/route.h"

route_fn conventions_get, conventions_csv_get, parties_csv_get, contributions_csv_get, versions_csv_get, convention_discard_post,
	party_remove_post, party_insure_post, party_ask_back_post, convention_end_post;
route_fn convention_new_get, convention_new_post, terms_get, terms_post, parties_get, parties_post,
	party_propose_post, text_get, party_sign_post, party_refuse_post, party_join_post, party_shown_post, party_leave_post, party_stay_post, people_get, reminders_post, charter_get,
	charter_post;

route_fn grant_new_get, grant_new_post, grant_get, grant_post, grant_remove_post, grant_up_post;

route_fn party_sign_prepare, party_join_prepare;

route_fn party_again, paid_again, amend_again, rights_get, documents_get, amend_post, party_suspend_post, party_resume_post, party_paid_post;

/* What the tabs of a convention stand under. */
struct convention_row;
struct follow_head;
rc convention_head(struct ctx *c, const struct convention_row *k, const char *tab, struct follow_head *h);

/* "contrat CAPE, contrat CESA": the labels of a list of words. */
const char *words_of(struct ctx *c, const struct enumeration *e, const char *list);

/* The fields of a right in a form. */
struct grant_row;
struct grant_fields;
void grant_fields_fill(struct ctx *c, const struct grant_row *g, struct grant_fields *v);

/* The rest of what a version says; s->version is there. */
struct said_terms;
rc said_terms_fill(struct ctx *c, struct said_terms *s);

/* Title and crumbs of one of its pages; k NULL: of none yet. */
void convention_stand(struct ctx *c, struct req *q, const struct convention_row *k, const char *title);

/* All rights of a version in words; sends: with what one's own people took of them. */
struct right_line_list;
rc rights_in_words(struct ctx *c, version_id version, bool sends, struct right_line_list *out);

rc agreement_loader(struct ctx *c, pubid pub, struct loaded *out);
rc known_loader(struct ctx *c, pubid pub, struct loaded *out);
rc followed_loader(struct ctx *c, pubid pub, struct loaded *out);
rc version_loader(struct ctx *c, pubid pub, struct loaded *out);
rc grant_loader(struct ctx *c, pubid pub, struct loaded *out);

#endif
