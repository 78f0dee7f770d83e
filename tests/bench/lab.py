"""What the rows of the bench measure with: demos, servers, clients, and
references beside them. A row is measured in pairs, A B A B, and the median of
the ratios counts: what else the machine does falls on both."""
import datetime
import hashlib
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

OUT = "build/bench"
SECONDS = float(os.environ.get("BENCH_SECONDS", "2"))
PAIRS = int(os.environ.get("BENCH_PAIRS", "5"))
SCALE = int(os.environ.get("BENCH_SCALE", "1000000"))
CLIENTS = 64
SPACES = 14


def pairs(mine, theirs, times=None):
    """Both in turn; the median of each, and the median of mine / theirs."""
    a, b = [], []
    for i in range(times or PAIRS):
        for measure, into in ((mine, a), (theirs, b)) if i % 2 == 0 else ((theirs, b), (mine, a)):
            into.append(measure())
    ratio = statistics.median(x / y for x, y in zip(a, b))
    return statistics.median(a), statistics.median(b), ratio


def seconds_of(command):
    """A whole process, from its start to its end."""
    start = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.monotonic() - start


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def sql(db, text):
    command = ["psql", db, "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", text] if on_postgres(db) else ["sqlite3", db, text]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def on_postgres(db):
    return db.startswith("postgresql:")


def postgres_of(name):
    """A new database in the cluster of this run, whose commits are synced."""
    cluster = os.environ["MAILLAGE_TEST_PG"]
    sql(cluster, f"CREATE DATABASE bench_{name}")
    return cluster.replace("/postgres?", f"/bench_{name}?")


def remove(db):
    for end in ("", "-wal", "-shm", ".lock"):
        if os.path.exists(db + end):
            os.remove(db + end)


