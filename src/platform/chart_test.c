#include "base/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "platform/chart.h"

/* Every picture goes to build/test-output/charts/index.html as well, to be
 * looked at beside the pictures of docs/look.md. */
#define FOLDER "build/test-output/charts"

static struct ctx *c;
static struct buf all, checked;
static int pictures;

static int begin(void **state)
{
	(void)state;
	c = talloc_zero(NULL, struct ctx);
	c->mem = c;
	c->lang = LANG_FR;
	buf_init(&all, c, 65536);
	buf_init(&checked, c, 65536);
	return system("mkdir -p " FOLDER);
}

static int end(void **state)
{
	(void)state;
	FILE *f = fopen(FOLDER "/index.html", "w");
	if (!f)
		return 1;
	fprintf(f,
		"<!doctype html><html lang=\"fr\"><meta charset=\"utf-8\"><meta name=\"viewport\" "
		"content=\"width=device-width\"><title>Graphiques</title><link rel=\"stylesheet\" "
		"href=\"../../web/maillage.css\"><main class=\"wrap\"><h1>Graphiques</h1>\n%s</main></html>\n",
		all.s);
	talloc_free(c);
	return fclose(f);
}

static size_t count(const char *text, const char *word)
{
	size_t n = 0;
	for (const char *at = text; (at = strstr(at, word)); at += strlen(word))
		n++;
	return n;
}

#define assert_has(text, word)                                                        \
	do {                                                                          \
		if (!strstr(text, word))                                              \
			fail_msg("missing: %s\nin %s", (word), (const char *)(text)); \
	} while (0)

/* What holds for every picture: it is XML, has no style, and every string that
 * was given as MEAN came out escaped. */
#define MEAN "<b>\"x\"</b>&'\">]]><script>"

static void check(const struct buf *b)
{
	pictures++;
	buf_fmt(&checked, "<root>%s</root>\n%c", b->s, 0);
	assert_null(strstr(b->s, "style"));
	assert_null(strstr(b->s, "<script"));
	assert_null(strstr(b->s, "nan"));
	assert_null(strstr(b->s, "inf"));
	assert_null(strstr(b->s, "=\"-1"));
}

static void keep(const char *title, const struct buf *b)
{
	check(b);
	buf_fmt(&all, "<section class=\"section\"><h2>%s</h2>%s</section>\n", title, b->s);
}

static struct buf fresh(void)
{
	struct buf b;
	buf_init(&b, c, 1024);
	return b;
}

/* ---- over the months ---- */

static const struct chart_month months[] = {
	{ 0, "janv." },	  { 31, "févr." }, { 59, "mars" },   { 90, "avr." },
	{ 120, "mai" },	  { 151, "juin" }, { 181, "juil." }, { 212, "août" },
	{ 243, "sept." }, { 273, "oct." }, { 304, "nov." },  { 334, "déc." },
};
static const struct chart_point used[] = {
	{ 0, 0 },	{ 31, 4000 },	{ 59, 11000 },	{ 90, 20000 },	{ 120, 32000 },	 { 151, 45000 },
	{ 181, 59000 }, { 212, 67000 }, { 243, 72000 }, { 273, 89000 }, { 304, 111000 }, { 327, 131000 },
};
static const struct chart_point given[] = {
	{ 0, 0 },	{ 31, 0 },	{ 59, 4000 },	{ 90, 16000 },	{ 120, 24000 }, { 151, 36000 },
	{ 181, 52000 }, { 212, 60000 }, { 243, 60000 }, { 273, 72000 }, { 304, 88000 }, { 327, 104000 },
};
static const struct chart_point announced[] = { { 365, 116000 } };

