#!/bin/sh
# build.sh OUT - put into OUT every file that the server serves under /s/.
# Idempotent: a file is rewritten only when its bytes change. Third-party
# files come from web/node_modules (npm ci, versions pinned in package.json).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
[ $# -eq 1 ] || { echo "usage: $0 OUT" >&2; exit 2; }
mkdir -p "$1/fonts"
out=$(cd "$1" && pwd)
mods=$here/node_modules
lock=$here/package-lock.json
if ! cmp -s "$lock" "$mods/.installed-lock"; then
	(cd "$here" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2)
	cp "$lock" "$mods/.installed-lock"
fi
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# put FILE NAME: install FILE as OUT/NAME unless it is already the same.
put() {
	cmp -s "$1" "$out/$2" || cp "$1" "$out/$2"
}

for f in bricolage-grotesque hanken-grotesk source-serif-4; do
	put "$mods/@fontsource-variable/$f/files/$f-latin-wght-normal.woff2" "fonts/$f.woff2"
	put "$mods/@fontsource-variable/$f/files/$f-latin-ext-wght-normal.woff2" "fonts/$f-ext.woff2"
done

# One sprite: the lucide icons that we use, then our own symbols.
{
	echo '<svg xmlns="http://www.w3.org/2000/svg">'
	while read -r i; do
		[ -f "$mods/lucide-static/icons/$i.svg" ] || { echo "$0: no lucide icon '$i'" >&2; exit 1; }
		printf '<symbol id="%s" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">' "$i"
		sed -n '/^>/,/^<\/svg>/{/^>/d;/^<\/svg>/d;s/^ *//;p;}' "$mods/lucide-static/icons/$i.svg" | tr -d '\n'
		echo '</symbol>'
	done <"$here/icons.txt"
	cat "$here/img/symbols.svg"
	echo '</svg>'
} >"$tmp/icons.svg"
put "$tmp/icons.svg" icons.svg

# One style sheet. The dark tokens follow the reader's system unless the page says which.
{
	cat "$here/css/00-tokens.css"
	echo '@media screen and (prefers-color-scheme: dark) {'
	echo ':root:not([data-theme="light"]) {'
	cat "$here/css/dark.tokens"
	echo '}'
	echo '}'
	echo '@media screen {'
	echo ':root[data-theme="dark"] {'
	cat "$here/css/dark.tokens"
	echo '}'
	echo '}'
	for f in "$here"/css/[1-9]*.css; do
		cat "$f"
	done
} | sed -zE 's#/\*[^*]*\*+([^/*][^*]*\*+)*/##g; s/\n[\t ]+/\n/g; s/\n\n+/\n/g' >"$tmp/maillage.css"
put "$tmp/maillage.css" maillage.css
put "$here/js/maillage.js" maillage.js

# The map that moves: Leaflet and ours in one file; what works beside the page,
# with supercluster, in another; our outlines; and, for an operator's own ground,
# the reader of PMTiles.
{
	cat "$mods/leaflet/dist/leaflet.js" | sed '/^\/\/# sourceMappingURL/d'
	echo
	cat "$here/js/map.js"
} >"$tmp/map.js"
put "$tmp/map.js" map.js
{
	cat "$mods/supercluster/dist/supercluster.min.js" | sed '/^\/\/# sourceMappingURL/d'
	echo
	cat "$here/js/map-worker.js"
} >"$tmp/map-worker.js"
put "$tmp/map-worker.js" map-worker.js
sed '/^\/\/# sourceMappingURL/d' "$mods/pmtiles/dist/pmtiles.js" >"$tmp/pmtiles.js"
put "$tmp/pmtiles.js" pmtiles.js
# Its pictures are not ours: no rule that would ask for them.
sed '/url(images/d' "$mods/leaflet/dist/leaflet.css" >"$tmp/map.css"
put "$tmp/map.css" map.css
mkdir -p "$out/outlines"
for f in "$here"/../data/outlines/*.geojson; do
	put "$f" "outlines/$(basename "$f")"
done

for f in "$here"/img/*.svg; do
	n=$(basename "$f")
	[ "$n" = symbols.svg ] || put "$f" "$n"
done

{
	echo 'Third-party files served with Maillage and their licences.'
	for p in @fontsource-variable/bricolage-grotesque @fontsource-variable/hanken-grotesk \
		@fontsource-variable/source-serif-4 leaflet lucide-static pmtiles supercluster; do
		printf '\n==== %s ====\n\n' "$p"
		cat "$mods/$p/LICENSE" 2>/dev/null || sed -n 's/.*"license": *"\(.*\)".*/\1/p' "$mods/$p/package.json"
	done
} >"$tmp/licences.txt"
put "$tmp/licences.txt" licences.txt
