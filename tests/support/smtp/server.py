"""A mail server for tests: takes mails on a free loopback port, prints that port and then each mail as a line of JSON.

The recipient decides: `temporary@…` is put off with 451 the first time, `permanent@…` is refused with 550, and everybody else is
taken. With `--tls FOLDER` it demands STARTTLS with the certificate there, and the user `appshelf` with the password `p/w 1`.
"""

import argparse
import asyncio
import json
import ssl
import sys
from email import message_from_bytes, policy

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


def say(value):
    print(json.dumps(value), flush=True)


def told(envelope):
    mail = message_from_bytes(envelope.content, policy=policy.default)
    part = lambda kind: (mail.get_body((kind,)) or mail).get_content()
    return {
        "from": envelope.mail_from,
        "to": envelope.rcpt_tos,
        "headers": {name.lower(): str(value) for name, value in mail.items()},
        "names": [name.lower() for name, _ in mail.items()],
        "text": part("plain"),
        "html": part("html"),
    }


class Post:
    def __init__(self):
        self.put_off = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name == "temporary" and address not in self.put_off:
            self.put_off.add(address)
            say({"refused": 451, "to": address})
            return f"451 4.7.1 <{address}> try again later"
        if name == "permanent":
            say({"refused": 550, "to": address})
            return f"550 5.1.1 <{address}> no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        say({"mail": told(envelope), "encrypted": session.ssl is not None, "user": session.auth_data is not None})
        return "250 OK"


def known(server, session, envelope, mechanism, auth_data):
    right = isinstance(auth_data, LoginPassword) and (auth_data.login, auth_data.password) == (b"appshelf", b"p/w 1")
    # Not handled: the server itself says 535.
    return AuthResult(success=right, handled=right, auth_data=auth_data if right else None)


def main():
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--tls", metavar="FOLDER")
    folder = asked.parse_args().tls
    how = {}
    if folder:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(f"{folder}/localhost.pem", f"{folder}/localhost.key")
        how = {
            "tls_context": context,
            "require_starttls": True,
            "auth_required": True,
            "authenticator": known,
        }
    asyncio.run(serve(how))


async def serve(how):
    loop = asyncio.get_running_loop()
    # Without a name of its own it would ask the network for one at every connection.
    post = Post()
    server = await loop.create_server(lambda: SMTP(post, hostname="localhost", loop=loop, **how), "127.0.0.1", 0)
    say({"port": server.sockets[0].getsockname()[1]})
    # Lives as long as the test that started it.
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


main()
