/* routes.h - the whole table of routes and loaders, gathered from the slices. */
#ifndef MAILLAGE_ROUTES_H
#define MAILLAGE_ROUTES_H

#include "platform/route.h"

extern const struct route all_routes[];
extern const size_t n_all_routes;
extern const struct loader all_loaders[];
extern const size_t n_all_loaders;

#endif
