/* main.c - the program: one command, then its own arguments. */
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "--version") == 0) {
		puts("maillage " MAILLAGE_VERSION);
		return 0;
	}
	fputs("usage: maillage --version\n", stderr);
	return 2;
}
