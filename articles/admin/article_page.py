"""What the page of one article at the desk says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from articles.models import Article
from articles.selectors.desk.article import (
    MOST_NAMED,
    decision_on,
    named_pages,
    said_by_drop,
    standing,
)
from articles.selectors.desk.history import acts_about
from articles.selectors.desk.story import called, desk_page

from .article_list import thumb
from .shown import Row


@dataclass(frozen=True, slots=True)
class Value:
    """What the drop says of one thing: a text, or a picture by its address."""

    name: str
    label: str
    drop: str


def article_page(article: Article, state: str) -> dict[str, Any]:
    """The context of the page; of all lists as much as one page bears.

    `state` is what its form shows of the article.
    """
    page, story = article.page, article.page.story
    named = named_pages(article)
    decision, newest = decision_on(article)
    return {
        "article": article,
        "shown": Row(article.pk, state, newest),
        "page": desk_page(page),
        "standing": standing(article, decision.author if decision else ""),
        "waits": article.drop_published and not article.drop_removed,
        "decision": decision,
        "is_twin": page.article_id != article.pk,
        "thumb": thumb(page),
        "values": drop_values(article),
        "named": named[:MOST_NAMED],
        "more_named": len(named) > MOST_NAMED,
        "acts": acts_about([page]),
        "story": story,
        "story_title": called(story) if story else "",
    }


def drop_values(article: Article) -> list[Value]:
    """What the drop says of title, excerpt, picture and topics."""
    picture, topics = said_by_drop(article)
    return [
        Value("title", "Title", article.title),
        Value("excerpt", "Excerpt", article.excerpt),
        Value("picture", "Picture", picture),
        Value("topics", "Topics", ", ".join(topics)),
    ]
