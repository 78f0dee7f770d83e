#!/bin/sh
# make run: a demo world on the first use, then the server in the foreground.
set -eu
db=build/demo.db
listen=${LISTEN:-127.0.0.1:8080}
if ! [ -e "$db" ]; then
	rm -f "$db.new" "$db.new-wal" "$db.new-shm" "$db.erasures"
	build/maillage demo --db "$db.new"
	mv "$db.new" "$db"
	rm -f "$db.new-wal" "$db.new-shm"
fi
echo "Maillage: http://$listen/ (its sign-in page lists the demo accounts; Ctrl-C stops)"
exec build/maillage serve --db "$db" --listen "$listen"
