/* routes.c - each slice's routes.def and loaders.def, read twice: once to
 * declare what the rows name, once to make the table. A row reads
 *
 *   ROUTE(POST, "/bookings/:booking/cancel", booking_cancel_post,
 *         ROLE(ROLE_HOST, booking), FORM(booking_cancel), VIEW(booking_page), AGAIN(booking_show), R_CREATES)
 *
 * with PUBLIC, SELF, AS, OPERATOR or ROLE(roles, param); NO_FORM, NO_VIEW,
 * NO_AGAIN; and ROUTE_PREPARED(..., PREPARE(fn)) when something slow comes
 * before the transaction. slices.def says the area of each file's rows. */
#include "app/routes.h"

#define ROUTE(m, path, h, perm, form, view, again, flags) \
	route_fn h;                                       \
	form view again
#define ROUTE_PREPARED(m, path, h, perm, form, view, again, flags, prepare) \
	route_fn h;                                                         \
	form view again prepare
#define FORM(x)	   extern const struct shape x##_shape;
#define VIEW(x)	   extern const struct shape x##_shape;
#define AGAIN(f)   route_fn f;
#define PREPARE(f) route_fn f;
#define NO_FORM
#define NO_VIEW
#define NO_AGAIN
#define LOADER(param, f) rc f(struct ctx *c, pubid pub, struct loaded *out);
#include "app/slices.def"
#undef ROUTE
#undef ROUTE_PREPARED
#undef FORM
#undef VIEW
#undef AGAIN
#undef PREPARE
#undef NO_FORM
#undef NO_VIEW
#undef NO_AGAIN
#undef LOADER

#define PUBLIC		   PERM_PUBLIC, 0, NULL
#define SELF		   PERM_SELF, 0, NULL
#define AS		   PERM_AS, 0, NULL
#define ROLE(roles, param) PERM_ROLE, (roles), #param
#define OPERATOR	   PERM_OPERATOR, 0, NULL
#define FORM(x)		   &x##_shape
#define VIEW(x)		   &x##_shape
#define AGAIN(f)	   f
#define PREPARE(f)	   f
#define NO_FORM		   NULL
#define NO_VIEW		   NULL
#define NO_AGAIN	   NULL
#define ROUTE(m, path, h, perm, form, view, again, flags) \
	{ HTTP_##m, path, #h, h, perm, form, view, flags, again, NULL, AREA },
#define ROUTE_PREPARED(m, path, h, perm, form, view, again, flags, prepare) \
	{ HTTP_##m, path, #h, h, perm, form, view, flags, again, prepare, AREA },
#define LOADER(param, f)
const struct route all_routes[] = {
#include "app/slices.def"
};
const size_t n_all_routes = sizeof all_routes / sizeof *all_routes;
#undef ROUTE
#undef ROUTE_PREPARED
#undef LOADER

#define ROUTE(...)
#define ROUTE_PREPARED(...)
#define LOADER(param, f) { #param, f },
const struct loader all_loaders[] = {
#include "app/slices.def"
};
const size_t n_all_loaders = sizeof all_loaders / sizeof *all_loaders;
