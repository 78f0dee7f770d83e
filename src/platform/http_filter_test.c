#include "base/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/test_ctx.h"
#include "platform/http_filter.h"

static TALLOC_CTX *mem;

/* A head that is admitted, for a test to spoil. */
static struct http_head *good(const char *target)
{
	struct http_head *h = talloc_zero(mem, struct http_head);

	h->method = "GET";
	h->version = "HTTP/1.1";
	h->target = target;
	h->headers[h->n_headers++] = (struct http_header){ "Host", "a.example:8080" };
	return h;
}

static rc admit_with(const char *name, const char *value, const char *name2, const char *value2)
{
	struct http_head *h = good("/");
	struct http_admission a;

	h->headers[h->n_headers++] = (struct http_header){ name, value };
	if (name2)
		h->headers[h->n_headers++] = (struct http_header){ name2, value2 };
	return http_admit(mem, h, &a);
}

static void admits_and_decodes(void **state)
{
	struct http_head *h = good("/lieux/caf%C3%A9%20du%20coin/?q=%c3%a9&x=a+b");
	struct http_admission a;

	(void)state;
	h->method = "PATCH";
	h->headers[h->n_headers++] = (struct http_header){ "content-LENGTH", "18446744073709551615" };
	assert_int_equal(http_admit(mem, h, &a), OK);
	assert_int_equal(a.method, HTTP_PATCH);
	assert_string_equal(a.path, "/lieux/café du coin/");
	assert_string_equal(a.query, "q=%c3%a9&x=a+b");
	assert_true(a.content_length == UINT64_MAX);
	assert_false(a.chunked);
}

static void judges_paths(void **state)
{
	/* clang-format off */
	static const char *const fine[] = { "/", "/a", "/a/b/", "/a/.b", "/...", "/a/..b/c..", "/a:b@c;d=e", "/a%20b",
					    "/%E2%82%AC", "/a%25b", "/?", "/?a=%2F..%2f", "/?/../" };
	static const char *const bad[] = { "", "a", "*", "http://a/", "//a", "/a//b", "/a//", "/.", "/..", "/./a",
					   "/a/../b", "/a/..", "/%2e", "/a/%2E%2e/b", "/a/.%2e", "/a%2fb", "/a%2Fb",
					   "/a\\b", "/a%5cb", "/a%00b", "/a%", "/a%4", "/a%g0", "/a%0ab", "/a%7f",
					   "/a%09", "/%C2%85", "/%FF", "/%C0%AF", "/%ED%A0%80", "/caf\xc3\xa9", "/a b",
					   "/a\tb", "/a#b", "/a?b#c", "/?a=%00", "/?a=%", "/?a=%zz", "/?a=%ff", "/?a=\x01" };
	/* clang-format on */
	struct http_admission a;

	(void)state;
	for (size_t i = 0; i < sizeof(fine) / sizeof(*fine); i++)
		assert_int_equal(http_admit(mem, good(fine[i]), &a), OK);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		if (http_admit(mem, good(bad[i]), &a) == OK)
			print_error("admitted: %s\n", bad[i]);
		assert_int_equal(http_admit(mem, good(bad[i]), &a), E_BAD_REQUEST);
		assert_non_null(a.detail);
	}
}

static void bounds_paths_queries_and_heads(void **state)
{
	char path[HTTP_PATH_MAX + 2], query[HTTP_QUERY_MAX + 4];
	struct http_head *h = good("/");
	struct http_admission a;

	(void)state;
	memset(path, 'a', sizeof(path));
	path[0] = '/';
	path[HTTP_PATH_MAX] = 0;
	assert_int_equal(http_admit(mem, good(path), &a), OK);
	path[HTTP_PATH_MAX] = 'a';
	path[HTTP_PATH_MAX + 1] = 0;
	assert_int_equal(http_admit(mem, good(path), &a), E_BAD_REQUEST);
	memset(query, 'a', sizeof(query));
	memcpy(query, "/?", 2);
	query[HTTP_QUERY_MAX + 2] = 0;
	assert_int_equal(http_admit(mem, good(query), &a), OK);
	query[HTTP_QUERY_MAX + 2] = 'a';
	query[HTTP_QUERY_MAX + 3] = 0;
	assert_int_equal(http_admit(mem, good(query), &a), E_BAD_REQUEST);
	h->bytes = HTTP_HEAD_MAX;
	assert_int_equal(http_admit(mem, h, &a), OK);
	h->bytes++;
	assert_int_equal(http_admit(mem, h, &a), E_BAD_REQUEST);
	h->bytes = 0;
	h->overflow = true;
	assert_int_equal(http_admit(mem, h, &a), E_BAD_REQUEST);
}

