/* cmd_user.c - accounts from the command line: the first operator, lost keys. */
#include <stdio.h>
#include <string.h>

#include "app/cli_db.h"
#include "base/civil.h"
#include "people/account_care.h"
#include "people/account_sql.h"
#include "platform/form_format.h"

struct asked {
	const char *words[3]; /* add; operator EMAIL on; ... */
	int n;
	const char *email, *name, *why;
	bool operator_too;
	const char *token; /* of the link to print */
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct asked *a = state->input;
	switch (key) {
	case 'e': a->email = arg; return 0;
	case 'n': a->name = arg; return 0;
	case 'w': a->why = arg; return 0;
	case 'o': a->operator_too = true; return 0;
	case ARGP_KEY_ARG:
		if (a->n == 3)
			argp_usage(state);
		a->words[a->n++] = arg;
		return 0;
	default: return ARGP_ERR_UNKNOWN;
	}
}

static rc find(struct ctx *c, const char *email, struct account_row *out)
{
	bool found;
	TRY(account_by_email(c, email, out, &found));
	return found ? OK : fail_with(c, E_NOT_FOUND, "user.unknown", "email", email, NULL);
}

static rc add(struct ctx *c, void *arg)
{
	struct asked *a = arg;
	person_id id;
	enum lang said = c->lang;
	c->lang = c->app->config->language; /* hers; what the command says stays English */
	rc made = account_create(c, a->email, a->name, NULL, false, &id);
	c->lang = said;
	TRY(made);
	if (a->operator_too)
		TRY(person_set_operator(c, id, true, NULL));
	return account_link_new(c, MAIL_PURPOSE_RESET, id, a->email, INVITED_RESET_SECONDS, &a->token);
}

static rc set_operator(struct ctx *c, void *arg)
{
	const struct asked *a = arg;
	struct account_row who;
	TRY(find(c, a->words[1], &who));
	return care_set_operator(c, &who, strcmp(a->words[2], "on") == 0);
}

static rc reset(struct ctx *c, void *arg)
{
	struct asked *a = arg;
	struct account_row who;
	TRY(find(c, a->words[1], &who));
	return care_reset_link(c, &who, &a->token);
}

static rc sign_out(struct ctx *c, void *arg)
{
	const struct asked *a = arg;
	struct account_row who;
	TRY(find(c, a->words[1], &who));
	return care_sign_out(c, &who);
}

static rc suspend(struct ctx *c, void *arg)
{
	const struct asked *a = arg;
	struct account_row who;
	TRY(find(c, a->words[1], &who));
	return care_suspend(c, &who, a->why);
}

static rc restore(struct ctx *c, void *arg)
{
	const struct asked *a = arg;
	struct account_row who;
	TRY(find(c, a->words[1], &who));
	return care_restore(c, &who);
}

static rc list(struct ctx *c, void *arg)
{
	const struct account_query every = { .state = -1, .sort = ACCOUNT_SORT_NAME };
	struct account_line_list all;
	(void)arg;
	TRY(accounts_find(c, &every, &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct account_line *p = &all.items[i];
		char when[21];
		instant_iso(p->created_at, when);
		printf("%s\t%s\t%.10s%s%s%s\n", p->email, p->name, when, p->is_operator ? "\toperator" : "",
		       p->verified ? "" : "\tnot confirmed", is_none(p->suspended_at) ? "" : "\tsuspended");
	}
	return OK;
}

static const struct action {
	const char *name;
	int n; /* words with it */
	db_fn *run;
} actions[] = {
	{ "add", 1, add },	   { "list", 1, list },		{ "operator", 3, set_operator },
	{ "reset", 2, reset },	   { "sign-out", 2, sign_out }, { "suspend", 2, suspend },
	{ "restore", 2, restore },
};

static int run(struct cli *cli, struct asked *a, const struct action *action)
{
	struct cli_db d;
	bool reads = action->run == list;
	int code = cli_db_open(cli, reads ? CLI_DB_READ_ONLY : CLI_DB_BESIDE, &d);
	if (code != CLI_OK)
		return code;
	if ((reads ? db_read : db_write)(&d.ctx, action->run, a) != OK)
		code = cli_failure(cli, &d.ctx);
	else if (a->token && cli->config.public_url)
		printf("%s/reset?token=%s\n", cli->config.public_url, a->token);
	else if (a->token)
		printf("http://%s/reset?token=%s\n", cli->config.listen, a->token);
	cli_db_close(&d);
	return code;
}

/* What is missing or wrong, or NULL. */
static const char *wrong(const struct asked *a, const struct action *action)
{
	if (!action)
		return "say add, list, operator EMAIL on|off, or reset, sign-out, suspend or restore EMAIL";
	if (a->n != action->n)
		return action->n == 1 ? "too many words" : "say whose: an e-mail address";
	if (action->run == add && (!a->email || !a->name || !*a->name))
		return "add needs --email ADDRESS and --name NAME";
	if (action->run == add && !email_ok(a->email))
		return "that is no e-mail address: name@example.org";
	if (action->run == suspend && (!a->why || !*a->why))
		return "suspend needs --why TEXT, which is kept in the audit";
	if (action->run == set_operator && strcmp(a->words[2], "on") != 0 && strcmp(a->words[2], "off") != 0)
		return "say on or off";
	return NULL;
}

int cmd_user(struct cli *cli, int argc, char **argv)
{
	static const struct argp_option options[] = {
		{ "email", 'e', "ADDRESS", 0, "add: her e-mail address", 0 },
		{ "name", 'n', "NAME", 0, "add: as she wants to be called", 0 },
		{ "operator", 'o', NULL, 0, "add: she runs the server", 0 },
		{ "why", 'w', "TEXT", 0, "suspend: the reason, kept in the audit", 0 },
		{ 0 }
	};
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc =
			"add\nlist\noperator EMAIL on|off\nreset EMAIL\nsign-out EMAIL\nsuspend EMAIL --why TEXT\nrestore EMAIL",
		.doc = "Accounts. `add` and `reset` print a link, good once and for seven days, by which she chooses "
		       "her password. `sign-out` ends her sessions; `suspend` keeps her out, until `restore`. All of it "
		       "may be done while a server runs."
		       "\vExit status: 0 done; 1 there is no such account, or it is suspended, or in, already; 2 not understood; 3 the "
		       "database cannot be opened, or a command works on it that wants to be alone; 4 the configuration "
		       "is wrong.",
	};
	struct asked a = { 0 };
	const struct action *action = NULL;
	cli_parse(cli, &argp, argc, argv, &a);
	for (size_t i = 0; a.n && i < sizeof actions / sizeof *actions; i++)
		if (strcmp(actions[i].name, a.words[0]) == 0)
			action = &actions[i];
	const char *why = wrong(&a, action);
	return why ? cli_fail(cli, CLI_USAGE, "%s", why) : run(cli, &a, action);
}
