#include "base/test.h"

#include <stdio.h>

#include "base/civil.h"
#include "base/test_ctx.h"
#include "platform/form.h"
#include "platform/i18n.h"
#include "sample_form.h"

#define URLENCODED "application/x-www-form-urlencoded"
#define MULTIPART  "multipart/form-data; boundary=xYx"
#define SPACE	   "0123456789abcdefghjkmnpqrs"

static struct ctx c;
static struct sample got;
static struct form_state st;
TEST_CTX(c)

static rc read_type(const char *body, const char *type)
{
	memset(&got, 0x55, sizeof got);
	return form_read(&c, &sample_shape, body, strlen(body), type, &got, &st);
}

static rc read_body(const char *body)
{
	return read_type(body, URLENCODED);
}

static void expect_good(const char *body)
{
	rc code = read_body(body);
	if (code != OK || st.n_errors)
		fail_msg("'%s': %s %s", body, st.n_errors ? st.errors[0].field : "",
			 st.n_errors ? st.errors[0].key : c.failure.key);
}

static void expect_bad(const char *body, const char *field, const char *key)
{
	assert_int_equal(read_body(body), E_INVALID);
	assert_string_equal(c.failure.key, "form.check");
	const struct form_error *e = form_error_of(&st, field);
	if (!e || strcmp(e->key, key) != 0)
		fail_msg("'%s': wanted %s, was told %s", body, key, e ? e->key : "nothing");
	assert_int_equal(st.n_errors, 1);
}

static void every_type_is_read(void **state)
{
	(void)state;
	expect_good(
		"_csrf=x&_idempotency=y&name=+Zo%C3%A9+&note=a%0D%0Ab&email=zoe%40exemple.fr&site=https%3A%2F%2Fa.fr%2F"
		"&siren=732+829+320&password=+secret+&count=12&ok=on&unit=hour&space=" SPACE
		"&on=2026-11-24&at=9%3A30&since=2026-11-24T08%3A30%3A00Z&price=12%2C50&units=-4.5");
	assert_string_equal(got.name, "Zoé");
	assert_string_equal(got.note, "a\nb");
	assert_string_equal(got.email, "zoe@exemple.fr");
	assert_string_equal(got.site, "https://a.fr/");
	assert_string_equal(got.siren, "732829320");
	assert_string_equal(got.password, " secret ");
	assert_int_equal(got.count, 12);
	assert_true(got.ok);
	assert_int_equal(got.unit, 1);
	assert_string_equal(got.space.s, SPACE);
	assert_int_equal(got.on.v, day_of(2026, 11, 24).v);
	assert_int_equal(got.at.v, 570);
	assert_int_equal(got.since.v, day_of(2026, 11, 24).v * 86400 + 30600);
	assert_int_equal(got.price.v, 1250);
	assert_int_equal(got.units.v, -4500);
}

static void what_is_absent_or_empty_is_none(void **state)
{
	(void)state;
	static const char *const bodies[] = { "name=ab",
					      "name=ab&note=&email=+&site=&siren=&password=&count=&ok=&unit="
					      "&space=&on=&at=&since=&price=&units=%C2%A0" };
	for (size_t i = 0; i < 2; i++) {
		expect_good(bodies[i]);
		assert_null(got.note);
		assert_null(got.email);
		assert_null(got.siren);
		assert_null(got.password);
		assert_true(got.count == NONE);
		assert_false(got.ok);
		assert_int_equal(got.unit, -1);
		assert_int_equal(got.space.s[0], 0);
		assert_true(is_none(got.on) && is_none(got.at) && is_none(got.since));
		assert_true(is_none(got.price) && is_none(got.units));
	}
}

struct wrong {
	const char *body, *field, *key;
};

