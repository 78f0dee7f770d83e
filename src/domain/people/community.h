/* community.h - communities as their stewards keep them: names, kinds, towns,
 * figures. Everything that changes is told to the audit log of the community,
 * with what it was before. All of it inside db_write but what only reads. */
#ifndef MAILLAGE_COMMUNITY_H
#define MAILLAGE_COMMUNITY_H

#include "base/ctx.h"
#include "people/community_page_shape.h"
#include "people/community_shape.h"

/* One or two letters for an emblem: of the first two words that say something
 * ("Les Usines du Noyer": UN), of a single word its first two. */
const char *community_initials(struct ctx *c, const char *name);

/* What was typed, checked and completed. `before` is what a steward does not
 * write and what stays when the town does; NULL for a new one.
 *   E_INVALID  on its field: community.no_kind, bad_siren, bad_siret, siret_other,
 *              no_commune, which_commune (several: see community_communes) */
rc community_read(struct ctx *c, const struct community_edit *f, const struct community_facts *before,
		  struct community_facts *out);

/* The communes that "Ligugé", "Ligugé (86)" or "86240" may mean, best first. */
rc community_communes(struct ctx *c, const char *typed, struct commune_card_list *out);
/* "Ligugé (86)": how a commune is typed and found again. "" for none. */
const char *commune_typed(struct ctx *c, const char *name, const char *departement);

/* A new one; who makes it is its manager and signs for it. */
rc community_create(struct ctx *c, const struct community_facts *facts, pubid *out);
/* Nothing is written when nothing differs. */
rc community_change(struct ctx *c, const struct community_row *row, const struct community_facts *after);
/* "This page is right", said by a steward now. */
rc community_confirm(struct ctx *c, const struct community_row *row);

/* The figure of a kind and year: written, corrected, or taken away when both
 * value and note are empty. */
rc community_figure(struct ctx *c, const struct community_row *row, const struct figure_edit *f);

/* One event in the audit log of a community, after all else that locks. */
rc community_note(struct ctx *c, pubid community, const char *action, const char *object_kind, pubid object,
		  const char *before, const char *after);

/* The same with all that an object holds, before and after; NULL: it was not, or is no more.
 * Nothing is written when nothing differs. An object that is none: the community itself. */
rc community_note_whole(struct ctx *c, community_id community, const char *action, const char *object_kind,
			pubid object, const struct shape *s, const void *before, const void *after);

/* The fields of a shape that differ between two structs of it, as JSON of each;
 * false when none does. Private fields are passed over. */
bool changes_json(struct ctx *c, const struct shape *s, const void *before, const void *after,
		  const char **before_json, const char **after_json);

#endif
