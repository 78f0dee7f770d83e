/* import_apply.c - decisions about the rows of a run, and writing them. */
#include <glib.h>
#include <jansson.h>
#include <pthread.h>
#include <string.h>

#include "audit/audit.h"
#include "base/civil.h"
#include "base/pubid.h"
#include "observatory/import_offer.h"
#include "observatory/import_record.h"
#include "observatory/import_run.h"
#include "observatory/import_sql.h"
#include "people/community.h"
#include "people/link_sql.h"
#include "people/people.h"
#include "platform/db.h"

rc import_counts_of(struct ctx *c, row_id run, struct import_count out[IMPORT_OUTCOME_COUNT])
{
	struct import_count_list l;
	TRY(import_counts(c, run, &l));
	for (int i = 0; i < IMPORT_OUTCOME_COUNT; i++)
		out[i] = (struct import_count){ .outcome = i };
	for (size_t i = 0; i < l.n; i++)
		out[l.items[i].outcome] = l.items[i];
	return OK;
}

/* ---- stopping ---- */

static pthread_mutex_t stop_lock = PTHREAD_MUTEX_INITIALIZER;
static pubid stop_asked;

void import_stop_say(pubid run)
{
	pthread_mutex_lock(&stop_lock);
	stop_asked = run;
	pthread_mutex_unlock(&stop_lock);
}

/* A stop that came too late says nothing of what is done later. */
static void stop_forget(pubid run)
{
	pthread_mutex_lock(&stop_lock);
	if (pubid_eq(stop_asked, run))
		stop_asked.s[0] = 0;
	pthread_mutex_unlock(&stop_lock);
}

static bool is_asked_to_stop(pubid run)
{
	pthread_mutex_lock(&stop_lock);
	bool asked = pubid_eq(stop_asked, run);
	pthread_mutex_unlock(&stop_lock);
	return asked;
}

/* The server's own chain says what became of a file. */
static rc note_run(struct ctx *c, const struct import_run *run, const char *action, const char *after)
{
	struct audit_event e = { .chain = "server",
				 .action = action,
				 .object_kind = "import",
				 .object = run->pub,
				 .after = after };
	return audit_note(c, &e);
}

rc import_stop(struct ctx *c, const struct import_run *run, const char *reason)
{
	static const int from[] = { IMPORT_STATE_WAITING, IMPORT_STATE_READING, IMPORT_STATE_READY,
				    IMPORT_STATE_APPLYING };
	struct import_count counts[IMPORT_OUTCOME_COUNT];
	int64_t n = 0;
	TRY(import_counts_of(c, run->id, counts));
	for (int i = 0; i < IMPORT_OUTCOME_COUNT; i++)
		if (counts[i].written)
			return fail(c, E_CONFLICT, "import.over");
	for (size_t i = 0; i < sizeof from / sizeof *from && !n; i++)
		TRY(import_run_move(c, run->id, from[i], IMPORT_STATE_STOPPED, NULL, c->now, &n));
	if (!n)
		return fail(c, E_CONFLICT, "import.over");
	TRY(import_rows_drop(c, run->id, NULL));
	TRY(import_file_drop(c, run->id, NULL));
	TRY(offer_refuse(c, run, reason));
	c->wake_jobs = true; /* the next one waits no longer */
	return note_run(c, run, "import.stop", NULL);
}

rc import_ask_apply(struct ctx *c, const struct import_run *run)
{
	struct import_count counts[IMPORT_OUTCOME_COUNT];
	int64_t n, todo = 0;
	bool again = run->state == IMPORT_STATE_DONE;
	TRY(import_counts_of(c, run->id, counts));
	for (int i = 0; i < IMPORT_OUTCOME_COUNT; i++)
		todo += counts[i].todo;
	if (!todo && (again || run->state == IMPORT_STATE_READY))
		return fail(c, E_INVALID, "import.nothing_to_do");
	TRY(import_run_move(c, run->id, again ? IMPORT_STATE_DONE : IMPORT_STATE_READY, IMPORT_STATE_APPLYING,
			    NULL, (instant){ NONE }, &n));
	stop_forget(run->pub);
	c->wake_jobs = true;
	return n ? OK : fail(c, E_CONFLICT, "import.not_ready");
}

