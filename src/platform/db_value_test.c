/* Every type of field, there and back, on both databases. */
#include "base/test.h"

#include "world.h"

/* ---- a table with every type ---- */

static const char *const colour_words[] = { "red", "green", "deep_blue" };
static const struct enumeration colours = { "colour", colour_words, 3 };

struct inner {
	int64_t a;
	const char *b;
};

static const struct field inner_fields[] = {
	{ .name = "a", .type = F_INT, .offset = offsetof(struct inner, a), .flags = FF_NULL },
	{ .name = "b", .type = F_TEXT, .offset = offsetof(struct inner, b), .flags = FF_NULL },
};
static const struct shape inner_shape = { "inner", sizeof(struct inner), 2, inner_fields };

struct thing {
	row_id id;
	bool flag;
	int64_t number;
	const char *text;
	html page;
	pubid pub;
	instant at;
	day on;
	minute from;
	money price;
	quantity amount;
	hash digest;
	const char *json;
	int colour;
	struct inner in;
	struct any_list list;
};

#define F(m, t) .name = #m, .type = t, .offset = offsetof(struct thing, m)
#define THING(flag_null)                                                                                    \
	{ F(id, F_ID) }, { F(flag, F_BOOL), .flags = flag_null }, { F(number, F_INT), .flags = flag_null }, \
		{ F(text, F_TEXT), .flags = flag_null }, { F(page, F_HTML), .flags = flag_null },           \
		{ F(pub, F_PUBID), .flags = flag_null }, { F(at, F_INSTANT), .flags = flag_null },          \
		{ F(on, F_DAY), .flags = flag_null }, { F(from, F_MINUTE), .flags = flag_null },            \
		{ F(price, F_MONEY), .flags = flag_null }, { F(amount, F_QUANTITY), .flags = flag_null },   \
		{ F(digest, F_HASH), .flags = flag_null }, { F(json, F_JSON), .flags = flag_null },         \
	{                                                                                                   \
		F(colour, F_ENUM), .flags = flag_null, .words = &colours                                    \
	}
static const struct field thing_fields[] = {
	THING(FF_NULL),
	{ F(in, F_SHAPE), .shape = &inner_shape },
	{ F(list, F_LIST), .shape = &inner_shape },
};
static const struct shape thing_shape = { "thing", sizeof(struct thing), 16, thing_fields };
/* The same where nothing may be absent. */
static const struct field strict_fields[] = { THING(0) };
static const struct shape strict_shape = { "strict", sizeof(struct thing), 14, strict_fields };

static const char schema[] =
	"CREATE TABLE thing (id @id, flag @bool?, number @int?, text @text?, page @text?, pub @text?, at @instant?,"
	" on_day @day?, from_minute @minute?, price @money?, amount @quantity?, digest @hash?, json @json?,"
	" colour @enum?(red green deep_blue), a @int?, b @text?);\n";

#define COLUMNS "flag, number, text, page, pub, at, on_day, from_minute, price, amount, digest, json, colour"
#define SELECTED                                                                                            \
	"id, flag, number, text, page, pub, at, on_day AS \"on\", from_minute AS \"from\", price, amount, " \
	"digest, json, colour"

static const struct field insert_in[] = { THING(FF_NULL),
					  { .name = "a", .type = F_INT },
					  { .name = "b", .type = F_TEXT } };
static const struct stmt thing_insert = {
	.name = "thing.insert",
	.sqlite = "INSERT INTO thing (id, " COLUMNS ", a, b)"
		  " VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16)",
	.postgres = "INSERT INTO thing (id, " COLUMNS ", a, b)"
		    " VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16)",
	.n_in = 16,
	.in = insert_in,
};

static const struct field id_in[] = { { .name = "id", .type = F_ID } };
static const struct stmt thing_by_id = {
	.name = "thing.by_id",
	.sqlite = "SELECT " SELECTED ", a AS in_a, b AS in_b FROM thing WHERE id = ?1",
	.postgres = "SELECT " SELECTED ", a AS in_a, b AS in_b FROM thing WHERE id = $1",
	.n_in = 1,
	.in = id_in,
	.out = &thing_shape,
};
static const struct stmt thing_strict = {
	.name = "thing.strict",
	.sqlite = "SELECT " SELECTED " FROM thing WHERE id = ?1",
	.postgres = "SELECT " SELECTED " FROM thing WHERE id = $1",
	.n_in = 1,
	.in = id_in,
	.out = &strict_shape,
};

static rc insert_thing(struct ctx *c, void *arg)
{
	struct thing *t = arg;
	const void *in[] = { &t->id,   &t->flag,   &t->number, &t->text,  &t->page,   &t->pub,
			     &t->at,   &t->on,	   &t->from,   &t->price, &t->amount, &t->digest,
			     &t->json, &t->colour, &t->in.a,   &t->in.b };
	return db_exec(c, &thing_insert, in, NULL);
}

struct loaded {
	const struct stmt *s;
	row_id id;
	struct thing t;
};

static rc load_thing(struct ctx *c, void *arg)
{
	struct loaded *l = arg;
	return db_one(c, l->s, (const void *[]){ &l->id }, &l->t);
}

static struct thing absent(int64_t id)
{
	return (struct thing){ .id = { id },
			       .number = NONE,
			       .at = { NONE },
			       .on = { NONE },
			       .from = { NONE },
			       .price = { NONE },
			       .amount = { NONE },
			       .colour = -1,
			       .in = { .a = NONE } };
}

