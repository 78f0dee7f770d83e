#include <string.h>

#include "app/demo.h"
#include "app/demo_shape.h"
#include "app/demo_sql.h"
#include "base/civil.h"
#include "base/fold.h"
#include "base/hash.h"
#include "base/pubid.h"
#include "base/secret.h"
#include "platform/db.h"
#include "people/account.h"
#include "platform/setting_sql.h"
#include "territory/commune.h"
#include "territory/territory.h"

#define SEED 2018

enum community_key {
#define COMMUNITY(key, ...) C_##key,
#define PERSON(...)
#define MORE(...)
#define SPACE(...)
#include "app/demo_world.def"
#undef COMMUNITY
#undef PERSON
	N_COMMUNITIES
};
enum person_key {
#define COMMUNITY(...)
#define PERSON(key, ...) P_##key,
#include "app/demo_world.def"
#undef PERSON
	N_PERSONS
};
#undef MORE
#undef SPACE
#undef COMMUNITY

struct demo {
	community_id communities[N_COMMUNITIES];
	person_id persons[N_PERSONS];
	char password[PASSWORD_HASH_SIZE];
	uint64_t next;
	instant then; /* when all this was set up */
	day then_day;
};

static pubid fresh(struct demo *d)
{
	pubid p;
	pubid_from_seed(SEED, d->next++, &p);
	return p;
}

static const char *departement_of(struct ctx *c, const char *insee)
{
	return fmt(c, "%.*s", strncmp(insee, "97", 2) == 0 ? 3 : 2, insee);
}

static rc add_community(struct ctx *c, struct demo *d, int key, const char *name, const char *initials, int kind,
			const char *commune, int year, const char *activities)
{
	struct commune_card_list found;
	TRY(commune_search(c, commune, 1, &found));
	const struct commune_card *k = found.n ? &found.items[0] : NULL;
	struct demo_community row = {
		.pub = fresh(d), .name = name, .folded = fold(c, name), .initials = initials,
		.is_cae = kind == COMMUNITY_KIND_CAE, .is_place = kind == COMMUNITY_KIND_PLACE,
		.is_collective = kind == COMMUNITY_KIND_COLLECTIVE, .is_network = kind == COMMUNITY_KIND_NETWORK,
		.legal_form = kind == COMMUNITY_KIND_COLLECTIVE ? "association" : "scic", .activities = activities,
		.year_started = year, .functions = "work inspire share experiment", .created_at = d->then,
		.lat_e5 = k ? k->lat_e5 : NONE, .lon_e5 = k ? k->lon_e5 : NONE,
		.insee = k ? k->insee : NULL, .departement = k ? departement_of(c, k->insee) : NULL,
	};
	if (kind == COMMUNITY_KIND_PLACE) {
		row.story = "Une ancienne fabrique rouverte par des habitants et une coopérative. On y travaille, on y "
			    "fabrique, on y jardine ; le jeudi soir, la cuisine est à tout le monde.";
		row.access = "Gare à 9 min à pied, abri à vélos";
		row.accessibility = "Plain-pied, boucle magnétique à l’accueil";
	}
	TRY(demo_community_insert(c, &row, &d->communities[key]));
	if (kind == COMMUNITY_KIND_PLACE)
		TRY(demo_place_insert(c, d->communities[key], "Mo-Fr 09:00-19:00; Sa 09:00-13:00",
				      "Le café est derrière la grande verrière.", NULL));
	return OK;
}

static rc add_membership(struct ctx *c, struct demo *d, int person, int community, int status, int roles)
{
	struct demo_membership m = { fresh(d), d->persons[person], d->communities[community], status, roles, d->then_day };
	membership_id id;
	return demo_membership_insert(c, &m, &id);
}

/* inès@… is not an address: letters without accents, the first name alone. */
static const char *address_of(struct ctx *c, const char *name)
{
	char *first = talloc_strndup(c->mem, name, strcspn(name, " "));
	return fmt(c, "%s@demo.example", fold(c, first));
}

static rc add_person(struct ctx *c, struct demo *d, int key, const char *name, int community, int status, int roles)
{
	struct demo_person p = { .pub = fresh(d), .email = address_of(c, name), .name = name, .password_hash = d->password,
				 .is_operator = key == P_CAMILLE, .created_at = d->then };
	p.pass_secret = hash_sha256(p.pub.s, strlen(p.pub.s));
	TRY(demo_person_insert(c, &p, &d->persons[key]));
	return add_membership(c, d, key, community, status, roles);
}

