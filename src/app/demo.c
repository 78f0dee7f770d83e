#include <string.h>

#include "app/demo_parts.h"
#include "app/demo_sql.h"
#include "base/civil.h"
#include "base/fold.h"
#include "base/hash.h"
#include "base/pubid.h"
#include "observatory/shipped.h"
#include "people/account.h"
#include "people/import_places.h"
#include "people/step.h"
#include "people/typology.h"
#include "platform/db.h"
#include "platform/setting_sql.h"
#include "spaces/pack.h"
#include "spaces/space_sql.h"
#include "territory/commune.h"
#include "territory/territory.h"

pubid demo_pub(struct demo *d)
{
	pubid p;
	pubid_from_seed(d->seed, d->next++, &p);
	return p;
}

/* splitmix64, by Sebastiano Vigna (public domain): steps of a fixed odd number, mixed. */
int64_t demo_dice(struct demo *d, int64_t n)
{
	uint64_t z = d->dice += 0x9e3779b97f4a7c15u;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return (int64_t)((z ^ (z >> 31)) % (uint64_t)n);
}

instant demo_at(day on, int hour, int minutes)
{
	return local_to_utc(on, (minute){ hour * 60 + minutes }, NULL);
}

static const char *departement_of(struct ctx *c, const char *insee)
{
	return fmt(c, "%.*s", strncmp(insee, "97", 2) == 0 ? 3 : 2, insee);
}

/* Some of the invented places have a door of their own, a few hundred metres from where
 * their town is: what is told of exact positions can be seen. */
static const struct {
	int community, north, east; /* hundred-thousandths of a degree */
} doors[] = { { C_NOYER, 310, -280 },	 { C_GABARES, 240, 380 }, { C_BOBINE, -190, 330 },
	      { C_PAPETERIE, 350, 120 }, { C_RABOTS, 160, 420 },  { C_LAVOIR, -230, -160 } };

static void find_door(int key, struct demo_community *row)
{
	for (size_t i = 0; i < sizeof doors / sizeof *doors; i++)
		if (doors[i].community == key && row->insee) {
			row->lat_e5 += doors[i].north;
			row->lon_e5 += doors[i].east;
		}
}

static rc add_community(struct ctx *c, struct demo *d, int key, const char *name, const char *initials,
			int kind, const char *commune, int year, const char *activities)
{
	struct commune_card_list found;
	TRY(commune_search(c, commune, 1, &found));
	const struct commune_card *k = found.n ? &found.items[0] : NULL;
	d->kinds[key] = kind;
	d->pubs[key] = demo_pub(d);
	struct demo_community row = {
		.pub = d->pubs[key],
		.name = name,
		.folded = fold(c, name),
		.initials = initials,
		.is_cae = kind == COMMUNITY_KIND_CAE,
		.is_place = kind == COMMUNITY_KIND_PLACE,
		.is_collective = kind == COMMUNITY_KIND_COLLECTIVE,
		.is_network = kind == COMMUNITY_KIND_NETWORK,
		.legal_form = kind == COMMUNITY_KIND_COLLECTIVE ? "association" : "scic",
		.activities = activities,
		.year_started = year,
		.functions = "work inspire share experiment",
		.created_at = d->then,
		.lat_e5 = k ? k->lat_e5 : NONE,
		.lon_e5 = k ? k->lon_e5 : NONE,
		.insee = k ? k->insee : NULL,
		.departement = k ? departement_of(c, k->insee) : NULL,
	};
	if (kind == COMMUNITY_KIND_PLACE) {
		row.story =
			"Une ancienne fabrique rouverte par des habitants et une coopérative. On y travaille, on y "
			"fabrique, on y jardine ; le jeudi soir, la cuisine est à tout le monde.";
		row.access = "Gare à 9 min à pied, abri à vélos";
		row.accessibility = "Plain-pied, boucle magnétique à l’accueil";
	}
	find_door(key, &row);
	TRY(demo_community_insert(c, &row, &d->communities[key]));
	TRY(typology_seed(c, d->communities[key], row.is_place, activities));
	if (kind == COMMUNITY_KIND_PLACE)
		TRY(demo_place_insert(c, d->communities[key], "Mo-Fr 09:00-19:00; Sa 09:00-13:00",
				      "Le café est derrière la grande verrière.", NULL));
	return OK;
}

