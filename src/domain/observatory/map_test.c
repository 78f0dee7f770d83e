#include "base/test.h"

#include <string.h>

#include "browse.h"
#include "observatory/map_parts.h"
#include "observatory/map_towns.h"
#include "platform/db.h"
#include "platform/pdf.h"

static const struct map_area areas[] = {
	{ "86", 5, "Vienne : 12 lieux", "/map?departement=86" },
	{ "79", 2, NULL, NULL },
	{ "972", 1, "Martinique", NULL },
	{ "999", 3, "Nulle part", NULL },
};
static const struct map_mark places[] = {
	{ 4658000, 34000, 1, PICTURE_SQUARE, true, false, "1. Les Usines & <co>", "/places/a", "Ligugé",
	  "m-1", "a" },
	{ 4658000, 34000, 2, PICTURE_CIRCLE, false, false, "2. Le Préau", "/places/b", "Ligugé", NULL, "b" },
	{ -2113000, 5550000, 3, PICTURE_DIAMOND, false, false, "3. La Kaz", "/places/c", NULL, NULL, NULL },
	{ 4084000, -7400000, 4, PICTURE_CIRCLE, false, false, "4. New York", "/places/d", NULL, NULL, NULL },
	{ NONE, NONE, 5, PICTURE_CIRCLE, false, false, "5. Sans adresse", "/places/e", NULL, NULL, NULL },
	{ 4900000, 600000, 6, PICTURE_CIRCLE, false, true, "6. Où ouvrir", NULL, "Metz", NULL, NULL },
};
static const struct map_thread threads[] = { { 4658000, 34000, 4884000, 228000, "Ligugé – Paris" } };

static struct map *draw(struct ctx *c)
{
	struct map *m = map_france(c, MAP_COUNTRY, "Carte d’essai");
	map_land(c, m, OUTLINE_DEPARTEMENT);
	map_choropleth(c, m, OUTLINE_DEPARTEMENT, areas, 4);
	map_limits(c, m, OUTLINE_REGION);
	map_threads(c, m, threads, 1);
	map_marks(c, m, places, 6);
	return m;
}

static const char *svg_of(struct ctx *c, const struct map *m)
{
	struct buf b;
	buf_init(&b, c->mem, 65536);
	picture_svg(map_picture(m), &b);
	return b.s;
}

static void test_what_is_on_it_is_named_and_leads_somewhere(void **state)
{
	struct ctx *c = ((struct world *)*state)->c;
	const char *s = svg_of(c, draw(c));
	assert_non_null(
		strstr(s, "<svg class=\"map map--country\" role=\"group\" aria-label=\"Carte d’essai\""));
	assert_non_null(strstr(
		s, "<a class=\"map-mark map-under\" href=\"/places/a\" aria-label=\"1. Les Usines &amp; "
		   "&lt;co&gt;\" id=\"m-1\" data-ref=\"a\">"));
	assert_non_null(strstr(s, "<a href=\"/map?departement=86\" aria-label=\"Vienne : 12 lieux\">"));
	assert_non_null(strstr(s, "class=\"ramp-5\""));
	assert_non_null(strstr(s, "<title>Ligugé – Paris</title>"));
	assert_non_null(strstr(s, "find-halo"));
	assert_non_null(strstr(s, ">Metz</text>"));
	assert_null(strstr(s, "style="));
	assert_null(strstr(s, "Nulle part"));
}

static void test_what_lies_outside_is_left_out(void **state)
{
	struct ctx *c = ((struct world *)*state)->c;
	const char *s = svg_of(c, draw(c));
	assert_null(strstr(s, "New York"));
	assert_null(strstr(s, "Sans adresse"));
	assert_non_null(strstr(s, "La Kaz")); /* overseas has a frame of its own */
	int64_t x, y;
	struct map *m = map_round(c, MAP_SQUARE, 4658000, 34000, 30, "Autour");
	assert_true(map_point(m, 4658000, 34000, &x, &y));
	assert_int_equal(x, 300);
	assert_int_equal(y, 300);
	assert_true(map_point(m, 4658000 + 26900, 34000, &x, &y)); /* thirty kilometres north */
	assert_in_range(y, 0, 2);
	assert_false(map_point(m, 4658000 + 30000, 34000, &x, &y));
	assert_null(map_territory(c, MAP_SQUARE, OUTLINE_DEPARTEMENT, "99", "Nulle part"));
}

static const char *closer(struct ctx *c, const void *ask, const char *ref, int km)
{
	return fmt(c, "/places?%s&near=%s&km=%d", (const char *)ask, ref, km);
}

