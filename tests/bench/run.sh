#!/bin/sh
# make bench: the table of speeds, and build/bench.json. Loopback only; a
# PostgreSQL of its own whose commits reach the disk.
set -eu
cd "$(dirname "$0")/../.."
mkdir -p build/bench
for program in post inserts; do
	cc -std=gnu17 -O2 -Wall -Wextra -Werror -D_GNU_SOURCE -o "build/bench/$program" "tests/bench/$program.c" -lsqlite3 -lpthread
done
MAILLAGE_TEST_PG_FSYNC=on exec tests/with-pg.sh python3 tests/bench/bench.py "$@"
