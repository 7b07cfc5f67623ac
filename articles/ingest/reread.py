"""Reading the kept bytes again, after the rules of reading have changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from articles.drops import drop as drop_rules
from articles.drops.problems import Problem
from articles.drops.reading import EntryCache, read_drop
from articles.ingest.storing.drop_store import raw_bytes
from articles.ingest.storing.load import load_held, store_what_can_be
from articles.ingest.storing.names import Names
from articles.models import Article, Drop
from articles.settle import settle

from .report import FileProblem

BATCH = 50

Read = tuple[str, drop_rules.Drop]  # source name and what its current version says


@dataclass(slots=True)
class Reread:
    """What reading again came to, in numbers of drops."""

    read: int = 0
    changed: int = 0
    reworded: int = 0  # wordings of related lists
    refused: int = 0  # they keep what they have, and stay due
    interrupted: bool = False

    @property
    def exit_code(self) -> int:
        """0 all read again, 1 some drops refused, 130 interrupted."""
        return 130 if self.interrupted else 1 if self.refused else 0


def reread(
    *,
    now: datetime,
    every: bool = False,
    stop: Callable[[], bool] = lambda: False,
    refuse: Callable[[FileProblem], None] = lambda problem: None,
) -> Reread:
    """Derive articles, lists and wordings again from the current versions of drops.

    Read are the drops that other rules have read, or `every` one, in the order of
    their source names. Each batch is a transaction, so that a run that was ended goes
    on where it was. `stop` is asked between batches; `refuse` is told which drop the
    rules of today cannot use. The caller holds the import lock.
    """
    again = _Again(refuse)
    for drops in _batches(every=every):
        if stop():
            again.done.interrupted = True
            break
        again.read(drops)
    if not settle(now=now, stop=stop):
        again.done.interrupted = True
    return again.done


def _batches(*, every: bool) -> Iterator[Sequence[Drop]]:
    """The drops to read. A batch is asked for when the one before it is stored."""
    articles = Article.objects.all() if every else Article.objects.read_by_other_rules()
    after = ""
    while True:
        rest = articles.filter(source_name__gt=after).order_by("source_name")
        names = list(rest.values_list("source_name", flat=True)[:BATCH])
        if not names:
            return
        drops = Drop.objects.filter(source_name__in=names).exclude(current=None)
        yield list(drops.select_related("current").order_by("source_name"))
        after = names[-1]


class _Again:
    """Reading again under way."""

    def __init__(self, refuse: Callable[[FileProblem], None]) -> None:
        self.done = Reread()
        self._refuse = refuse
        self._names = Names(compare=True)
        self._entries = EntryCache()

    def read(self, drops: Sequence[Drop]) -> None:
        """Read a batch of drops again and store what they say."""
        usable = [read for drop in drops if (read := self._read(drop)) is not None]
        if not usable:
            return
        for (source_name, _), error in store_what_can_be(usable, self._store):
            self._keep(source_name, "", f"cannot be stored: {error}")

    def _read(self, drop: Drop) -> Read | None:
        assert drop.current is not None
        reading = read_drop(raw_bytes(drop.current), entries=self._entries)
        if reading.drop is not None:
            return drop.source_name, reading.drop
        wrong = next(one for one in reading.problems if one.severity == "error")
        self._keep(drop.source_name, wrong.field, wrong.message)
        return None

    def _store(self, read: Sequence[Read]) -> None:
        loaded = load_held(dict(read), names=self._names, now=None)
        self.done.read += len(read)
        self.done.changed += loaded.changed
        self.done.reworded += loaded.reworded

    def _keep(self, source_name: str, field: str, message: str) -> None:
        """Say why a drop keeps what was read of it before."""
        self.done.refused += 1
        problem = Problem(None, None, field, "error", message)
        self._refuse(FileProblem(source_name, problem))
