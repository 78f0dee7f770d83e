/* territory.h - filling the tables of the country from the files that ship. */
#ifndef MAILLAGE_TERRITORY_H
#define MAILLAGE_TERRITORY_H

#include "base/ctx.h"

/* What the files are of: INSEE's legal populations of 2023, in force on the 1st
 * of January 2026 (those of Mayotte are of 2017); communes, groupings and
 * arrondissements as they were then. */
#define POPULATION_YEAR 2023
#define GROUND_YEAR	2026

/* Load the CSV files of data/ into the database, all of it or nothing. What
 * is there is brought up to date; communes that no longer exist stay, since
 * addresses name them. *n: communes written, 0 when these very files are loaded
 * already. Opens its own transaction, or joins the open one. Uses c->now.
 *   E_CORRUPT  "territory.data" a file is not what it should be (file, line) */
rc territory_load(struct ctx *c, int64_t *n);

#endif
