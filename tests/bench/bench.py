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
    """One for each of 64 people of cooperatives who accepted the charter and one for Malo
    who receives; five places where all fit, and days of the convention that do not run out within seconds."""
    now = int(time.time())
    people = sql(db, "SELECT m.person, m.id, m.pub, m.community FROM membership m JOIN charter_acceptance a ON a.person = m.person "
                     "JOIN party p ON p.community = m.community AND p.side = 'sender' WHERE m.status IN ('cape', 'cesa') "
                     "AND m.ended IS NULL GROUP BY m.person ORDER BY m.person LIMIT %d" % CLIENTS).split("\n")
    malo = sql(db, "SELECT m.person, m.id, '', 0 FROM membership m JOIN person p ON p.id = m.person WHERE p.email = 'malo@demo.example'")
    grant, pub = sql(db, "SELECT id, pub FROM grant_rule WHERE measure = 'day' ORDER BY id LIMIT 1").split("|")
    clients, text, counters = [], [], set()
    for i, line in enumerate(people + [malo]):
        person, membership, membership_pub, sender = line.split("|")
        secret = token(i)
        clients.append((secret, f"grant-{pub}-{membership_pub}"))
        text.append("INSERT INTO session (pub, token_hash, person, membership, agent, address, created_at, seen_at, expires_at) "
                    f"VALUES ('{i:026d}', X'{hashlib.sha256(secret.encode()).hexdigest()}', {person}, {membership}, 'bench', '', "
                    f"{now}, {now}, {now + 86400});")
        counters |= {("person", person), ("sender", sender)} if membership_pub else set()
    text.append(f"CREATE TABLE bench_terms AS SELECT id, per_person, per_sender FROM grant_rule WHERE id = {grant};")
    text.append(f"UPDATE grant_rule SET per_person = 1000000000, per_sender = 1000000000 WHERE id = {grant};")
    text.append("UPDATE party SET state = 'active', leaves_on = NULL WHERE side = 'sender' AND state IN ('suspended', 'leaving');")
    year = datetime.date.today().year
    for scope, owner in sorted(counters):
        text.append("INSERT INTO counter (owner_kind, owner, scope, scope_id, period, cap, held, used) "
                    f"VALUES ('grant', {grant}, '{scope}', {owner}, '{year}', 1000000000, 0, 0) "
                    "ON CONFLICT (owner_kind, owner, scope, scope_id, period) DO UPDATE SET cap = excluded.cap;")
    spaces = [line.split("|") for line in sql(db, "SELECT s.id, s.pub FROM space s JOIN party p ON p.community = s.community "
                                                  "AND p.side = 'host' WHERE s.kind = 'desks' ORDER BY s.id LIMIT 5").split("\n")]
    ids = ",".join(s[0] for s in spaces)
    text.append(f"UPDATE space SET capacity = 100000 WHERE id IN ({ids});")
    text.append(f"UPDATE place SET opening = '24/7', holidays_off = 0 WHERE community IN (SELECT community FROM space WHERE id IN ({ids}));")
    sql(db, "BEGIN;" + "".join(text) + "COMMIT;")
    return clients, ",".join(s[1] for s in spaces)


def book(server, clients, spaces):
    """Bookings a second by 64 clients at once, each on the right that a convention gives her."""
    monday = datetime.date.today() + datetime.timedelta(days=7 - datetime.date.today().weekday())
    lines = "".join("%s %s %s\n" % (t, hashlib.sha256(b"csrf:" + t.encode()).hexdigest(), right)
                    for t, right in clients[:-1])
    first = (monday - datetime.date(1970, 1, 1)).days
    text = subprocess.run([f"{OUT}/post", str(server.port), spaces, str(first), str(SECONDS)], input=lines, check=True,
                          capture_output=True, text=True).stdout
    done, refused, seconds = text.split()
    if int(refused) > int(done) // 100:
        sys.exit(f"bench: {refused} bookings were refused, {done} made")
    return int(done) / float(seconds)


def must_be_right(db):
    """What was measured must also be true, once the signed terms are as they were."""
    sql(db, "UPDATE grant_rule SET per_person = b.per_person, per_sender = b.per_sender FROM bench_terms b WHERE b.id = grant_rule.id;"
            "DROP TABLE bench_terms")
    check = subprocess.run(["build/maillage", "verify", "--db", db], capture_output=True, text=True)
    if check.returncode != 0:
        sys.exit(f"bench: the books of {db} are not right:\n{check.stderr}")


def pages(server, clients):
    for name, path, cookie, reach in (("a cached public page, 64 connections", "/places", None, 1.0),
                                      ("a dynamic page, signed in, 64 connections", "/host/day", clients[-1][0], 0.3)):
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
    clients, spaces = add_sessions(db)
    shutil.copy(db, f"{OUT}/inserts.db")
    server = Server(db)
    pages(server, clients)
    small = book(server, clients, spaces)
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
    clients, spaces = add_sessions(db)
    server = Server(db)
    large = book(server, clients, spaces)
    server.stop()
    must_be_right(db)
    row(f"the same with {SCALE} bookings there (time each)", f"{1e6 / large:.0f} µs", f"{1e6 / small:.0f} µs", small / large,
        "≤ 1.3 ×", small / large <= 1.3)
    row(f"making a demo of {SCALE} bookings", f"{took:.0f} s", "", None, "< 60 s a million", took < 60 * max(SCALE, 1) / 1e6)
    with open("build/bench.json", "w") as f:
        json.dump(rows, f, indent=1, ensure_ascii=False)


main()
