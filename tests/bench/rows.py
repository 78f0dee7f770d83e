"""The rows, in order. Each is one function of the lab: it returns what was
measured, the reference and their ratio (or None), as pairs() gives them."""
import json
import os
import re
import signal
import subprocess
import time

import lab as tools

ROWS = []


def row(name, unit="/s", at_least=None, at_most=None):
    """at_least: how many times the reference; at_most: the same for times, or without a reference the figure itself."""
    def add(measure):
        ROWS.append((name, unit, at_least, at_most, measure))
        return measure
    return add


@row("a cached public page of about 12 kB, 64 connections", at_least=1.0)
def cached_page(lab):
    site = lab.site("small")
    places = tools.sql(site.db, "SELECT pub FROM community WHERE is_place = 1 ORDER BY id LIMIT 12").split()
    paths = ["/about/privacy", "/agenda", "/about/data"] + [f"/places/{pub}" for pub in places]
    return lab.against_nginx(site, min(paths, key=lambda path: abs(len(site.fetch(path)) - 12288)))


def day_page(lab, site):
    """The host's day, with at least forty people on it."""
    day = tools.next_monday()
    lines = int(tools.sql(site.db, f"SELECT COUNT(*) FROM booking WHERE on_day = {tools.days(day)} AND status = "
                                   "'confirmed' AND community = (SELECT m.community FROM session s JOIN membership m "
                                   "ON m.id = s.membership ORDER BY s.id DESC LIMIT 1)"))
    for i, (secret, _) in enumerate(site.clients[:max(0, 40 - lines)]):
        site.fetch(f"/spaces/{site.spaces[0]}/book", secret, {"day": day, "from": f"{9 + i % 8:02d}:00",
                                                              "to": f"{10 + i % 8:02d}:30", "units": 1})
    return lab.against_nginx(site, f"/host/day?day={day}", site.host)


@row("a dynamic page with 40 rows, signed in, 64 connections", at_least=0.3)
def dynamic_page(lab):
    return day_page(lab, lab.site("small"))


@row("the same page on PostgreSQL", at_least=0.3)
def dynamic_page_pg(lab):
    return day_page(lab, lab.site("pg"))


def against_inserts(lab, site):
    """Beside a loop in C that inserts the same rows into a file of SQLite, whatever the site is kept in."""
    written, copy = 0, tools.copy_of(lab.site("small").db, "inserts")

    def loop():
        nonlocal written
        done, took = subprocess.run([f"{tools.OUT}/inserts", copy, str(tools.SECONDS), str(written)], check=True,
                                    capture_output=True, text=True).stdout.split()
        written += int(done)
        return int(done) / float(took)

    return tools.pairs(site.book, loop)


@row("a booking through everything, durable, 64 clients", at_least=1.5)
def booking(lab):
    return against_inserts(lab, lab.site("small"))


@row("the same booking on PostgreSQL, the loop on SQLite", at_least=1.5)
def booking_pg(lab):
    return against_inserts(lab, lab.site("pg"))


@row("the same with a million bookings there", unit="µs", at_most=1.3)
def booking_among_many(lab):
    small, large = lab.site("few", 1000), lab.site("large", tools.SCALE)
    return tools.pairs(lambda: 1e6 / large.book(), lambda: 1e6 / small.book())


@row("memory of the whole server, 64 clients", unit="MB", at_most=64)
def memory(lab):
    site = lab.site("small")
    site.book()
    return site.server.resident(), None, None


