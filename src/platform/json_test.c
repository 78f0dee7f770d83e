#include "base/test.h"

#include <jansson.h>

#include "base/civil.h"
#include "base/test_ctx.h"
#include "platform/json.h"
#include "sample_form.h"

static struct ctx c;
static struct sample got;
static struct form_state st;
TEST_CTX(c)

/* ---- writing ---- */

struct leaf {
	row_id id;
	const char *name;
};
struct leaf_list {
	struct leaf *items;
	size_t n;
};
struct tree {
	booking_id id;
	pubid pub;
	const char *secret;
	bool ok;
	int64_t count;
	const char *text;
	html body;
	instant at;
	day on;
	minute from;
	money price;
	quantity units;
	hash sum;
	const char *raw;
	int unit;
	struct leaf one;
	struct leaf_list many;
};

static const struct field leaf_fields[] = {
	{ .name = "id", .type = F_ID, .offset = offsetof(struct leaf, id) },
	{ .name = "name", .type = F_TEXT, .offset = offsetof(struct leaf, name) },
};
static const struct shape leaf_shape = { "leaf", sizeof(struct leaf), 2, leaf_fields };

#define FIELD(t, member)                                                            \
	{                                                                           \
		.name = #member, .type = t, .offset = offsetof(struct tree, member) \
	}
static const struct field tree_fields[] = {
	FIELD(F_ID, id),
	FIELD(F_PUBID, pub),
	{ .name = "secret", .type = F_TEXT, .flags = FF_PRIVATE, .offset = offsetof(struct tree, secret) },
	FIELD(F_BOOL, ok),
	FIELD(F_INT, count),
	FIELD(F_TEXT, text),
	FIELD(F_HTML, body),
	FIELD(F_INSTANT, at),
	FIELD(F_DAY, on),
	FIELD(F_MINUTE, from),
	FIELD(F_MONEY, price),
	FIELD(F_QUANTITY, units),
	FIELD(F_HASH, sum),
	FIELD(F_JSON, raw),
	{ .name = "unit",
	  .type = F_ENUM,
	  .offset = offsetof(struct tree, unit),
	  .words = &sample_unit_words },
	{ .name = "one", .type = F_SHAPE, .offset = offsetof(struct tree, one), .shape = &leaf_shape },
	{ .name = "many", .type = F_LIST, .offset = offsetof(struct tree, many), .shape = &leaf_shape },
};
static const struct shape tree_shape = { "tree", sizeof(struct tree),
					 sizeof tree_fields / sizeof *tree_fields, tree_fields };

static const char *written(const struct tree *t)
{
	struct buf b;
	buf_init(&b, c.mem, 16);
	json_write(&b, &tree_shape, t);
	json_t *back = json_loads(b.s, JSON_REJECT_DUPLICATES, NULL); /* an independent reader takes it */
	assert_non_null(back);
	json_decref(back);
	return b.s;
}

static void a_struct_is_written_by_its_shape(void **state)
{
	(void)state;
	struct leaf two[] = { { { 1 }, "a" }, { { 2 }, NULL } };
	struct tree t = { .id = { 7 },
			  .pub = { "0123456789abcdefghjkmnpqrs" },
			  .secret = "canary",
			  .ok = true,
			  .count = -3,
			  .text = "Zoé \"\n\\ \x01",
			  .body = { "<b>x</b>" },
			  .at = { day_of(2026, 11, 24).v * 86400 + 30600 },
			  .on = day_of(2026, 11, 24),
			  .from = { 570 },
			  .price = { 1204 },
			  .units = { 4500 },
			  .raw = "{\"a\":[1]}",
			  .unit = 1,
			  .one = { { 9 }, "b" },
			  .many = { two, 2 } };
	t.sum.b[0] = 0xab;
	assert_string_equal(
		written(&t),
		"{\"pub\":\"0123456789abcdefghjkmnpqrs\",\"ok\":true,\"count\":-3,\"text\":\"Zoé \\\"\\n\\\\ \\u0001\","
		"\"body\":\"<b>x</b>\",\"at\":\"2026-11-24T08:30:00Z\",\"on\":\"2026-11-24\",\"from\":\"09:30\","
		"\"price\":1204,\"units\":4500,"
		"\"sum\":\"ab00000000000000000000000000000000000000000000000000000000000000\",\"raw\":{\"a\":[1]},"
		"\"unit\":\"hour\",\"one\":{\"name\":\"b\"},\"many\":[{\"name\":\"a\"},{\"name\":null}]}");
}

