/* config.h - what the operator decides: maillage.ini, then the environment.
 * Every key is known, typed and bounded; docs/maillage.ini lists them all.
 *
 * In the environment: MAILLAGE_DB, MAILLAGE_LISTEN, MAILLAGE_PUBLIC_URL,
 * MAILLAGE_SMTP_URL, MAILLAGE_SMTP_USER and MAILLAGE_SMTP_PASSWORD stand above
 * the file. The file never holds the password, only the name of a file. */
#ifndef MAILLAGE_CONFIG_H
#define MAILLAGE_CONFIG_H

#include <stdint.h>
#include <stdio.h>
#include <talloc.h>

#include "base/ctx.h"
#include "base/rc.h"

/* What is taken for a journey when nobody says better (docs/maillage.ini). */
#define TRAVEL_SPEEDS "15:30 45:50 240:70"
#define TRAVEL_DETOUR 130
/* The licence that French administrations use. */
#define DATA_LICENCE "Licence Ouverte 2.0"
#define DATA_LICENCE_URL \
	"https://www.etalab.gouv.fr/wp-content/uploads/2017/04/ETALAB-Licence-Ouverte-v2.0.pdf"

/* Strings live in the memory given to config_load; NULL where absent. */
struct config {
	const char *listen;	    /* "127.0.0.1:8080", "[::1]:8080", "unix:/run/maillage.sock" */
	const char *public_url;	    /* as people type it, no slash at the end; NULL: http:// and listen */
	const char *trusted_proxy;  /* numeric address whose X-Forwarded-* count */
	int64_t threads;	    /* epoll threads; 0: one per core */
	int64_t workers;	    /* threads for what may wait */

	const char *database;	    /* a path, or postgresql://... */
	const char *erasures;	    /* file (platform/erasures.h); NULL: beside the SQLite file, or none */
	int64_t database_readers;   /* SQLite: reading connections; PostgreSQL: pool */

	const char *smtp_url;	    /* smtp://host:port or smtps://...; NULL: mail waits in its queue */
	const char *smtp_user;
	const char *smtp_password;  /* secret: never printed */
	const char *mail_from;

	const char *site_name;
	enum lang language;	    /* of pages for someone who has not chosen */
	const char *operator_email;
	const char *time_zone;	    /* IANA name */
	const char *map_tiles;	    /* https://host/{z}/{x}/{y}.png or .pmtiles; NULL: our own outlines alone */
	const char *map_tiles_credit;
	const char *data_licence;   /* of what this site itself publishes as open data */
	const char *data_licence_url;

	int64_t max_connections;
	int64_t idle_seconds;	    /* keep-alive without a byte */
	int64_t request_seconds;    /* a whole request must have arrived by then */
	int64_t body_kb;	    /* of an ordinary form or JSON body */
	int64_t upload_kb;	    /* of an imported file */
	int64_t queue;		    /* writes waiting before 503 */

	const char *travel_speeds;  /* minutes:km/h steps (base/speeds.h) */
	int64_t travel_detour;	    /* per cent: kilometres of road for 100 as the crow flies */
};

struct config_error {
	const char *where;	/* the file, or a variable of the environment */
	int line;		/* 0 where there is none */
	char key[48];		/* "server.listen"; "" when the line is no key */
	char reason[200];
	const struct config_error *next; /* what else is wrong, in the order of the file; NULL: nothing */
};

/* Defaults, then the file (path NULL: none), then the environment.
 *   E_IO       the file cannot be read
 *   E_INVALID  what is wrong, in *err and what follows it */
rc config_load(TALLOC_CTX *mem, const char *path, struct config *out, struct config_error *err);

/* What is in force, as maillage.ini says it; a secret shows only that it is there. */
void config_print(const struct config *c, FILE *out);

/* NULL, or what the address of a database must be. */
const char *config_database_wrong(const char *url);
/* For messages: a PostgreSQL address without its password. In mem. */
const char *config_database_name(TALLOC_CTX *mem, const char *url);

/* "https://tiles.example.org", whom browsers ask for the ground of the map, in mem; NULL: nobody. */
const char *config_tiles_host(TALLOC_CTX *mem, const struct config *c);

/* "maillage.ini:12: server.listen: reason", in mem. */
char *config_error_text(TALLOC_CTX *mem, const struct config_error *err);

/* Listen there instead; the public address follows where none was set. */
void config_listen(TALLOC_CTX *mem, struct config *cfg, const char *listen);

#endif
