#include "shape_parse.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"

struct reader {
	struct defs *all;
	struct def_file *file;
	struct def_shape *shape; /* the block being read, or NULL */
	struct def_enum *words;	 /* the enum being read, or NULL */
	const char **tokens;	 /* of this line */
	size_t n;
	int line;
	bool indented;
};

#define DIE(r, ...) tool_die((r)->file->path, (r)->line, __VA_ARGS__)

static const struct {
	const char *name;
	enum field_type type;
} scalars[] = {
	{ "bool", F_BOOL },	{ "int", F_INT },	    { "text", F_TEXT }, { "html", F_HTML },
	{ "pubid", F_PUBID },	{ "instant", F_INSTANT },   { "day", F_DAY },	{ "minute", F_MINUTE },
	{ "money", F_MONEY },	{ "quantity", F_QUANTITY }, { "hash", F_HASH }, { "json", F_JSON },
	{ "octets", F_OCTETS },
};

static bool ends_in(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);
	return n > m && strcmp(s + n - m, end) == 0;
}

bool type_is_scalar(const char *name, enum field_type *type)
{
	for (size_t i = 0; i < sizeof scalars / sizeof *scalars; i++)
		if (strcmp(scalars[i].name, name) == 0) {
			*type = scalars[i].type;
			return true;
		}
	*type = F_ID;
	return ends_in(name, "_id");
}

/* ---- names ---- */

struct def_file *defs_file(const struct defs *d, const char *room)
{
	for (size_t i = 0; i < d->n; i++)
		if (strcmp(d->files[i]->room, room) == 0)
			return d->files[i];
	return NULL;
}

static struct def_enum *file_enum(const struct def_file *file, const char *name)
{
	for (size_t i = 0; i < file->n_enums; i++)
		if (strcmp(file->enums[i]->name, name) == 0)
			return file->enums[i];
	for (size_t u = 0; u < file->n_uses; u++)
		for (size_t i = 0; i < file->uses[u].file->n_enums; i++)
			if (strcmp(file->uses[u].file->enums[i]->name, name) == 0)
				return file->uses[u].file->enums[i];
	return NULL;
}

static struct def_shape *own_shape(const struct def_file *file, const char *name)
{
	for (size_t i = 0; i < file->n_shapes; i++)
		if (strcmp(file->shapes[i]->name, name) == 0)
			return file->shapes[i];
	return NULL;
}

struct def_shape *file_shape(const struct def_file *file, const char *name)
{
	struct def_shape *s = own_shape(file, name);
	for (size_t u = 0; !s && u < file->n_uses; u++)
		s = own_shape(file->uses[u].file, name);
	return s;
}

/* Where a name is already taken in any file, or NULL. */
static const char *taken(const struct defs *d, const char *name)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct def_file *f = d->files[i];
		for (size_t k = 0; k < f->n_enums; k++)
			if (strcmp(f->enums[k]->name, name) == 0)
				return tool_fmt("%s:%d", f->path, f->enums[k]->line);
		for (size_t k = 0; k < f->n_shapes; k++)
			if (strcmp(f->shapes[k]->name, name) == 0)
				return tool_fmt("%s:%d", f->path, f->shapes[k]->line);
	}
	return NULL;
}

static void check_new_name(struct reader *r, const char *name)
{
	enum field_type type;
	if (!tool_is_name(name))
		DIE(r, "'%s' cannot be a name", name);
	if (type_is_scalar(name, &type) || ends_in(name, "_list"))
		DIE(r, "'%s' is kept for a type", name);
	const char *where = taken(r->all, name);
	if (where)
		DIE(r, "'%s' is already at %s", name, where);
}

/* ---- lines ---- */

static bool is_blank(char ch)
{
	return ch == ' ' || ch == '\t' || ch == '\r';
}

/* Cut a line into words; ':' is a word of its own. */
static void cut(struct reader *r, const char *s, const char *end)
{
	r->tokens = NULL;
	r->n = 0;
	r->indented = s < end && is_blank(*s);
	while (s < end && *s != '#') {
		if (is_blank(*s)) {
			s++;
			continue;
		}
		const char *from = s++;
		if (*from != ':')
			while (s < end && !is_blank(*s) && *s != '#' && *s != ':')
				s++;
		*tool_push(r->tokens, r->n) = tool_copy(from, (size_t)(s - from));
	}
}

