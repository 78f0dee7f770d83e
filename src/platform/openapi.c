#include "platform/openapi.h"

#define REF "{\"$ref\":\"#/components/schemas/%s\"}"

/* JSON's type, and what else the schema says of it. */
static const struct {
	const char *type, *rest;
} types[] = {
	[F_BOOL] = { "boolean", "" },
	[F_INT] = { "integer", "" },
	[F_TEXT] = { "string", "" },
	[F_HTML] = { "string", ",\"contentMediaType\":\"text/html\"" },
	[F_PUBID] = { "string", ",\"pattern\":\"^[0-9a-hjkmnp-tv-z]{26}$\"" },
	[F_INSTANT] = { "string", ",\"format\":\"date-time\"" },
	[F_DAY] = { "string", ",\"format\":\"date\"" },
	[F_MINUTE] = { "string", ",\"pattern\":\"^[0-9]{1,2}:[0-5][0-9]$\"" },
	[F_MONEY] = { "integer", ",\"description\":\"Cents of euro.\"" },
	[F_QUANTITY] = { "integer", ",\"description\":\"Thousandths of a day, hour or credit.\"" },
	[F_HASH] = { "string", ",\"pattern\":\"^[0-9a-f]{64}$\"" },
	[F_ENUM] = { "string", "" },
	[F_OCTETS] = { "string", ",\"contentEncoding\":\"base64\"" },
};

bool openapi_shows(const struct field *f)
{
	return f->type != F_ID && !(f->flags & FF_PRIVATE);
}

/* May null stand for it? In a form, for all that is not required. */
static bool is_nullable(const struct field *f, bool form)
{
	return form ? !(f->flags & FF_REQUIRED) : (f->flags & FF_NULL) != 0;
}

static void write_words(struct buf *b, const struct enumeration *e, bool nullable)
{
	buf_str(b, ",\"enum\":[");
	for (size_t i = 0; i < e->n; i++) {
		if (i)
			buf_char(b, ',');
		buf_json(b, e->words[i]);
	}
	buf_str(b, nullable ? ",null]" : "]");
}

static void write_format(struct buf *b, unsigned flags)
{
	if (flags & FF_EMAIL)
		buf_str(b, ",\"format\":\"email\"");
	if (flags & FF_URL)
		buf_str(b, ",\"format\":\"uri\"");
	if (flags & FF_SIREN)
		buf_str(b, ",\"pattern\":\"^[0-9]{9}$\"");
	if (flags & FF_PASSWORD)
		buf_str(b, ",\"format\":\"password\",\"writeOnly\":true");
}

/* What a form's value must keep to. An empty text is the same as none. */
static void write_bounds(struct buf *b, const struct field *f)
{
	if (f->type == F_TEXT) {
		int64_t least = f->flags & FF_REQUIRED && f->min < 1 ? 1 : f->min;
		if (f->flags & FF_REQUIRED)
			buf_fmt(b, ",\"minLength\":%lld", (long long)least);
		buf_fmt(b, ",\"maxLength\":%lld", (long long)f->max);
		write_format(b, f->flags);
	} else if (f->type == F_INT || f->type == F_MONEY || f->type == F_QUANTITY) {
		buf_fmt(b, ",\"minimum\":%lld,\"maximum\":%lld", (long long)f->min, (long long)f->max);
	} else if (f->type == F_BOOL) {
		buf_str(b, ",\"default\":false");
	}
}

void openapi_field(struct buf *b, const struct field *f, bool form)
{
	bool nullable = is_nullable(f, form);
	if (f->type == F_SHAPE)
		buf_fmt(b, REF, f->shape->name);
	else if (f->type == F_LIST)
		buf_fmt(b, "{\"type\":\"array\",\"items\":" REF "}", f->shape->name);
	if (f->type == F_JSON)
		buf_str(b, "{}"); /* anything */
	if (f->type == F_SHAPE || f->type == F_LIST || f->type == F_JSON)
		return;
	buf_fmt(b, nullable ? "{\"type\":[\"%s\",\"null\"]%s" : "{\"type\":\"%s\"%s", types[f->type].type,
		types[f->type].rest);
	if (f->type == F_ENUM)
		write_words(b, f->words, nullable);
	if (form)
		write_bounds(b, f);
	buf_char(b, '}');
}

void openapi_schema(struct buf *b, const struct shape *s, bool form)
{
	const char *comma = "";
	buf_str(b, "{\"type\":\"object\",\"properties\":{");
	for (size_t i = 0; i < s->n; i++) {
		if (!openapi_shows(&s->fields[i]))
			continue;
		buf_fmt(b, "%s\"%s\":", comma, s->fields[i].name);
		openapi_field(b, &s->fields[i], form);
		comma = ",";
	}
	buf_str(b, "},\"required\":[");
	comma = "";
	for (size_t i = 0; i < s->n; i++) {
		if (!openapi_shows(&s->fields[i]) || (form && !(s->fields[i].flags & FF_REQUIRED)))
			continue;
		buf_fmt(b, "%s\"%s\"", comma, s->fields[i].name);
		comma = ",";
	}
	buf_str(b, "],\"additionalProperties\":false}");
}
