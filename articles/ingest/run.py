"""The whole flow of an import: find, read, check, store, derive, report."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, transaction

from articles.drops.layout import split_pieces
from articles.drops.problems import Problem, Severity
from articles.drops.reading import EntryCache, read_drop
from articles.models import (
    Article,
    Decision,
    Drop,
    ImportRun,
    LinkedPage,
    Story,
)
from articles.models.bulk import chunks
from articles.publishing.decisions import publish_undecided
from articles.settle import settle

from .drop_store import Arrival, digest_of
from .load import Incoming, load_batch
from .names import Names
from .preview import changes
from .report import FileProblem, Report
from .scratch import scratch_database
from .sources import PassedOver, Source, UnusableSource
from .versions import refused

BATCH = 50
WINDOW = 500  # files whose held digests are asked for at once
PROBLEMS_KEPT = 1000  # in the record of a run

Held = tuple[bytes, str]  # digest and file name of a drop's current version


@dataclass(frozen=True, slots=True)
class Options:
    """How to import. `stop` is asked between batches: true ends the run early."""

    publish: bool = False
    dry_run: bool = False
    fail_fast: bool = False
    strict: bool = False
    stop: Callable[[], bool] = lambda: False
    progress: Callable[[int], None] = lambda files: None


def run_import(sources: Sequence[Source], options: Options, *, now: datetime) -> Report:
    """Import drops and say what became of them.

    The caller holds the import lock, unless it is a dry run. What earlier,
    interrupted runs left to be derived is derived as well.
    """
    if not options.dry_run:
        return _Import(options, now=now).of(sources)
    with scratch_database():
        # What was left to be derived is no change of this import.
        settle(now=now)
        report = _Import(options, now=now).of(sources)
    report.import_run = None
    return report


class _Import:
    """One import under way."""

    def __init__(self, options: Options, *, now: datetime) -> None:
        self.options = options
        self.now = now
        self.report = Report(dry_run=options.dry_run)
        self.names = Names()
        self.entries = EntryCache()
        self.run = ImportRun.objects.create(started_at=now)

    def of(self, sources: Sequence[Source]) -> Report:
        begun = time.perf_counter()
        for batch, held in self._batches(sources):
            if self._ended():
                break
            self._import(batch, held)
            self.options.progress(len(batch))
        # What the reading of drops remembered is of no use to what follows.
        self.names, self.entries = Names(), EntryCache()
        dry = self.options.dry_run
        settle(now=self.now, effects=self.report.effects if dry else None)
        _count_site(self.report)
        self.report.seconds = time.perf_counter() - begun
        self._finish()
        return self.report

    def _batches(
        self, sources: Sequence[Source]
    ) -> Iterator[tuple[list[Source], dict[str, Held]]]:
        """The sources in batches, with what is held under their names."""
        for window in chunks(self._once(sources), WINDOW):
            held = _held(window)
            for batch in chunks(window, BATCH):
                yield batch, held

    def _once(self, sources: Sequence[Source]) -> Iterable[Source]:
        """The sources whose name no other file of the run bears."""
        held = Counter(source.source_name for source in sources)
        for source in sources:
            if held[source.source_name] == 1:
                yield source
                continue
            self.report.files += 1
            self._reject(
                source,
                f"{held[source.source_name]} files of this run are named "
                f"{source.source_name!r} (less the extension); rename all but one",
            )

    def _ended(self) -> bool:
        self.report.interrupted = self.options.stop()
        return self.report.interrupted or bool(
            self.options.fail_fast and self.report.rejected
        )

    def _import(self, batch: Sequence[Source], held: Mapping[str, Held]) -> None:
        incoming = []
        for source, raw, digest in self._new_bytes(batch, held):
            if self.options.fail_fast and self.report.rejected:
                break
            checked = self._checked(source, raw, digest)
            if checked is not None:
                incoming.append(checked)
        if incoming and self.options.dry_run:
            self.report.changes |= changes(incoming)
        if incoming:
            self._store(incoming)

    def _new_bytes(
        self, batch: Sequence[Source], held: Mapping[str, Held]
    ) -> Iterator[tuple[Source, bytes, bytes]]:
        """Sources whose bytes are to be read as a drop, with bytes and digest."""
        new = []
        for source in batch:
            self.report.files += 1
            raw = self._bytes(source)
            if raw is None:
                continue
            digest = digest_of(raw)
            if _is_held(source, digest, held.get(source.source_name)):
                self.report.unchanged += 1
            else:
                new.append((source, raw, digest))
        unwanted = refused(
            (source.source_name, digest.hex()) for source, _, digest in new
        )
        for source, raw, digest in new:
            decision = unwanted.get((source.source_name, digest.hex()))
            if decision is None:
                yield source, raw, digest
            else:
                self._refuse(source, decision)

    def _bytes(self, source: Source) -> bytes | None:
        try:
            return source.read()
        except PassedOver as note:
            self.report.files -= 1
            self._tell(source, "warning", str(note))
        except UnusableSource as error:
            self._reject(source, str(error))
        except OSError as error:
            self._reject(source, f"cannot be read: {error.strerror or error}")
        return None

    def _refuse(self, source: Source, decision: Decision) -> None:
        """Say that a person took these bytes away."""
        by = f"by {decision.author} on {decision.at:%d %B %Y}"
        if decision.kind == Decision.Kind.FORGET:
            self._reject(source, f"these bytes were forgotten {by}: they are refused")
        else:
            self.report.unchanged += 1
            self._tell(source, "warning", f"this version was set aside {by}: unused")

    def _checked(self, source: Source, raw: bytes, digest: bytes) -> Incoming | None:
        reading = read_drop(raw, entries=self.entries)
        for problem in reading.problems:
            self.report.problems.append(FileProblem(source.label, problem))
        if reading.drop is None or (self.options.strict and reading.problems):
            self.report.rejected += 1
            return None
        arrival = Arrival(
            source_name=source.source_name,
            file_name=source.file_name,
            digest=digest,
            size=len(raw),
            pieces=tuple(split_pieces(raw)),
        )
        return Incoming(arrival, reading.drop)

    def _store(self, incoming: Sequence[Incoming]) -> None:
        """Store a batch; if the database refuses it, find the drop that it refuses."""
        try:
            self._store_together(incoming)
        except DatabaseError as error:
            if len(incoming) == 1:
                label = incoming[0].arrival.file_name
                self.report.rejected += 1
                self.report.problems.append(
                    FileProblem(
                        label,
                        Problem(None, None, "", "error", f"cannot be stored: {error}"),
                    )
                )
                return
            for one in incoming:
                self._store([one])

    def _store_together(self, incoming: Sequence[Incoming]) -> None:
        with transaction.atomic():
            loaded = load_batch(incoming, run=self.run, names=self.names, now=self.now)
            if self.options.publish:
                publish_undecided(loaded.created, at=self.now)
        self.report.created += len(loaded.created)
        self.report.updated += len(loaded.updated)

    def _reject(self, source: Source, message: str) -> None:
        self.report.rejected += 1
        self._tell(source, "error", message)

    def _tell(self, source: Source, severity: Severity, message: str) -> None:
        problem = Problem(None, None, "", severity, message)
        self.report.problems.append(FileProblem(source.label, problem))

    def _finish(self) -> None:
        """Write down what the run did."""
        for name in ("files", "created", "updated", "unchanged", "rejected"):
            setattr(self.run, name, getattr(self.report, name))
        kept = self.report.problems[:PROBLEMS_KEPT]
        self.run.problems = [problem.as_json() for problem in kept]
        self.run.finished_at = self.now
        self.run.save()
        self.report.import_run = self.run.pk


def _is_held(source: Source, digest: bytes, held: Held | None) -> bool:
    """Whether these bytes are current, and no other ending asks to be kept.

    A name without an ending is that of a drop that came by standard input.
    """
    if held is None or held[0] != digest:
        return False
    names = {source.file_name, held[1]}
    return len(names) == 1 or source.source_name in names


def _held(window: Sequence[Source]) -> dict[str, Held]:
    rows = Drop.objects.filter(
        source_name__in=[source.source_name for source in window]
    ).exclude(current=None)
    return {
        name: (bytes(digest), file)
        for name, digest, file in rows.values_list(
            "source_name", "current__digest", "file_name"
        )
    }


def _count_site(report: Report) -> None:
    report.articles = Article.objects.count()
    report.linked_pages = LinkedPage.objects.count()
    report.stories = Story.objects.count()
    report.listed = Article.objects.listed().count()