@row("cold start to the first page", unit="ms", at_most=10)
def cold_start(lab):
    copy = tools.copy_of(lab.site("small").db, "cold")

    def start():
        begun, port = time.monotonic(), tools.free_port()
        p = subprocess.Popen(["build/maillage", "serve", "--db", copy, "--listen", f"127.0.0.1:{port}"],
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        tools.wait_for(port, "/places")
        took = time.monotonic() - begun
        p.send_signal(signal.SIGTERM)
        p.wait()
        return took * 1000

    count = ["sqlite3", copy, "SELECT COUNT(*) FROM booking"]
    return tools.pairs(start, lambda: tools.seconds_of(count) * 1000, 9)


@row("making a demo of a million bookings, processor", unit="s", at_most=60)
def demo(lab):
    """Work, not waiting: how long the disk and the others on the machine take is theirs."""
    site = lab.site("large", tools.SCALE)
    return site.worked * 1000000 / max(site.scale, 1), None, None


MAP = {}


def map_run(lab):
    """Both maps in a browser, in turns: once for the two rows."""
    if not MAP:
        if not os.path.isdir("tests/browser/node_modules/leaflet.markercluster"):
            subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund", "--prefix", "tests/browser"], check=True)
        MAP.update(json.loads(subprocess.run(["node", "tests/browser/bench_map.mjs", lab.site("small").db], check=True,
                                             capture_output=True, text=True).stdout))
    return MAP["ours"], MAP["theirs"]


@row("map of 50,000 places, slow phone: to the first marks", unit="ms", at_most=1.0)
def map_first(lab):
    ours, theirs = map_run(lab)
    return ours["first"], theirs["first"], ours["first"] / theirs["first"]


@row("the same: its slowest frames, moved and zoomed", unit="ms", at_most=1.0)
def map_frames(lab):
    ours, theirs = map_run(lab)
    return ours["frame"], theirs["frame"], ours["frame"] / theirs["frame"]


@row("where next, six sites, whole country, every commune", unit="s", at_most=0.5)
def where_next(lab):
    """Beside one plain pass over all pairs of communes. Each question is another one, so that no page is kept."""
    site, program, turn = lab.site("small"), f"{tools.OUT}/all_pairs", [0]
    subprocess.run(["cc", "-O2", "-D_GNU_SOURCE", "-o", program, "tests/bench/all_pairs.c", "-lm"], check=True)
    towns = tools.sql(site.db, "SELECT lat_e5, lon_e5, population FROM commune WHERE lat_e5 IS NOT NULL AND population > 0")

    def ours():
        turn[0] += 1
        start = time.monotonic()
        site.fetch(f"/observatory/where-next?sites=6&km=30&smallest={turn[0]}")
        return time.monotonic() - start

    def theirs():
        return float(subprocess.run([program], input=towns, check=True, capture_output=True, text=True).stdout)
    return tools.pairs(ours, theirs)


@row("the ten places nearest to a point, among 50,000", unit="µs", at_most=0.1)
def near(lab):
    """Beside the distance to all of them, asked from the same points in the same program."""
    program, flags = f"{tools.OUT}/near", subprocess.run(["pkg-config", "--cflags", "--libs", "talloc", "glib-2.0"], check=True,
                                                         capture_output=True, text=True).stdout.split()
    subprocess.run(["cc", "-O2", "-std=gnu17", "-D_GNU_SOURCE", "-Isrc", "-Isrc/domain", "-Ibuild/gen", "-o", program,
                    "tests/bench/near.c", "src/domain/observatory/catalogue_near.c", "src/domain/territory/distance.c",
                    *flags, "-lm"], check=True)
    towns = tools.sql(lab.site("small").db, "SELECT lat_e5, lon_e5 FROM commune WHERE lat_e5 BETWEEN 4100000 AND 5200000")
    runs = [[float(x) for x in subprocess.run([program], input=towns, check=True, capture_output=True,
                                              text=True).stdout.split()] for _ in range(tools.PAIRS)]
    return [sorted(column)[len(runs) // 2] for column in zip(*[(a, b, a / b) for a, b in runs])]


@row("a page of fifty communities found, 48 kB, 64 connections", at_least=0.25)
def directory(lab):
    return lab.against_nginx(lab.site("small"), "/communities?limit=50")


def libraries():
    """What the program is linked with."""
    with open("meson.build") as f:
        names = re.search(r"foreach name : \[(.*?)\]", f.read(), re.S)
    names = re.findall(r"'([^']+)'", names[1])
    return ["-lcsv"] + subprocess.run(["pkg-config", "--cflags", "--libs", *names], check=True, capture_output=True,
                          text=True).stdout.split()


@row("a town as it is typed, among 35,000", unit="µs", at_most=1.0)
def towns(lab):
    """Every other one with a letter wrong; beside a pass over all names for the exact word."""
    site, program = lab.site("small"), f"{tools.OUT}/towns"
    subprocess.run(["cc", "-O2", "-std=gnu17", "-D_GNU_SOURCE", "-Isrc", "-Isrc/domain", "-Ibuild/gen", "-o", program,
                    "tests/bench/towns.c", "build/libmaillage.a", *libraries(), "-lm", "-lpthread"], check=True)
    names = tools.sql(site.db, "SELECT folded FROM commune ORDER BY insee")
    runs = [[float(x) for x in subprocess.run([program, site.db], input=names, check=True, capture_output=True,
                                              text=True).stdout.split()] for _ in range(tools.PAIRS)]
    return [sorted(column)[len(runs) // 2] for column in zip(*[(a, b, a / b) for a, b in runs])]


@row("report of 5,000 places", unit="s", at_most=5)
def report(lab):
    """Beside the report of the demo's sixty, which has a tenth of its pages (20, and 221 with the list of places): what
    does not grow with the places (communes, outlines, maps, where next) is in both. It is 3.3 times the processor. A step
    that looked at every pair of places, at 100 ns each, would add more than three times the small report: 5 finds it."""
    small = tools.copy_of(lab.site("small").db, "report-small")
    large = tools.copy_of(small, "report-large")
    tools.sql(large, "WITH RECURSIVE s (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 5000), k AS (SELECT lat_e5, lon_e5, "
                     "insee, row_number() OVER (ORDER BY insee) AS r FROM commune WHERE lat_e5 > 4000000) INSERT INTO community (pub, "
                     "name, folded, initials, is_cae, is_place, is_collective, is_network, is_public_body, is_company, is_other, "
                     "functions, is_demo, created_at, lat_e5, lon_e5, insee, legal_form, year_started) SELECT 'bench' || i, 'Lieu ' "
                     "|| i, 'lieu ' || i, 'L', 0, 1, 0, 0, 0, 0, 0, '', 0, 0, k.lat_e5, k.lon_e5, k.insee, 'scic', 2000 + i % 25 "
                     "FROM s JOIN k ON k.r = i * 6")

    def ask(db):
        return tools.seconds_of(["build/maillage", "report", "etat-des-lieux", "--db", db, "--territory", "METRO", "--source", "all",
                                 "--out", f"{tools.OUT}/report.pdf"])

    return tools.pairs(lambda: ask(large), lambda: ask(small))
