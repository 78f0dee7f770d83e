#include "people/my_membership.h"

#include "audit/audit.h"
#include "base/civil.h"
#include "people/member_sql.h"
#include "people/my_membership_sql.h"
#include "people/people.h"

rc memberships_ever(struct ctx *c, person_id person, struct membership_row_list *out)
{
	return my_memberships(c, person, out);
}

bool membership_holds(const struct membership_row *m, day on)
{
	return m->started.v <= on.v && (is_none(m->ended) || m->ended.v >= on.v);
}

rc only_manager_of(struct ctx *c, const struct membership_row *m, bool *out)
{
	int64_t others = 1;
	community_id locked;
	if (m->roles & ROLE_MANAGER) {
		TRY(community_lock(c, m->community, &locked));
		TRY(other_managers(c, m->community, m->person, ROLE_MANAGER, day_at(c->now, NULL), &others));
	}
	*out = others == 0;
	return OK;
}

static rc note(struct ctx *c, const struct membership_row *m, const char *action, const char *was,
	       const char *now)
{
	struct audit_event e = { m->card.pub.s, action, "membership", m->pub, was, now };
	struct actor before = actor_herself(c);
	rc code = audit_note(c, &e);
	c->actor = before;
	return code;
}

rc membership_leave(struct ctx *c, const struct membership_row *m)
{
	bool only;
	TRY(only_manager_of(c, m, &only));
	if (only)
		return fail_with(c, E_CONFLICT, "memberships.only_manager", "name", m->card.name, NULL);
	TRY(my_membership_end(c, m->id, (day){ day_at(c->now, NULL).v - 1 }, NULL));
	TRY(my_membership_history(c, m->id, m->status, c->now, m->person.v, NULL));
	return note(c, m, "membership.leave", NULL, NULL);
}

static const char *choices(struct ctx *c, int visibility, bool shares_use)
{
	return fmt(c, "{\"visibility\":\"%s\",\"shares_use\":%s}", enum_word(&visibility_words, visibility),
		   shares_use ? "true" : "false");
}

rc membership_choose(struct ctx *c, const struct membership_row *m, int visibility, bool shares_use)
{
	TRY(my_membership_set(c, m->id, visibility, shares_use, NULL));
	return note(c, m, "membership.choices", choices(c, m->visibility, m->shares_use),
		    choices(c, visibility, shares_use));
}
