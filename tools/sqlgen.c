/* sqlgen.c - makes typed C functions of named SQL statements:
 * sqlgen SRCDIR OUTDIR SHAPEFILE... -- SQLFILE...
 * For src/domain/people/person.sql it writes OUTDIR/people/person_sql.h and
 * .c, and for all of them OUTDIR/all_sql.h and .c.
 *
 *	-- use people/community
 *		its types may be named; those of person.shape and of what it uses are known already
 *
 *	-- booking_by_pub one
 *	-- in: pub pubid, actor person_id
 *	-- out: booking_row
 *	SELECT ... WHERE b.pub = :pub AND b.holder = :actor;
 *
 * one: a row, or E_NOT_FOUND; maybe: and bool *found; many: struct X_list, and
 * a function NAME_each that takes them one by one; exec: int64_t *affected,
 * which may be NULL. `in:` lists values; a shape or form may stand first, whose
 * fields are then bound by their names from a struct. `out:` is a shape whose
 * columns come in order, nested shapes flattened, or columns spelled out: then
 * the struct is NAME_row, or the value itself for one column of one or maybe.
 * in: and out: go on in lines that start with "--" and three blanks. "--
 * sqlite", "-- postgres" and "-- both" say whose text follows. Other comments
 * are comments. Each value of in: must be used in the text of both databases.
 * Lists of a few words are spelled for SQLite as comparisons (sql_words.h).
 * An argument that would be called as a type gets an underscore: day_. */
#include <stdio.h>
#include <string.h>

#include "shape_write.h"
#include "sql_parse.h"
#include "sql_words.h"

/* A single spelled column comes out as itself, not as a struct of one. */
static bool is_scalar(const struct sql_stmt *s)
{
	return s->out_inline && s->out->n == 1 && (s->card == CARD_ONE || s->card == CARD_MAYBE);
}

static bool has_row_struct(const struct sql_stmt *s)
{
	return s->out_inline && !is_scalar(s);
}

/* C does not let an argument be called as a type. */
static const char *arg_name(const struct def_field *f)
{
	enum field_type type;
	return type_is_scalar(f->name, &type) ? tool_fmt("%s_", f->name) : f->name;
}

static void args_write(struct text *t, const struct sql_stmt *s)
{
	if (s->in_shape)
		text_fmt(t, ", const struct %s *in", s->in_shape->name);
	for (size_t i = 0; i < s->n_params; i++)
		if (!s->params[i].of_shape)
			text_fmt(t, ", %s%s", type_c(&s->params[i].f), arg_name(&s->params[i].f));
}

static void prototype_write(struct text *t, const struct sql_stmt *s)
{
	text_fmt(t, "rc %s(struct ctx *c", s->name);
	args_write(t, s);
	if (s->card == CARD_EXEC)
		text_fmt(t, ", int64_t *affected");
	else if (is_scalar(s))
		text_fmt(t, ", %s*out", type_c(&s->out->fields[0]));
	else
		text_fmt(t, ", struct %s%s *out", s->out->name, s->card == CARD_MANY ? "_list" : "");
	if (s->card == CARD_MAYBE)
		text_fmt(t, ", bool *found");
	text_fmt(t, ")");
}

static void each_prototype_write(struct text *t, const struct sql_stmt *s)
{
	text_fmt(t, "rc %s_each(struct ctx *c", s->name);
	args_write(t, s);
	text_fmt(t, ", db_each_fn *each, void *arg)");
}

/* The parameter that carries a number. */
static const struct sql_param *numbered(const struct sql_stmt *s, size_t number)
{
	for (size_t i = 0; i < s->n_params; i++)
		if (s->params[i].number == number)
			return &s->params[i];
	return NULL;
}

static void in_write(struct text *t, const struct sql_stmt *s)
{
	if (!s->n_used)
		return;
	text_fmt(t, "static const struct field %s_in[] = {\n", s->name);
	for (size_t i = 1; i <= s->n_used; i++) {
		const struct sql_param *p = numbered(s, i);
		field_write(t, &p->f, p->of_shape ? s->in_shape->name : NULL);
	}
	text_fmt(t, "};\n");
}

