"""Three values of what an editor may set: the drop's, the editor's, the readers'."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from articles.library.decisions import EDIT_KINDS
from articles.library.standing import standing
from articles.models import Article, Decision, Image
from articles.rules.edits import edits

from .article import said_by_drop

Kind = Decision.Kind
# The label of each field, and how many lines tall it is in forms.
FIELDS = {
    Kind.HEADLINE: ("Title", 2),
    Kind.EXCERPT: ("Excerpt", 4),
    Kind.PICTURE: ("Picture", 2),
    Kind.TOPICS: ("Topics", 3),
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
        return FIELDS[self.kind][0]

    @property
    def lines(self) -> int:
        return FIELDS[self.kind][1]

    @property
    def name(self) -> str:
        """Of its field in forms."""
        return self.kind.value


@dataclass(frozen=True, slots=True)
class Laid:
    """What editors laid down for one article beside publishing it or not."""

    values: tuple[ThreeValues, ...]
    due_at: datetime | None  # when it is to be published, by the plan that stands
    act: str  # of that plan

    def shown(self, kind: Kind) -> str:
        """What readers get for a field."""
        return next(value.shown for value in self.values if value.kind == kind)


def laid_down(article: Article) -> Laid:
    """Of an article whose page was selected with it; two queries."""
    made = _made(article.page_id)
    latest = {Kind(one.kind): one for one in made}
    values = edits((one.kind, one.value) for one in made)
    picture, labels = said_by_drop(article)
    if article.drop_topics is not None:
        labels = article.drop_topics
    drop = {
        Kind.HEADLINE: article.title,
        Kind.EXCERPT: article.excerpt,
        Kind.PICTURE: picture,
        Kind.TOPICS: _lines(labels),
    }
    own = {
        Kind.HEADLINE: values.headline,
        Kind.EXCERPT: values.excerpt,
        Kind.PICTURE: values.picture.url if values.picture else None,
        Kind.TOPICS: None if values.topics is None else _lines(values.topics),
    }
    plan = next((one for one in made if one.due_at), None)
    shown = drop.copy()
    if article.page.article_id == article.pk:
        # Not always the drop's first one: readers get pictures over https.
        shown[Kind.PICTURE] = article.page.image_url
    return Laid(
        tuple(
            ThreeValues(kind, drop[kind], shown[kind], None)
            if (value := own[kind]) is None
            else ThreeValues(kind, drop[kind], value, latest.get(kind))
            for kind in FIELDS
        ),
        plan.due_at if plan else None,
        plan.act if plan else "",
    )


def known_pictures(article: Article) -> dict[str, Image]:
    """The https pictures that its drop names, by address."""
    images = Image.objects.filter(article=article, url__startswith="https://")
    return {image.url: image for image in images.order_by("-position")[:50]}


def _made(page: int) -> list[Decision]:
    """Standing edits and plans about a page, the latest last."""
    named = standing((*EDIT_KINDS, Kind.PUBLISH_AT)).naming([page])
    return [one for one in named.with_pages().order_by("pk") if one.page == page]


def _lines(names: Iterable[str]) -> str:
    return "\n".join(names)
