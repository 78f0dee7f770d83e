/* form.h - what people and programs send, read strictly into the struct of a
 * declared form: known fields only, bounded, checked, nothing guessed. All
 * errors are gathered, so that the page can show them beside their fields. */
#ifndef MAILLAGE_FORM_H
#define MAILLAGE_FORM_H

#include "base/ctx.h"
#include "base/shape.h"

struct form_error {
	const char *field;	   /* NULL: the form as a whole */
	const char *key;	   /* message */
	const struct field *bound; /* the message's {limit} is shown as this field is; or NULL */
	int64_t limit;
	const struct failure *why; /* the message's other values, or NULL */
};

struct form_state {
	const struct shape *form;
	const void *value; /* the form's struct; fields in error hold nothing */
	const char **raw;  /* as typed, one per field; NULL: not sent, a password, or JSON */
	struct form_error *errors;
	size_t n_errors;
};

/* Read a body of application/x-www-form-urlencoded, multipart/form-data (a
 * file arrives as text in a text field, as it is in one of octets) or
 * application/json (octets in base64, as in a url-encoded body); `out` is a struct
 * of the form, `state` is filled whatever comes out. The controls _csrf and
 * _idempotency are passed over. No body is a form with nothing in it.
 *   E_MEDIA        another kind of body
 *   E_BAD_REQUEST  the body breaks its own kind's rules, or is not UTF-8
 *   E_INVALID      state->errors says which fields */
rc form_read(struct ctx *c, const struct shape *form, const char *body, size_t len, const char *content_type,
	     void *out, struct form_state *state);

/* The same from a query string, where unknown names are left aside. */
rc form_read_query(struct ctx *c, const struct shape *form, const char *query, void *out,
		   struct form_state *state);

/* Its names, as a sentence lists them. */
const char *form_names(struct ctx *c, const struct shape *form);

/* A form in which nothing is said: absent values, false, NULL. */
void form_empty(const struct shape *form, void *out);

/* One control of a body (forms, not JSON), or NULL: for what is asked before the form is read. */
const char *form_control(struct ctx *c, const char *body, size_t len, const char *content_type,
			 const char *name);

/* Blame a field for a failure of the domain, or the form as a whole when the
 * failure names no field of it. Adds nothing to a form whose reading failed:
 * its errors are there already. */
void form_state_add_failure(struct ctx *c, struct form_state *state, const struct shape *form,
			    const struct failure *why);

/* The first error of a field (NULL: of the whole form), or NULL; state may be NULL. */
const struct form_error *form_error_of(const struct form_state *state, const char *field);
/* Its sentence, in the reader's language. */
const char *form_error_text(struct ctx *c, const struct form_error *e);

#endif