def copy_of(db, name):
    """The same rows in a file of its own, whatever goes on in the first."""
    copy = f"{OUT}/{name}.db"
    remove(copy)
    sql(db, f"VACUUM INTO '{copy}'")
    return copy


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

    def figure(self, name):
        text = urllib.request.urlopen(f"http://127.0.0.1:{self.port}/metrics").read().decode()
        return float(re.search(rf"^{name} (\S+)", text, re.M).group(1))

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
        user = "user root;" if os.getuid() == 0 else ""
        with open(self.dir + "/nginx.conf", "w") as f:
            f.write(f"""worker_processes auto; pid {self.dir}/pid; error_log {self.dir}/error.log; daemon off; {user}
events {{ worker_connections 1024; }}
http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; default_type text/html;
client_body_temp_path {self.dir}/b; proxy_temp_path {self.dir}/p; fastcgi_temp_path {self.dir}/f;
uwsgi_temp_path {self.dir}/u; scgi_temp_path {self.dir}/s;
server {{ listen 127.0.0.1:{self.port}; root {self.dir}/www; }} }}
""")
        self.process = subprocess.Popen(["/usr/sbin/nginx", "-p", self.dir, "-c", self.dir + "/nginx.conf"],
                                        stderr=subprocess.DEVNULL)
        wait_for(self.port, "/page.html")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def wrk(port, path, cookie=None):
    command = ["wrk", "-t2", f"-c{CLIENTS}", f"-d{max(1, int(SECONDS))}s", f"http://127.0.0.1:{port}{path}"]
    if cookie:
        command[1:1] = ["-H", f"Cookie: __Host-session={cookie}"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in text:
        sys.exit(f"bench: {path} fails:\n{text}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1))


def csrf(secret):
    return hashlib.sha256(b"csrf:" + secret.encode()).hexdigest()


class Site:
    """A demo of so many bookings, served, with 64 people signed in who hold a right by a
    convention, and Malo, who receives."""

    def __init__(self, name, scale):
        self.scale, self.asked = scale, 0
        self.db = postgres_of(name) if name.startswith("pg") else f"{OUT}/{name}.db"
        remove(self.db)
        before = os.times()
        subprocess.run(["build/maillage", "demo", "--db", self.db, "--scale", str(scale)], check=True,
                       stdout=subprocess.DEVNULL)
        after = os.times()
        self.worked = after.children_user - before.children_user + after.children_system - before.children_system
        self.clients, self.spaces = add_sessions(self.db)
        self.host = self.clients[-1][0]
        self.server = Server(self.db)

    def fetch(self, path, cookie=None, form=None):
        q = urllib.request.Request(f"http://127.0.0.1:{self.server.port}{path}")
        if cookie:
            q.add_header("Cookie", f"__Host-session={cookie}")
        if form:
            q.data = urllib.parse.urlencode({"_csrf": csrf(cookie), **form}).encode()
        return urllib.request.urlopen(q, timeout=10).read()

    def book(self):
        """Bookings a second by 64 clients at once, each on the right that a convention gives her."""
        lines = "".join(f"{secret} {csrf(secret)} {right}\n" for secret, right in self.clients[:-1])
        first = days(next_monday())
        text = subprocess.run([f"{OUT}/post", str(self.server.port), ",".join(self.spaces), str(first), str(SECONDS),
                               str(self.asked)], input=lines, check=True, capture_output=True, text=True).stdout
        done, refused, took, self.asked = text.split()
        if int(refused) > int(done) // 100:
            sys.exit(f"bench: {refused} bookings were refused, {done} made")
        return int(done) / float(took)

    def close(self):
        """What was measured must also be true, once the signed terms are as they were."""
        self.server.stop()
        sql(self.db, "UPDATE grant_rule SET per_person = b.per_person, per_sender = b.per_sender, "
                     "to_day = b.to_day FROM bench_terms b WHERE b.id = grant_rule.id; "
                     "UPDATE convention SET to_day = b.ends FROM bench_terms b WHERE b.convention = convention.id; "
                     "DROP TABLE bench_terms")
        check = subprocess.run(["build/maillage", "verify", "--db", self.db], capture_output=True, text=True)
        if check.returncode != 0:
            sys.exit(f"bench: the books of {self.db} are not right:\n{check.stderr}")


def next_monday():
    today = datetime.date.today()
    return today + datetime.timedelta(days=7 - today.weekday())


def days(date):
    """As a column of days holds it."""
    return (date - datetime.date(1970, 1, 1)).days


def people_of(db):
    """64 persons of cooperatives who accepted the charter, then Malo; the grant they book on."""
    people = sql(db, "SELECT person, id, pub, community FROM membership WHERE id IN (SELECT MIN(m.id) FROM membership m "
                     "JOIN charter_acceptance a ON a.person = m.person JOIN party p ON p.community = m.community AND p.side = 'sender' "
                     "WHERE m.status IN ('cape', 'cesa') AND m.ended IS NULL GROUP BY m.person) "
                     f"ORDER BY person LIMIT {CLIENTS}").split("\n")
    malo = sql(db, "SELECT m.person, m.id, '', 0 FROM membership m JOIN person p ON p.id = m.person WHERE p.email = 'malo@demo.example'")
    return [line.split("|") for line in people + [malo]]


def add_sessions(db):
    """A session for each; places where all fit, and days of the convention that do not run out within seconds."""
    now = int(time.time())
    grant, pub = sql(db, "SELECT id, pub FROM grant_rule WHERE measure = 'day' ORDER BY id LIMIT 1").split("|")
    clients, text, counters = [], [], set()
    blob = "decode('%s', 'hex')" if on_postgres(db) else "X'%s'"
    for i, (person, membership, membership_pub, sender) in enumerate(people_of(db)):
        secret = hashlib.sha256(b"bench %d" % i).hexdigest()[:52]
        clients.append((secret, f"grant-{pub}-{membership_pub}"))
        text.append("INSERT INTO session (pub, token_hash, person, membership, agent, address, created_at, seen_at, expires_at) "
                    f"VALUES ('{i:026d}', {blob % hashlib.sha256(secret.encode()).hexdigest()}, {person}, {membership}, 'bench', '', "
                    f"{now}, {now}, {now + 86400});")
        counters |= {("person", person), ("sender", sender)} if membership_pub else set()
    text.append("CREATE TABLE bench_terms AS SELECT g.id, g.per_person, g.per_sender, g.to_day, c.id AS convention, c.to_day AS ends "
                "FROM grant_rule g JOIN convention_version v ON v.id = g.version JOIN convention c ON c.id = v.convention "
                f"WHERE g.id = {grant};")
    text.append("UPDATE convention SET to_day = to_day + 400 WHERE id = (SELECT convention FROM bench_terms);")
    text.append(f"UPDATE grant_rule SET per_person = 1000000000, per_sender = 1000000000, to_day = to_day + 400 WHERE id = {grant};")
    text.append("UPDATE party SET state = 'active', leaves_on = NULL WHERE side = 'sender' AND state IN ('suspended', 'leaving');")
    year = datetime.date.today().year
    for scope, owner in sorted(counters):
        text.append("INSERT INTO counter (owner_kind, owner, scope, scope_id, period, cap, held, used) "
                    f"VALUES ('grant', {grant}, '{scope}', {owner}, '{year}', 1000000000, 0, 0) "
                    "ON CONFLICT (owner_kind, owner, scope, scope_id, period) DO UPDATE SET cap = excluded.cap;")
    spaces = [line.split("|") for line in sql(db, "SELECT s.id, s.pub FROM space s JOIN party p ON p.community = s.community "
                                                  "AND p.side = 'host' AND p.state = 'active' AND p.leaves_on IS NULL "
                                                  "JOIN convention_version v ON v.convention = p.convention "
                                                  f"JOIN grant_rule g ON g.version = v.id AND g.id = {grant} WHERE s.kind = 'desks' "
                                                  f"ORDER BY s.id LIMIT {SPACES}").split("\n")]
    ids = ",".join(s[0] for s in spaces)
    text.append(f"UPDATE space SET capacity = 100000 WHERE id IN ({ids});")
    text.append(f"UPDATE place SET opening = '24/7', holidays_off = FALSE WHERE community IN (SELECT community FROM space WHERE id IN ({ids}));")
    sql(db, "BEGIN;" + "".join(text) + "COMMIT;")
    return clients, [s[1] for s in spaces]


class Lab:
    """What several rows share, made when the first asks for it."""

    def __init__(self):
        self.sites = {}

    def site(self, name, scale=0):
        if name not in self.sites:
            self.sites[name] = Site(name, scale)
        return self.sites[name]

    def against_nginx(self, site, path, cookie=None):
        """Requests a second of a page, beside nginx with the same bytes in a file."""
        nginx = Nginx(site.fetch(path, cookie))
        try:
            return pairs(lambda: wrk(site.server.port, path, cookie), lambda: wrk(nginx.port, "/page.html"))
        finally:
            nginx.stop()

    def close(self):
        for site in self.sites.values():
            site.close()
