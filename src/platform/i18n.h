/* i18n.h - words of the interface, compiled from po/ by tools/pogen. */
#ifndef MAILLAGE_I18N_H
#define MAILLAGE_I18N_H

#include "base/buf.h"
#include "base/ctx.h"
#include "base/shape.h"

/* A named value for a message; make one with ARG. */
struct arg {
	const char *name;
	enum { ARG_TEXT, ARG_INT } kind;
	const char *text;
	int64_t n;
};

/* The message of a key in the reader's language, with {name} replaced; an
 * argument called "n" picks the plural and is written with groups of three, other
 * whole numbers are written plain (a year). *stars* are dropped. Unknown key:
 * the key itself (the build refuses those). Result in c->mem or static. */
const char *i18n(struct ctx *c, const char *key, const struct arg *args, size_t n_args);
/* Is there such a message? For keys that are made up of two parts. */
bool i18n_has(const char *key);
/* The same at the end of `b`: plain; escaped for an attribute; or escaped with
 * *stars* made <strong>. */
enum i18n_mode { I18N_PLAIN, I18N_ATTR, I18N_HTML };
void i18n_write(struct ctx *c, struct buf *b, enum i18n_mode mode, const char *key, const struct arg *args,
		size_t n_args);
#define T(c, key) i18n((c), (key), NULL, 0)
#define T_TEXT(c, key, name_, value_) \
	i18n((c), (key), &(struct arg){ .name = (name_), .kind = ARG_TEXT, .text = (value_) }, 1)
#define T_N(c, key, value_) i18n((c), (key), &(struct arg){ .name = "n", .kind = ARG_INT, .n = (value_) }, 1)
/* The label of a word of an enumeration: message "NAME.word"; "" for none. */
const char *i18n_word(struct ctx *c, const struct enumeration *e, int index);

/* Values the reader's way, in c->mem. Absent values give "". Instants are
 * shown in `zone` (an IANA name; NULL: the home zone). French groups digits by
 * U+202F; U+00A0 stands before the euro and around the h of hours. */
const char *fmt_money(struct ctx *c, money m); /* 1 204,50 €, 14,00 € ; Gratuit is the page's business */
const char *fmt_quantity(struct ctx *c, quantity q);		  /* 4,5 ; true minus */
const char *fmt_signed(struct ctx *c, quantity q);		  /* +2 ; −13 ; 0 */
const char *fmt_int(struct ctx *c, int64_t n);			  /* 1 204 */
const char *fmt_day(struct ctx *c, day d);			  /* 24 nov. 2026 */
const char *fmt_day_short(struct ctx *c, day d);		  /* 24 nov. ; jeu. 26 nov. is fmt_day_week */
const char *fmt_day_week(struct ctx *c, day d);			  /* jeu. 26 nov. */
const char *fmt_day_long(struct ctx *c, day d);			  /* jeudi 26 novembre 2026 ; 1er as needed */
const char *fmt_days(struct ctx *c, day from, day to);		  /* 23 – 28 novembre, 30 novembre – 5 décembre */
const char *fmt_month(struct ctx *c, day d);			  /* novembre 2026 */
const char *fmt_minute(struct ctx *c, minute m);		  /* 9 h, 10 h 30 ; en: 9:00, 10:30 */
const char *fmt_clock(struct ctx *c, minute m);			  /* 09:00 for columns and inputs */
const char *fmt_when(struct ctx *c, instant t, const char *zone); /* 24 nov. 2026, 10 h 40 */
const char *fmt_iso_day(struct ctx *c, day d);			  /* 2026-11-24, for inputs and links */

#endif
