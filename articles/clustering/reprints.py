"""Pages that carry one text: syndicated copies, press releases, reposts."""

from __future__ import annotations

from collections.abc import Iterable

from articles.rules.text.terms import first_words, forms, words_in

from .components import components
from .problem import ClusterPage

# Fewer words than these are shared by chance: "Weekly round-up".
FEWEST_IN_TITLE = 4
FEWEST_IN_EXCERPT = 12
OPENING_WORDS = 20


def text_marks(page: ClusterPage) -> tuple[tuple[str, ...], ...]:
    """What two copies of a text have in common: folded title, folded opening."""
    title, excerpt = forms(page.title), forms(page.excerpt)
    marks = []
    if words_in(title) >= FEWEST_IN_TITLE:
        marks.append(("title", *title))
    if words_in(excerpt) >= FEWEST_IN_EXCERPT:
        marks.append(("excerpt", *first_words(excerpt, OPENING_WORDS)))
    return tuple(marks)


def same_text(a: ClusterPage, b: ClusterPage) -> bool:
    """Whether two pages carry one text, as far as title and excerpt tell."""
    return not set(text_marks(a)).isdisjoint(text_marks(b))


def fold_reprints(pages: Iterable[ClusterPage]) -> list[tuple[str, ...]]:
    """Keys grouped by text; each group and the groups earliest first."""
    known = {page.key: page for page in pages}
    first: dict[tuple[str, ...], str] = {}
    pairs = []
    for key in sorted(known):
        for mark in text_marks(known[key]):
            pairs.append((first.setdefault(mark, key), key))

    def earliest(key: str) -> tuple[float, str]:
        return known[key].hours, key

    groups = (tuple(sorted(g, key=earliest)) for g in components(known, pairs))
    return sorted(groups, key=lambda group: earliest(group[0]))
