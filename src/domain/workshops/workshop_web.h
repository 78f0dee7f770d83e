/* workshop_web.h - what the pages of workshops share. */
#ifndef MAILLAGE_WORKSHOP_WEB_H
#define MAILLAGE_WORKSHOP_WEB_H

#include "platform/route.h"

route_fn agenda_get, agenda_csv, agenda_ics, workshop_new_get, workshop_new_post, workshop_get, workshop_enrol_post,
	workshop_withdraw_post, workshop_edit_get, workshop_edit_post, workshop_cancel_post, workshop_list_get,
	attendance_get, attendance_close_post, attendance_reopen_post, enrolment_mark_post, enrolments_get, enrolments_csv;

rc workshop_loader(struct ctx *c, pubid pub, struct loaded *out);
rc workshop_held_loader(struct ctx *c, pubid pub, struct loaded *out);
rc enrolment_loader(struct ctx *c, pubid pub, struct loaded *out);

#endif