rc import_decide(struct ctx *c, const struct import_arrival *a, int decision, const char *taken)
{
	int64_t n;
	if (decision == IMPORT_DECISION_MERGE && !a->community.v)
		return fail_field(c, "decision", "import.no_other");
	if (decision == IMPORT_DECISION_CREATE && a->outcome != IMPORT_OUTCOME_NEW &&
	    a->outcome != IMPORT_OUTCOME_DOUBLE)
		return fail_field(c, "decision", "import.is_here");
	TRY(import_arrival_decide(c, a->id, decision, taken, &n));
	return n ? OK : fail(c, E_CONFLICT, "import.written");
}

/* ---- writing ---- */

static bool is_taken(const struct import_arrival *a, int field)
{
	const char *word = enum_word(&arrival_field_words, field);
	size_t n = strlen(word);
	for (const char *s = strstr(a->taken, word); s; s = strstr(s + 1, word))
		if ((s == a->taken || s[-1] == ' ') && (s[n] == ' ' || !s[n]))
			return true;
	return false;
}

/* What stewards have said stays, unless somebody decided otherwise. */
static void keep_held(const struct import_arrival *a, struct import_changes *l)
{
	size_t n = 0;
	for (size_t i = 0; i < l->n; i++)
		if (!l->items[i].held || is_taken(a, l->items[i].field))
			l->items[n++] = l->items[i];
	l->n = n;
}

static const char *side_json(struct ctx *c, const struct import_changes *l, bool after)
{
	struct record r = { { NULL } };
	for (size_t i = 0; i < l->n; i++)
		r.is[l->items[i].field] = after ? l->items[i].to : l->items[i].from;
	return record_json(c, &r);
}

/* What rows leave behind, put down some hundreds at a time. */
struct trail {
	json_t *keys, *written, *links;
	GHashTable *known;	      /* what the source called the communities of its files before: id */
	struct community_row network; /* that the new places are of; id 0: none */
};
enum { TRAIL = 250 };

struct writing {
	const struct import_run *run;
	const struct import_arrival *a;
	struct trail *trail;
	struct record record, said;
	community_id id;
};

/* What the source calls it, so that its next file finds it again. */
static void keep_key(struct ctx *c, const struct writing *w)
{
	const struct import_arrival *a = w->a;
	const char *said_on = w->record.is[ARRIVAL_FIELD_SAID_ON];
	const char *key = a->key ? a->key : fmt(c, "%s:%lld", w->run->pub.s, (long long)a->line);
	day said = { NONE };
	if (said_on && day_parse(said_on, &said) != OK)
		said.v = NONE;
	json_array_append_new(w->trail->keys, json_pack("[s,I,o]", key, (json_int_t)w->id.v,
							said.v == NONE ? json_null() : json_integer(said.v)));
}

/* A place of the file of a network is of that network, until one of the two says otherwise. */
static void declare_link(const struct writing *w)
{
	pubid pub;
	if (!w->trail->network.id.v)
		return;
	pubid_new(&pub);
	json_array_append_new(w->trail->links, json_pack("[s,I]", pub.s, (json_int_t)w->id.v));
}

static rc find_network(struct ctx *c, const struct import_run *run, struct community_row *out)
{
	*out = (struct community_row){ .id = { 0 } };
	if (run->offered && run->community.v)
		TRY(community_get(c, run->community, out));
	if (!out->is_network)
		out->id.v = 0;
	return OK;
}

/* Those so far: when there are enough of them, or at the end. */
static rc put_trail(struct ctx *c, const struct import_run *run, struct trail *t, bool end)
{
	if (!json_array_size(t->written) || (!end && json_array_size(t->written) < TRAIL))
		return OK;
	TRY(import_keys_put(c, run->label, json_taken(c, json_incref(t->keys)), c->now, NULL));
	TRY(import_rows_written(c, json_taken(c, json_incref(t->written)), c->now, NULL));
	if (json_array_size(t->links))
		TRY(links_declare(c, json_taken(c, json_incref(t->links)), t->network.id, LINK_KIND_MEMBER_OF,
				  run->label, NULL));
	json_array_clear(t->links);
	json_array_clear(t->keys);
	json_array_clear(t->written);
	return OK;
}

