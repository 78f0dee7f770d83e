#!/bin/sh
# with-pg.sh COMMAND...: run it beside a PostgreSQL of its own, reachable by a
# Unix socket only, named by MAILLAGE_TEST_PG, gone at the end. Commits are not
# synced unless MAILLAGE_TEST_PG_FSYNC=on.
set -eu

bin=$(ls -d /usr/lib/postgresql/*/bin 2> /dev/null | sort -V | tail -n 1)
dir=$(mktemp -d "${TMPDIR:-/tmp}/maillage-pg.XXXXXX")
chmod 755 "$dir"
user=$(id -un)

# PostgreSQL refuses to run as root.
as=
if [ "$(id -u)" = 0 ]; then
	user=postgres
	id "$user" > /dev/null 2>&1 || user=nobody
	chown "$user" "$dir"
	as="setpriv --reuid=$user --regid=$(id -gn "$user") --clear-groups"
fi

server=
stop() {
	trap - EXIT INT TERM HUP
	if [ -n "$server" ]; then
		kill -INT "$server" 2> /dev/null || true
		wait "$server" 2> /dev/null || true
	fi
	rm -rf "$dir"
}
trap stop EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

cd /
if ! $as "$bin/initdb" -D "$dir/data" -U "$user" -A trust -E UTF8 --locale=C.UTF-8 --no-sync > "$dir/initdb.log" 2>&1
then
	cat "$dir/initdb.log" >&2
	exit 1
fi
fsync=${MAILLAGE_TEST_PG_FSYNC:-off}
$as "$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c max_connections=200 -c "fsync=$fsync" \
	-c "full_page_writes=$fsync" -c shared_buffers=64MB -c deadlock_timeout=100ms -c log_min_messages=fatal \
	> "$dir/server.log" 2>&1 &
server=$!
tries=0
until "$bin/pg_isready" -q -h "$dir"; do
	tries=$((tries + 1))
	if [ "$tries" -gt 200 ] || ! kill -0 "$server" 2> /dev/null; then
		cat "$dir/server.log" >&2
		exit 1
	fi
	sleep 0.05
done
cd "$OLDPWD"

export MAILLAGE_TEST_PG="postgresql:///postgres?host=$dir&user=$user"
"$@"
