#include "base/test.h"

#include <jansson.h>

#include "base/test_ctx.h"
#include "platform/openapi.h"
#include "sample_form.h"

static TALLOC_CTX *mem;
static json_t *schema;

TEST_MEM(mem)

static void make(const struct shape *s, bool form)
{
	struct buf b;
	buf_init(&b, mem, 64);
	openapi_schema(&b, s, form);
	schema = json_loads(b.s, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(schema);
}

/* A property of the schema is exactly this. */
static void expect(const char *name, const char *json)
{
	const json_t *got = json_object_get(json_object_get(schema, "properties"), name);
	json_t *want = json_loads(json, 0, NULL);
	assert_non_null(want);
	if (!json_equal(got, want)) {
		char *text = json_dumps(got, JSON_ENCODE_ANY);
		fail_msg("%s is %s", name, text);
	}
	json_decref(want);
}

static void a_form_says_what_it_takes(void **state)
{
	(void)state;
	make(&sample_shape, true);
	expect("name", "{\"type\":\"string\",\"minLength\":2,\"maxLength\":10}");
	expect("email", "{\"type\":[\"string\",\"null\"],\"maxLength\":254,\"format\":\"email\"}");
	expect("site", "{\"type\":[\"string\",\"null\"],\"maxLength\":200,\"format\":\"uri\"}");
	expect("siren", "{\"type\":[\"string\",\"null\"],\"maxLength\":9,\"pattern\":\"^[0-9]{9}$\"}");
	expect("password",
	       "{\"type\":[\"string\",\"null\"],\"maxLength\":100,\"format\":\"password\",\"writeOnly\":true}");
	expect("count", "{\"type\":[\"integer\",\"null\"],\"minimum\":1,\"maximum\":200}");
	expect("ok", "{\"type\":[\"boolean\",\"null\"],\"default\":false}");
	expect("unit", "{\"type\":[\"string\",\"null\"],\"enum\":[\"day\",\"hour\",\"credit\",null]}");
	expect("on", "{\"type\":[\"string\",\"null\"],\"format\":\"date\"}");
	expect("since", "{\"type\":[\"string\",\"null\"],\"format\":\"date-time\"}");
	json_t *required = json_pack("[s]", "name");
	assert_true(json_equal(json_object_get(schema, "required"), required));
	assert_true(json_is_false(json_object_get(schema, "additionalProperties")));
	json_decref(required);
	json_decref(schema);
}

static void an_answer_says_what_it_holds(void **state)
{
	(void)state;
	static const struct field fields[] = {
		{ .name = "id", .type = F_ID },
		{ .name = "secret", .type = F_TEXT, .flags = FF_PRIVATE },
		{ .name = "pub", .type = F_PUBID },
		{ .name = "ends_at", .type = F_INSTANT, .flags = FF_NULL },
		{ .name = "unit", .type = F_ENUM, .words = &sample_unit_words },
		{ .name = "price", .type = F_MONEY },
		{ .name = "body", .type = F_HTML },
		{ .name = "raw", .type = F_JSON },
		{ .name = "one", .type = F_SHAPE, .shape = &sample_shape },
		{ .name = "many", .type = F_LIST, .shape = &sample_shape },
	};
	static const struct shape s = { "answer", 1, sizeof fields / sizeof *fields, fields };
	make(&s, false);
	assert_int_equal(json_object_size(json_object_get(schema, "properties")), 8);
	assert_int_equal(json_array_size(json_object_get(schema, "required")), 8);
	expect("pub", "{\"type\":\"string\",\"pattern\":\"^[0-9a-hjkmnp-tv-z]{26}$\"}");
	expect("ends_at", "{\"type\":[\"string\",\"null\"],\"format\":\"date-time\"}");
	expect("unit", "{\"type\":\"string\",\"enum\":[\"day\",\"hour\",\"credit\"]}");
	expect("price", "{\"type\":\"integer\",\"description\":\"Cents of euro.\"}");
	expect("body", "{\"type\":\"string\",\"contentMediaType\":\"text/html\"}");
	expect("raw", "{}");
	expect("one", "{\"$ref\":\"#/components/schemas/sample\"}");
	expect("many", "{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/sample\"}}");
	json_decref(schema);
}

static void a_shape_of_nothing(void **state)
{
	(void)state;
	static const struct shape s = { "nothing", 1, 0, NULL };
	make(&s, true);
	assert_int_equal(json_object_size(json_object_get(schema, "properties")), 0);
	assert_int_equal(json_array_size(json_object_get(schema, "required")), 0);
	json_decref(schema);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_form_says_what_it_takes),
		cmocka_unit_test(an_answer_says_what_it_holds),
		cmocka_unit_test(a_shape_of_nothing),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
