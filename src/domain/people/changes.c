/* changes.c - what differs between two structs, for the audit log. */
#include <string.h>

#include "base/pubid.h"
#include "people/community.h"
#include "people/people.h"
#include "platform/json.h"

static bool same_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool same(const struct field *f, const char *a, const char *b)
{
	a += f->offset;
	b += f->offset;
	switch (f->type) {
	case F_TEXT: return same_text(*(const char *const *)a, *(const char *const *)b);
	case F_BOOL: return *(const bool *)a == *(const bool *)b;
	case F_ENUM: return *(const int *)a == *(const int *)b;
	default: return memcmp(a, b, sizeof(int64_t)) == 0;
	}
}

static const char *whole_json(struct ctx *c, const struct shape *s, const void *object)
{
	struct buf b;
	buf_init(&b, c->mem, 200);
	json_write(&b, s, object);
	return b.s;
}

bool changes_json(struct ctx *c, const struct shape *s, const void *before, const void *after,
		  const char **before_json, const char **after_json)
{
	struct field *fields = new_array(c, struct field, s->n);
	struct shape changed = { s->name, s->size, 0, fields };
	for (size_t i = 0; i < s->n; i++)
		if (!(s->fields[i].flags & FF_PRIVATE) && !same(&s->fields[i], before, after))
			fields[changed.n++] = s->fields[i];
	*before_json = whole_json(c, &changed, before);
	*after_json = whole_json(c, &changed, after);
	return changed.n > 0;
}

rc community_note_whole(struct ctx *c, community_id community, const char *action, const char *object_kind,
			pubid object, const struct shape *s, const void *before, const void *after)
{
	struct community_card card;
	const char *was = before ? whole_json(c, s, before) : NULL,
		   *is = after ? whole_json(c, s, after) : NULL;
	if (same_text(was, is))
		return OK;
	TRY(community_card_get(c, community, &card));
	return community_note(c, card.pub, action, object_kind, pubid_is_none(object) ? card.pub : object,
			      was, is);
}
