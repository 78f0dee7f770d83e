/* html_place.h - follows HTML byte by byte and knows where it stands, so that
 * the template compiler can pick the right escaping and refuse the rest. */
#ifndef MAILLAGE_HTML_PLACE_H
#define MAILLAGE_HTML_PLACE_H

#include <stdbool.h>

enum place_kind {
	IN_TEXT,
	IN_OPENING, /* after < */
	IN_TAG_NAME,
	IN_TAG,	    /* after a blank: an attribute may begin */
	AFTER_NAME, /* after a name or a closing quote: a blank, / or > must come */
	IN_ATTR_NAME,
	BEFORE_VALUE, /* after = */
	IN_VALUE,     /* between quotes */
	IN_UNQUOTED,
	IN_MARKUP, /* <!doctype */
	IN_COMMENT,
	IN_RAW /* inside script, title, textarea */
};

/* How far into an attribute's value. */
enum place_at { AT_START, AT_START_OR_NOT, PAST_START };

struct place {
	enum place_kind kind;
	enum place_at at;
	char quote;
	bool closing; /* </x */
	char tag[32], attr[64];
	unsigned len; /* of the name being read, or of the match of an end */
	unsigned pre; /* depth of pre and textarea */
};

/* One byte further. NULL, or what is wrong. */
const char *place_step(struct place *p, char ch);
/* Something other than bytes stands here (a condition, a value): names end. */
void place_pause(struct place *p);
/* May blanks be joined here? */
bool place_collapses(const struct place *p);

enum place_use { USE_TEXT, USE_PLAIN, USE_ATTR, USE_URL_PART, USE_URL_WHOLE, USE_REFUSED };
/* What a value printed here is; USE_REFUSED sets *why. */
enum place_use place_use(const struct place *p, const char **why);
/* May a condition or a loop stand here? NULL, or why not. */
const char *place_blocks(const struct place *p);
/* The place after two branches that end at *a and b; false if they do not fit. */
bool place_join(struct place *a, const struct place *b);

#endif
