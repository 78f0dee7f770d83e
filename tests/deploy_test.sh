#!/usr/bin/env bash
# The examples of deploy/ are tried: the unit by systemd-analyze, the nginx site
# by nginx itself, with a certificate made here, before a small echo server.
set -euo pipefail
cd "$(dirname "$0")/.."

dir=$(mktemp -d)
pids=()
cleanup() {
	for pid in "${pids[@]}"; do kill "$pid" 2> /dev/null || true; done
	wait
	rm -rf "$dir"
}
trap cleanup EXIT

passed=0 failed=0 skipped=0
check() { # WHAT COMMAND...
	local what=$1
	shift
	if "$@" > "$dir/check.log" 2>&1; then
		passed=$((passed + 1))
		echo "ok: $what"
	else
		failed=$((failed + 1))
		echo "FAILED: $what"
		cat "$dir/check.log"
	fi
}
skip() {
	skipped=$((skipped + 1))
	echo "skipped: $1"
}

# ---- the unit ----

if command -v systemd-analyze > /dev/null; then
	sed "s#/usr/local/bin/maillage#$PWD/build/maillage#" deploy/maillage.service > "$dir/maillage.service"
	check 'systemd finds nothing wrong in the unit' \
		bash -c "out=\$(systemd-analyze verify --man=no '$dir/maillage.service' 2>&1 | grep -F maillage.service || true)
			echo \"\$out\"; [ -z \"\$out\" ]"
	check 'its exposure is low (at most 1.5 of 10)' \
		systemd-analyze security --offline=yes --threshold=15 --no-pager "$dir/maillage.service"
	check 'a service that is not closed would be refused by that' \
		bash -c "grep -v -e Protect -e Private -e SystemCall -e Restrict '$dir/maillage.service' > '$dir/open.service'
			! systemd-analyze security --offline=yes --threshold=15 --no-pager '$dir/open.service'"
else
	skip 'no systemd-analyze here'
fi

# ---- the site ----

nginx=$(command -v nginx || ls /usr/sbin/nginx 2> /dev/null || true)
if [ -z "$nginx" ]; then
	skip 'no nginx here'
	echo "$passed passed, $failed failed, $skipped skipped"
	exit $((failed > 0))
fi

