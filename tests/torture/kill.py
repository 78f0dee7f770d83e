"""Kill -9 under load: the server books for several people at once and is
killed at moments drawn from a seed; started again without help, it knows every
booking that it had acknowledged, and `maillage verify` finds nothing broken.
Then the same with SIGTERM, after which it ends well.
Usage: kill.py DATABASE ROUNDS (tests/kill_test.sh)"""
import http.client
import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.parse

program = os.environ.get("MAILLAGE_TEST_PROGRAM", "build/maillage")
db, rounds = sys.argv[1], int(sys.argv[2])
draw = random.Random(20261124)
people = ["ines", "malo", "sophie", "claire"]
failures = []


class Server:
    def __init__(self):
        self.process = subprocess.Popen([program, "serve", "--db", db, "--listen", "127.0.0.1:0"],
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for line in self.process.stdout:
            found = re.search(r"msg=serving .*port=(\d+)", line)
            if found:
                self.port = int(found.group(1))
                break
        else:
            sys.exit("the server did not start")
        threading.Thread(target=self.process.stdout.read, daemon=True).start()

    def end(self, how):
        self.process.send_signal(how)
        return self.process.wait(30)


class Person:
    def __init__(self, server, name):
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        self.cookies = {}
        page = self.ask("GET", "/sign-in")[1]
        self.token = re.search(r'name="_csrf" value="([^"]+)"', page).group(1)
        form = urllib.parse.urlencode({"_csrf": self.token, "email": name + "@demo.example",
                                       "password": "tissons-des-liens"})
        status = self.ask("POST", "/sign-in", form, "application/x-www-form-urlencoded")[0]
        assert status == 303, f"{name} cannot sign in: {status}"
        self.token = re.search(r'name="_csrf" value="([^"]+)"', self.ask("GET", "/account")[1]).group(1)

    def ask(self, method, path, body=None, kind="application/json"):
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = kind
        if getattr(self, "token", None):
            headers["X-CSRF-Token"] = self.token
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        for value in answer.headers.get_all("Set-Cookie") or []:
            name, rest = value.split("=", 1)
            self.cookies[name] = rest.split(";")[0]
        return answer.status, answer.read().decode()


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
        server = Server()
        before = sum(map(len, known.values()))
        code = play(server, draw.uniform(0.3, 1.5), signal.SIGTERM if last else signal.SIGKILL, known)
        if last and code != 0:
            failures.append(f"SIGTERM under load: exit status {code}")
        server = Server()
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
