/* invitation_words.c - statuses and roles as people write them in a table. */
#include <string.h>

#include "base/fold.h"
#include "people/invitation.h"
#include "people/member.h"
#include "platform/i18n.h"

/* Besides the word and its label: folded, genders apart. */
static const struct said {
	int means;
	const char *words;
} statuses[] = {
	{ MEMBERSHIP_STATUS_PROSPECT,
	  "|decouverte|porteur de projet|porteuse de projet|candidat|candidate|" },
	{ MEMBERSHIP_STATUS_CAPE, "|contrat cape|en cape|" },
	{ MEMBERSHIP_STATUS_CESA,
	  "|contrat cesa|en cesa|es|entrepreneur salarie|entrepreneure salariee|entrepreneuse salariee|"
	  "entrepreneur e salarie e|" },
	{ MEMBERSHIP_STATUS_ASSOCIATE,
	  "|associe|associee|esa|entrepreneur salarie associe|entrepreneure salariee associee|"
	  "entrepreneuse salariee associee|" },
	{ MEMBERSHIP_STATUS_STAFF, "|salarie|salariee|permanent|permanente|equipe|" },
	{ MEMBERSHIP_STATUS_RESIDENT, "|resident|residente|coworker|" },
	{ MEMBERSHIP_STATUS_FACILITATOR, "|facilitateur|facilitatrice|" },
	{ MEMBERSHIP_STATUS_FRIEND, "|ami|amie|ami du lieu|amie du lieu|" },
};

static const struct said roles_said[] = {
	{ ROLE_WORD_MEMBER, "|membre|member|" },
	{ ROLE_WORD_HOST, "|accueil|hote|hotesse|animateur|animatrice|animation|" },
	{ ROLE_WORD_ADVISOR,
	  "|accompagnement|accompagnateur|accompagnatrice|conseil|conseiller|conseillere|adviser|" },
	{ ROLE_WORD_ACCOUNTANT, "|comptabilite|comptable|compta|accounting|bookkeeper|" },
	{ ROLE_WORD_MANAGER, "|gestion|gestionnaire|gerant|gerante|gerance|management|" },
	{ ROLE_WORD_SIGNATORY, "|signature|signataire|" },
	{ ROLE_WORD_COORDINATOR, "|coordination|coordinateur|coordinatrice|coordonnateur|coordonnatrice|" },
};

/* What stands around them: "chargée de l’accueil", "conseiller·ère et animateur·rice". */
static const char around[] = "|charge|chargee|e|de|du|d|des|la|le|l|a|et|ere|ice|rice|trice|euse|and|of|the|";

static bool holds(struct ctx *c, const char *words, const char *folded)
{
	return strstr(words, fmt(c, "|%s|", folded)) != NULL;
}

static int word_of(struct ctx *c, const struct enumeration *e, const struct said *said, size_t n,
		   const char *folded)
{
	for (size_t i = 0; i < e->n; i++)
		if (strcmp(fold(c, e->words[i]), folded) == 0 ||
		    strcmp(fold(c, i18n_word(c, e, (int)i)), folded) == 0)
			return (int)i;
	for (size_t i = 0; i < n; i++)
		if (holds(c, said[i].words, folded))
			return said[i].means;
	return -1;
}

int invitation_status(struct ctx *c, const char *typed)
{
	return word_of(c, &membership_status_words, statuses, sizeof statuses / sizeof *statuses,
		       fold(c, typed));
}

bool invitation_roles(struct ctx *c, const char *typed, int64_t *roles)
{
	char *rest, *all = talloc_strdup(c->mem, fold(c, typed));
	*roles = ROLE_MEMBER;
	for (char *word = strtok_r(all, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
		int i = word_of(c, &role_word_words, roles_said, sizeof roles_said / sizeof *roles_said,
				word);
		if (i < 0 && !holds(c, around, word))
			return false;
		*roles |= i < 0 ? 0 : 1 << i;
	}
	return true;
}

static const char *every_status(struct ctx *c)
{
	const char *s = "";
	for (int i = 0; i < MEMBERSHIP_STATUS_COUNT; i++)
		s = fmt(c, "%s%s%s", s, *s ? ", " : "", i18n_word(c, &membership_status_words, i));
	return s;
}

const char *invitation_why(struct ctx *c, const struct invitation_row *i)
{
	bool role = strcmp(i->problem, "invite.bad_role") == 0;
	const struct arg args[] = {
		{ .name = "value", .kind = ARG_TEXT, .text = i->typed ? i->typed : "" },
		{ .name = "known", .kind = ARG_TEXT, .text = role ? roles_text(c, ~0) : every_status(c) },
	};
	return i18n(c, i->problem, args, 2);
}