static rc add_membership(struct ctx *c, struct demo *d, person_id person, int community, int status,
			 int roles, membership_id *id)
{
	struct demo_membership m = { demo_pub(d), person, d->communities[community],
				     status,	  roles,  d->then_day };
	TRY(demo_membership_insert(c, &m, id));
	if (!d->staff[community].v && (roles & (ROLE_SIGNATORY | ROLE_COORDINATOR))) {
		d->staff[community] = person;
		d->staff_membership[community] = *id;
	}
	return OK;
}

/* Where the people of a community work, mostly. */
int demo_place_near(int community)
{
	switch (community) {
	case C_AMANDE: return C_GABARES;
	case C_BASALTE:
	case C_NAVETTES: return C_BOBINE;
	case C_COQUELICOT:
	case C_COPEAUX: return C_RABOTS;
	case C_SARMENTS: return C_SECHOIR;
	case C_RESINE: return C_RESINIERS;
	case C_GENETS: return C_LAVOIR;
	default: return C_NOYER;
	}
}

static int some_place(struct demo *d)
{
	for (;;) {
		int key = (int)demo_dice(d, N_COMMUNITIES);
		if (d->kinds[key] == COMMUNITY_KIND_PLACE)
			return key;
	}
}

static void add_guest(struct demo *d, person_id person, membership_id membership, int community)
{
	bool resident = d->kinds[community] != COMMUNITY_KIND_CAE;
	d->guests = talloc_realloc(d->mem, d->guests, struct guest, (unsigned)d->n_guests + 1);
	d->guests[d->n_guests++] = (struct guest){
		.person = person,
		.membership = membership,
		.community = community,
		.places = { d->kinds[community] == COMMUNITY_KIND_PLACE ? community
									: demo_place_near(community),
			    some_place(d) },
		.rate = (int)(resident ? 150 + demo_dice(d, 350) : 30 + demo_dice(d, 110)),
		.no_charter = !resident && demo_dice(d, 6) == 0,
	};
}

/* Some people of Cardamine live in a town whose place has no bridge yet; the others are housed by the programme. */
static const char *home_of(struct demo *d, int community)
{
	return community == C_CARDAMINE && d->housed++ < 7 ? "86066" : NULL;
}

static rc add_person(struct ctx *c, struct demo *d, const char *email, const char *name, bool is_operator,
		     const char *home, person_id *id)
{
	struct demo_person p = { .pub = demo_pub(d),
				 .email = email,
				 .name = name,
				 .password_hash = d->password,
				 .is_operator = is_operator,
				 .home_insee = home,
				 .created_at = d->then };
	p.pass_secret = hash_sha256(p.pub.s, strlen(p.pub.s));
	return demo_person_insert(c, &p, id);
}

/* inès@... is not an address: letters without accents, the first name alone. */
static rc add_known(struct ctx *c, struct demo *d, int key, const char *name, int community, int status,
		    int roles)
{
	const char *first = fold(c, talloc_strndup(c->mem, name, strcspn(name, " ")));
	membership_id m;
	TRY(add_person(c, d, fmt(c, "%s@demo.example", first), name, key == P_CAMILLE,
		       status == MEMBERSHIP_STATUS_STAFF ? NULL : home_of(d, community), &d->persons[key]));
	TRY(add_membership(c, d, d->persons[key], community, status, roles, &m));
	if (status == MEMBERSHIP_STATUS_STAFF || key == P_CAMILLE)
		return OK;
	add_guest(d, d->persons[key], m, community);
	d->guests[d->n_guests - 1].no_charter = false;
	return OK;
}

static const char *const given[] = {
#define GIVEN(name) name,
#define SURNAME(name)
#include "app/demo_names.def"
#undef GIVEN
#undef SURNAME
};
static const char *const surnames[] = {
#define GIVEN(name)
#define SURNAME(name) name,
#include "app/demo_names.def"
#undef GIVEN
#undef SURNAME
};