static bool is_token(struct reader *r, size_t i, const char *word)
{
	return i < r->n && strcmp(r->tokens[i], word) == 0;
}

static void read_words(struct reader *r, size_t from)
{
	struct def_enum *e = r->words;
	for (size_t i = from; i < r->n; i++) {
		const char *word = r->tokens[i];
		for (const char *p = word; *p; p++)
			if (!islower((unsigned char)*p) && !isdigit((unsigned char)*p) && *p != '_')
				DIE(r, "'%s' cannot be a word of an enum", word);
		for (size_t k = 0; k < e->n; k++)
			if (strcmp(e->words[k], word) == 0)
				DIE(r, "'%s' stands twice in enum %s", word, e->name);
		if (strcmp(word, "count") == 0)
			DIE(r, "'count' is kept for %s_COUNT", tool_upper(e->name));
		*tool_push(e->words, e->n) = word;
	}
}

static void read_enum(struct reader *r)
{
	size_t colon = is_token(r, 2, "labels") ? 3 : 2;
	if (!is_token(r, colon, ":"))
		DIE(r, "write: enum NAME [labels]: word word ...");
	check_new_name(r, r->tokens[1]);
	struct def_enum *e = tool_alloc(sizeof *e);
	e->name = r->tokens[1];
	e->labels = colon == 3;
	e->line = r->line;
	*tool_push(r->file->enums, r->file->n_enums) = e;
	r->words = e;
	read_words(r, colon + 1);
}

static void read_shape(struct reader *r, bool form)
{
	if (r->n != 2)
		DIE(r, "write: %s NAME", r->tokens[0]);
	check_new_name(r, r->tokens[1]);
	struct def_shape *s = tool_alloc(sizeof *s);
	s->name = r->tokens[1];
	s->form = form;
	s->file = r->file;
	s->line = r->line;
	*tool_push(r->file->shapes, r->file->n_shapes) = s;
	r->shape = s;
}

static void read_use(struct reader *r)
{
	if (r->n != 2)
		DIE(r, "write: use FOLDER/NAME");
	for (size_t i = 0; i < r->file->n_uses; i++)
		if (strcmp(r->file->uses[i].room, r->tokens[1]) == 0)
			DIE(r, "%s is already used", r->tokens[1]);
	struct def_use *use = tool_push(r->file->uses, r->file->n_uses);
	use->room = r->tokens[1];
	use->line = r->line;
}

/* ---- fields ---- */

static int64_t read_number(struct reader *r, const char *s)
{
	char *end;
	errno = 0;
	long long v = strtoll(s, &end, 10);
	if (end == s || *end || errno)
		DIE(r, "'%s' is not a whole number", s);
	return v;
}

static void read_format(struct reader *r, struct def_field *f, const char *name)
{
	static const struct {
		const char *name;
		unsigned flag;
	} formats[] = {
		{ "email", FF_EMAIL },	     { "url", FF_URL },	    { "siren", FF_SIREN },
		{ "password", FF_PASSWORD }, { "lines", FF_LINES },
	};
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		if (strcmp(formats[i].name, name) == 0) {
			f->flags |= formats[i].flag;
			return;
		}
	DIE(r, "format '%s' is none of: email url siren password lines", name);
}

static void read_flag(struct reader *r, struct def_field *f, const char *flag)
{
	if (strcmp(flag, "private") == 0 && !r->shape->form)
		f->flags |= FF_PRIVATE;
	else if (!r->shape->form)
		DIE(r, "'%s' cannot be said of a shape's field", flag);
	else if (strcmp(flag, "required") == 0)
		f->flags |= FF_REQUIRED;
	else if (strncmp(flag, "min=", 4) == 0)
		f->min = read_number(r, flag + 4);
	else if (strncmp(flag, "max=", 4) == 0)
		f->max = read_number(r, flag + 4);
	else if (strncmp(flag, "format=", 7) == 0)
		read_format(r, f, flag + 7);
	else
		DIE(r, "'%s' is none of: required min= max= format=", flag);
}