static void what_is_absent_is_null(void **state)
{
	(void)state;
	struct tree t = { .count = NONE,
			  .at = { NONE },
			  .on = { NONE },
			  .from = { NONE },
			  .price = { NONE },
			  .units = { NONE },
			  .unit = -1 };
	assert_string_equal(
		written(&t),
		"{\"pub\":null,\"ok\":false,\"count\":null,\"text\":null,\"body\":null,\"at\":null,\"on\":null,"
		"\"from\":null,\"price\":null,\"units\":null,\"sum\":null,\"raw\":null,\"unit\":null,"
		"\"one\":{\"name\":null},\"many\":[]}");
}

static void dates_that_cannot_be_written_are_null(void **state)
{
	(void)state;
	struct tree t = { .at = { INT64_MAX }, .on = { INT64_MAX } };
	assert_non_null(strstr(written(&t), "\"at\":null,\"on\":null"));
}

static void lists_and_empty_shapes(void **state)
{
	(void)state;
	static const struct field hidden[] = { { .name = "id", .type = F_ID } };
	static const struct shape bare = { "bare", sizeof(row_id), 1, hidden };
	row_id ids[2] = { { 1 }, { 2 } };
	struct buf b;
	buf_init(&b, c.mem, 16);
	json_write_list(&b, &bare, &(struct any_list){ ids, 2 });
	assert_string_equal(b.s, "[{},{}]");
}

/* ---- reading ---- */

static rc read_json(const char *s)
{
	memset(&got, 0x55, sizeof got);
	return json_read(&c, &sample_shape, s, strlen(s), &got, &st);
}

static void an_object_is_read_into_the_form(void **state)
{
	(void)state;
	assert_int_equal(
		read_json(
			"{\"name\":\" Zoé \",\"note\":\"a\\nb\",\"count\":12,\"ok\":true,\"unit\":\"credit\","
			"\"on\":\"2026-11-24\",\"at\":\"09:30\",\"since\":\"2026-11-24T09:30:00+01:00\","
			"\"price\":1250,\"units\":-4500,\"email\":null,"
			"\"space\":\"0123456789abcdefghjkmnpqrs\"}"),
		OK);
	assert_string_equal(got.name, "Zoé");
	assert_string_equal(got.note, "a\nb");
	assert_null(got.email);
	assert_int_equal(got.count, 12);
	assert_true(got.ok);
	assert_int_equal(got.unit, 2);
	assert_int_equal(got.on.v, day_of(2026, 11, 24).v);
	assert_int_equal(got.at.v, 570);
	assert_int_equal(got.since.v, day_of(2026, 11, 24).v * 86400 + 30600);
	assert_int_equal(got.price.v, 1250);
	assert_int_equal(got.units.v, -4500);
	assert_string_equal(got.space.s, "0123456789abcdefghjkmnpqrs");
	assert_null(got.siren);
}

struct wrong {
	const char *body, *field, *key;
};

