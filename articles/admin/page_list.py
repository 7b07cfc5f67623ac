"""The list of pages at the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import cached_property

from articles.selectors.desk.story import desk_page

from .listing import FormChangeList
from .pictures import thumb
from .shown import Row


@dataclass(frozen=True, slots=True)
class PageLine:
    """One page in the list."""

    pk: int
    way: str  # to its page at the desk: of the article, where a drop has it
    title: str
    publisher: str
    published_at: datetime | None
    state: str  # listed, visible, withdrawn or hidden
    from_lists: bool
    thumb: str
    shown: Row  # what the form was made from


class PageChangeList(FormChangeList):
    """The list of pages, each with how readers get it."""

    @cached_property
    def lines(self) -> list[PageLine]:
        of_page, of_article = (
            reverse(f"admin:articles_{name}_change", args=[0]).partition("/0/")[0]
            for name in ("page", "article")
        )
        return [
            PageLine(
                pk=one.pk,
                way=f"{of_article}/{one.article_id}/change/"
                if one.article_id
                else f"{of_page}/{one.pk}/change/",
                title=shown.title,
                publisher=shown.provider,
                published_at=one.published_at,
                state=shown.state,
                from_lists=one.article_id is None,
                thumb=thumb(one),
                shown=Row(one.pk, self.model_admin.state_of(one), one.newest),
            )
            for one in self.result_list
            for shown in [desk_page(one)]
        ]
