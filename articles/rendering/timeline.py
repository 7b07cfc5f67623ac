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


@dataclass(frozen=True, slots=True)
class Moment:
    """A row of the table: one page, in the order of time."""

    at: datetime
    provider: str
    what: str  # "leads", "first report", "the text of an earlier page", ...


@dataclass(frozen=True, slots=True)
class StoryTimeline:
    """A drawing, its title and description, its row labels, and its table."""

    drawing: Timeline
    labels: tuple[tuple[str, int], ...]  # words and y
    title: str
    about: str
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
        title=f"Timeline: {counted(len(pages), 'page')} of "
        f"{counted(len(names), 'publisher')}",
        about=_about(pages, drawing),
        table=tuple(
            Moment(page.published_at, page.provider.name, _what(page, pages, drawing))
            for page in pages
        ),
    )


def _about(pages: Sequence[PageSummary], drawing: Timeline) -> str:
    first, latest = pages[0], pages[-1]
    sentences = [f"First report by {first.provider.name}, {_when(first.published_at)}."]
    if peak := drawing.peak:
        window = "an hour" if peak.hours == 1 else counted(peak.hours, "hour")
        sentences.append(
            f"Most at once: {counted(peak.pages, 'page')} within {window} "
            f"from {_when(peak.first)}."
        )
    if latest.published_at > first.published_at:
        sentences.append(
            f"Latest by {latest.provider.name}, {_when(latest.published_at)}."
        )
    if drawing.gaps:
        silent = series(str(gap.days) for gap in drawing.gaps)
        sentences.append(f"Silent for {silent} {noun_for(silent, 'day')} in between.")
    return " ".join(sentences)


def _what(page: PageSummary, pages: Sequence[PageSummary], drawing: Timeline) -> str:
    peak = drawing.peak
    facts = (
        ("leads the story", page.is_lead),
        ("first report", page is pages[0]),
        ("carries the text of an earlier page", page.is_reprint),
        ("peak", peak is not None and peak.first <= page.published_at <= peak.last),
        ("latest", page is pages[-1] and len(pages) > 1),
    )
    return ", ".join(words for words, holds in facts if holds)


def _when(at: datetime) -> str:
    return moment_in_words(timezone.localtime(at))
