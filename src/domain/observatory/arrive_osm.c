/* arrive_osm.c - what Overpass or the map's own API answers, as JSON or as XML.
 * Elements without tags are corners of others; a way or relation stands at its
 * centre. */
#include <string.h>

#include "observatory/arrive_parts.h"
#include "platform/osm_xml.h"

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
	if (type && json_integer_value(id) > 0) /* an editor counts downwards until it has sent them */
		a->key = fmt(l->c, "%s/%lld", type, (long long)json_integer_value(id));
	a->said[ARRIVAL_FIELD_KINDS] = "place";
	arrive_tags(l, a, tags);
	arrive_say(l, a, ARRIVAL_FIELD_LATITUDE, center ? center : e, "lat");
	arrive_say(l, a, ARRIVAL_FIELD_LONGITUDE, center ? center : e, "lon");
	return OK;
}

rc arrive_osm(struct ctx *c, octets file, const char *plan, struct arrivals *out)
{
	(void)plan;
	if (osm_xml_is(file))
		TRY(osm_xml_json(c, file, &file));
	return arrive_items(c, file, "elements", K("import.not_osm"), add, out);
}
