"""Pictures that drops name, as rows and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from articles.drops.drop import ImageRef
from articles.models import Article, Image, RelatedLink
from articles.models.bulk import among, insert_rows

Owner = Article | RelatedLink
Pictures = tuple[ImageRef, ...]
COPIED = ("url", "width", "height", "title", "is_cached")


def held_pictures(articles: Iterable[Article]) -> dict[int, Pictures]:
    """The pictures of each article, as its drop named them."""
    found: dict[int, Pictures] = {row.pk: () for row in articles}
    images = Image.objects.filter(article__in=among(found)).order_by("position")
    for image in images:
        assert image.article_id is not None
        found[image.article_id] += (
            ImageRef(
                image.url, image.width, image.height, image.title, image.is_cached
            ),
        )
    return found


def store_pictures(owned: Iterable[tuple[Owner, Pictures]]) -> None:
    """Store the pictures of articles or of wordings, which have none yet."""
    fields = ("article", "related_link", "position", *COPIED)
    insert_rows(Image, fields, (row for one in owned for row in _rows(*one)))


def remove_pictures(articles: Iterable[Article]) -> None:
    """Delete the pictures of these articles."""
    Image.objects.filter(article__in=among(article.pk for article in articles)).delete()


def _rows(owner: Owner, refs: Pictures) -> Iterator[tuple[Any, ...]]:
    article = owner.pk if isinstance(owner, Article) else None
    link = owner.pk if isinstance(owner, RelatedLink) else None
    for position, image in enumerate(refs):
        copied = (getattr(image, name) for name in COPIED)
        yield article, link, position, *copied
