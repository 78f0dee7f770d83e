#include "people/role_words.h"

static const struct {
	unsigned bit;
	const char *key;
} words[] = {
	{ ROLE_HOST, K("role.host") },
	{ ROLE_ADVISOR, K("role.advisor") },
	{ ROLE_ACCOUNTANT, K("role.accountant") },
	{ ROLE_MANAGER, K("role.manager") },
	{ ROLE_SIGNATORY, K("role.signatory") },
	{ ROLE_COORDINATOR, K("role.coordinator") },
};

const char *role_words(struct ctx *c, int64_t roles)
{
	const char *all = NULL;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if ((unsigned)roles & words[i].bit)
			all = fmt(c, "%s%s%s", all ? all : "", all ? ", " : "",
				  i18n(c, words[i].key, NULL, 0));
	return all ? all : T(c, "role.member");
}

void ui_roles(struct out *o, int64_t roles)
{
	out_text_str(o, role_words(o->c, roles));
}
