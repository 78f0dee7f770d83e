"""A server of the program under test, and somebody who uses it over HTTP: what
the tests that kill it share."""
import http.client
import os
import re
import subprocess
import sys
import threading
import urllib.parse

program = os.environ.get("MAILLAGE_TEST_PROGRAM", "build/maillage")


class Server:
    def __init__(self, db):
        self.process = subprocess.Popen([program, "serve", "--db", db, "--listen", "127.0.0.1:0"],
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        said = []
        for line in self.process.stdout:
            said.append(line)
            found = re.search(r"msg=serving .*port=(\d+)", line)
            if found:
                self.port = int(found.group(1))
                break
        else:
            sys.exit("the server did not start:\n" + "".join(said[-5:]))
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
