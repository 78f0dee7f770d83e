/* What nobody honest sends, to every row that takes a form: it is refused in
 * words, nothing breaks, nothing is stored, and what was typed stays. The wild
 * part is drawn from a fixed seed. Asked by somebody who holds every role, so
 * that the form is read. */
#include "base/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "app/routes.h"
#include "base/buf.h"
#include "base/civil.h"
#include "browse.h"
#include "exchange_cast.h"
#include "platform/http_internal.h"

#define NOBODY "00000000000000000000000000"
#define ROUNDS 12

struct play {
	struct world *w;
	struct browse *b;
	person_id person;
	membership_id membership;
	const char *pub[8];
	size_t asked, wrong;
	uint64_t seed;
};

static const char *const named[] = { "place", "community", "space", "workshop", "held", "booking", "mine" };

static const char *find(struct play *p, size_t i, long long place)
{
	static const char *const sql[] = { "community WHERE id",	"community WHERE id",
					   "space WHERE community",	"workshop WHERE place",
					   "workshop WHERE place",	"booking WHERE community",
					   "membership WHERE community" };
	return cast_text(p->w, "SELECT MIN(pub) AS value FROM %s = %lld", sql[i], place);
}

static void set_up(struct play *p, struct world *w)
{
	struct exchange_cast x;
	*p = (struct play){ .w = w, .seed = 20261124 };
	cast_exchange(w, &x, 1000, "free");
	long long place = x.places[0].v;
	cast_run(
		w,
		"INSERT INTO place (community, zone, opening, holidays, holidays_off, cancel_day_before, cancel_minute, "
		"walk_in) VALUES (%lld, 'Europe/Paris', 'Mo-Fr 09:00-18:00', 'metropole', TRUE, FALSE, 120, TRUE)",
		place);
	(void)cast_workshop(w, &x, 0, 3);
	cast_run(w, "UPDATE workshop SET organiser = place, status = 'announced'");
	p->person = cast_person(w, "Toutes", "toutes@example.org");
	p->membership = cast_member(w, p->person, x.places[0], "staff", 127);
	cast_booking(w, &x, 0, p->person, p->membership, day_of(2026, 12, 3), 1000);
	cast_run(w, "UPDATE person SET is_operator = TRUE WHERE id = %lld", (long long)p->person.v);
	for (size_t i = 0; i < sizeof named / sizeof *named; i++)
		p->pub[i] = find(p, i, place);
	p->b = browse_new(w);
	browse_sign_in(p->b, p->person);
}

static const char *path_of(struct play *p, const struct route *r)
{
	char *path = talloc_strdup(p->w->c, "");
	for (const char *s = r->path; *s;) {
		const char *value = NOBODY;
		if (*s != ':') {
			path = talloc_strndup_append(path, s++, 1);
			continue;
		}
		size_t len = strcspn(++s, "/.");
		for (size_t i = 0; i < sizeof named / sizeof *named; i++)
			if (strlen(named[i]) == len && strncmp(named[i], s, len) == 0 && p->pub[i])
				value = p->pub[i];
		path = talloc_strdup_append(path, value);
		s += len;
	}
	return path;
}

/* Signed out or put out by what she did: in again. */
static void recover(struct play *p)
{
	cast_run(p->w, "UPDATE membership SET ended = NULL, roles = 127 WHERE id = %lld",
		 (long long)p->membership.v);
	p->b->n_cookies = 0;
	browse_sign_in(p->b, p->person);
}

static void blame(struct play *p, const struct route *r, const char *what, const char *why)
{
	print_error("%s %s: %s: %s (%d)\n", r->method == HTTP_GET ? "GET" : "POST", r->path, what, why,
		    p->b->resp.status);
	p->wrong++;
}

/* `sound`: it may be let through; else it must be refused and nothing stored. */
static void judge(struct play *p, const struct route *r, const char *what, bool sound, uint64_t before)
{
	int status = p->b->resp.status;
	bool stored = db_generation(p->w->app.db) != before;
	p->asked++;
	if (status >= 500 || status < 200)
		blame(p, r, what, "broke");
	else if (!sound && status < 400)
		blame(p, r, what, "was taken");
	else if (status >= 400 && stored)
		blame(p, r, what, "was refused, and something stored");
	else if (status >= 400 && strlen(p->b->body) < 40)
		blame(p, r, what, "says nothing");
	if (stored)
		recover(p);
}

static void post(struct play *p, const struct route *r, const char *what, const char *form, bool sound)
{
	uint64_t before = db_generation(p->w->app.db);
	(void)browse_post(p->b, path_of(p, r), form);
	judge(p, r, what, sound, before);
}

static void api(struct play *p, const struct route *r, const char *what, const char *json, bool sound)
{
	uint64_t before = db_generation(p->w->app.db);
	if (r->flags & R_NO_API)
		return;
	(void)browse_api(p->b, HTTP_POST, path_of(p, r), json);
	judge(p, r, what, sound, before);
}