static struct chart_two_lines convention(void)
{
	return (struct chart_two_lines){
		.title = "Jours utilisés et crédits rendus depuis janvier",
		.desc = "Les jours utilisés montent à 131 et les crédits rendus à 104 ; l’écart est de 27.",
		.days = 365,
		.months = months,
		.n_months = 12,
		.used = { .points = used, .n = 12, .figure = "131", .label = "jours utilisés" },
		.given = { .points = given,
			   .n = 12,
			   .ahead = announced,
			   .n_ahead = 1,
			   .dots = true,
			   .figure = "104",
			   .label = "crédits rendus",
			   .note = "12 annoncés en déc." },
		.gap_figure = "27",
		.gap_label = "à rendre",
		.now = 327,
		.now_label = "24 nov.",
	};
}

static void two_lines_over_the_year(void **state)
{
	(void)state;
	struct chart_two_lines d = convention();
	struct buf b = fresh();
	chart_two_lines(c, &b, &d);
	assert_has(b.s, "<title>Jours utilisés et crédits rendus depuis janvier</title><desc>");
	/* ticks at 0, 50, 100, 150 and no more */
	assert_has(b.s, ">150</text>");
	assert_int_equal(count(b.s, "class=\"grid\"") + count(b.s, "class=\"axis\""), 4);
	assert_int_equal(count(b.s, "tick--odd"), 6);
	assert_has(b.s, "x1=\"89.59%\""); /* 327 of 365 days */
	/* the line ends where the value lies: 131 of 150 under the head of 6.25 % */
	assert_has(b.s, "cx=\"89.59%\" cy=\"18.12%\" r=\"4.5\"");
	assert_int_equal(count(b.s, "class=\"point"),
			 8); /* a dot for each month with a workshop but the last */
	assert_int_equal(count(b.s, "dash\" d="), 1);
	keep("Deux lignes", &b);
}

static void more_given_than_used_is_an_advance(void **state)
{
	(void)state;
	struct chart_two_lines d = convention();
	d.used.points = given;
	d.given.points = used;
	d.given.n_ahead = 0;
	d.given.note = NULL;
	d.gap_label = "d’avance";
	struct buf b = fresh();
	chart_two_lines(c, &b, &d);
	assert_has(b.s, "gap gap--due");
	assert_has(b.s, "key--taken");
	assert_null(strstr(b.s, "tone-ocre"));
	keep("Plus rendu qu’utilisé", &b);
}

static void labels_at_the_same_height_do_not_lie_on_each_other(void **state)
{
	(void)state;
	struct chart_two_lines d = convention();
	d.used.points = d.given.points = given + 2;
	d.used.n = d.given.n = 1;
	d.given.n_ahead = 0;
	struct buf b = fresh();
	chart_two_lines(c, &b, &d);
	int y[3], n = 0;
	const char *labels = strstr(b.s, "<g class=\"label\">");
	assert_non_null(labels);
	for (const char *at = labels; n < 3 && (at = strstr(at, "<text x=\"100%\"")); at++)
		y[n++] = atoi(strstr(at, " y=\"") + 4);
	assert_int_equal(n, 3);
	assert_true(y[1] - y[0] >= 6 && y[2] - y[1] >= 6); /* per cent of 290 pixels */
	assert_true(y[2] <= 93);
	/* one point, and from it the line goes on to now */
	assert_has(b.s, "<path class=\"line stroke-1\" d=\"M1616 625L8959 625\"/>");
	keep("Un seul point", &b);
}

static void nothing_and_far_too_much_still_make_a_picture(void **state)
{
	(void)state;
	struct chart_two_lines none = { .title = "Rien encore", .now = -1, .now_label = "" };
	struct buf b = fresh();
	chart_two_lines(c, &b, &none);
	assert_has(b.s, ">0</text>");
	assert_has(b.s, ">1</text>");
	keep("Vide", &b);

	const struct chart_point wild[] = { { INT64_MIN, INT64_MIN }, { 5, 0 }, { INT64_MAX, INT64_MAX } };
	struct chart_two_lines d = convention();
	d.used.points = d.given.points = wild;
	d.used.n = d.given.n = 3;
	d.now = INT64_MAX;
	b = fresh();
	chart_two_lines(c, &b, &d);
	check(&b);
	assert_in_range(count(b.s, "class=\"grid\""), 1, 8);
	assert_has(b.s, "plot--wide");

	const struct chart_point millions[] = { { 0, 0 }, { 300, 1234567000 } };
	d = convention();
	d.used.points = millions;
	d.used.n = 2;
	b = fresh();
	chart_two_lines(c, &b, &d);
	assert_has(b.s, ">1\u202f500\u202f000</text>");
	keep("De grands nombres", &b);
}

