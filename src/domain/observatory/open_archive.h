/* open_archive.h - every file of open data in one archive, made in the background
 * once a day, with the digest of each file and of the whole. */
#ifndef MAILLAGE_OPEN_ARCHIVE_H
#define MAILLAGE_OPEN_ARCHIVE_H

#include "observatory/open_data.h"

#define OPEN_ARCHIVE "/data/maillage.zip"

/* Job: make it anew. */
rc open_archive_make(struct ctx *c);
/* What the page says of it; made_at is NONE before the first. */
rc open_archive_told(struct ctx *c, struct data_archive *out);

#endif
