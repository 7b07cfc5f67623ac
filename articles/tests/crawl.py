"""A reader who follows every link of the site, and keeps what it got."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

from django.conf import settings
from django.test import Client

from .markup import Markup, read_markup

_CSS_URL = re.compile(r"""url\(["']?([^"')]+)""")


@dataclass(frozen=True)
class Answer:
    """What the site answered at an address."""

    address: str
    status: int
    headers: dict[str, str]
    cookies: tuple[str, ...]
    content: bytes

    @property
    def kind(self) -> str:
        return self.headers.get("Content-Type", "").partition(";")[0]

    @property
    def text(self) -> str:
        return self.content.decode()

    @cached_property
    def markup(self) -> Markup:
        return read_markup(self.text)

    @cached_property
    def links(self) -> list[str]:
        """All addresses it names: where one may go and what it asks for."""
        if self.kind == "text/html":
            return [*self.markup.links, *(address for _, address in self.markup.asked)]
        if self.kind.endswith(("+xml", "/xml")):
            return _named_in_xml(ElementTree.fromstring(self.content))
        if self.kind == "text/css":
            return _CSS_URL.findall(self.text)
        return []


def ask(client: Client, address: str, **headers: str) -> Answer:
    answer = client.get(address, headers=headers)
    return Answer(
        address=address,
        status=answer.status_code,
        headers=dict(answer.headers),
        cookies=tuple(answer.cookies),
        content=b"".join(answer.streaming_content)
        if answer.streaming
        else answer.content,
    )


def crawl(client: Client, start: Iterable[str] = ("/",)) -> dict[str, Answer]:
    """Every answer that links lead to, by its address without a fragment."""
    waiting, found = list(start), {}
    while waiting:
        address = waiting.pop()
        if address not in found:
            found[address] = ask(client, address)
            waiting += internal_links(found[address])
    return found


def internal_links(answer: Answer) -> list[str]:
    """Addresses of this site that an answer names, without fragments."""
    return [
        urldefrag(link)[0] for link in absolute_links(answer) if link.startswith("/")
    ]


def absolute_links(answer: Answer) -> list[str]:
    """Every address that an answer names; those of this site begin with a slash."""
    named = (urljoin(answer.address, link) for link in answer.links)
    return [link.removeprefix(settings.SITE_URL) or "/" for link in named]


def other_hosts(answer: Answer) -> list[tuple[str, str]]:
    """What a browser that shows the page asks of other hosts: tag and address."""
    asked = answer.markup.asked if answer.kind == "text/html" else []
    return [(tag, address) for tag, address in asked if urlsplit(address).netloc]


def _named_in_xml(root: ElementTree.Element) -> list[str]:
    return [
        address.strip()
        for element in root.iter()
        if isinstance(element.tag, str)
        for address in (
            element.get("href"),
            element.text if element.tag == "link" else None,
        )
        if address and address.strip()
    ]
