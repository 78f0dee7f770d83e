#include "base/test.h"

#include <ctype.h>
#include <jansson.h>

#include "app/param_words.h"
#include "browse.h"
#include "platform/openapi.h"
#include "platform/route_words.h"
#include "world.h"

/* "/places/{place}" of "/places/:place" */
static const char *braced(TALLOC_CTX *mem, const char *path)
{
	struct buf b;
	buf_init(&b, mem, 64);
	while (*path) {
		size_t n = strcspn(path, "/");
		if (*path == ':')
			buf_fmt(&b, "{%.*s}", (int)n - 1, path + 1);
		else
			buf_add(&b, path, n);
		path += n;
		if (*path)
			buf_char(&b, *path++);
	}
	return b.s;
}

static const json_t *operation_of(const json_t *doc, TALLOC_CTX *mem, const struct route *r)
{
	char method[8] = "";
	for (size_t i = 0; i < 7 && route_method(r)[i]; i++)
		method[i] = (char)tolower(route_method(r)[i]);
	return json_object_get(json_object_get(json_object_get(doc, "paths"), braced(mem, r->path)), method);
}

/* The root of the API lists where to go; the root of pages is the home page. */
static void test_root(void **state)
{
	struct browse *b = browse_new(*state);
	assert_int_equal(browse_api(b, HTTP_GET, "", NULL), 200);
	assert_true(browse_has(b, "\"href\":\"/api/v1/places\""));
	assert_true(browse_has(b, "/api/openapi.json"));
	assert_false(browse_has(b, "/places/:place"));
	assert_int_equal(browse_api(b, HTTP_GET, "/", NULL), 200);
	assert_true(browse_has(b, "/api/v1/communities"));
	assert_int_equal(browse_get(b, "/"), 200);
	assert_true(browse_has(b, "<html"));
	assert_int_equal(browse_api(b, HTTP_GET, "/healthz", NULL), 404);
	browse_free(b);
}

static void test_every_route(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	assert_int_equal(browse_get(b, "/api/openapi.json"), 200);
	json_t *doc = json_loads(b->body, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(doc);
	assert_string_equal(json_string_value(json_object_get(doc, "openapi")), "3.1.0");
	for (size_t i = 0; i < w->app.site->n_routes; i++) {
		const struct route *r = &w->app.site->routes[i];
		const json_t *op = operation_of(doc, w->c->mem, r);
		bool shared = strcmp(r->path, "/") == 0; /* a page, and the list of the API */
		if (!op == route_in_api(r) && !shared)
			fail_msg("%s %s", route_method(r), r->path);
		if (!op || !route_in_api(r))
			continue;
		assert_true(!json_object_get(op, "requestBody") == (r->method == HTTP_GET || !r->form));
		const json_t *security = json_object_get(op, "security");
		bool open = json_object_size(json_array_get(security, 0)) == 0;
		assert_int_equal(open, r->perm == PERM_PUBLIC);
		assert_string_equal(json_string_value(json_array_get(
					    json_object_get(json_array_get(security, open), "bearer"), 0)),
				    route_scope(w->c->mem, r));
		assert_non_null(json_object_get(json_object_get(op, "responses"),
						r->flags & R_CREATES ? "201" : "200"));
	}
	json_decref(doc);
	browse_free(b);
}

/* What the document says of unknown fields is what the server does: of every
 * form, with an operator's session, before anything else is looked at. */
static void test_unknown_fields_are_refused(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	int tried = 0;
	browse_sign_in(b, cast_person(w, "Inès", "ines@example.org"));
	for (size_t i = 0; i < w->app.site->n_routes; i++) {
		const struct route *r = &w->app.site->routes[i];
		if (r->method != HTTP_POST || !r->form || !route_in_api(r) || strchr(r->path, ':') ||
		    (r->perm != PERM_SELF && r->perm != PERM_PUBLIC))
			continue;
		int status = browse_api(b, HTTP_POST, r->path, "{\"no_such_field\":1}");
		if (status != 422 || !browse_has(b, "\"no_such_field\""))
			fail_msg("%s: %d %s", r->path, status, b->body);
		tried++;
	}
	assert_true(tried > 3);
	browse_free(b);
}

/* Every value that an address may hold has a word of the screens. */
static void test_values_of_addresses_have_words(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w); /* wires the site */
	for (size_t i = 0; i < w->app.site->n_routes; i++) {
		const struct route *r = &w->app.site->routes[i];
		for (size_t k = 0; r->method == HTTP_GET && r->form && k < r->form->n; k++)
			if (!param_word(w->c, r->form->fields[k].name))
				fail_msg("%s: %s", r->path, r->form->fields[k].name);
	}
	browse_free(b);
}

