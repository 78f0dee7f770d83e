/* civil.c - proleptic Gregorian arithmetic of our own; zones from GLib, which
 * reads the system's tzdata and needs neither TZ nor setlocale. */
#include "base/civil.h"

#include <glib.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#define DAYS_PER_ERA 146097 /* 400 Gregorian years */
#define DAYS_TO_1970 719468 /* from 0000-03-01 to 1970-01-01 */
#define DAY_SECONDS  86400

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	return days[month - 1] + (month == 2 && is_leap(year));
}

/* Years are counted from 1 March, so that the leap day is a year's last and
 * months before any day of the year are (153 m + 2) / 5 days. */
day day_of(int year, int month, int d)
{
	int64_t y = month > 2 ? year : (int64_t)year - 1;
	int64_t era = floor_div(y, 400), in_era = y - era * 400;
	int64_t from_march = (month + 9) % 12;
	int64_t in_year = (153 * from_march + 2) / 5 + d - 1;
	int64_t n = in_era * 365 + in_era / 4 - in_era / 100 + in_year;
	return (day){ era * DAYS_PER_ERA + n - DAYS_TO_1970 };
}

struct ymd ymd_of(day d)
{
	int64_t n = d.v + DAYS_TO_1970;
	int64_t era = floor_div(n, DAYS_PER_ERA), left = n - era * DAYS_PER_ERA;
	/* Take out the leap days that came before, then years are all 365 long. */
	int64_t y = (left - left / 1460 + left / 36524 - left / 146096) / 365;
	int64_t in_year = left - (365 * y + y / 4 - y / 100);
	int64_t from_march = (5 * in_year + 2) / 153;
	int month = (int)(from_march < 10 ? from_march + 3 : from_march - 9);
	return (struct ymd){
		.year = (int)(era * 400 + y + (month <= 2)),
		.month = month,
		.day = (int)(in_year - (153 * from_march + 2) / 5 + 1),
	};
}

int weekday_of(day d)
{
	int64_t n = d.v + 3; /* 1970-01-01 was a Thursday */
	return (int)(n - floor_div(n, 7) * 7);
}

day month_start(day d)
{
	struct ymd f = ymd_of(d);
	return day_of(f.year, f.month, 1);
}

day month_add(day d, int months)
{
	struct ymd f = ymd_of(d);
	int64_t n = (int64_t)f.year * 12 + f.month - 1 + months;
	int year = (int)floor_div(n, 12), month = (int)(n - (int64_t)year * 12) + 1;
	int last = month_days(year, month);
	return day_of(year, month, f.day < last ? f.day : last);
}

/* A week belongs to the year of its Thursday. */
int iso_week(day d, int *iso_year)
{
	day thursday = { d.v - weekday_of(d) + 3 };
	int year = ymd_of(thursday).year;
	if (iso_year)
		*iso_year = year;
	return (int)((thursday.v - day_of(year, 1, 1).v) / 7) + 1;
}

/* Exactly n digits at *s, which moves past them; -1 when they are not there. */
static int digits(const char **s, int n)
{
	int v = 0;
	for (int i = 0; i < n; i++) {
		if ((*s)[i] < '0' || (*s)[i] > '9')
			return -1;
		v = v * 10 + ((*s)[i] - '0');
	}
	*s += n;
	return v;
}

static bool accept(const char **s, char ch)
{
	if (**s != ch)
		return false;
	(*s)++;
	return true;
}

static bool read_day(const char **s, day *out)
{
	int year = digits(s, 4);
	if (year < 0 || !accept(s, '-'))
		return false;
	int month = digits(s, 2);
	if (month < 1 || month > 12 || !accept(s, '-'))
		return false;
	int d = digits(s, 2);
	if (d < 1 || d > month_days(year, month))
		return false;
	*out = day_of(year, month, d);
	return true;
}

rc day_parse(const char *s, day *out)
{
	day d;
	if (!s || !read_day(&s, &d) || *s)
		return E_INVALID;
	*out = d;
	return OK;
}

rc minute_parse(const char *s, minute *out)
{
	if (!s)
		return E_INVALID;
	int hour = digits(&s, s[0] && s[1] == ':' ? 1 : 2);
	if (hour < 0 || hour > 24 || !accept(&s, ':'))
		return E_INVALID;
	int min = digits(&s, 2);
	if (min < 0 || min > 59 || *s || (hour == 24 && min > 0))
		return E_INVALID;
	*out = (minute){ hour * 60 + min };
	return OK;
}

