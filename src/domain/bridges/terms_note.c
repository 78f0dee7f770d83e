#include "bridges/terms_note.h"

#include "people/community.h"
#include "people/people.h"

rc terms_facts_of(struct ctx *c, const struct convention_row *k, const struct version_row *v,
		  struct terms_facts *out)
{
	struct community_card payee = { .name = "" };
	if (v->contribution_payee.v)
		TRY(community_card_get(c, v->contribution_payee, &payee));
	*out = (struct terms_facts){
		.name = k->name,
		.from_day = v->in_force,
		.to_day = k->to_day,
		.open_to_join = k->open_to_join,
		.text = v->text,
		.charter = v->charter,
		.credit_per_day = v->credit_per_day,
		.workshop_value = v->workshop_value,
		.workshop_credit = v->workshop_credit,
		.workshop_bands = v->workshop_bands,
		.workshop_minimum = v->workshop_minimum,
		.workshop_eligible = v->workshop_eligible,
		.workshop_debit = v->workshop_debit,
		.room_free = v->room_free,
		.due_days = v->due_days,
		.credit_limit = v->credit_limit,
		.no_show = v->no_show,
		.late = v->late,
		.late_hours = v->late_hours,
		.remind_days = v->remind_days,
		.expiry = v->expiry,
		.contribution = v->contribution,
		.contribution_for = v->contribution_for,
		.payee = payee.name,
		.retention_months = v->retention_months,
	};
	return OK;
}

rc terms_note(struct ctx *c, const struct convention_row *k, const struct terms_facts *was,
	      const struct terms_facts *is)
{
	struct community_card runner;
	const char *before, *after;
	if (!changes_json(c, &terms_facts_shape, was, is, &before, &after))
		return OK;
	TRY(community_card_get(c, k->runner, &runner));
	return community_note(c, runner.pub, "convention.terms", "convention", k->pub, before, after);
}

rc grant_note(struct ctx *c, const struct convention_row *k, const struct grant_row *was,
	      const struct grant_row *is)
{
	const char *action = !was ? "grant.add" : is ? "grant.edit" : "grant.remove";
	return community_note_whole(c, k->runner, action, "grant", (is ? is : was)->pub, &grant_row_shape,
				    was, is);
}

static const char *names_of(struct ctx *c, const struct grant_row_list *l)
{
	const char *out = "";
	for (size_t i = 0; i < l->n; i++)
		out = *out ? fmt(c, "%s, %s", out, l->items[i].name) : l->items[i].name;
	return out;
}

rc grant_order_note(struct ctx *c, const struct convention_row *k, const struct grant_row_list *was,
		    const struct grant_row_list *is)
{
	struct terms_order before = { names_of(c, was) }, after = { names_of(c, is) };
	return community_note_whole(c, k->runner, "convention.terms", "convention", k->pub,
				    &terms_order_shape, &before, &after);
}
