"""One file after another: its bytes, whether they are news here, and what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from articles.drops.layout import split_pieces
from articles.drops.reading import EntryCache, read_drop
from articles.ingest.finding.source import PassedOver, Source, UnusableSource
from articles.ingest.storing.drop_store import Arrival, digest_of
from articles.ingest.storing.load import Incoming
from articles.ingest.undoing.refusals import refused
from articles.models import Decision, Drop
from articles.models.bulk import among

from .report import FileProblem, Report

Held = tuple[bytes, str]  # digest and file name of a drop's current version

# Editions are dated some days ahead; what is dated further has a slip in its year.
FARTHEST = timedelta(days=366)


class Checking:
    """Reads the files of a run and notes in its report what is wrong with them."""

    def __init__(
        self,
        report: Report,
        *,
        strict: bool,
        fail_fast: bool,
        stop: Callable[[], bool],
        now: datetime,
    ) -> None:
        self.report = report
        self._until = now + FARTHEST
        self._stop = stop
        self._strict = strict
        self._fail_fast = fail_fast
        self._entries = EntryCache()

    def incoming(
        self, batch: Sequence[Source], held: Mapping[str, Held]
    ) -> list[Incoming]:
        """The usable drops of a batch that are not here already.

        Whether to stop is asked before each file. Then there are none, and the
        report says that the run was interrupted.
        """
        found = []
        for source, raw, digest in self._new_bytes(batch, held):
            if self._stopped():
                return []
            if self._fail_fast and self.report.rejected:
                break
            checked = self._checked(source, raw, digest)
            if checked is not None:
                found.append(checked)
        return found

    def _new_bytes(
        self, batch: Sequence[Source], held: Mapping[str, Held]
    ) -> Iterator[tuple[Source, bytes, bytes]]:
        """Sources whose bytes are to be read as a drop, with bytes and digest."""
        new = []
        for source in batch:
            if self._stopped():
                return
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

    def _stopped(self) -> bool:
        self.report.interrupted |= self._stop()
        return self.report.interrupted

    def _bytes(self, source: Source) -> bytes | None:
        try:
            return source.read()
        except PassedOver as note:
            self.report.files -= 1
            self.report.tell(source.label, "warning", str(note))
        except UnusableSource as error:
            self.report.reject(source.label, str(error))
        except OSError as error:
            reason = error.strerror or error
            self.report.reject(source.label, f"cannot be read: {reason}")
        return None

    def _refuse(self, source: Source, decision: Decision) -> None:
        """Say that a person took these bytes away."""
        by = f"by {decision.author} on {decision.at:%d %B %Y}"
        if decision.kind == Decision.Kind.FORGET:
            message = f"these bytes were forgotten {by}: they are refused"
            self.report.reject(source.label, message)
        else:
            self.report.unchanged += 1
            message = f"this version was set aside {by}: unused"
            self.report.tell(source.label, "warning", message)

    def _checked(self, source: Source, raw: bytes, digest: bytes) -> Incoming | None:
        pieces = split_pieces(raw)
        reading = read_drop(
            raw, entries=self._entries, until=self._until, pieces=pieces
        )
        for problem in reading.problems:
            self.report.problems.append(FileProblem(source.label, problem))
        if reading.drop is None or (self._strict and reading.problems):
            self.report.rejected += 1
            return None
        arrival = Arrival(
            source_name=source.source_name,
            file_name=source.file_name,
            digest=digest,
            size=len(raw),
            pieces=tuple(pieces),
        )
        return Incoming(arrival, reading.drop)


def held_versions(sources: Sequence[Source]) -> dict[str, Held]:
    """What is held now under the names of these sources."""
    rows = Drop.objects.filter(
        source_name__in=among(source.source_name for source in sources)
    ).exclude(current=None)
    return {
        name: (bytes(digest), file)
        for name, digest, file in rows.values_list(
            "source_name", "current__digest", "file_name"
        )
    }


def _is_held(source: Source, digest: bytes, held: Held | None) -> bool:
    """Whether these bytes are current, and no other ending asks to be kept.

    A name without an ending is that of a drop that came by standard input.
    """
    if held is None or held[0] != digest:
        return False
    names = {source.file_name, held[1]}
    return len(names) == 1 or source.source_name in names
