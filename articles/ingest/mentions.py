"""What drops name: their related lists and their topics, as rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from articles.drops.drop import Drop
from articles.models import Article, ArticleTopic, Mention
from articles.models.bulk import chunks, create_rows, insert_rows
from articles.settle.names import name_topics

from .names import Names

Pairs = Sequence[tuple[Article, Drop]]


def store_lists(pairs: Pairs, *, names: Names, told_anew: Collection[int]) -> set[int]:
    """Make each article's mentions those of its drop; return the pages concerned.

    `told_anew` are the articles whose own fields are new or changed: what they
    say of pages may now count for more or less.
    """
    held = _held(pairs)
    stale: set[int] = set()
    gone: list[int] = []
    new: list[tuple[int, int, int, int]] = []
    for article, drop in pairs:
        before = held[article.pk]
        wanted = _wanted(drop, names)
        if before.keys() != wanted.keys():
            stale.add(article.page_id)
        for link, (page, position) in wanted.items():
            mention, held_position = before.pop(link, (0, page, -1))[::2]
            if held_position == position:
                continue
            if mention:
                gone.append(mention)
            else:
                stale.add(page)
            new.append((article.pk, page, link, position))
        gone.extend(mention for mention, _, _ in before.values())
        stale.update(page for _, page, _ in before.values())
        if article.pk in told_anew:
            stale.update(page for page, _ in wanted.values())
    for some in chunks(gone):
        Mention.objects.filter(pk__in=some).delete()
    insert_rows(Mention, ("article", "page", "related_link", "position"), new)
    return stale


def store_labels(pairs: Pairs, *, names: Names, told_anew: Collection[int]) -> set[int]:
    """Make each article's topics those of its drop; return the pages concerned.

    Topics are spelled as their newest article has it: `told_anew` may be newer now.
    """
    held: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = ArticleTopic.objects.filter(article__in=[article for article, _ in pairs])
    for row in rows.order_by("position"):
        held[row.article_id].append((row.topic_id, row.name))
    changed: dict[int, list[tuple[int, str]]] = {}
    stale: set[int] = set()
    topics: set[int] = set()
    for article, drop in pairs:
        wanted = list({names.topic(name): name for name in drop.topics}.items())
        if held[article.pk] != wanted:
            changed[article.pk] = wanted
            stale.add(article.page_id)
        if held[article.pk] != wanted or article.pk in told_anew:
            topics.update(topic for topic, _ in (*held[article.pk], *wanted))
    ArticleTopic.objects.filter(article__in=list(changed)).delete()
    create_rows(
        ArticleTopic(article_id=article, topic_id=topic, name=name, position=position)
        for article, labels in changed.items()
        for position, (topic, name) in enumerate(labels)
    )
    name_topics(topics)
    return stale


def _held(pairs: Pairs) -> dict[int, dict[int, tuple[int, int, int]]]:
    """Of each article, by wording: mention, page, position."""
    found: dict[int, dict[int, tuple[int, int, int]]] = defaultdict(dict)
    rows = Mention.objects.filter(
        article__in=[article for article, _ in pairs]
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
