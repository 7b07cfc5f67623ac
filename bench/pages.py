"""What the server spends on each type of page, as a multiple of a bare Django view.

Both are served by gunicorn in the same way; blocks of requests to a page and to the
bare view take turns. Counted is the CPU of all processes of a server.
"""

from __future__ import annotations

import gzip
import http.client
from collections.abc import Mapping, Sequence
from contextlib import ExitStack

from articles.tests.serving import Server, served

from .figure import Figure, Pair
from .lab import Lab, expect
from .process import cpu_of_tree
from .site import Site

LARGEST = 176  # pages of a story that editors merged
BLOCKS, TIMES = 3, 12
CACHED, UNCHANGED, MOST_KB = 1.5, 1.3, 30
COLD: dict[str, float | None] = {
    "top": 8,
    **dict.fromkeys(("latest", "covered", "topic", "publisher", "edition"), 13),
    **dict.fromkeys(("top feed", "latest feed", "story of 1", "story of 14"), 13),
    f"story of {LARGEST}": 40,
    **dict.fromkeys(("search common, relevance", "search two words, relevance"), 25),
    **dict.fromkeys(("search topic chosen, relevance", "search common, newest"), 25),
    **dict.fromkeys(("article", "archive", "year", "month", "topics"), None),
    **dict.fromkeys(("providers", "about"), None),
}
GZIP = {"Accept-Encoding": "gzip"}


def page_figures(lab: Lab) -> list[Figure]:
    """CPU of pages put together, from the cache, and unchanged; and their sizes."""
    site = lab.new_site()
    site.import_drops(lab.corpus.folder, publish=True)
    site.inside("merge", str(LARGEST))
    site.manage("collectstatic", "--noinput", "--verbosity", "0")
    addresses = {
        name: some[0] for name, some in site.inside("addresses")[1].items() if some
    }
    expect(COLD.keys() <= addresses.keys(), f"no {COLD.keys() - addresses.keys()}")
    chosen = {name: addresses[name] for name in COLD}
    found = _cold(lab, site, chosen) + _warm(lab, site, chosen)
    lab.remove(site)
    return found


def _cold(lab: Lab, site: Site, addresses: Mapping[str, str]) -> list[Figure]:
    figures = []
    with ExitStack() as until:
        bare, ours = _servers(until, site, {"CACHE_URL": "dummycache://"})
        for name, address in addresses.items():
            pairs = _pairs(ours, address, bare, GZIP)
            lab.say(f"{name}, cold: {_ms(pairs)}")
            figures.append(Figure.of_pairs(f"{name}, cold / bare", pairs, COLD[name]))
    return figures


def _warm(lab: Lab, site: Site, addresses: Mapping[str, str]) -> list[Figure]:
    figures = []
    with ExitStack() as until:
        bare, ours = _servers(until, site, {})
        for name, address in addresses.items():
            tag, size = _first(ours, address)
            pairs = _pairs(ours, address, bare, GZIP)
            figures.append(Figure.of_pairs(f"{name}, cached / bare", pairs, CACHED))
            unchanged = {**GZIP, "If-None-Match": tag}
            pairs = _pairs(ours, address, bare, unchanged, status=304)
            figures.append(Figure.of_pairs(f"{name}, 304 / bare", pairs, UNCHANGED))
            figures.append(
                Figure(f"{name}, compressed", (size / 1000,), MOST_KB, " KB")
            )
            lab.say(f"{name}, 304: {_ms(pairs)}")
    return figures


def _servers(
    until: ExitStack, site: Site, more: Mapping[str, str]
) -> tuple[Server, Server]:
    bare = served(site.env, application="bench.bare:application", ready="/")
    ours = served({**site.env, **more})
    return until.enter_context(bare), until.enter_context(ours)


def _pairs(
    ours: Server,
    address: str,
    bare: Server,
    headers: Mapping[str, str],
    *,
    status: int = 200,
) -> list[Pair]:
    """Milliseconds of CPU for one answer, block by block."""
    _block(ours, address, headers, status)
    _block(bare, "/", {}, 200)
    return [
        Pair(_block(ours, address, headers, status), _block(bare, "/", {}, 200))
        for _ in range(BLOCKS)
    ]


def _block(
    server: Server, address: str, headers: Mapping[str, str], status: int
) -> float:
    begun = cpu_of_tree(server.process.pid)
    asked = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    for _ in range(TIMES):
        asked.request("GET", address, headers=dict(headers))
        answer = asked.getresponse()
        answer.read()
        expect(answer.status == status, f"{address} answers {answer.status}")
    asked.close()
    return (cpu_of_tree(server.process.pid) - begun) * 1000 / TIMES


def _first(server: Server, address: str) -> tuple[str, int]:
    """The tag of a page, and its compressed bytes."""
    asked = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    asked.request("GET", address, headers=GZIP)
    answer = asked.getresponse()
    body = answer.read()
    asked.close()
    packed = answer.getheader("Content-Encoding") == "gzip"
    return answer.getheader("ETag") or "", len(body if packed else gzip.compress(body))


def _ms(pairs: Sequence[Pair]) -> str:
    return ", ".join(f"{pair.measured:.2f} ms / {pair.base:.2f} ms" for pair in pairs)
