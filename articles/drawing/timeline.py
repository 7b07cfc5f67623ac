"""The timeline of a story, for drawing: a dot per page, a row per publisher."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from .time_axis import Gap, Tick, TimeAxis, ticks, time_axis

ROWS = 12  # publishers with a row of their own, if there are more than
MOST_ROWS = 14
OTHERS = ""  # the row of all the rest
COLUMNS = 80
LEVELS = 6  # dots of one row and column above each other
HEAD = 20  # units above the first row, for the words "first report"
ROW = 22
LEVEL = 9
FOOT = 24  # below the last row, for days and hours
FEWEST_AT_PEAK = 3
NARROWEST = 1.5  # percent of the width that a peak is drawn with at least


@dataclass(frozen=True, slots=True)
class Event:
    """A page: when it came out, in whose row, and what it is to the story."""

    at: datetime
    row: str
    kind: str  # "lead", "page" or "reprint"


@dataclass(frozen=True, slots=True)
class Dot:
    """An event in its place: x in percent of the width, y in units from the top."""

    x: float
    y: int
    event: Event


@dataclass(frozen=True, slots=True)
class Row:
    """A publisher, or `OTHERS`; y is that of the line its dots stand on."""

    name: str
    y: int
    publishers: int


@dataclass(frozen=True, slots=True)
class Peak:
    """The window of time with the most pages; x and width in percent."""

    first: datetime
    last: datetime
    hours: int  # how long the window is
    pages: int
    x: float
    width: float

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, slots=True)
class Timeline:
    """A drawing `height` units high, as wide as the page gives it room.

    Dots are in the order of time, but the lead is last, so that nothing covers it.
    `first` and `latest` are the x of both ends, `top` is the y where rows begin.
    """

    height: int
    rows: tuple[Row, ...]
    dots: tuple[Dot, ...]
    gaps: tuple[Gap, ...]
    ticks: tuple[Tick, ...]
    peak: Peak | None
    first: float
    latest: float
    top: int = HEAD


def timeline(events: Iterable[Event], zone: tzinfo) -> Timeline:
    """Place the events of a story, at least one; days are those of `zone`."""
    held = sorted(events, key=lambda event: (event.at, event.row, event.kind))
    axis = time_axis((event.at for event in held), zone)
    own = _own_rows(held)
    inside: dict[str, list[Event]] = defaultdict(list)
    for event in held:
        inside[event.row if event.row in own else OTHERS].append(event)
    rows, dots, y = [], [], HEAD
    for name in sorted(inside, key=lambda name: name == OTHERS):  # else as begun
        piled = _piled(inside[name], axis)
        y += ROW + LEVEL * max(level for _, level, _ in piled)
        rows.append(Row(name, y, len({event.row for event in inside[name]})))
        dots += [Dot(x, y - LEVEL * level, event) for x, level, event in piled]
    return Timeline(
        height=y + FOOT,
        rows=tuple(rows),
        dots=tuple(sorted(dots, key=_drawn)),
        gaps=axis.gaps,
        ticks=ticks(axis, zone),
        peak=_peak([event.at for event in held], axis),
        first=axis.place(held[0].at),
        latest=axis.place(held[-1].at),
    )


def _drawn(dot: Dot) -> tuple[bool, datetime, int, float, str]:
    event = dot.event
    return event.kind == "lead", event.at, dot.y, dot.x, event.row


def _own_rows(events: Sequence[Event]) -> set[str]:
    """Whose row is its own: the lead's, then those with most pages, then the first."""
    pages = Counter(event.row for event in events)
    if len(pages) <= MOST_ROWS:
        return set(pages)
    leading = {event.row for event in events if event.kind == "lead"}
    begun = {name: place for place, name in enumerate(pages)}
    ranked = sorted(
        pages, key=lambda name: (name not in leading, -pages[name], begun[name])
    )
    return set(ranked[:ROWS])


def _piled(events: Sequence[Event], axis: TimeAxis) -> list[tuple[float, int, Event]]:
    """x, level and event; what a full column cannot take goes to the next free one."""
    piles: Counter[int] = Counter()
    placed = []
    for event in events:
        column = wanted = round(axis.place(event.at) / 100 * COLUMNS)
        if piles[wanted] >= LEVELS:
            free = (c for c in range(COLUMNS + 1) if piles[c] < LEVELS)
            column = min(free, key=lambda c: (abs(c - wanted), c), default=wanted)
        x = round(column / COLUMNS * 100, 2)
        placed.append((x, min(piles[column], LEVELS - 1), event))
        piles[column] += 1
    return placed


def _peak(times: Sequence[datetime], axis: TimeAxis) -> Peak | None:
    """The earliest of the fullest windows, unless it holds too few pages, or all."""
    hours = _window(times[-1] - times[0])
    begin, best = 0, (0, 0)
    for end, at in enumerate(times):
        while at - times[begin] > timedelta(hours=hours):
            begin += 1
        if end - begin > best[1] - best[0]:
            best = begin, end
    pages = best[1] - best[0] + 1
    if pages < FEWEST_AT_PEAK or pages == len(times):
        return None
    first, last = times[best[0]], times[best[1]]
    x = axis.place(first)
    width = max(axis.place(last) - x, NARROWEST)
    return Peak(first, last, hours, pages, x, round(min(width, 100 - x), 1))


def _window(span: timedelta) -> int:
    if span <= timedelta(days=1):
        return 1
    return 6 if span <= timedelta(days=4) else 24
