#!/bin/sh
# build.sh OUT - the gallery as plain pages in OUT, with what they need in OUT/s.
# Look at them with any static server on loopback:
#   web/gallery/build.sh build/gallery && python3 -m http.server -b 127.0.0.1 -d build/gallery 8090
#
# In a page, a line "<!--#include NAME current=WORD-->" is replaced by
# parts/NAME.html, where the link that reads WORD is marked as the current one.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
[ $# -eq 1 ] || { echo "usage: $0 OUT" >&2; exit 2; }
mkdir -p "$1"
"$here/../build.sh" "$1/s"
for f in "$here"/*.html; do
	awk -v parts="$here/parts/" '
	function emit(file, current, line, words, n, i, cur) {
		while ((getline line < file) > 0) {
			if (line ~ /^[ \t]*<!--#include /) {
				n = split(line, words, /[ \t]+|-->/)
				cur = current
				for (i = 1; i <= n; i++) if (words[i] ~ /^current=/) {
					cur = substr(words[i], 9); gsub(/_/, " ", cur)
				}
				for (i = 1; words[i] !~ /#include/; i++) ;
				emit(parts words[i + 1] ".html", cur)
			} else {
				if (current != "" && index(line, ">" current "<"))
					sub(/<a /, "<a aria-current=\"page\" ", line)
				print line
			}
		}
		close(file)
	}
	BEGIN { emit(ARGV[1], "") }' "$f" >"$1/$(basename "$f")"
done
