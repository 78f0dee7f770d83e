/* Threads that meet a zone for the first time together. */
#include "base/test.h"

#include <pthread.h>

#include "base/civil.h"

static const char *const some_zones[] = { "Europe/Paris",   "America/Guadeloupe", "Indian/Reunion",
					  "Pacific/Noumea", "Europe/Nowhere",	  "UTC" };

static void *convert(void *arg)
{
	int64_t *sum = arg;
	for (int i = 0; i < 20000; i++) {
		const char *zone = some_zones[i % (sizeof some_zones / sizeof *some_zones)];
		*sum += local_to_utc((day){ 20000 + i % 900 }, (minute){ i % 1440 }, zone).v;
	}
	return NULL;
}

static void zone_threads(void **state)
{
	(void)state;
	pthread_t threads[4];
	int64_t sums[5] = { 0 };
	for (int i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, convert, &sums[i]), 0);
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	convert(&sums[4]);
	for (int i = 0; i < 4; i++)
		assert_int_equal(sums[i], sums[4]);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(zone_threads) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
