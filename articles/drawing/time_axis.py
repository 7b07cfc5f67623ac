"""A time axis that is true within runs of news and cuts silences short.

A silence is a whole day, of the readers' zone, without anything. It is drawn as a
gap of one width however long it lasts, so that a story of a day and one late
follow-up is not a heap and a dot.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

GAP = 8.0  # percent of the width
MOST_GAPS = 40.0  # of all together
SHORTEST_RUN = timedelta(hours=2)
HOURS_UP_TO = timedelta(days=2)  # longer axes have days only
BETWEEN_TICKS = 14.0
TICKS = 8


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of time without a silence; x and width in percent."""

    first: datetime
    last: datetime
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Gap:
    """A silence of so many whole days; x and width in percent."""

    x: float
    width: float
    days: int

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, slots=True)
class Tick:
    """A moment to be labelled, by its day or by its hour; x in percent."""

    x: float
    at: datetime
    is_day: bool


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Runs and the gaps between them, from 0 to 100 percent."""

    runs: tuple[Run, ...]
    gaps: tuple[Gap, ...]

    def place(self, at: datetime) -> float:
        """Where a moment is; what is outside all runs is at the nearest end."""
        number = bisect_right(self.runs, at, key=lambda run: run.first) - 1
        run = self.runs[max(number, 0)]
        span = run.last - run.first
        share = (at - run.first) / span if span else 0.5
        return round(run.x + run.width * min(max(share, 0.0), 1.0), 1)


def time_axis(moments: Iterable[datetime], zone: tzinfo) -> TimeAxis:
    """The axis of some moments, at least one."""
    times = sorted(moments)
    starts = [0]
    silent = []
    for place, (before, after) in enumerate(zip(times, times[1:], strict=False), 1):
        if days := silent_days(before, after, zone):
            starts.append(place)
            silent.append(days)
    ends = [*(start - 1 for start in starts[1:]), len(times) - 1]
    spans = [
        (times[a], times[b], max(times[b] - times[a], SHORTEST_RUN))
        for a, b in zip(starts, ends, strict=True)
    ]
    gap = min(GAP, MOST_GAPS / len(silent)) if silent else 0.0
    whole = sum((span for *_, span in spans), timedelta())
    room = 100.0 - gap * len(silent)
    runs, gaps, x = [], [], 0.0
    for number, (first, last, span) in enumerate(spans):
        if number:
            gaps.append(Gap(round(x, 1), round(gap, 1), silent[number - 1]))
            x += gap
        runs.append(Run(first, last, x, room * (span / whole)))
        x += runs[-1].width
    return TimeAxis(tuple(runs), tuple(gaps))


def silent_days(before: datetime, after: datetime, zone: tzinfo) -> int:
    """Whole days between two moments."""
    days = after.astimezone(zone).date() - before.astimezone(zone).date()
    return max(days.days - 1, 0)


def ticks(axis: TimeAxis, zone: tzinfo) -> tuple[Tick, ...]:
    """What to label: where runs begin, then midnights, then hours, as room allows."""
    chosen: list[Tick] = []
    begun = (Tick(run.x, run.first, True) for run in axis.runs)
    for candidates in (begun, _midnights(axis, zone), _hours(axis, zone)):
        for tick in candidates:
            if all(abs(tick.x - other.x) >= BETWEEN_TICKS for other in chosen):
                chosen.append(tick)
    return tuple(sorted(chosen, key=lambda tick: tick.x))


def _midnights(axis: TimeAxis, zone: tzinfo) -> Iterator[Tick]:
    for run in axis.runs:
        first = run.first.astimezone(zone).date()
        days = (run.last.astimezone(zone).date() - first).days
        for day in range(1, days + 1, days // TICKS + 1):
            at = datetime.combine(first + timedelta(days=day), time(), zone)
            yield Tick(axis.place(at), at, True)


def _hours(axis: TimeAxis, zone: tzinfo) -> Iterator[Tick]:
    whole = sum((run.last - run.first for run in axis.runs), timedelta())
    if whole > HOURS_UP_TO:
        return
    step = _step(whole)
    for run in axis.runs:
        here = run.first.astimezone(zone).replace(minute=0, second=0, microsecond=0)
        for hour in range(1, int((run.last - run.first) / timedelta(hours=1)) + 2):
            at = (here + timedelta(hours=hour)).astimezone(zone)
            if at.hour % step == 0 and run.first < at < run.last:
                yield Tick(axis.place(at), at, False)


def _step(whole: timedelta) -> int:
    steps: Sequence[int] = (1, 2, 3, 6)
    hours = whole / timedelta(hours=1)
    return next((step for step in steps if hours / step <= TICKS), 12)