/* A description of a value that is no struct: one field at offset 0. */
static void scalar_write(struct text *t, const struct sql_stmt *s)
{
	const struct def_field *f = &s->out->fields[0];
	text_fmt(t, "static const struct field %s_fields[] = {\n", s->out->name);
	field_write(t, f, NULL);
	text_fmt(t, "};\nstatic const struct shape %s_shape = { \"%s\", sizeof(%s), 1, %s_fields };\n",
		 s->out->name, s->out->name, type_c(f), s->out->name);
}

static void stmt_write(struct text *t, const struct sql_stmt *s)
{
	in_write(t, s);
	if (is_scalar(s))
		scalar_write(t, s);
	else if (has_row_struct(s))
		shape_write(t, s->out);
	text_fmt(t, "const struct stmt sql_%s = {\n\t.name = \"%s\",\n\t.sqlite = ", s->name, s->name);
	text_literal(t, sql_words(s->sql[SQLITE].s));
	text_fmt(t, ",\n\t.postgres = ");
	text_literal(t, s->sql[POSTGRES].s);
	text_fmt(t, ",\n");
	if (s->n_used)
		text_fmt(t, "\t.n_in = %zu,\n\t.in = %s_in,\n", s->n_used, s->name);
	if (s->out)
		text_fmt(t, "\t.out = &%s_shape,\n", s->out->name);
	text_fmt(t, "};\n\n");
}

static void values_write(struct text *t, const struct sql_stmt *s)
{
	if (!s->n_used)
		return;
	text_fmt(t, "\tconst void *const values[] = { ");
	for (size_t i = 1; i <= s->n_used; i++) {
		const struct sql_param *p = numbered(s, i);
		text_fmt(t, "%s&%s%s", i > 1 ? ", " : "", p->of_shape ? "in->" : "",
			 p->of_shape ? p->f.name : arg_name(&p->f));
	}
	text_fmt(t, " };\n");
}

static void body_write(struct text *t, const struct sql_stmt *s)
{
	const char *values = s->n_used ? "values" : "NULL";
	prototype_write(t, s);
	text_fmt(t, "\n{\n");
	values_write(t, s);
	switch (s->card) {
	case CARD_ONE: text_fmt(t, "\treturn db_one(c, &sql_%s, %s, out);\n", s->name, values); break;
	case CARD_MAYBE:
		text_fmt(t, "\treturn db_maybe(c, &sql_%s, %s, out, found);\n", s->name, values);
		break;
	case CARD_EXEC: text_fmt(t, "\treturn db_exec(c, &sql_%s, %s, affected);\n", s->name, values); break;
	case CARD_MANY:
		text_fmt(t, "\tstruct any_list rows;\n\tTRY(db_many(c, &sql_%s, %s, &rows));\n", s->name,
			 values);
		text_fmt(t, "\tout->items = rows.items;\n\tout->n = rows.n;\n\treturn OK;\n}\n\n");
		each_prototype_write(t, s);
		text_fmt(t, "\n{\n");
		values_write(t, s);
		text_fmt(t, "\treturn db_each(c, &sql_%s, %s, each, arg);\n", s->name, values);
	}
	text_fmt(t, "}\n\n");
}

static void header_write(const char *outdir, const struct sql_source *src)
{
	struct text h = { 0 };
	const char *guard = tool_upper(src->room);
	text_fmt(&h,
		 "/* Made by tools/sqlgen from %s.sql. */\n#ifndef GEN_%s_SQL_H\n#define GEN_%s_SQL_H\n\n",
		 src->room, guard, guard);
	text_fmt(&h, "#include \"platform/db.h\"\n");
	for (size_t i = 0; i < src->scope->n_uses; i++)
		text_fmt(&h, "#include \"%s_shape.h\"\n", src->scope->uses[i].room);
	for (size_t i = 0; i < src->n; i++) {
		const struct sql_stmt *s = src->stmts[i];
		text_fmt(&h, "\n");
		if (has_row_struct(s)) {
			struct_write(&h, s->out);
			list_write(&h, s->out->name);
			shape_extern_write(&h, s->out->name);
		}
		text_fmt(&h, "extern const struct stmt sql_%s;\n", s->name);
		prototype_write(&h, s);
		text_fmt(&h, ";\n");
		if (s->card == CARD_MANY) {
			each_prototype_write(&h, s);
			text_fmt(&h, ";\n");
		}
	}
	text_fmt(&h, "\n#endif\n");
	tool_write(tool_fmt("%s/%s_sql.h", outdir, src->room), h.s, h.len);
}

