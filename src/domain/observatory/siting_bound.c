#include "observatory/siting_bound.h"

#include <math.h>

#define NEAR_ENOUGH 0.0005 /* of the bound */
#define MEMORY	    0.7	   /* of the direction before: without it prices go to and fro */
#define PATIENCE    12	   /* steps without progress before they become half as long */

struct bound_run {
	const struct siting_problem *p;
	uint32_t *near;
	double *price;	 /* of each town, from nothing to its people */
	double *takes;	 /* of each option: the prices around it */
	double *way;	 /* each price: the slope, and some of where it went before */
	uint16_t *times; /* by how many of the dearest options each town is reached */
	uint32_t *dearest;
	size_t n_dearest;
	double best, value, length;
	int steps, idle;
};

struct bound_run *bound_new(TALLOC_CTX *mem, const struct siting_problem *p, int64_t value)
{
	struct bound_run *b = talloc_zero(mem, struct bound_run);
	size_t people = p->people->n, options = p->options->n;
	b->p = p;
	b->near = talloc_array(b, uint32_t, (unsigned)people + 1);
	b->price = talloc_array(b, double, (unsigned)people + 1);
	b->way = talloc_zero_array(b, double, (unsigned)people + 1);
	b->times = talloc_zero_array(b, uint16_t, (unsigned)people + 1);
	b->takes = talloc_zero_array(b, double, (unsigned)options + 1);
	b->dearest = talloc_array(b, uint32_t, (unsigned)p->sites + 1);
	b->value = (double)value;
	b->length = 1;
	b->best = 0;
	for (size_t i = 0; i < people; i++) {
		b->price[i] = p->people->towns[i].people / 2.0;
		b->best += p->people->towns[i].people; /* nobody reaches more than all */
	}
	return b;
}

/* Keep the options that take most, as many as there may be sites. */
static void offer(struct bound_run *b, uint32_t option)
{
	size_t at = b->n_dearest;
	if (at == b->p->sites) {
		if (!at || b->takes[option] <= b->takes[b->dearest[at - 1]])
			return;
		at--;
	} else {
		b->n_dearest++;
	}
	for (; at && b->takes[option] > b->takes[b->dearest[at - 1]]; at--)
		b->dearest[at] = b->dearest[at - 1];
	b->dearest[at] = option;
}

/* What each option takes, and which take most. How many towns were looked at. */
static int64_t collect(struct bound_run *b)
{
	const struct siting_problem *p = b->p;
	int64_t looked = 0;
	b->n_dearest = 0;
	for (uint32_t j = 0; j < p->options->n; j++) {
		size_t n = country_around(p->people, &p->options->towns[j].at, p->km, b->near);
		double sum = 0;
		for (size_t i = 0; i < n; i++)
			sum += b->price[b->near[i]];
		b->takes[j] = sum;
		looked += (int64_t)n;
		offer(b, j);
	}
	return looked;
}

/* The bound at these prices; times says which towns the dearest options reach. */
static double evaluate(struct bound_run *b)
{
	const struct siting_problem *p = b->p;
	double bound = 0;
	for (size_t i = 0; i < p->people->n; i++) {
		bound += p->people->towns[i].people - b->price[i];
		b->times[i] = 0;
	}
	for (size_t j = 0; j < b->n_dearest; j++) {
		const struct spot *at = &p->options->towns[b->dearest[j]].at;
		size_t n = country_around(p->people, at, p->km, b->near);
		bound += b->takes[b->dearest[j]];
		for (size_t i = 0; i < n; i++)
			b->times[b->near[i]]++;
	}
	return bound;
}

/* How the bound changes with the price of a town; nothing where the price cannot move. */
static double slope(const struct bound_run *b, size_t i)
{
	double s = b->times[i] - (b->price[i] < b->p->people->towns[i].people);
	return s > 0 && b->price[i] <= 0 ? 0 : s;
}

static void move(struct bound_run *b, double bound)
{
	double norm = 0;
	for (size_t i = 0; i < b->p->people->n; i++) {
		b->way[i] = slope(b, i) + MEMORY * b->way[i];
		norm += b->way[i] * b->way[i];
	}
	if (norm <= 0) {
		b->steps = BOUND_STEPS;
		return;
	}
	double step = b->length * (bound - b->value) / norm;
	for (size_t i = 0; i < b->p->people->n; i++) {
		double most = b->p->people->towns[i].people, price = b->price[i] - step * b->way[i];
		b->price[i] = price < 0 ? 0 : price > most ? most : price;
	}
}

static bool over(const struct bound_run *b)
{
	return b->steps >= BOUND_STEPS || b->best - b->value <= b->best * NEAR_ENOUGH;
}

bool bound_go(struct bound_run *b, int64_t work)
{
	for (int64_t looked = 0; !over(b) && looked <= work;) {
		looked += collect(b) + (int64_t)b->p->people->n;
		double bound = evaluate(b);
		b->steps++;
		b->idle = bound < b->best ? 0 : b->idle + 1;
		b->best = bound < b->best ? bound : b->best;
		if (b->idle >= PATIENCE) {
			b->length /= 2;
			b->idle = 0;
		}
		move(b, bound);
	}
	return over(b);
}

int bound_steps(const struct bound_run *b)
{
	return b->steps < BOUND_STEPS ? b->steps : BOUND_STEPS;
}

/* Sums of doubles err by far less than a hundredth; people are whole. */
int64_t bound_value(const struct bound_run *b)
{
	return (int64_t)floor(b->best + 0.01);
}
