/* demo_agreements.c - conventions of other kinds beside the programme: rooms that three
 * places lend each other, proposed and not signed by all yet; the programme of next year,
 * which its network is still writing. */
#include "app/demo_parts.h"
#include "app/demo_programme_shape.h"
#include "app/demo_programme_sql.h"
#include "base/civil.h"
#include "bridges/terms.h"
#include "platform/db.h"

#define DAY_SECONDS 86400

static const char rooms_text[] =
	"# Des salles entre voisins\n\n"
	"Une réunion à cinquante kilomètres de chez soi se tient chez un autre lieu signataire, sans facture. Chacun "
	"accueille les équipes et les résident·es des autres dans ses salles, et envoie les siens chez eux.\n\n"
	"Un jour de salle vaut **un crédit**. Les crédits se compensent entre les lieux ; un atelier animé chez "
	"l’autre en rend deux par demi-journée. Rien ne se paie en euros.\n\n"
	"Une salle réservée s’annule jusqu’à la veille à la même heure. Plus tard, ou sans venir, elle compte.";
static const char rooms_charter[] =
	"Je rends la salle comme je l’ai trouvée, chaises comprises. Je préviens l’accueil si nous finissons plus "
	"tard. J’annule la veille au plus tard.";
static const char next_text[] =
	"# CAP Tiers-lieux, l’année prochaine\n\n"
	"Brouillon pour la réunion du réseau : quinze jours par personne au lieu de douze, et les salles comprises. "
	"Le reste ne change pas.";

static day month_after(day d, int months)
{
	struct ymd y = ymd_of(d);
	return month_add(day_of(y.year, y.month, 1), months);
}

static rc add_party(struct ctx *c, struct demo *d, convention_id convention, version_id version,
		    int community, bool has_signed)
{
	party_id id;
	struct demo_party p = {
		.pub = demo_pub(d),
		.convention = convention,
		.community = d->communities[community],
		.side = PARTY_SIDE_BOTH,
		.state = has_signed ? PARTY_STATE_ACTIVE : PARTY_STATE_INVITED,
		.version = has_signed ? version : (version_id){ 0 },
		.invited_at = { d->now.v - 6 * DAY_SECONDS },
		.answered_at = { has_signed ? d->now.v - 4 * DAY_SECONDS : NONE },
		.leaves_on = { NONE },
		.insurance_kind = "Responsabilité civile",
		.insurer = has_signed ? "Mutuelle des Quatre Vents (fictive)" : NULL,
		.insured_until = { has_signed ? d->today.v + 300 : NONE },
	};
	TRY(demo_party_insert(c, &p, &id));
	return has_signed ? demo_signature_insert(c, demo_pub(d), id, version, d->terms, d->staff[community],
						  d->staff_membership[community], p.answered_at, NULL)
			  : OK;
}

static rc add_rooms(struct ctx *c, struct demo *d)
{
	convention_id convention;
	version_id version;
	grant_id grant;
	day from = month_after(d->today, 1);
	struct demo_convention k = { .name = "Salles entre voisins",
				     .kind = CONVENTION_KIND_AGREEMENT,
				     .state = CONVENTION_STATE_OPEN,
				     .from_day = from,
				     .to_day = { month_add(from, 12).v - 1 },
				     .at = { d->now.v - 8 * DAY_SECONDS } };
	TRY(demo_convention_open(c, d, C_MINOTERIE, &k, &convention));
	struct demo_version v = { .pub = demo_pub(d),
				  .convention = convention,
				  .text = rooms_text,
				  .charter = rooms_charter,
				  .credit_per_day = { 1000 },
				  .workshop_credit = { 2000 },
				  .due_days = 180,
				  .credit_limit = { 12000 },
				  .proposed_at = { d->now.v - 6 * DAY_SECONDS },
				  .in_force = from };
	TRY(demo_version_insert(c, &v, &version));
	struct demo_grant g = { demo_pub(d),
				version,
				0,
				"Salles, à l’heure",
				"staff resident volunteer",
				"room kitchen",
				GRANT_MEASURE_DURATION,
				{ NONE },
				{ 12000 },
				from,
				k.to_day };
	TRY(demo_grant_insert(c, &g, &grant));
	TRY(demo_fix_version(c, d, convention));
	TRY(add_party(c, d, convention, version, C_MINOTERIE, true));
	TRY(add_party(c, d, convention, version, C_PREAU, true));
	return add_party(c, d, convention, version, C_NOYER, false);
}

static rc add_next_year(struct ctx *c, struct demo *d)
{
	convention_id convention;
	version_id version;
	grant_id grant;
	day from = { d->to.v + 1 };
	struct demo_convention k = { .name = fmt(c, "CAP Tiers-lieux %d", ymd_of(from).year),
				     .kind = CONVENTION_KIND_PROGRAMME,
				     .state = CONVENTION_STATE_DRAFT,
				     .from_day = from,
				     .to_day = { month_add(from, 12).v - 1 },
				     .open_to_join = true,
				     .at = { d->now.v - 2 * DAY_SECONDS } };
	TRY(demo_convention_open(c, d, C_TOILE, &k, &convention));
	struct demo_version v = { .pub = demo_pub(d),
				  .convention = convention,
				  .text = next_text,
				  .charter = rooms_charter,
				  .credit_per_day = { 1000 },
				  .workshop_credit = { 4000 },
				  .due_days = 60,
				  .credit_limit = { 44000 },
				  .contribution = { 5000 },
				  .contribution_payee = d->communities[C_TOILE],
				  .proposed_at = { NONE },
				  .in_force = from };
	TRY(demo_version_insert(c, &v, &version));
	struct demo_grant g = { demo_pub(d),
				version,
				0,
				"Jours d’accès",
				"cape cesa associate",
				"desks room kitchen",
				GRANT_MEASURE_DAY,
				{ 15000 },
				{ 180000 },
				from,
				k.to_day };
	return demo_grant_insert(c, &g, &grant);
}

static rc fill(struct ctx *c, void *arg)
{
	TRY(add_rooms(c, arg));
	return add_next_year(c, arg);
}

rc demo_agreements(struct ctx *c, struct demo *d)
{
	return db_write(c, fill, d);
}
