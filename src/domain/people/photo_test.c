/* Photos of a page: added, said anew, put in order, taken away by its stewards;
 * seen by everybody, with nothing of the file that was sent but its picture. */
#include "base/test.h"

#include <sodium.h>
#include <string.h>

#include "browse.h"
#include "people/photo.h"
#include "platform/jobs.h"
#include "world.h"

struct cast {
	struct world *w;
	struct browse *visitor, *member, *steward;
	const char *page, *photos;
};

static struct cast cast_of(struct world *w)
{
	struct cast k = {
		.w = w, .visitor = browse_new(w), .member = browse_new(w), .steward = browse_new(w)
	};
	person_id malo = cast_person(w, "Malo", "malo@example.org");
	person_id lina = cast_person(w, "Lina", "lina@example.org");
	community_id noyer = cast_community(w, "Les Usines du Noyer", "place");
	k.page = fmt(w->c, "/communities/%s", cast_pub(w, "community", noyer.v));
	k.photos = fmt(w->c, "%s/photos", k.page);
	cast_member(w, malo, noyer, "staff", ROLE_MEMBER | ROLE_MANAGER);
	cast_member(w, lina, noyer, "resident", ROLE_MEMBER);
	browse_sign_in(k.steward, malo);
	browse_sign_in(k.member, lina);
	return k;
}

static void leave(struct cast *k)
{
	browse_free(k->visitor);
	browse_free(k->member);
	browse_free(k->steward);
}

static int64_t count(struct world *w, const char *from)
{
	return cast_number(w, "SELECT COUNT(*) AS value FROM %s", from);
}

/* As a telephone makes it: lying on its side, and saying where it was. */
#define EXIF                                                                      \
	"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0" \
	"GPS 46.5121N 0.3254E"

static octets snapshot(struct ctx *c, int width, int height)
{
	struct raster r = { width, height, new_array(c, unsigned char, (size_t)width *(size_t)height * 3) };
	octets plain;
	struct buf b;
	for (int i = 0; i < width * height * 3; i++)
		r.rgb[i] = (unsigned char)(i / 50);
	assert_int_equal(raster_encode(c, &r, &plain), OK);
	buf_init(&b, c->mem, plain.n + 100);
	buf_add(&b, plain.s, 2);
	buf_add(&b, "\xff\xe1\0", 3);
	buf_char(&b, (char)(sizeof EXIF - 1 + 2));
	buf_add(&b, EXIF, sizeof EXIF - 1);
	buf_add(&b, plain.s + 2, plain.n - 2);
	return (octets){ b.s, b.len };
}

static int add(struct cast *k, struct browse *who, const char *said, octets file)
{
	struct ctx *c = k->w->c;
	size_t n = sodium_base64_encoded_len(file.n, sodium_base64_VARIANT_ORIGINAL);
	char *text = new_array(c, char, n);
	struct buf b;
	sodium_bin2base64(text, n, (const unsigned char *)file.s, file.n, sodium_base64_VARIANT_ORIGINAL);
	buf_init(&b, c->mem, n * 2);
	buf_fmt(&b, "%s&image=", said);
	buf_url(&b, text);
	return browse_post(who, k->photos, b.s);
}

#define COURT "alt=La+cour+pav%C3%A9e&credit=Malo+Terrier&licence=cc_by"

static const char *photo_path(struct cast *k, int rank, const char *what)
{
	return fmt(k->w->c, "/photos/%s/%s",
		   cast_text(k->w, "SELECT pub AS value FROM photo WHERE rank = %d", rank), what);
}

