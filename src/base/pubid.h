/* pubid.h - the names that the outside knows things by: 128 random bits. */
#ifndef MAILLAGE_PUBID_H
#define MAILLAGE_PUBID_H

#include "base/rc.h"
#include "base/types.h"

void pubid_new(pubid *out);
/* For what is written in great numbers, one after the other: each 64 of a thread begin
 * with the same 18 bits, and so lie on few pages of an index. 110 bits are its own; who
 * sees two of a kind may learn that they were made about the same time. */
void pubid_new_near(pubid *out);
/* Random bytes come from elsewhere from now on: no thread uses what it has left. */
void pubid_source_changed(void);
/* The same seed and n give the same id, other ones another: for the demo and
 * tests, never for anything that must not be guessed. */
void pubid_from_seed(uint64_t seed, uint64_t n, pubid *out);
/* 26 lower-case characters, exactly; else E_INVALID and *out is left alone. */
rc pubid_parse(const char *s, pubid *out);
bool pubid_eq(pubid a, pubid b);
bool pubid_is_none(pubid p);

#endif
