"""In which words a page is shown: its own drop's, else a related list's.

Where lists disagree about a page, the list of the drop with the latest
published_at speaks, then the larger source name: never the last one imported. Of
one list's entries for one page the first counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from articles.models import Article, Image, Mention, Page, RelatedLink
from articles.models.bulk import among
from articles.rules.edits import NONE, Edits

SHOWN = (
    "title",
    "excerpt",
    "url",
    "published_at",
    "type",
    "quality",
    "provider_id",
    "image_url",
    "image_width",
    "image_height",
    "drop_title",
    "drop_excerpt",
)


def set_words(
    pages: Sequence[Page],
    shown: Mapping[int, Article | None],
    set_by_editors: Mapping[int, Edits] | None = None,
) -> list[Page]:
    """Set the shown fields of pages in memory; return those that nothing names.

    `shown` holds the article that speaks for each page, by page pk; so do the edits,
    which are put over what it says.
    """
    pictures = _first_images("article", [held for held in shown.values() if held])
    without = [page for page in pages if shown[page.pk] is None]
    wordings = _latest_wordings(without)
    link_pictures = _first_images(
        "related_link", [link for link, _ in wordings.values()]
    )
    unnamed = []
    for page in pages:
        article = shown[page.pk]
        if article is not None:
            _set(page, article, article.published_at, pictures.get(article.pk))
        elif page.pk in wordings:
            link, named_at = wordings[page.pk]
            _set(page, link, link.published_at or named_at, link_pictures.get(link.pk))
        else:
            unnamed.append(page)
    for page in pages:
        _edit(page, (set_by_editors or {}).get(page.pk, NONE))
    return unnamed


def _edit(page: Page, made: Edits) -> None:
    """Let readers get an editor's words and picture; keep what clustering reads."""
    page.drop_title = page.drop_excerpt = None
    if made.headline is not None:
        page.drop_title, page.title = page.title, made.headline
    if made.excerpt is not None:
        page.drop_excerpt, page.excerpt = page.excerpt, made.excerpt
    if made.picture is not None:
        page.image_url, page.image_width, page.image_height = made.picture


def _set(
    page: Page, source: Article | RelatedLink, at: datetime, image: Image | None
) -> None:
    page.title = source.title
    page.excerpt = source.excerpt
    page.url = source.url
    page.published_at = at
    page.type = source.type
    page.quality = source.quality
    page.provider_id = source.provider_id
    page.image_url = image.url if image else ""
    page.image_width = image.width if image else None
    page.image_height = image.height if image else None


def _latest_wordings(pages: Iterable[Page]) -> dict[int, tuple[RelatedLink, datetime]]:
    """Of each page, the wording that speaks and when its list was published."""
    mentions = (
        Mention.objects.filter(page__in=among(page.pk for page in pages))
        .order_by("article__published_at", "article__source_name", "-position")
        .values_list("page", "related_link", "article__published_at")
    )
    last = {page: (link, at) for page, link, at in mentions}
    links = RelatedLink.objects.in_bulk({link for link, _ in last.values()})
    return {page: (links[link], at) for page, (link, at) in last.items()}


def _first_images(
    owner: str, rows: Sequence[Article] | Sequence[RelatedLink]
) -> dict[int, Image]:
    """The first https picture of each row, by the row's pk."""
    images = Image.objects.filter(
        **{f"{owner}__in": among(row.pk for row in rows)}, url__startswith="https://"
    ).order_by("-position")
    return {getattr(image, f"{owner}_id"): image for image in images}
