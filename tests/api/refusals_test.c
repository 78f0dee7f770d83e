/* A refusal leads to the field that is to be put right: the field is one of the
 * form that was sent, and one that the page shows again. Held against the
 * sources, and walked: each form with something sound in every field, then each
 * field in turn with what its rules forbid. */
#include "base/test.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "app/routes.h"
#include "base/civil.h"
#include "browse.h"
#include "exchange_cast.h"

/* ---- the sources ---- */

static bool is_a_field(const char *name, size_t n)
{
	for (size_t i = 0; i < n_all_routes; i++) {
		const struct shape *f = all_routes[i].form;
		for (size_t k = 0; f && k < f->n; k++)
			if (strlen(f->fields[k].name) == n && strncmp(f->fields[k].name, name, n) == 0)
				return true;
	}
	return false;
}

/* How many fields a source blames that no form has. */
static int blames_nothing(const char *path, size_t *seen)
{
	char line[400];
	int wrong = 0;
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	while (fgets(line, sizeof line, f)) {
		static const char call[] = "fail_field(c, \"";
		const char *s = strstr(line, call);
		if (!s)
			continue;
		s += sizeof call - 1;
		(*seen)++;
		if (!is_a_field(s, strcspn(s, "\""))) {
			print_error("%s blames %.*s, which no form has\n", path, (int)strcspn(s, "\""), s);
			wrong++;
		}
	}
	(void)fclose(f);
	return wrong;
}

static void sources_blame_fields_of_forms(void **state)
{
	int wrong = 0;
	size_t seen = 0;
	struct dirent *room, *file;
	DIR *rooms = opendir("src/domain");
	(void)state;
	assert_non_null(rooms);
	while ((room = readdir(rooms))) {
		char path[600];
		(void)snprintf(path, sizeof path, "src/domain/%s", room->d_name);
		DIR *files = room->d_name[0] == '.' ? NULL : opendir(path);
		while (files && (file = readdir(files))) {
			size_t n = strlen(file->d_name);
			if (n < 2 || strcmp(file->d_name + n - 2, ".c") != 0 || strstr(file->d_name, "_test"))
				continue;
			(void)snprintf(path, sizeof path, "src/domain/%s/%s", room->d_name, file->d_name);
			wrong += blames_nothing(path, &seen);
		}
		if (files)
			(void)closedir(files);
	}
	(void)closedir(rooms);
	assert_true(seen > 50);
	assert_int_equal(wrong, 0);
}

/* ---- the forms ---- */

#define NOBODY "00000000000000000000000000"

struct play {
	struct world *w;
	struct browse *b;
	person_id person;
	membership_id membership;
	size_t refused, wrong;
};

/* What a :param and a field of that name stand for. */
static const char *const named[][2] = {
	{ "place", "community WHERE is_place AND id" },
	{ "community", "community WHERE is_place AND id" },
	{ "space", "space WHERE community" },
	{ "workshop", "workshop WHERE place" },
	{ "held", "workshop WHERE place" },
	{ "booking", "booking WHERE community" },
	{ "mine", "membership WHERE community" },
};

static const char *thing(struct play *p, const char *name, size_t n)
{
	for (size_t i = 0; i < sizeof named / sizeof *named; i++)
		if (strlen(named[i][0]) == n && strncmp(named[i][0], name, n) == 0)
			return cast_text(p->w,
					 "SELECT COALESCE(MIN(pub), '" NOBODY
					 "') AS value FROM %s = (SELECT community FROM place)",
					 named[i][1]);
	return NOBODY;
}

static void set_up(struct play *p, struct world *w)
{
	struct exchange_cast x;
	*p = (struct play){ .w = w };
	cast_exchange(w, &x, 1000, "free");
	cast_run(
		w,
		"INSERT INTO place (community, zone, opening, holidays, holidays_off, cancel_day_before, cancel_minute, "
		"walk_in) VALUES (%lld, 'Europe/Paris', 'Mo-Fr 09:00-18:00', 'metropole', TRUE, FALSE, 120, TRUE)",
		(long long)x.places[0].v);
	(void)cast_workshop(w, &x, 0, 3);
	cast_run(w, "UPDATE workshop SET organiser = place, status = 'announced'");
	p->person = cast_person(w, "Toutes", "toutes@example.org");
	p->membership = cast_member(w, p->person, x.places[0], "staff", 127);
	cast_booking(w, &x, 0, p->person, p->membership, day_of(2026, 12, 3), 1000);
	cast_run(w, "UPDATE person SET is_operator = TRUE WHERE id = %lld", (long long)p->person.v);
	p->b = browse_new(w);
	browse_sign_in(p->b, p->person);
	browse_act_as(p->b, p->membership);
}

