"""How the values of filters are spelled in addresses."""

from __future__ import annotations

import re

from articles.rules.hostname import provider_domain
from articles.search import parse

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def plain(text: str) -> str:
    """What was typed, without characters that nobody types, ends trimmed."""
    return _CONTROLS.sub(" ", text).strip()


def folded_slug(text: str) -> str:
    """A topic's slug as it stands in addresses."""
    return plain(text).lower()


def folded_domain(text: str) -> str:
    """A publisher's domain as it stands in addresses; no domain stays what it is."""
    return provider_domain(plain(text)) or plain(text)


def cut_words(text: str) -> str:
    """Words as far as search reads them."""
    return parse(plain(text)).text