/* "Z", "+01:00" or "-04:00", in seconds. */
static bool read_offset(const char **s, int64_t *out)
{
	*out = 0;
	if (accept(s, 'Z'))
		return true;
	int sign = **s == '-' ? -1 : 1;
	if (!accept(s, '+') && !accept(s, '-'))
		return false;
	int hour = digits(s, 2);
	if (hour < 0 || hour > 23 || !accept(s, ':'))
		return false;
	int min = digits(s, 2);
	if (min < 0 || min > 59)
		return false;
	*out = sign * (hour * 3600 + min * 60);
	return true;
}

rc instant_parse(const char *s, instant *out)
{
	day d;
	int64_t offset;
	if (!s || !read_day(&s, &d) || !accept(&s, 'T'))
		return E_INVALID;
	int hour = digits(&s, 2);
	if (hour < 0 || hour > 23 || !accept(&s, ':'))
		return E_INVALID;
	int min = digits(&s, 2);
	if (min < 0 || min > 59 || !accept(&s, ':'))
		return E_INVALID;
	int sec = digits(&s, 2);
	if (sec < 0 || sec > 59 || !read_offset(&s, &offset) || *s)
		return E_INVALID;
	*out = (instant){ d.v * DAY_SECONDS + hour * 3600 + min * 60 + sec - offset };
	return OK;
}

void instant_iso(instant t, char out[21])
{
	out[0] = 0;
	if (t.v < day_of(0, 1, 1).v * DAY_SECONDS || t.v >= day_of(10000, 1, 1).v * DAY_SECONDS)
		return;
	int64_t days = floor_div(t.v, DAY_SECONDS);
	unsigned sec = (unsigned)(t.v - days * DAY_SECONDS);
	struct ymd f = ymd_of((day){ days });
	char text[64];
	snprintf(text, sizeof text, "%04d-%02d-%02dT%02u:%02u:%02uZ", f.year, f.month, f.day, sec / 3600,
		 sec / 60 % 60, sec % 60);
	memcpy(out, text, 21);
}

/* ---- zones ---- */

/* Every zone once used stays open: a hash table that is read without a lock
 * and grown under one. IANA has some 600 names, so it never fills. The jumps
 * of 1970 to 2100 are copied out of GLib, whose own look-up is slower. */
#define ZONE_SLOTS 2048
#define ZONE_JUMPS 400
#define FIRST_JUMP 0
#define LAST_JUMP  4102444800	       /* 2100-01-01 */
#define JUMP_STEP  (140 * DAY_SECONDS) /* about as far as the next */
#define HOUR	   3600
struct zone {
	char name[48];
	GTimeZone *tz;
	size_t n;
	int64_t from[ZONE_JUMPS]; /* the offset holds from this instant on */
	int32_t offset[ZONE_JUMPS];
};
static _Atomic(struct zone *) zones[ZONE_SLOTS];
static pthread_mutex_t zones_lock = PTHREAD_MUTEX_INITIALIZER;

