/* cmd_routes.c - what may be asked, by whom: the route table, or the document
 * of the API. */
#include <stdio.h>

#include "app/cli.h"
#include "app/wiring.h"
#include "platform/app.h"
#include "platform/openapi.h"
#include "platform/route_words.h"

static const struct argp_option options[] = {
	{ "openapi", 'o', NULL, 0, "Print the OpenAPI document instead", 0 }, { 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	(void)arg;
	if (key != 'o')
		return ARGP_ERR_UNKNOWN;
	*(bool *)state->input = true;
	return 0;
}

static void print_row(TALLOC_CTX *mem, const struct route *r)
{
	printf("%s\t%s\t%s\t%s\t%s\t%s\n", route_method(r), r->path, route_permission(mem, r),
	       r->form ? r->form->name : "-", route_in_api(r) ? "page, api" : "page",
	       route_in_api(r) ? route_scope(mem, r) : "-");
}

int cmd_routes(struct cli *cli, int argc, char **argv)
{
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.doc = "Print each route: method, path, who may, form, whether the API answers it, and the scope "
		       "that a token needs, separated by tabs.\vExit status: 0 printed.",
	};
	struct app app = { .site_name = "Maillage" };
	bool document = false;
	cli_parse(cli, &argp, argc, argv, &document);
	wire(&app);
	if (document) {
		struct buf b;
		buf_init(&b, cli->mem, 1 << 18);
		openapi_document(&b, &app);
		puts(b.s);
		return CLI_OK;
	}
	for (size_t i = 0; i < app.site->n_routes; i++)
		print_row(cli->mem, &app.site->routes[i]);
	return CLI_OK;
}
