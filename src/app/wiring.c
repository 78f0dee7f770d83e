#include "app/wiring.h"
#include "app/routes.h"
#include "app/shell.h"
#include "bridges/bridge_personal.h"
#include "bridges/exchange.h"
#include "bridges/exchange_port.h"
#include "bridges/grant.h"
#include "bridges/place_welcome.h"
#include "observatory/place_map.h"
#include "people/personal_data.h"
#include "people/session.h"
#include "spaces/pack.h"
#include "spaces/space_personal.h"
#include "spaces/tariff.h"
#include "workshops/programme.h"
#include "workshops/workshop_personal.h"

static struct site site = {
	.authenticate = session_authenticate,
	.layout = shell_layout,
	.error_page = shell_error,
};

static const struct space_ports ports = {
	.sources = { &tariff_source_public, &tariff_source_member, &pack_source, &grant_source },
	.n_sources = 4,
	.sinks = { &exchange_sink },
	.n_sinks = 1,
};

static const struct personal_data personal[] = {
	{ "bookings", export_bookings, erase_words_in_places },
	{ "packs", export_packs, NULL },
	{ "contests", export_contests, NULL },
	{ "enrolments", export_enrolments, NULL },
	{ "signings", export_signings, NULL },
};

void wire(struct app *app)
{
	site.routes = all_routes;
	site.n_routes = n_all_routes;
	site.loaders = all_loaders;
	site.n_loaders = n_all_loaders;
	app->site = &site;
	personal_data_plug(personal, sizeof personal / sizeof *personal);
	space_ports = &ports;
	place_programme = workshops_programme;
	host_workshops = workshops_of_host;
	place_map = place_map_draw;
	place_welcome = welcomed_at_place;
	workshop_port = &exchange_workshops;
}
