"""How much a step of settling takes up, by what the latest ones cost."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

# Pages that a step begins with; it takes up more where they hang together.
FEWEST, FIRST, MOST = 10, 52, 400
# CPU seconds that a step may take: everybody who writes waits for it.
AIM_S = 0.2
ALONE_S = 0.5  # the same where nobody does
LATEST = 2  # steps by which it is judged how many pages that are


@dataclass(slots=True)
class Pace:
    """How many pages the next step takes up, by what the latest ones cost."""

    pages: int = FIRST
    aim_s: float = AIM_S
    steps: int = 0
    costs: deque[float] = field(default_factory=lambda: deque(maxlen=LATEST))

    def note(self, taken_s: float) -> None:
        self.costs.append(taken_s / self.pages)
        # Where one was dear the next may be: what is much discussed is near in time.
        fitting = self.aim_s / max(max(self.costs), 1e-6)
        self.pages = min(max(int(min(fitting, 1.5 * self.pages)), FEWEST), MOST)
        self.steps += 1

    def cut(self, pages: Sequence[int]) -> Iterator[Sequence[int]]:
        """These pages in steps."""
        begin = 0
        while some := pages[begin : begin + self.pages]:
            begin += len(some)
            yield some