static void test_nothing_else_passes(void **state)
{
	struct cast k = cast_of(*state);
	struct ctx *c = k.w->c;
	assert_int_equal(browse_get(k.steward, k.photos), 200);
	assert_true(browse_has(k.steward, "Pas encore de photo"));
	assert_int_equal(add(&k, k.steward, COURT, snapshot(c, 700, 500)), 303);
	assert_int_equal(count(k.w, "photo"), 1);
	assert_int_equal(count(k.w, "photo_image"), 4);
	assert_int_equal(count(k.w, "photo_image WHERE format = 'webp' AND width IN (343, 500)"), 2);
	assert_int_equal(count(k.w, "photo_image WHERE width = 500 AND height = 700"), 2);
	assert_int_equal(count(k.w, "audit WHERE action = 'photo.add'"), 1);
	/* One of before WebP gets it by the job, and no other a second time. */
	static const struct job_def job = { "photos.complete", 86400, false, photos_complete };
	cast_run(k.w, "DELETE FROM photo_image WHERE format = 'webp'");
	assert_int_equal(jobs_run(&k.w->app, &job), OK);
	assert_int_equal(jobs_run(&k.w->app, &job), OK);
	assert_int_equal(count(k.w, "photo_image"), 4);
	assert_int_equal(count(k.w, "photo_image WHERE format = 'webp' AND width IN (343, 500)"), 2);
	/* Anybody sees it, under an address that is guessed by nobody and never changes what it gives. */
	assert_int_equal(browse_get(k.visitor, k.page), 200);
	assert_true(browse_has(k.visitor, "La cour pavée"));
	assert_true(browse_has(k.visitor, "Malo Terrier"));
	const char *at = strstr(k.visitor->body, "src=\"/photos/");
	assert_non_null(at);
	const char *path = talloc_strndup(c->mem, at + 5, strcspn(at + 5, "\""));
	assert_int_equal(browse_get(k.visitor, path), 200);
	assert_string_equal(browse_header(k.visitor, "Content-Type"), "image/jpeg");
	assert_string_equal(browse_header(k.visitor, "Cache-Control"), "public, max-age=31536000, immutable");
	octets got = { k.visitor->resp.body, k.visitor->resp.len };
	struct raster r;
	assert_int_equal(raster_decode(c, got, 1600, &r), OK);
	assert_int_equal(r.width, 500);
	assert_null(memmem(got.s, got.n, "Exif", 4));
	assert_null(memmem(got.s, got.n, "GPS", 3));
	/* The same smaller, for the browsers that read it. */
	assert_int_equal(browse_get(k.visitor, k.page), 200);
	at = strstr(k.visitor->body, "<source type=\"image/webp\" srcset=\"/photos/");
	assert_non_null(at);
	path = talloc_strndup(c->mem, strstr(at, "/photos/"), strlen("/photos/") + 26);
	assert_int_equal(browse_get(k.visitor, path), 200);
	assert_string_equal(browse_header(k.visitor, "Content-Type"), "image/webp");
	got = (octets){ k.visitor->resp.body, k.visitor->resp.len };
	assert_int_equal(raster_decode(c, got, 1600, &r), OK);
	assert_int_equal(r.width, 343);
	assert_null(memmem(got.s, got.n, "EXIF", 4));
	assert_null(memmem(got.s, got.n, "GPS", 3));
	assert_int_equal(browse_get(k.visitor, "/photos/00000000000000000000000000"), 404);
	assert_string_equal(browse_header(k.visitor, "Cache-Control"), "no-cache");
	leave(&k);
}

static void test_refused(void **state)
{
	struct cast k = cast_of(*state);
	octets good = snapshot(k.w->c, 300, 200);
	assert_int_equal(add(&k, k.member, COURT, good), 403);
	assert_int_equal(add(&k, k.steward, "alt=&licence=cc0", good), 422);
	assert_int_equal(add(&k, k.steward, "alt=La+cour&licence=", good), 422);
	assert_int_equal(add(&k, k.steward, COURT, (octets){ "GIF89a", 6 }), 422);
	assert_true(browse_has(k.steward, "n’est pas une image"));
	assert_true(browse_has(k.steward, "Malo Terrier")); /* what was typed stays */
	assert_int_equal(add(&k, k.steward, COURT, snapshot(k.w->c, 300, 150)), 422);
	assert_true(browse_has(k.steward, "trop petite"));
	assert_int_equal(browse_post(k.steward, k.photos, COURT), 422);
	assert_int_equal(browse_post(k.steward, k.photos, COURT "&image=%21"), 422);
	assert_int_equal(count(k.w, "photo"), 0);
	assert_int_equal(count(k.w, "audit WHERE action = 'photo.add'"), 0);
	for (int i = 0; i < PHOTOS_MAX; i++)
		assert_int_equal(add(&k, k.steward, COURT, good), 303);
	assert_true(add(&k, k.steward, COURT, good) >= 400);
	assert_true(browse_has(k.steward, "Douze photos au plus"));
	assert_int_equal(count(k.w, "photo"), PHOTOS_MAX);
	leave(&k);
}

