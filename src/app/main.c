/* main.c - the program: see cli.c and commands.def. */
#include <string.h>

#include "app/cli.h"
#include "platform/child.h"

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "--child") == 0)
		return child_main(argc, argv);
	return cli_main(argc, argv);
}
