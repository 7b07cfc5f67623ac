"""What the page of one article at the desk says."""

from __future__ import annotations

from typing import Any

from articles.models import Article, Decision
from articles.selectors.desk.article import (
    MOST_NAMED,
    decision_on,
    named_pages,
    standing,
)
from articles.selectors.desk.history import MOST_ACTS, acts_about
from articles.selectors.desk.story import called, desk_page
from articles.selectors.desk.values import laid_down

from .pictures import thumb
from .shown import Row


def article_page(article: Article, state: str) -> dict[str, Any]:
    """The context of the page; of all lists as much as one page bears.

    `state` is what its form shows of the article.
    """
    page, story = article.page, article.page.story
    named = named_pages(article)
    decision, newest = decision_on(article)
    laid = laid_down(article)
    return {
        "article": article,
        "shown": Row(article.pk, state, newest),
        "page": desk_page(page),
        "standing": standing(article, decision.author if decision else ""),
        "waits": article.drop_published and not article.drop_removed,
        "decision": decision,
        "is_twin": page.article_id != article.pk,
        "thumb": thumb(page),
        "excerpt": laid.shown(Decision.Kind.EXCERPT),
        "values": laid.values,
        "planned": laid,
        "named": named[:MOST_NAMED],
        "more_named": len(named) > MOST_NAMED,
        "acts": acts_about([page])[:MOST_ACTS],
        "story": story,
        "story_title": called(story) if story else "",
    }
