#include "observatory/siting.h"

#include <string.h>

#define PASSES 12 /* over all sites, looking for exchanges */

struct search {
	const struct siting_problem *p;
	uint32_t *near;	 /* room for those around a point */
	uint16_t *times; /* by how many sites each town is reached */
	int64_t *gain;	 /* of each option: who is reached by no site, and would be; or more than that */
	size_t *round;	 /* how many sites there were when gain was worked out */
	bool *taken;
};

static struct search *search_new(TALLOC_CTX *mem, const struct siting_problem *p)
{
	struct search *s = talloc_zero(mem, struct search);
	size_t most = p->people->n > p->options->n ? p->people->n : p->options->n;
	s->p = p;
	s->near = talloc_array(s, uint32_t, (unsigned)most + 1);
	s->times = talloc_zero_array(s, uint16_t, (unsigned)p->people->n + 1);
	s->gain = talloc_zero_array(s, int64_t, (unsigned)p->options->n + 1);
	s->round = talloc_zero_array(s, size_t, (unsigned)p->options->n + 1);
	s->taken = talloc_zero_array(s, bool, (unsigned)p->options->n + 1);
	return s;
}

static int64_t gain_of(struct search *s, uint32_t option)
{
	const struct country *people = s->p->people;
	size_t n = country_around(people, &s->p->options->towns[option].at, s->p->km, s->near);
	int64_t gain = 0;
	for (size_t i = 0; i < n; i++)
		if (!s->times[s->near[i]])
			gain += people->towns[s->near[i]].people;
	return gain;
}

/* Of two that gain as much, the first by code. */
static bool better(const struct search *s, uint32_t a, uint32_t b)
{
	if (s->gain[a] != s->gain[b])
		return s->gain[a] > s->gain[b];
	return strcmp(s->p->options->towns[a].insee, s->p->options->towns[b].insee) < 0;
}

/* ---- greedy, lazily: a gain only shrinks, so an old one is an upper bound ---- */

static void sink(const struct search *s, uint32_t *heap, size_t n, size_t at)
{
	for (;;) {
		size_t top = at, left = 2 * at + 1, right = left + 1;
		if (left < n && better(s, heap[left], heap[top]))
			top = left;
		if (right < n && better(s, heap[right], heap[top]))
			top = right;
		if (top == at)
			return;
		uint32_t swap = heap[at];
		heap[at] = heap[top];
		heap[top] = swap;
		at = top;
	}
}

static void reach(struct search *s, uint32_t option)
{
	size_t n = country_around(s->p->people, &s->p->options->towns[option].at, s->p->km, s->near);
	for (size_t i = 0; i < n; i++)
		s->times[s->near[i]]++;
	s->taken[option] = true;
}

static size_t greedy(struct search *s, uint32_t *chosen)
{
	size_t n = s->p->options->n, done = 0;
	uint32_t *heap = talloc_array(s, uint32_t, (unsigned)n + 1);
	for (size_t i = 0; i < n; i++) {
		heap[i] = (uint32_t)i;
		s->gain[i] = gain_of(s, (uint32_t)i);
	}
	for (size_t i = n / 2; i-- > 0;)
		sink(s, heap, n, i);
	while (done < s->p->sites && n && s->gain[heap[0]] > 0) {
		uint32_t top = heap[0];
		if (s->round[top] == done) {
			chosen[done++] = top;
			reach(s, top);
			heap[0] = heap[--n];
		} else {
			s->gain[top] = gain_of(s, top);
			s->round[top] = done;
		}
		sink(s, heap, n, 0);
	}
	return done;
}

/* ---- exchanges: here every gain is exact, and kept so ---- */

/* A site opens or closes: those whom it alone reaches are no gain, or a gain, for the options around them. */
static void turn(struct search *s, uint32_t option, bool open)
{
	const struct country *people = s->p->people;
	const struct spot *at = &s->p->options->towns[option].at;
	uint32_t *reached = talloc_array(s, uint32_t, (unsigned)people->n + 1);
	size_t n = country_around(people, at, s->p->km, reached);
	for (size_t i = 0; i < n; i++) {
		const struct town *t = &people->towns[reached[i]];
		s->times[reached[i]] = (uint16_t)(s->times[reached[i]] + (open ? 1 : -1));
		if (s->times[reached[i]] != (open ? 1 : 0))
			continue;
		size_t around = country_around(s->p->options, &t->at, s->p->km, s->near);
		for (size_t j = 0; j < around; j++)
			s->gain[s->near[j]] += open ? -t->people : t->people;
	}
	s->taken[option] = open;
	talloc_free(reached);
}

static uint32_t best_option(const struct search *s, uint32_t now)
{
	uint32_t best = now;
	for (uint32_t i = 0; i < s->p->options->n; i++)
		if (!s->taken[i] && s->gain[i] > s->gain[best])
			best = i;
	return best;
}

static int exchange(struct search *s, uint32_t *chosen, size_t n)
{
	int made = 0;
	bool gained = n > 1;
	for (uint32_t i = 0; i < s->p->options->n && gained; i++)
		s->gain[i] = gain_of(s, i);
	for (int pass = 0; pass < PASSES && gained; pass++) {
		gained = false;
		for (size_t i = 0; i < n; i++) {
			turn(s, chosen[i], false);
			uint32_t best = best_option(s, chosen[i]);
			gained = gained || best != chosen[i];
			made += best != chosen[i];
			chosen[i] = best;
			turn(s, best, true);
		}
	}
	return made;
}

/* ---- the answer ---- */

/* What each adds when the best comes first. */
static void put_in_order(struct search *s, const uint32_t *chosen, size_t n, struct siting_choice *out)
{
	memset(s->times, 0, s->p->people->n * sizeof *s->times);
	memset(s->taken, 0, s->p->options->n * sizeof *s->taken);
	for (out->n = 0; out->n < n; out->n++) {
		size_t best = n;
		for (size_t i = 0; i < n; i++) {
			if (s->taken[chosen[i]])
				continue;
			s->gain[chosen[i]] = gain_of(s, chosen[i]);
			if (best == n || better(s, chosen[i], chosen[best]))
				best = i;
		}
		out->sites[out->n] = chosen[best];
		out->gains[out->n] = s->gain[chosen[best]];
		out->gained += out->gains[out->n];
		reach(s, chosen[best]);
	}
}

void siting_solve(TALLOC_CTX *mem, const struct siting_problem *p, struct siting_choice *out)
{
	struct search *s = search_new(mem, p);
	uint32_t *chosen = talloc_array(s, uint32_t, (unsigned)p->sites + 1);
	size_t n = greedy(s, chosen);
	*out = (struct siting_choice){ .exchanges = exchange(s, chosen, n) };
	out->sites = talloc_array(mem, uint32_t, (unsigned)n + 1);
	out->gains = talloc_array(mem, int64_t, (unsigned)n + 1);
	put_in_order(s, chosen, n, out);
	talloc_free(s);
}