static void each_rule_has_its_error(void **state)
{
	(void)state;
	static const struct wrong cases[] = {
		{ "", "name", "form.required" },
		{ "name=+%0A", "name", "form.required" },
		{ "name=a", "name", "form.too_short" },
		{ "name=abcdefghijk", "name", "form.too_long" },
		{ "name=a%00b", NULL, NULL },
		{ "name=a%0Ab", "name", "form.bad_text" },
		{ "name=a%09b", "name", "form.bad_text" },
		{ "name=a%07b", "name", "form.bad_text" },
		{ "name=a%C2%85b", "name", "form.bad_text" },
		{ "name=ab&note=a%1Bb", "note", "form.bad_text" },
		{ "name=ab&email=zoe", "email", "form.bad_email" },
		{ "name=ab&site=a.fr", "site", "form.bad_url" },
		{ "name=ab&siren=732829321", "siren", "form.bad_siren" },
		{ "name=ab&siren=7328293200", "siren", "form.too_long" },
		{ "name=ab&count=0", "count", "form.too_small" },
		{ "name=ab&count=201", "count", "form.too_large" },
		{ "name=ab&count=99999999999999999999", "count", "form.not_a_number" },
		{ "name=ab&count=1.5", "count", "form.not_a_number" },
		{ "name=ab&count=1e2", "count", "form.not_a_number" },
		{ "name=ab&ok=yes", "ok", "form.bad_choice" },
		{ "name=ab&unit=week", "unit", "form.bad_choice" },
		{ "name=ab&unit=1", "unit", "form.bad_choice" },
		{ "name=ab&space=12", "space", "form.bad_id" },
		{ "name=ab&on=2026-02-30", "on", "form.not_a_date" },
		{ "name=ab&at=25%3A00", "at", "form.not_a_time" },
		{ "name=ab&since=2026-11-24", "since", "form.not_a_date" },
		{ "name=ab&price=12%2C505", "price", "form.not_an_amount" },
		{ "name=ab&price=1000%2C01", "price", "form.too_large" },
		{ "name=ab&price=-1", "price", "form.too_small" },
		{ "name=ab&units=x", "units", "form.not_an_amount" },
		{ "name=ab&admin=1", "admin", "form.unknown_field" },
		{ "name=ab&name=cd", "name", "form.unknown_field" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		if (cases[i].key)
			expect_bad(cases[i].body, cases[i].field, cases[i].key);
		else
			assert_int_equal(read_body(cases[i].body), E_BAD_REQUEST);
	}
}

static void lengths_are_of_characters(void **state)
{
	(void)state;
	expect_good("name=%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9");
	expect_bad("name=%C3%A9", "name", "form.too_short");
}

static void all_errors_are_gathered_in_the_order_of_the_form(void **state)
{
	(void)state;
	assert_int_equal(read_body("units=x&count=0&name=&ok=on"), E_INVALID);
	assert_int_equal(st.n_errors, 3);
	assert_string_equal(st.errors[0].field, "name");
	assert_string_equal(st.errors[1].field, "count");
	assert_int_equal(st.errors[1].limit, 1);
	assert_string_equal(st.errors[2].field, "units");
	assert_true(got.ok);
	assert_true(got.count == NONE);
}

static const char *raw_of(const char *name)
{
	return st.raw[shape_field(&sample_shape, name) - sample_shape.fields];
}

static void what_was_typed_is_kept(void **state)
{
	(void)state;
	assert_int_equal(read_body("name=+a&count=douze&password=geheim"), E_INVALID);
	assert_string_equal(raw_of("name"), " a");
	assert_string_equal(raw_of("count"), "douze");
	assert_null(raw_of("password"));
	assert_null(raw_of("note"));
	assert_ptr_equal(st.value, &got);
}

static void a_box_may_come_after_its_hidden_zero(void **state)
{
	(void)state;
	expect_good("name=ab&ok=0&ok=1");
	assert_true(got.ok);
	expect_good("name=ab&ok=0");
	assert_false(got.ok);
}

static void many_unknown_names_do_not_flood(void **state)
{
	(void)state;
	char body[8000] = "name=ab";
	for (size_t i = 0, n = 7; i < 500; i++)
		n += (size_t)sprintf(body + n, "&x%zu=1", i);
	assert_int_equal(read_body(body), E_INVALID);
	assert_true(st.n_errors <= 25);
	assert_int_equal(
		read_body("name=ab&"
			  "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx%C3%A9xxx=1"),
		E_INVALID);
	assert_string_equal(st.errors[0].field,
			    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
}

static void other_bodies_are_refused(void **state)
{
	(void)state;
	assert_int_equal(read_type("name=ab", "text/plain"), E_MEDIA);
	assert_int_equal(read_type("name=ab", "application/x-www-form-urlencodedx"), E_MEDIA);
	assert_int_equal(read_type("name=ab", NULL), E_MEDIA);
	assert_int_equal(read_type("", NULL), E_INVALID); /* nothing sent: name is missing */
	assert_int_equal(st.n_errors, 1);
	assert_int_equal(read_type("name=%C3", URLENCODED), E_BAD_REQUEST);
	assert_int_equal(read_type("name=%zz", URLENCODED), E_BAD_REQUEST);
	assert_int_equal(read_type("name=ab", "Application/X-WWW-Form-Urlencoded; charset=UTF-8"), OK);
	assert_int_equal(read_type("{\"name\":\"ab\"}", "application/json; charset=utf-8"), OK);
	assert_string_equal(got.name, "ab");
}

static void queries_pass_over_unknown_names(void **state)
{
	(void)state;
	assert_int_equal(form_read_query(&c, &sample_shape, "name=ab&utm_source=x&count=3", &got, &st), OK);
	assert_int_equal(got.count, 3);
	assert_int_equal(form_read_query(&c, &sample_shape, "name=ab&count=x", &got, &st), E_INVALID);
	assert_int_equal(form_read_query(&c, &sample_shape, "name=%", &got, &st), E_BAD_REQUEST);
}

/* ---- multipart ---- */

#define PART(name, value) "--xYx\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" value "\r\n"
#define FILE_PART(name, value)                                                                     \
	"--xYx\r\ncontent-disposition: form-data; name=" name "; filename=\"a \\\"b\\\".csv\"\r\n" \
	"Content-Type: text/csv\r\n\r\n" value "\r\n"
#define END "--xYx--\r\n"

static void multipart_is_read(void **state)
{
	(void)state;
	assert_int_equal(read_type(PART("_csrf", "t") PART("name", "Zoé") PART("email", "")
					   FILE_PART("note", "\xef\xbb\xbf"
							     "a;b\r\n--xY\r\n1;2") END,
				   MULTIPART),
			 OK);
	assert_string_equal(got.name, "Zoé");
	assert_null(got.email);
	assert_string_equal(got.note, "a;b\n--xY\n1;2");
	assert_int_equal(read_type(PART("name", "ab") "--xYx--", "multipart/form-data; boundary=\"xYx\""),
			 OK);
}

static void files_of_older_programs_are_converted(void **state)
{
	(void)state;
	assert_int_equal(read_type(PART("name", "ab") FILE_PART("note", "caf\xe9 \x80") END, MULTIPART), OK);
	assert_string_equal(got.note, "café €");
	assert_int_equal(read_type(PART("name", "caf\xe9") END, MULTIPART), E_BAD_REQUEST);
}

struct sent {
	octets file;
};
static const struct field sent_fields[] = { { .name = "file",
					      .type = F_OCTETS,
					      .flags = FF_REQUIRED,
					      .offset = offsetof(struct sent, file),
					      .max = 8 } };
static const struct shape sent_shape = { "sent", sizeof(struct sent), 1, sent_fields };

static rc send_file(const char *body, size_t n, const char *type, struct sent *out)
{
	return form_read(&c, &sent_shape, body, n, type, out, &st);
}

static void files_come_as_they_are(void **state)
{
	(void)state;
	struct sent s;
	static const char body[] = FILE_PART("file", "\xff\xd8\0\r\n-") END;
	assert_int_equal(send_file(body, sizeof body - 1, MULTIPART, &s), OK);
	assert_int_equal(s.file.n, 6);
	assert_memory_equal(s.file.s, "\xff\xd8\0\r\n-", 6);
	static const char none[] = FILE_PART("file", "") END, nine[] = FILE_PART("file", "123456789") END;
	assert_int_equal(send_file(none, sizeof none - 1, MULTIPART, &s), E_INVALID);
	assert_string_equal(form_error_of(&st, "file")->key, "form.required");
	assert_int_equal(send_file(nine, sizeof nine - 1, MULTIPART, &s), E_INVALID);
	assert_string_equal(form_error_of(&st, "file")->key, "form.file_too_large");
	assert_int_equal(send_file("", 0, MULTIPART, &s), E_BAD_REQUEST);
	/* In base64 where all is text. */
	static const char json[] = "{\"file\":\"/9gA\"}", crooked[] = "{\"file\":\"/9g\"}";
	assert_int_equal(send_file(json, sizeof json - 1, "application/json", &s), OK);
	assert_int_equal(s.file.n, 3);
	assert_memory_equal(s.file.s, "\xff\xd8\0", 3);
	assert_int_equal(send_file(crooked, sizeof crooked - 1, "application/json", &s), E_INVALID);
	/* A field of text takes no bytes. */
	static const char text[] = PART("name", "ab") FILE_PART("note", "\0\1") END;
	assert_int_equal(form_read(&c, &sample_shape, text, sizeof text - 1, MULTIPART, &got, &st),
			 E_BAD_REQUEST);
}

static void crooked_multipart_is_refused(void **state)
{
	(void)state;
	static const struct {
		const char *body, *type;
	} cases[] = {
		{ PART("name", "ab") END, "multipart/form-data" },
		{ PART("name", "ab") END, "multipart/form-data; boundary=" },
		{ PART("name", "ab") END, "multipart/form-data; boundary=other" },
		{ PART("name", "ab") END, "multipart/form-data; boundary=xYx; boundary=xYx" },
		{ PART("name", "ab") END, "multipart/form-data; boundary=xYx{" },
		{ "", MULTIPART },
		{ "hello\r\n" PART("name", "ab") END, MULTIPART },
		{ PART("name", "ab"), MULTIPART },
		{ PART("name", "ab") END "more", MULTIPART },
		{ PART("name", "ab") "--xYxz\r\n" END, MULTIPART },
		{ "--xYx\n\nab\n--xYx--\n", MULTIPART },
		{ "--xYx\r\n\r\nab\r\n" END, MULTIPART },
		{ "--xYx\r\nContent-Disposition: form-data\r\n\r\nab\r\n" END, MULTIPART },
		{ "--xYx\r\nContent-Disposition: attachment; name=name\r\n\r\nab\r\n" END, MULTIPART },
		{ "--xYx\r\nContent-Disposition: form-data; name=name; name=note\r\n\r\nab\r\n" END,
		  MULTIPART },
		{ "--xYx\r\nContent-Disposition: form-data; name=\"name\r\n\r\nab\r\n" END, MULTIPART },
		{ "--xYx\r\nContent-Disposition: form-data; name=name\r\n"
		  "Content-Disposition: form-data; name=note\r\n\r\nab\r\n" END,
		  MULTIPART },
		{ "--xYx\r\nContent-Disposition: form-data; name=name\r\nContent-Transfer-Encoding: base64\r\n\r\n"
		  "YWI=\r\n" END,
		  MULTIPART },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (read_type(cases[i].body, cases[i].type) != E_BAD_REQUEST)
			fail_msg("read: %s", cases[i].body);
	char zero[] = PART("name", "a0b") END;
	*strstr(zero, "a0b") = 0;
	assert_int_equal(form_read(&c, &sample_shape, zero, sizeof zero - 1, MULTIPART, &got, &st),
			 E_BAD_REQUEST);
}

static void controls_are_found_in_both_kinds(void **state)
{
	(void)state;
	const char *url = "a=1&_csrf=t%21", *parts = PART("a", "1") PART("_csrf", "t!") END;
	assert_string_equal(form_control(&c, url, strlen(url), URLENCODED, "_csrf"), "t!");
	assert_string_equal(form_control(&c, parts, strlen(parts), MULTIPART, "_csrf"), "t!");
	assert_null(form_control(&c, url, strlen(url), URLENCODED, "b"));
	assert_null(form_control(&c, url, strlen(url), "application/json", "_csrf"));
	assert_null(form_control(&c, url, strlen(url), NULL, "_csrf"));
}

static void a_failure_of_the_domain_blames_its_field(void **state)
{
	(void)state;
	const struct failure past = { .code = E_INVALID, .key = "booking.past", .field = "on" };
	const struct failure full = { .code = E_CONFLICT, .key = "booking.full" };
	const struct failure check = { .code = E_INVALID, .key = "form.check" };
	expect_good("name=ab");
	form_state_add_failure(&c, &st, &sample_shape, &past);
	form_state_add_failure(&c, &st, &sample_shape, &full);
	form_state_add_failure(&c, &st, &sample_shape, &check);
	assert_int_equal(st.n_errors, 2);
	assert_string_equal(form_error_of(&st, "on")->key, "booking.past");
	assert_string_equal(form_error_of(&st, NULL)->key, "booking.full");
	assert_null(form_error_of(&st, "name"));
	assert_null(form_error_of(NULL, "name"));
	struct form_state none = { 0 };
	form_state_add_failure(&c, &none, NULL, &past);
	assert_null(none.errors[0].field);
}

static void sentences_hold_their_limits(void **state)
{
	(void)state;
	c.lang = LANG_FR;
	assert_int_equal(read_body("name=abcdefghijklm&price=1000%2C01&units=9&at=09%3A30&unit=x"),
			 E_INVALID);
	assert_string_equal(form_error_text(&c, form_error_of(&st, "name")),
			    "Raccourcissez ce texte\u00a0: 10 caractères au plus.");
	assert_string_equal(form_error_text(&c, form_error_of(&st, "price")),
			    fmt(&c, "Indiquez %s ou moins.", fmt_money(&c, (money){ 100000 })));
	assert_string_equal(form_error_text(&c, form_error_of(&st, "units")), "Indiquez 5 ou moins.");
	c.lang = LANG_EN;
	assert_string_equal(form_error_text(&c, form_error_of(&st, "unit")), "Choose one of the options.");

	struct failure rows = { .code = E_INVALID, .key = "csv.rows", .n_args = 1 };
	rows.args[0].name = "line";
	rows.args[0].value = "12";
	form_state_add_failure(&c, &st, &sample_shape, &rows);
	assert_non_null(strstr(form_error_text(&c, form_error_of(&st, NULL)), "line 12"));
	c.lang = LANG_FR;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_type_is_read),
		cmocka_unit_test(what_is_absent_or_empty_is_none),
		cmocka_unit_test(each_rule_has_its_error),
		cmocka_unit_test(lengths_are_of_characters),
		cmocka_unit_test(all_errors_are_gathered_in_the_order_of_the_form),
		cmocka_unit_test(what_was_typed_is_kept),
		cmocka_unit_test(a_box_may_come_after_its_hidden_zero),
		cmocka_unit_test(many_unknown_names_do_not_flood),
		cmocka_unit_test(other_bodies_are_refused),
		cmocka_unit_test(queries_pass_over_unknown_names),
		cmocka_unit_test(multipart_is_read),
		cmocka_unit_test(files_of_older_programs_are_converted),
		cmocka_unit_test(files_come_as_they_are),
		cmocka_unit_test(crooked_multipart_is_refused),
		cmocka_unit_test(controls_are_found_in_both_kinds),
		cmocka_unit_test(a_failure_of_the_domain_blames_its_field),
		cmocka_unit_test(sentences_hold_their_limits),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
