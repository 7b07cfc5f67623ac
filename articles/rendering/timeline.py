"""The timeline of one story: what is drawn, and the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from articles.drawing.timeline import OTHERS, Event, Timeline, timeline
from articles.rules.dates import moment_in_words
from articles.rules.phrasing import counted, noun_for, series, shortened

from .summaries import PageSummary

LABEL = 17  # letters that a row has room for
KINDS = {"lead": "lead article", "page": "article", "reprint": "reprint"}


@dataclass(frozen=True, slots=True)
class Moment:
    """A row of the table: one article, in the order of time."""

    at: datetime
    provider: str
    what: str  # "lead article", "first report", "reprint", ...


@dataclass(frozen=True, slots=True)
class StoryTimeline:
    """A drawing with its title and description, labels of rows, legend and table."""

    drawing: Timeline
    labels: tuple[tuple[str, int], ...]  # words and y
    title: str
    about: str
    legend: tuple[tuple[str, str], ...]  # the kinds of dots that occur, and their words
    table: tuple[Moment, ...]


def story_timeline(pages: Sequence[PageSummary]) -> StoryTimeline:
    """Draw visible pages, earliest first, at least one."""
    names = {page.provider.domain: page.provider.name for page in pages}
    zone = timezone.get_current_timezone()
    drawing = timeline(
        [Event(page.published_at, page.provider.domain, page.kind) for page in pages],
        zone,
    )
    rest = sum(row.publishers for row in drawing.rows if row.name == OTHERS)
    labels = (
        (shortened(names.get(row.name, f"{rest} others"), LABEL), row.y)
        for row in drawing.rows
    )
    return StoryTimeline(
        drawing=drawing,
        labels=tuple(labels),
        title=f"Timeline: {counted(len(pages), 'article')} from "
        f"{counted(len(names), 'publisher')}",
        about=_about(pages, drawing),
        legend=tuple(
            (kind, words)
            for kind, words in KINDS.items()
            if any(page.kind == kind for page in pages)
        ),
        table=tuple(
            Moment(page.published_at, page.provider.name, _what(page, pages, drawing))
            for page in pages
        ),
    )


def _about(pages: Sequence[PageSummary], drawing: Timeline) -> str:
    first, latest = pages[0], pages[-1]
    begun = _when(first.published_at)
    sentences = [f"First report: {first.provider.name}, {begun}."]
    if peak := drawing.peak:
        window = {1: "hour", 24: "day"}.get(peak.hours, f"{peak.hours} hours")
        sentences.append(
            f"Busiest {window}: {counted(peak.pages, 'article')} "
            f"from {_when(peak.first, first.published_at)}."
        )
    if latest.published_at > first.published_at:
        at = _when(latest.published_at, first.published_at)
        sentences.append(f"Latest: {latest.provider.name}, {at}.")
    if drawing.gaps:
        silent = series(str(gap.days) for gap in drawing.gaps)
        sentences.append(
            f"{silent} {noun_for(silent, 'day')} without coverage in between."
        )
    return " ".join(sentences)


def _what(page: PageSummary, pages: Sequence[PageSummary], drawing: Timeline) -> str:
    peak = drawing.peak
    facts = (
        (KINDS["lead"], page.is_lead),
        ("first report", page is pages[0]),
        (KINDS["reprint"], page.is_reprint),
        (
            "busiest time",
            peak is not None and peak.first <= page.published_at <= peak.last,
        ),
        ("latest", page is pages[-1] and len(pages) > 1),
    )
    return ", ".join(words for words, holds in facts if holds)


def _when(at: datetime, begun: datetime | None = None) -> str:
    """A moment, the time of day alone where it is of the day that was said before."""
    here = timezone.localtime(at)
    if begun is not None and here.date() == timezone.localdate(begun):
        return f"{here:%H:%M}"
    return moment_in_words(here)
