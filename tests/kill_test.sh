#!/usr/bin/env bash
# Kill -9 and SIGTERM under a load of bookings, on both databases.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ -z "${MAILLAGE_TEST_PG:-}" ]; then
	exec tests/with-pg.sh "$0" "$@"
fi
dir=$(mktemp -d "${TMPDIR:-/tmp}/maillage-kill.XXXXXX")
trap 'rm -rf "$dir"' EXIT
rounds=${KILLS:-4}
python=/usr/bin/python3
$python tests/torture/kill.py "$dir/kill.db" "$rounds"
psql -qX -d "$MAILLAGE_TEST_PG" -c "DROP DATABASE IF EXISTS killed" -c "CREATE DATABASE killed TEMPLATE template0"
$python tests/torture/kill.py "$(printf %s "$MAILLAGE_TEST_PG" | sed 's#/postgres\b#/killed#')" "$rounds"
psql -qX -d "$MAILLAGE_TEST_PG" -c "DROP DATABASE killed WITH (FORCE)"