static const char *repeat(struct play *p, const char *s, size_t n)
{
	struct buf b;
	buf_init(&b, p->w->c, n * strlen(s) + 1);
	for (size_t i = 0; i < n; i++)
		buf_str(&b, s);
	buf_char(&b, 0);
	return b.s;
}

/* ---- one field, each in its way ---- */

static const char *wrong_type(const struct field *f)
{
	switch (f->type) {
	case F_INT:
	case F_MONEY:
	case F_QUANTITY: return "beaucoup";
	case F_DAY: return "2026-02-30";
	case F_MINUTE: return "25:61";
	case F_INSTANT: return "hier";
	case F_ENUM: return "inconnu";
	case F_PUBID: return "../../etc/passwd";
	case F_BOOL: return "peut-%C3%AAtre";
	default: return "ligne%00coup%C3%A9e";
	}
}

static void try_field(struct play *p, const struct route *r, const struct field *f)
{
	struct ctx *c = p->w->c;
	post(p, r, "wrong type", fmt(c, "%s=%s", f->name, wrong_type(f)), false);
	post(p, r, "invalid UTF-8", fmt(c, "%s=%%C3%%28%%FF", f->name), false);
	post(p, r, "twice", fmt(c, "%s=1&%s=2", f->name, f->name), false);
	post(p, r, "far number", fmt(c, "%s=99999999999999999999999", f->name), f->type == F_TEXT);
	api(p, r, "nested", fmt(c, "{\"%s\":{\"a\":[1,{}]}}", f->name), false);
	api(p, r, "list", fmt(c, "{\"%s\":[[[[1]]]]}", f->name), false);
	api(p, r, "duplicate keys", fmt(c, "{\"%s\":null,\"%s\":null}", f->name, f->name), false);
	if (f->type == F_TEXT && f->max < 30000)
		post(p, r, "too long", fmt(c, "%s=%s", f->name, repeat(p, "a", (size_t)f->max + 1)), false);
	if (f->type == F_DAY)
		post(p, r, "long past", fmt(c, "%s=0001-01-01", f->name), true);
	if (f->type == F_PUBID)
		post(p, r, "of nobody", fmt(c, "%s=" NOBODY, f->name), true);
}

static void send_as(struct play *p, const struct route *r, const char *type, const char *body,
		    const char *what)
{
	uint64_t before = db_generation(p->w->app.db);
	(void)browse_post_typed(p->b, path_of(p, r), body, type);
	judge(p, r, what, false, before);
}

static void try_form(struct play *p, const struct route *r)
{
	post(p, r, "unknown field", "is_operator=1", false);
	post(p, r, "broken escapes", "a=%ZZ&=&&%", false);
	post(p, r, "many fields", repeat(p, "x=1&", 2000), false);
	api(p, r, "not JSON", "{\"a\":", false);
	api(p, r, "not an object", "[]", false);
	api(p, r, "unknown key", "{\"is_operator\":true}", false);
	api(p, r, "deep", repeat(p, "[", 20000), false);
	api(p, r, "invalid UTF-8 in JSON", "{\"a\":\"\xc3\x28\"}", false);
	send_as(p, r, "text/plain", "a=1", "text");
	send_as(p, r, "application/xml", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
		"XML");
	send_as(p, r, "multipart/form-data", "--x\r\n\r\n", "multipart without a boundary");
	send_as(p, r, "multipart/form-data; boundary=x",
		"--x\r\nContent-Disposition: form-data; name=", "cut multipart");
	for (size_t i = 0; i < r->form->n; i++)
		try_field(p, r, &r->form->fields[i]);
}

static bool has_form(const struct route *r)
{
	return r->form && r->method == HTTP_POST && !(r->flags & R_API_ONLY);
}

static void test_every_form(void **state)
{
	struct play p;
	set_up(&p, *state);
	for (size_t i = 0; i < n_all_routes; i++)
		if (has_form(&all_routes[i]))
			try_form(&p, &all_routes[i]);
	print_message("%zu requests\n", p.asked);
	assert_true(p.asked > 500);
	assert_int_equal(p.wrong, 0);
	browse_free(p.b);
}

/* ---- queries of pages: anything may stand in an address ---- */

static void get(struct play *p, const struct route *r, const char *query)
{
	uint64_t before = db_generation(p->w->app.db);
	(void)browse_get(p->b, fmt(p->w->c, "%s?%s", path_of(p, r), query));
	judge(p, r, query, true, before);
	if (r->flags & R_NO_API)
		return;
	(void)browse_api(p->b, HTTP_GET, fmt(p->w->c, "%s?%s", path_of(p, r), query), NULL);
	judge(p, r, query, true, before);
}

