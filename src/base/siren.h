/* siren.h - numbers of French organisations and establishments. Source: INSEE;
 * the last digit makes Luhn's sum a multiple of ten. */
#ifndef MAILLAGE_SIREN_H
#define MAILLAGE_SIREN_H

#include <stdbool.h>

/* Nine digits and nothing else, Luhn's sum right. NULL is wrong. */
bool siren_ok(const char *s);

/* Fourteen digits that start with a SIREN, Luhn's sum right. La Poste
 * (356000000) has more establishments than that leaves room for: hers are
 * also right when their digits add up to a multiple of five. */
bool siret_ok(const char *s);

#endif
