/* invitation.h - asking people into a community, one by one or from a table.
 * What will happen is shown row by row before; nothing leaves before somebody
 * says so. A link holds for 30 days and one answer. */
#ifndef MAILLAGE_INVITATION_H
#define MAILLAGE_INVITATION_H

#include "base/csv.h"
#include "people/invitation_shape.h"

#define INVITATION_SECONDS (30 * 86400)

/* A table of people: the first sheet of a file, and which column is what (-1:
 * none) by its head in French or English; without a head for it, the address
 * is the column that holds addresses. */
struct invitation_table {
	const struct csv_row *heads, *rows;
	size_t n;
	int email, name, first_name, status, roles;
};

/* Read one: CSV, XLSX or ODS. Of status and roles the words or their labels,
 * "cape" when nothing is said. At most 2,000 people. May wait.
 *   E_INVALID    invite.no_email_column, or a failure of spreadsheet_read
 *   E_TOO_LARGE  invite.too_many */
rc invitation_table_read(struct ctx *c, octets file, struct invitation_table *out);
/* A status as people write it: the word, its label, a feminine, an abbreviation. -1: none that is known. */
int invitation_status(struct ctx *c, const char *typed);
/* Roles as people write them: words, labels, or who has them ("conseillère et hôte"); always ROLE_MEMBER too.
 * false: a word means none. */
bool invitation_roles(struct ctx *c, const char *typed, int64_t *roles);
/* The problem of a row in words, with those that would have been understood. */
const char *invitation_why(struct ctx *c, const struct invitation_row *i);

/* "Courriel ← « Adresse mail », …": how its columns were understood. */
const char *invitation_columns(struct ctx *c, const struct invitation_table *t);

/* Note what each row would do, under a batch of its own. Inside db_write. */
rc invitation_preview(struct ctx *c, community_id community, const struct invitation_table *table,
		      const char **batch);
rc invitation_preview_one(struct ctx *c, community_id community, const struct invite_one *f, const char **batch);
/* The rows of a batch with their problems in words. E_NOT_FOUND when it is gone. */
rc invitation_rows(struct ctx *c, community_id community, const char *batch, struct invitation_row_list *out);

/* Ask somebody to keep a page that nobody keeps: whoever says yes manages it.
 *   E_CONFLICT  "steward.kept"; "invite.waiting", blaming email: she is asked already */
rc invitation_steward(struct ctx *c, const struct community_row *row, const struct steward_invite *f);

/* Send what has no problem, forget the rest. *n: letters queued. */
rc invitation_send_batch(struct ctx *c, const struct community_row *row, const char *batch, int64_t *n);
/* A new link; the old one stops working. E_CONFLICT "invite.over". */
rc invitation_send_again(struct ctx *c, const struct community_row *row, const struct invitation_row *i);
rc invitation_withdraw(struct ctx *c, const struct community_row *row, const struct invitation_row *i);

/* E_GONE "invite.gone" when it is unknown, answered, withdrawn or too old. */
rc invitation_find(struct ctx *c, const char *token, struct invitation_row *out);
/* Yes, by c->actor; no, by whoever holds the link. */
rc invitation_accept(struct ctx *c, const struct invitation_row *i);
rc invitation_refuse(struct ctx *c, const struct invitation_row *i);

#endif