static void knows_methods_and_versions(void **state)
{
	/* clang-format off */
	static const char *const known[] = { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE" };
	static const char *const unknown[] = { "OPTIONS", "TRACE", "CONNECT", "get", "GETS", "", "PROPFIND" };
	static const char *const versions[] = { "HTTP/1.2", "HTTP/2.0", "http/1.1", "HTTP/0.9", "" };
	/* clang-format on */
	struct http_head *h = good("/");
	struct http_admission a;

	(void)state;
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		h->method = known[i];
		assert_int_equal(http_admit(mem, h, &a), OK);
		assert_int_equal(a.method, i);
	}
	for (size_t i = 0; i < sizeof(unknown) / sizeof(*unknown); i++) {
		h->method = unknown[i];
		assert_int_equal(http_admit(mem, h, &a), E_METHOD);
	}
	h->method = "GET";
	for (size_t i = 0; i < sizeof(versions) / sizeof(*versions); i++) {
		h->version = versions[i];
		assert_int_equal(http_admit(mem, h, &a), E_BAD_REQUEST);
	}
}

static void wants_one_host(void **state)
{
	static const char *const bad[] = { "", "a b", "a/b", "a@b", "a,b", "a\"b", "h\xc3\xa9" };
	struct http_head *h = good("/");
	struct http_admission a;

	(void)state;
	h->headers[0].value = "[::1]:80";
	assert_int_equal(http_admit(mem, h, &a), OK);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		h->headers[0].value = bad[i];
		assert_int_equal(http_admit(mem, h, &a), E_BAD_REQUEST);
	}
	h->n_headers = 0;
	assert_int_equal(http_admit(mem, h, &a), E_BAD_REQUEST);
	assert_int_equal(admit_with("HOST", "a.example:8080", NULL, NULL), E_BAD_REQUEST);
}

static void refuses_doubles(void **state)
{
	/* clang-format off */
	static const char *const once[] = { "Host", "Content-Length", "Transfer-Encoding", "Content-Type",
					    "Authorization", "Cookie", "Expect", "Origin", "Idempotency-Key",
					    "X-Forwarded-Proto" };
	/* clang-format on */

	(void)state;
	for (size_t i = 1; i < sizeof(once) / sizeof(*once); i++) {
		const char *value = strcmp(once[i], "Expect") == 0		? "100-continue"
				    : strcmp(once[i], "Transfer-Encoding") == 0 ? "chunked"
										: "1";

		assert_int_equal(admit_with(once[i], value, NULL, NULL), OK);
		assert_int_equal(admit_with(once[i], value, once[i], value), E_BAD_REQUEST);
	}
	assert_int_equal(admit_with("Accept", "a", "Accept", "b"), OK);
}

