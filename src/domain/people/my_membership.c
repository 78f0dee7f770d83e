#include "people/my_membership.h"

#include "audit/audit.h"
#include "base/civil.h"
#include "people/member_sql.h"
#include "people/my_membership_sql.h"

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

rc membership_leave(struct ctx *c, const struct membership_row *m)
{
	bool only;
	TRY(only_manager_of(c, m, &only));
	if (only)
		return fail_with(c, E_CONFLICT, "memberships.only_manager", "name", m->card.name, NULL);
	TRY(my_membership_end(c, m->id, (day){ day_at(c->now, NULL).v - 1 }, NULL));
	TRY(my_membership_history(c, m->id, m->status, c->now, m->person.v, NULL));
	struct audit_event e = { m->card.pub.s, "membership.leave", "membership", m->pub, NULL, NULL };
	return audit_note(c, &e);
}
