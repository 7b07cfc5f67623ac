"""Stories for tests, put together by hand: which pages, who names whom."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from articles.models import Article, Page, Story
from articles.settle import settle
from articles.tests.make import NOON, NOW, make_article, name_page, refresh_stories

BRIDGE = "Harbour bridge closes after crane collapse"


def tell(name: str, title: str = BRIDGE, *, hours: float = 0.0, **given) -> Article:
    """An article at https://<name>.example/, published so many hours after noon."""
    return make_article(
        url=f"https://{name}.example/",
        source_name=name,
        title=title,
        provider=given.pop("provider", f"{name}.example"),
        published_at=NOON + timedelta(hours=hours),
        **given,
    )


def listing(article: Article, *others: Article) -> None:
    """Let an article's list name others, in their own words."""
    for position, other in enumerate(others):
        name_page(
            article,
            other.url,
            position=position,
            title=other.title,
            provider=other.provider.domain,
            published_at=other.published_at,
        )


def one_story(*articles: Article) -> Story:
    """The story of these articles, whatever clustering makes of them."""
    settle(now=NOW)
    story = Page.objects.get(article=articles[0]).story
    Page.objects.filter(article__in=articles).update(story=story)
    refresh_stories()
    story.refresh_from_db()
    return story


def address(story: Story) -> str:
    return reverse("story", args=[story.public_id, story.lead.slug])


def pages_of(story: Story) -> list[Page]:
    return list(story.pages.select_related("provider").order_by("published_at"))
