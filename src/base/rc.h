/* rc.h - how a function says that it failed. Every function that can fail
 * returns an rc; the reason is kept once in the context (see ctx.h, fail()),
 * and TRY hands the code upward. clang warns when a result is dropped. */
#ifndef MAILLAGE_RC_H
#define MAILLAGE_RC_H

#ifdef __clang__
#define MUST_USE __attribute__((warn_unused_result))
#else
#define MUST_USE
#endif

/* The order is that of rc_status() in rc.c; each has one HTTP status. */
typedef enum MUST_USE rc {
	OK = 0,
	E_INVALID,	/* 422 what was sent breaks a rule */
	E_AUTH,		/* 401 nobody is signed in */
	E_DENIED,	/* 403 signed in, but may not */
	E_NOT_FOUND,	/* 404 no such thing, or not for this actor */
	E_CONFLICT,	/* 409 the state of things forbids it now */
	E_QUOTA,	/* 409 a right has too little left */
	E_GONE,		/* 410 it existed, its time is over */
	E_TOO_LARGE,	/* 413 */
	E_MEDIA,	/* 415 a body of a kind that is not read here */
	E_RATE,		/* 429 too many attempts */
	E_METHOD,	/* 405 */
	E_BAD_REQUEST,	/* 400 not well-formed */
	E_BUSY,		/* 503 try again */
	E_AWAY,		/* 503 the database is gone for now; nothing was changed */
	E_IO,		/* 500 a file, a socket */
	E_DB,		/* 500 the database refused */
	E_CORRUPT,	/* 500 stored data breaks an invariant */
	E_INTERNAL,	/* 500 */
	RC_COUNT
} rc;

#define TRY(call)                    \
	do {                         \
		rc rc_ = (call);     \
		if (rc_ != OK)       \
			return rc_;  \
	} while (0)

/* The HTTP status of a code: 200 for OK. */
int rc_status(rc code);

/* A stable word for a code, such as "conflict": used in problems and logs. */
const char *rc_name(rc code);

#endif