static void three_years_show_every_third_month(void **state)
{
	(void)state;
	struct chart_month many[36];
	for (int i = 0; i < 36; i++)
		many[i] = (struct chart_month){ i * 30, fmt(c, "m%d", i) };
	struct chart_two_lines d = convention();
	d.months = many;
	d.n_months = 36;
	d.days = 1080;
	struct buf b = fresh();
	chart_two_lines(c, &b, &d);
	check(&b);
	assert_int_equal(count(b.s, ">m"), 12);
}

/* ---- in a row of a table ---- */

static struct buf spark(const int64_t *values, size_t n)
{
	struct buf b = fresh();
	chart_spark(&b, &(struct chart_spark){ .values = values, .n = n, .low = -13000, .high = 13000 });
	check(&b);
	return b;
}

static struct buf bar(int64_t value, int64_t most)
{
	struct buf b = fresh();
	chart_balance_bar(&b, &(struct chart_balance){ .value = value, .most = most });
	check(&b);
	return b;
}

static void balances_share_one_scale(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		int64_t value;
		int64_t trend[6];
	} rows[] = { { "Les Usines Nouvelles", -13000, { 0, -2000, -5000, -4000, -9000, -13000 } },
		     { "Les Halles Basses", -4000, { 0, 0, -1000, 1000, -2000, -4000 } },
		     { "Le Quartier Général", 2000, { -1000, 0, 1000, 1000, 3000, 2000 } },
		     { "Les établis&amp;co", 0, { 0, 0, 0, 0, 0, 0 } } };
	struct buf b = fresh();
	buf_str(&b, "<table class=\"table\"><tbody>");
	for (size_t i = 0; i < 4; i++)
		buf_fmt(&b, "<tr><th>%s</th><td>%s</td><td>%s</td></tr>", rows[i].name,
			bar(rows[i].value, 13000).s, spark(rows[i].trend, 6).s);
	buf_str(&b, "</tbody></table>");
	keep("Soldes", &b);
	assert_has(bar(-13000, 13000).s, "class=\"owe\" x=\"2\" y=\"3\" width=\"78\"");
	assert_has(bar(6500, 13000).s, "class=\"due\" x=\"80\" y=\"3\" width=\"39\"");
	assert_null(strstr(bar(0, 13000).s, "<rect"));
	assert_has(bar(1, 13000).s, "width=\"1\""); /* never invisible */
	assert_has(bar(INT64_MIN, INT64_MAX).s, "width=\"78\"");
	assert_has(bar(5, 0).s, "width=\"78\"");
	assert_has(bar(5, 9).s, "aria-hidden=\"true\"");
	b = fresh();
	chart_balance_bar(&b, &(struct chart_balance){ .title = MEAN, .value = 1, .most = 2 });
	check(&b);
	assert_has(b.s, "role=\"img\"><title>&lt;b&gt;");
}

static void trends_of_nothing_one_point_and_the_largest_numbers(void **state)
{
	(void)state;
	const int64_t one[] = { 13000 }, wild[] = { INT64_MIN, INT64_MAX, 0 };
	assert_null(strstr(spark(NULL, 0).s, "<circle"));
	assert_has(spark(one, 1).s, "<circle r=\"2.5\" cx=\"80\" cy=\"2\"/>");
	assert_has(spark(wild, 3).s, "points=\"0,18 40,2 80,10\"");
	struct buf b = fresh();
	chart_spark(&b, &(struct chart_spark){ .values = one, .n = 1, .low = 5, .high = 5 });
	check(&b);
	assert_has(b.s, "cy=\"10\"");
}

/* ---- parts of a whole ---- */

