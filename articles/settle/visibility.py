"""Which pages readers meet: the listed ones, and what their lists name."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q

from articles.models import Mention, Page, Stale
from articles.models.bulk import among, chunks

from .work import Work

# Of pages that lists name, those which being named or not can show or hide.
CHANGING = Q(is_visible=True, is_listed=False) | Q(is_visible=False, stale=Stale.NO)


class _Seen(NamedTuple):
    """What decides whether readers meet a page."""

    pk: int
    story: int | None
    provider: int | None
    published_at: datetime | None
    is_listed: bool
    is_visible: bool
    is_withdrawn: bool
    stale: int


def show_or_hide(work: Work) -> None:
    """Let readers see what they may, of stale pages and of what speakers name."""
    for some in chunks(sorted(work.speakers)):
        named = Page.objects.filter(CHANGING, mentions__article__in=among(some))
        work.seen |= set(named.values_list("pk", flat=True).distinct())
    for some in chunks(sorted(work.seen)):
        changed = _show_or_hide(some, deriving=work.pages)
        work.published = work.published or bool(changed)
        for page in changed:
            sign = -1 if page.is_visible else 1
            work.counts.page(page.provider, page.published_at, sign)
        work.shown |= {page.pk for page in changed}
        work.stories |= {page.story for page in changed if page.story}


def named_by_listed(page_ids: Iterable[int]) -> set[int]:
    """Those of the pages that the list of a listed page's shown article names."""
    return set(
        Mention.objects.filter(
            page__in=among(page_ids), article__shown_on__is_listed=True
        ).values_list("page", flat=True)
    )


def _show_or_hide(some: Sequence[int], *, deriving: Container[int]) -> list[_Seen]:
    """Write what changes; return the pages that do, as they were.

    A stale page is shown by the step that derives it and not before.
    """
    rows = Page.objects.filter(pk__in=among(some)).values_list(*_Seen._fields)
    pages = [
        page
        for page in map(_Seen._make, rows)
        if page.is_visible or page.stale == Stale.NO or page.pk in deriving
    ]
    asked = [page.pk for page in pages if not page.is_listed and not page.is_withdrawn]
    named = named_by_listed(asked) if asked else set()
    changed = []
    for visible in (True, False):
        due = [
            page
            for page in pages
            if page.is_visible != visible and _may_be_seen(page, named) == visible
        ]
        Page.objects.filter(pk__in=among(page.pk for page in due)).update(
            is_visible=visible
        )
        changed += due
    return changed


def _may_be_seen(page: _Seen, named: Container[int]) -> bool:
    return not page.is_withdrawn and (page.is_listed or page.pk in named)
