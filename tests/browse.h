/* browse.h - a browser without a network: it keeps cookies, sends the token
 * that forms need, and hands each request to route_handle in this process, on
 * the database of a world.
 *
 *	struct browse *b = browse_new(w);
 *	browse_sign_in(b, cast_person(w, "Inès", "ines@example.org"));
 *	assert_int_equal(browse_get(b, "/account"), 200);
 *	assert_true(browse_has(b, "ines@example.org"));
 *	assert_int_equal(browse_post(b, "/account/profile", "name=In%C3%A8s+M&lang=fr"), 303);
 *	assert_string_equal(browse_location(b), "/account");
 *
 * The clock is w->c->now. Attempts are not limited unless w->app.attempts is
 * set. Not for several threads; several browsers on one world are fine. */
#ifndef MAILLAGE_BROWSE_H
#define MAILLAGE_BROWSE_H

#include "platform/http.h"
#include "world.h"

struct browse {
	struct world *w;
	TALLOC_CTX *mem;	 /* of the browser */
	TALLOC_CTX *last;	 /* of the last answer */
	struct http_header cookies[8];
	int n_cookies;
	const char *bearer;	 /* sent with browse_api, or NULL */
	const char *agent;	 /* User-Agent */
	const char *peer;
	struct http_resp resp;	 /* the last answer */
	const char *body;	 /* its body, NUL at the end */
};

struct browse *browse_new(struct world *w);
void browse_free(struct browse *b);

/* Each returns the status. Redirects are not followed: browse_location. */
int browse_get(struct browse *b, const char *path);
/* A form, url-encoded, with the right token added. */
int browse_post(struct browse *b, const char *path, const char *form);
/* The same as it stands: for missing or wrong tokens. */
int browse_post_raw(struct browse *b, const char *path, const char *form, const char *origin);
/* A body of another kind, with the right token in a header. */
int browse_post_typed(struct browse *b, const char *path, const char *body, const char *type);
/* JSON (NULL: no body) under /api/v1: path "/account". With b->bearer, no cookies. */
int browse_api(struct browse *b, enum http_method m, const char *path, const char *json);

const char *browse_header(const struct browse *b, const char *name); /* NULL: not there */
const char *browse_location(const struct browse *b);		     /* "" when there is none */
bool browse_has(const struct browse *b, const char *text);	     /* in the body */
const char *browse_cookie(const struct browse *b, const char *name); /* kept value, or NULL */
/* The token that a form of this browser must send. */
const char *browse_csrf(struct browse *b);

/* A session without a password: quick. */
void browse_sign_in(struct browse *b, person_id person);
/* Act as a membership from now on. */
void browse_act_as(struct browse *b, membership_id membership);

/* ---- who plays ---- */

person_id cast_person(struct world *w, const char *name, const char *email); /* confirmed, no password */
/* kinds: words of community_kind, space separated. */
community_id cast_community(struct world *w, const char *name, const char *kinds);
/* From yesterday on; status is a word of membership_status, roles bits of enum role. */
membership_id cast_member(struct world *w, person_id person, community_id community, const char *status,
			  unsigned roles);
/* The public id of a row, in w->c's memory. */
const char *cast_pub(struct world *w, const char *table, int64_t id);
/* One number, one text, of a SELECT of one row; the formatted SQL must suit both databases. */
int64_t cast_number(struct world *w, const char *sql, ...) __attribute__((format(printf, 2, 3)));
const char *cast_text(struct world *w, const char *sql, ...) __attribute__((format(printf, 2, 3)));
/* Run SQL that suits both databases. */
void cast_run(struct world *w, const char *sql, ...) __attribute__((format(printf, 2, 3)));

#endif
