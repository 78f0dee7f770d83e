#!/usr/bin/env python3
"""The table of speeds: each row is measured beside a reference, in one run on
one machine. Prints it and writes build/bench.json."""
import datetime
import hashlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

OUT = "build/bench"
SECONDS = int(os.environ.get("BENCH_SECONDS", "6"))
CLIENTS = 64
SCALE = int(os.environ.get("BENCH_SCALE", "1000000"))
rows = []


def row(name, measured, reference, ratio, reach, met):
    rows.append({"name": name, "measured": measured, "reference": reference,
                 "ratio": None if ratio is None else round(ratio, 3), "reach": reach, "met": met})
    shown = "" if ratio is None else "%.2f ×" % ratio
    print("%-58s %14s %14s %10s  %-10s %s" % (name, measured, reference, shown, reach, "met" if met else "NOT MET"), flush=True)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def sql(db, text):
    return subprocess.run(["sqlite3", db, text], check=True, capture_output=True, text=True).stdout.strip()


def make_demo(name, scale):
    db = f"{OUT}/{name}.db"
    for end in ("", "-wal", "-shm", ".lock"):
        if os.path.exists(db + end):
            os.remove(db + end)
    start = time.time()
    subprocess.run(["build/maillage", "demo", "--db", db, "--scale", str(scale)], check=True, stdout=subprocess.DEVNULL)
    return db, time.time() - start


def wait_for(port, path="/healthz"):
    for _ in range(2000):
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5).read()
        except (ConnectionError, urllib.error.URLError):
            time.sleep(0.002)
    sys.exit("bench: the server does not answer")


class Server:
    def __init__(self, db):
        self.port = free_port()
        self.process = subprocess.Popen(["build/maillage", "serve", "--db", db, "--listen", f"127.0.0.1:{self.port}"],
                                        stdout=subprocess.DEVNULL, stderr=open(f"{OUT}/server.log", "w"))
        wait_for(self.port)

    def resident(self):
        text = open(f"/proc/{self.process.pid}/status").read()
        return int(re.search(r"VmRSS:\s+(\d+)", text).group(1)) / 1024

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