static void stacks_and_funnels(void **state)
{
	(void)state;
	const struct chart_part rights[] = { { 131, CHART_PASTEL, "131", "utilisés" },
					     { 9, CHART_GAUDE, "9", "réservés" },
					     { 40, CHART_OPEN, "40", "restants" } };
	struct buf b = fresh();
	chart_stack(&b, &(struct chart_stack){ .title = "131 jours utilisés, 9 réservés, 40 restants",
					       .parts = rights,
					       .n = 3 });
	assert_has(b.s, "<b>131</b>");
	assert_int_equal(count(b.s, "<rect"), 3);
	const struct chart_part people[] = { { 86, CHART_PASTEL, "86", "éligibles (CAPE et CESA)" },
					     { 57, CHART_PASTEL, "57", "charte signée" },
					     { 44, CHART_PASTEL, "44", "venues au moins une fois" },
					     { 31, CHART_PASTEL, "31", "revenues" } };
	chart_funnel_bars(&b, &(struct chart_funnel){ .parts = people, .n = 4 });
	assert_has(b.s, "width=\"66.28%\" height=\"100%\"/></svg><strong>57</strong> charte signée");
	keep("Parts", &b);

	const struct chart_part odd[] = { { 0, CHART_1, "0", MEAN },
					  { -5, CHART_2, MEAN, "moins" },
					  { INT64_MAX, CHART_3, "∞", "tout" },
					  { 1, CHART_4, "1", "presque rien" } };
	b = fresh();
	chart_stack(&b, &(struct chart_stack){ .title = MEAN, .parts = odd, .n = 4 });
	chart_stack(&b, &(struct chart_stack){ .title = "Rien" });
	chart_funnel_bars(&b, &(struct chart_funnel){ .parts = odd, .n = 4 });
	chart_funnel_bars(&b, &(struct chart_funnel){ .n = 0 });
	check(&b);
	assert_has(b.s, "width=\"0.60%\""); /* the one beside the largest is seen */
}

/* ---- the hours of a day ---- */

#define H(hour) ((hour)*60)

static const struct day_span night[] = { { H(8), H(9) }, { H(19), H(20) } };
static const struct day_step desks[] = {
	{ H(9), H(10), 7, 11, false },	{ H(10), H(11), 9, 9, false },	{ H(11), H(12), 11, 7, false },
	{ H(12), H(13), 10, 8, false }, { H(13), H(14), 12, 6, false }, { H(14), H(15), 14, 4, true },
	{ H(15), H(16), 14, 4, true },	{ H(16), H(17), 11, 7, false }, { H(17), H(18), 6, 12, false },
	{ H(18), H(19), 3, 15, false },
};
static const struct day_step benches[] = {
	{ H(9), H(13), 2, 2, false },
	{ H(13), H(14), 0, 4, false },
	{ H(14), H(18), 3, 1, true },
	{ H(18), H(19), 1, 3, false },
};
static const struct day_block meetings[] = {
	{ H(9) + 30, H(12), DAY_HERE, "Entretiens", "Coop’Alpha · 6" },
	{ H(14), H(17), DAY_BOOKED, "Atelier : répondre à plusieurs à un appel d’offres",
	  "Consortium · 8 inscrits" },
};
static const struct day_block laser[] = { { H(10), H(11) + 30, DAY_HERE, "Lina", NULL },
					  { H(15), H(16), DAY_BOOKED, "Karim", NULL } };
static const struct day_block studio[] = { { H(9), H(13), DAY_HERE, "Tournage", "Les Voisines du Clain" },
					   { H(14), H(16), DAY_WORKSHOP, "Atelier", "photo" },
					   { H(17), H(19), DAY_ASKED, "Demande", "à traiter" } };

#define ROOM(name_, note_, blocks_)                                                          \
	{                                                                                    \
		.name = name_, .note = note_, .desc = "…", .blocks = blocks_,                \
		.n_blocks = sizeof blocks_ / sizeof *blocks_, .closed = night, .n_closed = 2 \
	}

