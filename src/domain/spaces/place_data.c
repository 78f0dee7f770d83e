#include "spaces/place_data.h"

#include "base/civil.h"
#include "people/linked_data.h"
#include "platform/i18n.h"

/* The hours of each day of the week that comes, as dated rules: closures and
 * holidays are the page's business. */
static json_t *hours(struct ctx *c, const struct opening *rules, day today)
{
	static const char *const names[] = { "Monday", "Tuesday",  "Wednesday", "Thursday",
					     "Friday", "Saturday", "Sunday" };
	const struct opening_calendar none = { 0 };
	json_t *l = json_array();
	for (int64_t i = 0; i < 7; i++) {
		day d = { today.v + i };
		struct spans s;
		opening_day(rules, &none, d, &s);
		for (size_t k = 0; k < s.n; k++)
			json_array_append_new(
				l,
				json_pack("{s:s,s:s,s:s,s:s}", "@type", "OpeningHoursSpecification",
					  "dayOfWeek", fmt(c, "https://schema.org/%s", names[weekday_of(d)]),
					  "opens", fmt_clock(c, s.at[k].from), "closes",
					  s.at[k].to.v >= 1440 ? "23:59" : fmt_clock(c, s.at[k].to)));
	}
	return l;
}

/* 2026-11-26T10:00:00+01:00 is written in universal time. */
static const char *iso(struct ctx *c, day on, minute at, const char *zone)
{
	day d;
	minute m;
	utc_to_local(local_to_utc(on, at, zone), "UTC", &d, &m);
	return fmt(c, "%sT%02d:%02d:00Z", fmt_iso_day(c, d), (int)(m.v / 60), (int)(m.v % 60));
}

static json_t *events(struct ctx *c, const struct place_page *v, const char *zone)
{
	json_t *l = json_array();
	for (size_t i = 0; i < v->programme.n; i++) {
		const struct programme_line *p = &v->programme.items[i];
		json_array_append_new(
			l, json_pack("{s:s,s:s,s:s,s:s,s:s,s:{s:s,s:s},s:{s:s}}", "@type", "EducationEvent",
				     "name", p->title, "startDate", iso(c, p->on_day, p->from_minute, zone),
				     "endDate", iso(c, p->on_day, p->to_minute, zone), "url",
				     linked_data_url(c, fmt(c, "/workshops/%s", p->pub.s)), "organizer",
				     "@type", "Organization", "name", p->by, "location", "@id",
				     linked_data_url(c, fmt(c, "/places/%s", v->pub.s))));
	}
	return l;
}

/* Euros with their cents, as a decimal number; an integer all the way. */
static const char *euros(struct ctx *c, money price)
{
	return fmt(c, "%lld.%02d", (long long)(price.v / 100), (int)(price.v % 100));
}

/* Hours and days have codes of UN/CEFACT, half days a word. */
static json_t *offer(struct ctx *c, const struct place_price *p)
{
	json_t *price = json_pack("{s:s,s:s,s:s}", "@type", "UnitPriceSpecification", "price",
				  euros(c, p->all), "priceCurrency", "EUR");
	json_object_set_new(price, p->unit == TARIFF_UNIT_HALF_DAY ? "unitText" : "unitCode",
			    json_string(p->unit == TARIFF_UNIT_HOUR ? "HUR"
					: p->unit == TARIFF_UNIT_DAY
						? "DAY"
						: i18n_word(c, &tariff_unit_words, p->unit)));
	return json_pack("{s:s,s:s,s:o}", "@type", "Offer", "name", i18n_word(c, &space_kind_words, p->kind),
			 "priceSpecification", price);
}

static void put_offers(struct ctx *c, json_t *o, const struct place_page *v)
{
	json_t *l = json_array();
	money least = { NONE }, most = { NONE };
	for (size_t i = 0; i < v->prices.n; i++) {
		const struct place_price *p = &v->prices.items[i];
		json_array_append_new(l, offer(c, p));
		least = is_none(least) || p->all.v < least.v ? p->all : least;
		most = is_none(most) || p->all.v > most.v ? p->all : most;
	}
	if (!json_array_size(l)) {
		json_decref(l);
		return;
	}
	json_object_set_new(o, "makesOffer", l);
	json_object_set_new(o, "priceRange",
			    json_string(fmt(c, "%s–%s EUR", euros(c, least), euros(c, most))));
}

static void put_list(json_t *o, const char *name, json_t *list)
{
	if (json_array_size(list))
		json_object_set_new(o, name, list);
	else
		json_decref(list);
}

void place_data(struct ctx *c, const struct community_row *place, const struct opening *rules,
		const char *zone, day today, struct place_page *v)
{
	json_t *o = linked_data_of(c, place, &v->profile);
	if (rules)
		put_list(o, "openingHoursSpecification", hours(c, rules, today));
	put_offers(c, o, v);
	put_list(o, "event", events(c, v, zone));
	v->profile.linked_data = linked_data_block(c, o);
}
