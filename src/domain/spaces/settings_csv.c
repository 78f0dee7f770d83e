/* settings_csv.c - the lists of a place's settings as tables for people. */
#include "base/civil.h"
#include "platform/csv_head.h"
#include "platform/i18n.h"
#include "spaces/pack.h"
#include "spaces/settings_lists.h"

route_fn spaces_csv_get, tariffs_csv_get, closures_csv_get, pack_offers_csv_get;

#define COUNT(a) (sizeof(a) / sizeof *(a))

struct table {
	struct csv_writer w;
	struct buf b;
};

/* The place, and a table with its head. */
static rc begin(struct ctx *c, struct host_place *h, struct table *t, const char *const head[], size_t n)
{
	TRY(host_place_open(c, h));
	buf_init(&t->b, c->mem, 4096);
	csv_begin(&t->w, &t->b, ';', true);
	csv_head(c, &t->w, head, n);
	return OK;
}

static rc end(struct req *q, const struct table *t, const char *filename)
{
	return bytes(q, "text/csv; charset=utf-8", filename, t->b.s, t->b.len);
}

static const char *yes_or_no(struct ctx *c, bool yes)
{
	return yes ? T(c, "yes_no.yes") : T(c, "yes_no.no");
}

void csv_put_money(struct ctx *c, struct csv_writer *w, money m)
{
	csv_put(w, fmt(c, "%lld,%02lld", (long long)m.v / 100, (long long)m.v % 100));
}

static void put_space(struct ctx *c, struct csv_writer *w, const struct space_row *s)
{
	csv_put_typed(w, s->name);
	csv_put(w, i18n_word(c, &space_kind_words, s->kind));
	csv_put_typed(w, s->note);
	csv_put_int(w, s->capacity);
	csv_put(w, yes_or_no(c, s->counted));
	csv_put_int(w, s->granule);
	csv_put_int(w, s->shortest);
	csv_put_int(w, s->longest);
	csv_put_int(w, s->notice);
	csv_put_int(w, s->horizon);
	csv_put_typed(w, s->opening);
	csv_put(w, yes_or_no(c, s->needs_approval));
	csv_put_typed(w, s->qualification);
	csv_end_row(w);
}

rc spaces_csv_get(struct ctx *c, struct req *q)
{
	static const char *const head[] = { K("settings.name"),		K("settings.kind"),
					    K("settings.note"),		K("place.capacity"),
					    K("settings.counted"),	K("settings.granule"),
					    K("settings.shortest"),	K("settings.longest"),
					    K("settings.notice"),	K("settings.horizon"),
					    K("settings.own_opening"),	K("settings.needs_approval"),
					    K("settings.qualification") };
	struct host_settings *v = new_zero(c, struct host_settings);
	struct host_place h;
	struct table t;
	TRY(begin(c, &h, &t, head, COUNT(head)));
	TRY(find_spaces(c, &h, req_form(q, space_query), v));
	for (size_t i = 0; i < v->spaces.n; i++)
		put_space(c, &t.w, &v->spaces.items[i]);
	return end(q, &t, "espaces.csv");
}

rc tariffs_csv_get(struct ctx *c, struct req *q)
{
	static const char *const head[] = { K("settings.kind"),	 K("settings.audience"), K("settings.unit"),
					    K("settings.price"), K("settings.from"),	 K("settings.to") };
	struct host_settings *v = new_zero(c, struct host_settings);
	struct host_place h;
	struct table t;
	TRY(begin(c, &h, &t, head, COUNT(head)));
	TRY(find_tariffs(c, &h, req_form(q, tariffs_query), v));
	for (size_t i = 0; i < v->tariffs.n; i++) {
		const struct tariff_line *k = &v->tariffs.items[i];
		csv_put(&t.w, i18n_word(c, &space_kind_words, k->space_kind));
		csv_put(&t.w, i18n_word(c, &audience_words, k->audience));
		csv_put(&t.w, i18n_word(c, &tariff_unit_words, k->unit));
		csv_put_money(c, &t.w, k->price);
		csv_put(&t.w, fmt_iso_day(c, k->from_day));
		csv_put(&t.w, fmt_iso_day(c, k->to_day));
		csv_end_row(&t.w);
	}
	return end(q, &t, "tarifs.csv");
}

rc closures_csv_get(struct ctx *c, struct req *q)
{
	static const char *const head[] = { K("settings.from"), K("settings.to"), K("place.space"),
					    K("settings.reason"), K("settings.booked") };
	struct host_settings *v = new_zero(c, struct host_settings);
	struct host_place h;
	struct table t;
	TRY(begin(c, &h, &t, head, COUNT(head)));
	TRY(find_closures(c, &h, req_form(q, closures_query), v));
	for (size_t i = 0; i < v->closures.n; i++) {
		const struct closure_line *k = &v->closures.items[i];
		csv_put(&t.w, fmt_iso_day(c, k->from_day));
		csv_put(&t.w, fmt_iso_day(c, k->to_day));
		csv_put_typed(&t.w, k->space_name ? k->space_name : T(c, "settings.whole_place"));
		csv_put_typed(&t.w, k->reason);
		csv_put_int(&t.w, k->bookings);
		csv_end_row(&t.w);
	}
	return end(q, &t, "fermetures.csv");
}

rc pack_offers_csv_get(struct ctx *c, struct req *q)
{
	static const char *const head[] = { K("settings.pack"),	       K("settings.kind"),
					    K("settings.pack_days"),   K("settings.price"),
					    K("settings.a_day"),       K("settings.months"),
					    K("settings.withdrawn_on") };
	struct host_settings *v = new_zero(c, struct host_settings);
	struct host_place h;
	struct table t;
	TRY(begin(c, &h, &t, head, COUNT(head)));
	TRY(find_offers(c, &h, req_form(q, offers_query), v));
	for (size_t i = 0; i < v->offers.n; i++) {
		const struct pack_offer *k = &v->offers.items[i];
		csv_put_typed(&t.w, k->name);
		csv_put(&t.w, i18n_word(c, &space_kind_words, k->space_kind));
		csv_put(&t.w, fmt_quantity(c, k->units));
		csv_put_money(c, &t.w, k->price);
		csv_put_money(c, &t.w, k->a_day);
		csv_put_int(&t.w, k->valid_months);
		csv_put(&t.w, is_none(k->withdrawn_at)
				      ? ""
				      : fmt_iso_day(c, day_at(k->withdrawn_at, h.place.zone)));
		csv_end_row(&t.w);
	}
	return end(q, &t, "carnets-en-vente.csv");
}