static struct thing present(int64_t id)
{
	struct thing t = { .id = { id },
			   .flag = true,
			   .number = -42,
			   .text = "Ça & <là> 'é' \"x\" \\",
			   .page = { "<p>" },
			   .pub = { "0123456789abcdefghjkmnpqrs" },
			   .at = { INT64_MAX },
			   .on = { -1 },
			   .from = { 1440 },
			   .price = { INT64_MIN + 1 },
			   .amount = { 0 },
			   .json = "{\"a\": [1]}",
			   .colour = 2,
			   .in = { .a = 7, .b = "" } };
	for (int i = 0; i < 32; i++)
		t.digest.b[i] = (unsigned char)(i * 37);
	return t;
}

static void assert_thing(const struct thing *a, const struct thing *b)
{
	assert_int_equal(a->id.v, b->id.v);
	assert_int_equal(a->flag, b->flag);
	assert_true(a->number == b->number && a->at.v == b->at.v && a->on.v == b->on.v);
	assert_true(a->from.v == b->from.v && a->price.v == b->price.v && a->amount.v == b->amount.v);
	assert_string_equal(a->pub.s, b->pub.s);
	assert_memory_equal(a->digest.b, b->digest.b, 32);
	assert_int_equal(a->colour, b->colour);
	assert_true(a->in.a == b->in.a);
	const char *left[] = { a->text, a->page.s, a->json, a->in.b };
	const char *right[] = { b->text, b->page.s, b->json, b->in.b };
	for (int i = 0; i < 4; i++) {
		assert_int_equal(!left[i], !right[i]);
		if (left[i])
			assert_string_equal(left[i], right[i]);
	}
}

static void test_values(void **state)
{
	struct world *w = *state;
	world_script(w, schema);
	struct thing things[] = { present(1), absent(2) };
	for (int i = 0; i < 2; i++) {
		struct loaded l = { .s = &thing_by_id, .id = things[i].id };
		assert_int_equal(db_write(w->c, insert_thing, &things[i]), OK);
		assert_int_equal(db_read(w->c, load_thing, &l), OK);
		assert_thing(&l.t, &things[i]);
		assert_null(l.t.list.items);
	}
	/* Where nothing may be absent, absence is a broken row, not a NULL pointer. */
	struct loaded whole = { .s = &thing_strict, .id = { 1 } },
		      broken = { .s = &thing_strict, .id = { 2 } };
	assert_int_equal(db_read(w->c, load_thing, &whole), OK);
	assert_int_equal(db_read(w->c, load_thing, &broken), E_CORRUPT);
	assert_string_equal(world_key(w->c), "db.unreadable");
}

static const struct field digest_shape_fields[] = { { .name = "digest", .type = F_HASH } };
static const struct shape digest_shape = { "digest", sizeof(hash), 1, digest_shape_fields };
static const struct field digest_in[] = { { .name = "id", .type = F_ID },
					  { .name = "digest", .type = F_HASH } };
static const struct stmt digest_insert = {
	.name = "digest.insert",
	.sqlite = "INSERT INTO thing (id, digest) VALUES (?1, ?2) RETURNING digest",
	.postgres = "INSERT INTO thing (id, digest) VALUES ($1, $2) RETURNING digest",
	.n_in = 2,
	.in = digest_in,
	.out = &digest_shape,
};

static rc insert_zero_hash(struct ctx *c, void *arg)
{
	row_id id = { 9 };
	hash zero = { { 0 } };
	memset(arg, 1, sizeof(hash));
	return db_one(c, &digest_insert, (const void *[]){ &id, &zero }, arg);
}

/* A chain begins at zero: that is a hash, unless the field says it may be absent. */
static void test_zero_hash(void **state)
{
	struct world *w = *state;
	hash out, zero = { { 0 } };
	world_script(w, schema);
	assert_int_equal(db_write(w->c, insert_zero_hash, &out), OK);
	assert_memory_equal(&out, &zero, sizeof zero);
}

static rc check(struct ctx *c, void *arg)
{
	const char *why = "";
	return db_check(c, arg, &why);
}

static void test_check(void **state)
{
	struct world *w = *state;
	world_script(w, schema);
	assert_int_equal(db_read(w->c, check, (void *)(uintptr_t)&thing_by_id), OK);
	assert_int_equal(db_read(w->c, check, (void *)(uintptr_t)&thing_insert), OK);
	assert_int_equal(db_read(w->c, check, (void *)(uintptr_t)&digest_insert), OK);
}

static rc script(struct ctx *c, void *arg)
{
	return db_script(c, arg);
}

/* A word that is not of the enum, a hash that is too short. */
static void test_refused(void **state)
{
	struct world *w = *state;
	static char word[] = "INSERT INTO thing (colour) VALUES ('pink')";
	static char digest[] = "INSERT INTO thing (digest) VALUES ('x')";
	world_script(w, schema);
	assert_int_equal(db_write(w->c, script, word), E_DB);
	assert_string_equal(world_key(w->c), "db.constraint");
	assert_int_equal(db_write(w->c, script, digest), E_DB);
	assert_string_equal(world_key(w->c), "db.constraint");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_EMPTY(test_values),
		BOTH_EMPTY(test_zero_hash),
		BOTH_EMPTY(test_check),
		BOTH_EMPTY(test_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
