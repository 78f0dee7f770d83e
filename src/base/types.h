/* types.h - one-member structs, so that a price is never passed for a date.
 * Values that may be absent hold NONE (the least int64): the database's NULL
 * and JSON's null. */
#ifndef MAILLAGE_TYPES_H
#define MAILLAGE_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NONE INT64_MIN

typedef struct instant  { int64_t v; } instant;	 /* seconds since 1970, UTC */
typedef struct day      { int64_t v; } day;	 /* civil date: days since 1970-01-01 */
typedef struct minute   { int64_t v; } minute;	 /* minutes since local midnight, 0..1440 */
typedef struct money    { int64_t v; } money;	 /* cents of euro */
typedef struct quantity { int64_t v; } quantity; /* thousandths of a day, hour or credit */

/* What the outside sees instead of a row number: 128 random bits as 26
 * characters of lower-case base 32 (Crockford), NUL at the end. */
typedef struct pubid { char s[27]; } pubid;

/* SHA-256. */
typedef struct hash { unsigned char b[32]; } hash;

/* Bytes of any kind, with their number; s is NULL when there are none. */
typedef struct octets { const char *s; size_t n; } octets;

/* HTML that is known to be safe; only the Markdown renderer and the
 * generators make one. NULL when there is none. */
typedef struct html { const char *s; } html;

/* Row numbers; 0 is none. They never leave the server. */
#define ID_TYPE(name) typedef struct name { int64_t v; } name
ID_TYPE(person_id);
ID_TYPE(session_id);
ID_TYPE(token_id);
ID_TYPE(community_id);
ID_TYPE(link_id);
ID_TYPE(membership_id);
ID_TYPE(invitation_id);
ID_TYPE(commune_id);
ID_TYPE(space_id);
ID_TYPE(booking_id);
ID_TYPE(tariff_id);
ID_TYPE(pack_id);
ID_TYPE(counter_id);
ID_TYPE(workshop_id);
ID_TYPE(enrolment_id);
ID_TYPE(convention_id);
ID_TYPE(version_id);
ID_TYPE(party_id);
ID_TYPE(grant_id);
ID_TYPE(charter_id);
ID_TYPE(chain_id);
ID_TYPE(account_id);
ID_TYPE(entry_id);
ID_TYPE(mail_id);
ID_TYPE(fiche_id);
ID_TYPE(actor_id);
ID_TYPE(row_id);	/* a table nobody points to from C */

#define is_none(x) ((x).v == NONE)

#endif
