"""Topics of articles as rows, in the order and spelling of their drops."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set

from django.db.models import OuterRef, Subquery

from articles.models import Article, ArticleTopic
from articles.models.bulk import among, chunks, insert_rows
from articles.rules.text.slug import topic_key
from articles.settle.names import name_topics

from .names import Names
from .touched import Pairs, Touched


def store_topics(pairs: Pairs, *, names: Names, rewritten: Set[int]) -> Touched:
    """Make each article's topics those of its drop.

    Topics are spelled as their newest article has it: `rewritten` may be newer now.
    """
    held = _held(pairs)
    changed: dict[int, list[tuple[int, str]]] = {}
    touched = Touched()
    topics: set[int] = set()
    for article, drop in pairs:
        if article.drop_topics is not None:
            # An editor set others: these are the article's again when he takes it back.
            _keep(article, drop.topics)
            if article.pk in rewritten:
                topics.update(topic for topic, _ in held[article.pk])
            continue
        wanted = list({names.topic(name): name for name in drop.topics}.items())
        if held[article.pk] != wanted:
            changed[article.pk] = wanted
            touched.articles.add(article.pk)
            touched.pages.add(article.page_id)
        if held[article.pk] != wanted or article.pk in rewritten:
            topics.update(topic for topic, _ in (*held[article.pk], *wanted))
    ArticleTopic.objects.filter(article__in=among(changed)).delete()
    dates = {article.pk: article.published_at for article, _ in pairs}
    insert_rows(
        ArticleTopic,
        ("article", "topic", "name", "position", "published_at"),
        (
            (article, topic, name, position, dates[article])
            for article, labels in changed.items()
            for position, (topic, name) in enumerate(labels)
        ),
    )
    _date_again(rewritten - changed.keys())
    name_topics(topics)
    return touched


def _keep(article: Article, names: Sequence[str]) -> None:
    """Note what the drop says, once for each topic, beside the topics that are set."""
    said = list({topic_key(name): name for name in names}.values())
    if article.drop_topics != said:
        article.drop_topics = said
        article.save(update_fields=["drop_topics"])


def _date_again(articles: Iterable[int]) -> None:
    """Let labels that stay have the times of their articles."""
    own = Article.objects.filter(pk=OuterRef("article")).values("published_at")
    for some in chunks(articles):
        held = ArticleTopic.objects.filter(article__in=among(some))
        held.update(published_at=Subquery(own))


def _held(pairs: Pairs) -> dict[int, list[tuple[int, str]]]:
    """Of each article: topics with the spelling of its drop."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = ArticleTopic.objects.filter(
        article__in=among(article.pk for article, _ in pairs)
    )
    for row in rows.order_by("position"):
        found[row.article_id].append((row.topic_id, row.name))
    return found