/* GLib also reads POSIX rules ("CET-1CEST") and paths; IANA names only here. */
static bool plausible(const char *name)
{
	static const char in_names[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";
	size_t len = strlen(name);
	if (len >= sizeof((struct zone *)0)->name || name[0] < 'A' || name[0] > 'Z')
		return false;
	return strspn(name, in_names) == len && (strchr(name, '/') || strcmp(name, "UTC") == 0);
}

/* The slot that holds the name, or the free one where it belongs. */
static size_t zone_slot(const char *name)
{
	size_t h = 5381;
	for (const char *p = name; *p; p++)
		h = h * 33 + (unsigned char)*p;
	for (h %= ZONE_SLOTS;; h = (h + 1) % ZONE_SLOTS) {
		struct zone *z = atomic_load_explicit(&zones[h], memory_order_acquire);
		if (!z || strcmp(z->name, name) == 0)
			return h;
	}
}

static int64_t glib_offset(GTimeZone *tz, int64_t t)
{
	return g_time_zone_get_offset(tz, g_time_zone_find_interval(tz, G_TIME_TYPE_UNIVERSAL, t));
}

/* The first instant in (before, after] that already has `offset`. */
static int64_t jump_between(GTimeZone *tz, int64_t before, int64_t after, int64_t offset)
{
	while (after - before > 1) {
		int64_t middle = before + (after - before) / 2;
		if (glib_offset(tz, middle) == offset)
			after = middle;
		else
			before = middle;
	}
	return after;
}

static int interval_at(const struct zone *z, int64_t t)
{
	return g_time_zone_find_interval(z->tz, G_TIME_TYPE_UNIVERSAL, t);
}

/* Is `t` the first instant after interval k, in which `from` is? */
static bool ends_at(const struct zone *z, int k, int64_t from, int64_t t)
{
	return t > from && interval_at(z, t - 1) == k && interval_at(z, t) != k;
}

/* From `low`, in the interval k, to `high`, in another, both in units: the first that is not in it. */
static int64_t first_after(const struct zone *z, int k, int64_t low, int64_t high, int64_t unit)
{
	while (high - low > 1) {
		int64_t middle = low + (high - low) / 2;
		if (interval_at(z, middle * unit) == k)
			low = middle;
		else
			high = middle;
	}
	return high;
}

/* The first instant in (from, to] that is not of the interval k any more: nearly always on the hour. */
static int64_t end_between(const struct zone *z, int k, int64_t from, int64_t to)
{
	int64_t hour = first_after(z, k, from / HOUR, (to + HOUR - 1) / HOUR, HOUR) * HOUR;
	if (ends_at(z, k, from, hour))
		return hour;
	return first_after(z, k, hour - HOUR > from ? hour - HOUR : from, hour, 1);
}

/* The end of the interval k, which began at `from`. Most jumps are as many weeks after
 * the one of the year before; GLib looks through all intervals each time it is asked. */
static int64_t interval_end(const struct zone *z, int k, int64_t from)
{
	for (int64_t days = 364; z->n > 2 && days <= 371; days += 7) {
		int64_t t = z->from[z->n - 2] + days * DAY_SECONDS;
		if (ends_at(z, k, from, t))
			return t;
	}
	for (int64_t t = from; t < LAST_JUMP; t += JUMP_STEP)
		if (interval_at(z, t + JUMP_STEP) != k)
			return end_between(z, k, t, t + JUMP_STEP);
	return LAST_JUMP;
}

static void copy_jumps(struct zone *z)
{
	z->offset[0] = (int32_t)glib_offset(z->tz, FIRST_JUMP);
	z->from[0] = FIRST_JUMP;
	z->n = 1;
	for (int64_t t = FIRST_JUMP; t < LAST_JUMP && z->n < ZONE_JUMPS;) {
		t = interval_end(z, interval_at(z, t), t);
		int32_t offset = (int32_t)glib_offset(z->tz, t);
		if (t >= LAST_JUMP || offset == z->offset[z->n - 1])
			continue;
		z->from[z->n] = t;
		z->offset[z->n++] = offset;
	}
}

static struct zone *zone_open(const char *name)
{
	if (!plausible(name))
		return NULL;
	pthread_mutex_lock(&zones_lock);
	size_t slot = zone_slot(name);
	struct zone *z = atomic_load(&zones[slot]); /* another thread may have been first */
	GTimeZone *tz = z ? NULL : g_time_zone_new_identifier(name);
	if (tz) {
		z = g_new0(struct zone, 1);
		g_strlcpy(z->name, name, sizeof z->name);
		z->tz = tz;
		copy_jumps(z);
		atomic_store_explicit(&zones[slot], z, memory_order_release);
	}
	pthread_mutex_unlock(&zones_lock);
	return z;
}

/* NULL: no such zone. */
static struct zone *zone_find(const char *name)
{
	struct zone *z = atomic_load_explicit(&zones[zone_slot(name)], memory_order_acquire);
	return z ? z : zone_open(name);
}

static const char *home = "Europe/Paris";

void zone_home(const char *zone)
{
	home = zone;
}

bool zone_exists(const char *zone)
{
	return zone && zone_find(zone);
}

static int64_t offset_at(const struct zone *z, int64_t t)
{
	if (!z)
		return 0;
	if (t < FIRST_JUMP || t >= LAST_JUMP || z->n == ZONE_JUMPS)
		return glib_offset(z->tz, t);
	size_t low = 0, high = z->n;
	while (high - low > 1) {
		size_t middle = (low + high) / 2;
		if (z->from[middle] <= t)
			low = middle;
		else
			high = middle;
	}
	return z->offset[low];
}

instant local_to_utc(day d, minute m, const char *zone)
{
	const struct zone *z = zone_find(zone ? zone : home);
	int64_t local = d.v * DAY_SECONDS + m.v * 60;
	/* No zone is a day away from UTC: these are surely before and after. */
	int64_t before = offset_at(z, local - DAY_SECONDS);
	int64_t after = offset_at(z, local + DAY_SECONDS);
	if (before == after || offset_at(z, local - before) == before)
		return (instant){ local - before };
	if (offset_at(z, local - after) == after)
		return (instant){ local - after };
	return (instant){ jump_between(z->tz, local - after, local - before, after) };
}

void utc_to_local(instant t, const char *zone, day *d, minute *m)
{
	int64_t local = t.v + offset_at(zone_find(zone ? zone : home), t.v);
	d->v = floor_div(local, DAY_SECONDS);
	m->v = (local - d->v * DAY_SECONDS) / 60;
}

day day_at(instant t, const char *zone)
{
	day d;
	minute m;
	utc_to_local(t, zone, &d, &m);
	return d;
}
