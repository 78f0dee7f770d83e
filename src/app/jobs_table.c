#include "app/jobs_table.h"
#include "bridges/lapse.h"
#include "bridges/limit.h"
#include "bridges/reminder.h"
#include "bridges/terms.h"
#include "observatory/catalogue.h"
#include "observatory/import_run.h"
#include "observatory/open_archive.h"
#include "observatory/siting_ask.h"
#include "people/account.h"
#include "people/confirmation.h"
#include "people/photo.h"
#include "people/session.h"
#include "people/visits.h"
#include "platform/idempotency.h"
#include "platform/mail.h"
#include "spaces/booking.h"
#include "workshops/workshop.h"

const struct job_def the_jobs[] = {
	{ "mail.deliver", 60, true, mail_deliver },
	{ "conventions.end", 3600, false, conventions_end },
	{ "bookings.lapse", 3600, false, bookings_lapse },
	{ "rights.remind", 86400, false, reminders_run },
	{ "limits.tell", 86400, false, limits_tell },
	{ "siting.bounds", 60, true, bounds_work },
	{ "imports", 60, true, imports_work },
	{ "catalogue.fold", 3600, false, catalogue_fold },
	{ "mail.sweep", 86400, false, mail_sweep },
	{ "bookings.expire", 60, false, bookings_expire },
	{ "bookings.unrecorded", 300, false, bookings_unrecorded },
	{ "workshops.hold", 60, false, workshops_hold },
	{ "idempotency.sweep", 3600, false, idempotency_sweep },
	{ "visits.write", 300, false, visits_write },
	{ "sessions.sweep", 86400, false, sessions_sweep },
	{ "pages.confirm", 86400, false, confirmations_ask },
	{ "account.sweep", 86400, false, account_sweep },
	{ "data.archive", 86400, false, open_archive_make },
	{ "photos.complete", 86400, false, photos_complete },
};
const size_t n_the_jobs = sizeof the_jobs / sizeof *the_jobs;

const char *const the_job_labels[] = {
	K("job.mail_deliver"),	    K("job.conventions_end"),	  K("job.bookings_lapse"),
	K("job.rights_remind"),	    K("job.limits_tell"),	  K("job.siting_bounds"),
	K("job.imports"),	    K("job.catalogue_fold"),	  K("job.mail_sweep"),
	K("job.bookings_expire"),   K("job.bookings_unrecorded"), K("job.workshops_hold"),
	K("job.idempotency_sweep"), K("job.visits_write"),	  K("job.sessions_sweep"),
	K("job.pages_confirm"),	    K("job.account_sweep"),	  K("job.data_archive"),
	K("job.photos_complete"),
};
_Static_assert(sizeof the_job_labels / sizeof *the_job_labels == sizeof the_jobs / sizeof *the_jobs,
	       "each job has its words");
