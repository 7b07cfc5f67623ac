"""Asking a publisher's server for a picture, and no machine that is not public.

A name is looked up once. Each address it has must be public, and one of those very
addresses is connected to, so that a second answer of the name's server changes nothing.
The certificate must be for the name.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from threading import Timer

import certifi
from urllib3 import HTTPResponse
from urllib3.connection import HTTPSConnection
from urllib3.exceptions import HTTPError

from .public import is_public
from .refused import Refused
from .web_address import PORT, WebAddress, next_address, web_address

MOST_BYTES = 5 * 1024 * 1024
DEADLINE_S = 10.0  # for all of it, however slowly it comes
MOST_HOPS = 4
ADDRESSES = 3  # of a name, that are tried
# What connections and answers raise that are not as they should be.
_BREAKS = (OSError, HTTPError, HTTPException, ValueError)
_PIECE = 64 * 1024
_ELSEWHERE = {301, 302, 303, 307, 308}
_ASKED = {
    "Accept": "image/avif,image/webp,image/png,image/jpeg,image/gif",
    "Accept-Encoding": "identity",
    "User-Agent": "Mozilla/5.0 (compatible; newsagg pictures)",
}


def looked_up(host: str, port: int) -> list[str]:
    """All addresses that a name has now."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Refused("the host has no address") from None
    return [str(one[4][0]) for one in found]


def _trusting() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=certifi.where())


@dataclass(frozen=True, slots=True)
class Fetching:
    """Fetches pictures. What differs here from the defaults is for tests."""

    addresses_of: Callable[[str, int], list[str]] = looked_up
    may_be_asked: Callable[[str], bool] = is_public
    port: int = PORT
    trust: ssl.SSLContext = field(default_factory=_trusting)
    most_bytes: int = MOST_BYTES
    deadline_s: float = DEADLINE_S

    def fetch(self, url: str) -> bytes:
        """What is at an address, led on a few times at most; or raise Refused."""
        until = time.monotonic() + self.deadline_s
        asked = web_address(url, port=self.port)
        for _ in range(1 + MOST_HOPS):
            with closing(self._connected(asked, until)) as connection:
                answer = self._asked(connection, asked, until)
                if isinstance(answer, bytes):
                    return answer
            asked = next_address(asked, answer, port=self.port)
        raise Refused("the address leads on and on")

    def _connected(self, asked: WebAddress, until: float) -> HTTPSConnection:
        """A connection to an address that was checked, its certificate the name's."""
        found = list(dict.fromkeys(self.addresses_of(asked.host, self.port)))
        if not found or not all(map(self.may_be_asked, found)):
            raise Refused("the host is not on the public internet")
        for address in found[:ADDRESSES]:
            connection = HTTPSConnection(
                address,
                self.port,
                timeout=_left(until),
                ssl_context=self.trust,
                server_hostname=asked.host,
            )
            try:
                connection.connect()
            except _BREAKS:
                connection.close()
                continue
            return connection
        raise Refused("the host does not answer")

    def _asked(
        self, connection: HTTPSConnection, asked: WebAddress, until: float
    ) -> bytes | str:
        """The body of the answer, or where it leads."""
        with _cut_off(connection, until):
            try:
                connection.request(
                    "GET",
                    asked.target,
                    headers=_ASKED | {"Host": asked.host},
                    preload_content=False,
                    decode_content=False,
                )
                answer = connection.getresponse()
                if answer.status in _ELSEWHERE:
                    return answer.headers.get("Location", "")
                if answer.status != 200:
                    raise Refused(f"the host answers {answer.status}")
                return self._body(answer, until)
            except _BREAKS:
                raise Refused("the answer breaks off or takes too long") from None

    def _body(self, answer: HTTPResponse, until: float) -> bytes:
        found = bytearray()
        while piece := answer.read(_PIECE, decode_content=False):
            found += piece
            if len(found) > self.most_bytes:
                raise Refused("the picture is too large")
        # Cut off in its midst, an answer of unknown length looks as if it were whole.
        _left(until)
        return bytes(found)


@contextmanager
def _cut_off(connection: HTTPSConnection, until: float) -> Iterator[None]:
    """Ends a connection at a moment, whatever waits for it.

    Timeouts of sockets are for each piece: a server that sends a byte a second keeps
    them all.
    """
    timer = Timer(_left(until), _end, [connection.sock])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _end(connected: socket.socket | None) -> None:
    if connected is not None:
        with suppress(OSError):
            # Not that of TLS, which would take the key from under whoever reads.
            socket.socket.shutdown(connected, socket.SHUT_RDWR)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise Refused("the host takes too long")
    return left
