/* late.h - libraries that are loaded when something first needs them. The server answers
 * its first page sooner and takes less memory without what sends mail, draws paper or
 * speaks to PostgreSQL, and the three bring two thirds of what the program is made of.
 *
 * late_NAME.h holds a list of functions and gives each its name back, so that code calls
 * them as ever, once late_NAME_load() said true. A function that is not on the list does
 * not link. */
#ifndef MAILLAGE_LATE_H
#define MAILLAGE_LATE_H

#include <stdbool.h>

/* True: its functions can be called. Any thread, any number of times. */
bool late_curl_load(void);
bool late_draw_load(void);
bool late_pq_load(void);

/* All of them: is the installation whole? NULL, or the first that cannot be loaded. */
const char *late_missing(void);

#endif
