/* mapping.c - a mapping as it is kept, remembered and found again. */
#include "observatory/mapping.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "audit/audit.h"
#include "base/fold.h"
#include "base/pubid.h"
#include "observatory/mapping_sql.h"
#include "platform/db.h"
#include "platform/i18n.h"

#define KEPT_SECONDS (14 * 86400)

const char *mapping_target_word(int target)
{
	if (target < 0)
		return NULL;
	return target < ARRIVAL_FIELD_COUNT ? enum_word(&arrival_field_words, target)
					    : enum_word(&mapping_also_words, target - ARRIVAL_FIELD_COUNT);
}

int mapping_target_find(const char *word)
{
	int field = enum_find(&arrival_field_words, word), also = enum_find(&mapping_also_words, word);
	return field >= 0 ? field : also >= 0 ? MAPPING_ALSO(also) : MAPPING_NOTHING;
}

const char *mapping_target_label(struct ctx *c, int target)
{
	return target < ARRIVAL_FIELD_COUNT ? i18n_word(c, &arrival_field_words, target)
					    : i18n_word(c, &mapping_also_words, target - ARRIVAL_FIELD_COUNT);
}

/* What is of one place alone never is. */
bool mapping_may_fix(int field)
{
	static const bool own[ARRIVAL_FIELD_COUNT] = {
		[ARRIVAL_FIELD_NAME] = true,
		[ARRIVAL_FIELD_KINDS] = true,
		[ARRIVAL_FIELD_ADDRESS] = true,
		[ARRIVAL_FIELD_COMPLEMENT] = true,
		[ARRIVAL_FIELD_LATITUDE] = true,
		[ARRIVAL_FIELD_LONGITUDE] = true,
		[ARRIVAL_FIELD_SIREN] = true,
		[ARRIVAL_FIELD_SIRET] = true,
		[ARRIVAL_FIELD_RNA] = true,
		[ARRIVAL_FIELD_BAN_KEY] = true,
		[ARRIVAL_FIELD_STORY] = true,
		[ARRIVAL_FIELD_FORMER_SERVICES] = true,
		[ARRIVAL_FIELD_FORMER_PUBLICS] = true,
		[ARRIVAL_FIELD_FORMER_COSTS] = true,
		[ARRIVAL_FIELD_FORMER_PROGRAMMES] = true,
		[ARRIVAL_FIELD_FORMER_SUPPORT] = true,
	};
	return field >= 0 && field < ARRIVAL_FIELD_COUNT && !own[field];
}

/* ---- as JSON ---- */

const char *mapping_json(struct ctx *c, const struct mapping *m)
{
	json_t *all = json_array();
	for (size_t i = 0; i < m->n; i++) {
		const struct mapping_choice *k = &m->columns[i];
		json_t *o = json_pack("{s:s,s:s*,s:s}", "head", k->head, "field",
				      mapping_target_word(k->target), "list",
				      enum_word(&list_mark_words, k->mark));
		if (k->reason >= 0)
			json_object_set_new(o, "reason",
					    json_string(enum_word(&mapping_reason_words, k->reason)));
		json_array_append_new(all, o);
	}
	json_t *fixed = json_array();
	for (size_t i = 0; i < m->n_fixed; i++)
		json_array_append_new(fixed,
				      json_pack("{s:s,s:s}", "field", mapping_target_word(m->fixed[i].field),
						"value", m->fixed[i].value));
	json_t *o = json_pack("{s:I,s:I,s:s,s:o,s:o}", "sheet", (json_int_t)m->sheet, "head",
			      (json_int_t)m->head, "kind", enum_word(&community_kind_words, m->kind),
			      "columns", all, "fixed", fixed);
	char *text = json_dumps(o, JSON_COMPACT);
	const char *out = talloc_strdup(c->mem, text);
	free(text);
	json_decref(o);
	return out;
}

static int word_at(const struct enumeration *e, const json_t *o, const char *name, int otherwise)
{
	const char *s = json_string_value(json_object_get(o, name));
	int i = s ? enum_find(e, s) : -1;
	return i < 0 ? otherwise : i;
}

