"""The whole flow of an import: find, read, check, store, derive, report."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from articles.ingest.finding.once import clashing, each_once
from articles.ingest.finding.source import Source
from articles.ingest.storing.load import (
    Incoming,
    all_or_none,
    load_batch,
    store_what_can_be,
)
from articles.ingest.storing.names import Names
from articles.models import Article, ImportRun, LinkedPage, Story
from articles.models.bulk import chunks
from articles.publishing import apply_schedule
from articles.publishing.decisions import publish_undecided
from articles.settle import settle

from .checking import Checking, Held, held_versions
from .preview import changes
from .report import Report
from .scratch import scratch_database
from .unlisted import unlisted

BATCH = 200
PORTION = 10_000  # related entries that are stored at once; real batches have less
WINDOW = 500  # files whose held digests are asked for at once
GARBAGE = 20_000  # objects more than before, at which cycles are looked for
PROBLEMS_KEPT = 1000  # in the record of a run


@dataclass(frozen=True, slots=True)
class Options:
    """How to import. `stop` is asked between files: true ends the run early.

    `detail` asks for what changes, field by field, which a dry run always tells.
    """

    publish: bool = False
    dry_run: bool = False
    fail_fast: bool = False
    strict: bool = False
    detail: bool = False
    stop: Callable[[], bool] = lambda: False
    progress: Callable[[int], None] = lambda files: None


def run_import(sources: Sequence[Source], options: Options, *, now: datetime) -> Report:
    """Import drops and say what became of them.

    The caller holds the import lock, unless it is a dry run. What earlier,
    interrupted runs left to be derived is derived as well.
    """
    with _collecting_seldom():
        return _run(sources, options, now=now)


def _run(sources: Sequence[Source], options: Options, *, now: datetime) -> Report:
    if not options.dry_run:
        apply_schedule(now=now)
        return _Import(options, now=now).of(sources)
    with scratch_database():
        # What was left to be derived is no change of this import.
        settle(now=now)
        report = _Import(options, now=now).of(sources)
    report.import_run = None
    return report


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    """Let Python look for cycles less often: of what an import makes hardly any is one.

    An import makes and drops millions of objects, and a tenth of its time went there.
    """
    often = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(GARBAGE, *often[1:])
    try:
        yield
    finally:
        gc.set_threshold(*often)
        gc.unfreeze()


class _Import:
    """One import under way."""

    def __init__(self, options: Options, *, now: datetime) -> None:
        self.options = options
        self.now = now
        self.report = Report(dry_run=options.dry_run, started_at=now)
        self.names = Names()
        self.checking = Checking(
            self.report,
            strict=options.strict,
            fail_fast=options.fail_fast,
            stop=options.stop,
            now=now,
        )
        self.run = ImportRun.objects.create(started_at=now)

    def of(self, sources: Sequence[Source]) -> Report:
        begun = time.perf_counter()
        for batch, held in self._batches(sources):
            if self._ended():
                break
            self._import(batch, held)
            self.options.progress(len(batch))
        # What the reading of drops remembered is of no use to what follows.
        del self.names, self.checking
        self._settle()
        _count_site(self.report, now=self.now)
        self.report.seconds = time.perf_counter() - begun
        self._finish()
        return self.report

    def _batches(
        self, sources: Sequence[Source]
    ) -> Iterator[tuple[list[Source], dict[str, Held]]]:
        """The sources in batches, with what is held under their names."""
        for window in chunks(self._once(sources), WINDOW):
            held = held_versions(window)
            for batch in chunks(window, BATCH):
                yield batch, held

    def _once(self, sources: Sequence[Source]) -> Iterable[Source]:
        """Each source once, those left out whose name several files bear."""
        found = each_once(sources)
        several = clashing(found)
        for source in found:
            if not (source.usable and source.source_name in several):
                yield source
                continue
            self.report.files += 1
            self.report.reject(
                source.label,
                f"{several[source.source_name]} files of this run are named "
                f"{source.source_name!r} (less the extension); rename all but one",
            )

    def _ended(self) -> bool:
        self.report.interrupted |= self.options.stop()
        return self.report.interrupted or bool(
            self.options.fail_fast and self.report.rejected
        )

    def _import(self, batch: Sequence[Source], held: Mapping[str, Held]) -> None:
        for incoming in _portions(self.checking.incoming(batch, held)):
            self.report.interrupted |= self.options.stop()
            if self.report.interrupted:
                return
            if self.options.dry_run or self.options.detail:
                self.report.changes |= changes(incoming)
            for one, error in store_what_can_be(incoming, self._store):
                self.report.changes.pop(one.source_name, None)
                self.report.reject(one.arrival.file_name, f"cannot be stored: {error}")

    def _store(self, incoming: Sequence[Incoming]) -> None:
        with all_or_none(self.names):
            loaded = load_batch(incoming, run=self.run, names=self.names, now=self.now)
            if self.options.publish:
                publish_undecided(loaded.created, at=self.now)
        self.report.created += len(loaded.created)
        self.report.updated += len(loaded.updated)

    def _settle(self) -> None:
        dry = self.options.dry_run
        done = settle(
            now=self.now,
            effects=self.report.effects if dry else None,
            stop=self.options.stop,
        )
        self.report.interrupted |= not done

    def _finish(self) -> None:
        """Write down what the run did."""
        for name in ("files", "created", "updated", "unchanged", "rejected"):
            setattr(self.run, name, getattr(self.report, name))
        kept = self.report.problems[:PROBLEMS_KEPT]
        self.run.problems = [problem.as_json() for problem in kept]
        self.run.finished_at = self.now
        self.run.save()
        self.report.import_run = self.run.pk


def _portions(incoming: Sequence[Incoming]) -> Iterator[list[Incoming]]:
    """Drops that are stored together: a batch, unless their lists are very long."""
    portion: list[Incoming] = []
    entries = 0
    for one in incoming:
        portion.append(one)
        entries += len(one.drop.related)
        if entries > PORTION:
            yield portion
            portion, entries = [], 0
    if portion:
        yield portion


def _count_site(report: Report, *, now: datetime) -> None:
    report.articles = Article.objects.count()
    report.linked_pages = LinkedPage.objects.count()
    report.stories = Story.objects.count()
    report.listed = Article.objects.listed().count()
    report.unlisted = unlisted(now=now)
    report.reread_due = Article.objects.read_by_other_rules().count()
