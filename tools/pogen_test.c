/* Messages and sources that tools/pogen must accept or refuse, and its table. */
#include "base/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char dir[64];
static char said[8192];

static void put(const char *path, const char *text)
{
	char full[256];
	snprintf(full, sizeof full, "%s/%s", dir, path);
	FILE *f = fopen(full, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static int run(const char *command)
{
	char line[1024];
	snprintf(line, sizeof line, "{ d=%s; %s; } 2>&1", dir, command);
	FILE *f = popen(line, "r");
	assert_non_null(f);
	said[fread(said, 1, sizeof said - 1, f)] = '\0';
	return WEXITSTATUS(pclose(f));
}

static int pogen(void)
{
	return run("build/tools/pogen $d/src $d/gen/messages.c $d/po/*.po --"
		   " $d/src/a.c $d/src/a.html $d/src/a.shape $d/src/a.def");
}

/* Two messages used by the C source, nothing else. */
static int setup(void **state)
{
	(void)state;
	put("po/a.fr.po",
	    "# le titre\nmsgid \"a.one\"\nmsgstr \"Un\"\n\nmsgid \"a.two\"\nmsgstr \"Deux {x}\"\n");
	put("po/a.en.po", "msgid \"\"\nmsgstr \"\"\n\"Language: en\\n\"\n"
			  "msgid \"a.two\"\nmsgstr \"Two \"\n\"{x}\"\nmsgid \"a.one\"\nmsgstr \"One\"\n");
	put("src/a.c", "T(c, \"a.one\"); K(\"a.two\")\n");
	put("src/a.html", "");
	put("src/a.shape", "");
	put("src/a.def", "");
	return run("rm -rf $d/gen $d/po/b.*");
}

static int make_folders(void **state)
{
	(void)state;
	strcpy(dir, "/tmp/pogen-XXXXXX");
	if (!mkdtemp(dir))
		return -1;
	return run("mkdir $d/po $d/src");
}

static int remove_folders(void **state)
{
	(void)state;
	return run("rm -rf $d");
}

static void assert_accepted(void)
{
	if (pogen() != 0)
		fail_msg("refused: %s", said);
	assert_string_equal(said, "");
}

static void assert_refused(const char *why)
{
	assert_int_equal(pogen(), 1);
	if (!strstr(said, why))
		fail_msg("expected: %s, said: %s", why, said);
	assert_int_not_equal(run("test -e $d/gen/messages.c"), 0);
}

static void writes_a_sorted_table_of_both_languages(void **state)
{
	(void)state;
	put("po/b.fr.po",
	    "msgid \"Z\"\nmsgid_plural \"Z\"\nmsgstr[0] \"{n} \\\"place\\\"\"\nmsgstr[1] \"{n} places\"\n");
	put("po/b.en.po", "msgid \"Z\"\nmsgid_plural \"Z\"\nmsgstr[0] \"One\\n\"\nmsgstr[1] \"{n} seats\"\n");
	put("src/a.def", "T_N(c, \"Z\", 3)");
	assert_accepted();
	put("print.c",
	    "#include <stdio.h>\n#include \"platform/messages.h\"\nint main(void) {\n"
	    "	for (size_t i = 0; i < n_messages; i++)\n"
	    "		for (int l = 0; l < LANG_COUNT; l++)\n"
	    "			printf(\"%s %d|%s|%s\\n\", messages[i].key, l, messages[i].lang[l].one,\n"
	    "				messages[i].lang[l].many ? messages[i].lang[l].many : \"\");\n}\n");
	assert_int_equal(run("${CC:-cc} -std=gnu17 -Wall -Wextra -Werror -Isrc -o $d/print $d/print.c"
			     " $d/gen/messages.c && $d/print"),
			 0);
	assert_string_equal(said, "Z 0|{n} \"place\"|{n} places\nZ 1|One\n|{n} seats\n"
				  "a.one 0|Un|\na.one 1|One|\na.two 0|Deux {x}|\na.two 1|Two {x}|\n");
}

static void french_signs_hold_to_their_words(void **state)
{
	(void)state;
	put("po/a.fr.po", "msgid \"a.one\"\nmsgstr \"Un : « oui » ; 3 % ? - , :\"\n"
			  "msgid \"a.two\"\nmsgstr \"Deux {x} : 1 000 km en 2018 ou 19 a\"\n");
	put("po/a.en.po", "msgid \"a.one\"\nmsgstr \"One : 3 %\"\nmsgid \"a.two\"\nmsgstr \"Two {x}\"\n");
	assert_accepted();
	run("grep -o '\"Un[^\"]*\"\\|\"One[^\"]*\"\\|\"Deux[^\"]*\"' $d/gen/messages.c");
	assert_string_equal(said, "\"Un\u00a0: «\u00a0oui\u00a0»\u00a0; 3\u00a0%\u00a0\\? - , :\"\n"
				  "\"One : 3 %\"\n\"Deux {x}\u00a0: 1\u00a0000 km en 2018 ou 19 a\"\n");
}

static void both_languages_must_agree(void **state)
{
	(void)state;
	put("po/a.en.po", "msgid \"a.one\"\nmsgstr \"One\"\n");
	assert_refused("a.fr.po:5: a.two is missing in en");
	put("po/a.en.po", "msgid \"a.one\"\nmsgstr \"One\"\nmsgid \"a.two\"\nmsgstr \"Two {y}\"\n");
	assert_refused("a.fr.po:5: a.two: {x} is missing in en");
	assert_refused("a.en.po:3: a.two: {y} is missing in fr");
	put("po/a.en.po", "msgid \"a.one\"\nmsgstr \"One\"\nmsgid \"a.two\"\nmsgstr \"Two {x}\"\n"
			  "msgid \"a.one\"\nmsgstr \"Uno\"\n");
	assert_refused("a.one stands already at");
}

static void files_must_be_well_formed(void **state)
{
	(void)state;
	put("po/a.en.po", "msgid \"a.one\"\nmsgstr \"\"\n");
	assert_refused("a.en.po:1: a.one is not translated");
	put("po/a.en.po", "msgid \"a.one\"\nmsgid_plural \"a.one\"\nmsgstr[0] \"x\"\n");
	assert_refused("a.one is not translated");
	put("po/a.en.po", "msgid \"a.one\"\nmsgstr \"x\n\"");
	assert_refused("a.en.po:2: the closing quote is missing");
	put("po/a.en.po", "msgid \"a.one\"\nmsgtext \"x\"\n");
	assert_refused("a.en.po:2: not understood: msgtext");
	put("po/a.en.po", "\n#, fuzzy\nmsgid \"a.one\"\nmsgstr \"x\"\n");
	assert_refused("a.en.po:2: a fuzzy message");
}

static void french_neither_shouts_nor_blames(void **state)
{
	(void)state;
	put("po/a.fr.po",
	    "msgid \"a.one\"\nmsgstr \"Bravo !\"\nmsgid \"a.two\"\nmsgstr \"Oups, {x} invalide\"\n");
	assert_refused("a.fr.po:1: a.one: never \"!\"");
	assert_refused("a.two: never \"Oups\"");
	assert_refused("a.two: never \"invalide\"");
}

static void every_key_is_used_and_every_used_key_exists(void **state)
{
	(void)state;
	put("src/a.c", "T(c, \"a.one\")");
	assert_refused("a.fr.po:5: a.two is used nowhere");
	put("src/a.c", "K(\"a.one\"), K(\"a.two\")\n\n\n fail(c, E_X, \"a.three\")");
	assert_refused("a.c:4: there is no message a.three");
}

/* C in which "a.two" is used in the right way, and nothing unknown. */
static void assert_uses(const char *c)
{
	char text[512];
	snprintf(text, sizeof text, "K(\"a.one\") %s", c);
	put("src/a.c", text);
	assert_accepted();
}

static void finds_keys_in_the_right_argument(void **state)
{
	(void)state;
	assert_uses("T_TEXT(c, \"a.two\", \"x\", y)");
	assert_uses("i18n(c, f(\"no\"), 0) i18n(c, \"a.two\", args, 1)");
	assert_uses("fail_with(c, E_X, \"a.two\", \"x\", fmt(c, \"%d\", 3), NULL)");
	assert_uses("fail_with(c, E_X, K(\"a.two\"), \"x\", \"no\", NULL)");
	assert_uses("out_message(o, late ? \"a.one\" : \"a.two\", a, 1)");
	assert_uses("fail_field(c, \"no\", (\"no\"), late ? 0 : 1); K(\"a.two\")");
	assert_uses("/* fail(c, 1, \"no\") */ // T(c, \"no\")\n char q = '\"'; s = \"T(c, \\\"no\\\")\";"
		    " MY_T(c, \"no\"); T (c, \"a.one\") K(\"a.two\")");
}

static void finds_keys_in_templates_and_enumerations(void **state)
{
	(void)state;
	put("src/a.c", "");
	put("src/a.html",
	    "{{template x struct x v}}\n{{! t \"no\" t:\"no\" }}<p title=\"{{t \"a.two\" x=v.n|day}}\">"
	    "t:\"no\"{{call f \"no\" t:\"a.one\" \"t:no\"}}{{end}}\n");
	assert_accepted();
	run("rm -r $d/gen");
	put("src/a.html", "{{template x}}\n{{t \"a.two\" y=3}}{{t \"a.one\"}}{{end}}");
	assert_refused("a.html:2: a.two wants {x}, which is not given");
	put("src/a.html", "");
	put("src/a.c", "K(\"a.one\") K(\"a.two\")");
	put("src/a.shape", "enum state labels: open closed\nenum quiet: on off\n");
	assert_refused("a.shape:1: there is no message state.open");
	assert_null(strstr(said, "quiet"));
}

static void values_must_be_given(void **state)
{
	(void)state;
	put("src/a.c", "K(\"a.one\")\nT(c, \"a.two\")");
	assert_refused("a.c:2: a.two wants {x}, which is not given");
	put("src/a.c", "K(\"a.one\")\nfail_with(c, E, \"a.two\", \"y\", \"x\", NULL)");
	assert_refused("a.c:2: a.two wants {x}, which is not given");
	put("src/a.c", "K(\"a.one\")\nT_N(c, \"a.two\", 3)");
	assert_refused("a.c:2: a.two wants {x}, which is not given");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(writes_a_sorted_table_of_both_languages, setup),
		cmocka_unit_test_setup(french_signs_hold_to_their_words, setup),
		cmocka_unit_test_setup(both_languages_must_agree, setup),
		cmocka_unit_test_setup(files_must_be_well_formed, setup),
		cmocka_unit_test_setup(french_neither_shouts_nor_blames, setup),
		cmocka_unit_test_setup(every_key_is_used_and_every_used_key_exists, setup),
		cmocka_unit_test_setup(finds_keys_in_the_right_argument, setup),
		cmocka_unit_test_setup(finds_keys_in_templates_and_enumerations, setup),
		cmocka_unit_test_setup(values_must_be_given, setup),
	};
	return cmocka_run_group_tests_name("pogen", tests, make_folders, remove_folders);
}