static void read_fixed(struct ctx *c, const json_t *all, struct mapping *out)
{
	size_t i;
	json_t *k;
	json_array_foreach(all, i, k)
	{
		const char *field = json_string_value(json_object_get(k, "field"));
		const char *value = json_string_value(json_object_get(k, "value"));
		int target = field ? mapping_target_find(field) : MAPPING_NOTHING;
		if (value && mapping_may_fix(target) && out->n_fixed < MAPPING_FIXED)
			out->fixed[out->n_fixed++] = (struct mapping_fixed){ target,
									     talloc_strdup(c->mem, value) };
	}
}

rc mapping_read(struct ctx *c, const char *json, struct mapping *out)
{
	json_t *o = json ? json_loads(json, 0, NULL) : NULL, *all = json_object_get(o, "columns"), *k;
	size_t i;
	*out = (struct mapping){ .sheet = (size_t)json_integer_value(json_object_get(o, "sheet")),
				 .head = (size_t)json_integer_value(json_object_get(o, "head")),
				 .kind = word_at(&community_kind_words, o, "kind", COMMUNITY_KIND_PLACE),
				 .columns = new_array(c, struct mapping_choice, json_array_size(all) + 1) };
	json_array_foreach(all, i, k)
	{
		const char *head = json_string_value(json_object_get(k, "head"));
		const char *field = json_string_value(json_object_get(k, "field"));
		out->columns[out->n++] = (struct mapping_choice){
			.head = talloc_strdup(c->mem, head ? head : ""),
			.target = field ? mapping_target_find(field) : MAPPING_NOTHING,
			.mark = word_at(&list_mark_words, k, "list", LIST_MARK_NONE),
			.reason = word_at(&mapping_reason_words, k, "reason", -1),
		};
	}
	read_fixed(c, json_object_get(o, "fixed"), out);
	bool right = json_is_array(all);
	json_decref(o);
	return right ? OK : fail(c, E_INVALID, "mapping.bad_plan");
}

/* ---- found again ---- */

/* The first free column of that head: two may have the same. */
static const struct mapping_choice *take(struct ctx *c, const struct mapping *known, bool *taken,
					 const char *head)
{
	const char *folded = fold(c, head);
	for (size_t i = 0; i < known->n; i++)
		if (!taken[i] && strcmp(fold(c, known->columns[i].head), folded) == 0) {
			taken[i] = true;
			return &known->columns[i];
		}
	return NULL;
}

void mapping_fit(struct ctx *c, const struct mapping *known, const struct spreadsheet *book,
		 struct mapping_fitted *out)
{
	size_t sheet = known->sheet < book->n ? known->sheet : 0;
	const struct spreadsheet_sheet *s = &book->sheets[sheet];
	size_t head = spreadsheet_head(s), n = spreadsheet_width(s);
	bool *taken = new_array(c, bool, known->n + 1);
	*out = (struct mapping_fitted){
		.mapping = { .sheet = sheet,
			     .head = head,
			     .kind = known->kind,
			     .columns = new_array(c, struct mapping_choice, n + 1),
			     .n = n },
		.is_new = new_array(c, bool, n + 1),
		.gone = new_array(c, const char *, known->n + 1),
	};
	memcpy(out->mapping.fixed, known->fixed, sizeof known->fixed);
	out->mapping.n_fixed = known->n_fixed;
	for (size_t i = 0; i < n; i++) {
		const char *title = csv_cell(&s->rows[head], (int)i);
		const struct mapping_choice *k = take(c, known, taken, title);
		out->is_new[i] = !k;
		out->mapping.columns[i] = (struct mapping_choice){ title, MAPPING_NOTHING, LIST_MARK_NONE,
								   -1 };
		if (k)
			out->mapping.columns[i] = (struct mapping_choice){
				title, k->target, k->mark, k->target < 0 ? -1 : MAPPING_REASON_REMEMBERED
			};
	}
	for (size_t i = 0; i < known->n; i++)
		if (!taken[i] && known->columns[i].target >= 0)
			out->gone[out->n_gone++] = known->columns[i].head;
}

