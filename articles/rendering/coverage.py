"""The coverage of one story, in the order a reader asks for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from articles.drawing.time_axis import silent_days
from articles.rules.phrasing import counted
from articles.rules.text.sentence import first_sentence

from .explanation import Reason
from .summaries import PageSummary, ProviderName

ORDERS = ("time", "quality", "provider")
DEFAULT = "time"
FEWEST_NAMED = 3  # publishers that are named together
SENTENCE = 160  # characters
# Of more articles than this a page says less, to come as quickly as others: only the
# earliest have a sentence, reasons are short, and the timeline has no table.
LARGE = 60
SENTENCES_OF_LARGE = 20


@dataclass(frozen=True, slots=True)
class CoveredPage:
    """A page, why it is here, and further pages that carry its text."""

    page: PageSummary
    reason: Reason | None
    notes: tuple[str, ...]  # "first report", "latest"
    sentence: str  # its first; "" where that is said already
    reprints: tuple[CoveredPage, ...] = ()


@dataclass(frozen=True, slots=True)
class CoverageGroup:
    """Pages under one heading: of a day, of a publisher, or neither."""

    pages: tuple[CoveredPage, ...]
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
    extent: str  # "9 articles from 8 publishers, 1 of them a reprint"

    @property
    def is_large(self) -> bool:
        return self.page_count > LARGE


def coverage(
    pages: Sequence[PageSummary], reasons: Mapping[str, Reason], order: str
) -> Coverage:
    """Put pages, earliest first, in order; reasons are by page id."""
    most = SENTENCES_OF_LARGE if len(pages) > LARGE else len(pages)
    shown = [
        CoveredPage(
            page,
            reasons.get(page.id),
            _notes(page, pages),
            sentence=_sentence(page) if place < most else "",
        )
        for place, page in enumerate(pages)
    ]
    reprints = sum(page.is_reprint for page in pages)
    grouped = {"time": _by_day, "quality": _by_quality, "provider": _by_provider}
    return Coverage(
        order=order,
        groups=grouped[order](shown),
        page_count=len(pages),
        reprint_count=reprints,
        extent=_extent(pages, reprints),
    )


def _sentence(page: PageSummary) -> str:
    """What an article says: the lead's stands above, a reprint's is that of another."""
    said = page.excerpt
    if page.is_lead or page.is_reprint or said.casefold() == page.title.casefold():
        return ""
    return first_sentence(said, most=SENTENCE)


def _extent(pages: Sequence[PageSummary], reprints: int) -> str:
    names = {page.provider.domain: page.provider.name for page in pages}
    whose = (
        pages[0].provider.name if len(names) == 1 else counted(len(names), "publisher")
    )
    kinds = {0: "", 1: ", 1 of them a reprint"}
    repeated = kinds.get(reprints, f", {reprints} of them reprints")
    return f"{counted(len(pages), 'article')} from {whose}{repeated}"


def _notes(page: PageSummary, pages: Sequence[PageSummary]) -> tuple[str, ...]:
    if pages[0].published_at == pages[-1].published_at:
        return ()
    if page is pages[0]:
        return ("first report",)
    return ("latest",) if page is pages[-1] else ()


def _by_day(pages: Sequence[CoveredPage]) -> tuple[CoverageGroup, ...]:
    days: dict[date, list[CoveredPage]] = defaultdict(list)
    silent: dict[date, int] = {}
    zone = timezone.get_current_timezone()
    for before, here in zip([pages[0], *pages], pages, strict=False):
        day = timezone.localdate(here.page.published_at)
        silent.setdefault(
            day, silent_days(before.page.published_at, here.page.published_at, zone)
        )
        days[day].append(here)
    folded = {one.page.id: one for one in _folded(pages)}
    return tuple(
        CoverageGroup(
            pages=tuple(folded[one.page.id] for one in of_day if one.page.id in folded),
            day=day,
            silent_days=silent[day],
        )
        for day, of_day in days.items()
    )


def _by_quality(pages: Sequence[CoveredPage]) -> tuple[CoverageGroup, ...]:
    def best(one: CoveredPage) -> tuple[float, str]:
        quality = one.page.quality
        return (-quality if quality is not None else float("inf")), one.page.url

    return (CoverageGroup(tuple(sorted(_folded(pages), key=best))),)


def _by_provider(pages: Sequence[CoveredPage]) -> tuple[CoverageGroup, ...]:
    """Publishers with several pages first, those with one below; nothing folded."""
    of_provider: dict[str, list[CoveredPage]] = defaultdict(list)
    for one in pages:
        of_provider[one.page.provider.domain].append(one)
    several = [theirs for theirs in of_provider.values() if len(theirs) > 1]
    several.sort(key=lambda theirs: (-len(theirs), _filed_under(theirs[0])))
    single = [theirs[0] for theirs in of_provider.values() if len(theirs) == 1]
    single.sort(key=_filed_under)
    groups = [
        CoverageGroup(tuple(theirs), provider=theirs[0].page.provider)
        for theirs in several
    ]
    if single:
        groups.append(CoverageGroup(tuple(single)))
    return tuple(groups)


def _filed_under(one: CoveredPage) -> str:
    return _filed(one.page.provider)


def _filed(provider: ProviderName) -> str:
    return provider.name.casefold()


def _folded(pages: Iterable[CoveredPage]) -> list[CoveredPage]:
    """Reprints under the first page of their text."""
    every = list(pages)
    under: dict[str, list[CoveredPage]] = defaultdict(list)
    for one in every:
        if one.page.is_reprint:
            under[one.page.text_of].append(one)
    return [
        replace(one, reprints=tuple(under.get(one.page.id, ())))
        for one in every
        if not one.page.is_reprint
    ]


@dataclass(frozen=True, slots=True)
class ProviderShare:
    """How many of a story's articles one publisher has."""

    provider: ProviderName
    articles: int


def shares(pages: Sequence[PageSummary]) -> tuple[ProviderShare, ...]:
    """Publishers by their articles, most first; none where few say it as well."""
    counts = Counter(page.provider for page in pages)
    if len(counts) < FEWEST_NAMED:
        return ()
    ranked = sorted(counts.items(), key=lambda item: (-item[1], _filed(item[0])))
    return tuple(ProviderShare(provider, number) for provider, number in ranked)
