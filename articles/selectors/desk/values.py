"""Three values of what an editor may set: the drop's, the editor's, the readers'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from articles.library.decisions import EDIT_KINDS, edits_of
from articles.library.standing import about
from articles.models import Article, ArticleTopic, Decision, Image, Page
from articles.rules.edits import NONE

Kind = Decision.Kind
LABELS = {
    Kind.HEADLINE: "Title",
    Kind.EXCERPT: "Excerpt",
    Kind.PICTURE: "Picture",
    Kind.TOPICS: "Topics",
}


@dataclass(frozen=True, slots=True)
class ThreeValues:
    """What one field says, as text: topics one on each line, a picture by address."""

    kind: Kind
    drop: str
    shown: str
    made: Decision | None  # the editor's, where one stands

    @property
    def label(self) -> str:
        return LABELS[self.kind]

    @property
    def name(self) -> str:
        """Of its field in forms."""
        return self.kind.value

    @property
    def is_set(self) -> bool:
        return self.made is not None

    @property
    def lines(self) -> int:
        """How tall its field is."""
        return {Kind.HEADLINE: 2, Kind.EXCERPT: 4, Kind.TOPICS: 4}.get(self.kind, 1)


def three_values(article: Article) -> tuple[ThreeValues, ...]:
    """Of an article whose page was selected with it; a fixed number of queries."""
    page = article.page
    speaks = page.article_id == article.pk
    made = _made(page)
    held = edits_of([page.pk]).get(page.pk, NONE) if made else NONE
    labels = _labels(article)
    drop = {
        Kind.HEADLINE: article.title,
        Kind.EXCERPT: article.excerpt,
        Kind.PICTURE: _picture(article),
        Kind.TOPICS: "\n".join(
            labels if article.drop_topics is None else article.drop_topics
        ),
    }
    own = {
        Kind.HEADLINE: held.headline,
        Kind.EXCERPT: held.excerpt,
        Kind.PICTURE: held.picture.url if held.picture else None,
        Kind.TOPICS: None if held.topics is None else "\n".join(held.topics),
    }
    shown = {kind: drop[kind] if text is None else text for kind, text in own.items()}
    if speaks:
        shown[Kind.TOPICS] = "\n".join(labels)
    return tuple(
        ThreeValues(kind, drop[kind], shown[kind], made.get(kind)) for kind in LABELS
    )


def known_pictures(article: Article) -> Sequence[Image]:
    """The https pictures that its drop names, in order."""
    images = Image.objects.filter(article=article, url__startswith="https://")
    return list(images.order_by("position")[:20])


def _made(page: Page) -> dict[Kind, Decision]:
    """The decision that stands on each field."""
    latest = {Kind(one.kind): one.pk for one in about(EDIT_KINDS, [page.pk])}
    held = Decision.objects.in_bulk(latest.values())
    return {kind: held[pk] for kind, pk in latest.items() if held[pk].value}


def _labels(article: Article) -> list[str]:
    labels = ArticleTopic.objects.filter(article=article).order_by("position")
    return [name or usual for name, usual in labels.values_list("name", "topic__name")]


def _picture(article: Article) -> str:
    return next((image.url for image in known_pictures(article)), "")
