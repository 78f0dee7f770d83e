/* device.c - a User-Agent in words that its owner knows. */
#include <string.h>

#include "people/session.h"

struct mark {
	const char *in, *name;
};

/* The first that is found: those that name others too come before them. */
static const char *find(const char *agent, const struct mark *marks, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strstr(agent, marks[i].in))
			return marks[i].name;
	return NULL;
}

const char *device_words(struct ctx *c, const char *agent)
{
	static const struct mark programs[] = {
		{ "Edg", "Edge" },	  { "OPR/", "Opera" },	  { "SamsungBrowser", "Samsung Internet" },
		{ "Firefox", "Firefox" }, { "FxiOS", "Firefox" }, { "CriOS", "Chrome" },
		{ "Chrome", "Chrome" },	  { "Safari", "Safari" }, { "curl", "curl" },
	};
	static const struct mark systems[] = {
		{ "iPhone", "iPhone" },	  { "iPad", "iPad" },	 { "Android", "Android" },
		{ "Windows", "Windows" }, { "Mac OS", "macOS" }, { "CrOS", "ChromeOS" },
		{ "Linux", "Linux" },
	};
	const char *program = find(agent, programs, sizeof programs / sizeof *programs);
	const char *system = find(agent, systems, sizeof systems / sizeof *systems);
	if (program && system)
		return fmt(c, "%s, %s", program, system);
	return program ? program : system;
}
