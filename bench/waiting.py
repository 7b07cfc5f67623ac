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

from .figure import Figure
from .lab import Lab, expect
from .process import BenchFailed
from .site import ROOT, Site

READERS = 8
EDITORS = 2
QUIET_S = 20


def waiting_figures(lab: Lab, *, copies: int = 1) -> list[Figure]:
    """Waiting of readers and editors, and the longest transactions of an import.

    So many copies of the corpus are held when the changed drops come.
    """
    site = lab.new_site()
    for number in range(copies):
        site.import_drops(lab.corpus.copy(number), publish=True)
    site.manage("collectstatic", "--noinput", "--verbosity", "0")
    held = f"{copies * len(lab.corpus.files):,}"
    found = _figures(site, lab.corpus.changed(), held)
    lab.remove(site)
    return found


def _figures(site: Site, changed: Path, held: str) -> list[Figure]:
    _, addresses = site.inside("addresses")
    with served(site.env) as server:
        quiet, _ = _beside(site, server, addresses.values(), _pause)
        taken: list[float] = []
        busy, acts = _beside(
            site,
            server,
            addresses.values(),
            lambda: taken.extend(_written(site, changed)),
        )
    expect(len(taken) > 100, f"only {len(taken)} transactions")
    _part(busy, 0.95) / _part(quiet, 0.95)
    return [
        Figure(f"{held}: longest write, CPU s", (max(taken),), 0.3),
        Figure(f"{held}: editors wait, s, p99", (_part(acts, 0.99),), 1.0),
        Figure(f"{held}: editors wait, s, longest", (max(acts),)),
        Figure(
            f"{held}: readers, p95 / quiet",
            (_part(busy, 0.95) / _part(quiet, 0.95),),
            2.0,
        ),
    ]


def _beside(
    site: Site, server: Server, addresses: Sequence[str], doing: Callable[[], Any]
) -> tuple[list[float], list[float]]:
    """Seconds that readers and editors waited for each answer while it is done."""
    over = threading.Event()
    with ThreadPoolExecutor(READERS) as readers, _editors(site) as acts:
        reading = [
            readers.submit(_read, server, list(addresses), place, over)
            for place in range(READERS)
        ]
        try:
            doing()
        finally:
            over.set()
        read = [taken for one in reading for taken in one.result()]
    return read, acts


def _read(
    server: Server, addresses: Sequence[str], place: int, over: threading.Event
) -> list[float]:
    taken = []
    for address in cycle([*addresses[place:], *addresses[:place]]):
        if over.is_set():
            return taken
        begun = time.perf_counter()
        status, _ = server.get(address)
        taken.append(time.perf_counter() - begun)
        if status >= 500:
            raise BenchFailed(f"{address} answers {status}")
    return taken


@contextmanager
def _editors(site: Site) -> Iterator[list[float]]:
    """Editors at work; how long each of their acts took is known at the end."""
    command = [sys.executable, "-m", "bench.inside", "editing"]
    at_work = [
        subprocess.Popen(
            [*command, str(place * 7)], env=site.env, cwd=ROOT, stdout=subprocess.PIPE
        )
        for place in range(EDITORS)
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


def _part(values: Sequence[float], share: float) -> float:
    """The value that so large a share of all does not exceed."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]