static void each_rule_has_its_error(void **state)
{
	(void)state;
	static const struct wrong cases[] = {
		{ "{}", "name", "form.required" },
		{ "{\"name\":null}", "name", "form.required" },
		{ "{\"name\":12}", "name", "form.bad_text" },
		{ "{\"name\":[\"ab\"]}", "name", "form.bad_text" },
		{ "{\"name\":\"a\\u0007b\"}", "name", "form.bad_text" },
		{ "{\"name\":\"ab\",\"count\":\"12\"}", "count", "form.not_a_number" },
		{ "{\"name\":\"ab\",\"count\":12.0}", "count", "form.not_a_number" },
		{ "{\"name\":\"ab\",\"count\":true}", "count", "form.not_a_number" },
		{ "{\"name\":\"ab\",\"count\":-9223372036854775808}", "count", "form.too_small" },
		{ "{\"name\":\"ab\",\"price\":12.5}", "price", "form.not_an_amount" },
		{ "{\"name\":\"ab\",\"price\":100001}", "price", "form.too_large" },
		{ "{\"name\":\"ab\",\"ok\":1}", "ok", "form.bad_choice" },
		{ "{\"name\":\"ab\",\"ok\":\"true\"}", "ok", "form.bad_choice" },
		{ "{\"name\":\"ab\",\"unit\":0}", "unit", "form.bad_choice" },
		{ "{\"name\":\"ab\",\"on\":20000}", "on", "form.not_a_date" },
		{ "{\"name\":\"ab\",\"at\":{}}", "at", "form.not_a_time" },
		{ "{\"name\":\"ab\",\"space\":1}", "space", "form.bad_id" },
		{ "{\"name\":\"ab\",\"admin\":true}", "admin", "form.unknown_field" },
		{ "{\"name\":\"ab\",\"_csrf\":\"x\"}", "_csrf", "form.unknown_field" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(read_json(cases[i].body), E_INVALID);
		const struct form_error *e = form_error_of(&st, cases[i].field);
		if (!e || strcmp(e->key, cases[i].key) != 0)
			fail_msg("%s: wanted %s, was told %s", cases[i].body, cases[i].key,
				 e ? e->key : "nothing");
		assert_int_equal(st.n_errors, 1);
	}
}

static void what_is_no_object_is_refused(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"",
		"null",
		"[]",
		"\"x\"",
		"12",
		"{",
		"{\"name\":\"ab\"}x",
		"{\"name\":\"ab\",\"name\":\"cd\"}",
		"{'name':'ab'}",
		"{\"name\":\"ab\",}",
		"{\"name\":\"\xff\"}",
		"{\"name\":\"\xc0\x80\"}",
		"{\"name\":\"\xed\xa0\x80\"}",
		"{\"name\":\"a\\u0000b\"}",
		"{\"name\":\"\\ud800\"}",
		"{\"count\":99999999999999999999}",
		"{\"name\":[[[[[[[[1]]]]]]]]}",
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (read_json(bad[i]) != E_BAD_REQUEST)
			fail_msg("read: %s", bad[i]);
	assert_int_equal(json_read(&c, &sample_shape, "{\"name\":\"a\0b\"}", 14, &got, &st), E_BAD_REQUEST);
}

static void very_deep_bodies_do_no_harm(void **state)
{
	(void)state;
	size_t n = 1000000;
	char *s = talloc_size(c.mem, n + 1);
	memset(s, '[', n);
	s[n] = 0;
	assert_int_equal(json_read(&c, &sample_shape, s, n, &got, &st), E_BAD_REQUEST);
	/* brackets inside a string are no depth */
	assert_int_equal(read_json("{\"name\":\"[[\\\"[[[[[[[\"}"), OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_struct_is_written_by_its_shape),
		cmocka_unit_test(what_is_absent_is_null),
		cmocka_unit_test(dates_that_cannot_be_written_are_null),
		cmocka_unit_test(lists_and_empty_shapes),
		cmocka_unit_test(an_object_is_read_into_the_form),
		cmocka_unit_test(each_rule_has_its_error),
		cmocka_unit_test(what_is_no_object_is_refused),
		cmocka_unit_test(very_deep_bodies_do_no_harm),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
