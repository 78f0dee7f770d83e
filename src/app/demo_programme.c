/* demo_programme.c - "CAP Tiers-lieux": the places of a network lend days to
 * the people of cooperatives, who give back in credits. */
#include <string.h>

#include "app/demo_parts.h"
#include "app/demo_programme_shape.h"
#include "app/demo_programme_sql.h"
#include "audit/chain.h"
#include "base/civil.h"
#include "bridges/terms.h"
#include "bridges/terms_sql.h"
#include "platform/db.h"

static const char text[] =
	"# CAP Tiers-lieux\n\n"
	"Les lieux signataires ouvrent leurs bureaux, leurs salles et leurs ateliers aux entrepreneurs des "
	"coopératives signataires : douze jours par personne et par an.\n\n"
	"Un jour s’annule jusqu’à la veille à la même heure ; annulé plus tard, ou réservé sans venir, il compte. La "
	"personne en est prévenue et peut contester.\n\n"
	"Chaque jour utilisé vaut **un crédit** dû au lieu par la coopérative. Elle le rend par des ateliers animés "
	"dans le lieu : quatre crédits par demi-journée. Aucun crédit ne se paie en euros.\n\n"
	"Chaque partie verse une contribution annuelle de 50 € aux frais communs du réseau.\n";
static const char charter[] =
	"J’arrive à l’accueil et je me présente. Je range mon poste en partant. Je n’utilise une machine qu’après y "
	"avoir été formé. Je préviens la veille quand je ne viens pas : un jour réservé et non annulé compte.\n";

/* The version as it is signed: its hash covers its grants, so it comes last. */
rc demo_fix_version(struct ctx *c, struct demo *d, convention_id convention)
{
	struct version_row v;
	TRY(version_last(c, convention, &v));
	TRY(terms_hash(c, &v, &d->terms));
	return demo_version_fix(c, v.id, d->terms, NULL);
}

static rc add_grants(struct ctx *c, struct demo *d, version_id version)
{
	grant_id id;
	struct demo_grant desks = { demo_pub(d),
				    version,
				    0,
				    "Jours d’accès",
				    "cape cesa associate",
				    "desks room kitchen",
				    GRANT_MEASURE_DAY,
				    { 12000 },
				    { 150000 },
				    d->from,
				    d->to };
	struct demo_grant shops = { demo_pub(d),
				    version,
				    1,
				    "Demi-journées d’atelier",
				    "cape cesa associate",
				    "workshop machine",
				    GRANT_MEASURE_HALF_DAY,
				    { 6000 },
				    { NONE },
				    d->from,
				    d->to };
	TRY(demo_grant_insert(c, &desks, &id));
	return demo_grant_insert(c, &shops, &id);
}

/* A convention of a community, with its chain; what is 0 in k is filled. */
rc demo_convention_open(struct ctx *c, struct demo *d, int runner, struct demo_convention *k,
			convention_id *out)
{
	k->pub = demo_pub(d);
	k->runner = d->communities[runner];
	k->by = d->staff[runner];
	TRY(chain_of(c, CHAIN_KIND_LEDGER, k->pub.s, &k->chain));
	return demo_convention_insert(c, k, out);
}

static rc add_version(struct ctx *c, struct demo *d, convention_id convention, version_id *out)
{
	struct demo_version v = {
		.pub = demo_pub(d),
		.convention = convention,
		.text = text,
		.charter = charter,
		.credit_per_day = { 1000 },
		.workshop_credit = { 4000 },
		.due_days = 60,
		.credit_limit = { 44000 },
		.contribution = { 5000 },
		.contribution_payee = d->communities[C_TOILE],
		.proposed_at = d->then,
		.in_force = d->from,
	};
	return demo_version_insert(c, &v, out);
}

static int state_of(int community)
{
	switch (community) {
	case C_GENETS: return PARTY_STATE_INVITED;
	case C_RESINE: return PARTY_STATE_SUSPENDED;
	case C_SARMENTS: return PARTY_STATE_LEAVING;
	default: return PARTY_STATE_ACTIVE;
	}
}

static const char why_suspended[] = "À la demande de la coopérative, le temps de sa réorganisation.";

