"""Addresses of pictures, taken apart: https, a name, no port but the usual one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from articles.rules.hostname import InvalidHost, ascii_host

from .refused import Refused

LONGEST = 2000  # characters
PORT = 443
_ODD = re.compile(r"[\x00-\x20\x7f\\]")
# Names that are never a publisher's.
_OWN = re.compile(
    r"(?:^|\.)(?:localhost|local|localdomain|internal|intranet|private|corp|home|lan"
    r"|home\.arpa|test|invalid|onion|arpa)$"
)
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)$")
_KEPT = "!$%&'()*+,;=:@/?~"  # in paths and questions, as browsers send them


@dataclass(frozen=True, slots=True)
class WebAddress:
    """A machine's name and what it is asked for."""

    host: str
    target: str  # path and question

    @property
    def url(self) -> str:
        return f"https://{self.host}{self.target}"


def web_address(url: str, *, port: int = PORT) -> WebAddress:
    """Take an address apart, or raise Refused; `port` is the one that may be named."""
    if len(url) > LONGEST or _ODD.search(url):
        raise Refused("the address is too long or has odd characters")
    try:
        parts = urlsplit(url)
        named = parts.port
    except ValueError:
        raise Refused("the address cannot be read") from None
    if parts.scheme != "https" or "@" in parts.netloc:
        raise Refused("the address is not plain https")
    if named not in (None, port):
        raise Refused("the address names a port")
    path = quote(parts.path or "/", _KEPT)
    question = f"?{quote(parts.query, _KEPT)}" if parts.query else ""
    return WebAddress(_name(parts.hostname or ""), path + question)


def next_address(here: WebAddress, location: str, *, port: int = PORT) -> WebAddress:
    """Where an answer leads on to, or raise Refused."""
    try:
        return web_address(urljoin(here.url, location), port=port)
    except ValueError:
        raise Refused("the answer leads nowhere") from None


def _name(spelled: str) -> str:
    """A publisher's name: of two parts or more, and no number in any spelling."""
    try:
        host = ascii_host(spelled)
    except InvalidHost:
        raise Refused("the host has no name") from None
    last = host.rpartition(".")[2]
    if "." not in host or _NUMBER.fullmatch(last) or _OWN.search(host):
        raise Refused("the host has no public name")
    return host
