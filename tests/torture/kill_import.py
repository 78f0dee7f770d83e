"""Kill -9 while a file of places is read and while it is written, at moments
drawn from a seed. Just after the kill the directory holds nothing of the file
or the whole of it; started again without help the server goes on by itself, and
in the end each row is there once and `maillage verify` finds nothing broken.
Usage: kill_import.py DATABASE ROUNDS (tests/kill_test.sh)"""
import base64
import contextlib
import http.client
import json
import random
import signal
import sqlite3
import subprocess
import sys
import time

from served import Person, Server, program

db, rounds = sys.argv[1], int(sys.argv[2])
draw = random.Random(20261128)
ROWS = 1500
MORE = 4  # rounds at most, until one kill has come before the end of the writing
failures = []


def count(what):
    """Rows of a table, straight from the database."""
    sql = f"SELECT COUNT(*) FROM {what}"
    if db.startswith("postgres"):
        return int(subprocess.run(["psql", "-qXtA", "-d", db, "-c", sql], check=True, capture_output=True,
                                  text=True).stdout)
    with contextlib.closing(sqlite3.connect(db)) as opened:
        return opened.execute(sql).fetchone()[0]


def national(number):
    rows = ["id,nom,commune,code_postal,code_insee,adresse,latitude,longitude,telephone,services"]
    rows += [f"{number}-{i},Tour {number} lieu {i},Poitiers,86000,86194,{i} rue du Filage,"
             f"46.{50000 + i},0.{30000 + i},05 49 00 00 00,Aide aux démarches administratives"
             for i in range(ROWS)]
    return base64.b64encode("\r\n".join(rows).encode()).decode()


def hand_over(person, number):
    status, text = person.ask("POST", "/api/v1/operator/imports", json.dumps(
        {"source": f"tour{number}", "format": "national", "file": national(number)}))
    assert status == 201, text
    return "/operator/imports/" + json.loads(text)["id"]


def state(person, run):
    return json.loads(person.ask("GET", "/api/v1" + run)[1])["run"]["state"]


def wait(person, run, states):
    until = time.time() + 120
    while (now := state(person, run)) not in states:
        if time.time() > until:
            sys.exit(f"{run} stays {now}")
        time.sleep(0.05)
    return now


def written(number):
    return {"places": count(f"community WHERE name LIKE 'Tour {number} lieu %'"),
            "keys": count(f"import_key WHERE source = 'tour{number}'"),
            "sources": count(f"field_source WHERE source = 'tour{number}' AND field = 'address'"),
            "facts": count("community_fact f JOIN community c ON c.id = f.community WHERE f.field = 'services' "
                           f"AND c.name LIKE 'Tour {number} lieu %'")}


def all_or_nothing(number, when):
    found = written(number)
    if set(found.values()) not in ({0}, {ROWS}):
        failures.append(f"{when}: a part of it stands there: {found}")
    return found["places"]


def kill(server, seconds):
    time.sleep(seconds)
    server.end(signal.SIGKILL)


def play(number, pace):
    """One file, killed while it is read, then while it is written."""
    server = Server(db)
    run = hand_over(Person(server, "camille"), number)
    kill(server, draw.uniform(0, pace["read"]))
    if all_or_nothing(number, f"file {number}, killed while it is read"):
        failures.append(f"file {number}: written before anybody said so")
    server = Server(db)
    person = Person(server, "camille")
    wait(person, run, ["ready"])
    if (rows := count(f"import_row r JOIN import_run i ON i.id = r.run WHERE i.label = 'tour{number}'")) != ROWS:
        failures.append(f"file {number}: {rows} rows were looked at")
    person.ask("POST", "/api/v1" + run + "/decide", json.dumps({"outcome": "double", "decision": "create"}))
    status, text = person.ask("POST", "/api/v1" + run + "/apply", "{}")
    if status >= 300:
        failures.append(f"file {number}: asked to write it, the server answers {status}: {text}")
    kill(server, draw.random() ** 2 * pace["write"])
    there = all_or_nothing(number, f"file {number}, killed while it is written")
    server = Server(db)
    person = Person(server, "camille")
    if wait(person, run, ["done", "ready"]) == "ready":
        failures.append(f"file {number}: somebody has to ask for it again")
    if set(written(number).values()) != {ROWS}:
        failures.append(f"file {number}: in the end {written(number)}")
    server.end(signal.SIGTERM)
    return there


def measured():
    """How long a file takes when nobody kills anything."""
    server = Server(db)
    person = Person(server, "camille")
    run, start = hand_over(person, 0), time.time()
    wait(person, run, ["ready"])
    read, start = time.time() - start, time.time()
    person.ask("POST", "/api/v1" + run + "/apply", "{}")
    wait(person, run, ["done"])
    pace = {"read": read, "write": time.time() - start}
    server.end(signal.SIGTERM)
    return pace


def main():
    subprocess.run([program, "demo", "--db", db], check=True, stdout=subprocess.DEVNULL)
    pace = measured()
    print(f"a file of {ROWS} rows: read in {pace['read']:.1f} s, written in {pace['write']:.1f} s")
    passed = cut = number = 0
    while number < rounds or (cut == 0 and number < rounds + MORE):
        number += 1
        there = play(number, pace)
        cut += there == 0
        if there:
            pace["write"] /= 4  # measured when the machine was busier than now: sooner next time
        print(f"SIGKILL {number}: {'nothing' if there == 0 else 'all'} was written then, all in the end")
        if failures:
            break
        passed += 1
    said = subprocess.run([program, "verify", "--db", db], capture_output=True, text=True)
    if said.returncode:
        failures.append(f"verify: {said.returncode} {said.stdout[-300:]} {said.stderr[-300:]}")
    if not cut and not failures:
        failures.append("no kill came before the end of the writing: this proves nothing")
    for failure in failures:
        print(failure)
    print(f"{passed} passed, {len(failures)} failed")
    sys.exit(1 if failures else 0)


main()