static rc add_party(struct ctx *c, struct demo *d, convention_id convention, version_id version,
		    int community)
{
	int state = state_of(community);
	bool signed_it = state != PARTY_STATE_INVITED;
	party_id id;
	struct demo_party p = {
		.pub = demo_pub(d),
		.convention = convention,
		.community = d->communities[community],
		.side = d->kinds[community] == COMMUNITY_KIND_PLACE ? PARTY_SIDE_HOST : PARTY_SIDE_SENDER,
		.state = state,
		.version = signed_it ? version : (version_id){ 0 },
		.invited_at = d->then,
		.answered_at = { signed_it ? d->then.v + 86400 * (1 + demo_dice(d, 20)) : NONE },
		.leaves_on = { state == PARTY_STATE_LEAVING ? d->today.v + 30 : NONE },
		.insurance_kind = "Responsabilité civile",
		.insurer = "Mutuelle des Quatre Vents (fictive)",
		.suspended_why = state == PARTY_STATE_SUSPENDED ? why_suspended : NULL,
		.insured_until = { community == C_BOBINE ? d->today.v + 12 : d->to.v },
	};
	TRY(demo_party_insert(c, &p, &id));
	if (!signed_it)
		return OK;
	TRY(demo_signature_insert(c, demo_pub(d), id, version, d->terms, d->staff[community],
				  d->staff_membership[community], p.answered_at, NULL));
	day paid = { demo_dice(d, 4) == 0 ? NONE : d->then_day.v + 30 + demo_dice(d, 60) };
	return demo_contribution_insert(c, demo_pub(d), id, (money){ 5000 }, d->then_day, paid,
					is_none(paid) ? (person_id){ 0 } : d->persons[P_LUCIE], NULL);
}

static rc add_charters(struct ctx *c, struct demo *d, version_id version)
{
	hash h = hash_sha256(charter, strlen(charter));
	for (size_t i = 0; i < d->n_guests; i++) {
		const struct guest *g = &d->guests[i];
		if (d->kinds[g->community] != COMMUNITY_KIND_CAE || g->no_charter ||
		    state_of(g->community) == PARTY_STATE_INVITED)
			continue;
		instant at = { d->then.v + 86400 * (21 + demo_dice(d, 60)) };
		TRY(demo_charter_insert(c, demo_pub(d), version, g->person, g->membership, h, at, NULL));
	}
	return OK;
}

/* People live around the place where they work; many of Coop’Amande by another, which they have not found yet. */
static rc add_homes(struct ctx *c, const struct demo *d)
{
	for (int i = 0; i < N_COMMUNITIES; i++)
		if (d->kinds[i] == COMMUNITY_KIND_CAE)
			TRY(demo_homes(c, d->communities[i],
				       d->communities[i == C_AMANDE ? C_ECLUSE : demo_place_near(i)], NULL));
	return OK;
}

static rc fill(struct ctx *c, void *arg)
{
	struct demo *d = arg;
	convention_id convention;
	version_id version;
	struct demo_convention k = { .name = fmt(c, "CAP Tiers-lieux %d", ymd_of(d->from).year),
				     .kind = CONVENTION_KIND_PROGRAMME,
				     .state = CONVENTION_STATE_OPEN,
				     .from_day = d->from,
				     .to_day = d->to,
				     .open_to_join = true,
				     .at = d->then };
	TRY(demo_convention_open(c, d, C_TOILE, &k, &convention));
	d->convention = k.pub;
	TRY(add_version(c, d, convention, &version));
	TRY(add_grants(c, d, version));
	TRY(demo_fix_version(c, d, convention));
	for (int i = 0; i < N_COMMUNITIES; i++)
		if ((d->kinds[i] == COMMUNITY_KIND_PLACE || d->kinds[i] == COMMUNITY_KIND_CAE) &&
		    i != C_ENCLUME)
			TRY(add_party(c, d, convention, version, i));
	TRY(add_homes(c, d));
	return add_charters(c, d, version);
}

rc demo_programme(struct ctx *c, struct demo *d)
{
	return db_write(c, fill, d);
}

rc demo_past_programme(struct ctx *c, struct demo *d, struct demo_programme_facts *f, version_id *version)
{
	struct demo_convention k = { .name = f->name,
				     .kind = CONVENTION_KIND_PROGRAMME,
				     .state = CONVENTION_STATE_ENDED,
				     .from_day = f->from,
				     .to_day = f->to,
				     .open_to_join = true,
				     .at = d->then };
	TRY(demo_convention_open(c, d, C_TOILE, &k, &f->convention));
	return add_version(c, d, f->convention, version);
}
