#!/usr/bin/python3
"""An SMTP server that misbehaves as told: smtp_peer.py OPTIONS...

Listens on a free port of 127.0.0.1, prints it, and serves until standard input
ends. Each event is a line on standard output: "from", "rcpt", "letter N bytes",
"connection"; a letter is kept whole in --keep FOLDER/N.eml.

What it does with a letter is in the local part of the recipient:
refuse@ 550, busy@ 451, late-refuse@ 554 after the letter, late-busy@ 452 after
it, drop@ closes without a word, slow@ answers after --delay seconds, else 250.
Options: --tls CERT KEY (STARTTLS offered), --password USER SECRET (demanded),
--closed (421 to every sender).
"""
import argparse
import asyncio
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


def say(*words):
    print(*words, flush=True)


class Peer:
    def __init__(self, options):
        self.options = options
        self.letters = 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        say("connection", hostname, "tls" if session.ssl else "plain")
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.options.closed:
            return "421 4.3.2 closed for now"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        who = address.split("@")[0]
        say("rcpt", address)
        if who == "refuse":
            return "550 5.1.1 nobody of that name"
        if who == "busy":
            return "451 4.2.1 come back later"
        if who == "drop":
            server.transport.abort()
            return "421 gone"
        if who == "slow":
            await asyncio.sleep(self.options.delay)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        who = envelope.rcpt_tos[0].split("@")[0]
        if who == "late-refuse":
            return "554 5.7.1 we do not like it"
        if who == "late-busy":
            return "452 4.3.1 the disk is full"
        if self.options.keep:
            with open(f"{self.options.keep}/{self.letters}.eml", "wb") as f:
                f.write(envelope.content)
        self.letters += 1
        say("letter", envelope.mail_from, len(envelope.content))
        return "250 taken"


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--keep")
    p.add_argument("--delay", type=float, default=1)
    p.add_argument("--tls", nargs=2)
    p.add_argument("--password", nargs=2)
    p.add_argument("--closed", action="store_true")
    o = p.parse_args()
    settings = {}
    if o.tls:
        settings["tls_context"] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        settings["tls_context"].load_cert_chain(*o.tls)
    if o.password:
        def check(server, session, envelope, mechanism, data):
            good = [data.login.decode(), data.password.decode()] == o.password
            return AuthResult(success=good, handled=False)
        settings.update(authenticator=check, auth_required=True, auth_require_tls=False)

    async def serve():
        loop = asyncio.get_running_loop()
        handler = Peer(o)
        server = await loop.create_server(lambda: SMTP(handler, loop=loop, **settings), "127.0.0.1", 0)
        say(server.sockets[0].getsockname()[1])
        await loop.run_in_executor(None, sys.stdin.read)

    asyncio.run(serve())


main()
