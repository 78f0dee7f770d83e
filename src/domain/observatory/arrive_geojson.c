/* arrive_geojson.c - a collection of features: ours, whose properties say
 * everything, or another's, of which what is well known is taken. */
#include <string.h>

#include "observatory/arrive_parts.h"

rc arrive_geojson(struct ctx *c, octets file, const char *plan, struct arrivals *out);

/* Ours first, then as others call it. */
static const struct {
	int field;
	const char *name;
} properties[] = {
	{ ARRIVAL_FIELD_NAME, "name" },
	{ ARRIVAL_FIELD_NAME, "nom" },
	{ ARRIVAL_FIELD_NAME, "title" },
	{ ARRIVAL_FIELD_KINDS, "kinds" },
	{ ARRIVAL_FIELD_ACTIVITIES, "activities" },
	{ ARRIVAL_FIELD_ACTIVITIES, "description" },
	{ ARRIVAL_FIELD_ADDRESS, "address" },
	{ ARRIVAL_FIELD_ADDRESS, "adresse" },
	{ ARRIVAL_FIELD_POSTAL_CODE, "postal_code" },
	{ ARRIVAL_FIELD_POSTAL_CODE, "postcode" },
	{ ARRIVAL_FIELD_POSTAL_CODE, "code_postal" },
	{ ARRIVAL_FIELD_CITY, "city" },
	{ ARRIVAL_FIELD_CITY, "commune" },
	{ ARRIVAL_FIELD_CITY, "ville" },
	{ ARRIVAL_FIELD_INSEE, "insee" },
	{ ARRIVAL_FIELD_INSEE, "code_insee" },
	{ ARRIVAL_FIELD_DEPARTEMENT, "departement" },
	{ ARRIVAL_FIELD_SIREN, "siren" },
	{ ARRIVAL_FIELD_SIRET, "siret" },
	{ ARRIVAL_FIELD_YEAR_STARTED, "year_started" },
	{ ARRIVAL_FIELD_WEBSITE, "website" },
	{ ARRIVAL_FIELD_WEBSITE, "site_web" },
	{ ARRIVAL_FIELD_EMAIL, "email" },
	{ ARRIVAL_FIELD_EMAIL, "courriel" },
	{ ARRIVAL_FIELD_PHONE, "phone" },
	{ ARRIVAL_FIELD_PHONE, "telephone" },
	{ ARRIVAL_FIELD_OPENING, "opening_hours" },
	{ ARRIVAL_FIELD_STUDY_TYPOLOGIES, "typologies" },
	{ ARRIVAL_FIELD_NATIONAL_TYPOLOGIES, "national_typologies" },
	{ ARRIVAL_FIELD_FEATURES, "features" },
	{ ARRIVAL_FIELD_ORIGIN, "source" },
	{ ARRIVAL_FIELD_SAID_ON, "updated" },
};

static void say_position(struct arrivals *l, struct arrival *a, const json_t *feature, const json_t *p)
{
	const json_t *g = json_object_get(feature, "geometry"), *at = json_object_get(g, "coordinates");
	const char *type = json_string_value(json_object_get(g, "type"));
	const char *position = json_string_value(json_object_get(p, "position"));
	if (!json_is_object(g) || (position && strcmp(position, "commune_centre") == 0))
		return;
	if (!type || strcmp(type, "Point") != 0 || json_array_size(at) < 2) {
		arrival_blame(l, a->line, "geometry", type ? talloc_strdup(l->c->mem, type) : "",
			      K("import.no_point"));
		l->problems[l->n_problems - 1].left_out = true;
		return;
	}
	arrival_say(l, a, ARRIVAL_FIELD_LONGITUDE, arrive_text(l->c, json_array_get(at, 0)));
	arrival_say(l, a, ARRIVAL_FIELD_LATITUDE, arrive_text(l->c, json_array_get(at, 1)));
}

static rc add(struct arrivals *l, size_t at, const json_t *feature)
{
	const json_t *p = json_object_get(feature, "properties"), *id = json_object_get(feature, "id");
	struct arrival *a;
	TRY(arrival_add(l, at, &a));
	if (!id)
		id = json_object_get(p, "@id") ? json_object_get(p, "@id") : json_object_get(p, "id");
	const char *key = arrive_text(l->c, id);
	a->key = key ? talloc_strdup(l->c->mem, key) : NULL;
	for (size_t i = 0; i < sizeof properties / sizeof *properties; i++)
		arrive_say(l, a, properties[i].field, p, properties[i].name);
	if (!json_object_get(p, "kinds")) {
		a->said[ARRIVAL_FIELD_KINDS] = "place";
		arrive_tags(l, a, p);
	}
	say_position(l, a, feature, p);
	return OK;
}

rc arrive_geojson(struct ctx *c, octets file, const char *plan, struct arrivals *out)
{
	(void)plan;
	return arrive_items(c, file, "features", K("import.not_geojson"), add, out);
}
