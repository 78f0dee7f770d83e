#!/usr/bin/env bash
# The journeys in Debian's Chromium, on a demo made for this run: all on
# SQLite, the short way on PostgreSQL; then every page by our own links; first
# the components alone. Each part ends with "N passed, N failed".
# Pictures of every page reached stand in build/screenshots.
set -euo pipefail
cd "$(dirname "$0")/../.."
chromium=${CHROMIUM:-/usr/bin/chromium}
if [ -z "${MAILLAGE_TEST_PG:-}" ] && [ -x tests/with-pg.sh ]; then
	exec tests/with-pg.sh "$0" "$@"
fi
if ! [ -x "$chromium" ] || ! command -v node > /dev/null; then
	echo "chromium or node is missing: make test-deps"
	exit 1
fi
[ -d tests/browser/node_modules/playwright-core ] || npm ci --silent --no-audit --no-fund --prefix tests/browser
status=0
node tests/browser/components.mjs || status=1
node tests/browser/journeys.mjs || status=1
node tests/browser/crawl.mjs || status=1
ground=$(mktemp -d)
{ build/maillage demo --db "$ground/demo.db" > /dev/null && node tests/browser/tiles.mjs "$ground/demo.db"; } || status=1
rm -rf "$ground"
exit $status