static const struct day_row spaces[] = {
	{ .name = "Plateau partagé",
	  .note = "18 postes",
	  .desc = "Places libres : 11 de 9 h à 10 h",
	  .capacity = 18,
	  .steps = desks,
	  .n_steps = 10,
	  .closed = night,
	  .n_closed = 2 },
	ROOM("Salle du Clain", "10 places", meetings),
	{ .name = "Atelier bois",
	  .note = "4 établis",
	  .desc = "Places libres : 2 de 9 h à 13 h",
	  .capacity = 4,
	  .steps = benches,
	  .n_steps = 4,
	  .closed = night,
	  .n_closed = 2 },
	ROOM("Découpe laser", "habilitation", laser),
	ROOM("Studio photo", "1 groupe", studio),
};

static struct day_timeline tuesday(void)
{
	return (struct day_timeline){
		.title = "La journée heure par heure",
		.scroll_title = "Frise de la journée",
		.from = H(8),
		.to = H(20),
		.rows = spaces,
		.n_rows = 5,
		.now = H(10) + 40,
		.now_label = "10 h 40",
		.now_desc = "Il est 10 h 40",
		.free_word = "libre",
		.key_taken = "Occupé",
		.key_free = "Libre, le chiffre est le nombre de places",
		.key_few = "Presque plein",
		.key_here = "Arrivés",
		.key_closed = "Fermé",
	};
}

static void the_hosts_day(void **state)
{
	(void)state;
	struct day_timeline d = tuesday();
	struct buf b = fresh();
	day_timeline(c, &b, &d);
	/* two half hours with the same number are one step with one number */
	assert_int_equal(count(b.s, "class=\"few\""), 2);
	assert_has(b.s, "x=\"50%\" width=\"16.67%\" y=\"15\" height=\"51\"");
	/* free for an hour or more, never over what is closed: 12-14, 17-19; 9-10, 11:30-15, 16-19; 13-14, 16-17 */
	assert_int_equal(count(b.s, ">libre<"), 7);
	assert_has(b.s, "x=\"22.22%\""); /* 10:40 */
	assert_has(b.s, "<title>Plateau partagé</title><desc>Places libres : 11 de 9 h à 10 h</desc>");
	assert_int_equal(count(b.s, "url(#day-hatch)"), 10);
	assert_has(b.s, "8\u00a0h</text>");
	keep("La journée", &b);
}

static void odd_days(void **state)
{
	(void)state;
	struct day_timeline d = tuesday();
	struct buf b = fresh();
	d.n_rows = 0;
	d.now = H(21);
	day_timeline(c, &b, &d);
	check(&b);
	assert_null(strstr(b.s, "day-now"));

	const struct day_span whole[] = { { 0, H(24) } };
	const struct day_block blocks[] = { { -500, H(30), DAY_HERE, MEAN, MEAN },
					    { H(3), H(2), DAY_BOOKED, "nul", NULL } };
	const struct day_step steps[] = { { -5, H(30), INT64_MAX, INT64_MIN, true },
					  { H(1), H(2), INT64_MIN, 5, false } };
	const struct day_row rows[] = {
		{ .name = MEAN,
		  .note = MEAN,
		  .desc = MEAN,
		  .blocks = blocks,
		  .n_blocks = 2,
		  .closed = whole,
		  .n_closed = 1 },
		{ .name = MEAN, .note = "", .capacity = 1, .steps = steps, .n_steps = 2 },
	};
	d = tuesday();
	d.from = 0, d.to = H(24);
	d.rows = rows, d.n_rows = 2;
	d.title = d.scroll_title = d.now_label = d.now_desc = d.free_word = d.key_taken = MEAN;
	b = fresh();
	day_timeline(c, &b, &d);
	check(&b);
	assert_null(strstr(b.s, "nul"));
	assert_int_equal(count(b.s, "<text x=\"-2\""), 12); /* a long day names every second hour */
	d.from = d.to = H(9);
	b = fresh();
	day_timeline(c, &b, &d);
	check(&b);
}

