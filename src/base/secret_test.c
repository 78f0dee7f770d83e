/* Public ids, hashes and secrets. */
#include "base/test.h"

#include <sodium.h>
#include <stdio.h>
#include <time.h>

#include "base/base32.h"
#include "base/hash.h"
#include "base/pubid.h"
#include "base/secret.h"

static void base32_known(void **state)
{
	(void)state;
	char out[32];
	base32_encode((const unsigned char *)"\x00\x00\x00\x00\x00", 5, out);
	assert_string_equal(out, "00000000");
	base32_encode((const unsigned char *)"\xff\xff\xff\xff\xff", 5, out);
	assert_string_equal(out, "zzzzzzzz");
	base32_encode((const unsigned char *)"\x01", 1, out);
	assert_string_equal(out, "01");
	base32_encode((const unsigned char *)"\xff", 1, out);
	assert_string_equal(out, "7z");
	/* 0x0123456789 = 00000 00100 10001 10100 01010 11001 11100 01001 */
	base32_encode((const unsigned char *)"\x01\x23\x45\x67\x89", 5, out);
	assert_string_equal(out, "04hmasw9");
	assert_int_equal(base32_value('z'), 31);
	assert_int_equal(base32_value('u'), -1);
	assert_int_equal(base32_value('A'), -1);
	assert_int_equal(base32_value(0), -1);
}

static void pubids(void **state)
{
	(void)state;
	pubid a, b, c;
	pubid_new(&a);
	pubid_new(&b);
	assert_int_equal(strlen(a.s), 26);
	assert_false(pubid_eq(a, b));
	assert_int_equal(pubid_parse(a.s, &c), OK);
	assert_true(pubid_eq(a, c));
	assert_false(pubid_is_none(a));
	assert_true(pubid_is_none((pubid){ .s = "" }));
}

static void near_ids_share_a_beginning_and_nothing_else(void **state)
{
	(void)state;
	pubid first, next, other;
	pubid_source_changed();
	pubid_new_near(&first);
	for (int i = 1; i < 64; i++) {
		pubid_new_near(&next);
		assert_memory_equal(first.s, next.s, 4);
		assert_string_not_equal(first.s + 4, next.s + 4);
		assert_int_equal(pubid_parse(next.s, &other), OK);
	}
	int others = 0;
	for (int i = 0; i < 3 * 64; i++) {
		pubid_new_near(&next);
		others += memcmp(first.s, next.s, 4) != 0;
	}
	assert_in_range(others, 64, 3 * 64);
}

static void pubids_refused(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"",
		"0123456789abcdefghjkmnpqr",
		"0123456789abcdefghjkmnpqrst",
		"0123456789abcdefghjkmnpqrU",
		"0123456789abcdefghjkmnpqru",
		"0123456789ABCDEFGHJKMNPQRS",
		"8123456789abcdefghjkmnpqrs",
		"0123456789abcdefghjkmnp rs",
	};
	pubid p = { .s = "untouched" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(pubid_parse(bad[i], &p), E_INVALID);
	assert_int_equal(pubid_parse(NULL, &p), E_INVALID);
	assert_string_equal(p.s, "untouched");
	assert_int_equal(pubid_parse("7123456789abcdefghjkmnpqrs", &p), OK);
}

static void pubids_seeded(void **state)
{
	(void)state;
	pubid a, b;
	pubid_from_seed(42, 7, &a);
	pubid_from_seed(42, 7, &b);
	assert_true(pubid_eq(a, b));
	assert_int_equal(pubid_parse(a.s, &b), OK);
	pubid_from_seed(42, 8, &b);
	assert_false(pubid_eq(a, b));
	pubid_from_seed(43, 7, &b);
	assert_false(pubid_eq(a, b));
	pubid_from_seed(7, 42, &b);
	assert_false(pubid_eq(a, b));
}

static void hashes(void **state)
{
	(void)state;
	static const char abc[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
	char hex[65];
	hash a = hash_sha256("abc", 3), b;
	hash_hex(a, hex);
	assert_string_equal(hex, abc);
	struct hasher h;
	hash_begin(&h);
	hash_add(&h, "a", 1);
	hash_add(&h, "", 0);
	hash_add(&h, "bc", 2);
	assert_true(hash_eq(a, hash_end(&h)));
	assert_int_equal(hash_parse(abc, &b), OK);
	assert_true(hash_eq(a, b));
	b.b[31] ^= 1;
	assert_false(hash_eq(a, b));
}

static void hashes_refused(void **state)
{
	(void)state;
	hash h = hash_sha256("x", 1), before = h;
	assert_int_equal(hash_parse(NULL, &h), E_INVALID);
	assert_int_equal(hash_parse("", &h), E_INVALID);
	assert_int_equal(hash_parse("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a", &h),
			 E_INVALID);
	assert_int_equal(hash_parse("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015adb", &h),
			 E_INVALID);
	assert_int_equal(hash_parse("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD", &h),
			 E_INVALID);
	assert_int_equal(hash_parse("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ag", &h),
			 E_INVALID);
	assert_true(hash_eq(h, before));
}

static void tokens(void **state)
{
	(void)state;
	char a[SECRET_SIZE], b[SECRET_SIZE];
	secret_new(a);
	secret_new(b);
	assert_int_equal(strlen(a), 52);
	assert_string_not_equal(a, b);
	assert_true(hash_eq(secret_hash(a), hash_sha256(a, 52)));
	assert_false(hash_eq(secret_hash(a), secret_hash(b)));
}

static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void passwords(void **state)
{
	(void)state;
	char one[PASSWORD_HASH_SIZE], two[PASSWORD_HASH_SIZE];
	assert_int_equal(password_hash("correct horse", one), OK);
	assert_int_equal(password_hash("correct horse", two), OK);
	assert_string_not_equal(one, two);
	assert_non_null(strstr(one, "$argon2id$v=19$m=19456,t=2,p=1$"));
	assert_true(password_verify(one, "correct horse"));
	assert_false(password_verify(one, "correct horsf"));
	assert_false(password_verify(one, ""));
	assert_false(password_verify("not a hash", "correct horse"));
	assert_false(password_needs_rehash(one));
	assert_true(password_needs_rehash("not a hash"));
	assert_int_equal(crypto_pwhash_str(two, "correct horse", 13, 1, 8 << 20), 0);
	assert_true(password_needs_rehash(two));
	assert_true(password_verify(two, "correct horse"));
}

/* Nobody learns from the time taken whether an account exists. */
static void password_of_nobody(void **state)
{
	(void)state;
	char stored[PASSWORD_HASH_SIZE];
	assert_int_equal(password_hash("x", stored), OK);
	double somebody = 1e9, nobody = 1e9;
	for (int i = 0; i < 5; i++) {
		double t0 = seconds();
		assert_false(password_verify(stored, "y"));
		double t1 = seconds();
		assert_false(password_verify(NULL, "y"));
		double t2 = seconds();
		somebody = t1 - t0 < somebody ? t1 - t0 : somebody;
		nobody = t2 - t1 < nobody ? t2 - t1 : nobody;
	}
	assert_true(nobody > somebody / 3 && nobody < somebody * 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(base32_known),
		cmocka_unit_test(pubids),
		cmocka_unit_test(near_ids_share_a_beginning_and_nothing_else),
		cmocka_unit_test(pubids_refused),
		cmocka_unit_test(pubids_seeded),
		cmocka_unit_test(hashes),
		cmocka_unit_test(hashes_refused),
		cmocka_unit_test(tokens),
		cmocka_unit_test(passwords),
		cmocka_unit_test(password_of_nobody),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
