"""Who waits, and how long, while an import and a rebuilding write.

The server is that of `make run`. Eight readers ask for the main pages and two editors
withdraw and publish without pause, first alone and then beside the import.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any

from articles.tests.serving import Server, served

from .figure import Figure, Pair
from .lab import Lab, expect
from .scale import part
from .site import ROOT, Site

READERS = 8
EDITORS = 2
QUIET_S = 20
READ = ("about", "top", "latest", "covered", "story of 14", "article", "topics")
READ += ("topic", "providers", "publisher", "search common, relevance", "top feed")


def waiting_figures(
    lab: Lab, *, copies: int = 1, editors: int = EDITORS
) -> list[Figure]:
    """Waiting of readers and editors, and the longest transactions of an import.

    So many copies of the corpus are held when the changed drops come.
    """
    site = lab.new_site()
    for number in range(copies):
        site.import_drops(lab.corpus.copy(number), publish=True)
    site.manage("collectstatic", "--noinput", "--verbosity", "0")
    held = f"{copies * len(lab.corpus.files):,}"
    found = _figures(site, lab.corpus.changed(), held, editors)
    lab.remove(site)
    return found


def _figures(site: Site, changed: Path, held: str, editors: int) -> list[Figure]:
    _, by_type = site.inside("addresses")
    addresses = [by_type[name][0] for name in READ if by_type.get(name)]
    with served(site.env) as server:
        quiet, failed, _ = _beside(site, server, addresses, _pause, editors)
        taken: list[float] = []
        busy, failed_busy, acts = _beside(
            site,
            server,
            addresses,
            lambda: taken.extend(_written(site, changed)),
            editors,
        )
    expect(len(taken) > 100, f"only {len(taken)} transactions")
    waited = Pair(part(busy, 0.95), part(quiet, 0.95))
    faults = float(failed + failed_busy)
    found = [
        Figure(f"{held}: longest write, CPU s", (max(taken),), 0.3),
        Figure.of_pairs(f"{held}: {READERS} readers, p95 / quiet", [waited], 2.0),
        Figure(f"{held}: readers, p95", (waited.measured * 1000,), None, " ms"),
        Figure(f"{held}: readers, answers of 5xx", (faults,), 0),
    ]
    if acts:
        found += [
            Figure(f"{held}: editors wait, s, p99", (part(acts, 0.99),), 1.0),
            Figure(f"{held}: editors wait, s, longest", (max(acts),)),
        ]
    return found


def _beside(
    site: Site,
    server: Server,
    addresses: Sequence[str],
    doing: Callable[[], Any],
    editors: int,
) -> tuple[list[float], int, list[float]]:
    """Seconds that readers waited for each answer while it is done, how many answers
    were of 5xx, and seconds that editors waited."""
    over = threading.Event()
    with ThreadPoolExecutor(READERS) as readers, _editors(site, editors) as acts:
        reading = [
            readers.submit(_read, server, list(addresses), place, over)
            for place in range(READERS)
        ]
        try:
            doing()
        finally:
            over.set()
        read = [taken for one in reading for taken in one.result()]
    failed = sum(status >= 500 for status, _ in read)
    return [taken for _, taken in read], failed, acts


def _read(
    server: Server, addresses: Sequence[str], place: int, over: threading.Event
) -> list[tuple[int, float]]:
    """Status and seconds of each answer."""
    taken: list[tuple[int, float]] = []
    for address in cycle([*addresses[place:], *addresses[:place]]):
        if over.is_set():
            return taken
        begun = time.perf_counter()
        status, _ = server.get(address)
        taken.append((status, time.perf_counter() - begun))
    return taken


@contextmanager
def _editors(site: Site, count: int) -> Iterator[list[float]]:
    """Editors at work; how long each of their acts took is known at the end."""
    command = [sys.executable, "-m", "bench.inside", "editing"]
    at_work = [
        subprocess.Popen(
            [*command, str(place * 7)], env=site.env, cwd=ROOT, stdout=subprocess.PIPE
        )
        for place in range(count)
    ]
    acts: list[float] = []
    try:
        yield acts
    finally:
        for editor in at_work:
            editor.send_signal(signal.SIGTERM)
        told = [editor.communicate()[0] for editor in at_work]
    for editor, said in zip(at_work, told, strict=True):
        expect(editor.returncode == 0, "an editor was refused")
        acts += json.loads(said)


def _written(site: Site, changed: Path) -> list[float]:
    _, taken = site.inside("writing", changed)
    return list(taken)


def _pause() -> None:
    time.sleep(QUIET_S)
