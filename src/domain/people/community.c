#include "people/community.h"

#include <glib.h>
#include <string.h>

#include "audit/audit.h"
#include "base/civil.h"
#include "base/fold.h"
#include "base/pubid.h"
#include "base/siren.h"
#include "people/community_sql.h"
#include "people/profile.h"
#include "people/step.h"
#include "platform/json.h"
#include "territory/commune.h"

/* Words that many names share say nothing of one. */
static bool is_small(const char *word)
{
	static const char *const small[] = { "l",  "le",  "la",	 "les", "d",  "de",  "du", "des",
					     "un", "une", "et",	 "a",	"au", "aux", "en", "by",
					     "of", "the", "sur", "je",	"me", "oui" };
	for (size_t i = 0; i < sizeof small / sizeof *small; i++)
		if (strcmp(word, small[i]) == 0)
			return true;
	return false;
}

const char *community_initials(struct ctx *c, const char *name)
{
	const char *folded = fold(c, name), *first = NULL, *second = NULL;
	char **words = g_strsplit(folded, " ", -1);
	for (char **w = words; *w && !second; w++) {
		if (!**w || is_small(*w))
			continue;
		if (!first)
			first = *w;
		else
			second = *w;
	}
	if (!first)
		first = folded;
	char letters[3] = { g_ascii_toupper(first[0]),
			    second ? g_ascii_toupper(second[0]) : g_ascii_toupper(first[0] ? first[1] : 0),
			    0 };
	g_strfreev(words);
	return *letters ? talloc_strdup(c->mem, letters) : "?";
}

rc community_note(struct ctx *c, pubid community, const char *action, const char *object_kind, pubid object,
		  const char *before, const char *after)
{
	struct audit_event e = { community.s, action, object_kind, object, before, after };
	return audit_note(c, &e);
}

static const char *or_null(const char *s)
{
	return s && *s ? s : NULL;
}

/* ---- towns ---- */

const char *commune_typed(struct ctx *c, const char *name, const char *departement)
{
	if (!name)
		return "";
	return departement ? fmt(c, "%s (%s)", name, departement) : name;
}

rc community_communes(struct ctx *c, const char *typed, struct commune_card_list *out)
{
	struct commune_card_list all;
	const char *open = strrchr(typed, '('), *only = open ? open + 1 : NULL;
	size_t len = only ? strcspn(only, ")") : 0;
	char *name = talloc_strndup(c->mem, typed, open ? (size_t)(open - typed) : strlen(typed));
	*out = (struct commune_card_list){ 0 };
	TRY(commune_search(c, name, 40, &all));
	out->items = new_array(c, struct commune_card, all.n + 1);
	for (size_t i = 0; i < all.n && out->n < 12; i++) {
		const struct commune_card *k = &all.items[i];
		if (!only || (strlen(k->departement) == len && strncmp(k->departement, only, len) == 0))
			out->items[out->n++] = *k;
	}
	return OK;
}

/* Sure when it is the only one, or the only one of exactly that name. */
static const struct commune_card *sure(struct ctx *c, const char *typed, const struct commune_card_list *l)
{
	const char *name = fold_place(c, talloc_strndup(c->mem, typed, strcspn(typed, "(")));
	const struct commune_card *found = NULL;
	size_t same_name = 0;
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(fold_place(c, l->items[i].name), name) == 0) {
			found = &l->items[i];
			same_name++;
		}
	if (same_name == 1)
		return found;
	return l->n == 1 ? &l->items[0] : NULL;
}

static rc read_commune(struct ctx *c, const struct community_edit *f, const struct community_facts *before,
		       struct community_facts *out)
{
	struct commune_card_list l;
	struct commune_card k;
	const struct commune_card *found;
	if (!or_null(f->commune) && !or_null(f->insee)) {
		out->insee = NULL;
		/* Of several départements and no town: it stays so. */
		out->departement = before && !before->insee ? before->departement : NULL;
		out->lat_e5 = out->lon_e5 = NONE;
		return OK;
	}
	if (or_null(f->insee)) {
		if (commune_by_insee(c, f->insee, &k) != OK)
			return fail_field(c, "commune", "community.no_commune");
		found = &k;
	} else {
		TRY(community_communes(c, f->commune, &l));
		if (!l.n)
			return fail_field(c, "commune", "community.no_commune");
		found = sure(c, f->commune, &l);
		if (!found)
			return fail_field(c, "commune", "community.which_commune");
	}
	out->insee = found->insee;
	out->departement = found->departement;
	out->lat_e5 = found->lat_e5;
	out->lon_e5 = found->lon_e5;
	return OK;
}

/* ---- numbers ---- */

static const char *digits(struct ctx *c, const char *s)
{
	char *out = talloc_strdup(c->mem, s ? s : ""), *p = out;
	for (const char *q = out; *q; q++)
		if (*q != ' ' && *q != '.' && *q != '-')
			*p++ = *q;
	*p = 0;
	return or_null(out);
}

static rc read_numbers(struct ctx *c, const struct community_edit *f, struct community_facts *out)
{
	out->siren = digits(c, f->siren);
	out->siret = digits(c, f->siret);
	if (out->siren && !siren_ok(out->siren))
		return fail_field(c, "siren", "form.bad_siren");
	if (out->siret && !siret_ok(out->siret))
		return fail_field(c, "siret", "community.bad_siret");
	if (out->siret && out->siren && strncmp(out->siren, out->siret, 9) != 0)
		return fail_field(c, "siret", "community.siret_other");
	return OK;
}

