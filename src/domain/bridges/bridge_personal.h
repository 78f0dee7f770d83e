/* bridge_personal.h - what conventions keep of a person: see personal_data.h. */
#ifndef MAILLAGE_BRIDGE_PERSONAL_H
#define MAILLAGE_BRIDGE_PERSONAL_H

#include "people/personal_data.h"

/* Charters accepted, conventions signed. */
rc export_signings(struct ctx *c, person_id person, struct buf *json);

#endif