static void judges_lengths_and_codings(void **state)
{
	/* clang-format off */
	static const char *const lengths[] = { "", "-1", "+1", "1 ", " 1", "1,1", "0x1", "1.0", "18446744073709551616" };
	static const char *const codings[] = { "", "gzip", "gzip, chunked", "chunked, gzip", "chunked ", "identity",
					       "chunked,chunked", "xchunked" };
	/* clang-format on */
	struct http_head *h = good("/");
	struct http_admission a;

	(void)state;
	for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++)
		assert_int_equal(admit_with("Content-Length", lengths[i], NULL, NULL), E_BAD_REQUEST);
	for (size_t i = 0; i < sizeof(codings) / sizeof(*codings); i++)
		assert_int_equal(admit_with("Transfer-Encoding", codings[i], NULL, NULL), E_BAD_REQUEST);
	assert_int_equal(admit_with("Transfer-Encoding", "Chunked", NULL, NULL), OK);
	assert_int_equal(admit_with("Transfer-Encoding", "chunked", "Content-Length", "0"), E_BAD_REQUEST);
	assert_int_equal(admit_with("Content-Length", "0", "Transfer-Encoding", "chunked"), E_BAD_REQUEST);
	h->version = "HTTP/1.0";
	h->headers[h->n_headers++] = (struct http_header){ "Transfer-Encoding", "chunked" };
	assert_int_equal(http_admit(mem, h, &a), E_BAD_REQUEST);
	assert_int_equal(admit_with("Expect", "100-Continue", NULL, NULL), OK);
	assert_int_equal(admit_with("Expect", "200-ok", NULL, NULL), E_BAD_REQUEST);
}

static void refuses_bad_header_lines(void **state)
{
	(void)state;
	assert_int_equal(admit_with("X-A", "b\tc \xc3\xa9", NULL, NULL), OK);
	assert_int_equal(admit_with("", "b", NULL, NULL), E_BAD_REQUEST);
	assert_int_equal(admit_with("X A", "b", NULL, NULL), E_BAD_REQUEST);
	assert_int_equal(admit_with("X-A\xc3", "b", NULL, NULL), E_BAD_REQUEST);
	assert_int_equal(admit_with("X(A", "b", NULL, NULL), E_BAD_REQUEST);
	assert_int_equal(admit_with("X-A", "b\rc", NULL, NULL), E_BAD_REQUEST);
	assert_int_equal(admit_with("X-A", "b\x7f", NULL, NULL), E_BAD_REQUEST);
	assert_int_equal(admit_with("X-A", "b\x01", NULL, NULL), E_BAD_REQUEST);
}

static void finds_cookies(void **state)
{
	static const char header[] = "a=1; __Host-session=x=y; ab=2 ;c; d=;a=9";

	(void)state;
	assert_string_equal(http_cookie_find(mem, header, "a"), "1");
	assert_string_equal(http_cookie_find(mem, header, "__Host-session"), "x=y");
	assert_string_equal(http_cookie_find(mem, header, "ab"), "2");
	assert_string_equal(http_cookie_find(mem, header, "d"), "");
	assert_null(http_cookie_find(mem, header, "c"));
	assert_null(http_cookie_find(mem, header, "b"));
	assert_null(http_cookie_find(mem, header, "session"));
	assert_null(http_cookie_find(mem, "", "a"));
	assert_null(http_cookie_find(mem, "; ;", "a"));
}

static void reads_the_address_a_proxy_gives(void **state)
{
	/* clang-format off */
	static const char *const bad[] = { "", "unknown", "10.0.0.1, ", "10.0.0.1:80", "10.0.0.1 10.0.0.2", "1.2.3",
					   "10.0.0.1, a\n", "2001:db8::12345",
					   "1111:1111:1111:1111:1111:1111:1111:1111:1111:1111" };
	/* clang-format on */
	char out[46];

	(void)state;
	assert_true(http_forwarded_peer("192.0.2.1", out));
	assert_string_equal(out, "192.0.2.1");
	assert_true(http_forwarded_peer("6.6.6.6,  2001:DB8:0::1 ", out));
	assert_string_equal(out, "2001:db8::1");
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(http_forwarded_peer(bad[i], out));
}

TEST_MEM(mem)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(admits_and_decodes),
		cmocka_unit_test(judges_paths),
		cmocka_unit_test(bounds_paths_queries_and_heads),
		cmocka_unit_test(knows_methods_and_versions),
		cmocka_unit_test(wants_one_host),
		cmocka_unit_test(refuses_doubles),
		cmocka_unit_test(judges_lengths_and_codings),
		cmocka_unit_test(refuses_bad_header_lines),
		cmocka_unit_test(finds_cookies),
		cmocka_unit_test(reads_the_address_a_proxy_gives),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
