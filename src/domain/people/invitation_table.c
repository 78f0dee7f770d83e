/* invitation_table.c - a table of people, as those who keep one write it. */
#include <string.h>

#include "people/invitation.h"
#include "platform/form_format.h"
#include "platform/i18n.h"
#include "platform/spreadsheet.h"

#define PEOPLE_MOST 2000

static const char emails[] = "email|courriel|e mail|mail|adresse mail|adresse e mail|adresse email|"
			     "adresse electronique|adresse de courriel|email address|e mail address";
static const char whole_names[] =
	"name|nom complet|nom et prenom|prenom et nom|nom prenom|prenom nom|full name";
static const char last_names[] = "nom|nom de famille|last name|surname|family name";
static const char first_names[] = "prenom|first name|given name";
static const char statuses[] = "status|statut|contrat|contract";
static const char roles[] = "roles|role|fonction|fonctions";

/* Addresses and nothing else, one at least. */
static bool holds_addresses(const struct invitation_table *t, int column)
{
	size_t found = 0;
	for (size_t i = 0; i < t->n; i++) {
		const char *s = csv_cell(&t->rows[i], column);
		if (*s && !email_ok(s))
			return false;
		found += *s != 0;
	}
	return found > 0;
}

static void find_columns(struct ctx *c, struct invitation_table *t)
{
	t->email = spreadsheet_column(c, t->heads, emails);
	for (int i = 0; t->email < 0 && i < (int)t->heads->n; i++)
		if (holds_addresses(t, i))
			t->email = i;
	t->first_name = -1;
	t->name = spreadsheet_column(c, t->heads, whole_names);
	if (t->name < 0) {
		t->name = spreadsheet_column(c, t->heads, last_names);
		t->first_name = spreadsheet_column(c, t->heads, first_names);
	}
	t->status = spreadsheet_column(c, t->heads, statuses);
	t->roles = spreadsheet_column(c, t->heads, roles);
}

rc invitation_table_read(struct ctx *c, octets file, struct invitation_table *out)
{
	struct spreadsheet s;
	TRY(spreadsheet_read(c, file, &s, NULL));
	const struct spreadsheet_sheet *sheet = &s.sheets[0];
	size_t head = spreadsheet_head(sheet);
	*out = (struct invitation_table){ .heads = &sheet->rows[head],
					  .rows = sheet->rows + head + 1,
					  .n = sheet->n - head - 1 };
	if (out->n > PEOPLE_MOST)
		return fail(c, E_TOO_LARGE, "invite.too_many");
	find_columns(c, out);
	return out->email < 0 ? fail(c, E_INVALID, "invite.no_email_column") : OK;
}

static const char *head(const struct invitation_table *t, int column)
{
	return csv_cell(t->heads, column);
}

const char *invitation_columns(struct ctx *c, const struct invitation_table *t)
{
	const struct {
		const char *label;
		int column;
	} all[] = {
		{ T(c, "people.email"), t->email }, { T(c, "people.name"), t->first_name },
		{ T(c, "people.name"), t->name },   { T(c, "people.status"), t->status },
		{ T(c, "people.roles"), t->roles },
	};
	const char *out = "";
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i].column >= 0)
			out = fmt(c, "%s%s%s ← %s", out, *out ? ", " : "", all[i].label,
				  head(t, all[i].column));
	return T_TEXT(c, "invite.columns_read", "columns", out);
}
