/* http_ready.c - pages from memory are most of what visitors ask. libmicrohttpd makes an
 * answer of some forty pieces of memory; here it is kept with the page, and what is
 * another each time is put in anew: the request's id, and once a second the date. */
#include <stdlib.h>
#include <string.h>

#include "platform/http_internal.h"
#include "platform/log.h"

/* At rest, of all pages together: the few that many ask for have theirs, a crawl through
 * all of them leaves little behind (three kilobytes each). */
#define MOST_AT_REST 256
static atomic_int at_rest;

/* Being sent, by one connection, or at rest in the list. */
struct http_prepared {
	struct http_prepared *next;
	struct MHD_Response *r;
	time_t second; /* of its date */
	char id[27];
};

struct http_ready {
	pthread_mutex_t lock;
	struct http_prepared *spare;
};

static void drop(struct http_prepared *a)
{
	if (a && a->r)
		MHD_destroy_response(a->r);
	free(a);
}

void http_ready_free(struct http_ready *ready)
{
	if (!ready)
		return;
	for (struct http_prepared *a; (a = ready->spare);) {
		ready->spare = a->next;
		atomic_fetch_sub(&at_rest, 1);
		drop(a);
	}
	pthread_mutex_destroy(&ready->lock);
	free(ready);
}

/* The list of a blob; whoever is first makes it. */
static struct http_ready *ready_of(struct http_blob *blob)
{
	struct http_ready *known = __atomic_load_n(&blob->ready, __ATOMIC_ACQUIRE), *mine;
	if (known)
		return known;
	mine = calloc(1, sizeof *mine);
	if (!mine)
		abort();
	pthread_mutex_init(&mine->lock, NULL);
	if (__atomic_compare_exchange_n(&blob->ready, &known, mine, false, __ATOMIC_ACQ_REL,
					__ATOMIC_ACQUIRE))
		return mine;
	http_ready_free(mine);
	return known;
}

static struct http_prepared *take(struct http_ready *ready)
{
	pthread_mutex_lock(&ready->lock);
	struct http_prepared *a = ready->spare;
	if (a)
		ready->spare = a->next;
	pthread_mutex_unlock(&ready->lock);
	if (a)
		atomic_fetch_sub(&at_rest, 1);
	return a;
}

static void give(struct http_ready *ready, struct http_prepared *a)
{
	if (atomic_fetch_add(&at_rest, 1) >= MOST_AT_REST) {
		atomic_fetch_sub(&at_rest, 1);
		drop(a);
		return;
	}
	pthread_mutex_lock(&ready->lock);
	a->next = ready->spare;
	ready->spare = a;
	pthread_mutex_unlock(&ready->lock);
}

/* With all headers that stay. It points into the blob, of which each call has a reference. */
static struct http_prepared *make(const struct http_resp *p)
{
	struct http_prepared *a = calloc(1, sizeof *a);
	if (!a)
		abort();
	a->r = MHD_create_response_from_buffer(p->blob->len, (void *)(uintptr_t)p->blob->data,
					       MHD_RESPMEM_PERSISTENT);
	for (int i = 0; a->r && i < p->n_headers; i++)
		if (MHD_add_response_header(a->r, p->headers[i].name, p->headers[i].value) != MHD_YES) {
			drop(a);
			return NULL;
		}
	if (a->r)
		return a;
	drop(a);
	return NULL;
}

const char *http_date(time_t second)
{
	static _Thread_local time_t of = -1;
	static _Thread_local char text[40];
	struct tm utc;
	if (second != of) {
		static const char days[] = "SunMonTueWedThuFriSat",
				  months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
		gmtime_r(&second, &utc);
		snprintf(text, sizeof text, "%.3s, %02d %.3s %04d %02d:%02d:%02d GMT", days + 3 * utc.tm_wday,
			 utc.tm_mday, months + 3 * utc.tm_mon, utc.tm_year + 1900, utc.tm_hour, utc.tm_min,
			 utc.tm_sec);
		of = second;
	}
	return text;
}

static bool bring_up_to_date(struct http_prepared *a, const char *id)
{
	static const char name[] = "X-Request-Id";
	time_t now = time(NULL);
	if (a->id[0])
		MHD_del_response_header(a->r, name, a->id);
	memcpy(a->id, id, sizeof a->id);
	/* A date that is there already is replaced. */
	if (a->second != now &&
	    MHD_add_response_header(a->r, MHD_HTTP_HEADER_DATE, http_date(now)) != MHD_YES)
		return false;
	a->second = now;
	return MHD_add_response_header(a->r, name, id) == MHD_YES;
}

enum MHD_Result http_ready_queue(struct http_call *call)
{
	struct http_prepared *a = take(ready_of(call->resp.blob));
	if (!a)
		a = make(&call->resp);
	call->prepared = a;
	if (a && bring_up_to_date(a, call->req.id))
		return MHD_queue_response(call->mhd, (unsigned)call->resp.status, a->r);
	log_error("answer not sent, a header is bad", KV("id", call->req.id), KV("path", call->req.path));
	return MHD_NO;
}

void http_ready_give_back(struct http_call *call)
{
	if (call->prepared)
		give(call->resp.blob->ready, call->prepared);
	call->prepared = NULL;
}
