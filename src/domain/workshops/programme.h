/* programme.h - port of spaces: what happens in a place soon. */
#ifndef MAILLAGE_PROGRAMME_H
#define MAILLAGE_PROGRAMME_H

#include "spaces/place_page.h"

place_programme_fn workshops_programme;

#endif
