/* demo_import.c - a file that the operator took in: three new places, and one
 * that looks like a place that is here and waits to be decided. */
#include "app/demo_import_sql.h"
#include "app/demo_parts.h"
#include "observatory/import_run.h"
#include "platform/db.h"

static const char file[] =
	"id;nom;commune;code_postal;code_insee;adresse;typologie;telephone;courriels;site_web;horaires;presentation_resume;"
	"source;date_maj;services;publics_specifiquement_adresses;frais_a_charge;modalites_accompagnement\n"
	"clain-01;La Teinturerie des Cordeliers;Poitiers;86000;86194;place des Cordeliers;TIERS_LIEUX;05 49 00 00 01;"
	"bonjour@teinturerie.example;https://teinturerie.example;Mo-Fr 09:00-18:00;Bureaux partagés et ateliers du soir;"
	"Inventaire du Clain;2026-03-02;Aide aux démarches administratives|Accès internet et matériel informatique;"
	"Jeunes|Seniors;Gratuit;En autonomie|Dans un atelier collectif\n"
	"clain-02;Le Garage aux vélos;Saint-Benoît;86280;86214;rue du Pont;TIERS_LIEUX|RESSOURCERIE;05 49 00 00 02;"
	"velos@garage.example;;We-Sa 14:00-18:00;Atelier de réparation ouvert à tout le monde;Inventaire du Clain;2026-02-14;"
	"Acquisition de matériel informatique à prix solidaire;;Gratuit sous condition;Dans un atelier collectif\n"
	"clain-03;La Petite Imprimerie;Lusignan;86600;86139;Grand’Rue;TIERS_LIEUX|FABLAB;;presse@imprimerie.example;"
	"https://imprimerie.example;Tu-Sa 10:00-12:30,14:00-18:00;Presses, plotter et machine à coudre;Inventaire du Clain;"
	"2025-11-20;Loisirs et créations numériques;;Payant;Accompagnement individuel\n"
	"clain-04;Tiers-lieu Usines du Noyer;Ligugé;86240;86133;route de la Filature;TIERS_LIEUX|FABLAB;05 49 00 00 04;"
	"contact@noyer.example;;Mo-Sa 09:00-19:00;Une ancienne fabrique rouverte;Inventaire du Clain;2024-06-01;"
	"Accès internet et matériel informatique;;;\n";

static rc take_in(struct ctx *c, void *arg)
{
	struct import_told told;
	const struct import_start s = { .label = "Inventaire du Clain",
					.licence = "Licence Ouverte 2.0",
					.filename = "inventaire-clain.csv",
					.format = IMPORT_FORMAT_NATIONAL,
					.file = { file, sizeof file - 1 } };
	(void)arg;
	TRY(import_whole(c, &s, false, &told));
	return demo_import_mark(c, NULL);
}

rc demo_import(struct ctx *c, struct demo *d)
{
	struct actor before = c->actor;
	instant at = c->now;
	c->now = (instant){ d->now.v - 2 * 86400 };
	c->actor = (struct actor){ .person = d->persons[P_CAMILLE], .is_operator = true };
	rc code = db_write(c, take_in, d);
	c->actor = before;
	c->now = at;
	return code;
}
