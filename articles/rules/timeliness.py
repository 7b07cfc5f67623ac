"""How a publisher does in stories that others cover too: first, leading, how late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Timeliness:
    """Figures of one publisher over some stories; delays are medians in seconds.

    Who is first has no delay, and several may be. `late` is that of the stories in
    which it was not first, None if there is none.
    """

    stories: int
    first: int
    leads: int
    delay: int
    late: int | None


def timeliness(parts: Iterable[tuple[int, bool]]) -> Timeliness:
    """From delay and lead of each story it takes part in, one or more."""
    held = list(parts)
    late = [delay for delay, _ in held if delay]
    return Timeliness(
        stories=len(held),
        first=len(held) - len(late),
        leads=sum(leads for _, leads in held),
        delay=int(median(delay for delay, _ in held)),
        late=int(median(late)) if late else None,
    )
