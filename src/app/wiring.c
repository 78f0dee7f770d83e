#include "app/routes.h"
#include "app/shell.h"
#include "app/wiring.h"
#include "people/session.h"

static struct site site = {
	.authenticate = session_authenticate,
	.layout = shell_layout,
	.error_page = shell_error,
};

void wire(struct app *app)
{
	site.routes = all_routes;
	site.n_routes = n_all_routes;
	site.loaders = all_loaders;
	site.n_loaders = n_all_loaders;
	app->site = &site;
}
