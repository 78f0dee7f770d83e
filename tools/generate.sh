#!/bin/sh
# Run every generator into build/gen and list the sources in build/sources.list.
# The generators write only files that change, so this is cheap and runs before
# each build. Called by the Makefile, from the root, after the tools are built.
set -eu

gen=build/gen
mkdir -p "$gen"

find src -name '*.shape' | LC_ALL=C sort > build/shapes.list
find src -name '*.sql' | LC_ALL=C sort > build/sqls.list
find src -name '*.html' | LC_ALL=C sort > build/htmls.list
find src -type f \( -name '*.[ch]' -o -name '*.html' -o -name '*.shape' -o -name '*.def' \) ! -name '*_test.c' |
	LC_ALL=C sort > build/messages.list
mkdir -p po
find po -name '*.po' | LC_ALL=C sort > build/pos.list

# Generated files whose source is gone.
find "$gen" -type f \( -name '*_shape.[ch]' -o -name '*_sql.[ch]' -o -name '*_html.[ch]' \) |
while read -r file; do
	stem=${file#"$gen"/}
	stem=${stem%.[ch]}
	source=${stem%_*}.${stem##*_}
	[ -e "src/$source" ] || [ -e "src/domain/$source" ] || rm -f "$file"
done

tool() {
	[ -x "build/tools/$1" ]
}

# shellcheck disable=SC2046 # names of sources hold no blanks
{
	! tool shapegen || build/tools/shapegen src "$gen" $(cat build/shapes.list)
	! tool sqlgen || build/tools/sqlgen src "$gen" $(cat build/shapes.list) -- $(cat build/sqls.list)
	! tool tplgen || build/tools/tplgen src "$gen" $(cat build/htmls.list)
	! tool pogen || build/tools/pogen src "$gen/messages.c" $(cat build/pos.list) -- $(cat build/messages.list)
}

# What is served under /s/, made again when something in web/ has changed.
if [ ! -e build/web.stamp ] || [ -n "$(find web data/outlines -name node_modules -prune -o -newer build/web.stamp -print)" ]; then
	rm -rf build/web build/web.stamp
	mkdir -p build/web
	touch build/web.new
	sh web/build.sh build/web
	mv build/web.new build/web.stamp
fi
build/tools/embed "$gen/embedded.c"
build/tools/outlines data/outlines "$gen/outlines.c"

{
	find src "$gen" -name '*.c' ! -name '*_test.c' ! -path src/app/main.c | sed 's/^/lib /'
	echo main src/app/main.c
	find src tools tests/api tests/torture -name '*_test.c' 2> /dev/null | sed 's/^/test /'
	find tests -maxdepth 1 -name '*.c' | sed 's/^/kit /'
	find tests/fuzz -name 'fuzz_*.c' 2> /dev/null | sed 's/^/fuzz /'
} | LC_ALL=C sort > build/sources.new
if cmp -s build/sources.new build/sources.list; then
	rm build/sources.new
else
	mv build/sources.new build/sources.list
fi
