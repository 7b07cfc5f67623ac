"""What storing a batch of drops has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from articles.drops.drop import Drop
from articles.models import Article

Pairs = Sequence[tuple[Article, Drop]]


@dataclass(frozen=True, slots=True)
class Touched:
    """Primary keys: articles that say something new, pages that follow from it."""

    articles: set[int] = field(default_factory=set)
    pages: set[int] = field(default_factory=set)