static void test_places_of_one_town_are_counted_in_one_mark(void **state)
{
	struct ctx *c = ((struct world *)*state)->c;
	struct map *m = map_france(c, MAP_COUNTRY, "Carte d’essai");
	map_closer(m, closer, "q=bois");
	map_marks(c, m, places, 6);
	const struct picture *p = map_picture(m);
	const char *s = svg_of(c, m);
	int64_t x, y;
	assert_true(map_point(m, places[0].lat_e5, places[0].lon_e5, &x, &y));
	size_t there = 0, named = 0;
	for (size_t i = 0; i < p->n_marks; i++)
		there += p->marks[i].x == x && p->marks[i].y == y;
	assert_int_equal(there, 3); /* both, and their count: nobody was moved */
	assert_string_equal(p->marks[0].text, "2");
	assert_non_null(strstr(s, "<a class=\"map-many\" href=\"/places?q=bois&amp;near=a&amp;km=2\""));
	assert_non_null(strstr(s, "1. Les Usines &amp; &lt;co&gt;, 2. Le Préau\""));
	assert_non_null(strstr(s, "<a class=\"map-mark map-under\" href=\"/places/b\""));
	assert_non_null(strstr(s, "<a class=\"map-mark\" href=\"/places/c\"")); /* alone */
	for (size_t i = 0; i < p->n_words; i++)
		named += strcmp(p->words[i].s, "Ligugé") == 0;
	assert_int_equal(named, 1);
}

/* Sites to open are numbered as their table is: each is seen, none in the sea. */
static void test_sites_stand_beside_each_other_on_land(void **state)
{
	struct ctx *c = ((struct world *)*state)->c;
	struct map_mark near[3] = { 0 };
	for (int i = 0; i < 3; i++)
		near[i] = (struct map_mark){
			.lat_e5 = 4839000, .lon_e5 = -448000, .rank = i + 1, .find = true
		}; /* Brest */
	struct map *m = map_france(c, MAP_COUNTRY, "Carte");
	map_marks(c, m, near, 3);
	const struct picture *p = map_picture(m);
	assert_int_equal(p->n_marks, 3);
	for (size_t i = 0; i < 3; i++) {
		int64_t lat, lon;
		map_place(map_lens_at(m, 4839000, -448000), (double)p->marks[i].x, (double)p->marks[i].y,
			  &lat, &lon);
		assert_true(i == 2 || outline_at(OUTLINE_DEPARTEMENT, lat, lon));
		for (size_t k = 0; k < i; k++)
			assert_true(llabs(p->marks[i].x - p->marks[k].x) +
					    llabs(p->marks[i].y - p->marks[k].y) >=
				    28);
	}
}

/* On a picture 330 pixels wide too, marks stand apart, and what has no room there is left to wider ones. */
static void test_on_a_phone_marks_and_names_stay_apart_and_inside(void **state)
{
	struct ctx *c = ((struct world *)*state)->c;
	static const struct map_mark near[] = {
		{ 4577000, 484000, 1, PICTURE_CIRCLE, false, true, "1", NULL, "Vaulx-en-Velin-le-Très-Long",
		  NULL, NULL },
		{ 4548000, 451000, 2, PICTURE_CIRCLE, false, true, "2", NULL, "Saint-Chamond", NULL, NULL },
		{ 4575000, 486000, 3, PICTURE_CIRCLE, false, true, "3", NULL, "Lyon", NULL, NULL },
		{ 4858000, 775000, 4, PICTURE_CIRCLE, false, true, "4", NULL,
		  "Strasbourg-la-Lointaine-et-ses-Faubourgs", NULL, NULL },
	};
	struct map *m = map_france(c, MAP_COUNTRY, "Carte");
	map_marks(c, m, near, 4);
	const struct picture *p = map_picture(m);
	assert_int_equal(p->n_marks, 4);
	for (size_t i = 0; i < 4; i++)
		for (size_t k = 0; k < i; k++) {
			int64_t dx = p->marks[i].x - p->marks[k].x, dy = p->marks[i].y - p->marks[k].y;
			assert_true(dx * dx + dy * dy >= 36 * 36);
			assert_true(dx * dx + dy * dy < 300 * 300);
		}
	size_t left = 0;
	for (size_t i = 0; i < p->n_words; i++) {
		const struct picture_word *w = &p->words[i];
		double wide = 7.4 * (double)strlen(w->s), at = (double)w->x * 330 / 600 + (double)w->dx;
		double from = at - (w->anchor == PICTURE_END	  ? wide
				    : w->anchor == PICTURE_MIDDLE ? wide / 2
								  : 0);
		left += w->wide_only;
		if (!w->wide_only)
			assert_true(from > -10 && from + wide < 345);
	}
	assert_true(left >= 1);
	assert_non_null(strstr(svg_of(c, m), " hide-phone\""));
}

static void test_without_links_it_is_one_image(void **state)
{
	struct ctx *c = ((struct world *)*state)->c;
	assert_int_equal(db_snapshot(c), OK);
	struct map *m = map_territory(c, MAP_WIDE, OUTLINE_REGION, "75", "Nouvelle-Aquitaine");
	map_sea(c, m);
	map_land(c, m, OUTLINE_DEPARTEMENT);
	map_chosen(c, m, OUTLINE_REGION, "75");
	assert_int_equal(map_communes(c, m), OK);
	assert_int_equal(map_towns(c, m, 9), OK);
	assert_int_equal(map_counties(c, m), OK);
	const char *s = svg_of(c, m);
	assert_non_null(strstr(s, "role=\"img\" aria-label=\"Nouvelle-Aquitaine\""));
	assert_non_null(strstr(s, "class=\"chosen\""));
	db_snapshot_end(c);
}