static rc add_tariffs(struct ctx *c, const struct demo *d, community_id place, int kind)
{
	static const int64_t hour[] = { 300, 2200, 900, 1800, 2500, 500, 200, 800 };
	int64_t h = hour[kind];
	for (int audience = 0; audience < AUDIENCE_COUNT; audience++) {
		int64_t part = audience == AUDIENCE_MEMBER ? 50 : 100;
		TRY(demo_tariff_insert(c, place, kind, audience, TARIFF_UNIT_HOUR, (money){ h * part / 100 }, d->then_day, NULL));
		TRY(demo_tariff_insert(c, place, kind, audience, TARIFF_UNIT_HALF_DAY, (money){ h * 3 * part / 100 }, d->then_day, NULL));
		TRY(demo_tariff_insert(c, place, kind, audience, TARIFF_UNIT_DAY, (money){ (h * 14 / 3) * part / 100 }, d->then_day, NULL));
	}
	return OK;
}

static rc add_space(struct ctx *c, struct demo *d, int place, const char *name, const char *note, int kind, int capacity,
		    bool counted, bool approval, const char *qualification)
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
	struct demo_space s = { fresh(d), community, name, note, kind, capacity, counted, approval, qualification, rank++ };
	if (!(seen_kinds & (1u << kind)))
		TRY(add_tariffs(c, d, community, kind));
	seen_kinds |= 1u << kind;
	return demo_space_insert(c, &s, &id);
}

static struct demo_sign_in sign_ins[] = {
	{ "Inès", "ines@demo.example", "entrepreneuse en CAPE, Cardamine Coopérative", NULL },
	{ "Malo", "malo@demo.example", "accueil, Les Usines du Noyer", NULL },
	{ "Sophie", "sophie@demo.example", "équipe d’appui, Cardamine Coopérative", NULL },
	{ "Claire", "claire@demo.example", "signature, Cardamine Coopérative", NULL },
	{ "Lucie", "lucie@demo.example", "coordination, La Toile des lieux", NULL },
	{ "Camille", "camille@demo.example", "opératrice du serveur", NULL },
};

static rc fill_base(struct ctx *c, void *arg)
{
	struct demo *d = arg;
	int64_t communes;
	d->next = 0;
	TRY(territory_load(c, &communes));
#define COMMUNITY(key, name, initials, kind, commune, year, activities) \
	TRY(add_community(c, d, C_##key, name, initials, COMMUNITY_KIND_##kind, commune, year, activities));
#define PERSON(key, name, community, status, roles) \
	TRY(add_person(c, d, P_##key, name, C_##community, MEMBERSHIP_STATUS_##status, roles));
#define MORE(person, community, status, roles) \
	TRY(add_membership(c, d, P_##person, C_##community, MEMBERSHIP_STATUS_##status, roles));
#define SPACE(place, name, note, kind, capacity, counted, approval, qualification) \
	TRY(add_space(c, d, C_##place, name, note, SPACE_KIND_##kind, capacity, counted, approval, qualification));
#include "app/demo_world.def"
	TRY(demo_link_insert(c, fresh(d), d->communities[C_NOYER], d->communities[C_VOISINES], LINK_KIND_HOSTS, d->then, NULL));
	TRY(demo_link_insert(c, fresh(d), d->communities[C_NOYER], d->communities[C_CARDAMINE], LINK_KIND_LINKED_CAE, d->then, NULL));
	TRY(demo_link_insert(c, fresh(d), d->communities[C_NOYER], d->communities[C_TOILE], LINK_KIND_MEMBER_OF, d->then, NULL));
	const struct demo_sign_in_list all = { sign_ins, sizeof sign_ins / sizeof *sign_ins };
	TRY(demo_sign_ins_set(c, &all, DEMO_PASSWORD));
	return setting_set(c, "demo", "yes", NULL);
}

rc demo_fill(struct ctx *c)
{
	struct demo d = { .then = { c->now.v - 330 * 86400 } };
	minute m;
	utc_to_local(d.then, NULL, &d.then_day, &m);
	TRY(password_hash(DEMO_PASSWORD, d.password));
	return db_write(c, fill_base, &d);
}