static void test_kept(void **state)
{
	struct cast k = cast_of(*state);
	octets good = snapshot(k.w->c, 300, 200);
	assert_int_equal(add(&k, k.steward, "alt=La+cour&licence=cc0", good), 303);
	assert_int_equal(add(&k, k.steward, "alt=La+grande+salle&licence=cc0", good), 303);
	/* Order. */
	assert_int_equal(browse_post(k.member, photo_path(&k, 2, "move"), "direction=earlier"), 403);
	assert_int_equal(browse_post(k.steward, photo_path(&k, 1, "move"), "direction=earlier"), 303);
	assert_int_equal(count(k.w, "photo WHERE rank = 1 AND alt = 'La cour'"), 1);
	assert_int_equal(browse_post(k.steward, photo_path(&k, 2, "move"), "direction=earlier"), 303);
	assert_int_equal(count(k.w, "photo WHERE rank = 2 AND alt = 'La cour'"), 1);
	assert_int_equal(browse_post(k.steward, photo_path(&k, 2, "move"), "direction=later"), 303);
	assert_int_equal(count(k.w, "audit WHERE action = 'photo.edit'"), 1);
	assert_int_equal(browse_post(k.steward, photo_path(&k, 2, "move"), "direction=first"), 303);
	assert_int_equal(count(k.w, "photo WHERE rank = 1 AND alt = 'La cour'"), 1);
	assert_int_equal(browse_post(k.steward, photo_path(&k, 2, "move"), "direction=first"), 303);
	assert_int_equal(count(k.w, "photo WHERE rank = 2 AND alt = 'La cour'"), 1);
	/* Words. */
	const char *edit = photo_path(&k, 2, "edit");
	assert_int_equal(browse_get(k.steward, edit), 200);
	assert_int_equal(browse_get(k.member, edit), 403);
	assert_int_equal(browse_post(k.steward, edit, "alt=Cour&licence=cc0"), 422);
	assert_int_equal(browse_post(k.steward, edit, "alt=La+cour&licence=cc0"), 303);
	assert_int_equal(count(k.w, "audit WHERE action = 'photo.edit'"), 3);
	assert_int_equal(browse_post(k.steward, edit, "alt=La+cour+et+son+noyer&licence=etalab"), 303);
	assert_int_equal(count(k.w, "photo WHERE alt = 'La cour et son noyer' AND licence = 'etalab'"), 1);
	assert_int_equal(count(k.w, "audit WHERE action = 'photo.edit'"), 4);
	/* Away. */
	const char *image = fmt(
		k.w->c, "/photos/%s",
		cast_text(
			k.w,
			"SELECT i.pub AS value FROM photo_image i JOIN photo p ON p.id = i.photo WHERE p.rank = 2 AND i.format = 'jpeg'"));
	assert_int_equal(browse_get(k.visitor, image), 200);
	assert_int_equal(browse_post(k.member, photo_path(&k, 2, "remove"), ""), 403);
	assert_int_equal(browse_post(k.steward, photo_path(&k, 2, "remove"), ""), 303);
	assert_int_equal(browse_get(k.visitor, image), 404);
	assert_int_equal(count(k.w, "photo_image"), 2);
	assert_int_equal(count(k.w, "audit WHERE action = 'photo.remove'"), 1);
	leave(&k);
}

int main(void)
{
	const struct CMUnitTest tests[] = { BOTH(test_nothing_else_passes), BOTH(test_refused),
					    BOTH(test_kept) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
