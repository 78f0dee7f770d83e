#include "platform/osm_xml.h"

#include <glib.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "platform/child.h"
#include "platform/xml.h"

/* What something spreads over, in degrees. */
struct box {
	double south, west, north, east;
};

/* Parsing: `x` first, so that handlers find the rest. */
struct reading {
	struct xml x;
	TALLOC_CTX *mem;
	struct buf *out;
	GHashTable *nodes, *ways; /* id: struct box */
	const char *type;	  /* of the element that is open; NULL: none */
	int64_t id;
	bool gone, placed, centred;
	struct box box, center;
	json_t *tags;
	size_t n;
};

static bool number(const char **attributes, const char *name, double most, double *out)
{
	const char *s = xml_get(attributes, name);
	char *end;
	*out = s ? g_ascii_strtod(s, &end) : 0;
	return s && end != s && !*end && *out >= -most && *out <= most;
}

static bool point(const char **attributes, struct box *out)
{
	bool found = number(attributes, "lat", 90, &out->south) && number(attributes, "lon", 180, &out->west);
	out->north = out->south;
	out->east = out->west;
	return found;
}

static void widen(struct reading *r, const struct box *b)
{
	if (!b)
		return;
	if (!r->placed)
		r->box = *b;
	r->placed = true;
	r->box.south = MIN(r->box.south, b->south);
	r->box.west = MIN(r->box.west, b->west);
	r->box.north = MAX(r->box.north, b->north);
	r->box.east = MAX(r->box.east, b->east);
}

static int64_t whole(const char **attributes, const char *name)
{
	const char *s = xml_get(attributes, name);
	return s ? strtoll(s, NULL, 10) : 0;
}

static void open_element(struct reading *r, const char *type, const char **attributes)
{
	const char *visible = xml_get(attributes, "visible"), *action = xml_get(attributes, "action");
	r->type = type;
	r->id = whole(attributes, "id");
	r->gone = (visible && strcmp(visible, "false") == 0) || (action && strcmp(action, "delete") == 0);
	r->placed = point(attributes, &r->box);
	r->centred = false;
	r->tags = json_object();
}

/* Corners of a way, parts of a relation; those that the extract leaves out are not known. */
static void add_member(struct reading *r, const char *name, const char **attributes)
{
	const char *type = strcmp(name, "nd") == 0 ? "node" : xml_get(attributes, "type");
	GHashTable *known = type && strcmp(type, "way") == 0 ? r->ways : r->nodes;
	int64_t ref = whole(attributes, "ref");
	if (type && strcmp(type, "relation") != 0)
		widen(r, g_hash_table_lookup(known, &ref));
}

static void add_tag(struct reading *r, const char **attributes)
{
	const char *key = xml_get(attributes, "k"), *value = xml_get(attributes, "v");
	if (key && value)
		json_object_set_new(r->tags, key, json_string(value));
}

static const char *element_of(const char *name)
{
	static const char *const elements[] = { "node", "way", "relation" };
	for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
		if (strcmp(elements[i], name) == 0)
			return elements[i];
	return NULL;
}

static void on_start(struct xml *x, const char *name, const char **attributes)
{
	struct reading *r = (struct reading *)x;
	const char *element = element_of(name);
	if (x->depth == 1 && strcmp(name, "osm") != 0)
		x->wrong = K("import.not_osm");
	else if (element && !r->type)
		open_element(r, element, attributes);
	else if (r->type && strcmp(name, "tag") == 0)
		add_tag(r, attributes);
	else if (r->type && (strcmp(name, "nd") == 0 || strcmp(name, "member") == 0))
		add_member(r, name, attributes);
	else if (r->type && strcmp(name, "center") == 0)
		r->centred = point(attributes, &r->center);
}

static void keep_box(struct reading *r)
{
	GHashTable *all = strcmp(r->type, "node") == 0 ? r->nodes : r->ways;
	if (!r->placed || strcmp(r->type, "relation") == 0)
		return;
	int64_t *id = talloc_memdup(r->mem, &r->id, sizeof r->id);
	g_hash_table_replace(all, id, talloc_memdup(r->mem, &r->box, sizeof r->box));
}

static void write_element(struct reading *r)
{
	const struct box *at = r->centred ? &r->center : &r->box;
	json_t *o = json_pack("{s:s,s:I,s:O}", "type", r->type, "id", (json_int_t)r->id, "tags", r->tags);
	if (r->placed || r->centred) {
		json_object_set_new(o, "lat", json_real((at->south + at->north) / 2));
		json_object_set_new(o, "lon", json_real((at->west + at->east) / 2));
	}
	char *text = json_dumps(o, JSON_COMPACT | JSON_REAL_PRECISION(10));
	buf_str(r->out, r->n++ ? "," : "");
	buf_str(r->out, text);
	free(text);
	json_decref(o);
}

static void on_end(struct xml *x, const char *name)
{
	struct reading *r = (struct reading *)x;
	if (!r->type || strcmp(name, r->type) != 0)
		return;
	if (!r->gone) {
		keep_box(r);
		if (json_object_size(r->tags))
			write_element(r);
	}
	json_decref(r->tags);
	r->type = NULL;
}

/* NULL: `out` is the JSON; else why not. */
static const char *parse(struct ctx *c, octets file, struct buf *out)
{
	struct reading r = { .x = { .start = on_start, .end = on_end, .broken = K("import.bad_xml") },
			     .mem = c->mem,
			     .out = out,
			     .nodes = g_hash_table_new(g_int64_hash, g_int64_equal),
			     .ways = g_hash_table_new(g_int64_hash, g_int64_equal) };
	buf_str(out, "{\"elements\":[");
	bool read = xml_begin(&r.x) && xml_feed(&r.x, file.s, file.n, true);
	buf_str(out, "]}");
	xml_end(&r.x);
	if (r.type)
		json_decref(r.tags);
	g_hash_table_destroy(r.nodes);
	g_hash_table_destroy(r.ways);
	return read ? NULL : r.x.wrong;
}

bool osm_xml_is(octets file)
{
	size_t at = file.n >= 3 && memcmp(file.s, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	while (at < file.n && strchr(" \t\r\n", file.s[at]) && file.s[at])
		at++;
	return at < file.n && file.s[at] == '<';
}

rc osm_xml_job(struct ctx *c, const char *in, size_t len, struct buf *out)
{
	const char *wrong = parse(c, (octets){ in, len }, out);
	if (wrong) {
		out->len = 0;
		buf_str(out, wrong);
	}
	return OK;
}

rc osm_xml_json(struct ctx *c, octets file, octets *out)
{
	struct buf b;
	buf_init(&b, c->mem, 1 << 14);
	if (child_enabled())
		TRY(child_run(c, "osm", file.s, file.n, &b));
	else
		TRY(osm_xml_job(c, file.s, file.n, &b));
	if (!b.len || b.s[0] != '{')
		return strcmp(b.s, K("import.not_osm")) == 0 ? fail(c, E_INVALID, "import.not_osm")
							     : fail(c, E_INVALID, "import.bad_xml");
	*out = (octets){ b.s, b.len };
	return OK;
}
