"""What can only be measured from within: run in a process of its own by the others.

`python -m bench.inside import FOLDER`: an import and the CPU of its clustering step.
`python -m bench.inside add-one FILE TIMES`: that step's CPU for one more drop.
`python -m bench.inside timed-pages TIMES`: CPU of answering pages, and that of SQL.
`python -m bench.inside addresses`: some addresses of each type of page.
`python -m bench.inside merge PAGES`: makes one story of so many pages.
`python -m bench.inside writing FOLDER`: an import and then all stories built again:
CPU seconds of each of their write transactions.
`python -m bench.inside editing PLACE`: an editor who withdraws and publishes an
article, again and again until SIGTERM; seconds that each act took.
`python -m bench.inside multiply COPIES DAYS`: makes so many of all that the site
holds, so many days apart.
Each prints one JSON value. Times are milliseconds, unless the name says seconds.
"""

from __future__ import annotations

import json
import signal
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 - the models need the settings
from django.utils import timezone  # noqa: E402

from articles.ingest.finding.source import Source  # noqa: E402
from articles.ingest.finding.sources import find_sources  # noqa: E402
from articles.ingest.lock import import_lock  # noqa: E402
from articles.ingest.run import Options, run_import  # noqa: E402
from articles.models import Article, Story  # noqa: E402
from articles.models import writing as transactions  # noqa: E402
from articles.publishing import publish, withdraw  # noqa: E402
from articles.publishing.stories import merge as merge_stories  # noqa: E402
from articles.settle import mark_all  # noqa: E402
from articles.settle import settle as settling  # noqa: E402
from articles.settle.recount import recount  # noqa: E402

from . import growing  # noqa: E402
from .addresses import addresses  # noqa: E402
from .timed_pages import timed_pages  # noqa: E402

# The clustering step, as settling calls it: the partition and what stories show.
PAUSE_S = 0.2  # between two acts of an editor
CACHE_KB = 1_000_000
STEPS = ("give_words", "regroup_pages", "refresh")


class Stopwatch:
    """Adds up the CPU of the clustering step."""

    def __init__(self) -> None:
        self.taken_s = 0.0
        module = sys.modules[settling.__module__]
        for name in STEPS:
            setattr(module, name, self._timed(getattr(module, name)))

    def _timed(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **kwargs: Any) -> Any:
            begun = time.process_time()
            try:
                return step(*args, **kwargs)
            finally:
                self.taken_s += time.process_time() - begun

        return timed


def whole_import(folder: str) -> dict[str, Any]:
    watch = Stopwatch()
    with import_lock():
        report = _import(list(find_sources(Path(folder))))
    return report | {"stories_cpu_s": watch.taken_s}


def add_one(file: str, times: str) -> list[float]:
    """Import the drop and take it back, again and again; the first time warms up."""
    watch = Stopwatch()
    sources = list(find_sources(Path(file)))
    taken = []
    for _ in range(int(times) + 1):
        watch.taken_s = 0.0
        with transaction.atomic():
            found = _import(sources)
            transaction.set_rollback(True)
        if found["created"] != 1:
            raise SystemExit(f"{file} was not added: {found}")
        taken.append(watch.taken_s * 1000)
    return taken[1:]


def writing(folder: str) -> list[float]:
    """Each write transaction of an import and of building all stories again."""
    taken: list[float] = []
    begin = transactions._begin_writing

    def timed(until: ExitStack) -> None:
        until.callback(lambda: taken.append(time.process_time() - begun))
        begin(until)
        begun = time.process_time()

    transactions._begin_writing = timed
    with import_lock():
        _import(list(find_sources(Path(folder))))
        mark_all()
        settling(now=timezone.now())
    return taken


def editing(place: str) -> list[float]:
    """The acts of an editor who decides about one article again and again."""
    ended: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, frame: ended.append(number))
    listed = Article.objects.listed().select_related("page").order_by("source_name")
    article = listed[int(place)]
    taken = []
    while not ended:
        for act in (withdraw, publish):
            begun = time.perf_counter()
            act(article)
            taken.append(time.perf_counter() - begun)
            time.sleep(PAUSE_S)
    return taken


def multiply(copies: str, days: str) -> None:
    """So many of all that is held, in one go and without a journal; and settle."""
    connection.ensure_connection()
    held = connection.connection
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF"):
        held.execute(f"PRAGMA {pragma}")
    held.execute(f"PRAGMA cache_size={-CACHE_KB}")
    with held:
        held.execute("BEGIN")
        growing.multiply(held, int(copies), days=int(days), said=_tell)
    held.execute("PRAGMA journal_mode=WAL")
    recount(mend=True)
    settling()


def _tell(number: int) -> None:
    if not number % 10:
        print(f"  {number} copies, {time.process_time():.0f} s", file=sys.stderr)


def merge(pages: str) -> None:
    """Make one story of so many pages, the newest, as an editor would."""
    chosen, room = [], int(pages)
    for story in Story.objects.listed().order_by("-latest_at", "pk"):
        if story.page_count <= room:
            chosen.append(story)
            room -= story.page_count
    merge_stories(chosen)


def _import(sources: list[Source]) -> dict[str, Any]:
    report: dict[str, Any] = run_import(
        sources, Options(), now=timezone.now()
    ).as_json()
    return report


CASES: dict[str, Callable[..., Any]] = {
    "import": whole_import,
    "add-one": add_one,
    "timed-pages": lambda times: timed_pages(int(times)),
    "merge": merge,
    "addresses": addresses,
    "writing": writing,
    "editing": editing,
    "multiply": multiply,
}

if __name__ == "__main__":
    print(json.dumps(CASES[sys.argv[1]](*sys.argv[2:])))
