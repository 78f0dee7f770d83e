#include "base/speeds.h"

#include <stdbool.h>

/* A number of up to three digits; 0 when there is none. */
static int64_t number(const char **p)
{
	int64_t n = 0;
	for (int digits = 0; **p >= '0' && **p <= '9'; (*p)++)
		n = ++digits > 3 ? 1000 : n * 10 + (**p - '0');
	return n;
}

rc speeds_parse(const char *text, struct speeds *out)
{
	const char *p = text;
	*out = (struct speeds){ 0 };
	while (*p && out->n < SPEED_STEPS) {
		struct speed_step *s = &out->step[out->n];
		int64_t before = out->n ? s[-1].until : 0;
		s->until = number(&p);
		bool split = *p == ':';
		p += split;
		s->kmh = split ? number(&p) : 0;
		if (s->until <= before || s->until > 600 || s->kmh < 1 || s->kmh > 130)
			return E_INVALID;
		out->n++;
		if (*p == ' ' && p[1])
			p++;
		else if (*p)
			return E_INVALID;
	}
	return out->n && !*p ? OK : E_INVALID;
}

int64_t speeds_metres(const struct speeds *s, int64_t minutes)
{
	int64_t metres = 0, before = 0;
	for (int i = 0; i < s->n; i++) {
		bool last = i + 1 == s->n;
		int64_t to = minutes < s->step[i].until || last ? minutes : s->step[i].until;
		if (to > before)
			metres += (to - before) * s->step[i].kmh * 1000 / 60;
		before = s->step[i].until;
	}
	return metres;
}
