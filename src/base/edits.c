#include "base/edits.h"

#include <string.h>

void edits_prepare(struct edits *e, const char *text)
{
	size_t len = strlen(text);
	memset(e->at, 0, sizeof e->at);
	e->len = (int)(len < EDITS_LONGEST ? len : EDITS_LONGEST);
	for (int i = 0; i < e->len; i++)
		e->at[(unsigned char)text[i]] |= UINT64_C(1) << i;
}

int edits_to(const struct edits *e, const char *s, size_t len, int *beginning)
{
	/* A column of the table of distances, as the steps up and down along it. */
	uint64_t up = ~UINT64_C(0), down = 0, same = 0, before = 0;
	uint64_t last = e->len ? UINT64_C(1) << (e->len - 1) : 0;
	int distance = e->len, least = e->len;
	if (!e->len)
		distance = (int)(len < EDITS_LONGEST ? len : EDITS_LONGEST);
	for (size_t i = 0; e->len && i < len && i < EDITS_LONGEST; i++) {
		uint64_t at = e->at[(unsigned char)s[i]];
		uint64_t swapped = ((~same & at) << 1) & before;
		same = (((at & up) + up) ^ up) | at | down | swapped;
		uint64_t right_up = down | ~(same | up), right_down = same & up;
		distance += (right_up & last) != 0;
		distance -= (right_down & last) != 0;
		least = distance < least ? distance : least;
		right_up = right_up << 1 | 1;
		right_down <<= 1;
		up = right_down | ~(same | right_up);
		down = right_up & same;
		before = at;
	}
	if (beginning)
		*beginning = least;
	return distance;
}

uint32_t edits_letters(const char *s, size_t len)
{
	uint32_t set = 0;
	for (size_t i = 0; i < len; i++)
		set |= UINT32_C(1) << (s[i] & 31);
	return set;
}
