#!/usr/bin/env bash
# Run the tests and close with "N passed, N failed".
#   tests/run-tests.sh             what `make test` runs
#   tests/run-tests.sh unit [WORD] the C tests whose name holds WORD
#   tests/run-tests.sh all         `make check`: the long ones too
# Every test's output goes to build/test-output/NAME.log and is shown when the
# test ends; two run at a time on two cores.
set -euo pipefail
cd "$(dirname "$0")/.."

mode=${1:-test}
word=${2:-}

# One PostgreSQL for the whole run, private to it.
if [ -z "${MAILLAGE_TEST_PG:-}" ] && [ -x tests/with-pg.sh ]; then
	exec tests/with-pg.sh "$0" "$@"
fi

out=build/test-output
jobs=${J:-$(nproc)}
rm -rf "$out"
mkdir -p "$out"
: > "$out/counts"
export ASAN_OPTIONS="${ASAN_OPTIONS:-strict_string_checks=1}"
export UBSAN_OPTIONS="${UBSAN_OPTIONS:-print_stacktrace=1}"
export TSAN_OPTIONS="${TSAN_OPTIONS:-halt_on_error=1 history_size=4}"
export MAILLAGE_TEST_PROGRAM="${MAILLAGE_TEST_PROGRAM:-$PWD/build-asan/maillage}"

# one NAME COMMAND...: run, show, count. A runner that says nothing of its own
# (no cmocka summary, no "N passed, N failed") counts as one test.
one() {
	local name=$1 code=0 log passed failed skipped start=$SECONDS
	shift
	log=$out/$name.log
	timeout --kill-after=10 "${TEST_SECONDS:-600}" "$@" > "$log" 2>&1 < /dev/null || code=$?
	passed=$(sed -n 's/^\[  PASSED  \] \([0-9]*\) test(s)\..*/\1/p; s/^\([0-9]*\) passed, .*/\1/p' "$log" |
		awk '{ n += $1 } END { print n + 0 }')
	failed=$(sed -n 's/^\[  FAILED  \] [^:]*: \([0-9]*\) test(s), listed below.*/\1/p
		s/^\[  FAILED  \] \([0-9]*\) test(s), listed below.*/\1/p
		s/^[0-9]* passed, \([0-9]*\) failed.*/\1/p' "$log" | awk '{ n += $1 } END { print n + 0 }')
	skipped=$(sed -n 's/^\[  SKIPPED \] [^:]*: \([0-9]*\) test(s), listed below.*/\1/p
		s/^\[  SKIPPED \] \([0-9]*\) test(s), listed below.*/\1/p
		s/^[0-9]* passed, [0-9]* failed, \([0-9]*\) skipped.*/\1/p' "$log" | awk '{ n += $1 } END { print n + 0 }')
	if [ "$code" != 0 ] && [ "$failed" = 0 ]; then
		failed=1
	elif [ "$code" = 0 ] && [ "$((passed + failed + skipped))" = 0 ]; then
		passed=1
	fi
	(
		flock 9
		echo "== $name ($((SECONDS - start)) s)"
		cat "$log"
		[ "$code" = 0 ] || echo "== $name FAILED, exit status $code"
		echo "$passed $failed $skipped $name" >> "$out/counts"
	) 9> "$out/lock"
}
export -f one
export out

# many: lines "NAME COMMAND..." from standard input, some at a time.
many() {
	xargs -r -P "$jobs" -d '\n' -I LINE bash -c 'set -- LINE; one "$@"'
}

# The executable of a test source.
test_name() {
	sed 's/\.c$//; s#src/##; s#domain/##; s#/#-#g; s#^#test-#'
}

tests_of() { # FOLDER PATTERN: the tests built in FOLDER whose source matches
	sed -n 's/^test //p' build/sources.list | { grep -E "$2" || true; } | { grep -F -- "$word" || true; } | test_name |
		while read -r name; do echo "$name${3:-} $1/$name"; done
}

# Tests that hold a machine for long are for `make check`.
quick='^(src|tools|tests/api)/'
[ "$mode" != all ] || quick='.'
tests_of build-asan "$quick" '' | many

if [ "$mode" != unit ]; then
	one depcheck build/tools/depcheck .
	# Threads: what shares memory is run once more under TSan.
	tests_of build-tsan '_race_test\.c$' .tsan | many
	if [ "$mode" = all ] && [ -x build-clang/maillage ]; then
		tests_of build-clang '^src/' .clang | many
	fi
	sed -n 's#^fuzz tests/fuzz/\(.*\)\.c$#\1#p' build/sources.list | while read -r name; do
		if [ "$mode" = all ] && [ -x "build-fuzz/${name//_/-}" ]; then
			mkdir -p "build/fuzz/$name"
			echo "$name build-fuzz/${name//_/-} -verbosity=0 -max_total_time=${FUZZ_SECONDS:-20} -rss_limit_mb=2048 -timeout=10" \
				"-artifact_prefix=build/fuzz/$name- build/fuzz/$name tests/fuzz/corpus/${name#fuzz_}"
		fi
		echo "$name.replay build-asan/${name//_/-} tests/fuzz/corpus/${name#fuzz_}"
	done | many
	# The browser takes longest and leaves a quarter of the processors idle: the scripts run beside it.
	{
		[ ! -x tests/browser/run.sh ] ||
			echo "browser env MAILLAGE_TEST_PROGRAM=$PWD/build/maillage tests/browser/run.sh"
		for script in tests/*_test.sh; do
			[ ! -x "$script" ] || echo "$(basename "$script" .sh) $script"
		done
	} | TEST_SECONDS=1500 many
fi

awk '{ p += $1; f += $2; s += $3 }
	$2 { print "failed: " $4 }
	END { print p + 0 " passed, " f + 0 " failed" (s ? ", " s " skipped" : "") }' "$out/counts"
awk '{ p += $1; f += $2 } END { exit f > 0 || p == 0 }' "$out/counts"
