"""The list of articles: what each row says, in words that need no colour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.db.models import Count
from django.urls import reverse
from django.utils.functional import cached_property

from articles.models import Mention
from articles.selectors.desk.article import Standing, deciders, standing, title_shown

from .listing import FormChangeList
from .pictures import thumb
from .shown import Row


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """One article in the list."""

    pk: int
    name: str  # of the fields of this row in the form
    way: str  # to its page at the desk
    title: str
    publisher: str
    published_at: datetime
    quality: int | None
    heat: int | None
    related: int
    published: bool
    standing: Standing
    thumb: str
    shown: Row  # what the form was made from


class ArticleChangeList(FormChangeList):
    """The list of articles, with how many pages each names and who decided on it."""

    @cached_property
    def lines(self) -> list[ArticleLine]:
        articles: list[Any] = list(self.result_list)
        named = Mention.objects.filter(article__in=[one.pk for one in articles])
        related = dict(named.values_list("article").annotate(Count("pk")).order_by())
        by = deciders(articles)
        # The addresses differ in the key alone.
        there = reverse("admin:articles_article_change", args=[0])
        kept: dict[str, Any] = {
            "preserved_filters": self.preserved_filters,
            "opts": self.opts,
        }
        before, _, after = add_preserved_filters(kept, there).partition("/0/")
        return [
            ArticleLine(
                pk=one.pk,
                name=f"form-{at}",
                way=f"{before}/{one.pk}/{after}",
                title=title_shown(one) or one.url,
                publisher=str(one.provider),
                published_at=one.published_at,
                quality=one.quality,
                heat=one.heat,
                related=related.get(one.pk, 0),
                published=one.published,
                standing=standing(one, by.get(one.source_name, "")),
                thumb=thumb(one.page),
                shown=Row(one.pk, self.model_admin.state_of(one), one.newest),
            )
            for at, one in enumerate(articles)
        ]
