/* cmd_serve.c - `maillage serve`. */
#include "app/cli.h"
#include "app/serve.h"

struct input {
	const char *listen;
};

static error_t option(int key, char *arg, struct argp_state *state)
{
	struct input *in = state->input;
	if (key != 'l')
		return ARGP_ERR_UNKNOWN;
	in->listen = arg;
	return 0;
}

int cmd_serve(struct cli *cli, int argc, char **argv)
{
	static const struct argp_option options[] = {
		{ "listen", 'l', "ADDRESS", 0, "127.0.0.1:8080, [::1]:8080 or unix:PATH; port 0 picks one",
		  0 },
		{ 0 },
	};
	static const struct argp argp = {
		.options = options,
		.parser = option,
		.doc = "Serve pages and API until SIGTERM; nothing in flight is lost."
		       "\vExit status: 0 stopped; 1 stopped, but requests were cut; 3 the database cannot be used; "
		       "4 the configuration or the address cannot."
	};
	struct input in = { 0 };
	cli_parse(cli, &argp, argc, argv, &in);
	int status = cli_config(cli);
	if (status != CLI_OK)
		return status;
	if (in.listen)
		config_listen(cli->mem, &cli->config, in.listen);
	return serve(&cli->config);
}