cat > "$dir/echo.py" <<'PY'
import http.server, json, sys
class Echo(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        length = int(self.headers.get("Content-Length") or 0)
        self.rfile.read(length)
        pairs = [[k.lower(), v] for k, v in self.headers.items()]
        body = json.dumps({"method": self.command, "path": self.path, "length": length, "headers": pairs}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/css" if self.path.startswith("/s/") else "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    do_POST = do_GET
    def log_message(self, *args):
        pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo)
print(server.server_address[1], flush=True)
server.serve_forever()
PY
/usr/bin/python3 "$dir/echo.py" > "$dir/upstream" &
pids+=($!)
for _ in $(seq 100); do [ -s "$dir/upstream" ] && break; sleep 0.05; done
upstream=$(cat "$dir/upstream")
read -r http https < <(/usr/bin/python3 -c '
import socket
s = [socket.socket() for _ in range(2)]
for x in s: x.bind(("127.0.0.1", 0))
print(*[x.getsockname()[1] for x in s])')

openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=maillage.example.org \
	-keyout "$dir/key.pem" -out "$dir/cert.pem" 2> /dev/null
sed -e "s#127.0.0.1:8080;#127.0.0.1:$upstream;#" \
	-e "s#listen 80;#listen 127.0.0.1:$http;#; s#listen 443 ssl#listen 127.0.0.1:$https ssl#; /\[::\]/d" \
	-e "s#/etc/letsencrypt/live/maillage.example.org/fullchain.pem#$dir/cert.pem#" \
	-e "s#/etc/letsencrypt/live/maillage.example.org/privkey.pem#$dir/key.pem#" deploy/nginx.conf > "$dir/site.conf"
cat > "$dir/nginx.conf" <<NGINX
daemon off;
pid $dir/nginx.pid;
error_log $dir/error.log;
events { }
http {
	access_log off;
	client_body_temp_path $dir/body;
	proxy_temp_path $dir/proxy;
	fastcgi_temp_path $dir/fastcgi;
	uwsgi_temp_path $dir/uwsgi;
	scgi_temp_path $dir/scgi;
	include $dir/site.conf;
}
NGINX
[ "$(id -u)" != 0 ] || sed -i '1i user root;' "$dir/nginx.conf"

check 'nginx accepts the site' "$nginx" -t -e "$dir/error.log" -c "$dir/nginx.conf"
"$nginx" -e "$dir/error.log" -c "$dir/nginx.conf" &
pids+=($!)

ask() { # PATH, and options of curl
	local path=$1
	shift
	curl -sS --max-time 10 --cacert "$dir/cert.pem" --resolve "maillage.example.org:$https:127.0.0.1" "$@" \
		"https://maillage.example.org:$https$path"
}
for _ in $(seq 100); do ask / -o /dev/null 2> /dev/null && break; sleep 0.05; done

has() { # HEADER VALUE: the upstream saw it, once
	ask /x -H 'X-Forwarded-For: 6.6.6.6' -H 'X-Forwarded-Proto: gopher' -H 'X-Forwarded-Host: evil.example' |
		/usr/bin/python3 -c '
import json, sys
values = [v for k, v in json.load(sys.stdin)["headers"] if k == sys.argv[1]]
print(values)
sys.exit(values != ([sys.argv[2]] if sys.argv[2] else []))' "$1" "$2"
}
is() { # EXPECTED COMMAND...
	local expected=$1 got
	shift
	got=$("$@")
	echo "$got"
	[ "$got" = "$expected" ]
}

check 'a page comes over HTTP/2' is '200 2' ask / -o /dev/null -w '%{http_code} %{http_version}'
check 'plain HTTP is sent to TLS' is "301 https://maillage.example.org/a?b=c" \
	curl -sS -o /dev/null -w '%{http_code} %{redirect_url}' -H 'Host: maillage.example.org' "http://127.0.0.1:$http/a?b=c"
check 'the address is the real one' has x-forwarded-for 127.0.0.1
check 'the scheme is the real one' has x-forwarded-proto https
check 'a claimed host is dropped' has x-forwarded-host ''
check 'the host is kept' has host maillage.example.org
check 'the answer says to come back by TLS' \
	bash -c "$(declare -f ask); dir=$dir https=$https; ask / -D - -o /dev/null | grep -i '^strict-transport-security: max-age=31536000'"
head -c 9000000 /dev/zero > "$dir/big"
check 'a body of 9 MB is refused' is 413 ask /x -o /dev/null -w '%{http_code}' -H 'Expect:' --data-binary "@$dir/big"
head -c 7000000 /dev/zero > "$dir/fits"
check 'one of 7 MB passes' is 200 ask /x -o /dev/null -w '%{http_code}' -H 'Expect:' --data-binary "@$dir/fits"
check 'the figures of the server are not shown' is 404 ask /metrics -o /dev/null -w '%{http_code}'
check 'a page is not compressed' \
	bash -c "$(declare -f ask); dir=$dir https=$https; ! ask / --compressed -D - -o /dev/null | grep -i '^content-encoding'"
check 'a style sheet is' \
	bash -c "$(declare -f ask); dir=$dir https=$https; ask /s/x.css --compressed -D - -o /dev/null | grep -i '^content-encoding: gzip'"
kill "${pids[0]}"
wait "${pids[0]}" 2> /dev/null || true
check 'without the server there is a 502, soon' is 502 ask / -o /dev/null -w '%{http_code}'

echo "$passed passed, $failed failed$([ $skipped = 0 ] || echo ", $skipped skipped")"
exit $((failed > 0))