/* The next of all pairs of names: 55 and 41 share no divisor, none comes twice. */
static rc add_invented(struct ctx *c, struct demo *d, int community, int status, int roles)
{
	static const size_t n_given = sizeof given / sizeof *given,
			    n_surnames = sizeof surnames / sizeof *surnames;
	const char *first = given[d->n_invented % n_given], *last = surnames[d->n_invented % n_surnames];
	person_id person;
	membership_id m;
	d->n_invented++;
	TRY(add_person(c, d, fmt(c, "%s.%s@demo.example", fold(c, first), fold(c, last)),
		       fmt(c, "%s %s", first, last), false,
		       status == MEMBERSHIP_STATUS_STAFF ? NULL : home_of(d, community), &person));
	TRY(add_membership(c, d, person, community, status, roles, &m));
	if (status != MEMBERSHIP_STATUS_STAFF)
		add_guest(d, person, m, community);
	return OK;
}

/* Those who make a community more than its few known people. */
static rc add_people(struct ctx *c, struct demo *d, int community)
{
	static const int in_cae[] = { MEMBERSHIP_STATUS_CAPE, MEMBERSHIP_STATUS_CESA,
				      MEMBERSHIP_STATUS_CAPE };
	static const int in_place[] = { MEMBERSHIP_STATUS_RESIDENT, MEMBERSHIP_STATUS_NOMAD };
	bool cae = d->kinds[community] == COMMUNITY_KIND_CAE,
	     place = d->kinds[community] == COMMUNITY_KIND_PLACE;
	int64_t n = cae ? 8 + demo_dice(d, 6) : 2 + demo_dice(d, 2);
	if (d->kinds[community] == COMMUNITY_KIND_NETWORK)
		return OK;
	if (!d->staff[community].v)
		TRY(add_invented(c, d, community, MEMBERSHIP_STATUS_STAFF,
				 ROLE_MANAGER | ROLE_SIGNATORY | (place ? ROLE_HOST : ROLE_ADVISOR)));
	for (int64_t i = 0; i < n; i++)
		TRY(add_invented(c, d, community, cae ? in_cae[i % 3] : in_place[i % 2], ROLE_MEMBER));
	return OK;
}

static rc add_tariffs(struct ctx *c, const struct demo *d, community_id place, int kind)
{
	static const int64_t hour[] = { 300, 2200, 900, 1800, 2500, 500, 200, 800 };
	int64_t h = hour[kind];
	for (int audience = 0; audience < AUDIENCE_COUNT; audience++) {
		int64_t part = audience == AUDIENCE_MEMBER ? 50 : 100;
		TRY(demo_tariff_insert(c, place, kind, audience, TARIFF_UNIT_HOUR, (money){ h * part / 100 },
				       d->then_day, NULL));
		TRY(demo_tariff_insert(c, place, kind, audience, TARIFF_UNIT_HALF_DAY,
				       (money){ h * 3 * part / 100 }, d->then_day, NULL));
		TRY(demo_tariff_insert(c, place, kind, audience, TARIFF_UNIT_DAY,
				       (money){ (h * 14 / 3) * part / 100 }, d->then_day, NULL));
	}
	return OK;
}

static rc add_space(struct ctx *c, struct demo *d, int place, const char *name, const char *note, int kind,
		    int capacity, bool counted, bool approval, const char *qualification)
{
	static community_id seen_place;
	static unsigned seen_kinds;
	static int rank;
	community_id community = d->communities[place];
	space_id id;
	if (seen_place.v != community.v) {
		seen_place = community;
		seen_kinds = 0;
		rank = 0;
	}
	struct demo_space s = { demo_pub(d), community, name,	  note,		 kind,
				capacity,    counted,	approval, qualification, rank++ };
	if (!(seen_kinds & (1u << kind)))
		TRY(add_tariffs(c, d, community, kind));
	seen_kinds |= 1u << kind;
	return demo_space_insert(c, &s, &id);
}

static rc add_link(struct ctx *c, struct demo *d, int from, int to, int kind)
{
	return demo_link_insert(c, demo_pub(d), d->communities[from], d->communities[to], kind, d->then,
				NULL);
}