static void a_week_of_strips(void **state)
{
	(void)state;
	const struct day_span open[] = { { H(9), H(19) } };
	const int marks[] = { H(9), H(13), H(19) };
	const struct day_step bubbles[] = { { H(9), H(10), 2, 1, false },
					    { H(10), H(12), 3, 0, false },
					    { H(12), H(14), 1, 2, true },
					    { H(14), H(15), 0, 3, false } };
	const struct day_block asked[] = { { H(10), H(12), DAY_ASKED, "Demande", NULL },
					   { H(14), H(16), DAY_WORKSHOP, "Atelier", NULL },
					   { H(17) + 30, H(19), DAY_BOOKED, "Chorale", NULL } };
	struct buf b = fresh();
	week_patterns(&b);
	buf_str(&b, "<table class=\"table-week\"><thead><tr><td></td><th>Lundi <b>23</b>");
	week_hours(&b, H(8), H(20), marks, 3);
	buf_str(&b, "</th></tr></thead><tbody><tr><th class=\"space\">Plateau</th><td>");
	week_strip(&b, &(struct week_strip){ .from = H(8),
					     .to = H(20),
					     .open = open,
					     .n_open = 1,
					     .capacity = 18,
					     .steps = desks,
					     .n_steps = 10 });
	buf_str(&b, "</td></tr><tr><th class=\"space\">Bulles</th><td>");
	week_strip(&b, &(struct week_strip){ .title = MEAN,
					     .from = H(8),
					     .to = H(20),
					     .open = open,
					     .n_open = 1,
					     .capacity = 3,
					     .steps = bubbles,
					     .n_steps = 4 });
	assert_has(b.s, "<rect class=\"full\" x=\"120\" width=\"120\" y=\"0\" height=\"100\"/>");
	assert_has(b.s, "<rect class=\"tight\" x=\"240\" width=\"120\" y=\"67\" height=\"33\"/>");
	buf_str(&b, "</td></tr><tr><th class=\"space\">Salle</th><td>");
	week_strip(&b, &(struct week_strip){ .from = H(8),
					     .to = H(20),
					     .open = open,
					     .n_open = 1,
					     .blocks = asked,
					     .n_blocks = 3 });
	buf_str(&b, "</td></tr></tbody></table>");
	assert_has(b.s, "<text x=\"41.67%\" y=\"12\">13</text>");
	assert_int_equal(count(b.s, "role=\"img\""), 1);
	keep("Semaine", &b);
	b = fresh();
	week_strip(&b, &(struct week_strip){ .from = H(8), .to = H(8) });
	check(&b);
}

/* Every picture that the tests above made, in one go: the parser is slow to start. */
static void all_of_it_is_well_formed_xml(void **state)
{
	(void)state;
	FILE *p = popen("python3 -c 'import sys, xml.dom.minidom as m\n"
			"for s in sys.stdin.buffer.read().split(b\"\\0\")[:-1]: m.parseString(s)'",
			"w");
	assert_non_null(p);
	assert_true(pictures > 20);
	assert_int_equal(fwrite(checked.s, 1, checked.len, p), checked.len);
	assert_int_equal(pclose(p), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_lines_over_the_year),
		cmocka_unit_test(more_given_than_used_is_an_advance),
		cmocka_unit_test(labels_at_the_same_height_do_not_lie_on_each_other),
		cmocka_unit_test(nothing_and_far_too_much_still_make_a_picture),
		cmocka_unit_test(three_years_show_every_third_month),
		cmocka_unit_test(balances_share_one_scale),
		cmocka_unit_test(trends_of_nothing_one_point_and_the_largest_numbers),
		cmocka_unit_test(stacks_and_funnels),
		cmocka_unit_test(the_hosts_day),
		cmocka_unit_test(odd_days),
		cmocka_unit_test(a_week_of_strips),
		cmocka_unit_test(all_of_it_is_well_formed_xml),
	};
	return cmocka_run_group_tests_name("chart", tests, begin, end);
}
