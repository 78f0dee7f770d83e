#include "shape_write.h"

#include <inttypes.h>

static const char *const type_names[] = {
	[F_BOOL] = "F_BOOL",	 [F_INT] = "F_INT",	      [F_TEXT] = "F_TEXT",   [F_HTML] = "F_HTML",
	[F_PUBID] = "F_PUBID",	 [F_INSTANT] = "F_INSTANT",   [F_DAY] = "F_DAY",     [F_MINUTE] = "F_MINUTE",
	[F_MONEY] = "F_MONEY",	 [F_QUANTITY] = "F_QUANTITY", [F_HASH] = "F_HASH",   [F_JSON] = "F_JSON",
	[F_ID] = "F_ID",	 [F_ENUM] = "F_ENUM",	      [F_SHAPE] = "F_SHAPE", [F_LIST] = "F_LIST",
	[F_OCTETS] = "F_OCTETS",
};

static const struct {
	unsigned flag;
	const char *name;
} flag_names[] = {
	{ FF_NULL, "FF_NULL" },		{ FF_REQUIRED, "FF_REQUIRED" }, { FF_PRIVATE, "FF_PRIVATE" },
	{ FF_EMAIL, "FF_EMAIL" },	{ FF_URL, "FF_URL" },		{ FF_SIREN, "FF_SIREN" },
	{ FF_PASSWORD, "FF_PASSWORD" }, { FF_LINES, "FF_LINES" },
};

const char *type_c(const struct def_field *f)
{
	switch (f->type) {
	case F_BOOL: return "bool ";
	case F_INT: return "int64_t ";
	case F_TEXT:
	case F_JSON: return "const char *";
	case F_ENUM: return "int ";
	case F_SHAPE: return tool_fmt("struct %s ", f->type_name);
	case F_LIST: return tool_fmt("struct %s_list ", f->type_name);
	default: return tool_fmt("%s ", f->type_name);
	}
}

void list_write(struct text *t, const char *shape)
{
	text_fmt(t, "struct %s_list {\n\tstruct %s *items;\n\tsize_t n;\n};\n", shape, shape);
}

void struct_write(struct text *t, const struct def_shape *s)
{
	text_fmt(t, "struct %s {\n", s->name);
	if (!s->n)
		text_fmt(t, "\tchar nothing;\n");
	for (size_t i = 0; i < s->n; i++) {
		const struct def_field *f = &s->fields[i];
		text_fmt(t, "\t%s%s;", type_c(f), f->name);
		if (f->type == F_ENUM)
			text_fmt(t, " /* enum %s */", f->type_name);
		text_fmt(t, "\n");
	}
	text_fmt(t, "};\n");
}

void shape_extern_write(struct text *t, const char *shape)
{
	text_fmt(t, "extern const struct shape %s_shape;\n", shape);
}

static void bounds_write(struct text *t, const struct def_field *f)
{
	if (f->min)
		text_fmt(t, ", .min = %" PRId64, f->min);
	if (f->max)
		text_fmt(t, ", .max = %" PRId64, f->max);
}

void field_write(struct text *t, const struct def_field *f, const char *owner)
{
	text_fmt(t, "\t{ .name = \"%s\", .type = %s", f->name, type_names[f->type]);
	const char *before = ", .flags = ";
	for (size_t i = 0; i < sizeof flag_names / sizeof *flag_names; i++)
		if (f->flags & flag_names[i].flag) {
			text_fmt(t, "%s%s", before, flag_names[i].name);
			before = " | ";
		}
	if (owner)
		text_fmt(t, ", .offset = offsetof(struct %s, %s)", owner, f->name);
	if (f->type == F_ENUM)
		text_fmt(t, ", .words = &%s_words", f->type_name);
	if (f->type == F_SHAPE || f->type == F_LIST)
		text_fmt(t, ", .shape = &%s_shape", f->type_name);
	bounds_write(t, f);
	text_fmt(t, " },\n");
}

void shape_write(struct text *t, const struct def_shape *s)
{
	if (s->n) {
		text_fmt(t, "static const struct field %s_fields[] = {\n", s->name);
		for (size_t i = 0; i < s->n; i++)
			field_write(t, &s->fields[i], s->name);
		text_fmt(t, "};\n");
	}
	text_fmt(t, "const struct shape %s_shape = { \"%s\", sizeof(struct %s), %zu, ", s->name, s->name,
		 s->name, s->n);
	text_fmt(t, s->n ? "%s_fields };\n\n" : "NULL };\n\n", s->name);
}