static rc add_known_world(struct ctx *c, struct demo *d)
{
	membership_id m;
#define COMMUNITY(key, name, initials, kind, commune, year, activities) \
	TRY(add_community(c, d, C_##key, name, initials, COMMUNITY_KIND_##kind, commune, year, activities));
#define PERSON(key, name, community, status, roles) \
	TRY(add_known(c, d, P_##key, name, C_##community, MEMBERSHIP_STATUS_##status, roles));
#define MORE(person, community, status, roles)                                                             \
	TRY(add_membership(c, d, d->persons[P_##person], C_##community, MEMBERSHIP_STATUS_##status, roles, \
			   &m));
#define SPACE(place, name, note, kind, capacity, counted, approval, qualification)                 \
	TRY(add_space(c, d, C_##place, name, note, SPACE_KIND_##kind, capacity, counted, approval, \
		      qualification));
#define HOSTED(place, collective) TRY(add_link(c, d, C_##place, C_##collective, LINK_KIND_HOSTS));
#include "app/demo_world.def"
	TRY(add_link(c, d, C_NOYER, C_CARDAMINE, LINK_KIND_LINKED_CAE));
	return add_link(c, d, C_BOBINE, C_BASALTE, LINK_KIND_LINKED_CAE);
}

static rc set_sign_ins(struct ctx *c)
{
	struct demo_sign_in all[] = {
		{ "Inès", "ines@demo.example", K("demo_role.ines"), NULL },
		{ "Malo", "malo@demo.example", K("demo_role.malo"), NULL },
		{ "Sophie", "sophie@demo.example", K("demo_role.sophie"), NULL },
		{ "Claire", "claire@demo.example", K("demo_role.claire"), NULL },
		{ "Lucie", "lucie@demo.example", K("demo_role.lucie"), NULL },
		{ "Camille", "camille@demo.example", K("demo_role.camille"), NULL },
	};
	struct demo_sign_in_list list = { all, sizeof all / sizeof *all };
	TRY(demo_sign_ins_set(c, &list, DEMO_PASSWORD));
	return setting_set(c, "demo", "yes", NULL);
}

/* Years of the places, and how one of them became a Scic. */
static rc add_years(struct ctx *c, struct demo *d)
{
	int64_t year = ymd_of(day_at(c->now, NULL)).year;
	TRY(demo_figures_insert(c, year - 1, NULL));
	TRY(demo_step_insert(c, d->communities[C_NOYER], enum_word(&step_kind_words, STEP_KIND_ASSOCIATION),
			     2013, c->now, NULL));
	TRY(demo_step_insert(c, d->communities[C_NOYER], enum_word(&step_kind_words, STEP_KIND_BECOMING_SCIC),
			     2016, c->now, NULL));
	return demo_step_insert(c, d->communities[C_NOYER], enum_word(&step_kind_words, STEP_KIND_SCIC), 2018,
				c->now, NULL);
}

static rc fill_base(struct ctx *c, void *arg)
{
	struct demo *d = arg;
	int64_t communes;
	struct import_report study;
	TRY(territory_load(c, &communes));
	TRY(import_places_shipped(c, &study));
	TRY(shipped_load_all(c));
	TRY(add_known_world(c, d));
	TRY(add_years(c, d));
	for (int i = 0; i < N_COMMUNITIES; i++) {
		TRY(add_people(c, d, i));
		if (d->kinds[i] == COMMUNITY_KIND_PLACE)
			TRY(add_link(c, d, i, C_TOILE, LINK_KIND_MEMBER_OF));
	}
	return set_sign_ins(c);
}

/* Places and spaces as the booking engine wants them, kept until the end. */
static rc read_sites(struct ctx *c, void *arg)
{
	struct demo *d = arg;
	TALLOC_CTX *before = c->mem;
	rc code = OK;
	c->mem = d->mem;
	for (int i = 0; i < N_COMMUNITIES && code == OK; i++) {
		if (d->kinds[i] != COMMUNITY_KIND_PLACE)
			continue;
		code = place_get(c, d->communities[i], &d->sites[i].place);
		if (code == OK)
			code = spaces_of_place(c, d->communities[i], &d->sites[i].spaces);
	}
	c->mem = before;
	return code;
}

/* Who was taught a machine. */
static rc add_qualifications(struct ctx *c, void *arg)
{
	static const int taught[] = { P_KARIM, P_THEO, P_LINA };
	struct demo *d = arg;
	const struct space_row_list *spaces = &d->sites[C_NOYER].spaces;
	for (size_t i = 0; i < spaces->n; i++)
		for (size_t k = 0; spaces->items[i].qualification && k < sizeof taught / sizeof *taught; k++)
			TRY(demo_qualification_insert(c, d->persons[taught[k]], spaces->items[i].id,
						      d->persons[P_MALO], d->then_day, NULL));
	return OK;
}

static rc put_on_sale(struct ctx *c, community_id place)
{
	struct pack_offer offers[] = {
		{ .name = "Carnet de cinq jours", .units = { 5000 }, .price = { 6500 }, .valid_months = 6 },
		{ .name = "Carnet de dix jours", .units = { 10000 }, .price = { 12000 }, .valid_months = 12 },
		{ .name = "Cinq jours d’atelier bois",
		  .space_kind = SPACE_KIND_WORKSHOP,
		  .units = { 5000 },
		  .price = { 18000 },
		  .valid_months = 12 },
	};
	for (size_t i = 0; i < sizeof offers / sizeof *offers; i++)
		TRY(pack_offer_add(c, place, &offers[i]));
	return OK;
}

/* Ten days for one person, a hundred for the people of a cooperative, and one long over. */
static rc add_packs(struct ctx *c, void *arg)
{
	struct demo *d = arg;
	day begun = { d->today.v - 100 }, ends = { d->today.v + 265 };
	struct pack_row all[] = {
		{ .community = d->communities[C_NOYER],
		  .owner_person = d->persons[P_BASTIEN],
		  .name = "Carnet de dix jours",
		  .units = { 10000 },
		  .price = { 12000 } },
		{ .community = d->communities[C_GABARES],
		  .owner_community = d->communities[C_AMANDE],
		  .name = "Cent jours pour Coop’Amande",
		  .units = { 100000 },
		  .price = { 95000 } },
		{ .community = d->communities[C_RABOTS],
		  .owner_person = d->persons[P_NADIA],
		  .name = "Carnet de cinq jours",
		  .units = { 5000 },
		  .price = { 7000 } },
	};
	c->now = demo_at(begun, 10, 0);
	demo_as_staff(c, d, C_NOYER);
	TRY(put_on_sale(c, d->communities[C_NOYER]));
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		pack_id id;
		bool last = i + 1 == sizeof all / sizeof *all;
		all[i].space_kind = SPACE_KIND_DESKS;
		all[i].from_day = begun;
		all[i].to_day = last ? (day){ d->today.v - 9 } : ends;
		for (int k = 0; k < N_COMMUNITIES; k++)
			if (all[i].community.v == d->communities[k].v)
				demo_as_staff(c, d, k);
		TRY(pack_sell(c, &all[i], &id));
	}
	c->now = d->now;
	return OK;
}

static rc fill_all(struct ctx *c, struct demo *d)
{
	TRY(password_hash(DEMO_PASSWORD, d->password));
	TRY(db_write(c, fill_base, d));
	TRY(db_read(c, read_sites, d));
	TRY(db_write(c, add_qualifications, d));
	TRY(db_write(c, add_packs, d));
	TRY(demo_programme(c, d));
	TRY(demo_agreements(c, d));
	demo_plan_workshops(d);
	demo_plan_bookings(d);
	TRY(demo_play(c, d));
	TRY(demo_leftovers(c, d));
	TRY(demo_import(c, d));
	return demo_photos(c, d);
}

rc demo_fill(struct ctx *c, uint64_t seed, int64_t scale)
{
	minute m;
	struct demo d = {
		.mem = talloc_named_const(c->mem, 0, "demo"), .seed = seed, .dice = seed, .now = c->now
	};
	utc_to_local(d.now, NULL, &d.today, &m);
	d.then = (instant){ c->now.v - 330 * 86400 };
	utc_to_local(d.then, NULL, &d.then_day, &m);
	d.from = day_of(ymd_of((day){ d.today.v - 120 }).year, 1, 1);
	d.to = day_of(ymd_of(d.today).year, 12, 31);
	if (d.from.v < d.then_day.v)
		d.then_day = d.from;
	c->lang = LANG_FR;
	demo_random_begin(seed);
	rc code = fill_all(c, &d);
	if (code == OK && scale > 0)
		code = demo_scale(c, &d, scale);
	demo_random_end();
	return code;
}
