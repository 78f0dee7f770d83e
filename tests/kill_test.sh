#!/usr/bin/env bash
# Kill -9 and SIGTERM under a load of bookings, and kill -9 while a file of places
# is taken in, on both databases.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ -z "${MAILLAGE_TEST_PG:-}" ]; then
	exec tests/with-pg.sh "$0" "$@"
fi
dir=$(mktemp -d "${TMPDIR:-/tmp}/maillage-kill.XXXXXX")
trap 'rm -rf "$dir"' EXIT
rounds=${KILLS:-4}
export PYTHONDONTWRITEBYTECODE=1
for what in kill kill_import; do
	[ "$what" = kill ] || rounds=$(((rounds + 1) / 2)) # a file takes longer to take in than a booking to make
	/usr/bin/python3 "tests/torture/$what.py" "$dir/$what.db" "$rounds"
	psql -qX -d "$MAILLAGE_TEST_PG" -c "DROP DATABASE IF EXISTS killed" -c "CREATE DATABASE killed TEMPLATE template0"
	/usr/bin/python3 "tests/torture/$what.py" "$(printf %s "$MAILLAGE_TEST_PG" | sed 's#/postgres\b#/killed#')" "$rounds"
	psql -qX -d "$MAILLAGE_TEST_PG" -c "DROP DATABASE killed WITH (FORCE)"
done
