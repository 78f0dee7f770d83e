/* Packs: put on sale, told on the public page, sold from the list, used up. */
#include "base/test.h"

#include "space_cast.h"

#define OFFER "name=Carnet+de+deux+jours&kind=desks&units=2&price=25&months=6"

static const char *offer_of(struct world *w)
{
	return cast_text(w, "SELECT MAX(pub) AS value FROM pack_offer");
}

static void a_pack_on_sale_is_told_to_everybody(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	struct browse *b = cast_host(w, k), *stranger = browse_new(w);
	const char *page = fmt(w->c, "/places/%s", cast_pub(w, "community", k->place.v));
	assert_int_equal(
		browse_post(b, "/host/packs/offers", "name=Un+tiers&kind=desks&units=0.7&price=5&months=1"),
		422);
	assert_int_equal(browse_post(b, "/host/packs/offers", OFFER), 303);
	assert_int_equal(browse_get(stranger, page), 200);
	assert_true(browse_has(stranger, "Carnet de deux jours"));
	assert_true(browse_has(stranger, "25,00"));
	assert_true(browse_has(stranger, "12,50"));
	assert_true(browse_has(stranger, "6 mois"));
	assert_int_equal(browse_api(stranger, HTTP_GET, page, NULL), 200);
	assert_true(browse_has(stranger, "\"valid_months\":6"));
	assert_int_equal(browse_post(b, "/host/packs/offers/withdraw", fmt(w->c, "offer=%s", offer_of(w))),
			 303);
	assert_int_equal(browse_get(stranger, page), 200);
	assert_false(browse_has(stranger, "Carnet de deux jours"));
	browse_free(stranger);
	browse_free(b);
}

static void a_pack_is_sold_from_the_list(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	struct browse *b = cast_host(w, k);
	assert_int_equal(browse_post(b, "/host/packs/offers", OFFER), 303);
	const char *offer = offer_of(w);
	assert_int_equal(browse_get(b, "/host/packs"), 200);
	assert_true(browse_has(b, "Carnet de deux jours, 25,00"));
	assert_int_equal(browse_post(b, "/host/packs/sell", fmt(w->c, "offer=%s&from=2026-11-24", offer)),
			 422);
	const char *sale = fmt(w->c, "offer=%s&email=INES@example.org&from=2026-11-24", offer);
	assert_int_equal(browse_post(b, "/host/packs/sell", sale), 303);
	assert_int_equal(cast_number(w, "SELECT to_day AS value FROM pack WHERE owner_person IS NOT NULL"),
			 CAST_TODAY + 181 - 1); /* to 23 May 2027 */
	assert_int_equal(cast_number(w, "SELECT price AS value FROM pack WHERE owner_person IS NOT NULL"),
			 2500);
	/* The price of a later day is another's; what is withdrawn is not sold. */
	assert_int_equal(browse_post(b, "/host/packs/offers/withdraw", fmt(w->c, "offer=%s", offer)), 303);
	assert_int_equal(browse_post(b, "/host/packs/sell", sale), 422);
	assert_true(browse_has(b, "n’est plus en vente"));
	/* She sees what is left of hers, and of what her cooperative bought. */
	browse_sign_in(b, k->ines);
	assert_int_equal(browse_get(b, "/bookings"), 200);
	assert_true(browse_has(b, "Carnet de deux jours"));
	assert_true(browse_has(b, "Cinq jours"));
	browse_free(b);
}

static void another_place_s_offer_is_nobody_s(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	struct browse *b = cast_host(w, k);
	assert_int_equal(browse_post(b, "/host/packs/offers", OFFER), 303);
	community_id other = cast_community(w, "Le Préau", "place");
	browse_act_as(b, cast_member(w, k->host, other, "facilitator", ROLE_HOST));
	const char *form = fmt(w->c, "offer=%s&email=ines@example.org&from=2026-11-24", offer_of(w));
	assert_int_equal(browse_post(b, "/host/packs/sell", form), 422);
	assert_int_equal(browse_post(b, "/host/packs/offers/withdraw", fmt(w->c, "offer=%s", offer_of(w))),
			 404);
	browse_free(b);
}

/* The last half day is used; then the public price is the best there is. */
static void a_pack_is_used_up(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	struct browse *b = cast_host(w, k);
	cast_run(w, "DELETE FROM pack");
	assert_int_equal(browse_post(b, "/host/packs/offers", OFFER), 303);
	assert_int_equal(browse_post(b, "/host/packs/sell",
				     fmt(w->c, "offer=%s&community=%s&from=2026-11-24", offer_of(w),
					 cast_pub(w, "community", k->cae.v))),
			 303);
	browse_sign_in(b, k->ines);
	const char *path = fmt(w->c, "/spaces/%s/book", k->desks.pub.s);
	assert_int_equal(browse_post(b, path, "day=2026-11-25&from=09:00&to=19:00"), 303);
	assert_int_equal(browse_post(b, path, "day=2026-11-26&from=09:00&to=19:00"), 303);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM booking WHERE right_kind = 'pack'"),
			 2);
	assert_int_equal(browse_get(b, fmt(w->c, "%s?day=2026-11-27&from=09:00&to=19:00", path)), 200);
	assert_true(browse_has(b, "Il ne reste pas assez de jours sur ce carnet"));
	assert_int_equal(browse_post(b, path, "day=2026-11-27&from=09:00&to=19:00"), 303);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM booking WHERE right_kind = 'public'"),
			 1);
	/* Its host finds it among those that are used up, alone. */
	browse_sign_in(b, k->host);
	browse_act_as(
		b, (membership_id){ cast_number(w, "SELECT id AS value FROM membership WHERE person = %lld",
						(long long)k->host.v) });
	assert_int_equal(browse_get(b, "/host/packs.csv?state=used_up"), 200);
	assert_true(browse_has(b, "Carnet de deux jours"));
	assert_int_equal(browse_get(b, "/host/packs.csv?state=running"), 200);
	assert_false(browse_has(b, "Carnet de deux jours"));
	browse_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(a_pack_on_sale_is_told_to_everybody),
		BOTH(a_pack_is_sold_from_the_list),
		BOTH(another_place_s_offer_is_nobody_s),
		BOTH(a_pack_is_used_up),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
