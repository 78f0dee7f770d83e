#include "tpl_source.h"

#include <ctype.h>
#include <string.h>

#include "tool.h"
#include "tpl_expr.h"

static struct template *templates;
static size_t n_templates;

bool is_silent(const char *s)
{
	while (isspace((unsigned char)*s))
		s++;
	if (*s == '#' || *s == '/' || *s == '!')
		return true;
	static const char *const words[] = { "else", "use", "template", "end", "form" };
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		size_t n = strlen(words[i]);
		if (strncmp(s, words[i], n) == 0 && !isalnum((unsigned char)s[n]) && s[n] != '_' &&
		    s[n] != '.')
			return true;
	}
	return false;
}

static const char *directive_end(const char *s, const char *path, int line)
{
	bool comment = *s == '!', quoted = false;
	for (; *s; s++) {
		if (*s == '"' && !comment)
			quoted = !quoted;
		else if (*s == '\\' && quoted && s[1])
			s++;
		else if (!quoted && s[0] == '}' && s[1] == '}')
			return s;
		else if (!quoted && s[0] == '{' && s[1] == '{')
			break;
	}
	tool_die(path, line, "the }} of this directive is missing");
}

static void push_text(struct source *f, const char *s, const char *end, int line, bool fresh)
{
	size_t len = (size_t)(end - s);
	if (len)
		*tool_push(f->tokens, f->n) = (struct token){
			.fresh = fresh, .s = tool_copy(s, len), .len = len, .line = line
		};
}

int lines_in(const char *s, const char *end)
{
	int n = 0;
	for (; s < end; s++)
		n += *s == '\n';
	return n;
}

static bool only_blanks(const char *s, const char *end)
{
	for (; s < end; s++)
		if (*s != ' ' && *s != '\t')
			return false;
	return true;
}

static void tokenize(struct source *f, const char *all)
{
	const char *s = all;
	int line = 1;
	bool fresh = false;
	for (const char *open; (open = strstr(s, "{{"));) {
		int at = line + lines_in(s, open);
		const char *close = directive_end(open + 2, f->path, at), *next = close + 2;
		const char *bol = open, *eol = next + strcspn(next, "\n");
		while (bol > s && bol[-1] != '\n')
			bol--;
		bool alone = (bol == all || bol[-1] == '\n') && only_blanks(bol, open) &&
			     only_blanks(next, eol);
		bool silent = is_silent(open + 2);
		push_text(f, s, alone && silent ? bol : open, line, fresh);
		*tool_push(f->tokens, f->n) = (struct token){
			.directive = true, .s = tool_copy(open + 2, (size_t)(close - open - 2)), .line = at
		};
		line = at + lines_in(open, next);
		s = next;
		fresh = alone && silent;
		if (fresh) {
			line += *eol == '\n';
			s = *eol ? eol + 1 : eol;
		}
	}
	push_text(f, s, s + strlen(s), line, fresh);
}

const struct template *template_find(const char *name)
{
	for (size_t i = 0; i < n_templates; i++)
		if (strcmp(templates[i].name, name) == 0)
			return &templates[i];
	return NULL;
}

const struct template *template_next(const struct source *f, const struct template *after)
{
	for (const struct template *t = after ? after + 1 : templates; t < templates + n_templates; t++)
		if (t->source == f)
			return t;
	return NULL;
}

/* After the word template: NAME [struct TYPE VAR]. */
static struct template read_template(struct cursor *cu, const struct source *f)
{
	static const char *const reserved[] = { "o",	"t",	"word", "code", "icon", "call",
						"csrf", "form", "use",	"end",	"else" };
	struct template t = { .name = expr_name(cu, "the template's name"),
			      .source = f,
			      .line = cu->scope->line };
	if (!expr_at_end(cu)) {
		if (!expr_accept(cu, "struct"))
			expr_wrong(cu, "a template is declared: template NAME struct TYPE VARIABLE");
		t.type = expr_name(cu, "the model's type");
		t.model = expr_name(cu, "the model's variable");
		expr_end(cu);
		for (size_t i = 0; i < sizeof(reserved) / sizeof(*reserved); i++)
			if (strcmp(t.model, reserved[i]) == 0)
				expr_wrong(cu, "%s has a meaning in templates: name the variable otherwise",
					   t.model);
	}
	return t;
}

static void read_use(struct cursor *cu, struct source *f)
{
	if (expr_at_end(cu))
		expr_wrong(cu, "use what?");
	const char *header;
	if (*cu->s == '"') {
		header = expr_string(cu, "a header");
	} else {
		size_t n = strspn(cu->s, "abcdefghijklmnopqrstuvwxyz0123456789_/");
		header = tool_fmt("%.*s_shape.h", (int)n, cu->s);
		cu->s += n;
	}
	expr_end(cu);
	*tool_push(f->uses, f->n_uses) = header;
}

/* First pass: what each file uses and declares. */
static void declare(struct source *f)
{
	for (size_t i = 0; i < f->n; i++) {
		if (!f->tokens[i].directive)
			continue;
		struct scope scope = { .file = f->path, .line = f->tokens[i].line };
		struct cursor cu = { f->tokens[i].s, &scope };
		if (expr_accept(&cu, "use")) {
			read_use(&cu, f);
		} else if (expr_accept(&cu, "template")) {
			struct template t = read_template(&cu, f);
			const struct template *same = template_find(t.name);
			if (same)
				expr_wrong(&cu, "template %s exists already at %s:%d", t.name,
					   same->source->path, same->line);
			*tool_push(templates, n_templates) = t;
		}
	}
}

void source_read(struct source *f, const char *path)
{
	*f = (struct source){ .path = path, .room = tool_room(path, ".html") };
	const char *all = tool_read(path);
	if (!all)
		tool_die(path, 0, "cannot be read");
	tokenize(f, all);
	declare(f);
}
