/* sql_words.h - `x IN ('a', 'b', 'c')` as SQLite does it fastest. For three
 * words or more it makes a table at each run of the statement, with a page of
 * its own: a booking made ten. Comparisons joined by OR make none, and an
 * index on the column serves them as it serves IN. */
#ifndef MAILLAGE_SQL_WORDS_H
#define MAILLAGE_SQL_WORDS_H

/* The statement with lists of three to six words behind a column spelled as
 * comparisons; longer ones stay sets. The result lasts as tool_alloc does. */
const char *sql_words(const char *sql);

#endif
