"""Whom mail is from and to, and where one says that one wants no more of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from articles.rules.hostname import InvalidHost, ascii_host

MAX_ADDRESS = 254  # characters, RFC 5321
MAX_LINK = 900  # it stands on one line of the head, which may have 998

# The atoms of RFC 5322. Quoted ones are legal, and nobody's.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")
_LINK = re.compile(r"(?:https://|mailto:)[!#-;=?-~]+")


class InvalidAddress(ValueError):
    """No mail can go to or come from this; the reason is a sentence's end."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address in ASCII, and the name that stands before it."""

    address: str
    name: str = ""

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


def mailbox(text: str) -> Mailbox:
    """Read `post@example.org`, or `A Name <post@example.org>`.

    Domains beyond ASCII are spelled the way the net knows them. Raises
    InvalidAddress.
    """
    if not text.isprintable():
        raise InvalidAddress("it holds a line break or another control character")
    named = _NAMED.fullmatch(text)
    name, address = (named["name"], named["address"]) if named else ("", text)
    local, at, domain = address.partition("@")
    if not at:
        raise InvalidAddress("an address has an @ in it")
    if not local.isascii():
        raise InvalidAddress("before the @ only ASCII letters can be sent to")
    if not _LOCAL.fullmatch(local) or len(local) > 64:
        raise InvalidAddress(f"{local!r} is nobody's name before an @")
    found = f"{local}@{_host(domain)}"
    if len(found) > MAX_ADDRESS:
        raise InvalidAddress(f"it is longer than {MAX_ADDRESS} characters")
    return Mailbox(found, name.strip().strip('"'))


def unsubscribe_link(template: str, reader: Mailbox, sender: Mailbox) -> str:
    """The address where a reader gets rid of the digest, by mail or by https.

    `{address}` in the template stands for the reader's; without a template it is a
    mail to the sender. Raises InvalidAddress.
    """
    link = template or f"mailto:{sender.address}?subject=unsubscribe"
    link = link.replace("{address}", quote(reader.address, safe=""))
    if not _LINK.fullmatch(link) or len(link) > MAX_LINK:
        raise InvalidAddress("give an https:// or mailto: address")
    return link


def _host(domain: str) -> str:
    try:
        host = ascii_host(domain)
    except InvalidHost as error:
        raise InvalidAddress(str(error)) from None
    if host.startswith("["):
        raise InvalidAddress("a number is no domain")
    return host
