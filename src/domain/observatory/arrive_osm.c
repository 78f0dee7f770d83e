/* arrive_osm.c - what Overpass or the map's own API answers as JSON. Elements
 * without tags are corners of others; a way or relation stands at its centre. */
#include <string.h>

#include "observatory/arrive_parts.h"

rc arrive_osm(struct ctx *c, octets file, const char *plan, struct arrivals *out);

static rc add(struct arrivals *l, size_t at, const json_t *e)
{
	const json_t *tags = json_object_get(e, "tags"), *center = json_object_get(e, "center");
	const char *type = json_string_value(json_object_get(e, "type"));
	const json_t *id = json_object_get(e, "id");
	struct arrival *a;
	if (!json_object_size(tags))
		return OK;
	TRY(arrival_add(l, at, &a));
	if (type && json_is_integer(id))
		a->key = fmt(l->c, "%s/%lld", type, (long long)json_integer_value(id));
	a->said[ARRIVAL_FIELD_KINDS] = "place";
	arrive_tags(l, a, tags);
	arrive_say(l, a, ARRIVAL_FIELD_LATITUDE, center ? center : e, "lat");
	arrive_say(l, a, ARRIVAL_FIELD_LONGITUDE, center ? center : e, "lon");
	return OK;
}

rc arrive_osm(struct ctx *c, octets file, const char *plan, struct arrivals *out)
{
	json_t *o, *e;
	size_t i;
	rc code = OK;
	(void)plan;
	TRY(arrive_json(c, file, &o));
	const json_t *elements = json_object_get(o, "elements");
	out->columns[ARRIVAL_FIELD_NAME] = "name";
	out->columns[ARRIVAL_FIELD_OPENING] = "opening_hours";
	if (!json_is_array(elements))
		code = fail(c, E_INVALID, "import.not_osm");
	json_array_foreach(elements, i, e) if (code == OK) code = add(out, i + 1, e);
	json_decref(o);
	return code;
}