static const char *path_of(struct play *p, const struct route *r)
{
	char *path = talloc_strdup(p->w->c, "");
	for (const char *s = r->path; *s;) {
		size_t len = strcspn(s, ":");
		path = talloc_strndup_append(path, s, len);
		s += len;
		if (*s != ':')
			break;
		len = strcspn(++s, "/.");
		path = talloc_strdup_append(path, thing(p, s, len));
		s += len;
	}
	return path;
}

static const char *sound(struct play *p, const struct field *f)
{
	switch (f->type) {
	case F_TEXT:
		return f->flags & FF_EMAIL ? "toutes@example.org"
		       : f->flags & FF_URL ? "https://a.example"
					   : "Mo-Fr 09:00-18:00";
	case F_INT:
	case F_MONEY:
	case F_QUANTITY: return fmt(p->w->c, "%lld", f->min > 0 ? (long long)f->min : 30LL);
	case F_DAY: return "2026-12-04";
	case F_MINUTE: return "10:00";
	case F_ENUM: return f->words->words[0];
	case F_PUBID: return thing(p, f->name, strlen(f->name));
	case F_BOOL: return "on";
	default: return "";
	}
}

/* Passes for its kind, and may break a rule. */
static const char *odd(const struct field *f, int i)
{
	static const char *const days[] = { "2026-11-20", "2030-01-01", "2026-11-29", "" };
	static const char *const minutes[] = { "00:00", "23:59", "10:01", "" };
	static const char *const numbers[] = { "0", "7", "1000", "" };
	static const char *const texts[] = { "x", "Mo-Xx", "", "personne@example.org" };
	switch (f->type) {
	case F_TEXT: return texts[i];
	case F_INT:
	case F_MONEY:
	case F_QUANTITY: return numbers[i];
	case F_DAY: return days[i];
	case F_MINUTE: return minutes[i];
	case F_ENUM: return f->words->words[(size_t)i % f->words->n];
	case F_PUBID: return i ? "" : NOBODY;
	default: return "";
	}
}

/* Each place that the summary leads to stands in the page, and is a field of the form. */
static void judge(struct play *p, const struct route *r, const char *form)
{
	static const char link[] = "href=\"#f-";
	const char *summary = strstr(p->b->body, "class=\"errors\"");
	const char *end = summary ? strstr(summary, "</ul>") : NULL;
	for (const char *s = summary; s && (s = strstr(s, link)) && s < end; s++) {
		const char *name = talloc_strndup(p->w->c->mem, s + sizeof link - 1,
						  strcspn(s + sizeof link - 1, "\""));
		bool there = strstr(p->b->body, fmt(p->w->c, "id=\"f-%s\"", name));
		p->refused++;
		if (there && shape_field(r->form, name))
			continue;
		print_error("%s: %s is blamed, %s: %s\n", r->path, name,
			    there ? "and not sent" : "and not shown", form);
		p->wrong++;
	}
}

static void send(struct play *p, const struct route *r, size_t which, int oddity)
{
	struct ctx *c = p->w->c;
	char *form = talloc_strdup(c->mem, "");
	for (size_t k = 0; k < r->form->n; k++) {
		const struct field *f = &r->form->fields[k];
		const char *value = k == which ? odd(f, oddity) : sound(p, f);
		if (*value)
			form = talloc_asprintf_append(form, "%s%s=%s", *form ? "&" : "", f->name, value);
	}
	int status = browse_post(p->b, path_of(p, r), form);
	if (status == 422 || status == 409)
		judge(p, r, form);
	cast_run(p->w, "UPDATE membership SET ended = NULL, roles = 127 WHERE id = %lld",
		 (long long)p->membership.v);
	if (status < 400 || status == 401 || status == 403) {
		p->b->n_cookies = 0;
		browse_sign_in(p->b, p->person);
		browse_act_as(p->b, p->membership);
	}
}

static void refusals_lead_to_fields_shown(void **state)
{
	struct play p;
	set_up(&p, *state);
	for (size_t i = 0; i < n_all_routes; i++) {
		const struct route *r = &all_routes[i];
		if (r->method != HTTP_POST || !r->form || !r->again)
			continue;
		for (size_t k = 0; k < r->form->n; k++)
			for (int o = 0; o < 4; o++)
				send(&p, r, k, o);
	}
	print_message("%zu fields blamed\n", p.refused);
	assert_true(p.refused > 100);
	assert_int_equal(p.wrong, 0);
	browse_free(p.b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sources_blame_fields_of_forms),
		BOTH(refusals_lead_to_fields_shown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
