/* jobs_table.h - the work that comes back, gathered from the slices. */
#ifndef MAILLAGE_JOBS_TABLE_H
#define MAILLAGE_JOBS_TABLE_H

#include "platform/jobs.h"

extern const struct job_def the_jobs[];
extern const size_t n_the_jobs;
/* What each is for: messages, in the same order. */
extern const char *const the_job_labels[];

#endif
