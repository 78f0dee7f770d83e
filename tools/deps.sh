#!/bin/sh
# Install what is missing: tools/deps.sh [build] [test] [bench]. Debian 12 and
# what follows it. Asks apt-get only when something is missing.
set -eu

build='gcc libc6-dev meson ninja-build pkg-config clang-format
	libmicrohttpd-dev libsqlite3-dev libpq-dev libtalloc-dev libjansson-dev libcmark-dev libsodium-dev
	libcsv-dev libcurl4-openssl-dev|libcurl4-gnutls-dev libutf8proc-dev libinih-dev libglib2.0-dev libpango1.0-dev
	libzip-dev zlib1g-dev libexpat1-dev libcairo2-dev libfontconfig-dev libfreetype-dev libqrencode-dev libseccomp-dev
	libjpeg62-turbo-dev|libjpeg-dev libpng-dev libwebp-dev tzdata ca-certificates'
test='libcmocka-dev clang llvm libclang-rt-14-dev postgresql-15 chromium python3 python3-aiosmtpd
	poppler-utils sqlite3 curl openssl nginx-light|nginx coinor-cbc'
bench='nginx-light|nginx wrk postgresql-15 sqlite3'

installed() {
	[ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2> /dev/null)" = installed ]
}

missing=
want() {
	for names; do
		found=
		for name in $(echo "$names" | tr '|' ' '); do
			! installed "$name" || found=yes
		done
		[ -n "$found" ] || missing="$missing ${names%%|*}"
	done
}

for set in "${@:-build}"; do
	case $set in
	build) want $build ;;
	test) want $test ;;
	bench) want $bench ;;
	*) echo "deps.sh: no such set: $set" >&2; exit 2 ;;
	esac
done
# Front-end files come from npm; any node will do.
command -v node > /dev/null || missing="$missing nodejs"
command -v npm > /dev/null || missing="$missing npm"

if [ -n "$missing" ]; then
	if ! command -v apt-get > /dev/null; then
		echo "deps.sh: missing, and there is no apt-get here:$missing" >&2
		exit 1
	fi
	sudo=
	[ "$(id -u)" = 0 ] || sudo=sudo
	echo "installing$missing"
	# The tests start servers of their own: the packages' services stay down.
	policy=/usr/sbin/policy-rc.d
	if ! [ -e $policy ]; then
		trap '$sudo rm -f $policy' EXIT
		printf '#!/bin/sh\nexit 101\n' | $sudo tee $policy > /dev/null
		$sudo chmod 755 $policy
	fi
	$sudo env DEBIAN_FRONTEND=noninteractive apt-get update -qq
	$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing < /dev/null
fi

# npm ci, when there is nothing yet or the lock has changed since.
modules() {
	[ -e "$1/package-lock.json" ] || return 0
	cmp -s "$1/package-lock.json" "$1/node_modules/.installed-lock" && return 0
	(cd "$1" && npm ci --no-fund --no-audit --ignore-scripts --loglevel=error < /dev/null)
	cp "$1/package-lock.json" "$1/node_modules/.installed-lock"
}

modules web
case " $* " in *' test '*) modules tests/browser; modules tests/api ;; esac
