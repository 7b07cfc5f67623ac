"""Related lists as rows: which article mentions which page, in which wording."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from articles.drops.drop import Drop
from articles.models import Mention
from articles.models.bulk import among, chunks, insert_rows

from .names import Names
from .touched import Pairs, Touched


def store_mentions(
    pairs: Pairs, *, names: Names, rewritten: Collection[int]
) -> Touched:
    """Make each article's mentions those of its drop.

    `rewritten` are the articles whose own fields are new or changed: what they
    say of pages may now count for more or less.
    """
    held = _held(pairs)
    touched = Touched()
    gone: list[int] = []
    new: list[tuple[int, int, int, int]] = []
    for article, drop in pairs:
        before = held[article.pk]
        wanted = _wanted(drop, names)
        if before.keys() != wanted.keys():
            touched.pages.add(article.page_id)
        for link, (page, position) in wanted.items():
            mention, held_position = before.pop(link, (0, page, -1))[::2]
            if held_position == position:
                continue
            touched.articles.add(article.pk)
            if mention:
                gone.append(mention)
            else:
                touched.pages.add(page)
            new.append((article.pk, page, link, position))
        if before:
            touched.articles.add(article.pk)
        gone.extend(mention for mention, _, _ in before.values())
        touched.pages.update(page for _, page, _ in before.values())
        if article.pk in rewritten:
            touched.pages.update(page for page, _ in wanted.values())
    for some in chunks(gone):
        Mention.objects.filter(pk__in=among(some)).delete()
    insert_rows(Mention, ("article", "page", "related_link", "position"), new)
    return touched


def _held(pairs: Pairs) -> dict[int, dict[int, tuple[int, int, int]]]:
    """Of each article, by wording: mention, page, position."""
    found: dict[int, dict[int, tuple[int, int, int]]] = defaultdict(dict)
    rows = Mention.objects.filter(
        article__in=among(article.pk for article, _ in pairs)
    ).values_list("article", "related_link", "pk", "page", "position")
    for article, link, mention, page, position in rows:
        found[article][link] = (mention, page, position)
    return found


def _wanted(drop: Drop, names: Names) -> dict[int, tuple[int, int]]:
    """By wording: page and position. The first of repeated entries counts."""
    wanted: dict[int, tuple[int, int]] = {}
    for position, entry in enumerate(drop.related):
        link, page = names.link(entry)
        wanted.setdefault(link, (page, position))
    return wanted
