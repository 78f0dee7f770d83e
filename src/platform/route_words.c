#include "platform/route_words.h"

#include <string.h>

const char *route_method(const struct route *r)
{
	static const char *const words[] = { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OTHER" };
	return words[r->method];
}

const char *route_roles(TALLOC_CTX *mem, const struct route *r)
{
	static const char *const words[] = { "member",	"host",	     "advisor",	   "accountant",
					     "manager", "signatory", "coordinator" };
	struct buf b;
	buf_init(&b, mem, 64);
	for (unsigned i = 0; i < sizeof words / sizeof *words; i++)
		if (r->roles & (1u << i))
			buf_fmt(&b, b.len ? ", %s" : "%s", words[i]);
	return b.s;
}

const char *route_permission(TALLOC_CTX *mem, const struct route *r)
{
	switch (r->perm) {
	case PERM_PUBLIC: return "anybody";
	case PERM_SELF: return "signed in";
	case PERM_AS: return "acting as a membership";
	case PERM_ROLE:
		return talloc_asprintf(mem, "%s in the community of :%s", route_roles(mem, r), r->scope);
	default: return "operator";
	}
}

const char *route_scope(TALLOC_CTX *mem, const struct route *r)
{
	bool reads = r->method == HTTP_GET || r->method == HTTP_HEAD;
	return talloc_asprintf(mem, "%s:%s", reads ? "read" : "write", enum_word(&token_area_words, r->area));
}

bool route_in_api(const struct route *r)
{
	return !(r->flags & R_NO_API);
}

const char *route_section(TALLOC_CTX *mem, const struct route *r)
{
	size_t n = strcspn(r->path + 1, "/.");
	return n ? talloc_strndup(mem, r->path + 1, n) : "home";
}
