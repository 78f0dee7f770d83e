#include "app/routes.h"
#include "app/shell.h"
#include "app/wiring.h"
#include "bridges/exchange.h"
#include "bridges/grant.h"
#include "people/session.h"
#include "spaces/tariff.h"

static struct site site = {
	.authenticate = session_authenticate,
	.layout = shell_layout,
	.error_page = shell_error,
};

static const struct space_ports ports = {
	.sources = { &tariff_source_public, &tariff_source_member, &grant_source },
	.n_sources = 3,
	.sinks = { &exchange_sink },
	.n_sinks = 1,
};

void wire(struct app *app)
{
	site.routes = all_routes;
	site.n_routes = n_all_routes;
	site.loaders = all_loaders;
	site.n_loaders = n_all_loaders;
	app->site = &site;
	space_ports = &ports;
}
