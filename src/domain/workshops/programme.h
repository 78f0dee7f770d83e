/* programme.h - ports of spaces: what happens in a place soon, and on the day of its host. */
#ifndef MAILLAGE_PROGRAMME_H
#define MAILLAGE_PROGRAMME_H

#include "spaces/host.h"
#include "spaces/place_page.h"

place_programme_fn workshops_programme;
host_workshops_fn workshops_of_host;

#endif