static void read_field(struct reader *r)
{
	struct def_shape *s = r->shape;
	if (r->n < 2)
		DIE(r, "write: NAME TYPE ...");
	if (!tool_is_name(r->tokens[0]))
		DIE(r, "'%s' cannot be the name of a field", r->tokens[0]);
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->fields[i].name, r->tokens[0]) == 0)
			DIE(r, "'%s' stands twice in %s", r->tokens[0], s->name);
	struct def_field *f = tool_push(s->fields, s->n);
	f->name = r->tokens[0];
	f->type_name = r->tokens[1]; /* resolved when all files are read */
	f->line = r->line;
	if (s->form) {
		f->min = -INT64_MAX;
		f->max = INT64_MAX;
	}
	for (size_t i = 2; i < r->n; i++)
		read_flag(r, f, r->tokens[i]);
}

static void read_line(struct reader *r)
{
	if (!r->n)
		return;
	if (r->indented) {
		if (r->shape)
			read_field(r);
		else if (r->words)
			read_words(r, 0);
		else
			DIE(r, "this line belongs to nothing");
		return;
	}
	r->shape = NULL;
	r->words = NULL;
	if (is_token(r, 0, "use"))
		read_use(r);
	else if (is_token(r, 0, "enum"))
		read_enum(r);
	else if (is_token(r, 0, "shape") || is_token(r, 0, "form"))
		read_shape(r, is_token(r, 0, "form"));
	else
		DIE(r, "'%s' is none of: use enum shape form", r->tokens[0]);
}

static void read_one(struct defs *all, const char *path)
{
	struct def_file *file = tool_alloc(sizeof *file);
	file->path = path;
	file->room = tool_room(path, ".shape");
	if (defs_file(all, file->room))
		tool_die(path, 0, "is the second file called %s", file->room);
	const char *s = tool_read(path);
	if (!s)
		tool_die(path, 0, "cannot be read");
	*tool_push(all->files, all->n) = file;
	struct reader r = { .all = all, .file = file };
	while (*s) {
		const char *end = s + strcspn(s, "\n");
		r.line++;
		cut(&r, s, end);
		read_line(&r);
		s = *end ? end + 1 : end;
	}
}

/* ---- types, once every file is read ---- */

void type_resolve(struct def_field *f, const char *written, const struct def_file *file, const char *path)
{
	size_t len = strlen(written);
	if (len && written[len - 1] == '?') {
		f->flags |= FF_NULL;
		len--;
	}
	bool list = len > 2 && written[0] == '[' && written[len - 1] == ']';
	f->type_name = list ? tool_copy(written + 1, len - 2) : tool_copy(written, len);
	if (!list && type_is_scalar(f->type_name, &f->type)) {
		if (f->type == F_BOOL && f->flags & FF_NULL)
			tool_die(path, f->line, "a bool cannot be absent: '%s'", f->name);
		return;
	}
	if (file && !list && (f->words = file_enum(file, f->type_name))) {
		f->type = F_ENUM;
		return;
	}
	if (!file || !(f->shape = file_shape(file, f->type_name)))
		tool_die(path, f->line, "type '%s' of '%s' is not known here", written, f->name);
	if (f->flags & FF_NULL)
		tool_die(path, f->line, "a shape cannot be absent: '%s'", f->name);
	f->type = list ? F_LIST : F_SHAPE;
}

/* Numbers from outside stay within what JavaScript reads exactly. */
static void set_default_bounds(struct def_field *f)
{
	bool hours = f->type == F_MINUTE;
	bool number = hours || f->type == F_INT || f->type == F_MONEY || f->type == F_QUANTITY;
	if (f->min == -INT64_MAX)
		f->min = number && !hours ? -DECIMAL_MAX : 0;
	if (f->max == INT64_MAX)
		f->max = hours ? 1440 : number ? DECIMAL_MAX : 0;
}