static void test_every_query(void **state)
{
	struct play p;
	set_up(&p, *state);
	for (size_t i = 0; i < n_all_routes; i++) {
		const struct route *r = &all_routes[i];
		if (r->method != HTTP_GET || !strcmp(r->path, "/metrics"))
			continue;
		get(&p, r, "%FF=%00&a=%ZZ&&=");
		for (size_t k = 0; r->form && k < r->form->n; k++) {
			const struct field *f = &r->form->fields[k];
			get(&p, r, fmt(p.w->c, "%s=%s", f->name, wrong_type(f)));
			get(&p, r, fmt(p.w->c, "%s=%%C3%%28", f->name));
			get(&p, r, fmt(p.w->c, "%s=9223372036854775807", f->name));
			get(&p, r, fmt(p.w->c, "%s=-9223372036854775808", f->name));
			get(&p, r, fmt(p.w->c, "%s=9999-12-31", f->name));
			get(&p, r, fmt(p.w->c, "%s=0001-01-01", f->name));
			get(&p, r, fmt(p.w->c, "%s=%%27%%20OR%%201%%3D1--", f->name));
			get(&p, r, fmt(p.w->c, "%s=%s", f->name, repeat(&p, "%25_", 400)));
		}
	}
	assert_int_equal(p.wrong, 0);
	browse_free(p.b);
}

/* ---- drawn at random ---- */

static uint64_t draw(struct play *p, uint64_t n)
{
	p->seed ^= p->seed << 13;
	p->seed ^= p->seed >> 7;
	p->seed ^= p->seed << 17;
	return p->seed % n;
}

static const char *wild(struct play *p, const struct field *f)
{
	static const char *const all[] = { "",		 "0",
					   "-1",	 "1",
					   "2026-12-03", "2026-11-20",
					   "2099-01-01", "09:00",
					   "18:00",	 "24:00",
					   "1e9",	 "0,5",
					   "12,345",	 "true",
					   "on",	 "%F0%9F%A6%8A",
					   "%E2%80%AE",	 "%3Cscript%3E",
					   "a@b",	 "x%40y.example",
					   "%0A",	 "https%3A%2F%2F",
					   "+",		 "%27%3B--" };
	size_t pick = draw(p, sizeof all / sizeof *all + 3);
	if (f->type == F_ENUM && pick % 2 && f->words->n)
		return f->words->words[draw(p, f->words->n)];
	if (f->type == F_PUBID && pick % 2) {
		const char *pub = p->pub[draw(p, sizeof named / sizeof *named)];
		return pub ? pub : NOBODY;
	}
	return pick < sizeof all / sizeof *all ? all[pick] : repeat(p, "b", draw(p, 300));
}

static void test_wild(void **state)
{
	struct play p;
	set_up(&p, *state);
	for (size_t i = 0; i < n_all_routes; i++) {
		const struct route *r = &all_routes[i];
		for (int round = 0; has_form(r) && round < ROUNDS; round++) {
			char *form = talloc_strdup(p.w->c, "");
			for (size_t k = 0; k < r->form->n; k++)
				if (draw(&p, 4))
					form = talloc_asprintf_append(form, "%s%s=%s", *form ? "&" : "",
								      r->form->fields[k].name,
								      wild(&p, &r->form->fields[k]));
			post(&p, r, form, form, true);
		}
	}
	print_message("%zu requests\n", p.asked);
	assert_int_equal(p.wrong, 0);
	browse_free(p.b);
}

/* ---- what was typed stays ---- */

/* Not typed: chosen from what the page offers, carried from the page before, a
 * file; or typed beside one of a list, which is not there here. */
static bool is_carried(const struct field *f)
{
	static const char *const names[] = { "token", "next", "right", "who", "file", "answer", "territory" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(f->name, names[i]) == 0)
			return true;
	return false;
}

static void test_typed_values_stay(void **state)
{
	struct play p;
	size_t forms = 0;
	set_up(&p, *state);
	for (size_t i = 0; i < n_all_routes; i++) {
		const struct route *r = &all_routes[i];
		char *form = talloc_asprintf(p.w->c, "surprise=1");
		const struct field *kept = NULL;
		if (!has_form(r) || !r->again)
			continue;
		for (size_t k = 0; k < r->form->n && !kept; k++) {
			const struct field *f = &r->form->fields[k];
			if (f->type == F_TEXT && !(f->flags & (FF_PASSWORD | FF_PRIVATE)) && f->max >= 14)
				kept = f;
		}
		if (!kept || is_carried(kept))
			continue;
		if (shape_field(r->form, "place"))
			form = talloc_asprintf_append(form, "&place=%s", p.pub[0]);
		form = talloc_asprintf_append(form, "&%s=Cardamine-quinze", kept->name);
		(void)browse_post(p.b, path_of(&p, r), form);
		if (p.b->resp.status != 422)
			continue;
		forms++;
		if (!browse_has(p.b, "Cardamine-quinze"))
			blame(&p, r, kept->name, "was typed and is lost");
	}
	print_message("%zu forms shown again\n", forms);
	assert_true(forms >= 5);
	assert_int_equal(p.wrong, 0);
	browse_free(p.b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_every_form),
		BOTH(test_every_query),
		BOTH(test_wild),
		BOTH(test_typed_values_stay),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
