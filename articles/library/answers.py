"""What editors said already of splits and merges that might be suggested."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from articles.models import Decision

from .decisions import PAIR_KINDS
from .standing import about

Kind = Decision.Kind
UNWANTED = {Kind.MERGE: "split", Kind.SPLIT: "merge"}


@dataclass(frozen=True, slots=True)
class Answers:
    """Of which kind of suggestion about which two pages an editor spoke already.

    A dismissed one is the kind that is not wanted; who merged two pages wants no
    split between them, who split them no merge. Decisions follow their pages.
    """

    _said: frozenset[tuple[str, int, int]]

    @classmethod
    def about(cls, pages: Iterable[int]) -> Answers:
        """What was said about these pages."""
        said = set()
        for one in about((*PAIR_KINDS, Kind.DISMISS), pages):
            if one.page is not None and one.other is not None:
                kind = UNWANTED.get(Kind(one.kind)) or one.value.partition(" ")[0]
                said |= {(kind, one.page, one.other), (kind, one.other, one.page)}
        return cls(frozenset(said))

    def settle(self, kind: str, one: Iterable[int], other: Collection[int]) -> bool:
        """Whether they settle a suggestion about these two parts."""
        return bool(self._said) and any(
            (kind, a, b) in self._said for a in one for b in other
        )