static void source_write(const char *outdir, const struct sql_source *src)
{
	struct text c = { 0 };
	text_fmt(&c, "/* Made by tools/sqlgen from %s.sql. */\n#include \"%s_sql.h\"\n\n", src->room,
		 src->room);
	for (size_t i = 0; i < src->n; i++) {
		stmt_write(&c, src->stmts[i]);
		body_write(&c, src->stmts[i]);
	}
	tool_write(tool_fmt("%s/%s_sql.c", outdir, src->room), c.s, c.len);
}

static void all_write(const char *outdir, struct sql_source **sources, size_t n)
{
	struct text h = { 0 }, c = { 0 }, list = { 0 };
	text_fmt(
		&h,
		"/* Made by tools/sqlgen: every statement, for the test that prepares them all. */\n"
		"#ifndef GEN_ALL_SQL_H\n#define GEN_ALL_SQL_H\n\n#include \"platform/db.h\"\n\n"
		"struct sql_file {\n\tconst char *path;\n\tconst struct stmt *const *stmts;\n\tsize_t n;\n};\n"
		"extern const struct sql_file all_sql[];\nextern const size_t n_all_sql;\n\n#endif\n");
	text_fmt(&c, "/* Made by tools/sqlgen. */\n#include \"all_sql.h\"\n\n");
	for (size_t i = 0; i < n; i++)
		text_fmt(&c, "#include \"%s_sql.h\"\n", sources[i]->room);
	for (size_t i = 0; i < n; i++) {
		const struct sql_source *src = sources[i];
		text_fmt(&c, "\nstatic const struct stmt *const file_%zu[] = {\n", i);
		for (size_t k = 0; k < src->n; k++)
			text_fmt(&c, "\t&sql_%s,\n", src->stmts[k]->name);
		text_fmt(&c, "\tNULL\n};\n");
		text_fmt(&list, "\t{ \"%s\", file_%zu, %zu },\n", src->path, i, src->n);
	}
	text_fmt(
		&c,
		"\nconst struct sql_file all_sql[] = {\n%s\t{ NULL, NULL, 0 }\n};\nconst size_t n_all_sql = %zu;\n",
		list.s ? list.s : "", n);
	tool_write(tool_fmt("%s/all_sql.h", outdir), h.s, h.len);
	tool_write(tool_fmt("%s/all_sql.c", outdir), c.s, c.len);
}

static bool is_shape(const struct defs *all, const char *name)
{
	for (size_t i = 0; i < all->n; i++)
		for (size_t k = 0; k < all->files[i]->n_shapes; k++)
			if (strcmp(all->files[i]->shapes[k]->name, name) == 0)
				return true;
	return false;
}

/* Names of statements, and of the rows they spell, are each used once. */
static void check_names(const struct defs *all, struct sql_source **sources, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < sources[i]->n; k++) {
			const struct sql_stmt *s = sources[i]->stmts[k];
			if (s->out_inline && is_shape(all, s->out->name))
				tool_die(sources[i]->path, s->line, "%s is already a shape", s->out->name);
			for (size_t j = 0; j <= i; j++)
				for (size_t m = 0; m < (j == i ? k : sources[j]->n); m++)
					if (strcmp(sources[j]->stmts[m]->name, s->name) == 0)
						tool_die(sources[i]->path, s->line,
							 "'%s' is already at %s:%d", s->name,
							 sources[j]->path, sources[j]->stmts[m]->line);
		}
}

int main(int argc, char **argv)
{
	int dashes = 3;
	while (dashes < argc && strcmp(argv[dashes], "--") != 0)
		dashes++;
	if (dashes >= argc) {
		fprintf(stderr, "usage: sqlgen SRCDIR OUTDIR SHAPEFILE... -- SQLFILE...\n");
		return 2;
	}
	struct defs all = shapes_read(argv + 3, (size_t)dashes - 3);
	size_t n = (size_t)(argc - dashes - 1);
	struct sql_source **sources = tool_alloc((n + 1) * sizeof(*sources));
	for (size_t i = 0; i < n; i++)
		sources[i] = sql_read(&all, argv[dashes + 1 + (int)i]);
	check_names(&all, sources, n);
	for (size_t i = 0; i < n; i++) {
		header_write(argv[2], sources[i]);
		source_write(argv[2], sources[i]);
	}
	all_write(argv[2], sources, n);
	return 0;
}
