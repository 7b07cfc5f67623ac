"""A publisher's server on loopback that tells who came, and answers as it is told."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

from articles.pictures.fetching import Fetching

CERTIFICATE = Path(__file__).with_name("certificate.pem")
TRUST = ssl.create_default_context(cafile=str(CERTIFICATE))
Say = Callable[["Visitor"], None]


class Visitor:
    """A connection of somebody who asks for something."""

    def __init__(self, connected: ssl.SSLSocket, over: Event) -> None:
        self.connected = connected
        self.over = over  # set when the server is to go
        self.asked = b""
        while not self.asked.endswith(b"\r\n\r\n"):
            piece = connected.recv(4096)
            if not piece:
                break
            self.asked += piece

    @property
    def path(self) -> str:
        return self.asked.split(b" ")[1].decode()

    def answer(self, body: bytes, *headers: str, status: str = "200 OK") -> None:
        self.begin(*headers, f"Content-Length: {len(body)}", status=status)
        self.connected.sendall(body)

    def lead_to(self, url: str) -> None:
        self.answer(b"", f"Location: {url}", status="302 Found")

    def begin(self, *headers: str, status: str = "200 OK") -> None:
        lines = (f"HTTP/1.1 {status}", *headers, "Connection: close", "", "")
        self.connected.sendall("\r\n".join(lines).encode())

    def drip(self, byte: bytes = b"x") -> None:
        """Send a byte now and then, for ever."""
        while not self.over.wait(0.02):
            self.connected.sendall(byte)


class Canary:
    """It counts connections, those that say nothing included."""

    def __init__(self, say: Say) -> None:
        self.say = say
        self.came = 0
        self.heard: list[bytes] = []
        self.over = Event()
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.inside = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.inside.load_cert_chain(CERTIFICATE)
        Thread(target=self._serve, daemon=True).start()

    def fetching(self, *addresses: str, **changed: object) -> Fetching:
        """A fetching that takes this server for any publisher's."""
        return Fetching(
            **{
                "addresses_of": lambda host, port: list(addresses or ["127.0.0.1"]),
                "may_be_asked": lambda address: True,
                "port": self.port,
                "trust": TRUST,
                "deadline_s": 5.0,
            }
            | changed
        )

    def _serve(self) -> None:
        while True:
            try:
                connected, _ = self.listening.accept()
            except OSError:
                return
            self.came += 1
            Thread(target=self._meet, args=[connected], daemon=True).start()

    def _meet(self, connected: socket.socket) -> None:
        with (
            suppress(OSError, ValueError),
            connected,
            self.inside.wrap_socket(connected, server_side=True) as secured,
        ):
            visitor = Visitor(secured, self.over)
            self.heard.append(visitor.asked)
            self.say(visitor)


@contextmanager
def canary(say: Say = lambda visitor: visitor.answer(b"")) -> Iterator[Canary]:
    found = Canary(say)
    try:
        yield found
    finally:
        found.over.set()
        found.listening.close()
