/* space_personal.h - what the places keep of a person: see personal_data.h. */
#ifndef MAILLAGE_SPACE_PERSONAL_H
#define MAILLAGE_SPACE_PERSONAL_H

#include "people/personal_data.h"

rc export_bookings(struct ctx *c, person_id person, struct buf *json);
rc export_packs(struct ctx *c, person_id person, struct buf *json);
rc export_contests(struct ctx *c, person_id person, struct buf *json);
/* What she wrote herself: why she contested, what she came for. */
rc erase_words_in_places(struct ctx *c, person_id person);

#endif
