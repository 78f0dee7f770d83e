/* map_key.c - what the colours of a map mean, as a part of the picture. */
#include <string.h>

#include "observatory/map_parts.h"

#define HIGH 58 /* under the map */
#define BAR  10

void map_key(struct ctx *c, struct map *m, const char *title, const char *const labels[], size_t n)
{
	struct picture *p = &m->picture;
	int64_t top = p->height + 24, slot = p->width / (int64_t)n;
	p->height += HIGH;
	p->class = strcmp(p->class, "map--square") == 0 ? "map--square-key" : "map--country-key";
	/* The ground goes on below the map. */
	picture_field(c, p,
		      (struct picture_field){ .ink = PICTURE_PAPER,
					      .path = fmt(c, "M0 %dl%d 0l0 %dl%d 0z", 4 * (p->height - HIGH),
							  4 * p->width, 4 * HIGH, -4 * p->width) });
	picture_word(c, p,
		     (struct picture_word){
			     .y = top - 9, .ink = PICTURE_KEY_WORD, .anchor = PICTURE_START, .s = title });
	for (size_t i = 0; i < n; i++) {
		int64_t x = (int64_t)i * slot;
		picture_field(c, p,
			      (struct picture_field){ .ink = PICTURE_RAMP + (enum picture_ink)i,
						      .path = fmt(c, "M%lld %lldh%lldl0 %dl%lld 0z",
								  (long long)(4 * x), (long long)(4 * top),
								  (long long)(4 * slot), 4 * BAR,
								  (long long)(-4 * slot)) });
		picture_word(c, p,
			     (struct picture_word){ .x = x,
						    .y = top + BAR + 17,
						    .ink = PICTURE_KEY_WORD,
						    .anchor = PICTURE_START,
						    .s = labels[i] });
	}
}
