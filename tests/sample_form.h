/* sample_form.h - a form with a field of every kind, and a struct to write:
 * what the tests and fuzz targets of forms and JSON read into. */
#ifndef MAILLAGE_SAMPLE_FORM_H
#define MAILLAGE_SAMPLE_FORM_H

#include "base/shape.h"

struct sample {
	const char *name, *note, *email, *site, *siren, *password;
	int64_t count;
	bool ok;
	int unit;
	pubid space;
	day on;
	minute at;
	instant since;
	money price;
	quantity units;
};

static const char *const sample_units[] = { "day", "hour", "credit" };
static const struct enumeration sample_unit_words = { "sample_unit", sample_units, 3 };

#define SAMPLE_AT(member) .offset = offsetof(struct sample, member)

static const struct field sample_fields[] = {
	{ .name = "name", .type = F_TEXT, .flags = FF_REQUIRED, SAMPLE_AT(name), .min = 2, .max = 10 },
	{ .name = "note", .type = F_TEXT, .flags = FF_LINES, SAMPLE_AT(note), .max = 40 },
	{ .name = "email", .type = F_TEXT, .flags = FF_EMAIL, SAMPLE_AT(email), .max = 254 },
	{ .name = "site", .type = F_TEXT, .flags = FF_URL, SAMPLE_AT(site), .max = 200 },
	{ .name = "siren", .type = F_TEXT, .flags = FF_SIREN, SAMPLE_AT(siren), .max = 9 },
	{ .name = "password", .type = F_TEXT, .flags = FF_PASSWORD, SAMPLE_AT(password), .max = 100 },
	{ .name = "count", .type = F_INT, SAMPLE_AT(count), .min = 1, .max = 200 },
	{ .name = "ok", .type = F_BOOL, SAMPLE_AT(ok) },
	{ .name = "unit", .type = F_ENUM, SAMPLE_AT(unit), .words = &sample_unit_words },
	{ .name = "space", .type = F_PUBID, SAMPLE_AT(space) },
	{ .name = "on", .type = F_DAY, SAMPLE_AT(on) },
	{ .name = "at", .type = F_MINUTE, SAMPLE_AT(at), .max = 1440 },
	{ .name = "since", .type = F_INSTANT, SAMPLE_AT(since) },
	{ .name = "price", .type = F_MONEY, SAMPLE_AT(price), .max = 100000 },
	{ .name = "units", .type = F_QUANTITY, SAMPLE_AT(units), .min = -5000, .max = 5000 },
};
static const struct shape sample_shape = { "sample", sizeof(struct sample),
					   sizeof sample_fields / sizeof *sample_fields, sample_fields };

#endif
