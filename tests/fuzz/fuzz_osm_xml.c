/* fuzz_osm_xml.c - extracts of a map: JSON of elements with tags, or refused. */
#include <jansson.h>
#include <stdlib.h>

#include "platform/osm_xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void right(const json_t *element)
{
	double lat = json_number_value(json_object_get(element, "lat"));
	double lon = json_number_value(json_object_get(element, "lon"));
	if (!json_is_integer(json_object_get(element, "id")) ||
	    !json_object_size(json_object_get(element, "tags")) || !(lat >= -90 && lat <= 90) ||
	    !(lon >= -180 && lon <= 180))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ctx c = { .mem = talloc_new(NULL) };
	octets out;
	if (osm_xml_json(&c, (octets){ (const char *)data, size }, &out) == OK) {
		json_t *o = json_loadb(out.s, out.n, JSON_REJECT_DUPLICATES, NULL), *element;
		size_t i;
		if (!json_is_array(json_object_get(o, "elements")))
			abort();
		json_array_foreach(json_object_get(o, "elements"), i, element) right(element);
		json_decref(o);
	}
	talloc_free(c.mem);
	return 0;
}
