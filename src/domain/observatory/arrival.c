#include "observatory/arrival.h"

#include <string.h>

#include "base/pubid.h"
#include "observatory/arrival_sql.h"
#include "platform/db.h"

void arrivals_init(struct arrivals *l, struct ctx *c)
{
	*l = (struct arrivals){ .c = c, .mem = c->mem };
}

/* Room for one more, twice as much each time. */
static void *grow(TALLOC_CTX *mem, void *items, size_t n, size_t *room, size_t size)
{
	if (n < *room)
		return items;
	*room = *room ? *room * 2 : 64;
	return talloc_realloc_size(mem, items, *room * size);
}

rc arrival_add(struct arrivals *l, size_t line, struct arrival **out)
{
	if (l->n == ARRIVALS_MOST)
		return fail(l->c, E_TOO_LARGE, "import.too_many_rows");
	l->items = grow(l->mem, l->items, l->n, &l->room.items, sizeof *l->items);
	*out = &l->items[l->n++];
	**out = (struct arrival){ .line = line };
	return OK;
}

void arrival_say(struct arrivals *l, struct arrival *a, int field, const char *text)
{
	if (!text)
		return;
	text += strspn(text, " \t\r\n");
	size_t n = strlen(text);
	while (n && strchr(" \t\r\n", text[n - 1]))
		n--;
	if (n)
		a->said[field] = mem_text(l->c->mem, text, n);
}

void arrival_blame(struct arrivals *l, size_t line, const char *column, const char *value, const char *key)
{
	l->problems = grow(l->mem, l->problems, l->n_problems, &l->room.problems, sizeof *l->problems);
	l->problems[l->n_problems++] = (struct arrival_problem){ line, column, value, key, false };
}

#define READER(format, f) arrival_reader f;
#include "observatory/arrival_readers.def"
#undef READER

arrival_reader *arrival_reader_of(int format)
{
	static arrival_reader *const readers[IMPORT_FORMAT_COUNT] = {
#define READER(format, f) [IMPORT_FORMAT_##format] = f,
#include "observatory/arrival_readers.def"
#undef READER
	};
	return format >= 0 && format < IMPORT_FORMAT_COUNT ? readers[format] : NULL;
}

/* ---- handing a file over ---- */

/* It names a source in the history for ever. */
bool import_label_ok(const char *s)
{
	if (!s || !*s || strlen(s) > 60 || strcmp(s, "steward") == 0)
		return false;
	for (; *s; s++)
		if ((unsigned char)*s < ' ' || strchr("<>\"'`\\|:;", *s))
			return false;
	return true;
}

rc import_run_start(struct ctx *c, const struct import_start *s, pubid *out)
{
	row_id run;
	if (!import_label_ok(s->label))
		return fail_field(c, "source", "import.bad_label");
	if (!s->file.n)
		return fail_field(c, "file", "import.empty_file");
	pubid_new(out);
	bool by_other = s->person.v != 0;
	TRY(import_run_insert(c, *out, s->label, s->licence, s->format, s->filename, s->plan,
			      by_other ? s->person : c->actor.person,
			      by_other ? s->community : c->actor.community, s->offered, c->now, &run));
	c->wake_jobs = true;
	return import_file_insert(c, run, s->file, NULL);
}