static const char *functions_of(struct ctx *c, const struct community_edit *f)
{
	const bool is[PLACE_FUNCTION_COUNT] = { f->work,       f->inspire, f->share,
						f->experiment, f->spread,  f->innovate };
	const char *s = "";
	for (int i = 0; i < PLACE_FUNCTION_COUNT; i++)
		if (is[i])
			s = fmt(c, "%s%s%s", s, *s ? " " : "", enum_word(&place_function_words, i));
	return s;
}

rc community_read(struct ctx *c, const struct community_edit *f, const struct community_facts *before,
		  struct community_facts *out)
{
	*out = (struct community_facts){
		.name = f->name,
		.folded = fold(c, f->name),
		.initials = community_initials(c, f->name),
		.is_cae = f->is_cae,
		.is_place = f->is_place,
		.is_collective = f->is_collective,
		.is_network = f->is_network,
		.is_public_body = f->is_public_body,
		.is_company = f->is_company,
		.is_other = f->is_other,
		.legal_form = or_null(enum_word(&legal_form_words, f->legal_form)),
		.activities = or_null(f->activities),
		.story = or_null(f->story),
		.address = or_null(f->address),
		.year_started = f->year_started,
		.cg_member = f->cg_member < 0 ? NONE : f->cg_member == YES_NO_YES,
		.website = or_null(f->website),
		.email = or_null(f->email),
		.phone = or_null(f->phone),
		.accessibility = or_null(f->accessibility),
		.access = or_null(f->access),
		.functions = functions_of(c, f),
	};
	if (before && strcmp(before->folded, out->folded) == 0)
		out->initials = before->initials;
	if (!(f->is_cae || f->is_place || f->is_collective || f->is_network || f->is_public_body ||
	      f->is_company || f->is_other))
		return fail_field(c, "is_other", "community.no_kind");
	TRY(read_numbers(c, f, out));
	return read_commune(c, f, before, out);
}

/* ---- writing ---- */

static rc found(struct ctx *c, community_id community, membership_id *out)
{
	unsigned roles = ROLE_MEMBER | ROLE_MANAGER | ROLE_SIGNATORY;
	pubid pub;
	pubid_new(&pub);
	TRY(founder_insert(c, pub, c->actor.person, community, roles, day_at(c->now, NULL), out));
	return history_insert(c, *out, enum_word(&membership_status_words, MEMBERSHIP_STATUS_STAFF), roles,
			      c->now, c->actor.person, NULL);
}

rc community_create(struct ctx *c, const struct community_facts *facts, pubid *out)
{
	struct community_new row = { .name = facts->name,
				     .folded = facts->folded,
				     .initials = facts->initials,
				     .lat_e5 = NONE,
				     .lon_e5 = NONE,
				     .year_started = NONE,
				     .cg_member = NONE,
				     .functions = "",
				     .created_at = c->now };
	const struct community_facts nothing = {
		.lat_e5 = NONE, .lon_e5 = NONE, .year_started = NONE, .cg_member = NONE
	};
	const char *before, *after;
	community_id id;
	membership_id founder;
	pubid_new(&row.pub);
	TRY(community_insert(c, &row, &id));
	TRY(community_facts_set(c, facts, id, NULL));
	TRY(found(c, id, &founder));
	*out = row.pub;
	changes_json(c, &community_facts_shape, &nothing, facts, &before, &after);
	return community_note(c, row.pub, "community.create", "community", row.pub, NULL, after);
}

rc community_change(struct ctx *c, const struct community_row *row, const struct community_facts *facts)
{
	struct community_facts old;
	const char *before, *after;
	TRY(community_facts_of(c, row->id, &old));
	if (!changes_json(c, &community_facts_shape, &old, facts, &before, &after))
		return OK;
	TRY(community_remember(c, row->id, &old, facts));
	TRY(community_facts_set(c, facts, row->id, NULL));
	TRY(profile_note_steward(c, row->id, after));
	return community_note(c, row->pub, "community.edit", "community", row->pub, before, after);
}

rc community_confirm(struct ctx *c, const struct community_row *row)
{
	TRY(community_confirm_page(c, row->id, c->now, NULL));
	return community_note(c, row->pub, "community.confirm", "community", row->pub, NULL, NULL);
}

static const char *figure_json(struct ctx *c, const struct figure_row *r)
{
	struct buf b;
	buf_init(&b, c->mem, 100);
	json_write(&b, &figure_row_shape, r);
	return b.s;
}

rc community_figure(struct ctx *c, const struct community_row *row, const struct figure_edit *f)
{
	struct figure_row old,
		now = { .year = f->year, .kind = f->kind, .value = f->value, .note = or_null(f->note) };
	bool empty = now.value == NONE && !now.note, was;
	TRY(figure_of_year(c, row->id, f->kind, f->year, &old, &was));
	if (f->year != NONE && f->year > ymd_of(day_at(c->now, NULL)).year)
		return fail_field(c, "year", "community.year_future");
	if (!was && empty)
		return fail_field(c, "value", "community.no_figure");
	if (was && !empty && old.value == now.value && g_strcmp0(old.note, now.note) == 0)
		return OK; /* said again: nothing is corrected */
	if (!was)
		TRY(community_figure_insert(c, row->id, f->year, f->kind, now.value, now.note, c->now, NULL));
	else
		TRY(figure_keep(c, old.id, c->now, NULL));
	if (was && empty)
		TRY(figure_delete(c, old.id, NULL));
	else if (was)
		TRY(figure_set(c, old.id, now.value, now.note, c->now, NULL));
	return community_note(c, row->pub, "community.figure", "figure", row->pub,
			      was ? figure_json(c, &old) : NULL, empty ? NULL : figure_json(c, &now));
}
