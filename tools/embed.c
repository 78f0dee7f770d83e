/* embed.c - put files into the program: embed OUTFILE.c
 * Writes tables of migrations/, build/web/ (what web/build.sh puts there) and
 * data/ without its folders, each sorted by path. The bytes are taken in by the
 * assembler; a digest of each file stands beside its name, so that a changed
 * file changes OUTFILE and is compiled again. */
#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct entry {
	char *path; /* as the program names it */
	char *file; /* where it lies */
};

struct table {
	struct entry *items;
	size_t n, cap;
};

static void die(const char *what, const char *name)
{
	fprintf(stderr, "embed: %s: ", name);
	perror(what);
	exit(1);
}

static char *join(const char *a, const char *b)
{
	char *s;
	if (asprintf(&s, "%s%s%s", a, *a ? "/" : "", b) < 0)
		die("memory", b);
	return s;
}

static void add(struct table *t, char *path, char *file)
{
	if (t->n == t->cap) {
		t->cap = t->cap ? t->cap * 2 : 64;
		t->items = realloc(t->items, t->cap * sizeof *t->items);
		if (!t->items)
			die("memory", path);
	}
	t->items[t->n++] = (struct entry){ path, file };
}

/* Every file under dir, named by its path below it. A missing folder is empty. */
static void walk(struct table *t, const char *dir, const char *below, bool deep)
{
	DIR *d = opendir(dir);
	if (!d)
		return;
	for (struct dirent *e; (e = readdir(d));) {
		if (e->d_name[0] == '.')
			continue;
		char *file = join(dir, e->d_name);
		char *path = join(below, e->d_name);
		struct stat st;
		if (stat(file, &st))
			die("stat", file);
		if (S_ISDIR(st.st_mode) && deep)
			walk(t, file, path, true);
		else if (S_ISREG(st.st_mode))
			add(t, path, file);
	}
	closedir(d);
}

static void stir(uint64_t *h, const unsigned char *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		*h = (*h ^ b[i]) * 1099511628211u;
}

static uint64_t digest(const char *file)
{
	FILE *f = fopen(file, "rb");
	if (!f)
		die("open", file);
	uint64_t h = 14695981039346656037u;
	unsigned char b[65536];
	for (size_t n; (n = fread(b, 1, sizeof b, f)) > 0;)
		stir(&h, b, n);
	if (ferror(f))
		die("read", file);
	fclose(f);
	return h;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct entry *)a)->path, ((const struct entry *)b)->path);
}

static void write_table(FILE *out, const char *name, struct table *t, const char *cwd)
{
	if (t->n)
		qsort(t->items, t->n, sizeof *t->items, by_path);
	uint64_t all = 14695981039346656037u;
	for (size_t i = 0; i < t->n; i++) {
		if (strpbrk(t->items[i].file, "\"\\\n"))
			die("name", t->items[i].file);
		uint64_t one = digest(t->items[i].file);
		stir(&all, (const unsigned char *)&one, sizeof one);
		fprintf(out, "FILE_BYTES(%s_%zu, \"%s/%s\") /* %016llx */\n", name, i, cwd, t->items[i].file,
			(unsigned long long)one);
	}
	if (strcmp(name, "web") == 0)
		fprintf(out, "const char embedded_fingerprint[9] = \"%08x\";\n", (unsigned)(all ^ all >> 32));
	fprintf(out, "const struct embedded embedded_%s[] = {\n", name);
	for (size_t i = 0; i < t->n; i++) {
		struct stat st;
		if (stat(t->items[i].file, &st))
			die("stat", t->items[i].file);
		fprintf(out, "\t{ \"%s\", %s_%zu, %lld },\n", t->items[i].path, name, i,
			(long long)st.st_size);
	}
	fprintf(out, "\t{ NULL, NULL, 0 }\n};\nconst size_t n_embedded_%s = %zu;\n\n", name, t->n);
}

static void write_if_changed(const char *path, const char *text, size_t len)
{
	char *old = malloc(len + 1);
	FILE *f = fopen(path, "rb");
	if (f && old) {
		size_t n = fread(old, 1, len + 1, f);
		fclose(f);
		if (n == len && memcmp(old, text, len) == 0) {
			free(old);
			return;
		}
	}
	free(old);
	f = fopen(path, "wb");
	if (!f || fwrite(text, 1, len, f) != len || fclose(f))
		die("write", path);
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fputs("usage: embed OUTFILE.c\n", stderr);
		return 2;
	}
	char *cwd = getcwd(NULL, 0);
	char *text;
	size_t len;
	FILE *out = open_memstream(&text, &len);
	if (!cwd || !out)
		die("memory", argv[1]);
	fputs("/* Written by tools/embed. */\n#include \"platform/embedded.h\"\n\n"
	      "#define FILE_BYTES(name, file) \\\n"
	      "\textern const unsigned char name[]; \\\n"
	      "\t__asm__(\".pushsection .rodata\\n.balign 16\\n\" #name \":\\n.incbin \\\"\" file \"\\\"\\n.byte 0\\n"
	      ".popsection\\n\");\n\n",
	      out);
	struct table migrations = { 0 }, web = { 0 }, data = { 0 };
	walk(&migrations, "migrations", "", true);
	walk(&web, "build/web", "", true);
	walk(&data, "data", "", false);
	write_table(out, "migrations", &migrations, cwd);
	write_table(out, "web", &web, cwd);
	write_table(out, "data", &data, cwd);
	fclose(out);
	write_if_changed(argv[1], text, len);
	return 0;
}
