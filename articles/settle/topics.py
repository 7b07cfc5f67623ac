"""Which topics a story stands under: those of its listed articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from articles.models import Article, ArticleTopic, Story, StoryTopic
from articles.models.bulk import among, create_rows, save_fields
from articles.rules.edits import NONE, Edits
from articles.rules.text.slug import topic_key

from .counts import Counts
from .names import name_topics, topic_keys
from .readers import reaches_readers

COPIED = ("latest_at", "public_id")


def label(stories: Sequence[Story], counts: Counts) -> int:
    """Put listed stories under their topics; return how many rows changed."""
    listed = {story.pk: story for story in stories if story.lead_id}
    wanted = _wanted(listed.keys())
    held = {
        (one.story_id, one.topic_id): one
        for one in StoryTopic.objects.filter(
            story__in=among(story.pk for story in stories)
        )
    }
    gone = [one for pair, one in held.items() if pair not in wanted]
    StoryTopic.objects.filter(pk__in=among(one.pk for one in gone)).delete()
    new = [
        _told(StoryTopic(story_id=story, topic_id=topic), listed[story], position)
        for (story, topic), position in sorted(wanted.items())
        if (story, topic) not in held
    ]
    create_rows(new)
    behind = [
        one
        for pair, one in held.items()
        if pair in wanted and _differs(one, listed[pair[0]], wanted[pair])
    ]
    counts.labels([*gone, *behind], -1)
    for one in behind:
        _told(one, listed[one.story_id], wanted[one.story_id, one.topic_id])
    counts.labels([*new, *behind], 1)
    save_fields(behind, (*COPIED, "position"))
    return len(gone) + len(new) + len(behind)


def edit_topics(
    twins: Mapping[int, Sequence[Article]],
    speaking: Mapping[int, Article | None],
    set_by_editors: Mapping[int, Edits],
) -> bool:
    """Let articles stand under the topics that editors set, or again their drops'.

    Everything is by page. An article that does not speak for its page keeps its drop's.
    Returns whether readers get something else.
    """
    concerned: dict[int, tuple[Article, tuple[str, ...] | None]] = {}
    for page, articles in twins.items():
        made = set_by_editors.get(page, NONE).topics
        for article in articles:
            wanted = made if article == speaking[page] else None
            if wanted is not None or article.drop_topics is not None:
                concerned[article.pk] = article, wanted
    if not concerned:
        return False
    held = _names(concerned)
    changed = {
        pk: names
        for pk, (article, wanted) in concerned.items()
        if (names := _told_apart(article, wanted, held[pk])) != held[pk]
    }
    Article.objects.bulk_update([one for one, _ in concerned.values()], ["drop_topics"])
    _relabel({pk: (concerned[pk][0], names) for pk, names in changed.items()})
    return reaches_readers(concerned[pk][0].page_id for pk in changed)


def _told_apart(
    article: Article, wanted: Sequence[str] | None, held: list[str]
) -> list[str]:
    """The names to stand under; the article keeps its drop's where these are others."""
    if wanted is None:
        # A drop may name none at all.
        names = held if article.drop_topics is None else list(article.drop_topics)
        article.drop_topics = None
        return names
    if article.drop_topics is None:
        article.drop_topics = held
    return list(wanted)


def _names(articles: Iterable[int]) -> dict[int, list[str]]:
    """The topics of articles, as their labels spell them, in order."""
    found: dict[int, list[str]] = {pk: [] for pk in articles}
    rows = ArticleTopic.objects.filter(article__in=among(found)).order_by("position")
    for article, name, usual in rows.values_list("article", "name", "topic__name"):
        found[article].append(name or usual)
    return found


def _relabel(articles: Mapping[int, tuple[Article, Sequence[str]]]) -> None:
    """Let articles stand under topics of these names and under no others."""
    labels = ArticleTopic.objects.filter(article__in=among(articles))
    left = set(labels.values_list("topic", flat=True))
    labels.delete()
    keys = topic_keys(name for _, names in articles.values() for name in names)
    create_rows(
        ArticleTopic(
            article=article,
            topic_id=keys[topic_key(name)],
            name=name,
            position=position,
            published_at=article.published_at,
        )
        for article, names in articles.values()
        for position, name in enumerate(names)
    )
    name_topics(left | set(keys.values()))


def _wanted(listed: Iterable[int]) -> dict[tuple[int, int], int]:
    """By story and topic, at which position the story's lead names it; else 0."""
    rows = ArticleTopic.objects.filter(
        article__shown_on__story__in=among(listed),
        article__shown_on__is_listed=True,
    ).values_list(
        "article__shown_on__story", "topic", "position", "article__shown_on__leads"
    )
    found: dict[tuple[int, int], int] = {}
    for story, topic, position, led in rows:
        at = position + 1 if led == story else 0
        found[story, topic] = max(at, found.get((story, topic), 0))
    return found


def _differs(one: StoryTopic, story: Story, position: int) -> bool:
    return one.position != position or any(
        getattr(one, name) != getattr(story, name) for name in COPIED
    )


def _told(one: StoryTopic, story: Story, position: int) -> StoryTopic:
    """The label with what is copied from its story so that lists need no join."""
    one.position = position
    for name in COPIED:
        setattr(one, name, getattr(story, name))
    return one