/* Four large ones, one of them far away, and two villages. */
static void add_towns(struct world *w)
{
	world_script(
		w,
		"INSERT INTO region (code, name, chef_lieu, zone) VALUES ('75', 'Ici', '', 'metro');"
		"INSERT INTO region (code, name, chef_lieu, zone) VALUES ('04', 'Loin', '', 'drom');"
		"INSERT INTO departement (code, name, region, chef_lieu, zone) VALUES ('86', 'Vienne', '75', '', 'metro');"
		"INSERT INTO departement (code, name, region, chef_lieu, zone) VALUES ('974', 'Île', '04', '', 'drom');"
		"INSERT INTO commune (insee, name, folded, postal_codes, lat_e5, lon_e5, population, departement, region) VALUES "
		"('86262','Valdivienne','valdivienne','86300',4651000,60000,2600,'86','75'),"
		"('86294','Vouillé','vouille','86190',4664000,17000,900,'86','75'),"
		"('86194','Poitiers','poitiers','86000',4658000,34000,90000,'86','75'),"
		"('86066','Châtellerault','chatellerault','86100',4681000,54000,31000,'86','75'),"
		"('97411','Saint-Denis','saint denis','97400',-2088000,5545000,153000,'974','04'),"
		"('86041','Buxerolles','buxerolles','86180',4660000,35000,31000,'86','75');");
}

static void test_towns_of_a_window_come_largest_first(void **state)
{
	struct world *w = *state;
	struct ctx *c = w->c;
	const struct town_window three = { 4600000, 4700000, 0, 100000, 3 },
				 all = { 4600000, 4700000, 0, 100000, 9 };
	struct town_dot_list l;
	add_towns(w);
	assert_int_equal(db_snapshot(c), OK);
	assert_int_equal(map_towns_in(c, &three, &l), OK);
	assert_int_equal(l.n, 3);
	assert_string_equal(l.items[0].name, "Poitiers");
	assert_string_equal(l.items[1].name, "Buxerolles"); /* of as many people, by its number */
	assert_string_equal(l.items[2].name, "Châtellerault");
	assert_int_equal(map_towns_large_in(c, &all, &l), OK);
	assert_int_equal(l.n, 3);
	assert_int_equal(map_towns_in(c, &all, &l), OK);
	assert_int_equal(l.n, 5);
	assert_string_equal(l.items[1].name, "Buxerolles");
	assert_string_equal(l.items[4].name, "Vouillé");
	db_snapshot_end(c);
}

static void to_pdf(struct ctx *c, const struct picture *p, struct buf *out)
{
	static const struct pdf_info info = { "Carte", "Maillage", "fr", { WORLD_NOW } };
	struct pdf *pdf;
	buf_init(out, c->mem, 65536);
	assert_int_equal(pdf_begin(c, &info, out, &pdf), OK);
	picture_pdf(pdf, p, 50, 50, 490);
	assert_int_equal(pdf_end(c, pdf), OK);
}

static void test_the_same_picture_goes_on_paper(void **state)
{
	struct ctx *c = ((struct world *)*state)->c;
	const struct picture *p = map_picture(draw(c));
	struct picture q;
	struct buf json, here, there;
	buf_init(&json, c->mem, 65536);
	picture_json(p, &json);
	assert_int_equal(picture_read(c, json.s, json.len, &q), OK);
	to_pdf(c, p, &here);
	to_pdf(c, &q, &there);
	assert_true(here.len > 20000 && memcmp(here.s, "%PDF", 4) == 0);
	assert_int_equal(here.len, there.len);
	assert_memory_equal(here.s, there.s, here.len);
}

static void test_only_what_was_written_is_read(void **state)
{
	static const char *const bad[] = {
		"",
		"{}",
		"[1]",
		"{\"size\":[0,1],\"fields\":[],\"marks\":[],\"words\":[]}",
		"{\"size\":[9,9],\"fields\":[[99,0,\"M0 0\"]],\"marks\":[],\"words\":[]}",
		"{\"size\":[9,9],\"fields\":[[1,0,\"hello\"]],\"marks\":[],\"words\":[]}",
		"{\"size\":[9,9],\"fields\":[],\"marks\":[[0,0,9,0,\"\"]],\"words\":[]}",
		"{\"size\":[9,9],\"fields\":[],\"marks\":[],\"words\":[[0,0,0,0,0,7,\"x\"]]}",
	};
	struct ctx *c = ((struct world *)*state)->c;
	struct picture p;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(picture_read(c, bad[i], strlen(bad[i]), &p), E_INVALID);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_what_is_on_it_is_named_and_leads_somewhere),
		BOTH(test_what_lies_outside_is_left_out),
		BOTH(test_places_of_one_town_are_counted_in_one_mark),
		BOTH(test_sites_stand_beside_each_other_on_land),
		BOTH(test_on_a_phone_marks_and_names_stay_apart_and_inside),
		BOTH(test_without_links_it_is_one_image),
		BOTH(test_towns_of_a_window_come_largest_first),
		BOTH(test_the_same_picture_goes_on_paper),
		BOTH(test_only_what_was_written_is_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