static rc write_new(struct ctx *c, struct writing *w)
{
	pubid pub;
	TRY(import_create(c, &w->record, w->a->key, &w->id, &pub));
	TRY(import_fill(c, w->id, &w->record, w->run->label, &w->said));
	keep_key(c, w);
	declare_link(w);
	const char *after = w->trail->network.id.v ? fmt(c, "{\"source\":\"%s\",\"member_of\":\"%s\"}",
							 w->run->label, w->trail->network.pub.s)
						   : fmt(c, "{\"source\":\"%s\"}", w->run->label);
	return community_note(c, pub, "community.import", "community", pub, NULL, after);
}

static rc write_over(struct ctx *c, struct writing *w)
{
	struct import_known known;
	struct import_changes changes;
	TRY(import_known_read(c, w->id, &known));
	import_compare(c, &known, &w->record, &changes);
	keep_held(w->a, &changes);
	if (w->a->outcome == IMPORT_OUTCOME_DOUBLE)
		TRY(import_note_sources(c, w->id, w->run->label, &w->said));
	if (changes.n)
		TRY(import_write(c, w->id, &changes, w->run->label, &w->said));
	if (changes.n || w->a->outcome == IMPORT_OUTCOME_DOUBLE)
		keep_key(c, w);
	if (!changes.n)
		return OK;
	return community_note(c, known.extra.pub, "community.merge", "community", known.extra.pub,
			      side_json(c, &changes, false), side_json(c, &changes, true));
}

static bool is_known(const struct trail *t, const char *key, community_id *out)
{
	gpointer id = g_hash_table_lookup(t->known, key);
	if (id)
		out->v = (int64_t)GPOINTER_TO_SIZE(id);
	return id != NULL;
}

static rc read_known(struct ctx *c, const char *label, struct trail *t)
{
	struct import_key_row_list l;
	TRY(import_keys(c, label, &l));
	for (size_t i = 0; i < l.n; i++)
		g_hash_table_insert(t->known, (gpointer)l.items[i].key,
				    GSIZE_TO_POINTER((gsize)l.items[i].community.v));
	return OK;
}

/* A row that another run has brought meanwhile is that community now. */
static rc write_row(struct ctx *c, const struct import_run *run, const struct import_arrival *a,
		    struct trail *trail)
{
	struct writing w = { .run = run, .a = a, .trail = trail, .id = a->community };
	bool found = false, create = a->decision == IMPORT_DECISION_CREATE;
	record_read(c, a->record, &w.record);
	record_read(c, a->said, &w.said);
	if (create && a->key)
		found = is_known(trail, a->key, &w.id);
	TRY(create && !found ? write_new(c, &w) : write_over(c, &w));
	json_array_append_new(trail->written, json_pack("[I,I]", (json_int_t)a->id.v, (json_int_t)w.id.v));
	return put_trail(c, run, trail, false);
}

static rc write_rows(struct ctx *c, const struct import_run *run, const struct import_arrival_list *rows,
		     struct trail *trail)
{
	TALLOC_CTX *before = c->mem;
	rc code = OK;
	for (size_t i = 0; i < rows->n && code == OK; i++) {
		if (is_asked_to_stop(run->pub))
			return fail(c, E_CONFLICT, "import.was_stopped");
		c->mem = talloc_new(before);
		code = write_row(c, run, &rows->items[i], trail);
		if (code == OK)
			talloc_free(c->mem); /* else it holds why */
		c->mem = before;
	}
	return code == OK ? put_trail(c, run, trail, true) : code;
}

rc import_apply(struct ctx *c, const struct import_run *run)
{
	struct import_arrival_list rows;
	int64_t n;
	TRY(import_arrivals_todo(c, run->id, &rows));
	struct trail trail = { json_array(),
			       json_array(),
			       json_array(),
			       g_hash_table_new(g_str_hash, g_str_equal),
			       { .id = { 0 } } };
	rc code = find_network(c, run, &trail.network);
	if (code == OK)
		code = read_known(c, run->label, &trail);
	if (code == OK)
		code = write_rows(c, run, &rows, &trail);
	g_hash_table_destroy(trail.known);
	json_decref(trail.keys);
	json_decref(trail.written);
	json_decref(trail.links);
	TRY(code);
	TRY(import_run_move(c, run->id, IMPORT_STATE_APPLYING, IMPORT_STATE_DONE, NULL, c->now, &n));
	if (!n)
		return fail(c, E_CONFLICT, "import.was_stopped");
	TRY(offer_tell_done(c, run, c->now));
	return note_run(c, run, "import.apply",
			fmt(c, "{\"source\":\"%s\",\"rows\":%zu}", run->label, rows.n));
}
