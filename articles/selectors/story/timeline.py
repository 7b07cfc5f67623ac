"""The timeline of one story: what is drawn, and the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from articles.drawing.timeline import OTHERS, Event, Timeline, timeline
from articles.rules.dates import moment_in_words
from articles.rules.phrasing import counted, noun_for, series, shortened
from articles.selectors.lines import PageLine

LABEL = 17  # letters that a row has room for


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of the table: one page, in the order of time."""

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


def story_timeline(lines: Sequence[PageLine]) -> StoryTimeline:
    """Draw visible pages, earliest first, at least one."""
    names = {line.provider.domain: line.provider.name for line in lines}
    zone = timezone.get_current_timezone()
    drawing = timeline(
        [Event(line.published_at, line.provider.domain, line.kind) for line in lines],
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
        title=f"Timeline: {counted(len(lines), 'page')} of "
        f"{counted(len(names), 'publisher')}",
        about=_about(lines, drawing),
        table=tuple(
            Moment(line.published_at, line.provider.name, _what(line, lines, drawing))
            for line in lines
        ),
    )


def _about(lines: Sequence[PageLine], drawing: Timeline) -> str:
    first, latest = lines[0], lines[-1]
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


def _what(line: PageLine, lines: Sequence[PageLine], drawing: Timeline) -> str:
    peak = drawing.peak
    facts = (
        ("leads the story", line.is_lead),
        ("first report", line is lines[0]),
        ("carries the text of an earlier page", line.is_reprint),
        ("peak", peak is not None and peak.first <= line.published_at <= peak.last),
        ("latest", line is lines[-1] and len(lines) > 1),
    )
    return ", ".join(words for words, holds in facts if holds)


def _when(at: datetime) -> str:
    return moment_in_words(timezone.localtime(at))
