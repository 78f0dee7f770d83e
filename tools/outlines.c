/* outlines.c - the outlines of data/outlines as tables of C: outlines FOLDER OUT.c
 * A feature stands on a line of its own, as mapshaper writes them. Of each
 * ring: how many points, then the way from point to point, north and east, in
 * ten-thousandths of a degree, zigzag and seven bits a byte. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tool.h"

struct bytes {
	unsigned char *at;
	size_t n;
};

struct place {
	int32_t lat, lon;
};

/* One feature: its code, its box, where its bytes begin. */
struct feature {
	const char *code;
	int32_t south, west, north, east;
	size_t from, to;
};

static void put(struct bytes *b, uint32_t v)
{
	for (; v > 127; v >>= 7)
		*tool_push(b->at, b->n) = (unsigned char)(v | 128);
	*tool_push(b->at, b->n) = (unsigned char)v;
}

static void put_step(struct bytes *b, int32_t v)
{
	put(b, (uint32_t)v << 1 ^ (uint32_t)(v >> 31));
}

static void widen(struct feature *f, struct place p)
{
	f->south = p.lat < f->south ? p.lat : f->south;
	f->north = p.lat > f->north ? p.lat : f->north;
	f->west = p.lon < f->west ? p.lon : f->west;
	f->east = p.lon > f->east ? p.lon : f->east;
}

static int32_t tenthousandths(double degrees)
{
	return (int32_t)(degrees * 1e4 + (degrees < 0 ? -0.5 : 0.5));
}

/* "[lon,lat]" at s; what follows it. */
static const char *read_place(const char *s, struct place *p, const char *file, int line)
{
	char *end;
	p->lon = tenthousandths(strtod(s + 1, &end));
	if (*end != ',')
		tool_die(file, line, "a point has two numbers");
	p->lat = tenthousandths(strtod(end + 1, &end));
	if (*end != ']')
		tool_die(file, line, "a point ends in ]");
	return end + 1;
}

/* A ring, without its last point, which is its first. `last` is where the pen stands. */
static const char *ring(const char *s, struct feature *f, struct bytes *b, struct place *last,
			const char *file, int line)
{
	struct place *points = NULL;
	size_t n = 0;
	for (; *s == '[' || *s == ','; s += *s == ',')
		if (*s == '[')
			s = read_place(s, tool_push(points, n), file, line);
	if (*s != ']' || n < 4)
		tool_die(file, line, "a ring has four points or more");
	put(b, (uint32_t)(n - 1));
	for (size_t i = 0; i + 1 < n; i++) {
		put_step(b, points[i].lat - last->lat);
		put_step(b, points[i].lon - last->lon);
		*last = points[i];
		widen(f, points[i]);
	}
	return s + 1;
}

static void geometry(const char *s, struct feature *f, struct bytes *b, const char *file, int line)
{
	struct place last = { 0, 0 };
	const char *end = strstr(s, "]},");
	if (!end)
		end = s + strlen(s);
	while (s < end)
		if (*s == '[' && s[1] == '[' && s[2] != '[')
			s = ring(s + 1, f, b, &last, file, line);
		else
			s++;
}

static void feature(const char *text, struct feature *f, struct bytes *b, const char *file, int line)
{
	const char *code = strstr(text, "\"code\":\""), *at = strstr(text, "\"coordinates\":");
	if (!code || !at)
		tool_die(file, line, "a feature has a code and coordinates");
	code += strlen("\"code\":\"");
	*f = (struct feature){
		tool_copy(code, strcspn(code, "\"")), INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN, b->n, 0
	};
	geometry(at + strlen("\"coordinates\":"), f, b, file, line);
	f->to = b->n;
}

static int by_code(const void *a, const void *b)
{
	return strcmp(((const struct feature *)a)->code, ((const struct feature *)b)->code);
}

static void write_level(struct text *out, const char *name, const struct feature *f, size_t n,
			const struct bytes *b)
{
	text_fmt(out, "static const unsigned char %s_rings[] = {", name);
	for (size_t i = 0; i < b->n; i++)
		text_fmt(out, "%s%u,", i % 40 ? "" : "\n", b->at[i]);
	text_fmt(out, "\n};\nstatic const struct outline %s_outlines[] = {\n", name);
	for (size_t i = 0; i < n; i++)
		text_fmt(out, "\t{ \"%s\", %d, %d, %d, %d, %s_rings + %zu, %zu },\n", f[i].code,
			 f[i].south * 10, f[i].west * 10, f[i].north * 10, f[i].east * 10, name, f[i].from,
			 f[i].to - f[i].from);
	text_fmt(out, "};\n\n");
}

static void level(struct text *out, const char *folder, const char *name)
{
	const char *file = tool_fmt("%s/%s.geojson", folder, name);
	char *text = tool_read(file);
	if (!text)
		tool_die(file, 0, "cannot be read");
	struct feature *features = NULL;
	struct bytes b = { 0 };
	size_t n = 0;
	int line = 0;
	for (char *s = strtok(text, "\n"); s; s = strtok(NULL, "\n"), line++)
		if (strncmp(s, "{\"type\":\"Feature\",", 18) == 0)
			feature(s, tool_push(features, n), &b, file, line + 1);
	qsort(features, n, sizeof *features, by_code);
	write_level(out, name, features, n, &b);
}

int main(int argc, char **argv)
{
	static const char *const levels[] = { "regions", "departements", "arrondissements", "epci",
					      "abroad" };
	enum { LEVELS = sizeof levels / sizeof *levels };
	if (argc != 3)
		tool_die("outlines", 0, "usage: outlines FOLDER OUT.c");
	struct text out = { 0 };
	text_fmt(&out, "/* Written by tools/outlines. */\n#include \"territory/outline.h\"\n\n");
	for (int i = 0; i < LEVELS; i++)
		level(&out, argv[1], levels[i]);
	text_fmt(&out, "const struct outline_table outline_tables[] = {\n");
	for (int i = 0; i < LEVELS; i++)
		text_fmt(&out, "\t{ %s_outlines, sizeof %s_outlines / sizeof *%s_outlines },\n", levels[i],
			 levels[i], levels[i]);
	text_fmt(&out, "};\n");
	tool_write(argv[2], out.s, out.len);
	return 0;
}