/* ---- handing over ---- */

static size_t heads_known(const struct mapping *m)
{
	size_t n = 0;
	for (size_t i = 0; i < m->n; i++)
		n += m->columns[i].target >= 0 && m->columns[i].reason == MAPPING_REASON_HEAD;
	return n;
}

/* The sheet of whose heads most are known: what comes first may be a word to the reader. */
static rc guess_sheet(struct ctx *c, const struct spreadsheet *book, struct mapping *out)
{
	TRY(mapping_guess(c, book, 0, spreadsheet_head(&book->sheets[0]), out));
	for (size_t i = 1; i < book->n; i++) {
		struct mapping m;
		if (!book->sheets[i].n)
			continue;
		TRY(mapping_guess(c, book, i, spreadsheet_head(&book->sheets[i]), &m));
		if (heads_known(&m) > heads_known(out))
			*out = m;
	}
	return OK;
}

static rc plan_for(struct ctx *c, const char *label, const struct spreadsheet *book, struct mapping *out)
{
	struct mapping known;
	struct mapping_fitted fitted;
	struct mapping_row row;
	bool found;
	TRY(import_mapping_of(c, label, &row, &found));
	if (!found)
		return guess_sheet(c, book, out);
	TRY(mapping_read(c, row.plan, &known));
	mapping_fit(c, &known, book, &fitted);
	*out = fitted.mapping;
	return OK;
}

rc mapping_start(struct ctx *c, const struct import_start *s, const struct spreadsheet *book, pubid *out)
{
	struct mapping m;
	if (!import_label_ok(s->label))
		return fail_field(c, "source", "import.bad_label");
	TRY(import_sheets_prune(c, (instant){ c->now.v - KEPT_SECONDS }, NULL));
	TRY(plan_for(c, s->label, book, &m));
	pubid_new(out);
	return import_sheet_insert(c, *out, s->label, s->licence, s->file, mapping_json(c, &m),
				   c->actor.person, c->actor.community, s->offered, c->now, NULL);
}

static bool says_name(const struct mapping *m)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->columns[i].target == ARRIVAL_FIELD_NAME)
			return true;
	return false;
}

rc mapping_import(struct ctx *c, const struct import_sheet_row *sheet, const struct mapping *m, pubid *run)
{
	const struct import_start s = { .label = sheet->label,
					.licence = sheet->licence,
					.plan = mapping_json(c, m),
					.format = IMPORT_FORMAT_SHEET,
					.file = sheet->kept,
					.person = sheet->person,
					.community = sheet->community,
					.offered = sheet->offered };
	struct audit_event e = { .chain = "server",
				 .action = "import.mapping",
				 .object_kind = "import_mapping",
				 .after = s.plan };
	if (!says_name(m))
		return fail(c, E_INVALID, "mapping.no_name");
	TRY(import_run_start(c, &s, run));
	TRY(import_mapping_save(c, sheet->label, s.plan, c->actor.person, c->now, NULL));
	TRY(audit_note(c, &e));
	return import_sheet_drop(c, sheet->id, NULL);
}

rc mapping_plan_of(struct ctx *c, const char *label, const struct spreadsheet *book, const char **plan)
{
	struct mapping known;
	struct mapping_fitted fitted;
	struct mapping_row row;
	const char *heads = "";
	bool found;
	TRY(import_mapping_of(c, label, &row, &found));
	if (!found)
		return fail_with(c, E_NOT_FOUND, "mapping.unknown", "name", label, NULL);
	TRY(mapping_read(c, row.plan, &known));
	mapping_fit(c, &known, book, &fitted);
	for (size_t i = 0; i < fitted.n_gone; i++)
		heads = fmt(c, "%s%s%s", heads, i ? ", " : "", fitted.gone[i]);
	if (fitted.n_gone)
		return fail_with(c, E_CONFLICT, "mapping.heads_gone", "heads", heads, NULL);
	*plan = mapping_json(c, &fitted.mapping);
	return OK;
}
