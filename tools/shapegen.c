/* shapegen.c - makes C of .shape files: shapegen SRCDIR OUTDIR FILE...
 * For src/domain/people/person.shape it writes OUTDIR/people/person_shape.h
 * and .c, and for all of them OUTDIR/all_shapes.h and .c.
 *
 *	use people/community	# its types may be named here, its header is included
 *
 *	enum booking_status labels: requested confirmed	# "labels": each word has a message
 *		present done				# "booking_status.present" in po/
 *
 *	shape booking_row	# a row, a view, a part of an answer
 *		id	booking_id
 *		status	booking_status
 *		ends_at	instant?	# may be absent
 *		secret	text private	# never in JSON
 *		place	community_card	# another shape by value
 *		lines	[quote_line]	# a list of a shape
 *
 *	form booking_new	# what may be sent
 *		space	pubid required
 *		units	int min=1 max=200	# of money in cents, of quantities in thousandths
 *		email	text required max=254 format=email	# url siren password lines
 *
 * Types: bool int text html pubid instant day minute money quantity hash json,
 * any *_id, an enum, a shape, [shape]. In forms every text needs max= (in
 * characters), and ids, html, hash, json, shapes and lists have no place. */
#include <stdio.h>
#include <string.h>

#include "shape_parse.h"
#include "shape_write.h"

static const char head[] = "/* Made by tools/shapegen from %s.shape. */\n";

static void enum_write(struct text *h, struct text *c, const struct def_enum *e)
{
	const char *upper = tool_upper(e->name);
	text_fmt(h, "enum %s {\n", e->name);
	for (size_t i = 0; i < e->n; i++)
		text_fmt(h, "\t%s_%s,\n", upper, tool_upper(e->words[i]));
	text_fmt(h, "\t%s_COUNT\n};\nextern const struct enumeration %s_words;\n\n", upper, e->name);

	text_fmt(c, "static const char *const %s_list[] = {", e->name);
	for (size_t i = 0; i < e->n; i++)
		text_fmt(c, "%s \"%s\"", i ? "," : "", e->words[i]);
	text_fmt(c, " };\nconst struct enumeration %s_words = { \"%s\", %s_list, %zu };\n\n", e->name,
		 e->name, e->name, e->n);
}

static void file_write(const char *outdir, const struct def_file *file)
{
	struct text h = { 0 }, c = { 0 };
	const char *guard = tool_upper(file->room);
	text_fmt(&h, head, file->room);
	text_fmt(&h, "#ifndef GEN_%s_SHAPE_H\n#define GEN_%s_SHAPE_H\n\n#include \"base/shape.h\"\n", guard,
		 guard);
	for (size_t i = 0; i < file->n_uses; i++)
		text_fmt(&h, "#include \"%s_shape.h\"\n", file->uses[i].room);
	text_fmt(&h, "\n");
	text_fmt(&c, head, file->room);
	text_fmt(&c, "#include \"%s_shape.h\"\n\n", file->room);

	for (size_t i = 0; i < file->n_enums; i++)
		enum_write(&h, &c, file->enums[i]);
	for (size_t i = 0; i < file->n_shapes; i++)
		list_write(&h, file->shapes[i]->name);
	for (size_t i = 0; i < file->n_shapes; i++) {
		text_fmt(&h, "\n");
		struct_write(&h, file->shapes[i]);
		shape_extern_write(&h, file->shapes[i]->name);
		shape_write(&c, file->shapes[i]);
	}
	text_fmt(&h, "\n#endif\n");
	tool_write(tool_fmt("%s/%s_shape.h", outdir, file->room), h.s, h.len);
	tool_write(tool_fmt("%s/%s_shape.c", outdir, file->room), c.s, c.len);
}

static void all_write(const char *outdir, const struct defs *all)
{
	struct text h = { 0 }, c = { 0 }, enums = { 0 };
	text_fmt(&h,
		 "/* Made by tools/shapegen: every shape and every enumeration. */\n"
		 "#ifndef GEN_ALL_SHAPES_H\n#define GEN_ALL_SHAPES_H\n\n#include \"base/shape.h\"\n\n"
		 "extern const struct shape *const all_shapes[];\nextern const size_t n_all_shapes;\n"
		 "extern const struct enumeration *const all_enums[];\nextern const size_t n_all_enums;\n\n"
		 "#endif\n");
	text_fmt(&c, "/* Made by tools/shapegen. */\n#include \"all_shapes.h\"\n\n");
	for (size_t i = 0; i < all->n; i++)
		text_fmt(&c, "#include \"%s_shape.h\"\n", all->files[i]->room);
	text_fmt(&c, "\nconst struct shape *const all_shapes[] = {\n");
	text_fmt(&enums, "const struct enumeration *const all_enums[] = {\n");
	size_t n_shapes = 0, n_enums = 0;
	for (size_t i = 0; i < all->n; i++) {
		const struct def_file *file = all->files[i];
		for (size_t k = 0; k < file->n_shapes; k++, n_shapes++)
			text_fmt(&c, "\t&%s_shape,\n", file->shapes[k]->name);
		for (size_t k = 0; k < file->n_enums; k++, n_enums++)
			text_fmt(&enums, "\t&%s_words,\n", file->enums[k]->name);
	}
	text_fmt(
		&c,
		"\tNULL\n};\nconst size_t n_all_shapes = %zu;\n\n%s\tNULL\n};\nconst size_t n_all_enums = %zu;\n",
		n_shapes, enums.s, n_enums);
	tool_write(tool_fmt("%s/all_shapes.h", outdir), h.s, h.len);
	tool_write(tool_fmt("%s/all_shapes.c", outdir), c.s, c.len);
}

int main(int argc, char **argv)
{
	if (argc < 3) {
		fprintf(stderr, "usage: shapegen SRCDIR OUTDIR FILE...\n");
		return 2;
	}
	struct defs all = shapes_read(argv + 3, (size_t)argc - 3);
	for (size_t i = 0; i < all.n; i++)
		file_write(argv[2], all.files[i]);
	all_write(argv[2], &all);
	return 0;
}
