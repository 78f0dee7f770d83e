/* demo_workshops.c - workshops held and announced: seats taken, a waiting
 * list, some who withdraw; attendance closed by the host. */
#include "app/demo_parts.h"
#include "app/demo_workshops_sql.h"
#include "base/civil.h"
#include "workshops/enrolment_sql.h"
#include "workshops/workshop.h"

struct one {
	const char *title, *story, *trainer;
	int organiser, place, space, offset, from, to, seats, price, trainer_kind;
	day on;
	workshop_id id; /* once it is announced */
};

static const struct one all[] = {
#define WORKSHOP(organiser, place, space, offset, from, to, seats, price, trainer, kind, title, story) \
	{ title, story, trainer, C_##organiser, C_##place,	     space, offset,                    \
	  from,	 to,	seats,	 price,		TRAINER_KIND_##kind, { 0 }, { 0 } },
#include "app/demo_workshops.def"
#undef WORKSHOP
};

struct seat {
	struct one *workshop;
	const struct guest *guest;
};

static rc announce(struct ctx *c, struct demo *d, void *thing)
{
	struct one *w = thing;
	struct workshop_row row;
	demo_as_staff(c, d, w->organiser);
	struct workshop_new f = {
		.place = d->pubs[w->place],
		.space = d->sites[w->place].spaces.items[w->space].pub,
		.title = w->title,
		.story = w->story,
		.trainer = w->trainer,
		.trainer_kind = w->trainer_kind,
		.day = w->on,
		.from = { w->from },
		.to = { w->to },
		.capacity = w->seats,
		.price = { w->price },
		.is_public = true,
		.convention = d->kinds[w->organiser] == COMMUNITY_KIND_CAE ? d->convention.s : "",
	};
	rc code = workshop_announce(c, &f, &row);
	if (code == OK)
		w->id = row.id;
	return demo_unless_refused(code);
}

static rc enrol(struct ctx *c, struct demo *d, void *thing)
{
	const struct seat *s = thing;
	int status;
	demo_as_guest(c, d, s->guest);
	return s->workshop->id.v ? demo_unless_refused(workshop_enrol(c, s->workshop->id, &status)) : OK;
}

static rc withdraw(struct ctx *c, struct demo *d, void *thing)
{
	const struct seat *s = thing;
	demo_as_guest(c, d, s->guest);
	return s->workshop->id.v ? demo_unless_refused(workshop_withdraw(c, s->workshop->id)) : OK;
}

/* The host says who came: nearly all; then nothing moves any more. */
static rc close_it(struct ctx *c, struct demo *d, void *thing)
{
	const struct one *w = thing;
	struct demo_enrolled_row_list l;
	if (!w->id.v)
		return OK;
	demo_as_staff(c, d, w->place);
	TRY(workshops_hold(c));
	TRY(demo_enrolled(c, w->id, &l));
	for (size_t i = 0; i < l.n; i++) {
		struct enrolment_row e;
		bool found;
		TRY(enrolment_by_pub(c, l.items[i].pub, &e, &found));
		if (found && demo_dice(d, 7))
			TRY(enrolment_mark_as(c, &e, ENROLMENT_STATUS_PRESENT));
	}
	return demo_unless_refused(workshop_close(c, w->id));
}

/* More ask than there are seats; one of eight thinks again. */
static void plan_seats(struct demo *d, struct one *w)
{
	int64_t n = w->seats * (60 + demo_dice(d, 70)) / 100 + 1;
	size_t first = (size_t)demo_dice(d, (int64_t)d->n_guests);
	for (int64_t i = 0; i < n; i++) {
		struct seat *s = talloc(d->mem, struct seat);
		*s = (struct seat){ w, &d->guests[(first + (size_t)i * 7) % d->n_guests] };
		int64_t before = 1 + demo_dice(d, 14);
		if (w->on.v - before > d->today.v)
			before = w->on.v - d->today.v + demo_dice(d, 3);
		demo_when(d,
			  demo_at((day){ w->on.v - before }, 8 + (int)demo_dice(d, 2), (int)demo_dice(d, 60)),
			  enrol, s);
		if (demo_dice(d, 8) == 0)
			demo_when(d, demo_at((day){ w->on.v - 1 }, 15, (int)demo_dice(d, 60)), withdraw, s);
	}
}

/* What cooperatives give back near home, every other week. */
static const struct {
	int organiser, place, space;
} given_back[] = { { C_AMANDE, C_GABARES, 1 },	 { C_COQUELICOT, C_RABOTS, 0 }, { C_TUFFEAU, C_NOYER, 1 },
		   { C_SARMENTS, C_SECHOIR, 0 }, { C_CARDAMINE, C_NOYER, 1 },	{ C_BASALTE, C_BOBINE, 0 } };
static const struct {
	const char *title, *story;
} themes[] = {
	{ "Fixer ses prix sans se brader", "On compte son temps, puis on regarde autour." },
	{ "Répondre à plusieurs à un appel d’offres", "Qui signe, qui facture, qui répond de quoi." },
	{ "Trouver ses premiers clients", "Trois pistes chacun, travaillées à deux." },
	{ "Tenir son agenda sans s’épuiser", "Ce que l’on refuse, ce que l’on garde." },
	{ "Présenter son travail en images", "Choisir, légender, montrer." },
	{ "Lire son compte de résultat", "Chacun apporte le sien." },
};

static void plan_given_back(struct demo *d, size_t which, int theme)
{
	struct one *w = talloc(d->mem, struct one);
	*w = (struct one){ .title = themes[theme].title,
			   .story = themes[theme].story,
			   .trainer = "L’équipe d’appui",
			   .organiser = given_back[which].organiser,
			   .place = given_back[which].place,
			   .space = given_back[which].space,
			   .from = 540,
			   .to = 720,
			   .seats = 6,
			   .trainer_kind = TRAINER_KIND_STAFF,
			   .on = { d->today.v - 80 + 14 * theme + 2 * (int64_t)which } };
	while (weekday_of(w->on) > 4)
		w->on.v++;
	demo_when(d, demo_at((day){ w->on.v - 20 }, 8, (int)which), announce, w);
	plan_seats(d, w);
	demo_when(d, demo_at(w->on, 19, 20), close_it, w);
}

void demo_plan_workshops(struct demo *d)
{
	for (size_t i = 0; i < sizeof given_back / sizeof *given_back; i++)
		for (int theme = 0; theme < (int)(sizeof themes / sizeof *themes); theme++)
			plan_given_back(d, i, theme);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct one *w = talloc(d->mem, struct one);
		*w = all[i];
		w->on.v = d->today.v + w->offset;
		while (weekday_of(w->on) > 4)
			w->on.v++;
		demo_when(d, demo_at((day){ w->on.v - 28 }, 8, (int)i), announce, w);
		plan_seats(d, w);
		demo_when(d, demo_at(w->on, 19, 10), close_it, w);
	}
}
