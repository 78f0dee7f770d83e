/* ctx.h - the one context: who asks, when, in which language, with which
 * memory and over which database connection. First argument everywhere. */
#ifndef MAILLAGE_CTX_H
#define MAILLAGE_CTX_H

#include <talloc.h>

#include "base/rc.h"
#include "base/types.h"

enum lang { LANG_FR, LANG_EN, LANG_COUNT };

/* Roles a membership may hold inside its community: bits of actor.roles. */
enum role {
	ROLE_MEMBER = 1,
	ROLE_HOST = 2,
	ROLE_ADVISOR = 4,
	ROLE_ACCOUNTANT = 8,
	ROLE_MANAGER = 16,
	ROLE_SIGNATORY = 32,
	ROLE_COORDINATOR = 64
};

/* Who acts. person.v == 0: nobody is signed in. membership.v == 0: signed in
 * but acting as nobody in particular. roles hold in `community` alone. */
struct actor {
	person_id person;
	membership_id membership;
	community_id community;
	unsigned roles;
	bool is_operator;
};

/* Why the last call failed: a message key of po/, and its named values. */
#define FAILURE_ARGS 4
struct failure {
	rc code;
	const char *key;
	const char *field; /* the form field to blame, or NULL */
	struct { const char *name, *value; } args[FAILURE_ARGS];
	int n_args;
};

struct db_conn;
struct app;

struct ctx {
	TALLOC_CTX *mem;	/* dies with the request */
	struct app *app;	/* the process: config, database, pools (platform/app.h) */
	struct db_conn *conn;	/* open snapshot or transaction, or NULL (platform/db.h) */
	bool in_write;		/* inside db_write */
	bool wake_jobs;		/* once this is committed, background work looks at once (platform/jobs.h) */
	instant now;		/* the only clock domain code knows */
	enum lang lang;
	struct actor actor;
	const char *request_id;
	struct failure failure;
};

/* Record why, return the code: `return fail(c, E_CONFLICT, "booking.full");`
 * key is a literal of po/, checked by the build. */
rc fail(struct ctx *c, rc code, const char *key);
/* The same with values: name, value, ..., NULL. Values are copied. */
rc fail_with(struct ctx *c, rc code, const char *key, ...) __attribute__((sentinel));
/* The same, blaming one field of the form. */
rc fail_field(struct ctx *c, const char *field, const char *key);

/* Marks a literal as a message key that is used later, so that the build
 * checks it: `static const char *const label = K("booking.full");` */
#define K(key) key

/* printf into the request's memory; never NULL (out of memory ends the program). */
char *fmt(struct ctx *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Run fn in memory of its own, given back when it succeeds: what is left of it is what it
 * wrote elsewhere. A failure keeps it, which may hold why. */
rc ctx_apart(struct ctx *c, rc (*fn)(struct ctx *c, void *arg), void *arg);

/* Arrays and structs in the request's memory, zeroed; never NULL. */
#define new_zero(c, type) ((type *)mem_zero((c)->mem, sizeof(type), #type))
#define new_array(c, type, n) ((type *)mem_array((c)->mem, sizeof(type), (n), #type))
void *mem_zero(TALLOC_CTX *mem, size_t size, const char *name);
void *mem_array(TALLOC_CTX *mem, size_t size, size_t n, const char *name);
/* The n bytes at s, and a NUL. */
char *mem_text(TALLOC_CTX *mem, const char *s, size_t n);

#endif
