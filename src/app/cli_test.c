#include "base/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/cli.h"
#include "program.h"

static void says(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("\"%s\" does not say \"%s\"", text, part);
}

static void the_version_and_the_help_go_to_standard_output(void **state)
{
	(void)state;
	const struct said *s = run_program("--version", NULL);
	assert_int_equal(s->status, CLI_OK);
	assert_string_equal(s->out, "maillage " MAILLAGE_VERSION "\n");
	s = run_program("--help", NULL);
	assert_int_equal(s->status, CLI_OK);
	says(s->out, "check-config ");
	says(s->out, "Exit status: 0 done;");
	assert_string_equal(s->err, "");
}

static void mistakes_go_to_standard_error_with_status_2(void **state)
{
	(void)state;
	const struct said *s = run_program(NULL, NULL);
	assert_int_equal(s->status, CLI_USAGE);
	assert_string_equal(s->out, "");
	says(s->err, "Usage: maillage COMMAND");
	s = run_program("serv", NULL);
	assert_int_equal(s->status, CLI_USAGE);
	says(s->err, "no such command: serv");
	s = run_program("check-config", "--nothing", NULL);
	assert_int_equal(s->status, CLI_USAGE);
	says(s->err, "maillage check-config: unrecognized option '--nothing'");
	s = run_program("check-config", "extra", NULL);
	assert_int_equal(s->status, CLI_USAGE);
	s = run_program("check-config", "--db", "", NULL);
	assert_int_equal(s->status, CLI_USAGE);
}

static void every_command_has_a_help(void **state)
{
	(void)state;
	static const char *const names[] = {
#define COMMAND(name, function, help) name,
#include "app/commands.def"
#undef COMMAND
	};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct said *s = run_program(names[i], "--help", NULL);
		assert_int_equal(s->status, CLI_OK);
		says(s->out, "--db=DATABASE");
		says(s->out, "Exit status: 0 ");
		says(s->out, names[i]);
	}
}

static void check_config_says_ok_or_the_line(void **state)
{
	(void)state;
	char path[] = "/tmp/maillage-cli-XXXXXX", expected[200];
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	unsetenv("MAILLAGE_CONFIG");

	assert_true(dprintf(fd, "[site]\nname = Ici\n") > 0);
	const struct said *s = run_program("check-config", "--config", path, NULL);
	assert_int_equal(s->status, CLI_OK);
	assert_string_equal(s->out, "configuration OK\n");
	s = run_program("check-config", "--config", path, "--db", "x.db", "--print", NULL);
	assert_int_equal(s->status, CLI_OK);
	says(s->out, "name = Ici\n");
	says(s->out, "url = x.db\n");

	assert_true(dprintf(fd, "[server]\nlisten = here\n") > 0);
	setenv("MAILLAGE_CONFIG", path, 1);
	s = run_program("check-config", NULL);
	unsetenv("MAILLAGE_CONFIG");
	assert_int_equal(s->status, CLI_FOUND);
	assert_string_equal(s->out, "");
	snprintf(expected, sizeof expected, "%s:4: server.listen: an address", path);
	says(s->err, expected);

	close(fd);
	unlink(path);
	s = run_program("check-config", "--config", path, NULL);
	assert_int_equal(s->status, CLI_INPUT);
}

/* Output that cannot be written is not a success. */
static void a_full_output_is_an_error(void **state)
{
	(void)state;
	char command[300];
	snprintf(command, sizeof command, "%s check-config --print > /dev/full 2> /dev/null", program_path());
	assert_int_equal(WEXITSTATUS(system(command)), CLI_INPUT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_version_and_the_help_go_to_standard_output),
		cmocka_unit_test(mistakes_go_to_standard_error_with_status_2),
		cmocka_unit_test(every_command_has_a_help),
		cmocka_unit_test(check_config_says_ok_or_the_line),
		cmocka_unit_test(a_full_output_is_an_error),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
