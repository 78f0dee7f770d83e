#include "app/jobs_table.h"
#include "platform/idempotency.h"

const struct job_def the_jobs[] = {
	{ "idempotency.sweep", 3600, false, idempotency_sweep },
};
const size_t n_the_jobs = sizeof the_jobs / sizeof *the_jobs;
