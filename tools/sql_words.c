#include "sql_words.h"

#include <ctype.h>
#include <string.h>

#include "tool.h"

#define FEWEST 3
#define MOST   6

/* Words of one list, quotes and all. */
struct words {
	const char *at[MOST];
	size_t len[MOST], n;
};

static bool is_column(char ch)
{
	return isalnum((unsigned char)ch) || ch == '_' || ch == '.';
}

/* What follows the string at s, its doubled quotes within. */
static const char *past_string(const char *s)
{
	char quote = *s++;
	while (*s && (*s != quote || s[1] == quote))
		s += *s == quote ? 2 : 1;
	return *s ? s + 1 : s;
}

/* What follows "'a', 'b')", or NULL when it is something else. */
static const char *read_words(const char *s, struct words *w)
{
	for (w->n = 0; *s == '\'' && w->n < MOST; w->n++) {
		const char *end = past_string(s);
		w->at[w->n] = s;
		w->len[w->n] = (size_t)(end - s);
		if (*end == ')')
			return ++w->n >= FEWEST ? end + 1 : NULL;
		if (strncmp(end, ", ", 2) != 0)
			return NULL;
		s = end + 2;
	}
	return NULL;
}

static void compare(struct text *t, const char *column, size_t len, bool not_in, const struct words *w)
{
	for (size_t i = 0; i < w->n; i++)
		text_fmt(t, "%s%.*s %s %.*s",
			 i == 0	  ? "("
			 : not_in ? " AND "
				  : " OR ",
			 (int)len, column, not_in ? "<>" : "=", (int)w->len[i], w->at[i]);
	text_add(t, ")", 1);
}

/* What follows the name, the number, the string or the sign at s. */
static const char *past_piece(const char *s)
{
	if (*s == '\'' || *s == '"')
		return past_string(s);
	const char *end = s + 1;
	while (is_column(*s) && is_column(*end))
		end++;
	return end;
}

const char *sql_words(const char *sql)
{
	struct text t = { 0 };
	for (const char *s = sql; *s;) {
		const char *end = past_piece(s), *after = NULL;
		struct words w;
		bool in = is_column(*s) && strncmp(end, " IN (", 5) == 0;
		bool not_in = is_column(*s) && strncmp(end, " NOT IN (", 9) == 0;
		if (in || not_in)
			after = read_words(end + (in ? 5 : 9), &w);
		if (after)
			compare(&t, s, (size_t)(end - s), not_in, &w);
		else
			text_add(&t, s, (size_t)(end - s));
		s = after ? after : end;
	}
	return t.s ? t.s : "";
}
