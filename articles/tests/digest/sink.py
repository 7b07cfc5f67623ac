"""A mail server on loopback that keeps what it is given, and refuses whom it is told."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller

REFUSED = "refused@example.org"


@dataclass
class Sink:
    """Mails as they came: sender, readers, bytes."""

    port: int
    mails: list[tuple[str, list[str], bytes]] = field(default_factory=list)

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address == REFUSED:
            return "550 5.1.1 No such reader\r\n"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(
            (envelope.mail_from, envelope.rcpt_tos, envelope.original_content)
        )
        return "250 OK"

    def read(self) -> list[EmailMessage]:
        return [message_from_bytes(raw, policy=policy.SMTP) for *_, raw in self.mails]


@contextmanager
def listening() -> Iterator[Sink]:
    """A sink that listens until the block ends."""
    sink = Sink(free_port())
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]
