"""The coverage of one story, in the order a reader asks for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from articles.drawing.time_axis import silent_days
from articles.selectors.lines import PageLine, ProviderName

from .explanation import Reason

ORDERS = ("time", "quality", "provider")
DEFAULT = "time"


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """A page, why it is here, and further pages that carry its text."""

    line: PageLine
    reason: Reason | None
    notes: tuple[str, ...]  # "first report", "latest"
    reprints: tuple[CoverageLine, ...] = ()


@dataclass(frozen=True, slots=True)
class CoverageGroup:
    """Pages under one heading: of a day, of a publisher, or neither."""

    lines: tuple[CoverageLine, ...]
    day: date | None = None
    silent_days: int = 0  # whole days without coverage before this one
    provider: ProviderName | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """All visible pages of a story once."""

    order: str  # one of ORDERS
    groups: tuple[CoverageGroup, ...]
    page_count: int
    reprint_count: int
    voice_count: int  # publishers that carried a text first


def coverage(
    lines: Sequence[PageLine], reasons: Mapping[str, Reason], order: str
) -> Coverage:
    """Put lines, earliest first, in order; reasons are by page id."""
    shown = [
        CoverageLine(line, reasons.get(line.id), _notes(line, lines)) for line in lines
    ]
    grouped = {"time": _by_day, "quality": _by_quality, "provider": _by_provider}
    return Coverage(
        order=order,
        groups=grouped[order](shown),
        page_count=len(lines),
        reprint_count=sum(line.is_reprint for line in lines),
        voice_count=len({line.provider.domain for line in lines if not line.text_of}),
    )


def _notes(line: PageLine, lines: Sequence[PageLine]) -> tuple[str, ...]:
    if lines[0].published_at == lines[-1].published_at:
        return ()
    if line is lines[0]:
        return ("first report",)
    return ("latest",) if line is lines[-1] else ()


def _by_day(lines: Sequence[CoverageLine]) -> tuple[CoverageGroup, ...]:
    days: dict[date, list[CoverageLine]] = defaultdict(list)
    silent: dict[date, int] = {}
    zone = timezone.get_current_timezone()
    for before, here in zip([lines[0], *lines], lines, strict=False):
        day = timezone.localdate(here.line.published_at)
        silent.setdefault(
            day, silent_days(before.line.published_at, here.line.published_at, zone)
        )
        days[day].append(here)
    folded = {one.line.id: one for one in _folded(lines)}
    return tuple(
        CoverageGroup(
            lines=tuple(folded[one.line.id] for one in of_day if one.line.id in folded),
            day=day,
            silent_days=silent[day],
        )
        for day, of_day in days.items()
    )


def _by_quality(lines: Sequence[CoverageLine]) -> tuple[CoverageGroup, ...]:
    def best(one: CoverageLine) -> tuple[float, str]:
        quality = one.line.quality
        return (-quality if quality is not None else float("inf")), one.line.url

    return (CoverageGroup(tuple(sorted(_folded(lines), key=best))),)


def _by_provider(lines: Sequence[CoverageLine]) -> tuple[CoverageGroup, ...]:
    """Publishers with several pages first, those with one below; nothing folded."""
    pages: dict[str, list[CoverageLine]] = defaultdict(list)
    for one in lines:
        pages[one.line.provider.domain].append(one)
    several = [theirs for theirs in pages.values() if len(theirs) > 1]
    several.sort(key=lambda theirs: (-len(theirs), _filed_under(theirs[0])))
    single = [theirs[0] for theirs in pages.values() if len(theirs) == 1]
    single.sort(key=_filed_under)
    groups = [
        CoverageGroup(tuple(theirs), provider=theirs[0].line.provider)
        for theirs in several
    ]
    if single:
        groups.append(CoverageGroup(tuple(single)))
    return tuple(groups)


def _filed_under(one: CoverageLine) -> str:
    return one.line.provider.name.casefold()


def _folded(lines: Iterable[CoverageLine]) -> list[CoverageLine]:
    """Reprints under the first page of their text."""
    every = list(lines)
    under: dict[str, list[CoverageLine]] = defaultdict(list)
    for one in every:
        if one.line.is_reprint:
            under[one.line.text_of].append(one)
    return [
        CoverageLine(one.line, one.reason, one.notes, tuple(under.get(one.line.id, ())))
        for one in every
        if not one.line.is_reprint
    ]


@dataclass(frozen=True, slots=True)
class ProviderShare:
    """How many of a story's pages one publisher has."""

    provider: ProviderName
    pages: int


def shares(lines: Sequence[PageLine]) -> tuple[ProviderShare, ...]:
    """Publishers by their pages, most first."""
    counts = Counter(line.provider for line in lines)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0].name))
    return tuple(ProviderShare(provider, pages) for provider, pages in ranked)
