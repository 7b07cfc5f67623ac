"""Query strings as nobody writes them, or only those who mean harm."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from urllib.parse import quote, quote_plus

from articles.filters.table import BY_NAME

NAMES = (
    *BY_NAME,
    "sort",
    "before",
    "by",
    "page",
    "narrow",
    "",
    "q[]",
    "\x00",
)
# What parts of the site give a meaning to, whole and broken.
PIECES = (
    "ferry",
    "Ferry sails",
    '"ferry sails"',
    '"',
    "“ferry”",
    "-ferry",
    "--",
    "-",
    "–",
    '-"',
    "provider:",
    "provider:example.com",
    'PROVIDER:"the gazette"',
    "topic:ai",
    "topic:-",
    "AND",
    "OR",
    "NOT",
    "NEAR(a b, 2)",
    "a*",
    "^a",
    "title:a",
    "{title} : a",
    "(",
    ")",
    "'; DROP TABLE articles_page; --",
    "<script>alert(1)</script>",
    "&lt;",
    "%",
    "_",
    "\\",
    "\x00",
    "\x1b[31m",
    "\r\nSet-Cookie: a=b",
    "\u202eabc",
    "\ufeff",
    "e\u0301" * 40,
    "日本語",
    "ไทย",
    "עברית",
    "😀" * 50,
    "a" * 300,
    "a " * 4096,
    "ß" * 8192,
    "0",
    "-1",
    "1e999",
    "NaN",
    "9" * 400,
    "٢٠٢٠-٠١-٠١",
    "2020-01-01",
    "2020-02-30",
    "0000-00-00",
    "9999-12-31",
    "10000-01-01",
    "true",
    "article",
    "video",
    "newest",
    "relevance",
    "1579890240.0_aaaaaaaaaaaa",
    "1_1e308_a",
    "_" * 5,
    "../../etc/passwd",
    "javascript:alert(1)",
)
# What no text gives when it is quoted: bytes that are no UTF-8, broken escapes.
RAW = ("%00", "%FF%FE", "%ED%A0%80", "%", "%zz", "%u0041", "+", "&", "=", ";", "#", "?")


def odd_queries(count: int, *, seed: int) -> Iterator[str]:
    """So many query strings, the same for the same seed."""
    random = Random(seed)
    for _ in range(count):
        pairs = [
            f"{_name(random)}={_value(random)}"
            for _ in range(random.choice((1, 1, 1, 2, 2, 3, 6)))
        ]
        if random.random() < 0.1:
            pairs *= random.choice((2, 3, 40))
        yield "&".join(pairs)


def _name(random: Random) -> str:
    return quote(random.choice(NAMES))


def _value(random: Random) -> str:
    pieces = random.choices(PIECES, k=random.choice((1, 1, 2, 4)))
    held = random.choice((quote_plus, quote))(random.choice(("", " ")).join(pieces))
    if random.random() < 0.2:
        cut = random.randrange(len(held) + 1)
        held = held[:cut] + random.choice(RAW) + held[cut:]
    return held
