/* late_curl.h - libcurl, which brings thirty libraries: loaded with the first letter that is sent (late.h). */
#ifndef MAILLAGE_LATE_CURL_H
#define MAILLAGE_LATE_CURL_H

#define CURL_DISABLE_TYPECHECK /* it would call the functions by their names */
#include <curl/curl.h>

#undef curl_easy_setopt

#include "platform/late.h"

/* clang-format off */
#define LATE_CURL(X) \
	X(curl_easy_cleanup) X(curl_easy_init) X(curl_easy_perform) X(curl_easy_setopt) \
	X(curl_easy_strerror) X(curl_global_init) X(curl_slist_append) X(curl_slist_free_all)
/* clang-format on */

struct late_curl {
#define X(name) typeof(name) *name##_;
	LATE_CURL(X)
#undef X
};

extern struct late_curl late_curl; /* empty until late_curl_load() said true */

#define curl_easy_cleanup late_curl.curl_easy_cleanup_
#define curl_easy_init late_curl.curl_easy_init_
#define curl_easy_perform late_curl.curl_easy_perform_
#define curl_easy_setopt late_curl.curl_easy_setopt_
#define curl_easy_strerror late_curl.curl_easy_strerror_
#define curl_global_init late_curl.curl_global_init_
#define curl_slist_append late_curl.curl_slist_append_
#define curl_slist_free_all late_curl.curl_slist_free_all_

#endif
