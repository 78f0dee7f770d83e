/* workshop_personal.h - what workshops keep of a person: see personal_data.h. */
#ifndef MAILLAGE_WORKSHOP_PERSONAL_H
#define MAILLAGE_WORKSHOP_PERSONAL_H

#include "people/personal_data.h"

rc export_enrolments(struct ctx *c, person_id person, struct buf *json);

#endif
