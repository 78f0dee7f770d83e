"""Kill -9 under load: the server books for several people at once and is
killed at moments drawn from a seed; started again without help, it knows every
booking that it had acknowledged, and `maillage verify` finds nothing broken.
Then the same with SIGTERM, after which it ends well.
Usage: kill.py DATABASE ROUNDS (tests/kill_test.sh)"""
import http.client
import json
import random
import re
import signal
import subprocess
import sys
import threading
import time

from served import Person, Server, program

db, rounds = sys.argv[1], int(sys.argv[2])
draw = random.Random(20261124)
people = ["ines", "malo", "sophie", "claire"]
failures = []


def load(person, spaces, number, acknowledged, stop):
    """Book and note until the server is gone; keep what was acknowledged."""
    mine = random.Random(number)
    while not stop.is_set():
        day = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 86400 * mine.randrange(1, 28)))
        start = mine.randrange(9, 17)
        try:
            status, text = person.ask("POST", f"/api/v1/spaces/{mine.choice(spaces)}/book", json.dumps(
                {"day": day, "from": f"{start:02}:00", "to": f"{start + 1:02}:00"}))
        except (OSError, http.client.HTTPException):
            return
        if status == 201:
            acknowledged.append(json.loads(text)["id"])
        elif status >= 500 and status != 503:
            failures.append(f"a booking answered {status}: {text}")


def spaces_of(server):
    place = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    found = set()
    place.request("GET", "/places?where=Poitiers")
    for path in sorted(set(re.findall(r'/places/[0-9a-z]{26}', place.getresponse().read().decode()))):
        place.request("GET", path)
        found |= set(re.findall(r'/spaces/([0-9a-z]{26})/book', place.getresponse().read().decode()))
    return sorted(found)


def check(server, known):
    asked = {name: Person(server, name) for name in people}
    lost = [pub for name, pubs in known.items() for pub in pubs
            if asked[name].ask("GET", f"/api/v1/bookings/{pub}")[0] != 200]
    if lost:
        failures.append(f"{len(lost)} acknowledged bookings are lost: {lost[:3]}")


def play(server, seconds, how, known):
    spaces = spaces_of(server)
    stop, threads = threading.Event(), []
    for name in people:
        fresh = []
        thread = threading.Thread(target=load, args=(Person(server, name), spaces, draw.random(), fresh, stop))
        threads.append((thread, name, fresh))
    for thread, *_ in threads:
        thread.start()
    time.sleep(seconds)
    code = server.end(how)
    stop.set()
    for thread, name, fresh in threads:
        thread.join()
        known[name] += fresh
    return code


def main():
    subprocess.run([program, "demo", "--db", db], check=True, stdout=subprocess.DEVNULL)
    known = {name: [] for name in people}
    passed = 0
    for number in range(rounds + 1):
        last = number == rounds
        server = Server(db)
        before = sum(map(len, known.values()))
        code = play(server, draw.uniform(0.3, 1.5), signal.SIGTERM if last else signal.SIGKILL, known)
        if last and code != 0:
            failures.append(f"SIGTERM under load: exit status {code}")
        server = Server(db)
        check(server, known)
        server.end(signal.SIGTERM)
        said = subprocess.run([program, "verify", "--db", db], capture_output=True, text=True)
        if said.returncode:
            failures.append(f"verify: {said.returncode} {said.stdout[-300:]} {said.stderr[-300:]}")
        now = sum(map(len, known.values()))
        print(f"{'SIGTERM' if last else 'SIGKILL'} {number + 1}: {now - before} more acknowledged, {now} in all")
        if failures:
            break
        passed += 1
    if sum(map(len, known.values())) < 20:
        failures.append("hardly anything was booked: this proves nothing")
    for failure in failures:
        print(failure)
    print(f"{passed} passed, {len(failures)} failed")
    sys.exit(1 if failures else 0)


main()