static void test_a_wrong_address_says_what_may_stand_there(void **state)
{
	struct browse *b = browse_new(*state);
	assert_int_equal(browse_get(b, "/places?q=bois&km=abc&sort=z%22&free=oui&foo=1"), 422);
	assert_true(browse_has(b, "<dt>Distance en kilomètres</dt><dd>"));
	assert_true(browse_has(b, "<dt>Ordre</dt><dd>"));
	assert_true(browse_has(b, "href=\"/places?q=bois&amp;sort=price\">"));
	assert_true(browse_has(b, "href=\"/places?q=bois\">")); /* what was right */
	assert_int_equal(browse_get(b, "/places?q=bois&is=region%3A75+feature%3Azzz"), 422);
	assert_true(browse_has(b, "Le filtre"));
	assert_int_equal(browse_get(b, "/territories?territory=zz&sort=name"), 404);
	assert_true(browse_has(b, "<dt>Territoire</dt>"));
	assert_true(browse_has(b, "href=\"/territories?sort=name\">"));
	assert_int_equal(browse_api(b, HTTP_GET, "/places?sort=z", NULL), 422);
	assert_true(browse_has(b, "\"choices\":[\"near\",\"name\",\"price\"]"));
	browse_free(b);
}

/* A program, and who opens a file, cannot be told beside the answer. */
static void test_what_an_address_does_not_know_is_refused(void **state)
{
	struct browse *b = browse_new(*state);
	assert_int_equal(browse_api(b, HTTP_GET, "/places?q=bois&foo=1&bar=2", NULL), 422);
	assert_true(browse_has(b, "urn:maillage:problem:query.unknown"));
	assert_true(browse_has(b, "Retirez foo de l’adresse"));
	assert_true(browse_has(b, "\"field\":\"bar\""));
	assert_int_equal(browse_get(b, "/places.csv?foo=1"), 422);
	assert_true(browse_has(b, "</html>"));
	assert_true(browse_has(b, "Retirez foo de l’adresse"));
	assert_int_equal(browse_get(b, "/places.csv?q=bois&utm_source=lettre"), 200);
	assert_int_equal(browse_get(b, "/data/figures.csv?year=2020"), 422);
	assert_int_equal(browse_api(b, HTTP_POST, "/sign-out?everywhere=1", "{}"), 401);
	browse_sign_in(b, cast_person(*state, "Inès", "ines@example.org"));
	assert_int_equal(browse_api(b, HTTP_POST, "/sign-out?everywhere=1", "{}"), 422);
	assert_true(browse_has(b, "query.none"));
	browse_free(b);
}

/* Programs read problems at other addresses too, and what else an address takes. */
static void test_programs_get_problems(void **state)
{
	static const char *const asked[] = { "/data/changes.json?since=bad", "/places.geojson?km=far",
					     "/data/figures.json?x=1", "/data/none.json", "/api/none" };
	struct browse *b = browse_new(*state);
	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
		assert_in_range(browse_get(b, asked[i]), 404, 422);
		assert_string_equal(browse_header(b, "Content-Type"), "application/problem+json");
	}
	assert_int_equal(browse_get(b, "/none"), 404);
	assert_true(browse_has(b, "</html>"));
	assert_int_equal(browse_api(b, HTTP_POST, "/places", "{}"), 405);
	assert_string_equal(browse_header(b, "Allow"), "GET, HEAD");
	assert_int_equal(browse_get(b, "/sign-out"), 405);
	assert_string_equal(browse_header(b, "Allow"), "POST");
	browse_free(b);
}

static void test_what_a_page_does_not_know_is_said(void **state)
{
	struct browse *b = browse_new(*state);
	assert_int_equal(browse_get(b, "/actors?where=Lille&kind=state"), 200);
	assert_true(browse_has(b, "Cette adresse contient where,"));
	assert_int_equal(browse_get(b, "/actors?kind=state&utm_source=lettre&fbclid=x"), 200);
	assert_false(browse_has(b, "Cette adresse contient"));
	browse_free(b);
}

static void test_page(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	assert_int_equal(browse_get(b, "/about/api"), 200);
	assert_true(browse_has(b, "Idempotency-Key"));
	assert_true(browse_has(b, ">/operator/mail/:letter/drop</code>"));
	assert_true(browse_has(b, "href=\"/about/api?area=bookings\""));
	assert_false(browse_has(b, "place_page"));
	assert_int_equal(browse_get(b, "/about/api?area=bookings"), 200);
	assert_true(browse_has(b, "<code>booking_page</code>")); /* what comes back */
	assert_true(browse_has(b, "read:bookings"));
	assert_false(browse_has(b, "/operator/mail/:letter/drop"));
	assert_int_equal(browse_get(b, "/about/api?area=nothing"), 422);
	assert_int_equal(browse_api(b, HTTP_GET, "/about/api", NULL), 200);
	browse_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_root),
		BOTH(test_every_route),
		BOTH(test_unknown_fields_are_refused),
		BOTH(test_what_an_address_does_not_know_is_refused),
		BOTH(test_programs_get_problems),
		BOTH(test_values_of_addresses_have_words),
		BOTH(test_a_wrong_address_says_what_may_stand_there),
		BOTH(test_what_a_page_does_not_know_is_said),
		BOTH(test_page),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
