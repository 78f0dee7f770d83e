#!/bin/sh
# The API document is sound in the eyes of a validator that is not ours, and
# that validator sees what is wrong.
set -eu
cd "$(dirname "$0")/.."

program=${MAILLAGE_TEST_PROGRAM:-build/maillage}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$program" routes --openapi > "$work/openapi.json"
node tests/api/openapi.mjs "$work/openapi.json"

refused() {
	if node tests/api/openapi.mjs "$work/broken.json" > /dev/null 2>&1; then
		echo "a broken document passed: $1"
		echo "0 passed, 1 failed"
		exit 1
	fi
}
sed 's/"responses"/"answers"/' "$work/openapi.json" > "$work/broken.json"
refused "an operation without answers"
sed 's/"problem":{"type"/"problems":{"type"/' "$work/openapi.json" > "$work/broken.json"
refused "a reference to nothing"
echo "3 passed, 0 failed"
