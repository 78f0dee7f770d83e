/* cmd_verify.c - `maillage verify`: walk the books again, say what was
 * checked, name what is broken. */
#include <stdio.h>
#include <string.h>

#include "app/cli_db.h"
#include "app/verify.h"
#include "base/hash.h"

struct options {
	const char *what, *pub; /* "convention PUB" */
	const char *heads;
	bool print_heads;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct options *o = state->input;
	switch (key) {
	case 'h': o->heads = arg; return 0;
	case 'p': o->print_heads = true; return 0;
	case ARGP_KEY_ARG:
		if (o->pub)
			argp_usage(state);
		*(o->what ? &o->pub : &o->what) = arg;
		return 0;
	case ARGP_KEY_END:
		if (o->what && (!o->pub || strcmp(o->what, "convention") != 0))
			argp_usage(state);
		return 0;
	default: return ARGP_ERR_UNKNOWN;
	}
}

struct job {
	struct options o;
	struct chain_head_list heads;
	FILE *file;
	int64_t compared, broken;
	struct chain_head head;
	struct verify_balance_list balances;
	struct verify_version_list versions;
};

static void print_head(const struct chain_head *h)
{
	char hex[65];
	hash_hex(h->head, hex);
	printf("%s %s %lld %s\n", enum_word(&chain_kind_words, h->kind), h->subject, (long long)h->seq, hex);
}

/* Its fingerprint in fours, as pages and papers show it. */
static void print_version(const struct verify_version *v)
{
	char hex[65];
	hash_hex(v->hash, hex);
	printf("version %lld, %lld signed:", (long long)v->number, (long long)v->signers);
	for (int i = 0; i < 64; i += 4)
		printf(" %.4s", hex + i);
	printf("\n");
}

static rc read_heads(struct ctx *c, void *arg)
{
	return verify_heads(c, &((struct job *)arg)->heads);
}

static rc read_convention(struct ctx *c, void *arg)
{
	struct job *j = arg;
	return verify_convention(c, j->o.pub, &j->head, &j->versions, &j->balances);
}

/* Each line of the file was a head once. */
static rc compare(struct ctx *c, void *arg)
{
	struct job *j = arg;
	char line[256];
	while (fgets(line, sizeof line, j->file)) {
		const char *broken;
		TRY(verify_head(c, line, &broken));
		j->compared++;
		if (broken) {
			fprintf(stderr, "BROKEN  %s\n", broken);
			j->broken++;
		}
	}
	return OK;
}

static int compare_heads(struct cli *cli, struct cli_db *d, struct job *j)
{
	j->file = fopen(j->o.heads, "r");
	if (!j->file)
		return cli_fail(cli, CLI_INPUT, "%s cannot be opened: %m", j->o.heads);
	rc code = db_read(&d->ctx, compare, j);
	fclose(j->file);
	if (code == E_INVALID)
		return cli_fail(cli, CLI_INPUT, "%s: line %lld is not a head", j->o.heads,
				(long long)j->compared + 1);
	if (code != OK)
		return cli_failure(cli, &d->ctx);
	printf("%10lld  heads printed earlier are in their chains\n", (long long)(j->compared - j->broken));
	return j->broken ? CLI_FOUND : CLI_OK;
}

static int say_convention(struct cli *cli, struct cli_db *d, struct job *j)
{
	rc code = db_read(&d->ctx, read_convention, j);
	if (code == E_NOT_FOUND)
		return cli_fail(cli, CLI_INPUT,
				"no convention has the id %s: it ends the address of its page", j->o.pub);
	if (code != OK)
		return cli_failure(cli, &d->ctx);
	for (size_t i = 0; i < j->versions.n; i++)
		print_version(&j->versions.items[i]);
	for (size_t i = 0; i < j->balances.n; i++) {
		const struct verify_balance *b = &j->balances.items[i];
		printf("%6lld.%03lld %s  %s to %s\n", (long long)b->quantity.v / 1000,
		       (long long)b->quantity.v % 1000, b->unit, b->debtor, b->creditor);
	}
	print_head(&j->head);
	return CLI_OK;
}

static int check(struct cli *cli, struct cli_db *d, struct job *j)
{
	struct findings f;
	if (verify_all(&d->ctx, &f) != OK)
		return cli_failure(cli, &d->ctx);
	for (size_t i = 0; i < f.n; i++)
		if (f.at[i].broken)
			fprintf(stderr, "BROKEN  %s: %s\n", f.at[i].what, f.at[i].broken);
		else
			printf("%10lld  %s\n", (long long)f.at[i].n, f.at[i].what);
	int code = f.n_broken ? CLI_FOUND : CLI_OK;
	if (j->o.heads) {
		int heads = compare_heads(cli, d, j);
		code = heads == CLI_OK ? code : heads;
	}
	if (j->o.pub) {
		int convention = say_convention(cli, d, j);
		code = code == CLI_OK ? convention : code;
	}
	if (code == CLI_OK || code == CLI_FOUND)
		puts(code == CLI_OK ? "The books are right." : "Something is broken: see above.");
	return code;
}

static int print_heads(struct cli *cli, struct cli_db *d, struct job *j)
{
	if (db_read(&d->ctx, read_heads, j) != OK)
		return cli_failure(cli, &d->ctx);
	for (size_t i = 0; i < j->heads.n; i++)
		print_head(&j->heads.items[i]);
	return CLI_OK;
}

int cmd_verify(struct cli *cli, int argc, char **argv)
{
	static const struct argp_option options[] = {
		{ "heads", 'h', "FILE", 0,
		  "Compare with heads printed earlier: tells when lines were cut off", 0 },
		{ "print-heads", 'p', NULL, 0, "Print the head of every chain, to be kept elsewhere", 0 },
		{ 0 }
	};
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc = "[convention ID]",
		.doc = "Walk every ledger and audit again from the first line, and compare counters, bookings, facts, "
		       "entries and signatures. With a convention: also who owed what to whom by its entries."
		       "\vExit status: 0 all is right; 1 something is broken, and named; 3 the database cannot be "
		       "read; 4 the file of heads cannot, or there is no such convention.",
	};
	struct job j = { 0 };
	struct cli_db d;
	cli_parse(cli, &argp, argc, argv, &j.o);
	int code = cli_db_open(cli, CLI_DB_READ_ONLY, &d);
	if (code != CLI_OK)
		return code;
	code = j.o.print_heads ? print_heads(cli, &d, &j) : check(cli, &d, &j);
	cli_db_close(&d);
	return code;
}
