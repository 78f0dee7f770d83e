/* osm_xml.h - extracts of OpenStreetMap as its editors and its API write them
 * (.osm), made into the JSON that Overpass answers: elements with tags, ways
 * and relations with the centre of what they are made of. What is deleted, and
 * what has no tags, is passed over.
 *
 * It comes from outside and is parsed in a caged child where there is one
 * (platform/child.h). */
#ifndef MAILLAGE_OSM_XML_H
#define MAILLAGE_OSM_XML_H

#include "base/buf.h"
#include "base/ctx.h"

/* Does it begin as XML does, after a mark and blanks? */
bool osm_xml_is(octets file);

/* May wait, for a child.
 *   E_INVALID  import.bad_xml it is no XML; import.not_osm another kind of it
 *   E_BUSY     paper.too_slow */
rc osm_xml_json(struct ctx *c, octets file, octets *out);

/* Job of a child: the JSON, or the key of why not. */
rc osm_xml_job(struct ctx *c, const char *in, size_t len, struct buf *out);

#endif
