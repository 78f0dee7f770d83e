#include "html_place.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

static bool one_of(const char *s, const char *const *list)
{
	for (; *list; list++)
		if (strcmp(s, *list) == 0)
			return true;
	return false;
}

static bool starts(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

static bool is_url(const char *attr)
{
	static const char *const urls[] = { "href",	  "src",	 "action",	   "formaction",
					    "poster",	  "cite",	 "data",	   "hx-get",
					    "hx-post",	  "hx-put",	 "hx-patch",	   "hx-delete",
					    "xlink:href", "hx-push-url", "hx-replace-url", NULL };
	return one_of(attr, urls);
}

/* Attributes that hold a language of their own. */
static bool is_closed(const char *attr)
{
	static const char *const closed[] = { "srcdoc",	    "srcset",	  "imagesrcset", "ping",    "hx-vals",
					      "hx-headers", "hx-request", "hx-trigger",	 "hx-vars", NULL };
	return one_of(attr, closed);
}

static bool is_raw(const char *tag)
{
	static const char *const raw[] = { "script", "title", "textarea", NULL };
	return one_of(tag, raw);
}

static bool keeps_blanks(const char *tag)
{
	return strcmp(tag, "pre") == 0 || strcmp(tag, "textarea") == 0;
}

static bool blank(char ch)
{
	return ch == ' ' || ch == '\n' || ch == '\t' || ch == '\r' || ch == '\f';
}

static const char *begin_tag_name(struct place *p, char ch)
{
	p->kind = IN_TAG_NAME;
	p->tag[0] = (char)tolower((unsigned char)ch);
	p->tag[1] = 0;
	p->len = 1;
	return NULL;
}

static const char *name_more(char *name, size_t size, unsigned *len, char ch)
{
	if (*len + 1 >= size)
		return "this name is too long";
	name[(*len)++] = (char)tolower((unsigned char)ch);
	name[*len] = 0;
	return NULL;
}

static const char *step_opening(struct place *p, char ch)
{
	if (ch == '!') {
		p->kind = IN_MARKUP;
		p->len = 0;
		return NULL;
	}
	if (ch == '/' && !p->closing) {
		p->closing = true;
		return NULL;
	}
	if (isalpha((unsigned char)ch))
		return begin_tag_name(p, ch);
	return "a < that opens no tag: write &lt;";
}

static const char *end_tag(struct place *p)
{
	if (strcmp(p->tag, "style") == 0)
		return "styles stand in web/css: the pages' policy allows none inside";
	if (keeps_blanks(p->tag)) {
		if (!p->closing)
			p->pre++;
		else if (p->pre > 0)
			p->pre--;
	}
	p->kind = !p->closing && is_raw(p->tag) ? IN_RAW : IN_TEXT;
	p->len = 0;
	return NULL;
}

static const char *end_attr_name(const struct place *p)
{
	if (strcmp(p->attr, "style") == 0)
		return "a style attribute: the pages' policy allows none, use a class";
	if (starts(p->attr, "on") || starts(p->attr, "hx-on"))
		return "a handler in the page: the pages' policy allows none, use web/js";
	return NULL;
}

/* Anywhere between attributes. */
static const char *step_tag(struct place *p, char ch)
{
	if (blank(ch)) {
		p->kind = IN_TAG;
		return NULL;
	}
	if (ch == '>')
		return end_tag(p);
	if (ch == '/') {
		p->kind = AFTER_NAME;
		return NULL;
	}
	if (p->kind == AFTER_NAME)
		return ch == '=' ? "= must follow the attribute's name directly"
				 : "a blank is missing between attributes";
	if (ch == '=' || ch == '"' || ch == '\'' || ch == '<')
		return "this byte begins no attribute";
	p->kind = IN_ATTR_NAME;
	p->len = 0;
	return name_more(p->attr, sizeof(p->attr), &p->len, ch);
}

static const char *step_attr_name(struct place *p, char ch)
{
	if (ch != '=' && ch != '>' && ch != '/' && !blank(ch)) {
		if (ch == '"' || ch == '\'' || ch == '<')
			return "this byte stands in no attribute's name";
		return name_more(p->attr, sizeof(p->attr), &p->len, ch);
	}
	const char *wrong = end_attr_name(p);
	if (wrong)
		return wrong;
	if (ch == '=') {
		p->kind = BEFORE_VALUE;
		return NULL;
	}
	return step_tag(p, ch);
}

static const char *step_before_value(struct place *p, char ch)
{
	if (blank(ch) || ch == '>')
		return "the attribute has = but no value";
	p->kind = ch == '"' || ch == '\'' ? IN_VALUE : IN_UNQUOTED;
	p->quote = ch;
	p->at = AT_START;
	return NULL;
}

static const char *step_value(struct place *p, char ch)
{
	if (ch == p->quote)
		p->kind = AFTER_NAME;
	else
		p->at = PAST_START;
	return NULL;
}

static const char *step_markup(struct place *p, char ch)
{
	p->len = ch == '-' && p->len < 2 ? p->len + 1 : 9;
	if (p->len == 2) {
		p->kind = IN_COMMENT;
		p->len = 0;
	} else if (ch == '>') {
		p->kind = IN_TEXT;
	}
	return NULL;
}

static const char *step_comment(struct place *p, char ch)
{
	if (ch == '>' && p->len >= 2)
		p->kind = IN_TEXT;
	p->len = ch == '-' ? p->len + 1 : 0;
	return NULL;
}

static const char *step_raw(struct place *p, char ch)
{
	char low = (char)tolower((unsigned char)ch);
	size_t name = strlen(p->tag);
	bool matches = p->len == 0 ? ch == '<' : p->len == 1 ? ch == '/' : low == p->tag[p->len - 2];
	p->len = matches ? p->len + 1 : ch == '<';
	if (p->len == name + 2) {
		p->kind = AFTER_NAME;
		p->closing = true;
	} else if (p->len == 0 && !blank(ch) && strcmp(p->tag, "script") == 0) {
		return "a script in the page: the pages' policy allows none, use web/js";
	}
	return NULL;
}

const char *place_step(struct place *p, char ch)
{
	switch (p->kind) {
	case IN_TEXT:
		if (ch == '<') {
			p->kind = IN_OPENING;
			p->closing = false;
		}
		return NULL;
	case IN_OPENING: return step_opening(p, ch);
	case IN_TAG_NAME:
		if (!blank(ch) && ch != '>' && ch != '/')
			return name_more(p->tag, sizeof(p->tag), &p->len, ch);
		return step_tag(p, ch);
	case IN_TAG:
	case AFTER_NAME: return step_tag(p, ch);
	case IN_ATTR_NAME: return step_attr_name(p, ch);
	case BEFORE_VALUE: return step_before_value(p, ch);
	case IN_VALUE: return step_value(p, ch);
	case IN_UNQUOTED: return blank(ch) || ch == '>' ? step_tag(p, ch) : NULL;
	case IN_MARKUP: return step_markup(p, ch);
	case IN_COMMENT: return step_comment(p, ch);
	case IN_RAW: return step_raw(p, ch);
	}
	return NULL;
}

void place_pause(struct place *p)
{
	if (p->kind == IN_TAG_NAME || p->kind == IN_ATTR_NAME)
		p->kind = AFTER_NAME;
}

bool place_collapses(const struct place *p)
{
	return p->pre == 0 && (p->kind == IN_TEXT || p->kind == IN_TAG || p->kind == IN_TAG_NAME ||
			       p->kind == AFTER_NAME || p->kind == IN_ATTR_NAME);
}

static enum place_use use_value(const struct place *p, const char **why)
{
	if (is_closed(p->attr))
		*why = "no value can be written safely in this attribute";
	else if (!is_url(p->attr))
		return USE_ATTR;
	else if (p->at == AT_START)
		return USE_URL_WHOLE;
	else if (p->at == PAST_START)
		return USE_URL_PART;
	else
		*why = "this value begins the URL in one case and not in the other";
	return USE_REFUSED;
}

enum place_use place_use(const struct place *p, const char **why)
{
	*why = NULL;
	switch (p->kind) {
	case IN_TEXT: return USE_TEXT;
	case IN_VALUE: return use_value(p, why);
	case IN_RAW:
		if (strcmp(p->tag, "title") == 0 || strcmp(p->tag, "textarea") == 0)
			return USE_PLAIN;
		*why = "no value can be written safely in a script";
		break;
	case IN_UNQUOTED:
	case BEFORE_VALUE: *why = "a value in an attribute without quotes"; break;
	case IN_COMMENT: *why = "a value in a comment"; break;
	default: *why = "a value in the name of a tag or an attribute"; break;
	}
	return USE_REFUSED;
}

const char *place_blocks(const struct place *p)
{
	switch (p->kind) {
	case IN_TEXT:
	case IN_TAG_NAME:
	case IN_TAG:
	case AFTER_NAME:
	case IN_VALUE: return NULL;
	case IN_ATTR_NAME: return end_attr_name(p);
	case IN_RAW: return is_raw(p->tag) && strcmp(p->tag, "script") != 0 ? NULL : "a block in a script";
	default: return "a block cannot stand here: in text, between attributes or inside quotes only";
	}
}

bool place_join(struct place *a, const struct place *b)
{
	if (a->kind != b->kind) {
		bool loose = (a->kind == IN_TAG && b->kind == AFTER_NAME) ||
			     (a->kind == AFTER_NAME && b->kind == IN_TAG);
		if (!loose)
			return false;
		a->kind = AFTER_NAME;
	}
	if (a->pre != b->pre)
		return false;
	if (a->kind != IN_TEXT && (strcmp(a->tag, b->tag) != 0 || a->closing != b->closing))
		return false;
	if (a->kind == IN_VALUE) {
		if (strcmp(a->attr, b->attr) != 0 || a->quote != b->quote)
			return false;
		if (a->at != b->at)
			a->at = AT_START_OR_NOT;
	}
	if (a->kind == IN_RAW && (a->len != b->len))
		return false;
	return true;
}