static void check_form_field(const struct def_file *file, struct def_field *f)
{
	bool text = f->type == F_TEXT, measured = text || f->type == F_OCTETS;
	bool number = f->type == F_INT || f->type == F_MONEY || f->type == F_QUANTITY || f->type == F_MINUTE;
	if (f->type == F_ID || f->type == F_HTML || f->type == F_HASH || f->type == F_JSON ||
	    f->type == F_SHAPE || f->type == F_LIST)
		tool_die(file->path, f->line, "a form cannot hold '%s' of type %s", f->name, f->type_name);
	if (f->type == F_BOOL && f->flags & FF_REQUIRED)
		tool_die(file->path, f->line, "'%s': a box left empty means no; it cannot be required",
			 f->name);
	if (measured && f->max == INT64_MAX)
		tool_die(file->path, f->line, "%s '%s' needs max=", f->type_name, f->name);
	if (measured && f->min < 0 && f->min != -INT64_MAX)
		tool_die(file->path, f->line, "'%s': a length cannot be negative", f->name);
	if (!measured && !number && (f->min != -INT64_MAX || f->max != INT64_MAX))
		tool_die(file->path, f->line, "'%s': min= and max= are for numbers and texts", f->name);
	if (!text && f->flags & (FF_EMAIL | FF_URL | FF_SIREN | FF_PASSWORD | FF_LINES))
		tool_die(file->path, f->line, "'%s': format= is for texts", f->name);
	if (f->min > f->max)
		tool_die(file->path, f->line, "'%s': min is above max", f->name);
	set_default_bounds(f);
}

static void resolve_file(struct defs *all, struct def_file *file)
{
	for (size_t u = 0; u < file->n_uses; u++) {
		file->uses[u].file = defs_file(all, file->uses[u].room);
		if (!file->uses[u].file)
			tool_die(file->path, file->uses[u].line, "there is no %s.shape", file->uses[u].room);
	}
	for (size_t i = 0; i < file->n_enums; i++)
		if (!file->enums[i]->n)
			tool_die(file->path, file->enums[i]->line, "enum %s has no words",
				 file->enums[i]->name);
	for (size_t i = 0; i < file->n_shapes; i++) {
		struct def_shape *s = file->shapes[i];
		if (!s->n && !s->form)
			tool_die(file->path, s->line, "shape %s has no fields", s->name);
		for (size_t k = 0; k < s->n; k++) {
			type_resolve(&s->fields[k], s->fields[k].type_name, file, file->path);
			if (s->form)
				check_form_field(file, &s->fields[k]);
		}
	}
}

/* Marks of the two walks below. */
enum { NEW, OPEN, DONE };

static void walk_uses(struct def_file *file)
{
	file->walk = OPEN;
	for (size_t u = 0; u < file->n_uses; u++) {
		if (file->uses[u].file->walk == OPEN)
			tool_die(file->path, file->uses[u].line, "%s uses this file, directly or not",
				 file->uses[u].room);
		if (file->uses[u].file->walk == NEW)
			walk_uses(file->uses[u].file);
	}
	file->walk = DONE;
}

/* Put the shapes of s's file in `sorted`, those held by value first. */
static void walk_shape(struct def_shape *s, struct def_shape **sorted, size_t *n)
{
	s->walk = OPEN;
	for (size_t i = 0; i < s->n; i++) {
		struct def_field *f = &s->fields[i];
		if (f->type != F_SHAPE || f->shape->file != s->file)
			continue;
		if (f->shape->walk == OPEN)
			tool_die(s->file->path, f->line, "%s holds itself through '%s'", f->type_name,
				 f->name);
		if (f->shape->walk == NEW)
			walk_shape(f->shape, sorted, n);
	}
	s->walk = DONE;
	sorted[(*n)++] = s;
}

static void sort_shapes(struct def_file *file)
{
	struct def_shape **sorted = tool_alloc((file->n_shapes + 1) * sizeof *sorted);
	size_t n = 0;
	for (size_t i = 0; i < file->n_shapes; i++)
		if (file->shapes[i]->walk == NEW)
			walk_shape(file->shapes[i], sorted, &n);
	file->shapes = sorted;
}

struct defs shapes_read(char **paths, size_t n)
{
	struct defs all = { 0 };
	for (size_t i = 0; i < n; i++)
		read_one(&all, paths[i]);
	for (size_t i = 0; i < all.n; i++)
		resolve_file(&all, all.files[i]);
	for (size_t i = 0; i < all.n; i++) {
		if (all.files[i]->walk == NEW)
			walk_uses(all.files[i]);
		sort_shapes(all.files[i]);
	}
	return all;
}