class Nginx:
    """Serves one file."""

    def __init__(self, body):
        self.port = free_port()
        self.dir = os.path.abspath(f"{OUT}/nginx")
        shutil.rmtree(self.dir, ignore_errors=True)
        os.makedirs(self.dir + "/www")
        os.chmod(self.dir, 0o755)
        with open(self.dir + "/www/page.html", "wb") as f:
            f.write(body)
        with open(self.dir + "/nginx.conf", "w") as f:
            f.write(f"""worker_processes auto; pid {self.dir}/pid; error_log {self.dir}/error.log; daemon off;
user root;
events {{ worker_connections 1024; }}
http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; default_type text/html;
client_body_temp_path {self.dir}/b; proxy_temp_path {self.dir}/p; fastcgi_temp_path {self.dir}/f;
uwsgi_temp_path {self.dir}/u; scgi_temp_path {self.dir}/s;
server {{ listen 127.0.0.1:{self.port}; root {self.dir}/www; }} }}
""")
        conf = open(self.dir + "/nginx.conf").read()
        if os.getuid() != 0:
            open(self.dir + "/nginx.conf", "w").write(conf.replace("user root;\n", ""))
        self.process = subprocess.Popen(["/usr/sbin/nginx", "-p", self.dir, "-c", self.dir + "/nginx.conf"],
                                        stderr=subprocess.DEVNULL)
        wait_for(self.port, "/page.html")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def wrk(port, path, cookie=None):
    command = ["wrk", "-t2", f"-c{CLIENTS}", f"-d{SECONDS}s", f"http://127.0.0.1:{port}{path}"]
    if cookie:
        command[1:1] = ["-H", f"Cookie: __Host-session={cookie}"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in text:
        sys.exit(f"bench: {path} fails:\n{text}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1))


def fetch(port, path, cookie=None):
    q = urllib.request.Request(f"http://127.0.0.1:{port}{path}")
    if cookie:
        q.add_header("Cookie", f"__Host-session={cookie}")
    return urllib.request.urlopen(q, timeout=10).read()


def token(n):
    """A secret of the shape that sessions have: 52 characters."""
    return hashlib.sha256(b"bench %d" % n).hexdigest()[:52]


def add_sessions(db):
    """One for each of 64 people, and one for Malo who receives; a space where all of them fit."""
    now = int(time.time())
    people = sql(db, "SELECT m.person, m.id FROM membership m JOIN person p ON p.id = m.person "
                     "WHERE m.status IN ('cape', 'cesa', 'resident', 'nomad') GROUP BY m.person ORDER BY m.person LIMIT %d" % CLIENTS)
    malo = sql(db, "SELECT m.person, m.id FROM membership m JOIN person p ON p.id = m.person WHERE p.email = 'malo@demo.example'")
    text, tokens = [], []
    for i, line in enumerate(people.split("\n") + [malo]):
        person, membership = line.split("|")
        secret = token(i)
        tokens.append(secret)
        text.append("INSERT INTO session (pub, token_hash, person, membership, agent, address, created_at, seen_at, expires_at) "
                    f"VALUES ('{i:026d}', X'{hashlib.sha256(secret.encode()).hexdigest()}', {person}, {membership}, 'bench', '', "
                    f"{now}, {now}, {now + 86400});")
    space = sql(db, "SELECT s.id, s.pub FROM space s JOIN community c ON c.id = s.community "
                    "WHERE c.name = 'Les Usines du Noyer' AND s.kind = 'desks'").split("|")
    text.append(f"UPDATE space SET capacity = 100000 WHERE id = {space[0]};")
    text.append(f"UPDATE place SET opening = '24/7', holidays_off = 0 WHERE community = (SELECT community FROM space WHERE id = {space[0]});")
    sql(db, "BEGIN;" + "".join(text) + "COMMIT;")
    return tokens, space[1]


def book(server, tokens, space):
    """Bookings a second by 64 clients at once."""
    monday = datetime.date.today() + datetime.timedelta(days=7 - datetime.date.today().weekday())
    lines = "".join("%s %s\n" % (t, hashlib.sha256(b"csrf:" + t.encode()).hexdigest()) for t in tokens[:CLIENTS])
    first = (monday - datetime.date(1970, 1, 1)).days
    text = subprocess.run([f"{OUT}/post", str(server.port), space, str(first), str(SECONDS)], input=lines, check=True,
                          capture_output=True, text=True).stdout
    done, refused, seconds = text.split()
    if int(refused) > int(done) // 100:
        sys.exit(f"bench: {refused} bookings were refused, {done} made")
    return int(done) / float(seconds)


def must_be_right(db):
    """What was measured must also be true."""
    check = subprocess.run(["build/maillage", "verify", "--db", db], capture_output=True, text=True)
    if check.returncode != 0:
        sys.exit(f"bench: the books of {db} are not right:\n{check.stderr}")


def pages(server, tokens):
    for name, path, cookie, reach in (("a cached public page, 64 connections", "/places", None, 1.0),
                                      ("a dynamic page, signed in, 64 connections", "/host/day", tokens[-1], 0.3)):
        body = fetch(server.port, path, cookie)
        mine = wrk(server.port, path, cookie)
        nginx = Nginx(body)
        theirs = wrk(nginx.port, "/page.html")
        nginx.stop()
        row(f"{name} ({len(body) // 1024} kB)", f"{mine:.0f}/s", f"{theirs:.0f}/s", mine / theirs, f"≥ {reach} ×",
            mine / theirs >= reach)


def cold_start(db):
    mine, theirs = [], []
    for _ in range(5):
        start = time.time()
        port = free_port()
        p = subprocess.Popen(["build/maillage", "serve", "--db", db, "--listen", f"127.0.0.1:{port}"],
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(port, "/places")
        mine.append(time.time() - start)
        p.send_signal(signal.SIGTERM)
        p.wait()
        start = time.time()
        sql(db, "SELECT COUNT(*) FROM booking")
        theirs.append(time.time() - start)
    a, b = sorted(mine)[2], sorted(theirs)[2]
    row("cold start to the first page", f"{a * 1000:.0f} ms", f"{b * 1000:.0f} ms", a / b, "≤ 10 ×", a / b <= 10)


def main():
    print("%-58s %14s %14s %10s  %s" % ("work", "measured", "reference", "ratio", "reach"))
    db, _ = make_demo("small", 0)
    cold_start(db)
    tokens, space = add_sessions(db)
    shutil.copy(db, f"{OUT}/inserts.db")
    server = Server(db)
    pages(server, tokens)
    small = book(server, tokens, space)
    resident = server.resident()
    row("memory of the whole server after 64 clients", f"{resident:.0f} MB", "", None, "< 64 MB", resident < 64)
    server.stop()
    must_be_right(db)
    done, seconds = subprocess.run([f"{OUT}/inserts", f"{OUT}/inserts.db", str(SECONDS)], check=True, capture_output=True,
                                   text=True).stdout.split()
    loop = int(done) / float(seconds)
    row("bookings through everything, durable, 64 clients", f"{small:.0f}/s", f"{loop:.0f}/s", small / loop, "≥ 1.5 ×",
        small / loop >= 1.5)
    db, took = make_demo("large", SCALE)
    tokens, space = add_sessions(db)
    server = Server(db)
    large = book(server, tokens, space)
    server.stop()
    must_be_right(db)
    row(f"the same with {SCALE} bookings there (time each)", f"{1e6 / large:.0f} µs", f"{1e6 / small:.0f} µs", small / large,
        "≤ 1.3 ×", small / large <= 1.3)
    row(f"making a demo of {SCALE} bookings", f"{took:.0f} s", "", None, "< 60 s a million", took < 60 * max(SCALE, 1) / 1e6)
    with open("build/bench.json", "w") as f:
        json.dump(rows, f, indent=1, ensure_ascii=False)


main()
