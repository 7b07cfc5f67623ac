"""The timeline of one story: what is drawn, and the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.dateformat import format as spelled

from articles.drawing.timeline import OTHERS, Event, Timeline, timeline

from .lines import PageLine

LABEL = 17  # letters that a row has room for
WHEN = "j F Y, H:i"


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
        [
            Event(
                line.published_at,
                line.provider.domain,
                "lead" if line.is_lead else "reprint" if line.is_reprint else "page",
            )
            for line in lines
        ],
        zone,
    )
    rest = sum(row.publishers for row in drawing.rows if row.name == OTHERS)
    labels = (
        (_short(names.get(row.name, f"{rest} others")), row.y) for row in drawing.rows
    )
    return StoryTimeline(
        drawing=drawing,
        labels=tuple(labels),
        title=f"Timeline: {_pages(len(lines))} of {_publishers(len(names))}",
        about=_about(lines, drawing),
        table=tuple(
            Moment(line.published_at, line.provider.name, _what(line, lines, drawing))
            for line in lines
        ),
    )


def _about(lines: Sequence[PageLine], drawing: Timeline) -> str:
    first, latest = lines[0], lines[-1]
    told = [f"First report by {first.provider.name}, {_when(first.published_at)}."]
    if peak := drawing.peak:
        window = "an hour" if peak.hours == 1 else f"{peak.hours} hours"
        told.append(
            f"Most at once: {_pages(peak.pages)} within {window} from "
            f"{_when(peak.first)}."
        )
    if latest.published_at > first.published_at:
        told.append(f"Latest by {latest.provider.name}, {_when(latest.published_at)}.")
    if drawing.gaps:
        days = [str(gap.days) for gap in drawing.gaps]
        silent = "day" if days == ["1"] else "days"
        listed = " and ".join(filter(None, (", ".join(days[:-1]), days[-1])))
        told.append(f"Silent for {listed} {silent} in between.")
    return " ".join(told)


def _what(line: PageLine, lines: Sequence[PageLine], drawing: Timeline) -> str:
    peak = drawing.peak
    said = (
        ("leads the story", line.is_lead),
        ("first report", line is lines[0]),
        ("carries the text of an earlier page", line.is_reprint),
        ("peak", peak is not None and peak.first <= line.published_at <= peak.last),
        ("latest", line is lines[-1] and len(lines) > 1),
    )
    return ", ".join(words for words, holds in said if holds)


def _when(at: datetime) -> str:
    return spelled(timezone.localtime(at), WHEN)


def _pages(count: int) -> str:
    return "1 page" if count == 1 else f"{count:,} pages"


def _publishers(count: int) -> str:
    return "1 publisher" if count == 1 else f"{count:,} publishers"


def _short(name: str) -> str:
    return name if len(name) <= LABEL else f"{name[: LABEL - 1].rstrip()}…"
