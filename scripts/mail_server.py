"""A real mail server (aiosmtpd) for one test. Says on standard output, one JSON object a line, where it listens and what it was given.

What it does with a mail is told by the beginning of the recipient's name: `refused` is no mailbox, at `blocked` the sender is not wanted, `later` is put off every time, and at `vanish`
the connection breaks off after the mail was taken, before the sender hears of it. Who writes to `held` for the first time is kept waiting in the middle of the mail,
and to `unsure` after the mail was taken. At `slow` the server takes three seconds to say that it has the mail.
"""

import argparse
import asyncio
import email
import email.policy
import json
import logging
import ssl
import sys
import warnings

# Logins without TLS are among what is tested here; aiosmtpd warns of them as it is loaded, too.
warnings.simplefilter("ignore")

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword, TLSSetupException


def say(what):
    print(json.dumps(what), flush=True)


known = set()


async def first_time_for_ever(address, name):
    if address.startswith(name) and address not in known:
        known.add(address)
        say({"waits": address})
        await asyncio.get_running_loop().create_future()


class Mailbox:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refused"):
            return f"550 5.1.1 <{address}>: there is no such mailbox"
        if address.startswith("blocked"):
            return "550 5.7.1 your network is on a list of ours"
        if address.startswith("later"):
            return "451 4.7.1 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        for address in envelope.rcpt_tos:
            await first_time_for_ever(address, "held")
        # Python's own parser decides what is a header and what the parts say.
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        part = lambda kind: (lambda found: found and found.get_content())(message.get_body(preferencelist=(kind,)))
        say({
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "headers": [[name.lower(), str(value)] for name, value in message.items()],
            "text": part("plain"),
            "html": part("html"),
            "encrypted": session.ssl is not None or server.transport.get_extra_info("ssl_object") is not None,
            "authenticated": bool(session.authenticated),
        })
        for address in envelope.rcpt_tos:
            await first_time_for_ever(address, "unsure")
        if any(address.startswith("slow") for address in envelope.rcpt_tos):
            await asyncio.sleep(3)
        if any(address.startswith("vanish") for address in envelope.rcpt_tos):
            server.transport.abort()
        return "250 taken"


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--tls", choices=["none", "starttls", "tls"], default="none")
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--user")
    parser.add_argument("--password")
    options = parser.parse_args()

    context = None
    if options.tls != "none":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.certificate, options.key)

    def check(server, session, envelope, mechanism, login):
        wanted = LoginPassword(options.user.encode(), options.password.encode())
        return AuthResult(success=login == wanted)

    settings = {"hostname": "localhost"}
    if options.user:
        settings |= {"authenticator": check, "auth_required": True, "auth_require_tls": options.tls == "starttls"}
    if options.tls == "starttls":
        settings |= {"tls_context": context, "require_starttls": True}
    # A client that refuses this server's certificate is a test as well; any other exception is told.
    log = logging.getLogger("mail.log")
    log.setLevel(logging.ERROR)
    log.addFilter(lambda record: not (record.exc_info and isinstance(record.exc_info[1], TLSSetupException)))
    loop = asyncio.get_running_loop()
    make = lambda: SMTP(Mailbox(), loop=loop, **settings)
    server = await loop.create_server(make, "127.0.0.1", options.port, ssl=context if options.tls == "tls" else None)
    say({"port": server.sockets[0].getsockname()[1]})
    # It ends when whoever started it does.
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
