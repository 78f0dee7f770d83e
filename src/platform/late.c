#include "platform/late.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

#include "platform/late_curl.h"
#include "platform/late_draw.h"
#include "platform/late_pq.h"
#include "platform/log.h"

#define CURL  "libcurl.so.4"
#define DRAW  "libpangocairo-1.0.so.0" /* and through it all that it draws with */
#define PQ    "libpq.so.5"
#define N(of) (sizeof(of) / sizeof *(of))

/* The functions of a library, in the order of their names. It stays for good. */
static bool load(const char *library, const char *const *names, size_t n, void *functions)
{
	void *found, *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
	for (size_t i = 0; handle && i < n; i++) {
		found = dlsym(handle, names[i]);
		if (!found)
			break;
		memcpy((char *)functions + i * sizeof found, &found, sizeof found);
		if (i + 1 == n)
			return true;
	}
	log_error("library", KV("library", library), KV("detail", dlerror()));
	return false;
}

/* LATE_NAME's functions into late_name, once. */
#define NAME(function) #function,
#define LATE(name, list, library)                                                        \
	struct late_##name late_##name;                                                  \
	static bool name##_loaded;                                                       \
	static void name##_once(void)                                                    \
	{                                                                                \
		static const char *const names[] = { list(NAME) };                       \
		struct late_##name all;                                                  \
		_Static_assert(sizeof all == N(names) * sizeof(void *), "one for each"); \
		name##_loaded = load(library, names, N(names), &all);                    \
		if (name##_loaded)                                                       \
			late_##name = all;                                               \
	}                                                                                \
	bool late_##name##_load(void)                                                    \
	{                                                                                \
		static pthread_once_t once = PTHREAD_ONCE_INIT;                          \
		pthread_once(&once, name##_once);                                        \
		return name##_loaded;                                                    \
	}

LATE(curl, LATE_CURL, CURL)
LATE(draw, LATE_DRAW, DRAW)
LATE(pq, LATE_PQ, PQ)

const char *late_missing(void)
{
	return !late_curl_load() ? CURL : !late_draw_load() ? DRAW : !late_pq_load() ? PQ : NULL;
}
