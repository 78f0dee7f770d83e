/* demo_leftovers.c - what bookings leave behind: presences that people say
 * are wrong, the host's chores, an incident; and a table that waits. */
#include "app/demo_leftovers_sql.h"
#include "app/demo_parts.h"
#include "base/civil.h"
#include "observatory/mapping.h"
#include "platform/db.h"

static rc contests(struct ctx *c, struct demo *d)
{
	static const struct {
		const char *reason, *answer, *state;
	} all[] = {
		{ "J’étais là de 9 h à midi, Awa m’a ouvert.", NULL, "open" },
		{ "J’avais prévenu la veille par téléphone.",
		  "L’appel est noté au cahier : l’absence reste, le délai était passé.", "rejected" },
		{ "Je suis venu, mais je n’ai pas badgé.", NULL, "open" },
	};
	struct demo_absences_row_list l;
	TRY(demo_absences(c, (day){ d->today.v - 20 }, &l));
	for (size_t i = 0; i < l.n && i < sizeof all / sizeof *all; i++) {
		instant at = { d->now.v - 86400 * (2 + (int64_t)i) },
			answered = { all[i].answer ? at.v + 40000 : NONE };
		TRY(demo_contest_insert(c, demo_pub(d), l.items[i].id, l.items[i].person, all[i].reason,
					all[i].state, all[i].answer, at, answered, NULL));
	}
	return OK;
}

static rc chores(struct ctx *c, struct demo *d)
{
	static const struct {
		int at;
		const char *what;
		bool done;
	} all[] = {
		{ 525, "Ouvrir les volets de la grande verrière", true },
		{ 540, "Lancer le café, vérifier le lait", true },
		{ 780, "Changer la cartouche de l’imprimante", false },
		{ 840, "Préparer la salle du Clain : 8 chaises, vidéoprojecteur", false },
		{ 1110, "Sortir les bacs jaunes", false },
		{ 1140, "Aspirateur de l’atelier bois en marche arrière, puis coupure", false },
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		TRY(demo_chore_insert(c, demo_pub(d), d->communities[C_NOYER], d->today,
				      (minute){ all[i].at }, all[i].what,
				      (instant){ all[i].done ? demo_at(d->today, 0, all[i].at + 4).v : NONE },
				      all[i].done ? d->persons[P_AWA] : (person_id){ 0 }, NULL));
	return OK;
}

/* A neighbour's table, whose columns the operator has not looked at yet. */
static rc table(struct ctx *c)
{
	static const char text[] =
		"Tiers-lieux du Seuil du Poitou ;;;;;;\n"
		"Nom du lieu;Type;Adresse;CP;Commune;Coordonnées GPS;Mail;Ouvert depuis\n"
		"La Halle aux Idées;coworking, fablab;4 place du Marché;86300;Chauvigny;46.5696, "
		"0.6497;bonjour@halle-idees.example;2021-09-01\n"
		"Le Four banal;café associatif;rue du Four;86800;Saint-Julien-l’Ars;46.5531, "
		"0.5028;four(at)banal.example;2019-04-12\n"
		"L’Atelier des Lavandières;laboratoire textile;le bourg;86370;Vivonne;46.4264, 0.2628;;2023-01-16\n"
		";fablab;zone de la Naue;86360;Chasseneuil-du-Poitou;;;\n";
	struct spreadsheet book;
	octets kept;
	pubid pub;
	TRY(spreadsheet_read(c, (octets){ text, sizeof text - 1 }, &book, &kept));
	const struct import_start s = { .label = "Seuil du Poitou",
					.licence = "Licence Ouverte 2.0",
					.file = kept };
	return mapping_start(c, &s, &book, &pub);
}

static rc leave(struct ctx *c, void *arg)
{
	struct demo *d = arg;
	TRY(contests(c, d));
	TRY(chores(c, d));
	TRY(table(c));
	TRY(demo_incident_insert(c, demo_pub(d), d->communities[C_NOYER],
				 "Un plateau de table ébréché dans l’atelier bois, personne n’est blessé.",
				 (instant){ d->now.v - 3 * 86400 }, d->persons[P_AWA], NULL));
	return demo_mail_forget(c, NULL);
}

rc demo_leftovers(struct ctx *c, struct demo *d)
{
	return db_write(c, leave, d);
}
