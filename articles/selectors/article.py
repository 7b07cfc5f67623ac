"""The page of one article."""

from __future__ import annotations

from dataclasses import dataclass

from articles.models import Page, Topic
from articles.models.sql import Prepared, given
from articles.rendering.summaries import PageSummary, TopicName

from .cards import ListedCard, listed_cards
from .page_rows import FIELDS, IN_STORY, PageRow

RELATED = 60


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Everything the page of a listed article shows."""

    article: PageSummary
    topics: tuple[TopicName, ...]
    story: ListedCard | None
    related: tuple[PageSummary, ...]  # visible pages its list names, in list order
    amp_url: str

    @property
    def is_whole_story(self) -> bool:
        """Whether its story has no other article: both pages say the same."""
        return self.story is not None and self.story.shape.page_count == 1


def article_page(public_id: str) -> ArticlePage | None:
    """The listed page with this id (or a former one); None where there is none."""
    found = _PAGE.row(id=public_id)
    if found is None:
        return None
    article, amp_url, *fields = found
    page = PageRow(*fields)
    cards = listed_cards([page.story]) if page.story and page.lead else []
    return ArticlePage(
        article=page.summary,
        topics=tuple(
            TopicName(name, slug) for name, slug, _ in _TOPICS.rows(page=page.pk)
        ),
        story=cards[0] if cards else None,
        related=_related(article, page.pk) if article else (),
        amp_url=amp_url or "",
    )


def _related(article: int, page: int) -> tuple[PageSummary, ...]:
    rows = _RELATED.rows(article=article, page=page)
    # A list may name one page in several wordings; its first place counts.
    return tuple(PageRow(*row).summary for row in dict.fromkeys(rows))


_PAGE = Prepared(
    lambda: (
        Page.objects.listed()
        .with_id(given("id"))
        .values_list("article_id", "article__amp_url", *IN_STORY)[:1]
    )
)
_TOPICS = Prepared(
    lambda: (
        Topic.objects.filter(articles__page=given("page"))
        .distinct()
        .order_by("key")
        .values_list("name", "slug", "key")
    )
)
_RELATED = Prepared(
    lambda: (
        Page.objects.visible()
        .filter(mentions__article=given("article"))
        .exclude(pk=given("page"))
        .order_by("mentions__position")
        .values_list(*FIELDS)[:RELATED]
    )
)
